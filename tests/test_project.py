"""What stands around the code is true: the workflow and the hooks run what make runs, the changelog goes backwards."""

import re
import shlex
import tomllib
from itertools import pairwise
from typing import Any

from release.changes import numbers
from srctl.store.yaml.reader import read_file
from tests.conftest import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
WORKFLOW = PROJECT / ".github/workflows/tests.yml"
HOOKS = PROJECT / ".pre-commit-config.yaml"


def job() -> Any:
    data: Any = read_file(WORKFLOW).data
    return data["jobs"]["tests"]


def test_the_workflow_says_that_it_has_not_been_run() -> None:
    assert WORKFLOW.read_text(encoding="utf-8").startswith("# Not run yet")


def test_the_workflow_tries_every_python_the_project_names_on_three_systems() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [found[1] for c in project["classifiers"] if (found := re.fullmatch(r".*Python :: (3\.\d+)", c))]
    matrix = job()["strategy"]["matrix"]
    assert matrix["python"] == named
    assert project["requires-python"] == f">={named[0]}"
    assert [system.partition("-")[0] for system in matrix["os"]] == ["ubuntu", "windows", "macos"]


def test_the_workflow_runs_make_and_nothing_else() -> None:
    ran = [shlex.split(step["run"]) for step in job()["steps"] if "run" in step]
    assert [words[0] for words in ran] == ["make", "make"]
    targets = {word for words in ran for word in words[1:] if "=" not in word}
    assert targets == {"check", "test", "test-quick"}
    assert targets <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


def test_hooks_before_a_commit_are_those_of_make_check_and_fetch_nothing() -> None:
    data: Any = read_file(HOOKS).data
    assert [repository["repo"] for repository in data["repos"]] == ["local"]
    hooks = data["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    checked = re.search(r"^check: .*\n((?:\t.*\n)+)", MAKEFILE, re.M)
    assert checked
    commands = [line.strip().replace("$(PY)", "$(BIN)/python").removesuffix(" .") for line in checked[1].splitlines()]
    entries = [hook["entry"].replace(".venv/bin", "$(BIN)").removesuffix(" --force-exclude") for hook in hooks]
    assert entries == commands


def test_the_changelog_has_each_version_once_newest_first_and_only_the_first_may_have_no_day() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\S+) \((.*)\)$", text, re.M)
    assert len(sections) == text.count("\n## ") >= 2
    for (newer, _day), (older, day) in pairwise(sections):
        assert numbers(newer) > numbers(older)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
