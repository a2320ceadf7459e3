"""A table that somebody pasted into a form: lines parted by tabs, commas, semicolons or bars.

A list of contacts needs no headings: a person and a body in each line."""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence

from bot.domain.register.imports import Batch
from bot.importing.raw import Inspection, RawFile, key
from bot.importing.reading import batch_of, kind_of
from bot.importing.separated import likeliest_separator, tables
from bot.importing.tables import ALL_COLUMNS, BY_NAME, TableKind

# What a place in it begins with. Its ending says that it is read as such a file is.
NAME = "pasted.csv"
_NOT_RECOGNISED = (
    "The first row does not tell what this is. Put the names of the columns there, or choose what it holds."
)
_CONTACTS = BY_NAME["contacts"]
# A member id, a mention of one, or an e-mail address.
_A_PERSON = re.compile(r"<?@?[UW][A-Z0-9]{5,}(\|[^>]*)?>?|@\S.*|\S+@\S+\.\S+")


def read(text: str, kind: str = "") -> Batch:
    """Read what was pasted; `kind` names the table that it holds, if its reader said so."""
    inspection = Inspection(offers_hidden=False)
    content = text.encode("utf-8", "replace")
    table = BY_NAME.get(kind or recognised(text))
    if table is None and text:
        inspection.refuse(NAME, "", _NOT_RECOGNISED, 1)
        return Batch("", (), faults=tuple(inspection.faults))
    name = table.name if table else ""
    tables_read = tables(NAME, content, inspection, name=name, headings=_headings(text, table))
    file = RawFile(hashlib.sha256(content).hexdigest(), tuple(tables_read))
    return batch_of(NAME, file, inspection)


def recognised(text: str) -> str:
    """Return the name of the table that a text holds; empty where it does not tell."""
    table = _recognised(text)
    return table.name if table else ""


def _recognised(text: str) -> TableKind | None:
    first = _first_line(text)
    if _is_a_heading(first):
        return kind_of(first)
    names_people = any(_A_PERSON.fullmatch(cell) for line in _lines(text) for cell in line)
    return _CONTACTS if len(first) in (2, 3) and names_people else None


def _headings(text: str, table: TableKind | None) -> tuple[str, ...]:
    """Return the columns of a list of contacts that names none; empty for what has headings, or needs
    them."""
    first = _first_line(text)
    if table is not _CONTACTS or _is_a_heading(first):
        return ()
    in_second = sum(len(line) > 1 and _A_PERSON.fullmatch(line[1]) is not None for line in _lines(text))
    in_first = sum(bool(line) and _A_PERSON.fullmatch(line[0]) is not None for line in _lines(text))
    return ("body", "user", "kind") if in_second > in_first else ("user", "body", "kind")


def _is_a_heading(cells: Sequence[str]) -> bool:
    return any(key(cell) in ALL_COLUMNS for cell in cells)


def _first_line(text: str) -> list[str]:
    return next(_lines(text), [])


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line, up to what cannot be read."""
    lines = text.split("\n")
    try:
        for cells in csv.reader(lines, delimiter=likeliest_separator(lines)):
            yield [cell.strip() for cell in cells]
    except csv.Error:
        return
