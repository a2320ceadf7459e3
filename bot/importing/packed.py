"""Packed files, as office programs write them: their sizes are looked at before anything is unpacked in full,
so that no file keeps anybody waiting."""

import zipfile

from msgspec import Struct

LARGEST_UNPACKED = 200_000_000  # bytes
# Beyond these a sheet is mostly empty: 100,000 rows of the widest table have 2,700,000 cells.
_MOST_ROW_MARKS = 200_000
_MOST_CELL_MARKS = 3_000_000
_MOST_OTHER_MARKS = 300_000
# A cell, what it shows and what that is made of, with room for a formula.
_MARKS_OF_A_CELL = 8
_MARKS_OF_A_ROW = 2
# Bytes without any mark between them: no cell can hold as many characters.
_LONGEST_TEXT = 300_000
_AT_A_TIME = 64 * 1024  # bytes

UNREADABLE = "It cannot be read as a workbook. Open it, save it as .xlsx and try again."


class TooLarge(Exception):
    """A file is too large to unpack; its words say what is too large, and what to do."""


class Marks(Struct, frozen=True):
    """How the parts of a sheet begin in a format."""

    rows: tuple[bytes, ...]
    cells: tuple[bytes, ...]
    runs: tuple[bytes, ...] = ()


def must_be_bounded(packed: zipfile.ZipFile, kinds: Marks) -> None:
    """Count while it unpacks, and keep nothing. Raises TooLarge."""
    unpacked = 0
    for part in packed.infolist():
        unpacked += part.file_size
        if unpacked > LARGEST_UNPACKED:
            raise TooLarge("It is too large when unpacked. Part it into several files.")
        if part.filename.endswith((".xml", ".rels")):
            _part_must_be_bounded(packed, part, kinds)


def _part_must_be_bounded(packed: zipfile.ZipFile, part: zipfile.ZipInfo, kinds: Marks) -> None:
    marks = rows = cells = runs = 0
    tag_start = b""
    with packed.open(part) as unpacking:
        while unpacked := unpacking.read(_AT_A_TIME):
            # The last mark may go on in what is unpacked next.
            whole, bracket, rest = (tag_start + unpacked).rpartition(b"<")
            tag_start = bracket + rest
            if len(tag_start) > _LONGEST_TEXT:
                raise TooLarge("A cell in it is longer than a cell can be. Shorten what stands in it.")
            if b"<!DOCTYPE" in whole or b"<!ENTITY" in whole or b"\0" in unpacked:
                # No office program writes these; they can make a small file endless.
                raise TooLarge(UNREADABLE)
            rows += sum(map(whole.count, kinds.rows))
            cells += sum(map(whole.count, kinds.cells))
            runs += sum(map(whole.count, kinds.runs))
            marks += whole.count(b"<")
            others = marks - _MARKS_OF_A_CELL * cells - _MARKS_OF_A_ROW * rows
            if rows > _MOST_ROW_MARKS or cells > _MOST_CELL_MARKS or max(runs, others) > _MOST_OTHER_MARKS:
                raise TooLarge(
                    "It holds more than 200,000 rows or 3,000,000 cells, empty ones among them, or more"
                    " formatting than a table can have. Copy the filled cells into a new workbook."
                )
