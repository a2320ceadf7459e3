"""YAML: a list of rows under the name of each table, each row with its names and what they hold."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import yaml
from msgspec import Struct

from bot.importing.cells import Cell, Unreadable, from_spreadsheet
from bot.importing.raw import (
    MOST_BROKEN_ROWS,
    NOT_READ_AFTER_THIS,
    TOO_MANY_ROWS,
    Inspection,
    RawRow,
    RawTable,
    decoded,
    key,
    of_objects,
)

# PyYAML is fifty times faster with its library in C, which wheels bring.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A document holds tables, these rows, these cells, these lists of texts.
_DEEPEST = 6
# A name or what it holds, the beginning or the end of a row: 100,000 rows of nine columns.
_MOST_EVENTS = 2_000_000
_EMPTY = ("", "~", "null", "Null", "NULL")
_TOO_DEEP = "It is nested deeper than a table of rows can be. Write a list of rows for each table."
_CANNOT_BE_READ = "It cannot be read as YAML here. Mend this line; the other rows were looked at."


class _Scalar(Struct, frozen=True):
    line: int
    text: str | None


class _List(Struct, frozen=True):
    line: int
    items: list["_Node"]


class _Pairs(Struct, frozen=True):
    line: int
    pairs: list[tuple["_Node", "_Node"]]


class _Alias(Struct, frozen=True):
    line: int


_Node = _Scalar | _List | _Pairs | _Alias


class _TooMuch(Exception):
    """It is nested too deep, or holds too much. `why` says which; `line` counts from 1."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def tables(file: str, content: bytes, inspection: Inspection) -> Iterator[RawTable]:
    text = decoded(file, content, inspection)
    try:
        roots = list(_documents(text, 0))
    except _TooMuch as error:
        inspection.refuse(file, "", error.why, error.line)
        return
    except (yaml.YAMLError, ValueError) as error:
        faults = len(inspection.faults)
        roots = list(_pieces(file, text, inspection))
        if len(inspection.faults) == faults:
            # Each row can be read, and what stands between them cannot.
            inspection.refuse(file, "", _CANNOT_BE_READ, _line(error))
    names: set[str] = set()
    for root in roots:
        for line, name, items in _named(file, root, inspection):
            if name in names:
                inspection.refuse(file, name, f"The table “{name}” stands twice. Make one of them.", line)
            names.add(name)
            yield _table(file, name, items, inspection)


def _table(file: str, name: str, items: _Node, inspection: Inspection) -> RawTable:
    rows: list[RawRow] = []
    if isinstance(items, _List):
        for item in items.items:
            row = _row(file, name, item, inspection)
            if row and inspection.may_read_another_row(file, name):
                rows.append(row)
    elif not (isinstance(items, _Scalar) and items.text is None):
        why = "A table is a list of rows, each of which begins with a hyphen."
        inspection.refuse(file, name, why, items.line)
    return of_objects(file, name, rows, inspection)


def _row(file: str, name: str, item: _Node, inspection: Inspection) -> RawRow | None:
    if not isinstance(item, _Pairs):
        why = "Write names, each with a colon and what it holds."
        inspection.refuse(file, name, why, item.line)
        return None
    cells: dict[str, Cell] = {}
    columns: set[str] = set()
    for heading, node in item.pairs:
        column = heading.text or "" if isinstance(heading, _Scalar) else ""
        if key(column) in columns:
            why = "This column stands twice in this row. Take one away."
            inspection.refuse(file, name, why, item.line, column)
            continue
        columns.add(key(column))
        cells[column] = _cell(node)
    return RawRow(item.line, cells)


def _cell(node: _Node) -> Cell:
    """Return a value as it is written: 15 and 3a are texts alike, and no is not a number."""
    match node:
        case _Scalar():
            return None if node.text is None else from_spreadsheet(node.text)
        case _List():
            return [_cell(item) for item in node.items]
        case _Alias():
            return Unreadable("Write out what stands behind the *alias: it is not followed.")
        case _Pairs():
            return Unreadable("Write a text or a list of texts here.")


