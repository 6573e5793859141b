"""The likely typing mistake behind a parser's error, found from the line it stopped at.

A parser says "mapping values are not allowed in this context"; a clerk needs "put the text in
quotes". The cases are those that hand-editing staff really make (performance reference, section 3).
"""

import re

from srctl.core.i18n import _
from srctl.store.yaml.guards import NBSP, NBSP_KEY, ReadingError

_KEY = r"\s*(?:- +)?[A-Za-z][\w-]*"
_NO_SPACE = re.compile(_KEY + r":[^\s/:]")
_SECOND_COLON = re.compile(_KEY + r":\s+[^\s\"'#\[{|>][^#]*:(?:\s|$)")
_SPECIAL = re.compile(r"(?:^\s*-|[:,{\[])\s+([@%`|>&*!,\]}])")
_BRACKET = re.compile(r"(?:^\s*-|:)\s+[\[{]")
_NESTED = re.compile(r"[^#]*?[\[{,]\s*[\w-]+:\s+[^,\"'{\[]*:(?:\s|$)")
_VALUE = re.compile(_KEY + r":\s+[^\s#]")
# A text in quotes that does not end on its line: what the parser stops at is the next quote, lines below.
_OPENED = re.compile(_KEY + r""":\s+(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$""")


def diagnose(text: str, problem: str, line: int, start: int) -> ReadingError:
    """The fault behind a parser's ``problem``.

    ``line`` is the 1-based line it stopped at, ``start`` the one where the construct began.
    """
    lines = text.rstrip().split("\n")
    line, start = min(line, len(lines)), min(start, len(lines))  # the end of the file is on no line
    here = lines[line - 1]
    before = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip()), line)
    if re.match(r" *\t", here):
        return tab(line)
    if opened := next((n for n in range(line, 0, -1) if _OPENED.match(lines[n - 1])), 0):
        return _unclosed(opened)
    for number in dict.fromkeys((start, line, before)):
        if found := _of_line(lines[number - 1], number):
            return found
    if "quoted scalar" in problem or "end of stream" in problem:
        return _unclosed(start)
    if _BRACKET.search(lines[start - 1]):
        return ReadingError(
            start,
            "bracket",
            _("a bracket opened here is not closed, or a comma is missing"),
            _("close [ with ] and { with }; plain text that starts with [ or { needs quotes"),
        )
    return _of_indent(lines, before, line)


def _unclosed(line: int) -> ReadingError:
    return ReadingError(
        line,
        "quote",
        _("the quote opened on this line is never closed"),
        _('close it with the same mark; inside double quotes write a double quote as \\"'),
    )


def not_a_mapping(text: str, line: int) -> ReadingError:
    """Return the fault of a file that is a text or a list where ``key: value`` lines belong."""
    lines = text.split("\n")
    for number in range(line, len(lines) + 1):
        if found := _of_line(lines[number - 1], number):
            return found
    return ReadingError(
        line,
        "not-mapping",
        _("the file does not consist of lines of the form key: value"),
        _("start each line with a key, a colon and a space"),
    )


def tab(line: int) -> ReadingError:
    """Return the fault of a line indented with a tab."""
    return ReadingError(line, "tab", _("the line is indented with a tab"), _("indent with spaces"))


def nbsp(line: int) -> ReadingError:
    """Return the fault of a no-break space where YAML needs an ordinary one."""
    return ReadingError(
        line,
        "nbsp",
        _("a no-break space stands beside the key instead of an ordinary space"),
        _("delete the space after the colon and type it again"),
    )


def _of_line(text: str, number: int) -> ReadingError | None:
    """The fault of one line taken alone, when it is a frequent mistake; None otherwise."""
    text = text.rstrip("\r")
    if re.match(NBSP_KEY, text) or text.startswith(NBSP):
        return nbsp(number)
    if _NO_SPACE.match(text):
        return ReadingError(
            number,
            "no-space",
            _("there is no space after the colon of the key"),
            _("type a space after the colon; text that contains a colon needs quotes"),
        )
    if _SECOND_COLON.match(text) or _NESTED.match(text):
        return ReadingError(
            number,
            "colon",
            _("the value contains a colon followed by a space"),
            _("put the whole value in quotes: {example}").format(example='key: "เรื่อง: ด่วน"'),
        )
    if found := _SPECIAL.search(text):
        return ReadingError(
            number,
            "special",
            _("a value cannot start with {mark}").format(mark=found[1]),
            _("put the whole value in quotes"),
        )
    return None


def _of_indent(lines: list[str], before: int, line: int) -> ReadingError:
    """Return the fault of a line that fits nowhere: deeper than a line that already has a value."""
    here = lines[line - 1]
    above = lines[before - 1]
    deeper = len(here) - len(here.lstrip()) > len(above) - len(above.lstrip())
    if deeper and _VALUE.match(above):
        return ReadingError(
            line,
            "indent",
            _("the line is indented deeper than the line above, which already has a value"),
            _("give it the same indentation as the line above"),
        )
    return ReadingError(
        line,
        "yaml",
        _("the line does not fit with the lines around it"),
        _("check the spaces at its start, the space after the colon, and quotes and brackets"),
    )
