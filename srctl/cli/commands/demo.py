"""`srctl demo`: two matters from order to memo, command by command, in a fresh sample office."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import view
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _, language

if TYPE_CHECKING:
    from srctl.office.scenarios import Walk


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("demo", help=_("Walk two matters from order to memo in a sample office, command by command."))(demo)


def demo(
    directory: Annotated[Path, argument(metavar="DIR", help=_("where to make the sample office"))] = Path("demo"),
    again: Annotated[bool, option("--again", help=_("replace the demo office of last time"))] = False,
) -> None:
    """Make a sample office and run the commands of each scenario in it."""
    from srctl.index.workspace import folder_here, now
    from srctl.office import starter
    from srctl.office.scenarios import WALKS, read_walk

    root = (folder_here() / directory).absolute()
    if again:
        _remove(root)
    starter.refuse_occupied(root)
    starter.make(root, starter.Answers(), sample=True, now=now(), cases=False)
    (root / ".git" / "srctl-demo").touch()
    view.write_line(_("sample office in {folder}; all people and cases are invented").format(folder=root))
    cases: list[str] = []
    for path in sorted(WALKS.glob("*.yaml")):
        cases.append(_walk(root, read_walk(path)))
    _farewell(root, cases)


def _remove(root: Path) -> None:
    """Remove a demo office, and nothing that is not one."""
    if (root / ".git" / "srctl-demo").exists():
        shutil.rmtree(root)


def _walk(root: Path, walk: "Walk") -> str:
    """Show and run every command of a scenario; return the id of its case."""
    from srctl.cli.app import run
    from srctl.index.workspace import current, settings
    from srctl.office.folder import Folder

    view.write_line()
    view.write_line("═" * 78)
    view.write_line(walk.title.in_(language()), "bold")
    names: dict[str, str] = {}
    for step in walk.steps:
        words = step.words(names)
        view.write_line()
        at = f"{view.day_text(step.moment().date())} {step.moment():%H:%M}"
        view.write_wrapped(f"[{at}]  $ srctl {shlex.join(words)}", "cyan", hang=4)
        before = Folder(root).case_ids()
        token = current.set(settings()._replace(cwd=root, now=step.moment(), interactive=False))
        try:
            run(words)
        except SystemExit as end:
            if end.code:
                raise
        finally:
            current.reset(token)
        for case_id in Folder(root).case_ids() - before:
            names[step.as_ or "id"] = case_id
    return names["id"]


def _farewell(root: Path, cases: list[str]) -> None:
    view.write_line()
    view.write_line("═" * 78)
    view.write_line(_("papers made:"), "bold")
    for file in sorted(root.glob("cases/*/*/*/*-draft.docx")):
        view.write_line(f"  {file}")
    view.write_line(_("try next:"), "bold")
    for words in (
        "list --all",
        "due --all",
        f"show {cases[-1]}",
        f"history {cases[0]}",
        "kinds show complaint",
        "new",
    ):
        view.write_line(f"  {_program()} -C {root} {words}")


def _program() -> str:
    """The command that starts srctl here: its name, or its path where it is not on the PATH (`make demo`)."""
    beside = shutil.which("srctl", path=str(Path(sys.executable).parent))
    return "srctl" if shutil.which("srctl") or not beside else beside
