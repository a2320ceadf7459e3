"""JSON: an object with a list of rows under the name of each table, or an account that was exported."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.importing.cells import Cell, Unreadable, from_spreadsheet
from bot.importing.raw import TOO_MANY_ROWS, Inspection, RawRow, RawTable, decoded, key, of_objects

_TOO_DEEP = "It is nested deeper than a table of rows can be. Write a list of rows for each table."
_CANNOT_BE_READ = "It cannot be read as JSON here. Mend this line; the rows that can be read were looked at."
# Objects, and lists: in an account that was exported each row has several updates.
_MOST_OBJECTS = 500_000
# Deeper than an account that was exported, which has the updates of an addressee.
_DEEPEST = 12


class _Object(dict[str, Any]):
    """An object of a file, and its names that stand in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, value)
        self.pairs = pairs
        keys: set[str] = set()
        self.doubled: list[str] = []
        for name, _ in pairs:
            if key(name) in keys:
                self.doubled.append(name)
            keys.add(key(name))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Object,
    # As it is written: 4.10 is not 4.1.
    parse_float=str,
    parse_int=str,
    parse_constant=lambda _: Unreadable("This is no value. Write a text or a number."),
)


def tables(file: str, content: bytes, inspection: Inspection) -> Iterator[RawTable]:
    text = decoded(file, content, inspection)
    if text.count("{") > _MOST_OBJECTS or text.count("[") > _MOST_OBJECTS:
        inspection.refuse(file, "", TOO_MANY_ROWS)
        return
    if _is_too_deep(text):
        inspection.refuse(file, "", _TOO_DEEP)
        return
    try:
        root = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        inspection.refuse(file, "", _CANNOT_BE_READ, getattr(error, "lineno", 0))
        root = _Object(list(_pieces(text)))
        # What belongs to a table is not sure any more.
        root.doubled = []
    if not isinstance(root, _Object):
        inspection.refuse(file, "", "It holds no tables: write an object with a list for each.")
        return
    is_account = "through_update" in root
    for name in root.doubled:
        inspection.refuse(file, name, f"The table “{name}” stands twice. Make one of them.")
    for name, items in root.pairs:
        if not is_account:
            yield _table(file, name, items, inspection)
        elif name == "addressees":
            yield _account(file, items, inspection)


def _table(file: str, name: str, items: object, inspection: Inspection) -> RawTable:
    return of_objects(file, name, [*_rows(file, name, items, inspection)], inspection)


def _account(file: str, items: object, inspection: Inspection) -> RawTable:
    """Read an account that was exported as JSON: each text as it is meant, with the updates beside it."""
    rows = [
        RawRow(row.number, {name: cell for name, cell in row.cells.items() if name != "updates"})
        for row in _rows(file, "register", items, inspection, is_account=True)
    ]
    return of_objects(file, "register", rows, inspection)


def _rows(
    file: str, name: str, items: object, inspection: Inspection, *, is_account: bool = False
) -> Iterator[RawRow]:
    if not isinstance(items, list):
        inspection.refuse(file, name, "A table is a list of objects.")
        return
    for number, item in enumerate(items, start=1):
        if not isinstance(item, _Object):
            inspection.refuse(file, name, "A row is an object: names, and what they hold.", number)
        elif inspection.may_read_another_row(file, name):
            for column in item.doubled:
                why = "This column stands twice in this row. Take one away."
                inspection.refuse(file, name, why, number, column)
            yield RawRow(number, {n: _cell(value, is_account) for n, value in item.items()})


def _cell(value: Any, is_account: bool) -> Cell:
    if isinstance(value, str) and not is_account:
        return from_spreadsheet(value)
    if isinstance(value, list):
        return [_cell(item, is_account) for item in value]
    cell: Cell = value
    return cell


def _is_too_deep(text: str) -> bool:
    depth = 0
    for match in _BRACKET_OR_STRING.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > _DEEPEST:
                return True
        elif match[0] in "]}":
            depth -= 1
    return False


# Possessive, so that a long text takes no memory for ways back.
_BRACKET_OR_STRING = re.compile(r'[\[\]{}]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_TABLE = re.compile(r'"(\w+)"\s*:\s*\[\s*(?=\{|$)')
_ROW = re.compile(r"\{[^{}]*\}")


def _pieces(text: str) -> Iterator[tuple[str, list[Any]]]:
    """Read row by row what can be read of a file that cannot be read as a whole, so that a fault in one row
    hides none in another."""
    beginnings = [*_TABLE.finditer(text)]
    for place, beginning in enumerate(beginnings):
        end = beginnings[place + 1].start() if place + 1 < len(beginnings) else len(text)
        rows = []
        for match in _ROW.finditer(text, beginning.end(), end):
            try:
                rows.append(_DECODER.decode(match[0]))
            except ValueError:
                # An empty row keeps the count.
                rows.append(_Object([]))
        yield beginning[1], rows
