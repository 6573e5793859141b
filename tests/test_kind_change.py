"""A matter of the wrong kind is turned into the right one; what has no place there is told, and stays in the log."""

from tests.conftest import Srctl, prepared


@prepared
def asked(office: Srctl) -> Srctl:
    """An office with a parliamentary question entered as one."""
    office.ok("new", "question", "-s", "กระทู้เรื่องอาหารกลางวัน", "--from", "สผ.", "-c", "letter", "--by", "รมว.ศธ.",
              "--order", "จัดทำคำตอบ", "--ref", "สผ 0001/1", "--set", "asker=นายสมมติ", "--due", "+5wd")  # fmt: skip
    return office


def test_the_kind_is_changed_and_what_it_lost_stays_in_the_log(asked: Srctl) -> None:
    said = asked.refused(2, "set", "1", "kind=directive")
    assert "นายสมมติ" in said
    assert "--sure" in said
    asked.ok("set", "1", "kind=directive", "--sure")
    shown = asked.ok("show", "1", "--json").json
    assert (shown["kind"], shown["fields"]) == ("directive", {})
    entry = shown["log"][-1]
    assert (entry["did"], entry["kind"]) == ("set", "directive")
    assert "นายสมมติ" in entry["text"]
    assert "กระทู้" in asked.git("log", "-1", "--format=%s")
    assert "นายสมมติ" not in asked.git("log", "-1", "--format=%B")
    assert asked.run("check").code == 0


def test_a_kind_is_named_in_thai_too_and_undo_brings_everything_back(asked: Srctl) -> None:
    before = asked.case_file("2569-0001").read_text(encoding="utf-8").partition("\nlog:")[0]
    asked.ok("set", "1", "kind=เรื่องร้องทุกข์", "--sure")
    assert asked.ok("show", "1", "--json").json["kind"] == "complaint"
    asked.ok("undo", "1")
    assert asked.case_file("2569-0001").read_text(encoding="utf-8").partition("\nlog:")[0] == before


def test_the_case_stands_where_the_gates_of_the_new_kind_let_it(asked: Srctl) -> None:
    asked.ok("analyse", "1", "-i", "ก", "-f", "ข", "-p", "ค", "--opinion", "ง", "--law", "จ", "--override", "เร่ง")
    asked.ok("set", "1", "kind=complaint", "--sure")
    shown = asked.ok("show", "1", "--json").json
    assert shown["stage"] == "receive"
    assert "complainant" in [row["need"] for row in shown["missing"]]
    asked.ok("set", "1", "complainant.name=นายร้อง สมมติ")


def test_what_the_new_kind_asks_for_is_asked_and_may_be_given(asked: Srctl) -> None:
    asked.ok("set", "1", "kind=complaint", "complainant.name=นายร้อง สมมติ", "--sure")
    shown = asked.ok("show", "1", "--json").json
    assert shown["complainant"]["name"] == "นายร้อง สมมติ"
    assert shown["stage"] == "analyse"  # with what was given the first gate is met


def test_the_same_kind_and_an_unknown_one_are_refused(asked: Srctl) -> None:
    asked.refused(5, "set", "1", "kind=question")
    asked.refused(3, "set", "1", "kind=nothing")
