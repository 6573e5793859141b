"""History and show tell what was changed from what to what, and of personal data only that it was changed."""

from srctl.core.decoding import decode
from srctl.model.case import Case
from srctl.office.folder import Folder
from srctl.store.yaml.reader import read_file
from srctl.workflow.field_changes import change_sentence, field_changes
from tests.conftest import PROJECT, Srctl

SECRET = ("นายลับมาก ไม่บอกใคร", "0812345678")


def case(**changes: object) -> Case:
    data = read_file(PROJECT / "cases/2569/11/2569-0009.yaml").data
    value = decode(Case, {**(data or {}), **changes})
    assert value
    return value


def said(**changes: object) -> list[str]:
    kinds = Folder(PROJECT).kinds
    kind = kinds.get("complaint")
    return [change_sentence(change, kind, kinds) for change in field_changes(case(), case(**changes), kind)]


def test_each_field_is_told_from_what_to_what_in_the_words_of_the_screen() -> None:
    assert said(subject="เรื่องใหม่") == [f"ชื่อเรื่อง: จาก {case().subject} เป็น เรื่องใหม่"]
    assert said(urgency="most-urgent")[0].endswith("เป็น ด่วนที่สุด")
    assert said(fields={"category": "อื่น ๆ"}) == [
        "หมวดเรื่อง: จาก การรับนักเรียน เป็น อื่น ๆ", "หน่วยงานที่ถูกร้องเรียน: จาก โรงเรียนตัวอย่างวิทยา เป็น –",
    ]  # fmt: skip
    assert said() == []


def test_a_step_is_told_by_itself() -> None:
    steps = [{"id": "s1", "do": "โทร", "due": "2026-11-23"}, {"id": "s2", "do": "ส่ง"}]
    before, after = case(plan={"steps": steps}), case(plan={"steps": [{**steps[0], "due": "2026-11-24"}, steps[1]]})
    (change,) = field_changes(before, after, None)
    assert (change.path, change.before, change.after) == ("plan.steps.s1", "โทร | 2026-11-23", "โทร | 2026-11-24")


def test_history_and_show_tell_set_edit_adopt_and_undo(sample: Srctl) -> None:
    sample.ok("set", "11", "subject=เชิญเป็นประธาน", "order.due=2026-12-01")
    assert "แก้ไขชื่อเรื่อง, " in sample.git("log", "-1", "--format=%s")
    assert "เชิญเป็นประธาน" not in sample.git("log", "--format=%B")
    file = sample.case_file("2569-0011")
    file.write_text(file.read_text(encoding="utf-8").replace("host: โรงเรียน", "host: วิทยาลัย"), encoding="utf-8")
    sample.ok("adopt", "11")
    sample.ok("undo", "11")
    told = " ".join(sample.ok("history", "11").out.split())
    shown = " ".join(sample.ok("show", "11").out.split())
    for words in (
        "เป็น เชิญเป็นประธาน", "จาก – เป็น 1 ธ.ค. 69", "จาก โรงเรียนตัวอย่างวิทยา เป็น วิทยาลัยตัวอย่างวิทยา",
        "จาก วิทยาลัยตัวอย่างวิทยา เป็น โรงเรียนตัวอย่างวิทยา",
    ):  # fmt: skip
        assert words in told
        assert words in shown
    items = sample.ok("history", "11", "--json").json["items"]
    changed = [item["changes"] for item in items if item["changes"]]
    assert [[c["field"] for c in each] for each in changed] == [
        ["subject", "order.due"],
        ["fields.host"],
        ["fields.host"],
    ]
    assert [row for rows in changed for row in rows] == sample.ok("show", "11", "--json").json["changes"]
    assert changed[0][1] == {
        "entry": "a2", "field": "order.due", "label": "กำหนดเสร็จตามคำสั่งการ", "before": "", "after": "2026-12-01",
        "private": False,
    }  # fmt: skip


def test_personal_data_is_never_told_only_that_it_was_changed(sample: Srctl) -> None:
    sample.ok("reopen", "9", "--why", "ก")
    sample.ok("set", "9", f"complainant.name={SECRET[0]}", f"complainant.phone={SECRET[1]}", f"accused={SECRET[0]}")
    history = sample.ok("history", "9").out
    assert history.count("(ข้อมูลส่วนบุคคล)") == 3
    told = history + sample.ok("history", "9", "--json").out + sample.git("log", "--format=%B")
    assert not [text for text in SECRET if text in told]
    assert {change["after"] for change in sample.ok("show", "9", "--json").json["changes"]} == {None}


def test_a_change_of_kind_is_told_by_the_names_of_the_kinds() -> None:
    assert said(kind="directive") == ["ประเภทเรื่อง: จาก เรื่องร้องทุกข์ ร้องเรียน เป็น คำสั่งการ"]
