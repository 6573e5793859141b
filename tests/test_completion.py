"""What the Tab key offers, through the real protocol of bash and zsh, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from srctl.cli.completion import described
from tests.conftest import Srctl

SCRIPT = Path(sys.executable).with_name("srctl")


def offered(where: Path, typed: str, shell: str = "bash", script: bool = False) -> str:
    """Return what is offered for the last word of ``typed``, as the shell would receive it."""
    words = typed.split(" ")
    asked = {"_SRCTL_COMPLETE": f"complete_{shell}", "PYTHONUTF8": "1"}
    if shell == "bash":
        asked |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    else:
        asked |= {"_TYPER_COMPLETE_ARGS": typed}
    program = [str(SCRIPT)] if script else [sys.executable, "-m", "srctl"]
    ran = subprocess.run(program, cwd=where, env={**os.environ, **asked}, capture_output=True, encoding="utf-8")
    assert ran.stderr == ""
    return ran.stdout


def described_in_zsh(where: Path, typed: str) -> dict[str, str]:
    """Return the values and descriptions that zsh is offered."""
    body = offered(where, typed, "zsh").strip().removeprefix("_arguments '*: :((").removesuffix("))'")
    pairs = (line.strip('"').partition('":"') for line in body.splitlines())
    return {value: words for value, _between, words in pairs}


def test_open_cases_are_offered_with_their_subjects_latest_first(sample: Srctl) -> None:
    rows = sample.ok("list", "--json").json["items"]
    assert offered(sample.root, "srctl show ").split() == [row["id"] for row in reversed(rows)]
    found = described_in_zsh(sample.root, "srctl show 2569-")
    assert found == {row["id"]: described(row["subject"]) for row in rows}
    assert any(words.startswith("สรุปข้อมูลนักเรียนหลุดออกจากระบบ") for words in found.values())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("srctl assign 8 ma", "malee"),
        ("srctl due --owner su", "suda"),
        ("srctl due --group po", "political"),
        ("srctl contact 8 obec/so", "obec/somsak"),
        ("srctl contacts show irr", "irrigation irrigation/narong irrigation/montree"),
        ("srctl new comp", "complaint"),
        ("srctl kinds show vis", "visit"),
        ("srctl analy", "analyse"),
        ("srctl assign 8 มา", "มาลี"),
        ("srctl contact 8 สพ", "สพฐ."),
        ("srctl new ข้อ", "ข้อหารือ"),
    ],
)
def test_people_contacts_kinds_and_commands_are_offered(sample: Srctl, typed: str, expected: str) -> None:
    assert sorted(offered(sample.root, typed).split()) == sorted(expected.split())


def test_thai_descriptions_are_whole(sample: Srctl) -> None:
    assert described_in_zsh(sample.root, "srctl assign 8 ma") == {"malee": "นางสาวมาลี สมมติสุข"}
    assert described_in_zsh(sample.root, "srctl contact 8 obec/so") == {"obec/somsak": "นายสมศักดิ์ สมมติการ"}
    assert described_in_zsh(sample.root, "srctl new con") == {"consultation": "ข้อหารือ"}
    assert described("น้ำท่วม เกี่ยวข้องกับที่ดิน") == "น้ำท่วม เกี่ยวข้องกับที่ดิน"


@pytest.mark.skipif(not SCRIPT.exists(), reason="the script is not installed beside this Python")
def test_the_script_and_the_module_offer_the_same(sample: Srctl) -> None:
    assert offered(sample.root, "srctl show ", script=True) == offered(sample.root, "srctl show ")


def test_the_office_of_an_option_is_the_one_that_is_asked(sample: Srctl, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    assert offered(outside, f"srctl -C {sample.root} show ") == offered(sample.root, "srctl show ")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_outside_an_office_and_in_a_broken_one_nothing_is_offered_and_nothing_said(
    sample: Srctl, tmp_path: Path, shell: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (sample.root / "office.yaml").write_text("groups: [", encoding="utf-8")
    for where, typed in ((outside, "srctl show "), (outside, "srctl assign 8 "), (sample.root, "srctl assign 8 ")):
        assert "2569" not in offered(where, typed, shell)


def test_what_a_shell_would_run_is_never_offered(sample: Srctl) -> None:
    folder = sample.root / "cases/2569/11"
    hostile = "[/x] $(touch pwned) `id` \"; rm \\$(id) ' | & > ; {a,b} * ? ~ ! # : end"
    text = (folder / "2569-0008.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("subject:"))
    (folder / "2569-0008.yaml").write_text(text.replace(line, f"subject: {json.dumps(hostile)}"), encoding="utf-8")
    (folder / "$(id).yaml").write_text(text, encoding="utf-8")
    found = described_in_zsh(sample.root, "srctl show ")
    assert found["2569-0008"] == "/x touch pwned id rm id a,b end"
    assert all("$" not in value for value in found)
    assert "$" not in offered(sample.root, "srctl show ")
    (folder / "2569-0008.yaml").write_text("subject: [", encoding="utf-8")
    assert "2569-0008" in offered(sample.root, "srctl edit ")  # a case that cannot be read is there to be mended


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_is_installed_names_the_script_however_it_was_started(sample: Srctl, shell: str) -> None:
    env = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "srctl", "--show-completion", shell],
        cwd=sample.root, env=env, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert f"_SRCTL_COMPLETE=complete_{shell}" in ran.stdout
