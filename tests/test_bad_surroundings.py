"""Bad surroundings, through the real command line: git, folders, disks, terminals, editors, other people."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from srctl.cli import editor
from tests.conftest import PROJECT, Srctl

CASE = "2569-0010"
posix = pytest.mark.skipif(os.name == "nt", reason="a matter of POSIX systems")


def revisions(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def start(office: Srctl, *words: str, env: Mapping[str, str] | None = None, **more: Any) -> "subprocess.Popen[bytes]":
    """Start srctl as a process of its own, in the office."""
    surroundings = {**os.environ, "PYTHONPATH": str(PROJECT), **(env or {})}
    given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **more}
    return subprocess.Popen(
        [sys.executable, "-m", "srctl", *words], cwd=office.root, env=surroundings, stderr=subprocess.PIPE, **given
    )


def process(office: Srctl, *words: str, env: Mapping[str, str] | None = None, **more: Any) -> tuple[int, str, str]:
    """Run srctl as a process of its own and return its code, stdout and stderr."""
    with start(office, *words, env=env, **more) as running:
        out, err = running.communicate()
    assert b"Traceback" not in err
    return running.returncode, (out or b"").decode("utf-8"), err.decode("utf-8")


# -- places -----------------------------------------------------------------------------------------


def test_outside_an_office_every_command_names_init(tmp_path: Path) -> None:
    nowhere = Srctl(tmp_path)
    for words in (["list"], ["due"], ["new", "directive", "-s", "x"], ["show", "1"], ["check"], ["kinds"], ["whoami"]):
        assert "srctl init" in nowhere.refused(5, *words)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "srctl init" in Srctl(tmp_path).refused(5, "-C", str(tmp_path / "gone"), "list")
    assert not (tmp_path / "gone").exists()


def test_init_over_a_file_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("mine")
    Srctl(tmp_path).refused(5, "init", "office", "--sample")
    Srctl(tmp_path).refused(5, "init", "office/inside", "--sample")
    assert (tmp_path / "office").read_text() == "mine"


def test_init_in_a_folder_with_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"mine")
    (tmp_path / "cases").mkdir()
    office = Srctl(tmp_path)
    office.ok("init", ".", "--sample")
    assert (tmp_path / "letter.docx").read_bytes() == b"mine"
    assert "letter.docx" not in office.git("ls-files")
    assert office.run("check").code == 0


def test_init_does_not_overwrite_a_file_of_its_own_names(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts/obec.yaml").write_text("mine")
    Srctl(tmp_path).run("init", ".", "--sample")
    assert (tmp_path / "contacts/obec.yaml").read_text() == "mine"


def test_init_without_a_name_says_which_options_give_it(tmp_path: Path) -> None:
    assert "--my-name" in Srctl(tmp_path).refused(2, "init", "office")
    assert not (tmp_path / "office").exists()


def test_two_inits_into_one_folder_make_one_office(tmp_path: Path) -> None:
    nowhere = Srctl(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        codes = sorted(r[0] for r in pool.map(lambda _n: process(nowhere, "init", "office", "--sample"), range(2)))
    assert codes[0] == 0
    assert codes[1] in (5, 6)
    office = Srctl(tmp_path / "office")
    assert revisions(office) == 1
    assert office.run("check").code == 0


def test_an_office_inside_another_repository_leaves_that_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    outer = Srctl(tmp_path)
    outer.ok("init", "office", "--sample")
    office = Srctl(tmp_path / "office")
    office.ok("note", "10", "x")
    assert revisions(office) == 2
    assert "office/" in outer.git("status", "--porcelain")
    assert subprocess.run(["git", "-C", str(tmp_path), "rev-parse", "-q", "--verify", "HEAD"],
                          capture_output=True, check=False).returncode  # fmt: skip


# -- git --------------------------------------------------------------------------------------------


def test_without_git_an_act_says_how_to_get_it_and_reading_goes_on(sample: Srctl, tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path), "SRCTL_AS": "malee"}
    before = sample.case_file(CASE).read_bytes()
    code, _out, err = process(sample, "note", "10", "x", env=env)
    assert code == 5
    assert "git" in err.splitlines()[0]
    assert "git-scm.com" in err
    assert sample.case_file(CASE).read_bytes() == before
    assert process(sample, "list", env=env)[0] == 0


def test_an_office_whose_repository_is_gone_says_so(sample: Srctl) -> None:
    shutil.rmtree(sample.root / ".git")
    assert "srctl init" in sample.refused(5, "--as", "malee", "note", "10", "x")
    assert sample.ok("list").out


def test_whoever_git_does_not_know_is_told_how_to_say_it(sample: Srctl) -> None:
    sample.git("config", "--unset", "user.email")
    sample.git("config", "--unset", "user.name")
    assert "srctl whoami --set" in sample.refused(5, "note", "10", "x")
    sample.ok("note", "10", "x", "--as", "malee")
    sample.refused(3, "whoami", "--set", "nobody")
    assert "นางสาวมาลี" in sample.ok("whoami", "--set", "มาลี").out
    sample.ok("note", "10", "x")
    assert sample.ok("show", "10", "--json").json["log"][-1]["who"] == "malee"


def test_whoever_is_no_coordinator_is_told(sample: Srctl) -> None:
    sample.git("config", "user.email", "stranger@example.org")
    said = sample.refused(5, "note", "10", "x")
    assert "stranger@example.org" in said
    assert "--as" in said


def test_a_detached_head_is_refused_with_the_way_back(sample: Srctl) -> None:
    before = revisions(sample)
    sample.git("checkout", "-q", "--detach")
    assert "git switch" in sample.refused(5, "note", "10", "x")
    assert revisions(sample) == before
    assert CASE in sample.ok("list").out


def test_what_somebody_has_staged_stays_staged_byte_for_byte(sample: Srctl) -> None:
    letter = sample.root / "letter.txt"
    letter.write_text("ร่าง 1")
    sample.git("add", "letter.txt")
    letter.write_text("ร่าง 2")
    office = sample.root / "office.yaml"
    office.write_bytes(office.read_bytes() + b"# note\n")
    sample.git("add", "office.yaml")
    staged = sample.git("diff", "--cached", "--raw")
    sample.ok("note", "10", "x")
    sample.ok("new", "directive", "-s", "x")
    assert sample.git("diff", "--cached", "--raw") == staged
    assert sample.git("show", ":letter.txt") == "ร่าง 1"
    assert letter.read_text() == "ร่าง 2"


# -- disks, rights, locks ---------------------------------------------------------------------------


@posix
def test_a_full_disk_saves_nothing_and_says_so(sample: Srctl) -> None:
    import resource

    file = sample.case_file(CASE)
    before, count = file.read_bytes(), revisions(sample)

    def nothing_can_be_written() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    code, _out, err = process(sample, "note", "10", "x", preexec_fn=nothing_can_be_written)
    assert code == 5
    assert err.startswith("srctl: ")
    assert "  → " in err
    assert (file.read_bytes(), revisions(sample)) == (before, count)
    sample.ok("note", "10", "x")


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(sample: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    before = revisions(sample)

    def read_only(*_args: object, **_kwargs: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr("srctl.store.lock._acquire", read_only)
        assert "  → " in sample.refused(5, "note", "10", "x")
    assert revisions(sample) == before


def test_who_holds_the_lock_is_named_and_nothing_is_saved(sample: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    from srctl.store import lock

    before = revisions(sample)
    monkeypatch.setattr(lock.hold.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    monkeypatch.setenv("USER", "prasit")
    monkeypatch.setattr(
        "srctl.store.transaction.record.__kwdefaults__", {"timeout": 0.05, "stale": 600.0, "mends": False}
    )
    with lock.hold(sample.root):
        said = sample.refused(5, "note", "10", "x")
    assert "prasit" in said
    assert str(os.getpid()) in said
    assert revisions(sample) == before
    sample.ok("note", "10", "x")


def _hear_ctrl_c() -> None:
    """Undo what a background job hands on: that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_ctrl_c_while_waiting_for_the_lock_saves_nothing(sample: Srctl) -> None:
    from srctl.store import lock

    before = revisions(sample)
    with lock.hold(sample.root), start(sample, "note", "10", "x", preexec_fn=_hear_ctrl_c) as waiting:
        handle = sample.root / ".git/srctl/lock"
        while not any(_same(Path(f"/proc/{waiting.pid}/fd") / name, handle) for name in _open_files(waiting.pid)):
            assert waiting.poll() is None
        waiting.send_signal(signal.SIGINT)
        _out, err = waiting.communicate()
    assert waiting.returncode == 130
    assert b"Traceback" not in err
    assert len(err.decode().strip().splitlines()) == 1
    assert revisions(sample) == before


