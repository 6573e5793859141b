"""An order carried out at once is registered, reported and closed in one command and one commit."""

from tests.conftest import Srctl


def test_an_order_done_at_once_is_one_command_and_one_commit(sample: Srctl) -> None:
    before = int(sample.git("rev-list", "--count", "HEAD"))
    done = sample.ok(
        "do", "ขอหมายเลขโทรศัพท์ผู้อำนวยการเขต", "--by", "รมว.ศธ.", "--with", "obec/somsak", "--said", "แจ้งหมายเลขแล้ว",
        "--result", "ส่งหมายเลขให้แล้ว", "--as", "malee", "--json",
    ).json  # fmt: skip
    assert int(sample.git("rev-list", "--count", "HEAD")) == before + 1
    case = done["case"]
    assert (case["kind"], case["stage"], case["overrides"]) == ("small", "closed", 0)
    assert [entry["did"] for entry in case["log"]] == ["receive", "contact", "report", "close"]
    assert case["report"]["result"] == "ส่งหมายเลขให้แล้ว"
    assert "พบปัญหา 0 ข้อ" in sample.ok("check", case["id"]).out
    assert [r["id"] for r in sample.ok("list", "--closed", "-k", "small", "--json").json["items"]] == [case["id"]]
    assert sample.ok("journal", case["id"], "--json").json["items"] == []


def test_without_a_result_or_with_somebody_unknown_nothing_is_registered(sample: Srctl) -> None:
    before = sample.git("rev-parse", "HEAD")
    sample.refused(2, "do", "ขอเบอร์", "--as", "malee")
    sample.refused(3, "do", "ขอเบอร์", "--result", "ส่งแล้ว", "--with", "obec/nobody", "--as", "malee")
    sample.refused(2, "do", "ขอเบอร์", "--result", "ส่งแล้ว", "--with", "ผู้ร้อง", "--as", "malee")
    assert sample.git("rev-parse", "HEAD") == before


def test_a_stranger_it_was_done_with_is_kept_in_the_case(sample: Srctl) -> None:
    case = sample.ok(
        "do", "ขอเบอร์", "--result", "ส่งแล้ว", "--with", "คุณแดง 0 2999 0101", "--as", "malee", "--json"
    ).json["case"]  # fmt: skip
    assert case["people"] == [{"id": "p1", "name": "คุณแดง", "phone": "0 2999 0101"}]
    assert case["log"][1]["with"] == "~p1"
