"""Whether a text may be quoted: said by those who speak for the body, and only while there is a text."""

from collections.abc import Iterator

import pytest

from bot.domain.questions.grammar.typed_recordings import Respond
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.taking_back import NothingToQuote
from bot.domain.register.people import Role
from bot.operations.recording.note import note
from bot.operations.recording.quoting import allow_quoting, stop_quoting
from bot.operations.recording.respond import respond
from bot.operations.recording.undo import undo
from storage import people, updates
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, VIC, occasion
from tests.operations.recording.test_recording import ACCEPT, NOTE, PARTLY, seq_of, standing
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, R16


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def read_by_vic(store: Store, seq: int) -> str:
    with store.reading() as connection:
        reader, update = people.actor(connection, store, VIC), updates.get(connection, seq)
    assert reader is not None
    assert update is not None
    return update.as_read_by(reader).draft.text


def test_a_text_is_read_by_others_only_once_it_may_be_quoted(store: Store, database_url: str) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    assert read_by_vic(store, noted) == ""
    allowed = allow_quoting(store, occasion(ALICE), [noted])
    assert read_by_vic(store, noted) == NOTE.text
    latest = standing(store).latest_update
    assert latest is not None
    assert latest.quotable
    assert (allowed.body_name, allowed.on_behalf) == ("Kent", False)
    assert audit(database_url)[-1]["about_seq"] == noted


def test_a_coordinator_may_allow_it_too(store: Store) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    assert allow_quoting(store, occasion(CORA), [noted]).on_behalf
    assert read_by_vic(store, noted) == NOTE.text


def test_nobody_else_may(store: Store, database_url: str) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    register.take(store, ALICE, Role.CONTACT, register.body(store, "kent").code)
    before = audit(database_url)
    for who in (BOB, VIC, ALICE):
        with pytest.raises(NotAContactOf):
            allow_quoting(store, occasion(who), [noted])
    assert audit(database_url) == before
    assert read_by_vic(store, noted) == ""


def test_texts_recorded_together_are_allowed_together(store: Store) -> None:
    recorded = respond(store, occasion(ALICE), Respond(PARTLY.answer, (R15, R16), reason=PARTLY.reason))
    seqs = [seq_of(item) for item in recorded.items]
    allow_quoting(store, occasion(ALICE), seqs)
    assert [read_by_vic(store, seq) for seq in seqs] == [PARTLY.reason] * 2


def test_allowing_again_writes_nothing_new(store: Store, database_url: str) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    first = allow_quoting(store, occasion(ALICE, key=f"allow-quoting:{noted}"), [noted])
    before = audit(database_url)
    again = allow_quoting(store, occasion(ALICE, key=f"allow-quoting:{noted}"), [noted])
    assert again.again
    assert seq_of(again.items[0]) == seq_of(first.items[0])
    assert audit(database_url) == before


def test_it_can_be_stopped_and_allowed_again_and_the_last_word_holds(store: Store, database_url: str) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    for _ in range(2):
        allow_quoting(store, occasion(ALICE), [noted])
        stopped = stop_quoting(store, occasion(CORA), [noted])
        assert not stopped.items[0][2].quotable
        assert read_by_vic(store, noted) == ""
        latest = standing(store).latest_update
        assert latest is not None
        assert not latest.quotable
    assert [row["kind"] for row in audit(database_url)[-4:]] == ["quoting allowed", "quoting stopped"] * 2


def test_stopping_what_is_not_published_or_somebody_elses_writes_nothing(
    store: Store, database_url: str
) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    before = audit(database_url)
    assert stop_quoting(store, occasion(ALICE), [noted]).again
    allow_quoting(store, occasion(ALICE), [noted])
    with pytest.raises(NotAContactOf):
        stop_quoting(store, occasion(BOB), [noted])
    assert len(audit(database_url)) == len(before) + 1
    assert read_by_vic(store, noted) == NOTE.text


def test_the_same_stopping_again_does_not_overrule_what_was_said_since(store: Store) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    allow_quoting(store, occasion(ALICE), [noted])
    again = stop_quoting(store, occasion(ALICE, key="stop:1"), [noted])
    assert not again.again
    allow_quoting(store, occasion(ALICE), [noted])
    repeated = stop_quoting(store, occasion(ALICE, key="stop:1"), [noted])
    assert repeated.again
    assert read_by_vic(store, noted) == NOTE.text


def test_what_was_taken_back_or_has_no_text_cannot_be_quoted(store: Store, database_url: str) -> None:
    without = seq_of(respond(store, occasion(ALICE), ACCEPT).items[0])
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    undo(store, occasion(ALICE))
    before = audit(database_url)
    for seqs in ([without], [noted], [999_999], [without, noted]):
        with pytest.raises(NothingToQuote):
            allow_quoting(store, occasion(ALICE), seqs)
    assert audit(database_url) == before


def test_one_text_that_cannot_be_quoted_holds_back_the_others(store: Store) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    with pytest.raises(NothingToQuote):
        allow_quoting(store, occasion(ALICE), [noted, 999_999])
    assert read_by_vic(store, noted) == ""


def test_a_text_that_was_quotable_is_not_read_any_more_once_taken_back(store: Store) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    allow_quoting(store, occasion(ALICE), [noted])
    undo(store, occasion(ALICE), noted)
    assert read_by_vic(store, noted) == ""


def test_allowing_an_older_text_leaves_what_was_heard_last(store: Store, database_url: str) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    note(store, occasion(ALICE), NOTE)
    before = standing(store)
    allow_quoting(store, occasion(ALICE), [noted])
    assert standing(store) == before
    audit(database_url)
