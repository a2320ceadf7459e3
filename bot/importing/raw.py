"""A file's tables before anything in them is understood: rows of cells under their column names."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

from bot.domain.imports import FileRefused, NotImportable, Place, Wrong
from bot.importing.cells import Cell, Formula, text
from bot.rendering.documents.csv import harmless

LARGEST_FILE = 10_000_000  # bytes
LARGEST_UNPACKED = 200_000_000  # bytes
MOST_ROWS = 100_000
_MOST_COLUMNS = 60
ENDINGS = (".xlsx", ".csv", ".yaml", ".yml", ".json")
# PyYAML is fifty times faster with its library in C, which wheels bring.
_YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class RawRow:
    """`number` as in `Place`; `cells` by column as it is written."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class RawTable:
    """`name` is as the file says, in small letters; empty for a CSV file that may be of any table."""

    file: str
    name: str
    columns: tuple[str, ...]
    rows: list[RawRow]


@dataclass(frozen=True, slots=True)
class RawFile:
    digest: str
    tables: tuple[RawTable, ...]


def read(path: Path) -> RawFile:
    """A file, or a folder of CSV files. Raises FileRefused, OSError."""
    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not paths:
        raise _refused(path.name, "", "The folder holds no CSV file. Name a file, or a folder with some.")
    contents = [(one, _content(one)) for one in paths]
    if sum(len(content) for _, content in contents) > LARGEST_FILE:
        raise _refused(
            path.name, "", "The files are larger than 10 MB in all. Import them one after another."
        )
    digest = hashlib.sha256()
    for one, content in contents:
        digest.update(f"{one.name}:{len(content)}:".encode() + content)
    tables = tuple(table for one, content in contents for table in _tables(one, content))
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise _refused(path.name, "", _TOO_MANY)
    return RawFile(digest.hexdigest(), tables)


_TOO_MANY = "It has more than 100,000 rows. Part it into several files."


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _refused(path.name, "", "It is larger than 10 MB. Part it into several files.")
    return content


def _tables(path: Path, content: bytes) -> Iterator[RawTable]:
    match path.suffix.lower():
        case ".xlsx":
            yield from _workbook(path.name, content)
        case ".csv":
            yield _csv(path, _decoded(path.name, content))
        case ".yaml" | ".yml":
            yield from _yaml(path.name, _decoded(path.name, content))
        case ".json":
            yield from _json(path.name, _decoded(path.name, content))
        case _:
            raise _refused(path.name, "", f"Only files that end in {', '.join(ENDINGS)} can be imported.")


def _workbook(file: str, content: bytes) -> Iterator[RawTable]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise _refused(file, "", "It is too large when unpacked. Part it into several files.")
        book = load_workbook(io.BytesIO(content), read_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _sheet(file, sheet)
        book.close()
    except FileRefused:
        raise
    except Exception as error:  # a damaged workbook fails anywhere in two libraries
        unreadable = "It cannot be read as a workbook. Open it, save it as .xlsx and try again."
        raise _refused(file, "", unreadable) from error


def _sheet(file: str, sheet: Any) -> RawTable:
    name = str(sheet.title).strip().lower()
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS)
    columns = [text(_cell(cell)) for cell in next(rows, ())]
    return _table(file, name, columns, enumerate((list(map(_cell, row)) for row in rows), start=2))


def _cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Formula()
    value: Cell = cell.value
    return value


def _csv(path: Path, content: str) -> RawTable:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        columns, *rows = [*reader] or [[]]
    except csv.Error as error:
        raise _refused(path.name, "", f"It cannot be read as CSV: {error}.") from error
    numbered = enumerate(([_unarmed(cell) for cell in row] for row in rows), start=2)
    name = path.stem.lower()
    return _table(path.name, name, columns, numbered)


def _unarmed(cell: str) -> Cell:
    """Without the apostrophe by which an export kept a spreadsheet from taking a text for a formula."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _yaml(file: str, content: str) -> Iterator[RawTable]:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, Loader=_YAML)):
            raise _refused(file, "", "Write out what stands behind each *alias: they are not followed.")
        root = yaml.compose(content, Loader=_YAML)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _refused(file, "", "It cannot be read as YAML.", mark.line + 1 if mark else 0) from error
    for name, items in _pairs(file, root):
        if not isinstance(items, yaml.SequenceNode):
            raise _refused(file, name, "A table is a list of rows, each of which begins with a hyphen.")
        rows = []
        for item in items.value:
            pairs = [(column, _yaml_cell(file, name, node)) for column, node in _pairs(file, item)]
            if len(dict(pairs)) < len(pairs):
                said = "A column stands twice in this row. Take one away."
                raise _refused(file, name, said, item.start_mark.line + 1)
            rows.append(RawRow(item.start_mark.line + 1, dict(pairs)))
        yield _of_objects(file, name, rows)


def _pairs(file: str, node: Any) -> list[tuple[str, Any]]:
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise _refused(
            file, "", "Write names, each with a colon and what it holds.", node.start_mark.line + 1
        )
    return [(str(key.value), value) for key, value in node.value]


def _yaml_cell(file: str, name: str, node: Any) -> Cell:
    """As it is written: 15 and 3a are texts alike, and no is not a number."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag.endswith(":null") else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
        return [str(one.value) for one in node.value]
    raise _refused(file, name, "Write a text or a list of texts here.", node.start_mark.line + 1)


def _json(file: str, content: str) -> Iterator[RawTable]:
    try:
        root = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _refused(file, "", "It cannot be read as JSON.", getattr(error, "lineno", 0)) from error
    if not isinstance(root, dict):
        raise _refused(file, "", "It holds no tables: write an object with a list for each.")
    exported = "through_update" in root
    for name, items in root.items():
        if exported and name != "addressees":
            continue
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise _refused(file, name, "A table is a list of objects.")
        rows = [RawRow(number, item) for number, item in enumerate(items, start=1)]
        if exported:
            rows = [RawRow(row.number, _without_updates(row.cells)) for row in rows]
        yield _of_objects(file, "register" if exported else name, rows)


def _without_updates(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {name: cell for name, cell in cells.items() if name != "updates"}


def _of_objects(file: str, name: str, rows: list[RawRow]) -> RawTable:
    """Each names its own columns."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    return RawTable(file, name.lower(), columns, rows)


def _table(
    file: str, name: str, columns: Sequence[str], numbered: Iterable[tuple[int, Sequence[Cell]]]
) -> RawTable:
    """Under a row of headings. Empty rows are left out."""
    named = [text(column) for column in columns]
    while named and not named[-1]:
        named.pop()
    if doubled := [column for column in named if named.count(column) > 1]:
        raise _refused(file, name, f"The column “{doubled[0]}” stands twice. Take one away.", 1)
    rows: list[RawRow] = []
    for number, cells in numbered:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if any(cell not in (None, "") for cell in cells[len(named) :]):
            raise _refused(file, name, "Something stands beyond the last heading. Name its column.", number)
        rows.append(RawRow(number, dict(zip(named, cells, strict=False))))
        if len(rows) > MOST_ROWS:
            raise _refused(file, name, _TOO_MANY)
    return RawTable(file, name, tuple(named), rows)


def _decoded(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(file, "", "Its letters cannot be read. Save it as UTF-8 (“CSV UTF-8”).") from error


def _refused(file: str, table: str, said: str, row: int = 0) -> FileRefused:
    return FileRefused((Wrong(Place(file, table, row), "", NotImportable("", said)),))
