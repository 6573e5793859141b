"""Edits as replaced spans of the text, located by the marks of the composed nodes. Pure.

A node is what a YAML composer gives (``id``, ``value``, ``style``, ``flow_style``, start and end
mark). Only the span an edit concerns is ever replaced; comments, order, quotes, indentation and
line ends around it stay as they are.
"""

import re
from typing import Any

from srctl.core.patches import Value, Where
from srctl.core.records import NamedTuple
from srctl.store.yaml.writer import block, flow_style, item_text, key_text, pair, scalar

_LITERAL = re.compile(r"(?:^|[:-]) ?\|-?\n")


class Splice(NamedTuple):
    """A replacement of ``text[start:end]``; an insert names its collection (``slot``) and new entry (``fresh``)."""

    start: int
    end: int
    text: str
    slot: Where | None = None
    fresh: str | int = ""

    def conflicts(self, other: "Splice") -> bool:
        """Whether both touch the same place; inserts of different entries into one collection may."""
        if self.slot is not None and self.slot == other.slot and self.fresh != other.fresh:
            return False
        return self.start <= other.end and other.start <= self.end


class Location(NamedTuple):
    """A value in the tree: its node, its key node (None in a list), parent and position there."""

    node: Any
    key: Any
    parent: Any
    position: int
    in_flow: bool


