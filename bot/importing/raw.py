"""A file's tables before anything in them is understood: rows of cells under their column names.

Nothing stops at the first fault: whatever is wrong is noted with its place, and what can be read is read."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePath
from types import MappingProxyType

from msgspec import Struct

from bot.domain.register.imports import FilePlace, Notice, NotImportable, Wrong
from bot.importing.cells import Cell, text
from bot.importing.tables import REMARK

LARGEST_FILE = 10_000_000  # bytes
# By how the name of a file ends, the module that reads it. Each brings libraries of its own. In some a row of
# headings names the columns once; in the others each row names what it has.
_READERS_OF_TABLES = {".xlsx": "xlsx", ".ods": "ods", ".csv": "separated"}
_READERS = MappingProxyType(
    _READERS_OF_TABLES | {".yaml": "yaml_file", ".yml": "yaml_file", ".json": "json_file"}
)
FILE_KINDS = tuple(_READERS)
KINDS_WITH_HEADINGS = tuple(_READERS_OF_TABLES)
MOST_ROWS = 100_000
# What is made from the register, and could not be told back to it.
MADE_FROM_THE_REGISTER = ("updates", "summary")
# After so many rows that cannot be parsed, the rest of a file cannot be trusted to be one.
MOST_BROKEN_ROWS = 100
NOT_READ_AFTER_THIS = "The rows after this one were not read."
_MOST_COLUMNS = 200
_FAR_BEYOND = 1000
_TOO_MANY_COLUMNS = f"It has more than {_MOST_COLUMNS} columns. Take away what is none of a table's."
# In place of a heading whose column is refused as a whole.
_NOT_READ = "\0"
TOO_LARGE = "It is larger than 10 MB. Part it into several files."
TOO_MANY_ROWS = "It has more than 100,000 rows. Part it into several files."


class RawRow(Struct, frozen=True):
    """`number` as in `FilePlace`; `cells` by column as it is written."""

    number: int
    cells: dict[str, Cell]


class RawTable(Struct, frozen=True):
    """`name` is as the file says, in small letters; a CSV file's own name where the file says none."""

    file: str
    name: str
    columns: tuple[str, ...]
    rows: list[RawRow]


@dataclass
class Inspection:
    """What was noticed while a file was read. With `hidden_too`, what is hidden is read and only named;
    `offers_hidden` where whoever imports can ask for that."""

    hidden_too: bool = False
    offers_hidden: bool = True
    faults: list[Wrong] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    rows: int = 0

    def refuse(self, file: str, table: str, why: str, row: int = 0, column: str = "") -> None:
        self.faults.append(Wrong(FilePlace(file, table, row), column, NotImportable(column, why)))

    def hidden(self, file: str, table: str, feature: str, row: int = 0, column: str = "") -> None:
        """Note that `feature` is hidden or struck out: "This row is hidden"."""
        if self.hidden_too:
            self.notices.append(Notice(FilePlace(file, table, row), column, f"{feature}, and was read."))
        else:
            or_read_it = ", or import the file with --hidden" if self.offers_hidden else ""
            advice = f"{feature}. Show it or delete it{or_read_it}."
            self.refuse(file, table, advice, row, column)

    def is_full(self) -> bool:
        """Return whether no more rows are read of this import, which has been noted as a fault."""
        return self.rows > MOST_ROWS

    def may_read_another_row(self, file: str, table: str) -> bool:
        """Count a row of the whole import; refuse the first that is one too many. Return whether it may be
        read."""
        self.rows += 1
        if self.rows == MOST_ROWS + 1:
            self.refuse(file, table, TOO_MANY_ROWS)
        return self.rows <= MOST_ROWS


class RawFile(Struct, frozen=True):
    digest: str
    tables: tuple[RawTable, ...]


def read(path: Path, inspection: Inspection) -> RawFile:
    """Read a file, or a folder of CSV files. Raises OSError where the path itself cannot be read."""
    paths = list(_in_folder(path, inspection)) if path.is_dir() else [path]
    if not paths:
        inspection.refuse(path.name, "", "The folder holds no CSV file. Name a file, or a folder with some.")
    digest = hashlib.sha256()
    tables: list[RawTable] = []
    size = 0
    for part in paths:
        content = _content(part, LARGEST_FILE - size, inspection)
        if content is None:
            continue
        size += len(content)
        digest.update(_as_counted(part.name, content))
        tables += _tables(part, content, inspection)
    return RawFile(digest.hexdigest(), tuple(tables))


def read_content(name: str, content: bytes, inspection: Inspection) -> RawFile:
    """Read a file that is at hand as its name, which tells the kind, and its bytes."""
    tables = tuple(_tables(PurePath(name), content, inspection))
    return RawFile(hashlib.sha256(_as_counted(name, content)).hexdigest(), tables)


def _as_counted(name: str, content: bytes) -> bytes:
    """Return what a file adds to the digest of an import."""
    return f"{name}:{len(content)}:".encode() + content


