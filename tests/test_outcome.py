"""What a command says after an act: one line of what was done, what is due next, what to type next."""

from tests.conftest import Srctl

ORDER = (
    "directive",
    "--subject",
    "ตัวเลขรายจังหวัด",
    "--from",
    "สพฐ.",
    "--by",
    "รมว.ศธ.",
    "--order",
    "รวบรวม",
    "--due",
    "2026-11-27",
)


def test_an_act_is_told_in_a_few_lines_and_all_that_is_missing_only_by_next_or_verbose(office: Srctl) -> None:
    said = office.ok("new", *ORDER, "--as", "malee").out.splitlines()
    assert said[0] == "✓ 2569-0001  ตัวเลขรายจังหวัด"
    assert said[-1].endswith('ต้องดำเนินการก่อน: ประเด็น: srctl analyse 2569-0001 --issue "…"')
    said = office.ok("analyse", "1", "--issue", "ครบหรือไม่", "--as", "malee").out.splitlines()
    assert len(said) == 3
    assert said[-1] == "  ขณะนี้อยู่ขั้น: วางแผน · ต้องดำเนินการก่อน 2 ข้อ: srctl next 2569-0001"
    said = office.ok("note", "1", "ข้อความ", "--verbose", "--as", "malee").out.splitlines()
    assert said[-3].strip() == "สิ่งที่ต้องดำเนินการก่อนไปขั้นต่อไป:"
    assert office.ok("next", "1").out.splitlines()[-3:] == said[-3:]


def test_a_closed_matter_is_told_as_closed_not_as_a_stage(office: Srctl) -> None:
    office.ok("new", *ORDER, "--as", "malee")
    said = office.ok("close", "1", "--override", "รมว.ศธ. สั่งยุติ", "--as", "malee").out
    assert said.splitlines() == ["✓ 2569-0001  ปิดเรื่อง"]
    assert office.ok("note", "1", "เก็บแฟ้มแล้ว", "--as", "malee").out.splitlines()[-1] == "  ปิดเรื่องแล้ว"
