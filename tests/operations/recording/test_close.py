"""The inspectorate closes a recommendation: told apart from what the body and the association say."""

from datetime import date
from typing import Any

import pytest

from bot.domain.questions.grammar.typed_recordings import Close, Reopen
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import Addressee, ClosedByInspectorate, Stage
from bot.domain.register.details import GivenInFuture, GivenTooEarly
from bot.domain.register.people import PersonKey
from bot.operations.messages import digest_contents
from bot.operations.questions import answering
from bot.operations.recording import close, reopen, undo
from bot.operations.request.name_book import read_names
from storage import addressees, chain
from storage.verify import Unbroken, verify
from tests.cast import ALICE, CORA, NOW, VIC, Register, accountable_case, occasion
from tests.storage.audit import audit

CLOSED_ON = date(2025, 3, 3)


def kent(register: Register, recommendation_id: str = "stalking-15") -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, recommendation_id, register.body("kent").code)
    assert addressee
    return addressee


def closes(register: Register, typed: str, who: PersonKey = CORA, key: str = "") -> int:
    command = register.read(typed)
    assert isinstance(command, Close)
    return close.close(register.store, occasion(who, key=key), command).items[0][2].seq


def reopens(register: Register, typed: str) -> int:
    command = register.read(typed)
    assert isinstance(command, Reopen)

    def message(_reopening: object, key: str) -> dict[str, Any]:
        return {"text": "reopened", "key": key}

    return reopen.reopen(register.store, occasion(CORA), command, message).items[0][2].seq


def held(register: Register, typed: str) -> list[str]:
    with register.store.reading() as connection:
        question = read_question(typed, read_names(connection), NOW.date())
    measure = answering.answer(register.store, occasion(VIC), question).measures[0]
    return [share.name for share in measure.holding]


def test_it_stands_from_the_day_of_the_closing_with_its_level(register: Register, database_url: str) -> None:
    closes(register, "close 15 kent 3 Mar 2025 level 2: the IOPC's letter")
    stands = kent(register)
    assert (stands.stage, stands.closed_on, stands.closing_level) == (Stage.CLOSED, CLOSED_ON, "2")
    assert held(register, "closed") == held(register, "15 complete") == ["Kent"]
    assert held(register, "closed as at 3 Mar 2025") == ["Kent"]
    assert held(register, "closed as at 2 Mar 2025") == []
    assert held(register, "closed as known at 9 Mar 2025") == []
    assert "Kent" not in held(register, "15 checked")
    assert "Kent" not in held(register, "15 not closed")
    audit(database_url)


def test_no_progress_of_the_body_opens_it_again_and_a_coordinator_does(database_url: str) -> None:
    register = accountable_case(database_url)
    seq = closes(register, "close 15 kent 3 Mar 2025: the IOPC's letter")
    with pytest.raises(ClosedByInspectorate):
        register.says(ALICE, "progress 15 in progress: begun")
    with pytest.raises(ClosedByInspectorate):
        closes(register, "close 15 kent 4 Mar 2025: again")
    register.says(ALICE, "note 15: we are glad")
    reopened = reopens(register, "reopen 15 kent: it was another force")
    assert (kent(register).stage, kent(register).closed_on) == (Stage.IN_PROGRESS, None)
    undo.undo(register.store, occasion(CORA), reopened)
    assert (kent(register).stage, kent(register).closed_on) == (Stage.CLOSED, CLOSED_ON)
    undo.undo(register.store, occasion(CORA), seq)
    assert (kent(register).stage, kent(register).closed_on) == (Stage.NOT_STARTED, None)
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def test_the_same_request_again_writes_nothing(register: Register) -> None:
    seq = closes(register, "close 15 16 kent 3 Mar 2025: the IOPC's letter", key="trigger")
    assert closes(register, "close 15 16 kent 3 Mar 2025: the IOPC's letter", key="trigger") == seq


@pytest.mark.parametrize(
    ("who", "typed", "refusal"),
    [
        (ALICE, "close 15 kent 3 Mar 2025: the letter", NotACoordinator),
        (CORA, "close 15 kent 3 Mar 2025", ReasonRequired),
        (CORA, "close 15 kent 11 Mar 2025: the letter", GivenInFuture),
        (CORA, "close 15 kent 3 Mar 2024: the letter", GivenTooEarly),
    ],
)
def test_who_may_not_and_what_is_missing(
    register: Register, who: PersonKey, typed: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        closes(register, typed, who)
    assert kent(register).stage is Stage.NOT_STARTED


def test_a_digest_tells_by_whom_a_report_is_finished(register: Register) -> None:
    closes(register, "close 15 16 25 kent 3 Mar 2025: the IOPC's letter")
    register.says(ALICE, "note 15: thanks")
    with register.store.reading() as connection:
        seq, anchor = chain.head(connection)
        digest = digest_contents.read(connection, NOW.date(), seq, anchor, names_bodies=True)
    counts = digest.reports[0].counts
    assert (counts.complete, counts.checked, counts.closed) == (1, 0, 1)
