"""What others report whom a recommendation is addressed to: kept with day and source, in no count."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.refusals.recording import TextRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NotYours, TooLateToUndo
from bot.domain.register.details import Details
from bot.domain.register.guard import MayIdentify
from bot.domain.register.party import NotACorrection, PartyReported, PartyStanding, ReportedAtWrongTime
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.messages.digest_contents import read as read_digest
from bot.operations.recording import party
from bot.operations.recording.undo import undo
from bot.operations.register.now import RegisterNow
from bot.operations.register.opening import register_on
from bot.operations.register.then import RegisterAt
from bot.rendering.blocks.messages import digest_message
from storage.chain import head
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, accountable_case, occasion
from tests.operations.digests import a_digest_was_sent
from tests.operations.register.test_two_sources import everything, lively
from tests.prove.trace import Typed, reply
from tests.storage.audit import audit

REF = Ref("stalking", "16")
MARCH = date(2025, 3, 1)
HALF = ReportOfParty(
    REF,
    "NPCC",
    MARCH,
    "half of the forces have",
    details=Details("https://a.uk/b", evidence_title="Progress"),
)


def reports(
    register: Register, command: ReportOfParty = HALF, who: PersonKey = CORA, key: str = ""
) -> PartyReported:
    return party.report(register.store, occasion(who, key=key), command)


def standing(register: Register, day: date | None = None, *, known: bool = False) -> PartyStanding:
    with register.store.reading() as connection:
        read = register_on(connection, NOW.date(), day, known=known)
        (stands,) = read.parties(read.find(REF))
        return stands


def test_it_is_kept_with_its_day_its_source_and_who_said_so(register: Register, database_url: str) -> None:
    result = reports(register)
    assert (result.standing.name, result.standing.reporter) == ("chief constables", "the NPCC")
    row = audit(database_url)[-1]
    assert (row["kind"], row["stands_from"], row["text"]) == ("party reported", "2025-03-01", HALF.text)
    assert (row["evidence_url"], row["evidence_title"]) == ("https://a.uk/b", "Progress")
    assert (row["body_code"], row["user_id"], row["quotable"]) == (None, CORA.user_id, True)
    assert standing(register).update


def test_the_same_request_again_writes_nothing(register: Register, database_url: str) -> None:
    first = reports(register, key="once")
    written = len(audit(database_url))
    again = reports(register, key="once")
    assert (again.seq, again.again) == (first.seq, True)
    assert len(audit(database_url)) == written


@pytest.mark.parametrize("who", [ALICE, BOB, VIC])
def test_only_a_coordinator_records_it(register: Register, who: PersonKey) -> None:
    with pytest.raises(NotACoordinator):
        reports(register, who=who)
    assert standing(register).update is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"text": ""}, TextRequired),
        ({"text": "ring her on 07700 900123"}, MayIdentify),
        ({"reported_by": "07700 900123"}, MayIdentify),
        ({"details": Details("https://a.uk", evidence_title="call 07700 900123")}, MayIdentify),
        ({"on": date(2025, 3, 11)}, ReportedAtWrongTime),
        ({"on": date(2024, 9, 26)}, ReportedAtWrongTime),
        ({"corrects": 1}, NotACorrection),
        ({"corrects": 999_999}, NotACorrection),
    ],
)
def test_what_cannot_be_so_is_refused(
    register: Register, database_url: str, changed: dict[str, object], refusal: type[Exception]
) -> None:
    before = len(audit(database_url))
    with pytest.raises(refusal):
        reports(register, replace(HALF, **changed))  # type: ignore[arg-type]
    assert len(audit(database_url)) == before


def test_whoever_recorded_it_takes_it_back_within_ten_minutes_and_nobody_else(register: Register) -> None:
    seq = reports(register).seq
    with pytest.raises(NotYours):
        undo(register.store, occasion(ALICE), seq)
    with pytest.raises(TooLateToUndo):
        undo(register.store, occasion(CORA, NOW + timedelta(minutes=11)), seq)
    result = undo(register.store, occasion(CORA, key="undo"), seq)
    assert isinstance(result, PartyReported)
    assert result.standing == PartyStanding("chief constables") == standing(register)
    again = undo(register.store, occasion(CORA, key="undo"), seq)
    assert isinstance(again, PartyReported)
    assert again.again


def test_a_later_one_corrects_it_and_both_stay(register: Register, database_url: str) -> None:
    wrong = reports(register, replace(HALF, on=date(2025, 3, 9))).seq
    reports(register, replace(HALF, text="most have", corrects=wrong))
    stands = standing(register).update
    assert stands is not None
    assert (stands.draft.text, stands.draft.stands_from) == ("most have", MARCH)
    texts = [row["text"] for row in audit(database_url)]
    assert texts[-2:] == ["half of the forces have", "most have"]


def test_as_at_a_day_counts_what_was_reported_by_then_and_as_known_at_what_had_been_recorded(
    register: Register,
) -> None:
    reports(register)
    assert standing(register, MARCH).update
    assert standing(register, MARCH, known=True).update is None
    assert standing(register, date(2025, 2, 28)).update is None
    assert standing(register, NOW.date(), known=True).update


@pytest.mark.parametrize("today", [NOW.date(), date(2025, 4, 8)], ids=["before the deadline", "after it"])
def test_no_count_of_bodies_has_it(register: Register, today: date) -> None:
    """Every answer of the register is the same with what two parties reported, and without."""

    def answers() -> list[dict[str, object]]:
        with register.store.reading() as connection:
            sources = (
                RegisterNow(connection, today),
                RegisterAt(connection, today),
                RegisterAt(connection, today, known=True),
            )
            return [everything(read, register) for read in sources]

    lively(register)
    before = answers()
    reports(register)
    reports(register, replace(HALF, recommendation=Ref("stalking", "25"), reported_by="chief constables"))
    assert answers() == before


def test_the_history_still_holds(database_url: str) -> None:
    register = accountable_case(database_url)
    reports(register)
    reports(register, replace(HALF, text="most have"))
    undo(register.store, occasion(CORA))
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()


def shown_changes(register: Register, typed: str = "changes", who: PersonKey = VIC) -> str:
    request = Typed(who, typed, NOW + timedelta(minutes=1), typed)
    return str(reply(register.services(), request).blocks)  # type: ignore[union-attr]


def digest_messages(register: Register, *, names_bodies: bool = True) -> str:
    with register.store.reading() as connection:
        contents = read_digest(connection, NOW.date(), *head(connection), names_bodies=names_bodies)
    return str(digest_message.messages(contents, "digest:T0HOME:2025-03-10T09:00"))


def test_what_changed_tells_it_with_its_words_and_beside_no_body(register: Register) -> None:
    reports(register)
    assert "1 report by others" in shown_changes(register)
    assert "stalking 16: the NPCC reported for chief constables on 1 Mar 2025" in shown_changes(register)
    assert HALF.text in shown_changes(register, "changes 16")
    assert HALF.text not in shown_changes(register, "changes kent")
    undo(register.store, occasion(CORA))
    assert "nothing has changed" in shown_changes(register).lower()


def test_a_digest_tells_who_reported_and_when_and_not_the_words(register: Register) -> None:
    reports(register)
    reports(register, replace(HALF, text="half of them, all told", corrects=_seq(register)), key="again")
    text = digest_messages(register)
    assert text.count("Chief constables: 16 reported by the NPCC on 1 Mar 2025") == 1
    assert "half of" not in text
    assert "1 report by others" in digest_messages(register, names_bodies=False)


def test_a_report_that_is_taken_back_in_a_later_period_is_told(register: Register) -> None:
    reports(register)
    a_digest_was_sent(register.store, through_seq=_seq(register), instant=NOW)
    assert "Chief constables" not in digest_messages(register)
    undo(register.store, occasion(CORA))
    assert "Chief constables: 16 report of 1 Mar 2025 taken back" in digest_messages(register)


def _seq(register: Register) -> int:
    with register.store.reading() as connection:
        return head(connection)[0]