def _open_files(pid: int) -> list[str]:
    try:
        return [path.name for path in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return []


def _same(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return False


def test_ctrl_c_or_end_of_input_at_a_question_saves_nothing(sample: Srctl) -> None:
    before = revisions(sample)
    sample.interactive = True
    ran = sample.run("new", typed="directive\nเรื่อง\n")
    assert ran.code == 130
    assert revisions(sample) == before


def test_four_processes_receiving_at_once_give_gapless_ids(office: Srctl) -> None:
    words = ("new", "directive", "-s", "เรื่อง", "--json")

    def ten(_n: int) -> list[tuple[int, str, str]]:
        return [process(office, *words) for _ in range(10)]

    with ThreadPoolExecutor(4) as pool:
        ran = [r for part in pool.map(ten, range(4)) for r in part]
    assert [r for r in ran if r[0]] == []
    numbers = sorted(int(path.stem.rpartition("-")[2]) for path in office.root.glob("cases/*/*/*.yaml"))
    assert numbers == list(range(1, 41))
    assert revisions(office) == 41


# -- terminals --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    "command", ["list --all", "due --all", "show 1", "history 1", "kinds show complaint", "--help"]
)
def test_a_reader_that_goes_away_is_no_error(sample: Srctl, command: str) -> None:
    read, write = os.pipe()
    os.close(read)  # `| true`: nobody ever reads
    with os.fdopen(write, "wb") as pipe:
        code, _out, err = process(sample, *command.split(), stdout=pipe)
    assert code in (0, 141)
    assert "Broken" not in err
    assert "Exception" not in err


@posix
def test_a_closed_stdout_is_no_error(sample: Srctl) -> None:
    code, _out, err = process(sample, "list", stdout=None, preexec_fn=lambda: os.close(1))
    assert (code, err) == (0, "")
    assert process(sample, "note", "10", "x", stdout=None, preexec_fn=lambda: os.close(1))[0] == 0
    assert revisions(sample) == 2


@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "LANG": "C"}, {"PYTHONUTF8": "0", "LC_ALL": "C"},
     {"PYTHONIOENCODING": "tis-620"}, {"PYTHONIOENCODING": "cp874:strict"}],
    ids=str,
)  # fmt: skip
def test_thai_is_read_shown_and_saved_in_any_locale(sample: Srctl, env: dict[str, str]) -> None:
    code, out, _err = process(sample, "list", "--all", env=env)
    assert code == 0
    assert "โรงเรียนขนาดเล็ก" in out
    code, out, err = process(sample, "new", "directive", "-s", "เรื่องใหม่ น้ำ", env=env)
    assert code == 0, err
    assert sample.ok("show", "13", "--json").json["subject"] == "เรื่องใหม่ น้ำ"
    code, _out, err = process(sample, "note", "99", "x", env=env)
    assert code == 3
    assert "ไม่มีเรื่อง 99" in err


