"""What a body records stands, counts and is told, once."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.questions.names import Body
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.addressees import BodyRequired, NotAContactOf, NotRecordable
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.refusals.recording import ReasonRequired, TextRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Addressee, Answer, BlockedOnWhat, Stage
from bot.domain.register.people import PersonKey, Request, Role
from bot.domain.values import replace
from bot.operations.recording.note import note
from bot.operations.recording.progress import progress
from bot.operations.recording.respond import respond
from bot.operations.request.writing import was_carried_out
from storage import addressees, recommendations, tallies
from storage.database import FOR_REQUESTS, Busy
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, HOME, NOW, VIC, occasion
from tests.storage import register
from tests.storage.audit import audit
from tests.storage.register import R15, R16, R25

ACCEPT = Respond(Answer.ACCEPTED, (R15,))
DECLINE = Respond(Answer.NOT_ACCEPTED, (R15,), reason="we have no such service")
PARTLY = Respond(Answer.ACCEPTED_IN_PART, (R15,), reason="all but the second part")
NOTE = Note(R15, text="we met the provider")
LATE_WORD = Progress(Stage.COMPLETE, (R15,), text="two ISACs at work")

Act = Callable[[Store, Request, Body | None], Recorded]
EVERY_RECORDING: dict[str, Act] = {
    "accept": lambda store, when, body: respond(store, when, replace(ACCEPT, body=body)),
    "partly": lambda store, when, body: respond(store, when, replace(PARTLY, body=body)),
    "decline": lambda store, when, body: respond(store, when, replace(DECLINE, body=body)),
    "progress": lambda store, when, body: progress(store, when, Progress(Stage.IN_PROGRESS, (R15,), body)),
    "blocked": lambda store, when, body: progress(
        store, when, Progress(Stage.BLOCKED, (R15,), body, "funding")
    ),
    "complete": lambda store, when, body: progress(store, when, replace(LATE_WORD, body=body)),
    "note": lambda store, when, body: note(store, when, replace(NOTE, body=body)),
}


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def standing(store: Store, slug: str = "kent", recommendation: str = "stalking-15") -> Addressee:
    with store.reading() as connection:
        addressee = addressees.get(connection, recommendation, register.body(store, slug).code)
    assert addressee is not None
    return addressee


@pytest.mark.parametrize("response", [ACCEPT, PARTLY, DECLINE], ids=lambda response: response.answer.value)
def test_a_response_stands_with_its_reason_its_author_and_its_day(
    store: Store, database_url: str, response: Respond
) -> None:
    recorded = respond(store, occasion(ALICE), response)
    stands = standing(store)
    assert (stands.answer, stands.stage) == (response.answer, Stage.NOT_STARTED)
    assert stands.moved_on == date(2025, 3, 10)
    assert stands.latest_update is not None
    assert (stands.latest_update.author_user, stands.latest_update.excerpt) == ("U0ALICE", response.reason)
    assert (recorded.body_name, recorded.on_behalf, recorded.again) == ("Kent", False, False)
    assert audit(database_url)[-1]["text"] == response.reason


@pytest.mark.parametrize("answer", [Answer.ACCEPTED_IN_PART, Answer.NOT_ACCEPTED])
def test_anything_short_of_acceptance_needs_a_reason(store: Store, database_url: str, answer: Answer) -> None:
    before = audit(database_url)
    with pytest.raises(ReasonRequired):
        respond(store, occasion(ALICE), Respond(answer, (R15,), reason="  "))
    assert audit(database_url) == before


@pytest.mark.parametrize("stage", [Stage.IN_PROGRESS, Stage.BLOCKED, Stage.COMPLETE, Stage.NOT_STARTED])
def test_progress_leaves_the_response_as_it_is(store: Store, database_url: str, stage: Stage) -> None:
    progress(store, occasion(ALICE), Progress(stage, (R15,), text="two ISACs start in April"))
    stands = standing(store)
    assert (stands.answer, stands.stage) == (Answer.ACCEPTED, stage)
    assert audit(database_url)[-1]["kind"] == "progress"


def test_blocked_needs_to_say_on_what(store: Store) -> None:
    with pytest.raises(BlockedOnWhat):
        progress(store, occasion(ALICE), Progress(Stage.BLOCKED, (R15,)))
    assert standing(store).stage is Stage.NOT_STARTED


def test_a_note_changes_nothing_but_what_was_heard_last(store: Store, database_url: str) -> None:
    before = standing(store)
    note(store, occasion(ALICE), NOTE)
    after = standing(store)
    assert (after.answer, after.stage, after.response_seq) == (
        before.answer,
        before.stage,
        before.response_seq,
    )
    assert after.latest_update is not None
    assert after.latest_update.excerpt == NOTE.text
    assert len(audit(database_url)) == after.latest_update.seq


def test_a_note_needs_a_text(store: Store) -> None:
    with pytest.raises(TextRequired):
        note(store, occasion(ALICE), Note(R15))


def test_several_recommendations_are_recorded_all_or_none(store: Store, database_url: str) -> None:
    before = len(audit(database_url))
    recorded = respond(store, occasion(ALICE), replace(DECLINE, recommendations=(R15, R16, R25, R15)))
    assert [recommendation.number for recommendation, _, _ in recorded.items] == ["15", "16", "25"]
    assert len(audit(database_url)) == before + 3
    with pytest.raises(UnknownRecommendation):
        respond(store, occasion(ALICE), replace(ACCEPT, recommendations=(R15, Ref(None, "99"))))
    with pytest.raises(NotRecordable):
        respond(store, occasion(ALICE), replace(ACCEPT, recommendations=(R15, Ref(None, "27"))))
    assert len(audit(database_url)) == before + 3


def test_the_counts_follow_every_recording(store: Store, database_url: str) -> None:
    respond(store, occasion(ALICE), DECLINE)
    progress(store, occasion(BOB), LATE_WORD)
    with store.reading() as connection:
        tally = tallies.of(connection, ["stalking-15"])["stalking-15"]
        (due,) = (due for due in tallies.due(connection) if due.recommendation_id == "stalking-15")
        (recommendation,) = recommendations.with_number(connection, "15")
    assert (tally.accepted, tally.responded, tally.done, tally.addressed) == (42, 43, 1, 43)
    assert (due.owed, due.addressed, due.deadline) == (41, 43, recommendation.due_on)
    audit(database_url)


def test_the_same_request_again_writes_nothing_and_gets_the_same_answer(
    store: Store, database_url: str
) -> None:
    request = replace(PARTLY, recommendations=(R15, R16))
    first = respond(store, occasion(ALICE, key="once"), request)
    before = audit(database_url)
    again = respond(store, occasion(ALICE, NOW + timedelta(minutes=2), key="once"), request)
    assert audit(database_url) == before
    assert again.again
    assert [seq_of(item) for item in again.items] == [seq_of(item) for item in first.items]
    assert (again.body_name, again.on_behalf) == (first.body_name, first.on_behalf)
    assert was_carried_out(store, occasion(ALICE, key="once"))
    assert not was_carried_out(store, occasion(ALICE, key="another"))


def test_the_same_request_from_eight_hands_at_once_is_recorded_once(store: Store, database_url: str) -> None:
    before = len(audit(database_url))
    answers: list[Recorded] = []

    def ask() -> None:
        answers.append(
            respond(store, occasion(ALICE, key="once"), replace(ACCEPT, recommendations=(R15, R16)))
        )

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(audit(database_url)) == before + 2
    assert [answer.again for answer in answers].count(False) == 1
    assert {tuple(map(seq_of, answer.items)) for answer in answers} == {(before + 1, before + 2)}


def seq_of(item: tuple[object, object, object]) -> int:
    seq = getattr(item[2], "seq", None)
    assert isinstance(seq, int)
    return seq


@pytest.mark.parametrize("verb", EVERY_RECORDING)
def test_who_may_record_for_whom(sqlite_url: str, verb: str) -> None:
    act = EVERY_RECORDING[verb]
    with register.with_contacts(sqlite_url) as store:
        kent, surrey = register.body(store, "kent"), register.body(store, "surrey")
        guest = PersonKey(HOME, "U0GUS")
        register.enter(store, guest, "Gus Reed", "essex")
        register.give(store, guest, Role.COORDINATOR)

        allowed = (
            (ALICE, kent, "Kent", False),
            (ALICE, None, "Kent", False),
            (CORA, kent, "Kent", True),
            (CORA, surrey, "Surrey", True),
            (guest, kent, "Kent", True),
            (guest, register.body(store, "essex"), "Essex", False),
        )
        for who, named, recorded_for, on_behalf in allowed:
            recorded = act(store, occasion(who), named)
            assert (recorded.body_name, recorded.on_behalf) == (recorded_for, on_behalf)
        before = audit(sqlite_url)
        assert [row["on_behalf"] for row in before[-len(allowed) :]] == [case[3] for case in allowed]

        refused: tuple[tuple[PersonKey, Body | None, type[Refusal]], ...] = (
            (ALICE, surrey, NotAContactOf),
            (BOB, kent, NotAContactOf),
            (VIC, kent, NotAContactOf),
            (VIC, None, NotAContactOf),
            (CORA, None, BodyRequired),
            (guest, None, BodyRequired),
        )
        for who, named, why in refused:
            with pytest.raises(why):
                act(store, occasion(who), named)
        assert audit(sqlite_url) == before


def test_a_contact_of_several_bodies_must_name_one(store: Store) -> None:
    register.give(store, ALICE, Role.CONTACT, register.body(store, "essex").code)
    with pytest.raises(BodyRequired) as refusal:
        respond(store, occasion(ALICE), ACCEPT)
    assert refusal.value.options == ("Essex", "Kent")
    assert (
        respond(store, occasion(ALICE), replace(ACCEPT, body=register.body(store, "essex"))).body_name
        == "Essex"
    )


def test_a_right_taken_back_is_gone_at_once(store: Store, database_url: str) -> None:
    respond(store, occasion(ALICE), ACCEPT)
    register.take(store, ALICE, Role.CONTACT, register.body(store, "kent").code)
    before = audit(database_url)
    for act in EVERY_RECORDING.values():
        for named in (None, register.body(store, "kent")):
            with pytest.raises(NotAContactOf):
                act(store, occasion(ALICE), named)
    assert audit(database_url) == before


def test_while_the_store_is_held_a_recording_is_busy_and_leaves_nothing(database_url: str) -> None:
    with register.with_contacts(database_url), register.empty(database_url, IMPATIENT) as store:
        before = audit(database_url)
        with register.held_by_another(store), pytest.raises(Busy):
            respond(store, occasion(ALICE, key="once"), ACCEPT)
        assert audit(database_url) == before
        assert not respond(store, occasion(ALICE, key="once"), ACCEPT).again


IMPATIENT = replace(FOR_REQUESTS, lock=0.2)
