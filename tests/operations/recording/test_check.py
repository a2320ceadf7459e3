"""Second look: what a body calls complete, what the association has checked, and what it reopens."""

from typing import Any

import pytest

from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.typed_recordings import Check, Reopen
from bot.domain.refusals.addressees import BodyRequired
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import ChangedSince
from bot.domain.register.addressee import Addressee, Duty, NotComplete, NothingToReopen, Stage
from bot.domain.register.people import Membership, PersonKey
from bot.domain.register.reopening import Reopening
from bot.domain.register.update import Change, UpdateKind
from bot.operations.messages import digest_contents
from bot.operations.questions import changes, standing
from bot.operations.recording import check, reopen, undo
from storage import addressees, chain, deliveries, people
from tests.cast import ALICE, CORA, NOW, VIC, Register, occasion, person
from tests.storage.audit import audit


def kent(register: Register) -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, "stalking-15", register.body("kent").code)
    assert addressee
    return addressee


def checks(register: Register, who: PersonKey, typed: str = "check 15 kent", key: str = "") -> int:
    request = register.read(typed)
    assert isinstance(request, Check)
    return check.check(register.store, occasion(who, key=key), request).items[0][2].seq


def reopens(register: Register, who: PersonKey, typed: str = "reopen 15 kent: it has lapsed") -> int:
    request = register.read(typed)
    assert isinstance(request, Reopen)
    return reopen.reopen(register.store, occasion(who), request, message).items[0][2].seq


def message(reopening: Reopening, key: str) -> dict[str, Any]:
    return {
        "text": (
            f"{reopening.recommendation.title}, {reopening.body_name}: {reopening.reason} ({reopening.by})"
        ),
        "key": key,
    }


def texts_of(register: Register) -> dict[str, str]:
    with register.store.reading() as connection:
        open_ = deliveries.outbox(connection).open
    return {delivery.channel: delivery.payload["text"] for delivery in open_ if delivery.payload}


def test_complete_is_the_bodys_own_word_until_a_coordinator_has_checked(
    register: Register, database_url: str
) -> None:
    register.says(ALICE, "complete 15: all of it")
    assert kent(register).stage is Stage.COMPLETE
    seq = checks(register, CORA)
    assert kent(register).stage is Stage.CHECKED
    assert not kent(register).owes(Duty.ACTION)
    body_overview = standing.body(register.store, occasion(VIC), register.body("kent"), 1)
    assert (body_overview.sums.done, body_overview.sums.checked) == (1, 1)
    row = audit(database_url)[-1]
    assert (row["seq"], row["kind"], row["on_behalf"]) == (seq, "check", False)


def test_only_what_is_called_complete_can_be_checked_and_only_once(register: Register) -> None:
    with pytest.raises(NotComplete):
        checks(register, CORA)
    register.says(ALICE, "complete 15: all of it")
    first = checks(register, CORA, key="once")
    assert checks(register, CORA, key="once") == first
    with pytest.raises(NotComplete):
        checks(register, CORA)


@pytest.mark.parametrize("who", [ALICE, VIC])
def test_contacts_and_viewers_neither_check_nor_reopen(register: Register, who: PersonKey) -> None:
    register.says(ALICE, "complete 15: all of it")
    with pytest.raises(NotACoordinator):
        checks(register, who)
    with pytest.raises(NotACoordinator):
        reopens(register, who)
    assert kent(register).stage is Stage.COMPLETE


def test_a_coordinator_says_which_body(register: Register) -> None:
    with pytest.raises(BodyRequired):
        checks(register, CORA, "check 15")


def test_what_is_reopened_is_owed_again_and_the_contacts_are_told(
    register: Register, database_url: str
) -> None:
    register.says(ALICE, "complete 15: all of it")
    checks(register, CORA)
    reopens(register, CORA)
    assert kent(register).stage is Stage.IN_PROGRESS
    assert kent(register).owes(Duty.ACTION)
    assert texts_of(register) == {"U0ALICE": "stalking 15, Kent: it has lapsed (Cora Lane)"}
    assert audit(database_url)[-1]["kind"] == "reopening"


def test_a_contact_who_has_left_is_told_nothing(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    with register.store.begin() as connection:
        people.remember(connection, person(ALICE, Membership.DEACTIVATED))
    reopens(register, CORA)
    assert texts_of(register) == {}


def test_reopening_needs_a_reason_and_something_complete(register: Register) -> None:
    with pytest.raises(NothingToReopen):
        reopens(register, CORA)
    register.says(ALICE, "complete 15: all of it")
    with pytest.raises(ReasonRequired):
        reopens(register, CORA, "reopen 15 kent")
    assert kent(register).stage is Stage.COMPLETE


def test_a_check_and_a_reopening_can_be_taken_back(register: Register, database_url: str) -> None:
    register.says(ALICE, "complete 15: all of it")
    checks(register, CORA)
    undo.undo(register.store, occasion(CORA))
    assert kent(register).stage is Stage.COMPLETE
    reopens(register, CORA)
    undo.undo(register.store, occasion(CORA))
    assert kent(register).stage is Stage.COMPLETE
    audit(database_url)


def test_a_body_cannot_take_back_what_has_been_checked_since(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    checks(register, CORA)
    with pytest.raises(ChangedSince) as refused:
        undo.undo(register.store, occasion(ALICE))
    assert refused.value.by == "Cora Lane"
    assert kent(register).stage is Stage.CHECKED


def test_checks_and_reopenings_are_changes_and_stand_in_the_digest(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    checks(register, CORA)
    reopens(register, CORA)
    change_list = changes.changes(register.store, occasion(VIC), typed_commands.Changes())
    (change,) = change_list.changes
    assert (change.update.draft.kind, change.values) == (
        UpdateKind.REOPEN,
        (Change("stage", "not started", "in progress"),),
    )
    with register.store.reading() as connection:
        seq, anchor = chain.head(connection)
        moved = digest_contents.read(connection, NOW.date(), seq, anchor, names_bodies=True).moved
    assert [(move.values, move.reopened) for move in moved] == [(change.values, True)]