@posix
def test_bytes_that_are_no_text_on_the_command_line_are_taken_out(sample: Srctl) -> None:
    code, _out, err = process(sample, "note", "10", os.fsdecode(b"\xff\xfeok\x80"))
    assert code == 0, err
    assert sample.ok("show", "10", "--json").json["log"][-1]["text"] == "ok"
    for words in (["show", os.fsdecode(b"\xff")], ["new", os.fsdecode(b"\xff"), "-s", "x"]):
        assert process(sample, *words)[0] == 3


def test_a_clone_by_a_git_that_would_turn_lines_keeps_every_byte(sample: Srctl, tmp_path: Path) -> None:
    there = tmp_path / "clone"
    windows = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")  # as Git for Windows sets itself up
    subprocess.run(["git", *windows, "clone", "-q", str(sample.root), str(there)], check=True)
    names = sample.git("ls-files", "-z").split("\0")[:-1]
    assert len(names) > 50
    assert [name for name in names if (there / name).read_bytes() != (sample.root / name).read_bytes()] == []


# -- editors ----------------------------------------------------------------------------------------


def editor_script(tmp_path: Path, change: str) -> str:
    """Return an EDITOR that does ``change`` (Python on ``raw``, the bytes) to the file it is given."""
    script = tmp_path / "an editor.py"
    script.write_text(f"import sys, pathlib\np = pathlib.Path(sys.argv[-1])\nraw = p.read_bytes()\n{change}\n"
                      "p.write_bytes(raw)\n", encoding="utf-8")  # fmt: skip
    return f'"{sys.executable}" "{script}"'


