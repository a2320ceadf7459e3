"""A body says when it expects to be done: seen before it is late, and counted where the day moves."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_recordings import Expect
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import Addressee
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.messages import digest_contents
from bot.operations.questions import answering
from bot.operations.recording import expect, undo
from bot.operations.request.name_book import read_names
from handlers import recs
from storage import addressees, chain
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, accountable_case, occasion
from tests.storage.audit import audit

JUNE = date(2025, 6, 30)


def kent(register: Register) -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, "stalking-15", register.body("kent").code)
    assert addressee
    return addressee


def expects(register: Register, who: PersonKey, typed: str, days_ago: int = 0, key: str = "") -> int:
    command = register.read(typed)
    assert isinstance(command, Expect)
    request = occasion(who, NOW - timedelta(days=days_ago), key=key)
    return expect.expect(register.store, request, command).items[0][2].seq


def held(register: Register, typed: str) -> list[str]:
    with register.store.reading() as connection:
        question = read_question(typed, read_names(connection), NOW.date())
    measure = answering.answer(register.store, occasion(VIC), question).measures[0]
    return [share.name for share in measure.holding]


def test_it_is_seen_who_expects_to_be_late_before_they_are(register: Register, database_url: str) -> None:
    expects(register, ALICE, "expect 15 30 Jun: the provider starts in April", days_ago=2)
    expects(register, CORA, "expect 15 surrey 20 Mar")
    assert (kent(register).expects, kent(register).is_expected_late) == (JUNE, True)
    assert held(register, "15 expected late") == ["Kent"]
    assert held(register, "expected late") == ["Kent"]
    assert held(register, "15 expected late as at 8 Mar 2025") == ["Kent"]
    assert held(register, "15 expected late as at 7 Mar 2025") == []
    register.says(ALICE, "complete 15: all of it")
    assert held(register, "15 expected late") == []
    assert held(register, "15 expected late as at 9 Mar 2025") == ["Kent"]
    audit(database_url)


def test_who_moved_a_date_twice_is_listed(register: Register) -> None:
    for day, days_ago in (("20 Mar", 4), ("30 Apr", 3), ("30 May", 2)):
        expects(register, ALICE, f"expect 15 {day}: no provider", days_ago=days_ago)
    for day in ("30 Apr", "30 May"):
        recs.ask(register.services(), occasion(CORA), f"extend 15 surrey {day}: agreed")
    expects(register, BOB, "expect 25 30 Apr: no provider")
    assert held(register, "moved twice") == ["Kent", "Surrey"]
    assert held(register, "moved twice as at 10 Mar 2025") == ["Kent", "Surrey"]
    assert held(register, "moved twice as at 8 Mar 2025") == ["Kent"]
    assert (kent(register).expectation_moves, kent(register).slips) == (2, 0)


def test_a_day_taken_back_gives_the_one_before(database_url: str) -> None:
    register = accountable_case(database_url)
    expects(register, ALICE, "expect 15 20 Mar", days_ago=1)
    seq = expects(register, ALICE, "expect 15 30 Jun: no provider")
    undo.undo(register.store, occasion(ALICE), seq)
    assert (kent(register).expected_on, kent(register).expectation_moves) == (date(2025, 3, 20), 0)
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def test_the_same_request_again_writes_nothing(register: Register) -> None:
    seq = expects(register, ALICE, "expect 15 30 Jun: no provider", key="trigger")
    assert expects(register, ALICE, "expect 15 30 Jun: no provider", key="trigger") == seq


@pytest.mark.parametrize(
    ("who", "typed", "refusal"),
    [
        (VIC, "expect 15 kent 30 Jun: no provider", NotAContactOf),
        (BOB, "expect 15 kent 30 Jun: no provider", NotAContactOf),
        (ALICE, "expect 15 30 Jun", ReasonRequired),
        (ALICE, "expect 15 30 Jun: victim Jane Doe moved away", MayIdentify),
    ],
)
def test_who_may_not_and_what_is_missing(
    register: Register, who: PersonKey, typed: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        expects(register, who, typed)
    assert kent(register).expected_on is None


def test_the_digest_says_it_until_it_says_the_same_as_before(register: Register) -> None:
    expects(register, ALICE, "expect 15 16 30 Jun: no provider")
    with register.store.reading() as connection:
        seq, anchor = chain.head(connection)
        digest = digest_contents.read(connection, NOW.date(), seq, anchor, names_bodies=True)
    assert [(group.recommendation.number, group.bodies) for group in digest.expected_late] == [
        ("15", (("Kent", JUNE),)),
        ("16", (("Kent", JUNE),)),
    ]
    assert "expected late" in digest.after(digest.fingerprints()).unchanged
    later = replace(digest, expected_late=digest.expected_late[:1])
    assert "expected late" not in later.after(digest.fingerprints()).unchanged
