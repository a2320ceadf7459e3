"""Taking back one's own last recording: within ten minutes, as a whole, and never another person's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.taking_back import ChangedSince, NothingToUndo, NotYours, TooLateToUndo
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import Role
from bot.domain.values import replace
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.quoting import allow_quoting
from bot.operations.recording.respond import respond
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, NOW, VIC, occasion
from tests.cast import undone as undo
from tests.operations.recording.test_recording import ACCEPT, DECLINE, NOTE, PARTLY, seq_of, standing
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, R16, R25

STARTED = Progress(Stage.IN_PROGRESS, (R15,), text="two ISACs start in April")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def state(store: Store) -> tuple[Answer, Stage, date | None]:
    stands = standing(store)
    return stands.answer, stands.stage, stands.moved_on


def test_what_is_taken_back_stands_as_before_and_both_stay_in_the_history(
    store: Store, database_url: str
) -> None:
    before = standing(store)
    progress(store, occasion(ALICE), STARTED)
    taken_back = undo(store, occasion(ALICE))
    after = standing(store)
    assert (after.answer, after.stage, after.moved_on) == (before.answer, before.stage, before.moved_on)
    assert (after.response_seq, after.progress_seq) == (before.response_seq, before.progress_seq)
    recorded, undone = audit(database_url)[-2:]
    assert recorded["text"] == STARTED.text
    assert (undone["kind"], undone["about_seq"], undone["user_id"]) == ("undo", recorded["seq"], "U0ALICE")
    assert taken_back.body_name == "Kent"


def test_several_recorded_together_are_taken_back_together(store: Store, database_url: str) -> None:
    recorded = respond(store, occasion(ALICE), replace(PARTLY, recommendations=(R15, R16, R25)))
    in_the_middle = seq_of(recorded.items[1])
    taken_back = undo(store, occasion(ALICE), in_the_middle)
    assert [recommendation.number for recommendation, _, _ in taken_back.items] == ["15", "16", "25"]
    for number in ("15", "16", "25"):
        assert standing(store, recommendation=f"stalking-{number}").answer is Answer.ACCEPTED
    assert [row["kind"] for row in audit(database_url)[-3:]] == ["undo"] * 3


def test_the_next_undo_takes_back_the_one_before(store: Store, database_url: str) -> None:
    before = state(store)
    progress(store, occasion(ALICE), STARTED)
    after_first = state(store)
    respond(store, occasion(ALICE), DECLINE)
    progress(store, occasion(ALICE), replace(STARTED, stage=Stage.COMPLETE))
    undo(store, occasion(ALICE))
    assert state(store)[1] is Stage.IN_PROGRESS
    undo(store, occasion(ALICE))
    assert state(store) == after_first
    undo(store, occasion(ALICE))
    assert state(store) == before
    with pytest.raises(NothingToUndo):
        undo(store, occasion(ALICE))
    audit(database_url)


def test_the_same_undo_again_takes_back_nothing_more(store: Store, database_url: str) -> None:
    progress(store, occasion(ALICE), STARTED)
    seq = seq_of(progress(store, occasion(ALICE), replace(STARTED, stage=Stage.COMPLETE)).items[0])
    first = undo(store, occasion(ALICE, key=f"undo:{seq}"), seq)
    before = audit(database_url)
    again = undo(store, occasion(ALICE, key=f"undo:{seq}"), seq)
    assert again.again
    assert seq_of(again.items[0]) == seq_of(first.items[0])
    with pytest.raises(NothingToUndo):
        undo(store, occasion(ALICE), seq)
    assert audit(database_url) == before


def test_a_note_is_taken_back_like_the_rest(store: Store, database_url: str) -> None:
    before = state(store)
    note(store, occasion(ALICE), NOTE)
    undo(store, occasion(ALICE))
    assert state(store) == before
    audit(database_url)


def test_an_undo_or_an_allowance_is_not_itself_taken_back(store: Store) -> None:
    noted = seq_of(note(store, occasion(ALICE), NOTE).items[0])
    allowed = seq_of(allow_quoting(store, occasion(ALICE), [noted]).items[0])
    undone = seq_of(undo(store, occasion(ALICE)).items[0])
    for seq in (allowed, undone):
        with pytest.raises(NothingToUndo):
            undo(store, occasion(ALICE), seq)


def test_ten_minutes_are_still_in_time_and_a_moment_more_is_not(store: Store, database_url: str) -> None:
    progress(store, occasion(ALICE), STARTED)
    before = audit(database_url)
    with pytest.raises(TooLateToUndo) as refusal:
        undo(store, occasion(ALICE, NOW + timedelta(minutes=10, microseconds=1)))
    assert refusal.value.recorded_at == NOW
    assert audit(database_url) == before
    undo(store, occasion(ALICE, NOW + timedelta(minutes=10)))
    assert state(store)[1] is Stage.NOT_STARTED


def test_somebody_elses_later_recording_is_not_lost_with_ours(store: Store, database_url: str) -> None:
    seq = seq_of(progress(store, occasion(ALICE), STARTED).items[0])
    progress(store, occasion(CORA), replace(STARTED, stage=Stage.BLOCKED, body=register.body(store, "kent")))
    before = audit(database_url)
    for chosen in (None, seq):
        with pytest.raises(ChangedSince) as refusal:
            undo(store, occasion(ALICE), chosen)
    assert (refusal.value.body_name, refusal.value.by) == ("Kent", "Cora Lane")
    assert audit(database_url) == before


def test_another_question_answered_meanwhile_does_not_stand_in_the_way(
    store: Store, database_url: str
) -> None:
    progress(store, occasion(ALICE), STARTED)
    respond(store, occasion(CORA), replace(DECLINE, body=register.body(store, "kent")))
    undo(store, occasion(ALICE))
    assert state(store)[:2] == (Answer.NOT_ACCEPTED, Stage.NOT_STARTED)
    audit(database_url)


def test_the_day_of_somebody_elses_note_stays_when_ours_is_taken_back(
    store: Store, database_url: str
) -> None:
    before_midnight = datetime(2025, 3, 10, 23, 58, tzinfo=UTC)
    progress(store, occasion(ALICE, before_midnight), STARTED)
    note(
        store,
        occasion(CORA, before_midnight + timedelta(minutes=4)),
        replace(NOTE, body=register.body(store, "kent")),
    )
    undo(store, occasion(ALICE, before_midnight + timedelta(minutes=6)))
    assert state(store)[1:] == (Stage.NOT_STARTED, date(2025, 3, 11))
    audit(database_url)


def test_only_whoever_recorded_it_can_take_it_back(store: Store, database_url: str) -> None:
    seq = seq_of(progress(store, occasion(ALICE), STARTED).items[0])
    before = audit(database_url)
    for who in (CORA, BOB, VIC):
        with pytest.raises(NotYours):
            undo(store, occasion(who), seq)
        with pytest.raises(NothingToUndo):
            undo(store, occasion(who))
    assert audit(database_url) == before


def test_after_a_revocation_nothing_is_taken_back(store: Store, database_url: str) -> None:
    seq = seq_of(progress(store, occasion(ALICE), STARTED).items[0])
    register.take(store, ALICE, Role.CONTACT, register.body(store, "kent").code)
    before = audit(database_url)
    for chosen in (None, seq):
        with pytest.raises(NotAContactOf):
            undo(store, occasion(ALICE), chosen)
    assert audit(database_url) == before


def test_the_loaded_example_is_nobodys_to_take_back(store: Store) -> None:
    loaded = standing(store).response_seq
    with pytest.raises(NotYours):
        undo(store, occasion(CORA), loaded)
    with pytest.raises(NothingToUndo):
        undo(store, occasion(ALICE))
    with pytest.raises(NothingToUndo):
        undo(store, occasion(ALICE), 999_999)


def test_what_a_coordinator_recorded_is_taken_back_on_behalf_too(store: Store, database_url: str) -> None:
    respond(store, occasion(CORA), replace(ACCEPT, body=register.body(store, "surrey")))
    assert undo(store, occasion(CORA)).on_behalf
    assert audit(database_url)[-1]["on_behalf"]


def test_recorded_once_more_after_an_undo_it_stands_again(store: Store, database_url: str) -> None:
    respond(store, occasion(ALICE), DECLINE)
    undo(store, occasion(ALICE))
    respond(store, occasion(ALICE), Respond(Answer.NOT_ACCEPTED, (R15,), reason="still no such service"))
    note(store, occasion(ALICE), Note(R16, text="and of 16"))
    assert state(store)[0] is Answer.NOT_ACCEPTED
    audit(database_url)