def test_an_edit_with_a_fault_is_kept_explained_and_gone_on_with(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sample.case_file(CASE)
    before, count = file.read_bytes(), revisions(sample)
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, "raw = raw.replace(b'urgency: none', b'urgency: [x')"))
    said = sample.refused(4, "edit", "10")
    kept = sample.root / ".git/srctl/edit/malee" / file.name
    assert ":7: " in said
    assert f"srctl edit {CASE}" in said
    assert str(kept) in said.replace("\n", "")
    assert b"urgency: [x" in kept.read_bytes()
    assert (file.read_bytes(), revisions(sample)) == (before, count)
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, "raw = raw.replace(b'urgency: [x', b'urgency: urgent')"))
    assert str(kept) in sample.ok("edit", "10").err.replace("\n", "")
    assert b"urgency: urgent" in file.read_bytes()
    assert revisions(sample) == count + 1
    assert not kept.exists()


def test_an_edit_with_faults_tells_all_of_them(sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = "raw = raw.replace(b'owner: suda', b'owner: nobody').replace(b'on: 2026-11-19', b'on: 2026-12-19')"
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, change))
    said = sample.refused(4, "edit", "10")
    assert ":9: " in said
    assert ":5: " in said


def test_an_editor_that_fails_or_is_not_there_records_nothing(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = revisions(sample)
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, "raw = raw + b'# x\\n'; p.write_bytes(raw); sys.exit(3)"))
    assert "3" in sample.refused(5, "edit", "10")
    for name in ("no-such-editor --wait", "'unclosed"):
        monkeypatch.setenv("EDITOR", name)
        assert "EDITOR" in sample.refused(5, "edit", "10")
    assert revisions(sample) == count


@posix
def test_an_editor_may_stand_in_a_folder_with_spaces_quoted_or_not(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "an editor" / "edit it"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho '# seen' >> \"$1\"\n", encoding="utf-8")
    program.chmod(0o755)
    for n, command in enumerate((str(program), f'"{program}"'), 1):
        assert editor.split_command(command, windows=False) == [str(program)]
        monkeypatch.setenv("EDITOR", command)
        sample.ok("edit", "10", "--as", "malee")
        assert sample.case_file("2569-0010").read_text(encoding="utf-8").count("# seen") == n


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst',
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
        (r"C:\tools\nano.exe -w", [r"C:\tools\nano.exe", "-w"]),
        ('"C:\\unclosed', ['"C:\\unclosed']),
        ("", []),
    ],
)
def test_a_command_typed_on_windows_keeps_its_backslashes_and_loses_its_quotes(command: str, words: list[str]) -> None:
    assert editor.split_command(command, windows=True) == words


def test_an_editor_is_never_run_by_a_shell(sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("true;touch pwn", "true $(touch pwn)", "`touch pwn`", "true && touch pwn", "true | touch pwn"):
        monkeypatch.setenv("EDITOR", name)
        sample.refused(5, "edit", "10")
    assert not (tmp_path / "pwn").exists()
    assert not (sample.root / "pwn").exists()


def test_an_edit_that_changes_nothing_is_no_commit(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = revisions(sample)
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, ""))
    sample.refused(5, "edit", "10")
    assert revisions(sample) == count
    assert not list((sample.root / ".git/srctl/edit/malee").iterdir())


def test_an_edit_of_what_changed_meanwhile_is_refused_and_kept(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sample.case_file(CASE)
    change = f"q = pathlib.Path({str(file)!r}); q.write_bytes(q.read_bytes() + b'# other\\n'); raw += b'# mine\\n'"
    monkeypatch.setenv("EDITOR", editor_script(tmp_path, change))
    said = sample.refused(6, "edit", "10")
    assert "  → " in said
    assert file.read_bytes().endswith(b"# other\n")
    assert (sample.root / ".git/srctl/edit/malee" / file.name).read_bytes().endswith(b"# mine\n")
