"""CSV files: parted by commas, semicolons, tabs or bars, whichever makes its first row name columns."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePath

from bot.domain.register.spreadsheets import unguarded
from bot.importing.cells import Cell, from_spreadsheet
from bot.importing.raw import (
    MOST_BROKEN_ROWS,
    NOT_READ_AFTER_THIS,
    Inspection,
    RawTable,
    TableBuilder,
    decoded,
    key,
)
from bot.importing.tables import ALL_COLUMNS

_SEPARATORS = (",", ";", "\t", "|")
_MOST_LINES = 1_000_000
_CHARACTERS_OF_A_HEADING = 10_000


def tables(
    file: str, content: bytes, inspection: Inspection, *, name: str = "", headings: Sequence[str] = ()
) -> Iterator[RawTable]:
    """Yield the one table of the file. `name` is what it is called, if not as the file is; `headings` name
    the columns where its first row does not."""
    # Splitting at line ends alone: the csv module joins what stands in quotation marks again.
    text = decoded(file, content, inspection).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if text.count("\n") > _MOST_LINES:
        why = "It has more than 1,000,000 lines, empty ones among them. Part it into several files."
        inspection.refuse(file, name or PurePath(file).stem.lower(), why)
        return
    lines = text.split("\n")
    separator = _named_separator(lines)
    if separator:
        lines = lines[1:]
    name = name or PurePath(file).stem.lower()
    separator = separator or likeliest_separator(lines)
    rows = _rows(file, name, lines, separator, inspection)
    builder = TableBuilder(file, name, headings or next(rows, (1, []))[1], inspection)
    for number, cells in rows:
        builder.add(number, [_cell(cell) for cell in cells])
        if inspection.is_full():
            break
    yield builder.table()


def _named_separator(lines: list[str]) -> str:
    """Return the separator that a first line names for Excel: sep=;"""
    first = lines[0].strip(' "').casefold() if lines else ""
    return lines[0].strip('"')[4] if first.startswith("sep=") and len(lines[0].strip('"')) > 4 else ""


def likeliest_separator(lines: Sequence[str]) -> str:
    """Return what parts the columns: what makes the first row name most of them, or else what stands in it
    most often."""
    heading = "\n".join(islice(lines, 20))[:_CHARACTERS_OF_A_HEADING]

    def columns(separator: str) -> tuple[int, int]:
        try:
            first = next(csv.reader(heading.split("\n"), delimiter=separator), [])
        except csv.Error:
            return 0, 0
        return sum(key(cell) in ALL_COLUMNS for cell in first), len(first)

    return max(_SEPARATORS, key=columns)


def _rows(
    file: str, name: str, lines: list[str], separator: str, inspection: Inspection
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number as a spreadsheet counts. A broken one is refused, and the next line
    read."""
    start = number = broken = 0
    while start < len(lines):
        reader = csv.reader(
            (f"{line}\n" for line in islice(lines, start, None)), delimiter=separator, strict=True
        )
        row_start = start
        try:
            for cells in reader:
                number += 1
                row_start = start + reader.line_num
                yield number, cells
            return
        except csv.Error as error:
            number += 1
            broken += 1
            inspection.refuse(file, name, _broken(error), number)
            if broken == MOST_BROKEN_ROWS:
                inspection.refuse(file, name, NOT_READ_AFTER_THIS, number)
                return
            start = row_start + 1


def _broken(error: csv.Error) -> str:
    if "field larger" in str(error):
        about = f"{csv.field_size_limit() // 10_000}0,000"
        return f"A cell here is longer than {about} characters, or its quotation mark is never closed."
    return f"This row cannot be read as CSV ({error}). Mend its quotation marks."


def _cell(written: str) -> Cell:
    """Return a cell without the apostrophe by which an export kept a spreadsheet from taking a text for
    something else."""
    text = unguarded(written)
    return text if text != written else from_spreadsheet(written)
