"""The OpenDocument workbook: the same sheets and values as Excel's, every text a text."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import fromstring

from bot.domain.questions.account import Format
from bot.rendering.documents import file
from bot.rendering.documents.columns import REGISTER, SUMMARY
from tests.accounts import SECRET, made
from tests.cast import CORA, Register
from tests.libreoffice import converted, needs_libreoffice
from tests.rendering.documents.formulas import formula_like
from tests.rendering.documents.test_in_libreoffice import an_account_of

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def part(path: Path, name: str = "content.xml") -> Any:
    with ZipFile(path) as package:
        return fromstring(package.read(name))


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The values of each sheet's cells, by rows."""
    return {
        table.get(f"{TABLE}name"): [
            [_value(cell) for cell in row.iter(f"{TABLE}table-cell")]
            for row in table.iter(f"{TABLE}table-row")
        ]
        for table in part(path).iter(f"{TABLE}table")
    }


def _value(cell: Any) -> Any:
    match cell.get(f"{OFFICE}value-type"):
        case None:
            return None
        case "date":
            return datetime.fromisoformat(cell.get(f"{OFFICE}date-value"))
        case "float":
            return int(cell.get(f"{OFFICE}value"))
        case _:
            return "\n".join("".join(_letters(line)) for line in cell.iter(f"{TEXT}p"))


def _letters(line: Any) -> Iterator[str]:
    yield line.text or ""
    for mark in line:
        yield "\t" if mark.tag == f"{TEXT}tab" else " " * int(mark.get(f"{TEXT}c"))
        yield mark.tail or ""


@pytest.mark.parametrize("typed", ["export", "export kent internal"])
def test_it_holds_what_excels_holds(register: Register, tmp_path: Path, typed: str) -> None:
    register.says(CORA, "note 16 kent: two  spaces,\n\ta tab, <b>and</b> & =1+1")
    own = sheets(made(register, f"{typed} ods", tmp_path))
    book = load_workbook(made(register, f"{typed} xlsx", tmp_path))
    assert list(own) == book.sheetnames
    for sheet in book:
        assert own[sheet.title] == [list(row) for row in sheet.iter_rows(values_only=True)]


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    texts = formula_like(100)
    path = tmp_path / "account.ods"
    file.write(an_account_of(texts), Format.ODS, path)
    assert [
        name for element in part(path).iter() for name in element.attrib if name.endswith("formula")
    ] == []
    headings, *rows = sheets(path)["Register"]
    assert [row[headings.index("Response text")] for row in rows] == texts


def test_headings_stand_on_each_page_stay_in_view_and_can_be_filtered(
    register: Register, tmp_path: Path
) -> None:
    path = made(register, "export ods internal", tmp_path)
    content = part(path)
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == 3
    ranges = [
        table_range.get(f"{TABLE}target-range-address")
        for table_range in content.iter(f"{TABLE}database-range")
    ]
    assert ranges[:2] == [
        f"Summary.A1:Summary.{get_column_letter(len(SUMMARY))}5",
        f"Register.A1:Register.{get_column_letter(len(REGISTER))}{43 * 3 + 1}",
    ]
    settings = "".join(part(path, "settings.xml").itertext())
    assert settings.startswith("Summary22")
    page = "".join(part(path, "styles.xml").itertext())
    assert page.startswith("Internal: not for publication. All live recommendations")
    assert SECRET in str(sheets(path)["Updates"])


def test_a_program_knows_it_by_its_first_part(register: Register, tmp_path: Path) -> None:
    with ZipFile(made(register, "export ods", tmp_path)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        listed = fromstring(package.read("META-INF/manifest.xml"))
        named = {entry.get(f"{{{_MANIFEST}}}full-path") for entry in listed}
        assert named == {"/", *package.namelist()} - {"mimetype", "META-INF/manifest.xml"}


_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


@needs_libreoffice
@pytest.mark.prove
def test_libreoffice_opens_it_with_its_rows_and_dates(
    register: Register, tmp_path: Path, profile: Path
) -> None:
    book = load_workbook(converted(made(register, "export ods", tmp_path), "xlsx", profile))
    assert book.sheetnames == ["Summary", "Register", "Updates"]
    assert book["Register"].max_row == 43 * 3 + 1
    assert book["Summary"]["E2"].value == datetime(2025, 3, 27)
