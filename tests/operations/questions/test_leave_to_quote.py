"""Leave to quote a text is asked once, of the body's contacts, and stands in the history."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.messages.home import HomePlace, Topic, UnquotedText
from bot.domain.questions.answers import UpdateView
from bot.domain.refusals.people import NoContact
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NothingToQuote
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.questions.home import home
from bot.operations.questions.leave_to_quote import ask
from bot.operations.recording.quoting import allow_quoting
from bot.operations.request.schedule_plan import NO_DIGEST
from storage import deliveries, people
from tests.cast import ALICE, BOB, CORA, ED, GUS, NOW, VIC, Register, occasion, person
from tests.storage.audit import audit


def message(view: UpdateView, key: str) -> dict[str, Any]:
    return {"text": f"{view.body_name}: {view.update.draft.text}", "key": key}


def sent(register: Register) -> dict[str, str]:
    """What waits to be sent, by whom it is for."""
    with register.store.reading() as connection:
        return {
            delivery.channel: delivery.payload["text"]
            for delivery in deliveries.outbox(connection).open
            if delivery.payload
        }


def waiting(register: Register, instant: datetime = NOW, page: int = 1) -> tuple[UnquotedText, ...]:
    shown = home(register.store, occasion(CORA, instant), HomePlace(Topic.TEXTS, page), NO_DIGEST)
    assert shown.coordinator is not None
    return shown.coordinator.texts


def test_a_bodys_contacts_are_asked_once_however_often_a_coordinator_clicks(
    register: Register, database_url: str
) -> None:
    with register.store.begin() as connection:
        people.grant(connection, GUS, Role.CONTACT, register.body("kent").code, NOW, ContactKind.DEPUTY)
        people.grant(connection, VIC, Role.COORDINATOR, "", NOW)
    seq = register.says(ALICE, "note 15: two ISACs")
    for who in (CORA, CORA, VIC):
        ask(register.store, occasion(who), seq, message)
    assert sent(register) == {"U0ALICE": "Kent: two ISACs", "U0GUS": "Kent: two ISACs"}
    (update,) = [row for row in audit(database_url) if row["kind"] == "quoting asked for"]
    assert (update["about_seq"], update["user_id"], update["text"]) == (seq, "U0CORA", "")


def test_a_text_waits_until_there_is_leave_and_shows_that_it_was_asked_for(register: Register) -> None:
    first = register.says(ALICE, "note 15: two ISACs")
    second = register.says(BOB, "progress 15 blocked: no provider", NOW + timedelta(minutes=1))
    register.says(BOB, "accept 16", NOW + timedelta(minutes=2))
    assert [waiting_text.view.update.seq for waiting_text in waiting(register)] == [second, first]
    asked_at = NOW + timedelta(minutes=3)
    ask(register.store, occasion(CORA, asked_at), first, message)
    assert [waiting_text.asked_at for waiting_text in waiting(register)] == [None, asked_at]
    allow_quoting(register.store, occasion(ALICE), [first])
    assert [waiting_text.view.update.seq for waiting_text in waiting(register)] == [second]
    register.says(BOB, "undo", NOW + timedelta(minutes=4))
    register.says(BOB, "undo", NOW + timedelta(minutes=4))
    assert waiting(register) == ()


def test_texts_are_shown_five_at_a_time(register: Register) -> None:
    seqs = [register.says(ALICE, f"note 15: {number}") for number in range(7)]
    assert [waiting_text.view.update.seq for waiting_text in waiting(register)] == seqs[:1:-1]
    assert [waiting_text.view.update.seq for waiting_text in waiting(register, page=2)] == seqs[1::-1]


def test_nobody_is_asked_for_what_there_is_not(register: Register) -> None:
    without_text = register.says(ALICE, "accept 15")
    register.says(ED, "note 15: taken back")
    taken_back = register.says(ED, "undo") - 1
    for seq in (without_text, taken_back, 100_000):
        with pytest.raises(NothingToQuote):
            ask(register.store, occasion(CORA), seq, message)
    text = register.says(ALICE, "note 15: two ISACs")
    with register.store.begin() as connection:
        people.remember(connection, person(ALICE, Membership.DEACTIVATED))
    with pytest.raises(NoContact):
        ask(register.store, occasion(CORA), text, message)
    assert sent(register) == {}


@pytest.mark.parametrize("who", [ALICE, BOB, VIC], ids=lambda who: who.user_id)
def test_only_coordinators_ask(register: Register, who: PersonKey) -> None:
    seq = register.says(ALICE, "note 15: two ISACs")
    with pytest.raises(NotACoordinator):
        ask(register.store, occasion(who), seq, message)
    assert sent(register) == {}
