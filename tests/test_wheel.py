"""What is shipped: the wheel carries all an office begins with and works far from this folder; the locks are whole."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from srctl import __version__
from tests.conftest import PROJECT

STARTER = ("templates", "contacts", "cases")
LOCKS = sorted(PROJECT.glob("requirements*.lock"))


def build(kind: str, folder: Path) -> Path:
    """Build the wheel without the network and return it."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(words, cwd=PROJECT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel installed into a folder of its own; what it depends on is that of these tests."""
    target = tmp_path_factory.mktemp("installed")
    words = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
    ]
    subprocess.run([*words, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def files_below(*places: str) -> set[str]:
    found = (path for place in places for path in (PROJECT / place).rglob("*") if path.is_file())
    return {p.relative_to(PROJECT).as_posix() for p in found if "__pycache__" not in p.parts}


@pytest.mark.slow
def test_the_wheel_carries_the_program_and_all_an_office_begins_with(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name for name in names if not name.partition("/")[0].endswith(".dist-info")}
    starter = {f"srctl/starter/{name}" for name in (*files_below(*STARTER), "office.yaml")}
    assert inside == files_below("srctl") | starter
    assert "srctl/py.typed" in inside
    assert "srctl/core/locale/th/LC_MESSAGES/srctl.mo" in inside
    assert {name for name in inside if name.startswith("srctl/office/walks/")}
    assert any(name.endswith("/licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_the_wheel_says_how_it_is_called_and_what_it_needs(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    about = {name.partition("/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
    assert "srctl = srctl.__main__:start" in archive.read(about["entry_points.txt"]).decode()
    metadata = archive.read(about["METADATA"]).decode()
    assert "Requires-Python: >=3.11" in metadata
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nClassifier: Typing :: Typed\n" in metadata
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert metadata.count("\nRequires-Dist: ") == len(wanted)


@pytest.mark.slow
def test_the_installed_program_carries_a_matter_far_from_this_folder(installed: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"

    def srctl(*words: str, cwd: Path = office) -> str:
        env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "srctl", *words],
            cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = [sys.executable, "-P", "-c", "import srctl; print(srctl.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True)
    assert str(installed) in found.stdout.decode()
    assert "สร้างแฟ้มสำนักงาน" in srctl("init", "--sample", "office", cwd=tmp_path)
    words = ["-s", "ทดสอบ", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ให้สรุป", "--due", "+1wd", "--json"]
    case = re.findall(r'"id": "(\d{4}-\d{4})"', srctl("new", "directive", *words))[0]
    assert case in srctl("due")
    srctl("analyse", case, "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "ง", "--power", "รมว.ศธ.")
    srctl("memo", case)
    assert [p.stem for p in office.glob(f"cases/*/*/{case}/*.docx")] == [f"{case}-memo-draft"]
    assert "✓" in srctl("demo", cwd=tmp_path)
    srctl("check")


@pytest.mark.slow
def test_an_editable_install_works_on_these_files(tmp_path: Path) -> None:
    archive = build("wheel:editable", tmp_path)
    zipfile.ZipFile(archive).extractall(tmp_path / "site")
    # Without site the editable install these tests may run in is not there; its libraries are put on the path by hand.
    code = (
        "import site, sys\n"
        f"sys.path.append({sysconfig.get_path('purelib')!r}); site.addsitedir({str(tmp_path / 'site')!r})\n"
        "import srctl; print(srctl.__file__)\n"
        "from srctl.__main__ import main\n"
        "sys.argv = ['srctl', 'init', '--sample', 'office']; main()\n"
    )
    done = subprocess.run([sys.executable, "-S", "-P", "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert str(PROJECT / "srctl") in done.stdout.decode()
    assert (tmp_path / "office/templates/kinds/complaint.yaml").is_file()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    logical = re.sub(r" *\\\n *", " ", lock.read_text(encoding="utf-8"))
    lines = [line for line in logical.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 10
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==\S+(?: ; [^#]+?)?(?: --hash=sha256:[0-9a-f]{64})+", line), line[:100]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_a_lock_names_no_place_packages_come_from(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.M)


def test_the_locks_hold_everything_the_project_asks_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {
        "requirements.lock": [*project["project"]["dependencies"], *groups["build"]],
        "requirements-dev.lock": [*project["project"]["dependencies"], *groups["build"], *groups["dev"]],
    }
    assert {lock.name for lock in LOCKS} == set(asked)
    for name, wanted in asked.items():
        locked = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / name).read_text(encoding="utf-8"), re.M))
        names = {re.split(r"[<>=!~\[ ;]", word, maxsplit=1)[0].lower().replace(".", "-") for word in wanted}
        assert names <= locked
