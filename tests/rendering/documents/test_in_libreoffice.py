"""The files as an office program opens them. Where LibreOffice is not installed, these are skipped.

`RECBOT_FORMULAS=5000` puts that many formula-like texts through CSV and XLSX."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.domain.questions.account import Account, Chapter, Entry, Form, Format
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Tally
from bot.domain.register.update import UpdateKind
from bot.operations.questions import letter
from bot.rendering.documents import file
from bot.rendering.documents import letter as letter_document
from storage import tallies
from tests.accounts import made
from tests.cast import CORA, NOW, TODAY, Register, a_recommendation, an_addressee, an_update, occasion
from tests.libreoffice import all_converted, converted, needs_libreoffice
from tests.operations.questions.test_letter import command
from tests.rendering.documents.formulas import formula_like

HOW_MANY = int(os.environ.get("RECBOT_FORMULAS", "100"))
pytestmark = [needs_libreoffice, pytest.mark.prove]


def sheets_of(path: Path) -> str:
    """The cells of an OpenDocument sheet."""
    with ZipFile(path) as package:
        return package.read("content.xml").decode()


def test_a_letter_opens_and_says_what_the_register_counts(
    register: Register, tmp_path: Path, profile: Path
) -> None:
    text = converted(made(register, "export 15", tmp_path), "txt:Text", profile).read_text("utf-8-sig")
    with register.store.reading() as connection:
        own = tallies.of(connection, ["stalking-15"])["stalking-15"]
    assert f"{own.accepted} of {own.addressed} policing bodies accepted recommendation 15" in text


def test_the_letter_that_answers_a_report_opens_with_its_annex_on_pages_of_their_own(
    register: Register, tmp_path: Path, profile: Path
) -> None:
    made_letter = letter.letter(register.store, occasion(CORA), command(register))
    path = tmp_path / letter_document.name_of(made_letter)
    letter_document.write(made_letter, path)
    text = converted(path, "txt:Text", profile).read_text("utf-8-sig")
    for chapter in made_letter.addressed:
        tally = chapter.tally
        all_of_them = tally.accepted == tally.addressed
        count = "All 43" if all_of_them else f"{tally.accepted} of {tally.addressed}"
        assert f"{count} policing bodies accepted the recommendation" in text
    assert text.index("Yours sincerely,") < text.index("Annex: the answers in full")


def test_a_workbook_opens_with_its_rows_and_its_dates(
    register: Register, tmp_path: Path, profile: Path
) -> None:
    cells = sheets_of(converted(made(register, "export xlsx internal", tmp_path), "ods", profile))
    assert cells.count("E23000032") >= 3 + 4
    assert 'office:date-value="2025-03-27"' in cells


def test_no_text_becomes_a_formula(tmp_path: Path, profile: Path) -> None:
    texts = formula_like(HOW_MANY)
    paths = [tmp_path / f"account as {format}.{format}" for format in (Format.CSV, Format.XLSX)]
    for path, format in zip(paths, (Format.CSV, Format.XLSX), strict=True):
        file.write(an_account_of(texts), format, path)
    for path, sheets in all_converted(paths, "ods", profile).items():
        cells = sheets_of(sheets)
        assert "table:formula" not in cells, path.name
        assert cells.count("E23000032") >= len(texts), path.name


def an_account_of(texts: list[str]) -> Account:
    """Each text as the reason for a response."""
    recommendation = a_recommendation()
    entries = [
        Entry(
            recommendation,
            an_addressee(response_seq=seq),
            KENT,
            TODAY,
            updates=(an_update(UpdateKind.RESPONSE, seq, text=text, quotable=True),),
        )
        for seq, text in enumerate(texts, start=1)
    ]
    chapter = Chapter(recommendation, (), Tally(), iter(entries))
    return Account(Form.PUBLISHED, NOW, TODAY, len(texts), 1, iter([chapter]))


KENT = PolicingBody(
    code="E23000032",
    slug="kent",
    short_name="Kent",
    force_name="Kent Police",
    area_name="Kent",
    name="Kent Police and Crime Commissioner",
    kind="pcc",
    region="South East",
    country="England",
    tile_row=1,
    tile_col=1,
)