def _in_folder(folder: Path, inspection: Inspection) -> Iterator[Path]:
    """Yield a folder's CSV files by name. What programs and systems leave beside them begins with a dot, or
    with ~$."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or not path.is_file():
            continue
        if path.suffix.lower() == ".csv":
            yield path
        else:
            inspection.passed_over.append(f"The file {path.name} was passed over: it is no CSV file.")


def _content(path: Path, room: int, inspection: Inspection) -> bytes | None:
    with path.open("rb") as file:
        content = file.read(room + 1)
    if len(content) > room:
        inspection.refuse(path.name, "", TOO_LARGE)
        return None
    return content


def _tables(path: PurePath, content: bytes, inspection: Inspection) -> Iterable[RawTable]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        inspection.refuse(path.name, "", f"Only files that end in {', '.join(FILE_KINDS)} can be imported.")
        return ()
    tables: Iterable[RawTable] = import_module(f"bot.importing.{reader}").tables(
        path.name, content, inspection
    )
    return tables


def decoded(file: str, content: bytes, inspection: Inspection) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark. Of other letters it says where they
    are."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            characters = content.decode(encoding, "replace")
            if "\ufffd" in characters:
                inspection.refuse(file, "", "Its letters cannot be read. Save it as UTF-8 (“CSV UTF-8”).")
            return characters
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        inspection.refuse(
            file, "", f"A letter in line {line} is not UTF-8. Save it as UTF-8 (“CSV UTF-8”).", line
        )
        return content.decode("cp1252", "replace")


class TableBuilder:
    """A table under a row of headings, row by row."""

    def __init__(self, file: str, name: str, headings: Sequence[Cell], inspection: Inspection) -> None:
        self.file = file
        self.name = name
        self._inspection = inspection
        self.columns = self._named(headings)
        self._rows: list[RawRow] = []

    def _named(self, headings: Sequence[Cell]) -> list[str]:
        columns: list[str] = []
        keys: set[str] = set()
        if any(not is_empty(heading) for heading in headings[_MOST_COLUMNS:]):
            self._inspection.refuse(self.file, self.name, _TOO_MANY_COLUMNS, 1)
        for heading in headings[:_MOST_COLUMNS]:
            try:
                column = text(heading)
            except ValueError as error:
                column = ""
                self._inspection.refuse(self.file, self.name, f"A heading cannot be read. {error}", 1)
            if column and key(column) in keys:
                # The second of its name is not read, and the first is.
                why = f"The column “{column}” stands twice. Take one away."
                self._inspection.refuse(self.file, self.name, why, 1, column)
                column = _NOT_READ
            keys.add(key(column))
            columns.append(column)
        while columns and not columns[-1]:
            columns.pop()
        return columns

    def add(self, number: int, cells: Sequence[Cell]) -> RawRow | None:
        """Return the row, if there is anything in it to read."""
        if not any(cell is not None and cell != "" for cell in cells):
            return None
        if self.columns and not self._inspection.may_read_another_row(self.file, self.name):
            return None
        named_cells = zip(self.columns, cells, strict=False)
        if any(not is_empty(cell) for cell in cells[len(self.columns) : _FAR_BEYOND]) or any(
            not column and not is_empty(cell) for column, cell in named_cells
        ):
            self._refuse_beyond(number)
        named_cells = zip(self.columns, cells, strict=False)
        row = RawRow(number, {column: cell for column, cell in named_cells if column not in ("", _NOT_READ)})
        self._rows.append(row)
        return row

    def _refuse_beyond(self, number: int) -> None:
        if self.columns:
            why = "Something stands in a column without a heading. Name the column, or take it away."
            self._inspection.refuse(self.file, self.name, why, number)
        elif not self._rows:
            self._inspection.refuse(self.file, self.name, "The first row must name the columns.", 1)

    def table(self) -> RawTable:
        rows = self._rows if self.columns else []
        columns = tuple(column for column in self.columns if column not in ("", _NOT_READ))
        return RawTable(self.file, self.name, columns, rows)


def key(column: str) -> str:
    """Write a heading as a program does: "Body code" is body_code."""
    return "_".join(column.casefold().replace("_", " ").split())


def is_empty(cell: object) -> bool:
    return cell in (None, []) or (isinstance(cell, str) and not cell.strip())


def is_remark(row: RawRow) -> bool:
    """Return whether the row is for people, and is not read."""
    return any(key(column) == REMARK and not is_empty(cell) for column, cell in row.cells.items())


def of_objects(file: str, name: str, rows: list[RawRow], inspection: Inspection) -> RawTable:
    """Return a table of rows that name their own columns."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    if len(columns) > _MOST_COLUMNS:
        inspection.refuse(file, name.lower(), _TOO_MANY_COLUMNS)
    return RawTable(file, name.lower(), columns[:_MOST_COLUMNS], rows)
