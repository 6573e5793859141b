"""Who signs in the stead of another: printed under the name, chosen by the day, refused when the order is over."""

from datetime import date

import pytest

from srctl.core.errors import Refused, UsageError
from srctl.documents.docx import word_file
from srctl.model.people import Acting, Coordinator, Office, Signer
from srctl.papers.composition import draft_paper
from srctl.papers.draft_request import Asked
from srctl.papers.signers import refuse_lapsed, who_signs
from srctl.papers.wordings import read_template
from srctl.workflow.definition_validation import acting_faults
from tests.conftest import Srctl
from tests.sample_case import CASE, COMMIT, DIRECTORY, KIND, OFFICE, TEMPLATES, TODAY

DEPUTY = Signer("secretary", "นายมานะ สมมติเกียรติ", ("เลขานุการรัฐมนตรีว่าการกระทรวงศึกษาธิการ",))
ORDER = Acting("รักษาราชการแทน", "head", "secretary", date(2026, 11, 18), date(2026, 11, 24), "คำสั่ง สร. ที่ 12/2569")


def office(*orders: Acting) -> Office:
    return OFFICE._replace(signers=(*OFFICE.signers, DEPUTY), acting=orders)


def signs(here: Office, wanted: str = "", day: date = TODAY, acting: str = "") -> tuple[str, str]:
    found = who_signs(read_template(TEMPLATES, "support"), here, wanted, acting, day)
    return found.signer.id, found.acting


@pytest.mark.parametrize(
    ("order", "wanted", "day", "expected"),
    [
        (ORDER, "", TODAY, ("secretary", "head")),
        (ORDER, "", date(2026, 11, 18), ("secretary", "head")),
        (ORDER, "", date(2026, 11, 24), ("secretary", "head")),
        (ORDER, "", date(2026, 11, 17), ("head", "")),
        (ORDER, "", date(2026, 11, 25), ("head", "")),
        (ORDER, "head", TODAY, ("head", "")),
        (ORDER, "secretary", TODAY, ("secretary", "head")),
        (ORDER, "secretary", date(2026, 11, 25), ("secretary", "")),
        (ORDER._replace(to=None), "", date(2027, 6, 1), ("secretary", "head")),
        (ORDER._replace(as_="ปฏิบัติราชการแทน"), "", TODAY, ("head", "")),
        (ORDER._replace(as_="ปฏิบัติราชการแทน"), "secretary", TODAY, ("secretary", "head")),
        (ORDER._replace(for_="minister"), "", TODAY, ("head", "")),
        (ORDER._replace(for_="minister"), "secretary", TODAY, ("secretary", "")),
        (ORDER._replace(by="malee"), "", TODAY, ("malee", "head")),
        (ORDER._replace(by="malee", for_="minister"), "malee", TODAY, ("malee", "minister")),
    ],
)
def test_who_acts_signs_on_the_days_of_the_order(
    order: Acting, wanted: str, day: date, expected: tuple[str, str]
) -> None:
    assert signs(office(order), wanted, day) == expected


def test_who_acts_for_several_signs_for_the_one_named() -> None:
    both = office(ORDER, ORDER._replace(as_="ปฏิบัติราชการแทน", for_="minister"))
    assert signs(both, "secretary") == ("secretary", "head")
    assert signs(both, "secretary", acting="minister") == ("secretary", "minister")
    assert signs(both, acting="minister") == ("secretary", "minister")
    for wanted, acting, day in (("head", "minister", TODAY), ("", "minister", date(2026, 11, 25))):
        with pytest.raises(Refused):
            signs(both, wanted, day, acting)


def test_a_coordinator_who_acts_for_nobody_signs_nothing() -> None:
    with pytest.raises(UsageError):
        signs(office(), "malee")


def _under(here: Office, wanted: str = "") -> list[str]:
    asked = Asked(to="province", given={"ask": "ห้องประชุม"}, signer=wanted)
    made = draft_paper(CASE, KIND, here, DIRECTORY, TEMPLATES, "support", TODAY, COMMIT, asked)
    found = [line.replace("\u00a0", " ") for line in word_file.paragraphs(made.docx)]
    return found[next(i for i, line in enumerate(found) if line.startswith("(")) :]


