"""A letter that is sent settles what it was for: the step that asked for it, the promise to write."""

from tests.conftest import Srctl
from tests.test_batch import drafted, works_so


def planned(office: Srctl, *steps: str) -> None:
    works_so(office)
    office.ok("plan", "8", *(word for step in steps for word in ("--step", step)))
    drafted(office)


def test_the_step_that_asked_for_the_letter_is_done_when_it_is_sent(sample: Srctl) -> None:
    planned(sample, "เชิญประชุม | obec | letter", "โทรนัด | obec | phone")
    out = sample.ok("send", "8", "--signed", "--to", "obec").out
    case = sample.ok("show", "8", "--json").json
    assert [s["do"] for s in case["plan"]["steps"] if s["done"]][-1] == "เชิญประชุม"
    assert "✓ 2569-0008" in out
    assert [e["did"] for e in case["log"][-2:]] == ["step", "send"]


def test_of_two_steps_by_letter_to_one_addressee_none_is_settled_unless_it_is_named(sample: Srctl) -> None:
    planned(sample, "เชิญประชุม | obec | letter", "ส่งเอกสาร | obec | letter")
    sample.ok("contact", "8", "obec/somsak", "--said", "ก", "--we-promise", "ทำหนังสือเชิญ")
    promise = sample.ok("show", "8", "--json").json["log"][-1]["id"]
    paper = next(p["id"] for p in sample.ok("show", "8", "--json").json["papers"] if p["to"] == "obec")
    out = sample.ok("send", "8", paper, "--signed", "--settles", f"s4,{promise}").out
    case = sample.ok("show", "8", "--json").json
    assert [s["id"] for s in case["plan"]["steps"] if not s["done"]] == ["s2", "s3"]
    assert promise not in [p["entry"] for p in case["promises"]]
    assert "s4 ส่งเอกสาร" in out
    assert "ทำหนังสือเชิญ" in out


def test_nothing_is_settled_where_nobody_wants_it(sample: Srctl) -> None:
    planned(sample, "เชิญประชุม | obec | letter")
    sample.refused(3, "send", "8", "invite-meeting", "--signed", "--settles", "s9")
    sample.ok("send", "8", "invite-meeting", "--signed", "--settles", "-")
    assert "s3" in [s["id"] for s in sample.ok("show", "8", "--json").json["plan"]["steps"] if not s["done"]]
