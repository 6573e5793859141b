"""Make the cases of the sample office anew: `python -m tests.sample_office` writes them into ``cases/``.

They come from the walks, through the real commands, in the order things happened, so that numbers follow time.
"""

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path

from srctl.cli.app import run
from srctl.core import i18n
from srctl.index.workspace import Settings, current
from srctl.office import starter
from srctl.office.scenarios import WALKS, ScenarioStep, read_walk

PROJECT = Path(__file__).parent.parent


def make(target: Path) -> None:
    """Write the sample cases below ``target``."""
    i18n.use("th")
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    files = [
        *WALKS.glob("*.yaml"),
        *(PROJECT / "tests/walks").glob("*.yaml"),
        PROJECT / "tests/sample/open.yaml",
    ]
    steps = [(step.moment(), i, n, step) for i, file in enumerate(sorted(files))
             for n, step in enumerate(read_walk(file).steps)]  # fmt: skip
    names: dict[int, dict[str, str]] = {i: {} for i in range(len(files))}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        starter.make(root, starter.Answers(), sample=True, now=steps[0][0], cases=False)
        for _moment, i, _n, step in sorted(steps, key=lambda item: item[:3]):
            _run(root, step, names[i])
        shutil.rmtree(target, ignore_errors=True)
        for path in root.glob("cases/*/*/*.yaml"):
            copy = target / path.relative_to(root / "cases")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _run(root: Path, step: ScenarioStep, names: dict[str, str]) -> None:
    before = {p.stem for p in root.glob("cases/*/*/*.yaml")}
    words = step.words(names)
    token = current.set(Settings(cwd=root, now=step.moment(), interactive=False))
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            run(words)
    except SystemExit as end:
        if end.code:
            raise
    finally:
        current.reset(token)
    for case_id in {p.stem for p in root.glob("cases/*/*/*.yaml")} - before:
        names[step.as_ or "id"] = case_id


if __name__ == "__main__":
    make(PROJECT / "cases")
