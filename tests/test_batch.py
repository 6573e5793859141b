"""Several at once: what can be done is done in one commit, what cannot is named with its reason."""

from typing import Any

import pytest

from srctl.cli import several
from srctl.core.errors import NotFound, Refused, SrctlError, UsageError
from srctl.office.batch import Batch, Declined, Performed, Task, act_on_each
from srctl.office.folder import Folder
from srctl.office.writer import Actor
from srctl.store.transaction import Recorded
from srctl.workflow import actions
from tests.conftest import Srctl

TO = ("obec", "onec", "otepc", "vec")
VALUES = ("day=2569-12-18", "time=09:00", "place=ห้องประชุม 1", "meeting=ประชุมคณะกรรมการ", "agenda=เพื่อพิจารณา")


def commits(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def drafted(office: Srctl, case: str = "8", to: tuple[str, ...] = TO) -> None:
    """Draft an invitation to each of them."""
    whom = [word for one in to for word in ("--to", one)]
    values = [word for one in VALUES for word in ("--value", one)]
    office.ok("letter", case, "invite-meeting", *whom, *values)


def papers(office: Srctl, case: str = "8") -> dict[str, dict[str, Any]]:
    return {p["id"]: p for p in office.ok("show", case, "--json").json["papers"]}


# -- papers of a case ----------------------------------------------------------------------------------


def test_all_papers_of_a_case_go_each_step_in_one_commit_and_numbers_follow_their_order(sample: Srctl) -> None:
    drafted(sample)
    sample.ok("letter", "8", "talking-points")  # it bears no number
    for deed, state in (("submit", "submitted"), ("sign", "signed"), ("number", "numbered"), ("send", "sent")):
        before = commits(sample)
        shown = sample.ok(deed, "๘", "--all").out
        assert commits(sample) == before + 1
        found = [p for p in papers(sample).values() if p["wording"] == "invite-meeting"]
        assert [p["state"] for p in found] == [state] * 4
        assert "เลขาธิการสภาการศึกษา" in shown
    numbers = [p["number"] for p in found]
    assert [int(n.rpartition("/")[2]) for n in numbers] == list(range(int(numbers[0].rpartition("/")[2]), 99))[:4]
    assert not sample.git("status", "--porcelain")
    assert sample.run("check").code == 0


def test_papers_are_named_or_told_by_whom_they_are_to(sample: Srctl) -> None:
    drafted(sample)
    sample.ok("submit", "8", "invite-meeting", "invite-meeting-3")
    sample.ok("submit", "8", "--to", "onec")
    states = [p["state"] for p in papers(sample).values() if p["wording"] == "invite-meeting"]
    assert states == ["submitted", "submitted", "submitted", "draft"]
    assert "invite-meeting-4" in sample.refused(3, "submit", "8", "--to", "parliament")


def test_what_can_be_done_is_done_and_what_cannot_is_named_with_the_way_out(sample: Srctl) -> None:
    drafted(sample)
    sample.ok("submit", "8", "invite-meeting")
    changed = next(sample.root.glob("cases/2569/11/2569-0008/*invite-meeting-3-draft.docx"))
    changed.write_bytes(changed.read_bytes()[:-30])
    before = commits(sample)
    ran = sample.run("submit", "8", "invite-meeting", "invite-meeting-2", "invite-meeting-3", "nothing")
    assert ran.code == 1
    assert commits(sample) == before + 1
    assert papers(sample)["invite-meeting-2"]["state"] == "submitted"
    refused = ran.out.partition("✗")[2]
    for paper in ("invite-meeting: ", "invite-meeting-3: ", "nothing: "):
        assert f"\n  {paper}" in refused
    assert "invite-meeting-2" not in refused
    assert "paper adopt" in ran.out


def test_json_has_what_was_done_and_what_was_refused(sample: Srctl) -> None:
    ran = sample.run("close", "8", "99", "10", "--json")
    assert ran.code != 0
    assert ran.json["items"] == []
    assert [(r["case"], r["code"]) for r in ran.json["refused"]] == [("2569-0008", 5), ("99", 3), ("2569-0010", 5)]
    ran = sample.run("note", "8", "99", "10", "โทรแล้ว", "--json")
    assert ran.code == 1
    assert [(i["case"], len(i["entries"])) for i in ran.json["items"]] == [("2569-0008", 1), ("2569-0010", 1)]
    assert ran.json["commit"]


# -- cases ----------------------------------------------------------------------------------------------


def test_cases_are_named_by_number_by_range_and_by_a_list_piped_in(sample: Srctl) -> None:
    before = commits(sample)
    sample.ok("assign", "7", "8", "๑๐", "malee")
    assert commits(sample) == before + 1
    listed = sample.ok("list", "-q", "-o", "malee").out
    assert {"2569-0007", "2569-0008", "2569-0010"} <= {*listed.split()}
    assert sample.run("assign", "-", "suda", typed=listed).code == 0
    assert {*listed.split()} <= {*sample.ok("list", "-q", "-o", "suda").out.split()}
    whole = sample.ok("list", "-o", "suda").out  # also as people see it: heading and sum are no cases
    sample.run("note", "-", "โอนแล้ว", typed=whole)
    sample.ok("note", "10-12", "ดูแล้ว")
    logs = {i: [e.get("text") for e in sample.ok("show", i, "--json").json["log"]][-1] for i in ("7", "10", "11", "12")}
    assert logs == {"7": "โอนแล้ว", "10": "ดูแล้ว", "11": "ดูแล้ว", "12": "ดูแล้ว"}
    assert set(sample.ok("due", "-q", "-a").out.split()) <= set(sample.ok("list", "-q").out.split())
    assert set(sample.ok("today", "-q", "-a").out.split()) <= set(sample.ok("list", "-q").out.split())


def test_a_note_on_several_cases_needs_its_text(sample: Srctl) -> None:
    assert "9" in sample.refused(2, "note", "7", "8", "9")
    sample.ok("note", "7", "9")  # on one case any text is one
    assert sample.ok("show", "7", "--json").json["log"][-1]["text"] == "9"


def test_several_steps_are_done_in_one_commit(sample: Srctl) -> None:
    sample.ok("plan", "8", "--step", "โทร", "--step", "ส่ง", "--step", "ตาม")
    open_ = [s["id"] for s in sample.ok("show", "8", "--json").json["plan"]["steps"] if not s["done"]]
    assert f"{open_[0]}  " in sample.refused(3, "step", "done", "8")
    before = commits(sample)
    sample.ok("step", "done", "8", *open_[:2])
    sample.ok("step", "done", "8", "--all")
    assert commits(sample) == before + 2
    assert all(s["done"] for s in sample.ok("show", "8", "--json").json["plan"]["steps"])
    sample.ok("plan", "8", "--step", "นัด", "--step", "ถาม")
    sample.ok("step", "drop", "8", *(s["id"] for s in the_steps(sample)[-2:]), "--why", "ไม่ต้องแล้ว")
    assert [s["dropped"] for s in the_steps(sample)[-2:]] == [True, True]
    assert commits(sample) == before + 4


def the_steps(office: Srctl) -> list[dict[str, Any]]:
    return office.ok("show", "8", "--json").json["plan"]["steps"]  # type: ignore[no-any-return]


def test_promises_nobody_wants_any_more_are_waived_in_one_commit(sample: Srctl) -> None:
    sample.ok("contact", "8", "obec/somsak", "--said", "ก", "--they-promise", "ส่งตาราง", "--we-promise", "ส่งแบบ")
    before = commits(sample)
    assert "--why" in sample.refused(2, "promise", "waived", "8", "--all")
    sample.ok("promise", "waived", "8", "--all", "--why", "ไม่ต้องแล้ว")
    assert commits(sample) == before + 1
    assert sample.ok("show", "8", "--json").json["log"][-1]["why"] == "ไม่ต้องแล้ว"
    assert not sample.ok("show", "8", "--json").json["promises"]


# -- signed outside ------------------------------------------------------------------------------------


def works_so(office: Srctl) -> None:
    file = office.root / "office.yaml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("sign_on_send")]
    file.write_text("\n".join([*lines, "sign_on_send: true", ""]), encoding="utf-8")
    if office.git("status", "--porcelain"):
        office.ok("adopt", "office.yaml")


def without(office: Srctl) -> None:
    file = office.root / "office.yaml"
    text = file.read_text(encoding="utf-8").replace("sign_on_send: true", "sign_on_send: false")
    file.write_text(text, encoding="utf-8")
    if office.git("status", "--porcelain"):
        office.ok("adopt", "office.yaml")


def test_an_invitation_to_many_is_drafted_and_sent_by_two_commands(sample: Srctl) -> None:
    works_so(sample)
    drafted(sample)
    before = commits(sample)
    sample.ok("send", "8", "--signed", "--all")
    assert commits(sample) == before + 1
    case = sample.ok("show", "8", "--json").json
    found = [p for p in case["papers"] if p["wording"] == "invite-meeting"]
    assert [p["state"] for p in found] == ["sent"] * 4
    way = [e for e in case["log"] if e["paper"] == "invite-meeting-2"]
    assert [e["did"] for e in way] == ["draft", "submit", "sign", "number", "send"]
    assert way[2]["by"] == "head"
    assert "✓ 2569-0008" in sample.ok("undo", "8").out
    assert [p["state"] for p in papers(sample).values() if p["wording"] == "invite-meeting"] == ["draft"] * 4


def test_what_was_changed_in_word_is_what_was_signed(sample: Srctl) -> None:
    works_so(sample)
    drafted(sample, to=("obec",))
    draft = next(sample.root.glob("cases/2569/11/2569-0008/*invite-meeting-draft.docx"))
    draft.write_bytes(retouched(draft.read_bytes()))
    sample.ok("send", "8", "--signed", "--on", "2026-11-20")
    way = [e["did"] for e in sample.ok("show", "8", "--json").json["log"] if e["paper"] == "invite-meeting"]
    assert way == ["draft", "finish", "submit", "sign", "number", "send"]


def retouched(raw: bytes) -> bytes:
    """The Word file with another word in it."""
    import io

    import docx

    paper = docx.Document(io.BytesIO(raw))
    paper.paragraphs[-1].add_run(" แก้ไขแล้ว")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_where_the_office_does_not_work_so_one_line_switches_it_on(sample: Srctl) -> None:
    without(sample)
    drafted(sample, to=("obec",))
    said = sample.refused(5, "send", "8", "--signed")
    assert "sign_on_send: true" in said
    assert "srctl adopt office.yaml" in said
    assert papers(sample)["invite-meeting"]["state"] == "draft"


# -- the engine -----------------------------------------------------------------------------------------


def test_a_task_is_done_whole_or_not_at_all(sample: Srctl) -> None:
    folder = Folder(sample.root)
    actor = Actor(next(c for c in folder.office.coordinators if c.id == "malee"), sample.now)

    def refuse(_case: object, _kind: object) -> actions.Act:
        raise Refused("no")

    def noted(text: str) -> Any:
        return lambda case, _kind: actions.note(case, text)

    tasks = [
        Task("2569-0008", (noted("one"), refuse), "half"),
        Task("2569-0008", (noted("two"), noted("three"))),
        Task("2569-0010", (noted("four"),)),
        Task("2569-0099", (noted("five"),)),
    ]
    before = commits(sample)
    batch = act_on_each(folder, lambda: tasks, actor, lambda done: f"{len(done)} done")
    assert commits(sample) == before + 1
    assert [type(each) is Performed for each in batch.outcomes] == [False, True, True, False]
    faults: list[SrctlError] = [each.fault for each in batch.refused]
    assert [type(fault) for fault in faults] == [Refused, NotFound]
    assert [e["text"] for e in sample.ok("show", "8", "--json").json["log"]][-2:] == ["two", "three"]
    assert not folder.underway
    assert not folder.unsaved


def test_a_case_that_cannot_be_written_takes_no_part_and_all_else_is_planned_anew(
    sample: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from srctl.office import batch, course

    folder = Folder(sample.root)
    actor = Actor(next(c for c in folder.office.coordinators if c.id == "malee"), sample.now)
    planned: list[str] = []
    real = course.written

    def written(folder: Folder, done: Any, actor: Actor, *, judged: bool) -> Any:
        if done.file.id == "2569-0008":
            raise UsageError("it would not say what was meant")
        return real(folder, done, actor, judged=judged)

    def noted(case: Any, _kind: object) -> actions.Act:
        planned.append(case.id)
        return actions.note(case, "x")

    monkeypatch.setattr(batch, "written", written)
    tasks = [Task("2569-0008", (noted,)), Task("2569-0010", (noted,))]
    found = act_on_each(folder, lambda: tasks, actor, lambda done: f"{len(done)} done")
    assert [each.task.case for each in found.done] == ["2569-0010"]
    assert planned == [*["2569-0008", "2569-0010"] * 2, "2569-0010"]


def test_nothing_done_is_no_commit(sample: Srctl) -> None:
    before = commits(sample)
    ran = sample.run("close", "8", "10")
    assert (ran.code, commits(sample)) == (5, before)
    assert "2569-0010" in ran.out


# -- replies -------------------------------------------------------------------------------------------


def test_replies_to_several_papers_are_received_in_one_commit_each_ending_its_wait(sample: Srctl) -> None:
    works_so(sample)
    sample.ok("letter", "8", "ask-information", "--ask", "จำนวน", *(w for one in TO for w in ("--to", one)))
    sample.ok("send", "8", "--signed", "--all")
    before = commits(sample)
    told = sample.ok("receive", "8", "ask-information", "ask-information-3", "--dated", "20/11/2569").out
    assert commits(sample) == before + 1
    assert "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน" in told
    sample.ok("receive", "8", "--from", "onec", "--all", "--said", "ส่งแล้ว")
    sample.refused(2, "receive", "8", "--all", "--ref", "ศธ 1/1")
    states = [p["state"] for p in papers(sample).values() if p["wording"] == "ask-information"]
    assert states == ["answered", "answered", "answered", "sent"]
    sample.ok("receive", "8", "--all")
    last = [e for e in sample.ok("show", "8", "--json").json["log"] if e["did"] == "reply"]
    assert [(e["with"], e["dated"], e["said"]) for e in last] == [
        ("obec", "2026-11-20", ""), ("otepc", "2026-11-20", ""), ("onec", None, "ส่งแล้ว"), ("vec", None, ""),
    ]  # fmt: skip
    assert "2569-0008" in sample.refused(5, "receive", "8", "--all")
    assert sample.run("check").code == 0


def test_a_reply_older_than_its_letter_is_left_to_be_received_by_itself(sample: Srctl) -> None:
    works_so(sample)
    sample.ok("letter", "8", "ask-information", "--ask", "จำนวน", "--to", "obec", "--to", "onec")
    sample.ok("send", "8", "--signed", "--all")
    ran = sample.run("receive", "8", "--all", "--dated", "1/11/2569")
    assert ran.code == 2
    assert "--sure" in ran.out


# -- taken back -----------------------------------------------------------------------------------------


def test_papers_sent_at_once_and_a_handover_go_back_by_one_command_each(sample: Srctl) -> None:
    works_so(sample)
    drafted(sample)
    drafted(sample, "10", ("obec",))
    sample.ok("send", "8", "10", "--signed", "--all")
    before = commits(sample)
    sample.ok("undo", "8", "--together")
    assert commits(sample) == before + 1
    for case in ("8", "10"):
        assert {p["state"] for p in papers(sample, case).values() if p["wording"] == "invite-meeting"} == {"draft"}
    sample.ok("assign", "10", "12", "malee")
    before = commits(sample)
    owned = {row["id"] for row in sample.ok("list", "-o", "malee", "--json").json["items"] if row["owner"] == "malee"}
    assert len(owned) > 1
    sample.ok("handover", "malee", "--to", "suda")
    sample.ok("undo", next(iter(owned)), "--together")
    again = {row["id"] for row in sample.ok("list", "-o", "malee", "--json").json["items"] if row["owner"] == "malee"}
    assert again == owned
    assert commits(sample) == before + 2
    assert sample.run("check").code == 0


@pytest.mark.full
def test_two_hundred_papers_are_signed_numbered_and_sent_in_one_commit(sample: Srctl) -> None:
    works_so(sample)
    for n in range(200):
        text = f"format: 1\nname: หน่วยงานสมมติที่ {n}\nhead: หัวหน้าหน่วยงานสมมติที่ {n}\nnetwork: สองร้อย\n"
        (sample.root / f"contacts/n{n}.yaml").write_text(text, encoding="utf-8")
    sample.ok("adopt", "--all")
    sample.ok("letter", "8", "ask-information", "--ask", "จำนวน", "--to", "@สองร้อย")
    before = commits(sample)
    sample.ok("send", "8", "--signed", "--all")
    assert commits(sample) == before + 1
    found = [p for p in papers(sample).values() if p["wording"] == "ask-information"]
    assert {p["state"] for p in found} == {"sent"}
    numbers = [int(p["number"].rpartition("/")[2]) for p in found]
    assert numbers == list(range(numbers[0], numbers[0] + 200))


def test_of_hundreds_that_are_refused_a_few_are_told_and_how_many_more(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = tuple(Declined(Task("2569-0001", about=f"letter-{n}"), Refused("ยังไม่ลงนาม")) for n in range(300))
    several._show_refused(Batch(outcomes, Recorded("", ())))
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1 + several.MOST_TOLD
    assert "280" in told.err
