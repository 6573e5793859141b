"""Links show on both sides, a decision stands on a paper that is there, and a letter that went out says so."""

from tests.conftest import Srctl


def test_a_link_shows_in_the_other_case_too_also_of_a_closed_one(sample: Srctl) -> None:
    sample.ok("link", "8", "10", "-r", "duplicate")
    assert "2569-0008 (มีเรื่องซ้ำ)" in sample.ok("show", "10").out
    assert sample.ok("show", "10", "--json").json["linked_from"] == [{"case": "2569-0008", "as": "duplicate"}]
    sample.ok("close", "8", "--override", "สั่งยุติ")
    assert "2569-0008" in sample.ok("show", "10").out
    assert "2569-0010" in sample.ok("show", "8").out


def test_a_decision_names_a_paper_of_the_case_or_the_number_of_one_received(sample: Srctl) -> None:
    sample.ok("receive", "10", "--from", "obec", "--ref", "ศธ 04001/7")
    said = sample.refused(3, "decide", "10", "-b", "รมว.ศธ.", "-w", "เห็นชอบ", "--paper", "ไม่มี")
    assert "ศธ 04001/7" in said
    sample.ok("decide", "10", "-b", "รมว.ศธ.", "-w", "เห็นชอบ", "--paper", "ที่ ศธ ๐๔๐๐๑/๗")
    assert sample.ok("show", "10", "--json").json["log"][-1]["paper"] == "ศธ 04001/7"


def test_an_empty_list_given_with_replace_clears_it(sample: Srctl) -> None:
    sample.ok("analyse", "10", "-i", "ก", "--law", "กฎหมาย")
    sample.ok("analyse", "10", "--law", "", "--replace")
    analysis = sample.ok("show", "10", "--json").json["analysis"]
    assert (analysis["law"], analysis["issues"]) == ([], ["ก"])
    sample.ok("undo", "10")
    assert sample.ok("show", "10", "--json").json["analysis"]["law"] == ["กฎหมาย"]