def _named(file: str, root: _Node, inspection: Inspection) -> Iterator[tuple[int, str, _Node]]:
    if isinstance(root, _Scalar) and root.text is None:
        return
    if not isinstance(root, _Pairs):
        inspection.refuse(file, "", "Write names, each with a colon and what it holds.", root.line)
        return
    for name, node in root.pairs:
        if isinstance(name, _Scalar):
            yield name.line, (name.text or "").strip().lower(), node


def _documents(text: str, first_line: int) -> Iterator[_Node]:
    """Yield the documents of a file. Raises yaml.YAMLError, ValueError, _TooMuch."""
    events = _bounded(yaml.parse(text, Loader=_LOADER))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            yield _node(next(events), events, first_line, 1)


def _bounded(events: Iterator[Any]) -> Iterator[Any]:
    for number, event in enumerate(events):
        if number > _MOST_EVENTS:
            raise _TooMuch(TOO_MANY_ROWS, event.start_mark.line + 1)
        yield event


def _node(event: Any, events: Iterator[Any], first_line: int, depth: int) -> _Node:
    line = event.start_mark.line + 1 + first_line
    if depth > _DEEPEST:
        raise _TooMuch(_TOO_DEEP, line)
    match event:
        case yaml.ScalarEvent():
            is_empty = event.implicit[0] and event.value in _EMPTY
            return _Scalar(line, None if is_empty else event.value)
        case yaml.SequenceStartEvent():
            return _List(line, list(_nodes(events, first_line, depth)))
        case yaml.MappingStartEvent():
            nodes = list(_nodes(events, first_line, depth))
            return _Pairs(line, list(zip(nodes[::2], nodes[1::2], strict=True)))
    return _Alias(line)


def _nodes(events: Iterator[Any], first_line: int, depth: int) -> Iterator[_Node]:
    """Yield the nodes up to the end of the list or the pairs that were begun."""
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            return
        yield _node(event, events, first_line, depth + 1)


def _line(error: Exception) -> int:
    """Return the line in which an error begins: for a quotation mark that is never closed, that mark's."""
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    if getattr(error, "problem", "") != "found unexpected end of stream":
        marks.reverse()
    return next((mark.line + 1 for mark in marks if mark), 0)


_TABLE = re.compile(r"([A-Za-z]\w*):\s*(?:#.*)?$")
_ROW = re.compile(r"(\s*)- ")


def _pieces(file: str, text: str, inspection: Inspection) -> Iterator[_Node]:
    """Read row by row what can be read of a file that cannot be read as a whole, so that a fault in one row
    hides none in another."""
    table: _Scalar | None = None
    rows: list[_Node] = []
    broken = 0
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _TABLE.match(line) or _ROW.match(line)]
    indent = min((len(match[1]) for line in lines if (match := _ROW.match(line))), default=0)
    starts = [n for n in starts if not (match := _ROW.match(lines[n])) or len(match[1]) == indent]
    for place, start in zip(count(1), starts, strict=False):
        end = starts[place] if place < len(starts) else len(lines)
        if match := _TABLE.match(lines[start]):
            if table:
                yield _Pairs(table.line, [(table, _List(table.line, rows))])
            table, rows = _Scalar(start + 1, match[1]), []
            continue
        try:
            for node in _documents("\n".join(lines[start:end]), start):
                rows += node.items if isinstance(node, _List) else []
        except (yaml.YAMLError, ValueError, _TooMuch) as error:
            name = table.text or "" if table else ""
            line = start + _line(error)
            inspection.refuse(file, name, _CANNOT_BE_READ, line)
            broken += 1
            if broken == MOST_BROKEN_ROWS:
                inspection.refuse(file, name, NOT_READ_AFTER_THIS, line)
                break
    if table:
        yield _Pairs(table.line, [(table, _List(table.line, rows))])