class Document:
    """A text and its composed tree; turns edits into splices."""

    def __init__(self, text: str, root: Any) -> None:
        self.text = text
        self.root = root

    def locate(self, where: Where) -> Location | None:
        """The value at ``where``, or None when it is not in the text."""
        found = Location(self.root, None, None, 0, False)
        for part in where:
            node = found.node
            in_flow = found.in_flow or bool(node.id != "scalar" and node.flow_style)
            if node.id == "mapping":
                keys = [key.value for key, _value in node.value]
                if part not in keys:
                    return None
                at = keys.index(part)
                key, value = node.value[at]
                found = Location(value, key, node, at, in_flow)
            elif node.id == "sequence" and isinstance(part, int) and part < len(node.value):
                found = Location(node.value[part], None, node, part, in_flow)
            else:
                return None
        return found

    def extent(self, node: Any, key: Any = None) -> tuple[int, int]:
        """Start and end of the text of a value, without trailing comments."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if node.id == "scalar":
            if node.style in ("|", ">"):
                return start, self._end_of_lines(start, end)
            if start == end:
                start = end = self._behind_colon(key) if key is not None else start
        elif not node.flow_style and node.value:
            last = node.value[-1]
            _start, end = self.extent(last[1], last[0]) if node.id == "mapping" else self.extent(last)
        return start, end

    def set(self, where: Where, value: Value, before: str = "") -> list[Splice]:
        """The splices that put ``value`` at ``where``, new or in place of the old one."""
        found = self.locate(where)
        return self._replace(found, value) if found else self.insert(where, value, before)

    def insert(self, where: Where, value: Value, before: str) -> list[Splice]:
        """Return the splices that make the missing ``where``, parents included, hold ``value``."""
        depth = next(n for n in range(len(where) - 1, -1, -1) if self.locate(where[:n]))
        for part in reversed(where[depth + 1 :]):
            value = {str(part): value}
        parent, key = self.locate(where[:depth]), str(where[depth])
        assert parent is not None
        node = parent.node
        if node.id == "scalar" or not node.value:
            return self._fill(parent, {key: value})
        names = [name.value for name, _value in node.value]
        at = names.index(before) if before in names else len(names)
        flowing = parent.in_flow or node.flow_style
        text = f"{key_text(key)}: {flow_style(value)}" if flowing else ""
        if flowing:
            return [self._into_flow(node, at, text, where[:depth], key)]
        column = node.value[0][0].start_mark.column
        text, pad = pair(key, value, column), " " * column
        if at == 0:
            start = node.value[0][0].start_mark.index
            return [Splice(start, start, f"{text}\n{pad}", where[:depth], key)]
        end = self._line_end(self.extent(node.value[at - 1][1], node.value[at - 1][0])[1])
        text = self._safe_block(text, f"{key_text(key)}: {flow_style(value)}", end, column)
        return [Splice(end, end, f"\n{pad}{text}", where[:depth], key)]

    def append(self, where: Where, value: Value, before: str, count: int) -> list[Splice]:
        """Return the splices that put ``value`` last in the list; ``count`` distinguishes several."""
        found = self.locate(where)
        if found is None:
            return self.insert(where, [value], before)
        if found.node.id == "scalar" or not found.node.value:
            return self._replace(found, [value])
        node = found.node
        if found.in_flow or node.flow_style:
            return [self._into_flow(node, len(node.value), flow_style(value), where, count)]
        column = node.start_mark.column
        end = self._line_end(self.extent(node.value[-1])[1])
        text = self._safe_block(item_text(value, column), flow_style(value), end, column)
        return [Splice(end, end, f"\n{' ' * column}- {text}", where, count)]

    def is_alone(self, where: Where) -> bool:
        """Whether the value at ``where`` is the only one of its collection."""
        found = self.locate(where)
        return found is not None and len(found.parent.value) == 1

    def remove(self, where: Where) -> list[Splice]:
        """Return the splices that take away the key or item at ``where``."""
        found = self.locate(where)
        assert found is not None
        siblings = found.parent.value
        if self.is_alone(where):
            empty: Value = {} if found.key is not None else []
            if len(where) == 1:
                return [Splice(*self.extent(self.root), "{}")]
            return self.set(where[:-1], empty)
        start, end = self._entry(found.parent, found.position)
        last = found.position == len(siblings) - 1
        following = len(self.text) if last else self._entry(found.parent, found.position + 1)[0]
        if found.in_flow:
            if last:
                start = self._entry(found.parent, found.position - 1)[1]
            return [Splice(start, end if last else following, "")]
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():
            return [Splice(start, following, "")]
        end = self._line_end(end)
        if end < len(self.text):
            return [Splice(line, self.text.index("\n", end) + 1, "")]
        return [Splice(self._break_before(line), end, "")]

    def _replace(self, found: Location, value: Value) -> list[Splice]:
        node, key = found.node, found.key
        start, end = self.extent(node, key)
        style = node.style if node.id == "scalar" and node.style in ("'", '"') else ""
        if isinstance(value, str) and style and "\n" not in value:
            return [Splice(start, end, scalar(value, style))]
        if found.in_flow:
            return [Splice(start, end, self._gap(start, end, key) + flow_style(value))]
        if key is None:
            column, begin, gap = found.parent.start_mark.column, start, self._gap(start, end, key)
            text = gap + item_text(value, column)
        else:
            column, begin, gap = key.start_mark.column, self._behind_colon(key), " "
            text = block(value, column)
        stop = self._line_end(end)
        head, broken, body = self._safe_block(text, gap + flow_style(value), stop, column).partition("\n")
        if node.id != "scalar" and not node.flow_style and key is not None:
            above = self._break_before(self.text.rfind("\n", 0, start) + 1)
            if head and broken:  # comments before the old value would become part of the text
                above = self._line_end(begin)
            return [Splice(begin, begin, head), Splice(above, stop, broken + body)]
        if node.id != "scalar" and not node.flow_style:
            return [Splice(start, stop, head + broken + body)]
        if head and start < end:
            begin, head = start, head.lstrip(" ")
        return [Splice(begin, end, head), *([Splice(stop, stop, broken + body)] if broken else [])]

    def _fill(self, found: Location, value: dict[str, Value]) -> list[Splice]:
        """Return the splices that turn an empty value, or an empty file, into a mapping."""
        if found.parent is not None:
            return self._replace(found, value)
        start, end = self.extent(found.node)
        stop = self._line_end(end)
        ((key, item),) = value.items()
        text = self._safe_block(pair(key, item, 0), f"{key_text(key)}: {flow_style(item)}", stop, 0)
        head, broken, body = text.partition("\n")
        return [Splice(start, end, head), Splice(stop, stop, broken + body)]

    def _safe_block(self, text: str, short: str, end: int, column: int) -> str:
        """Return ``text``, or ``short`` if a literal block in it would swallow what follows.

        It would when blank lines or comments indented deeper than ``column`` come at ``end``.
        """
        deeper = rf"(?:\r?\n[ \t]{{0,{column}}}(?=\r?\n))*\r?\n[ \t]{{{column + 1},}}(?:#|\r?\n|\Z)"
        risky = _LITERAL.search(text) and re.compile(deeper).match(self.text, end)
        return short if risky else text

    def _into_flow(self, node: Any, at: int, text: str, slot: Where, fresh: str | int) -> Splice:
        """Return the splice that puts an entry at position ``at`` between brackets."""
        if at < len(node.value):
            start = self._entry(node, at)[0]
            return Splice(start, start, f"{text}, ", slot, fresh)
        start, end = self._entry(node, at - 1)
        line = self.text.rfind("\n", 0, start) + 1
        own_line = not self.text[line:start].strip()
        return Splice(end, end, f",\n{self.text[line:start]}{text}" if own_line else f", {text}", slot, fresh)

    def _entry(self, parent: Any, position: int) -> tuple[int, int]:
        """Start (of its key, dash or, between brackets, value) and end of an entry."""
        entry = parent.value[position]
        if parent.id == "mapping":
            return int(entry[0].start_mark.index), self.extent(entry[1], entry[0])[1]
        start, end = self.extent(entry)
        return start if parent.flow_style else self._dash(parent.start_mark.column, start), end

    def _dash(self, column: int, start: int) -> int:
        """Return the place of the dash at ``column`` whose item begins at ``start``."""
        line = self.text.rfind("\n", 0, start) + 1
        while line and (self.text[line + column] != "-" or "#" in self.text[line : line + column]):
            line = self.text.rfind("\n", 0, line - 1) + 1
        return line + column

    def _gap(self, start: int, end: int, key: Any) -> str:
        """The separator to write between an indicator and a value that was empty before."""
        if start < end:
            return ""
        return ": " if key is not None and start == key.end_mark.index else " "

    def _behind_colon(self, key: Any) -> int:
        """Return the place after the colon of ``key``; the key's end when it has none."""
        end = int(key.end_mark.index)
        colon = self.text.find(":", end)
        return colon + 1 if colon >= 0 and not self.text[end:colon].strip() else end

    def _end_of_lines(self, start: int, end: int) -> int:
        """Return the end of a block scalar: its last line, or the blank ones it keeps."""
        header = self.text[start : self._line_end(start)].partition("#")[0]
        if "+" in header:
            return self._break_before(end) if self.text[end - 1] == "\n" else end
        return self._line_end(start + len(self.text[start:end].rstrip()))

    def _line_end(self, offset: int) -> int:
        """Return the end of the line of ``offset``, before its line break."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else self._break_before(end + 1)

    def _break_before(self, line: int) -> int:
        """The start of the line break that ends just before ``line``."""
        if line == 0:
            return 0
        return line - 2 if self.text[line - 2 : line] == "\r\n" else line - 1
