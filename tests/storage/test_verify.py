"""`verify-history` finds the first place at which somebody rewrote the history."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import redact_by_hand
from bot.rendering.blocks.recording.redact import message_without
from storage.verify import Anchor, Broken, Fault, Unbroken, verify
from tests.cast import ALICE, BOB, NOW, Register, accountable_case
from tests.storage.audit import unbroken
from tests.storage.register import empty
from tests.storage.tampering import put, unguarded, value
from tests.storage.test_append_only import ERASED


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    """Give a register in which people have written: the last two updates have words."""
    made = accountable_case(sqlite_url)
    made.says(ALICE, "note 15: we met the provider")
    made.says(BOB, "progress 15 in progress: two ISACs start in April")
    yield made
    made.store.database.close()


def file_of(register: Register) -> Path:
    return Path(register.store.database.url.database or "")


def test_an_honest_history_holds_on_both_databases(database_url: str) -> None:
    register = accountable_case(database_url)
    seq = register.says(ALICE, "note 15: we met the provider")
    redact_by_hand(register.store, seq, Ground.WRONG_PERSON, NOW, message_without)
    rows = unbroken(database_url)
    assert verify(register.store.database) == Unbroken(len(rows), rows[-1]["hash"], erased=1)
    register.store.database.close()


def test_a_history_of_several_pages_is_read_to_its_end(register: Register) -> None:
    assert verify(register.store.database, page=10) == verify(register.store.database)
    with unguarded(file_of(register)) as connection:
        put(connection, 57, source="another letter")
    assert verify(register.store.database, page=10) == Broken(57, Fault.CHANGED)


def test_an_empty_history_holds(sqlite_url: str) -> None:
    with empty(sqlite_url) as store:
        assert verify(store.database) == Unbroken(0, "0" * 64, erased=0)


@pytest.mark.parametrize(
    ("attack", "broken"),
    [
        ("UPDATE updates SET user_id = 'U0EVE' WHERE seq = 138", Broken(138, Fault.CHANGED)),
        (
            "UPDATE updates SET text = 'we did not meet them' WHERE seq = 138",
            Broken(138, Fault.WORDS_CHANGED),
        ),
        ("UPDATE updates SET salt = 'no salt at all' WHERE seq = 138", Broken(138, Fault.WORDS_CHANGED)),
        ("UPDATE updates SET salt = upper(salt) || ' ' WHERE seq = 138", Broken(138, Fault.WORDS_CHANGED)),
        ("UPDATE updates SET evidence_url = NULL WHERE seq = 138", Broken(138, Fault.WORDS_CHANGED)),
        ("UPDATE updates SET hash = upper(hash) WHERE seq = 138", Broken(138, Fault.CHANGED)),
        ("UPDATE updates SET prev = upper(prev) WHERE seq = 138", Broken(138, Fault.CHANGED)),
        ("UPDATE updates SET recorded_at = replace(recorded_at, 'Z', '+00:00') WHERE seq = 138", None),
        ("UPDATE updates SET quotable = 2 WHERE seq = 3", Broken(3, Fault.CHANGED)),
        ("UPDATE updates SET source = CAST(x'ff' AS TEXT) WHERE seq = 57", Broken(57, Fault.CHANGED)),
        ("DELETE FROM updates WHERE seq = 20", Broken(20, Fault.MISSING)),
        ("DELETE FROM updates WHERE seq > 130", Broken(130, Fault.NOT_THE_HEAD)),
        ("UPDATE chain_head SET seq = seq + 1", Broken(139, Fault.NOT_THE_HEAD)),
        (
            f"UPDATE updates SET {ERASED} WHERE seq = 138",  # noqa: S608
            Broken(138, Fault.ERASED_UNRECORDED),
        ),
    ],
)
def test_the_first_broken_place_is_named(register: Register, attack: str, broken: Broken | None) -> None:
    with unguarded(file_of(register)) as connection:
        connection.execute(attack)
    assert verify(register.store.database) == (broken or Broken(138, Fault.CHANGED))


def test_words_put_back_after_they_were_erased_show(register: Register) -> None:
    with unguarded(file_of(register)) as connection:
        erased_words = {
            name: value(connection, 138, name) for name in ("text", "evidence_url", "decided_by", "salt")
        }
    redact_by_hand(register.store, 138, Ground.WRONG_PERSON, NOW, message_without)
    assert isinstance(verify(register.store.database), Unbroken)
    with unguarded(file_of(register)) as connection:
        put(connection, 138, **erased_words)
    assert verify(register.store.database) == Broken(138, Fault.NOT_ERASED)


def test_a_history_made_anew_is_told_by_what_a_digest_printed(register: Register) -> None:
    rows = unbroken(str(register.store.database.url))
    true = Anchor(138, rows[137]["hash"][:12])
    assert isinstance(verify(register.store.database, [true]), Unbroken)
    forged = Anchor(138, "0" * 64)
    assert verify(register.store.database, [forged]) == Broken(138, Fault.NOT_THE_ANCHOR)
    beyond = Anchor(999, "0" * 64)
    assert verify(register.store.database, [beyond]) == Broken(999, Fault.ENDS_BEFORE_ANCHOR, "139")


def test_a_change_is_found_on_postgresql_too(postgresql_url: str) -> None:
    register = accountable_case(postgresql_url)
    register.says(ALICE, "note 15: we met the provider")
    with register.store.begin() as connection:
        connection.execute(text("ALTER TABLE updates DISABLE TRIGGER ALL"))
        connection.execute(
            text("UPDATE updates SET recorded_at = recorded_at + interval '1 hour' WHERE seq = 77")
        )
    assert verify(register.store.database) == Broken(77, Fault.CHANGED)
    register.store.database.close()
