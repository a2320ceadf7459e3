"""Parts of a recommendation have states of their own, with a day, words and evidence."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Progress
from bot.domain.register.addressee import Addressee, BlockedOnWhat, ClosedByInspectorate, Stage
from bot.domain.register.guard import MayIdentify
from bot.domain.register.part_states import NoSuchPart, PartsOpen, states_of
from bot.operations.questions import status
from bot.operations.recording import undo
from bot.operations.register.opening import register_on
from handlers import recs
from storage import addressees
from storage.verify import Unbroken, verify
from tests.cast import ALICE, CORA, NOW, VIC, Register, accountable_case, occasion
from tests.storage.audit import audit

R15 = Ref(None, "15")


def kent(register: Register) -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, "stalking-15", register.body("kent").code)
    assert addressee
    return addressee


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("progress 15 part a in progress: text", "a"),
        ("started 15 kent part (a): text", "a"),
        ("complete 15 part A", "a"),
        ("progress 15 in progress: part a is the harder one", ""),
    ],
)
def test_which_part_is_meant_stands_before_the_text(register: Register, typed: str, part: str) -> None:
    command = register.read(typed)
    assert isinstance(command, Progress)
    assert (command.part, command.recommendations) == (part, (R15,))


def test_a_part_has_a_state_of_its_own_and_the_whole_keeps_its_own(
    register: Register, database_url: str
) -> None:
    register.says(ALICE, "progress 15 part a in progress: two services", NOW - timedelta(days=3))
    register.says(ALICE, "complete 15 part b evidence https://a.uk/b: shared", NOW - timedelta(days=1))
    stands = kent(register)
    assert stands.stage is Stage.NOT_STARTED
    assert states_of(stands) == {"a": Stage.IN_PROGRESS, "b": Stage.COMPLETE}
    shown = status.with_body(register.store, occasion(ALICE), R15, register.body("kent"))
    drafts = {label: update.draft for label, update in shown.parts.items()}
    assert {label: (draft.stands_from, draft.text) for label, draft in drafts.items()} == {
        "a": (date(2025, 3, 7), "two services"),
        "b": (date(2025, 3, 9), "shared"),
    }
    assert drafts["b"].evidence_url == "https://a.uk/b"
    withheld = status.with_body(register.store, occasion(VIC), R15, register.body("kent"))
    assert {update.draft.text for update in withheld.parts.values()} == {""}
    with register.store.reading() as connection:
        earlier = register_on(connection, NOW.date(), date(2025, 3, 8), known=False)
        before = earlier.with_body(earlier.find(R15), register.body("kent"))
    assert states_of(before) == {"a": Stage.IN_PROGRESS}
    audit(database_url)


def test_nothing_is_complete_while_a_part_that_is_a_duty_is_open_unless_it_is_said_why(
    database_url: str,
) -> None:
    register = accountable_case(database_url)
    with pytest.raises(PartsOpen) as refusal:
        register.says(ALICE, "complete 15")
    assert refusal.value.labels == ("a",)
    register.says(ALICE, "complete 15: the neighbours do it for us")
    register.says(ALICE, "undo")
    register.says(ALICE, "complete 15 part a: all there")
    register.says(ALICE, "complete 15")
    assert kent(register).stage is Stage.COMPLETE
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def test_a_part_is_taken_back_alone(register: Register) -> None:
    register.says(ALICE, "started 15 part a: begun", NOW - timedelta(days=1))
    seq = register.says(ALICE, "complete 15 part a: done")
    undo.undo(register.store, occasion(ALICE), seq)
    assert states_of(kent(register)) == {"a": Stage.IN_PROGRESS}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("complete 15 part z: all", NoSuchPart),
        ("blocked 15 part a", BlockedOnWhat),
        ("started 15 part a: ring her on 07700 900123", MayIdentify),
    ],
)
def test_what_cannot_be_recorded_of_a_part(register: Register, typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        register.says(ALICE, typed)
    assert states_of(kent(register)) == {}


def test_parts_of_what_the_inspectorate_has_closed_stay_as_they_are(register: Register) -> None:
    recs.ask(register.services(), occasion(CORA), "close 15 kent 3 Mar 2025: the letter")
    with pytest.raises(ClosedByInspectorate):
        register.says(ALICE, "started 15 part a: begun")
