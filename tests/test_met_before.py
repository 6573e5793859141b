"""The same paper, or the same person, met again is told where it comes in, also when that case is closed."""

from datetime import date, datetime
from pathlib import Path

import pytest

from srctl.core.dates import BANGKOK
from srctl.index.traces import case_traces, text_traces
from srctl.model.case import Complainant, Entry, Received
from srctl.model.incoming_paper import IncomingPaper, fold_ref, is_same
from srctl.office.folder import Folder
from tests.conftest import Srctl
from tests.sample_case import CASE, DIRECTORY

NOW = datetime(2026, 11, 23, 9, tzinfo=BANGKOK)
DAY = date(2026, 11, 20)


def paper(sender: str = "สพฐ.", ref: str = "ศธ 04001/123", dated: date | None = DAY) -> IncomingPaper:
    return IncomingPaper.unrecorded(sender, ref, dated, NOW)


@pytest.mark.parametrize("ref", ["ศธ 04001/123", "ศธ. ๐๔๐๐๑/๑๒๓", "ที่ ศธ04001 / 123", "ศธ\u00a004001/\u200b123"])
def test_a_number_is_one_however_it_is_spaced_and_in_whatever_digits(ref: str) -> None:
    assert fold_ref(ref) == fold_ref("ศธ 04001/123")
    assert is_same(paper(), paper(ref=ref, sender="obec/somsak"), DIRECTORY)


def test_papers_that_differ_in_sender_or_date_are_two_and_what_is_not_given_does_not_differ() -> None:
    others = [paper(sender="จังหวัดสมมติ"), paper(dated=date(2026, 11, 19)), paper(ref="ศธ 04001/12"), paper(ref="-"),
              paper(sender="", dated=None)]  # fmt: skip
    assert [is_same(paper(), other, DIRECTORY) for other in others] == [False] * 5
    assert is_same(paper(), paper(sender=""), DIRECTORY)
    assert is_same(paper(), paper(dated=None), DIRECTORY)


def test_no_trace_can_be_read_and_a_closed_case_leaves_the_same_ones_unparsed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    case = CASE._replace(
        received=Received(DAY, ref='ศธ "04001"/123'),
        complainant=Complainant("ก", "081-234 5678 ต่อ 9", id_no="1000000000009"),
        log=(Entry("a1", NOW, "malee", "receive"), Entry("a2", NOW, "malee", "reply", ref="สบ 0017/55"),
             Entry("a3", NOW, "malee", "send", post="RR123456785TH")),
    )  # fmt: skip
    text = """format: 1
received: {on: 2026-11-20, ref: "ศธ \\"04001\\"/123"}
complainant:
  name: ก
  phone: 081-234 5678 ต่อ 9
  id_no: "1000000000009"
log:
  - {id: a1, at: x, did: receive}
  - {id: a2, did: reply, ref: สบ 0017/55, said: "ref: ก"}
  - {id: a3, did: send, by: letter, post: RR123456785TH}
"""
    traces = case_traces(tmp_path, "p", case)
    assert len(traces) == 5
    assert {row.trace for row in traces} <= {row.trace for row in text_traces(tmp_path, "p", text.encode())}
    assert all(len(row.trace) == 32 and row.trace.isalnum() for row in traces)
    assert (tmp_path / ".git/srctl/trace.key").stat().st_mode & 0o077 == 0


def test_the_same_paper_is_told_at_new_and_at_receive_in_scripts_too(sample: Srctl) -> None:
    words = [
        "new",
        "directive",
        "--from",
        "สพฐ.",
        "--ref",
        "ศธ 04001/123",
        "--dated",
        "20/11/2569",
        "--channel",
        "letter",
    ]
    assert sample.ok(*words, "-s", "เรื่องแรก", "--json").json["met"] == []
    again = sample.ok(*words[:5], "ที่ ศธ ๐๔๐๐๑/๑๒๓", *words[6:], "-s", "คนละชื่อเรื่อง", "--json")
    assert again.json["met"] == [{"what": "paper", "id": "2569-0013", "entry": "", "owner": "malee"}]
    assert "2569-0013" in again.err
    reply = sample.ok("receive", "10", "--from", "obec", "--ref", "ศธ.04001/123", "--dated", "20/11/2569", "--json")
    assert [one["id"] for one in reply.json["met"]] == ["2569-0014", "2569-0013"]
    third = sample.ok("receive", "10", "--from", "obec", "--ref", "ศธ.04001/123", "--json").json["met"]
    assert ("2569-0010", reply.json["case"]["log"][-1]["id"]) in [(one["id"], one["entry"]) for one in third]


def test_the_same_telephone_is_told_also_of_a_closed_case_and_after_the_index_was_lost(sample: Srctl) -> None:
    closed = sample.case_file("2569-0009")
    folder = Folder(sample.root)
    case = folder.read_case(closed).case
    assert case is not None
    assert case.complainant is not None
    phone = case.complainant.phone
    assert phone
    other = "+66 " + phone.replace(" ", "-").removeprefix("0")
    words = ["new", "complaint", "-s", "ร้องเรียนใหม่", "--order", "ตรวจสอบ", "--phone", other, "--json"]
    assert [(m["what"], m["id"]) for m in sample.ok(*words).json["met"]] == [("phone", "2569-0009")]
    (sample.root / ".git/srctl/index.db").unlink()
    (sample.root / ".git/srctl/trace.key").unlink()
    assert ("phone", "2569-0009") in [(m["what"], m["id"]) for m in sample.ok(*words).json["met"]]
    digits = "".join(filter(str.isdigit, phone))
    raw = (sample.root / ".git/srctl/index.db").read_bytes()
    assert digits.encode() not in raw
    assert digits.removeprefix("0").encode() not in raw
