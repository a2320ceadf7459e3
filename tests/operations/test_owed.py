"""What is owed after words were erased or taken back is stored with it, and outlives whoever owes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text as sql

from bot.domain.messages.delivery import Outcome
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.people import PersonKey, Role
from bot.domain.register.redaction import Ground
from bot.domain.values import replace
from bot.operations.messages import edits
from bot.operations.messages.homes import note_opened, owed_homes
from bot.operations.recording import redact as operation
from bot.operations.recording import undo
from bot.operations.upkeep import backup
from bot.outbox.stored_ledger import StoredLedger
from bot.rendering.blocks.recording.redact import message_without
from bot.runtime.clock import StartingClock
from bot.runtime.health import Health, Token
from storage import deliveries as rows
from storage import people, redaction
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, occasion, record_roles
from tests.databases import with_client_programs
from tests.operations.recording.test_redact import TEXT, add, delivery, redact
from tests.outbox.rig import NOTICES, ClockByHand, Rig
from tests.prove.erasing import files_of

__all__ = ["with_client_programs"]

# Letters alone: a text may be escaped where it stands.
WORD = b"Quetzalcoatl"
NOTE = f"note 15: we met {WORD.decode()} in March"


def bytes_left(register: Register) -> int:
    return sum(place.read_bytes().count(WORD) for place in files_of(register.store.database))


def by_hand(register: Register, seq: int) -> None:
    operation.redact_by_hand(register.store, seq, Ground.VICTIM, NOW, message_without)


@contextmanager
def somebody_reads(register: Register) -> Iterator[None]:
    """Another process has a snapshot from before, in which it has not looked at any text."""
    url = register.store.database.url
    if register.store.database.is_sqlite:
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM people").fetchone()
            yield
        return
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM people")
        yield


def test_files_that_nobody_cleaned_are_cleaned_by_the_next_start(register: Register) -> None:
    seq = register.says(ALICE, NOTE)
    by_hand(register, seq)
    # Whoever did it was killed here.
    assert operation.is_cleaning_owed(register.store)
    assert bytes_left(register)
    rig = Rig(register.store)
    rig.clock.shown = NOW
    rig.run()
    assert bytes_left(register) == 0
    assert not operation.is_cleaning_owed(register.store)


def test_files_that_somebody_holds_are_cleaned_when_they_let_go(register: Register) -> None:
    seq = register.says(ALICE, NOTE)
    with somebody_reads(register):
        by_hand(register, seq)
        assert not operation.clean(register.store, wait=0.1)
        assert operation.is_cleaning_owed(register.store)
    assert operation.clean(register.store, wait=5)
    assert bytes_left(register) == 0
    assert not operation.is_cleaning_owed(register.store)


def test_health_tells_of_files_that_are_to_be_cleaned_until_they_are(register: Register) -> None:
    health = Health(register.store, StartingClock(NOW), Token(lambda: None))
    assert health.problems() == []
    by_hand(register, register.says(ALICE, NOTE))
    (problem,) = health.problems()
    assert problem.startswith("Erased words may still stand in the database's files")
    assert '\nrecbot_erasing_owed{what="files"} 1.0\n' in health.metrics()
    assert operation.clean(register.store)
    assert health.problems() == []
    assert '\nrecbot_erasing_owed{what="files"} 0.0\n' in health.metrics()


def test_what_is_owed_goes_with_a_backup_and_is_done_after_its_return(
    register: Register, with_client_programs: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record_roles(register)
    by_hand(register, register.says(ALICE, NOTE))
    file = tmp_path_factory.mktemp("saved") / "saved"
    backup.backup(register.store.database, file)
    assert WORD not in file.read_bytes()
    assert operation.clean(register.store)
    backup.restore(register.store.database, file, NOW, message_without)
    assert operation.is_cleaning_owed(register.store)


@pytest.mark.parametrize("road", ["slack", "command line"])
def test_every_home_is_owed_also_of_those_who_have_no_role_any_more(register: Register, road: str) -> None:
    for who in (ALICE, BOB, CORA):
        note_opened(register.store, who)
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, register.body("kent").code)
    seq = register.says(BOB, "note 15: our text")
    if road == "slack":
        redact(register, seq)
    else:
        by_hand(register, seq)
    assert set(owed_homes(register.store)) == {ALICE, BOB, CORA}


def test_what_is_taken_back_is_owed_to_those_who_could_read_it(register: Register) -> None:
    for who in (ALICE, BOB, CORA, VIC):
        note_opened(register.store, who)
    register.says(ALICE, "note 15: not so")
    undo.undo(register.store, occasion(ALICE))
    assert set(owed_homes(register.store)) == {ALICE, CORA}


def test_a_home_that_cannot_be_drawn_stays_owed_and_keeps_nobody_waiting(register: Register) -> None:
    for who in (ALICE, CORA):
        note_opened(register.store, who)
    redact(register, register.says(ALICE, "note 15: our text"))
    drawn: list[PersonKey] = []
    rig = Rig(register.store, draw=drawn.append)
    rig.clock.shown = NOW
    schedule = rig.schedule()
    rig.run(schedule)
    assert drawn == [ALICE, CORA]
    rig.wait(schedule, 299)
    assert drawn == [ALICE, CORA]
    rig.wait(schedule, 2)
    assert drawn == [ALICE, CORA] * 2


def test_a_message_that_was_on_its_way_is_edited_as_soon_as_it_is_known_to_be_sent(
    register: Register,
) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, f"ask:{seq}:U0ALICE", DeliveryState.SENDING)
    on_its_way = delivery(register, f"ask:{seq}:U0ALICE")
    redact(register, seq)
    assert edits.next_post(register.store, NOW) is None
    outcome = Outcome(DeliveryState.SENT, ts="1741600000.000200")
    StoredLedger(register.store, ClockByHand(NOW), NOTICES).record_outcome(on_its_way, outcome)
    post = edits.next_post(register.store, NOW)
    assert post is not None
    assert TEXT not in str(post.payload)


def test_what_is_erased_while_a_message_is_edited_is_edited_after_it(register: Register) -> None:
    seqs = [register.says(ALICE, f"note 15: {number} of two, {TEXT}") for number in ("first", "second")]
    key = f"ask:{seqs[0]}:U0ALICE"
    add(register, key, DeliveryState.SENT)
    redact(register, seqs[0])
    post = edits.next_post(register.store, NOW)
    assert post is not None
    with register.store.begin() as connection:
        (sending,) = redaction.about(connection, (seqs[0],))
        redaction.say_instead(connection, sending, {"text": "less still"})
    edits.record_edit(register.store, post, "", lambda *_facts: {}, NOW)
    again = edits.next_post(register.store, NOW)
    assert again is not None
    assert again.payload == {"text": "less still"}


def test_a_message_that_nobody_can_find_does_not_keep_others_from_being_edited(register: Register) -> None:
    """A person said that it appeared: it has no ts."""
    seq = register.says(ALICE, f"note 15: {TEXT}")
    add(register, f"ask:{seq}:U0ALICE", DeliveryState.UNKNOWN)
    appeared = delivery(register, f"ask:{seq}:U0ALICE")
    with register.store.begin() as connection:
        connection.execute(sql("UPDATE deliveries SET ts = NULL"))
        rows.record_outcome(connection, replace(appeared), Outcome(DeliveryState.SENT), None, NOW)
    add(register, f"extended:{seq}:U0ALICE", DeliveryState.SENT)
    redact(register, seq)
    rig = Rig(register.store)
    rig.clock.shown = NOW + timedelta(minutes=1)
    rig.run()
    assert len(rig.slack.edits) == 1
    assert f"not-edited:ask:{seq}:U0ALICE:U0CORA" in rig.slack.keys