def test_under_the_name_stand_the_own_position_and_then_whom_one_acts_for() -> None:
    assert _under(office(ORDER))[:3] == [f"({DEPUTY.name})", DEPUTY.positions[0], "รักษาราชการแทน หัวหน้าสำนักงานรัฐมนตรี"]
    assert _under(office(ORDER), "head")[1] == "หัวหน้าสำนักงานรัฐมนตรี"


def test_who_acts_speaks_in_the_name_of_the_one_acted_for() -> None:
    here = office(ORDER._replace(for_="minister"))._replace(
        coordinators=(*OFFICE.coordinators, Coordinator("dep", "นายสมมติ รองนายก", position="ที่ปรึกษา")),
    )
    row = here.acting[0]._replace(by="dep")
    found = who_signs(read_template(TEMPLATES, "support"), here._replace(acting=(row,)), "dep", "", TODAY).signer
    assert found.speaks.th == "กระทรวงศึกษาธิการ"
    assert found.positions == ("ที่ปรึกษา", "รักษาราชการแทน รัฐมนตรีว่าการกระทรวงศึกษาธิการ")


def test_what_is_signed_after_the_order_is_over_is_refused() -> None:
    here = office(ORDER)
    refuse_lapsed(here, "secretary", "head", date(2026, 11, 24))
    refuse_lapsed(here, "secretary", "", date(2026, 12, 24))
    with pytest.raises(Refused):
        refuse_lapsed(here, "secretary", "head", date(2026, 11, 25))


@pytest.mark.parametrize(
    ("orders", "codes"),
    [
        ((ORDER,), []),
        ((ORDER._replace(by="nobody"),), ["unknown-name"]),
        ((ORDER._replace(for_="malee"),), ["unknown-name"]),
        ((ORDER._replace(by="head"),), ["acting"]),
        ((ORDER._replace(to=date(2026, 11, 1)),), ["acting"]),
        ((ORDER._replace(to=date(2026, 11, 19)),), []),  # over: papers of its days stand by it
        ((ORDER, ORDER._replace(by="malee")), ["acting"]),
        ((ORDER._replace(to=None), ORDER._replace(by="malee", from_=date(2027, 1, 1), to=None)), ["acting"]),
        ((ORDER, ORDER._replace(by="malee", from_=date(2026, 11, 25), to=None)), []),
        ((ORDER, ORDER._replace(by="malee", as_="ปฏิบัติราชการแทน")), []),
    ],
)
def test_check_names_orders_of_nobody_and_those_that_meet_but_none_that_is_over(
    orders: tuple[Acting, ...], codes: list[str]
) -> None:
    assert [fault.code for fault in acting_faults(office(*orders))] == codes


def test_a_paper_of_one_who_acts_goes_its_way_and_another_is_refused_with_the_way(sample: Srctl) -> None:
    file = sample.root / "office.yaml"
    row = '{as: รักษาราชการแทน, for: head, by: secretary, from: 2026-11-01, to: 2026-12-31, order: "คำสั่ง สร. ที่ 12/2569"}'
    file.write_text(file.read_text(encoding="utf-8") + f"acting:\n  - {row}\n", encoding="utf-8")
    sample.ok("adopt", "office.yaml")
    said = sample.ok("letter", "12", "support", "--to", "province", "--ask", "ห้องประชุม", "--copy", "ปลัดกระทรวง").out
    assert "รักษาราชการแทน" in said
    sample.ok("submit", "12")
    told = sample.refused(5, "sign", "12", "--by", "head")
    assert "srctl return" in told
    assert '--ask "ห้องประชุม" --copy "ปลัดกระทรวง" --signer head' in " ".join(told.split())
    sample.ok("sign", "12", "--by", "secretary")
    sample.ok("letter", "12", "support", "--to", "obec", "--ask", "ห้องประชุม", "--signer", "head")
    sample.ok("submit", "12", "support-2")
    assert "--signer secretary --acting-for head" in sample.refused(5, "sign", "12", "support-2", "--by", "secretary")
    entry = sample.ok("show", "12", "--json").json["log"]
    assert [e["acting"] for e in entry if e["did"] == "draft"] == ["head", ""]
    sample.ok("analyse", "12", "--fact", "ก", "--opinion", "ข", "--proposal", "ค")
    sample.ok("memo", "12", "--signer", "head")
    last = sample.ok("show", "12", "--json").json["log"][-1]
    assert (last["did"], last["signer"], last["acting"]) == ("memo", "head", "")
    assert [e["by"] for e in entry if e["did"] == "sign"] == ["secretary"]
    sample.ok("number", "12", "support")
