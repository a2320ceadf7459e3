"""An addressee's marks follow whatever is recorded, taken back, decided, corrected and erased."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Extend, Note
from bot.domain.register.details import Details
from bot.domain.register.marks import Mark
from bot.domain.register.redaction import Ground
from bot.operations.recording import extend, quoting, redact
from bot.operations.recording.note import note
from bot.operations.recording.undo import undo
from bot.rendering.blocks.recording.redact import message_without
from storage import marks
from storage.verify import Unbroken, verify
from tests.cast import ALICE, CORA, NOW, Register, accountable_case, occasion
from tests.operations.recording.test_correct import MESSAGES, NEW_DATE, corrected
from tests.storage.audit import audit

R15 = Ref("stalking", "15")
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    assert isinstance(verify(made.store.database), Unbroken)
    audit(database_url)
    made.store.database.close()


def kents(register: Register) -> str:
    key = ("stalking-15", register.body("kent").code)
    with register.store.reading() as connection:
        return marks.kept(connection, [key])[key].marks


def links(register: Register, key: str) -> int:
    details = Details(evidence_url="https://example.org/minutes")
    recorded = note(register.store, occasion(ALICE, key=key), Note(R15, None, "the minutes", details=details))
    return recorded.items[0][2].seq


def asks(register: Register, day: date, key: str) -> int:
    command = Extend(R15, day, None, "the contract is late")
    return extend.extend(register.store, occasion(ALICE, key=key), command, MESSAGES).items[0][2].seq


def test_no_word_of_a_mark_stands_within_another() -> None:
    assert not [(mark, other) for mark in Mark for other in Mark if mark is not other and mark in other]


def test_evidence_marks_until_all_of_it_is_taken_back_or_erased(register: Register) -> None:
    links(register, "a")
    second = links(register, "b")
    assert kents(register) == "evidence, internal"
    undo(register.store, occasion(ALICE, LATER, key="c"), second)
    assert kents(register) == "evidence"
    undo(register.store, occasion(ALICE, LATER, key="d"))
    assert kents(register) == ""
    third = links(register, "e")
    assert kents(register) == "evidence, internal"
    redact.redact(register.store, occasion(CORA, key="f"), third, Ground.VICTIM, message_without)
    assert kents(register) == ""


def test_a_request_for_more_time_marks_until_it_is_decided_and_a_later_deadline_stays(
    register: Register,
) -> None:
    first = asks(register, date(2025, 4, 10), "a")
    assert kents(register) == "asks for time, internal"
    extend.refuse(register.store, occasion(CORA, key="b"), first, "no", MESSAGES)
    assert "asks for time" not in kents(register)
    second = asks(register, NEW_DATE, "c")
    extend.grant(register.store, occasion(CORA, key="d"), second, MESSAGES)
    assert kents(register) == "extended"


def test_what_the_report_states_may_come_to_be_the_day_that_a_body_was_given(register: Register) -> None:
    request = asks(register, NEW_DATE, "a")
    extend.grant(register.store, occasion(CORA, key="b"), request, MESSAGES)
    assert kents(register) == "extended"
    corrected(register.store, due_on=NEW_DATE + timedelta(days=1))
    assert kents(register) == "extended"
    corrected(register.store, LATER, due_on=NEW_DATE)
    assert kents(register) == ""


def test_leave_to_quote_the_latest_text_marks(register: Register) -> None:
    seq = register.says(ALICE, "note 15: we met the provider")
    assert kents(register) == "internal"
    quoting.allow_quoting(register.store, occasion(ALICE, LATER, key="a"), [seq])
    assert kents(register) == "quotable"
    quoting.stop_quoting(register.store, occasion(ALICE, LATER, key="b"), [seq])
    assert kents(register) == "internal"
