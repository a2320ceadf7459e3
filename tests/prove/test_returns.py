"""Row 51: return forms of all bodies are filled in and read; what is altered, moved, made up or sent again
records nothing that it should not, and is told why."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.questions.names import Body
from bot.domain.register.addressee import Stage
from bot.domain.register.imports import Batch, FileRefused, Imported, ReturnRow
from bot.domain.register.return_form import SHEET
from bot.domain.values import replace
from bot.importing import reading
from bot.operations.imports.imports import import_file
from bot.operations.questions.return_form import return_form_by_operator
from bot.rendering.documents import return_workbook
from storage import addressees
from tests.cast import NOW, Register, stalking_case
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

ALTERED = size(100, 1_000)
NUMBERS = ("15", "16", "25")
Rows = dict[str, list[ReturnRow]]


@pytest.fixture
def register(sqlite_url: str) -> Register:
    return stalking_case(sqlite_url)


def filled(register: Register, body: Body, folder: Path) -> Path:
    """The body's form, filled in as a spreadsheet program would save it."""
    path = folder / f"{body.slug}.xlsx"
    return_workbook.write(return_form_by_operator(register.store, NOW, body), path)
    book = load_workbook(path)
    sheet = book[SHEET]
    columns = {column: place for place, column in enumerate(return_workbook.COLUMNS, start=1)}
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, columns["progress"]).value = "in progress"
        sheet.cell(row, columns["what_was_done"]).value = f"Work began in row {row}."
        sheet.cell(row, columns["filled_in_by"]).value = "The policy officer"
    book.save(path)
    return path


def stages(register: Register) -> dict[tuple[str, str], Stage]:
    with register.store.reading() as connection:
        ids = [f"stalking-{number}" for number in NUMBERS]
        codes = [body.code for body in register.bodies.values()]
        rows = addressees.of_recommendations(connection, ids, codes)
        return {row.key: row.stage for row in rows}


def test_forms_of_all_bodies_are_read_whole(register: Register, tmp_path: Path) -> None:
    before = len(audit(str(register.store.database.url)))
    for body in register.bodies.values():
        import_file(register.store, reading.read(filled(register, body, tmp_path)), NOW)
    assert set(stages(register).values()) == {Stage.IN_PROGRESS}
    assert len(audit(str(register.store.database.url))) == before + 3 * 43


def test_what_was_altered_records_nothing_and_is_told_why(register: Register, tmp_path: Path) -> None:
    chance = random.Random(51)
    batches = {body.slug: reading.read(filled(register, body, tmp_path)) for body in register.bodies.values()}
    rows = {
        slug: [row for row in batch.rows if isinstance(row, ReturnRow)] for slug, batch in batches.items()
    }
    # Half of the bodies have sent theirs before, so that theirs come again.
    sent = chance.sample(sorted(rows), 21)
    for slug in sent:
        import_file(register.store, batches[slug], NOW)
    url = str(register.store.database.url)
    before, stood = len(audit(url)), stages(register)
    reasons: dict[str, int] = {}
    for number in range(ALTERED):
        alter = ALTERATIONS[number % len(ALTERATIONS)]
        altered = alter(chance, rows, sent)
        outcome = _outcome(register, Batch(f"altered {number}", (altered,)))
        assert isinstance(outcome, FileRefused), (alter.__name__, altered)
        assert all(str(fault.refusal) for fault in outcome.faults)
        reasons[alter.__name__] = reasons.get(alter.__name__, 0) + 1
    assert (len(audit(url)), stages(register)) == (before, stood)
    print(f"{ALTERED} altered forms, 0 recorded: {reasons}")


def _outcome(register: Register, batch: Batch) -> Imported | FileRefused:
    try:
        return import_file(register.store, batch, NOW)
    except FileRefused as refused:
        return refused


def _drawn_row(chance: random.Random, rows: Rows, slugs: list[str]) -> ReturnRow:
    return chance.choice(rows[chance.choice(slugs)])


def another_recommendation(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    row = _drawn_row(chance, rows, sorted(rows))
    return replace(row, recommendation=chance.choice([n for n in NUMBERS if n != row.recommendation]))


def another_bodys_code(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    slug, other = chance.sample(sorted(rows), 2)
    place = chance.randrange(3)
    return replace(rows[slug][place], code=rows[other][place].code)


def another_body(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    slug, other = chance.sample(sorted(rows), 2)
    return replace(rows[slug][0], body=rows[other][0].body)


def another_version(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    row = _drawn_row(chance, rows, sorted(rows))
    body_code, version, signature = row.code.split("-")
    return replace(row, code=f"{body_code}-{int(version) + chance.randrange(1, 9)}-{signature}")


def a_digit_of_the_code(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    row = _drawn_row(chance, rows, sorted(rows))
    place = chance.randrange(len(row.code))
    other = chance.choice([digit for digit in "0123456789abcdef" if digit != row.code[place].lower()])
    return replace(row, code=row.code[:place] + other + row.code[place + 1 :])


def a_code_made_up(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    row = _drawn_row(chance, rows, sorted(rows))
    return replace(row, code=f"{row.code.split('-')[0]}-1-{chance.getrandbits(48):012x}")


def sent_before_with_other_words(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    return replace(_drawn_row(chance, rows, sent), what_was_done=f"Other words {chance.random()}.")


def sent_before_with_another_stage(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    return replace(_drawn_row(chance, rows, sent), progress=chance.choice((Stage.COMPLETE, Stage.BLOCKED)))


def of_another_report(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    return replace(_drawn_row(chance, rows, sorted(rows)), report=chance.choice(("custody", "", "stalking2")))


def by_nobody(chance: random.Random, rows: Rows, sent: list[str]) -> ReturnRow:
    return replace(_drawn_row(chance, rows, [slug for slug in rows if slug not in sent]), filled_in_by="")


Alteration = Callable[[random.Random, Rows, list[str]], ReturnRow]
ALTERATIONS: tuple[Alteration, ...] = (
    another_recommendation,
    another_bodys_code,
    another_body,
    another_version,
    a_digit_of_the_code,
    a_code_made_up,
    sent_before_with_other_words,
    sent_before_with_another_stage,
    of_another_report,
    by_nobody,
)
