"""Row 18: of an erased text no byte is left in the database's files, in backups made after it, in exports and
in logs, and the history holds."""

import logging
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.register.addressee import Stage
from bot.domain.register.redaction import Ground
from bot.domain.register.update import Draft, RequestKey, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.questions import export
from bot.operations.recording import redact
from bot.operations.request.direct_messages import enqueue
from bot.operations.request.writing import HistoryLedger
from bot.operations.upkeep import backup
from bot.rendering.blocks.recording.redact import message_without
from bot.rendering.documents import csv, docx, json, ods, xlsx
from storage import addressees
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, Register, accountable_case, occasion
from tests.databases import with_client_programs
from tests.prove.erasing import files_of
from tests.prove.size import size
from tests.storage.audit import audit

__all__ = ["with_client_programs"]

pytestmark = pytest.mark.prove

ERASED = size(20, 400)
OTHERS = 3
WRITERS = {Format.DOCX: docx, Format.XLSX: xlsx, Format.ODS: ods, Format.CSV: csv, Format.JSON: json}


def canary(number: int) -> str:
    return f"Quetzalcoatl{number:05}"


def test_no_byte_of_an_erased_text_is_left(
    database_url: str,
    with_client_programs: None,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(18)
    register = accountable_case(database_url)
    seqs = []
    for number in range(ERASED):
        seqs.append(write(register, number))
        for other in range(OTHERS):
            register.says(
                BOB, f"note 15: something else {other} " + "that is longer " * chance.randint(0, 99)
            )
    with register.store.begin() as connection:
        # The planner's statistics hold values too, and databases gather them when they like.
        connection.execute(text("ANALYZE"))
    chance.shuffle(seqs)
    for place, seq in enumerate(seqs):
        redact.redact(register.store, occasion(CORA, NOW), seq, Ground.VICTIM, message_without)
        if place % 7 == 0:
            register.says(ALICE, "progress 16 in progress: and life goes on " * 5)
    assert redact.clean(register.store)
    result = verify(register.store.database)
    assert isinstance(result, Unbroken)
    assert result.erased == ERASED
    audit(database_url)
    backup.backup(register.store.database, tmp_path / "saved")
    exported(register, tmp_path)
    (tmp_path / "log").write_text(caplog.text)
    looked_at = {place: occurrences(place) for place in places(register, tmp_path)}
    size_ = sum(place.stat().st_size for place in looked_at)
    print(f"{ERASED} erased; {len(looked_at)} files, {size_:,} bytes; found {sum(looked_at.values())} times")
    assert {place.name: times for place, times in looked_at.items() if times} == {}
    register.store.database.close()


def test_the_same_bytes_are_found_where_nothing_was_erased(
    database_url: str, with_client_programs: None, tmp_path: Path
) -> None:
    """Else the other test could not fail."""
    register = accountable_case(database_url)
    write(register, 1)
    exported(register, tmp_path)
    assert any(occurrences(place) for place in places(register, tmp_path) if "account" not in place.name)
    assert all(occurrences(place) for place in tmp_path.glob("account.*"))
    register.store.database.close()


def write(register: Register, number: int) -> int:
    """Write the canary in each of the free words, in the addressee's row, and in a message to be sent."""
    word = canary(number)
    kent = register.body("kent").code
    when = occasion(ALICE)
    with register.store.begin() as connection:
        ledger = HistoryLedger(connection, when.instant)
        before = addressees.get(connection, "stalking-15", kent, for_update=True)
        assert before is not None
        draft = Draft(
            kind=UpdateKind.PROGRESS,
            stands_from=when.today,
            via=Via.SLACK,
            by=ALICE,
            recommendation_id="stalking-15",
            body_code=kent,
            text=f"{word} was seen, and so was her sister",
            evidence_url=f"https://example.org/{word}",
            decided_by=f"Chief {word}",
            quotable=True,
            request=RequestKey(when.key),
        )
        _, update = ledger.record(before, replace(before, stage=Stage.IN_PROGRESS), draft)
        payload = {
            "text": word,
            "blocks": [{"type": "section", "text": {"type": "plain_text", "text": word}}],
        }
        enqueue(connection, key=f"ask:{update.seq}:U0ALICE", person=ALICE, payload=payload, instant=NOW)
    return update.seq


def exported(register: Register, folder: Path) -> None:
    for format_, writer in WRITERS.items():
        request = Export(format=format_, form=Form.INTERNAL)
        with export.opened(register.store, occasion(CORA), request) as account:
            writer.write(account, folder / f"account.{format_}")


def places(register: Register, folder: Path) -> Iterator[Path]:
    """Return every file in which the words may stand."""
    yield from (place for place in folder.iterdir() if place.is_file())
    if not register.store.database.is_sqlite:
        yield from files_of(register.store.database)


def occurrences(file: Path) -> int:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as whole:
            return sum(whole.read(name).count(b"Quetzalcoatl") for name in whole.namelist())
    return file.read_bytes().count(b"Quetzalcoatl")
