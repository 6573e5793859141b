"""The directory is set right by commands: an entry corrected, retired, merged, moved, taken out where never used."""

from tests.conftest import Srctl


def text(office: Srctl, organisation: str) -> str:
    return (office.root / "contacts" / f"{organisation}.yaml").read_text(encoding="utf-8")


def test_a_telephone_is_corrected_and_comments_stay(sample: Srctl) -> None:
    path = sample.root / "contacts" / "obec.yaml"
    path.write_text(text(sample, "obec").rstrip("\n") + "  # โทรก่อนเที่ยง\n", encoding="utf-8")
    sample.ok("adopt", "contacts/obec.yaml")
    sample.ok("contacts", "edit", "obec/somsak", "phone=0 2000 9999", "note=ติดต่อช่วงเช้า")
    assert "# โทรก่อนเที่ยง" in text(sample, "obec")
    shown = sample.ok("contacts", "show", "obec/somsak", "--json").json
    assert (shown["phone"], shown["note"]) == ("0 2000 9999", "ติดต่อช่วงเช้า")
    sample.ok("contacts", "edit", "obec/somsak", "note=")
    assert sample.ok("contacts", "show", "obec/somsak", "--json").json["note"] == ""
    sample.refused(2, "contacts", "edit", "obec/somsak", "id=x")
    sample.refused(2, "contacts", "edit", "obec/somsak", "mandate=x")
    assert sample.run("check").code == 0


def test_who_is_retired_is_offered_no_more_and_stands_in_old_logs(sample: Srctl) -> None:
    sample.ok("contacts", "retire", "obec/somsak")
    assert "พ้นจากหน้าที่" in sample.ok("contacts", "show", "obec/somsak").out
    assert "พ้นจากหน้าที่" in sample.ok("show", "8").out
    sample.ok("contact", "8", "สมศักดิ์", "-s", "x")  # somebody else of that name, whom no entry stands for
    assert sample.ok("show", "8", "--json").json["log"][-1]["with"] != "obec/somsak"
    assert sample.run("check").code == 0
    listed = sample.ok("contacts", "list", "--json").json["items"]
    assert {row["id"] for row in listed if row["state"]} == {"obec/somsak"}
    assert "พ้นจากหน้าที่" in sample.ok("contacts", "list").out
    sample.refused(5, "contacts", "retire", "obec/somsak")
    sample.ok("contacts", "retire", "obec/somsak", "--back")


def test_two_entries_of_one_person_become_one_and_both_ids_work(sample: Srctl) -> None:
    sample.ok("contacts", "add", "obec/somsak-2", "--name", "นายสมศักดิ์ (ซ้ำ)")
    sample.ok("contact", "8", "obec/somsak-2", "-s", "ถาม")
    sample.ok("contacts", "merge", "obec/somsak-2", "obec/somsak")
    now = sample.ok("contacts", "show", "obec/somsak", "--json").json
    assert sample.ok("contacts", "show", "obec/somsak-2", "--json").json["name"] == now["name"]
    assert sample.run("check").code == 0
    sample.refused(5, "contacts", "merge", "obec/somsak", "obec/somsak-2")
    sample.refused(2, "contacts", "merge", "obec/somsak", "obec")


def test_who_moves_to_another_post_keeps_the_posts_held_before(sample: Srctl) -> None:
    sample.ok("contacts", "add", "new-office", "--name", "หน่วยงานใหม่")
    sample.ok("contacts", "move", "obec/somsak", "--to", "new-office", "--post", "ผู้อำนวยการ", "--on", "1/11/2569")
    shown = sample.ok("contacts", "show", "new-office/somsak", "--json").json
    assert (shown["position"], shown["since"]) == ("ผู้อำนวยการ", "2026-11-01")
    assert [(post["organisation"], post["to"]) for post in shown["posts"]] == [("obec", "2026-11-01")]
    assert "new-office/somsak" in sample.ok("contacts", "show", "obec/somsak").out
    assert "obec" in sample.ok("contacts", "show", "new-office/somsak").out
    assert sample.run("check").code == 0


def test_an_entry_that_leads_to_nobody_is_told_by_check(sample: Srctl) -> None:
    path = sample.root / "contacts" / "obec.yaml"
    moved = text(sample, "obec").replace("- id: somsak\n", "- id: somsak\n    moved_to: gone/somsak\n")
    path.write_text(moved, encoding="utf-8")
    assert "gone/somsak" in sample.run("check").out


def test_only_what_was_never_used_is_taken_out(sample: Srctl) -> None:
    assert "srctl contacts retire obec/somsak" in sample.refused(5, "contacts", "remove", "obec/somsak")
    sample.refused(5, "contacts", "remove", "obec")
    sample.ok("contacts", "add", "wrong", "--name", "ผิด")
    sample.ok("contacts", "add", "wrong/one", "--name", "ผิด")
    sample.ok("contacts", "remove", "wrong/one")
    sample.ok("contacts", "remove", "wrong")
    assert not (sample.root / "contacts" / "wrong.yaml").exists()
    sample.refused(3, "contacts", "show", "wrong")
    assert sample.run("check").code == 0


def test_an_entry_needs_no_id_one_is_made_from_the_name_and_given_once(sample: Srctl) -> None:
    assert "สมาคมสมมติ  (samakhmosmomti)" in sample.ok("contacts", "add", "สมาคมสมมติ", "--head", "นายกสมาคม").out
    assert "สมาคมสมมติ" in sample.refused(5, "contacts", "add", "สมาคมสมมติ")
    for name in ("นางสาวมาลัย ดี", "นางมาลัย งาม"):
        sample.ok("contacts", "add", f"สพฐ./{name}")
    sample.ok("contacts", "add", "--name", "นายมาลัย ใจ", "--in", "สพฐ.")
    made = [p["id"] for p in sample.ok("contacts", "show", "obec", "--json").json["people"]][-3:]
    assert made == ["malay", "malay-2", "malay-3"]
    assert "--in" in sample.refused(2, "contacts", "add", "นายสมมติ ใจงาม")


def test_screens_say_names_and_codes_only_behind_them(sample: Srctl) -> None:
    shown = sample.ok("show", "1").out
    assert "(นายสมศักดิ์ สมมติการ (สพฐ.)" in shown
    assert "มาลี  ร่าง บันทึกข้อความ (memo)" in shown
    assert "obec/somsak" not in shown
    assert "obec/somsak" not in sample.ok("history", "8").out
    for words, first in (
        (("kinds",), "คำสั่งการ "),
        (("papers",), "หนังสือขอทราบข้อมูล "),
        (("whoami", "--list"), "นางวิภา สมมติทรัพย์ "),
    ):
        assert sample.ok(*words).out.splitlines()[1].startswith(first)
    due = sample.ok("due").out
    assert "2569-0012  วิภา " in due
    assert "wipa" not in due


def test_somebody_of_no_organisation_can_be_written_to(sample: Srctl) -> None:
    sample.ok("contacts", "add", "นายสมมติ ใจงาม", "--in", "others")
    sample.ok("letter", "8", "thanks", "--to", "นายสมมติ ใจงาม", "--ask", "ข้อมูล")
