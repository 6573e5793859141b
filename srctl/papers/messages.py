"""The short texts of an office that are sent by hand, in its own words: ``templates/messages/``."""

from collections.abc import Mapping

from srctl.core.errors import CommandLine
from srctl.core.i18n import _
from srctl.core.thai import to_arabic_digits
from srctl.documents import text_template
from srctl.office.folder import Folder
from srctl.papers.wordings import read_wording, refuse

PLACE = "messages"  # below templates/


def filled_message(folder: Folder, name: str, values: Mapping[str, object]) -> list[str]:
    """The lines of ``templates/messages/<name>.j2`` filled with ``values`` (plain), with digits as keyboards have them.

    Raises:
        BadFile: the file is missing, or it cannot be filled.
    """
    templates = folder.root / "templates"
    path = templates / PLACE / f"{name}.j2"
    if not path.is_file():
        refuse(path, 0, "missing", _("this file is missing"), CommandLine("upgrade"))
    try:
        lines = text_template.marked_lines(text_template.render(read_wording(path), values, templates))
    except text_template.AbsentError as fault:
        refuse(path, 0, "template", _("the wording cannot be filled: {reason}").format(reason=fault.path))
    except text_template.WordingError as fault:
        refuse(path, fault.line, "template", _("the wording cannot be filled: {reason}").format(reason=fault.message))
    except text_template.TooLongError:
        refuse(path, 0, "template", _("more text comes out of it than any message has"))
    return [to_arabic_digits(line.text) for line in lines]
