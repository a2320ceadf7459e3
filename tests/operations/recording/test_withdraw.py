"""The end of a recommendation: looked at first, then gone from all that is owed, and still to be found."""

import pytest

from bot.domain.questions.grammar import typed_commands, typed_recordings
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.questions.model import Question, Scope, Shape
from bot.domain.refusals.addressees import RecommendationEnded
from bot.domain.refusals.commands import Ended, HasEnded, UnknownRecommendation
from bot.domain.refusals.recording import NoSuccessor, ReasonRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import Duty
from bot.domain.register.ending import Ending
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.redaction import Ground
from bot.operations.questions import history, status
from bot.operations.recording import note, redact, withdraw
from bot.operations.request import resolve
from storage import addressees, chain, duties, recommendations, tallies
from tests.cast import ALICE, CORA, TODAY, VIC, Register, occasion
from tests.storage.audit import audit


def command(register: Register, typed: str) -> Withdraw:
    read = register.read(typed)
    assert isinstance(read, Withdraw)
    return read


def ends(register: Register, typed: str, who: PersonKey = CORA, key: str = "") -> Ending:
    return withdraw.withdraw(register.store, occasion(who, key=key), command(register, typed))


def test_a_look_tells_what_it_would_change_and_changes_nothing(register: Register, database_url: str) -> None:
    register.says(ALICE, "complete 15: all of it")
    before = len(audit(database_url))
    ending = withdraw.look(register.store, occasion(CORA), command(register, "withdraw 15: closed"))
    assert (ending.addressed, ending.owing, ending.undecided, ending.done) == (43, 42, 0, False)
    assert len(audit(database_url)) == before


def test_a_number_that_has_ended_says_so_and_is_still_shown_by_its_reports_name(register: Register) -> None:
    ends(register, "withdraw 16 anyway: the inspectorate has closed it")
    for typed in ("16", "accept 16", "16 kent"):
        with pytest.raises(HasEnded) as refusal:
            finding_of(register, typed)
        assert refusal.value.ended == (
            Ended("stalking 16", "withdrawn", TODAY, "Cora Lane", "the inspectorate has closed it"),
        )
    standing = status.recommendation(register.store, occasion(VIC), Ref("stalking", "16"))
    assert not standing.recommendation.live


def test_what_was_erased_is_not_told_of_what_has_ended(register: Register) -> None:
    ends(register, "withdraw 16 superseded by stalking 25 anyway: it names Mrs Q.")
    with register.store.reading() as connection:
        seq, _ = chain.head(connection)
    redact.redact(register.store, occasion(CORA), seq, Ground.VICTIM, lambda *_: {})
    with pytest.raises(HasEnded) as refusal:
        finding_of(register, "16")
    assert refusal.value.ended == (Ended("stalking 16", "superseded by stalking 25", TODAY, "Cora Lane", ""),)


def finding_of(register: Register, typed: str) -> None:
    """What the request's number finds."""
    with register.store.reading() as connection:
        request = register.read(typed)
        assert isinstance(request, typed_commands.Status | typed_recordings.Respond)
        resolve.recommendation(connection, request.recommendations[0])


def test_what_has_ended_is_owed_by_nobody_and_leaves_lists_and_counts(
    register: Register, database_url: str
) -> None:
    ending = ends(register, "withdraw 15 anyway: the inspectorate has closed it")
    assert ending.recommendation.status is RecommendationStatus.WITHDRAWN
    with register.store.reading() as connection:
        assert "stalking-15" not in [
            recommendation.id for recommendation in recommendations.live(connection, limit=50)
        ]
        assert "stalking-15" not in [due.recommendation_id for due in tallies.due(connection)]
        for duty in Duty:
            owing = duties.owing(connection, duty)
            assert "stalking-15" not in {addressee.recommendation_id for addressee in owing}
        for addressee in addressees.of_recommendation(connection, "stalking-15"):
            assert not addressee.live
            assert not any(map(addressee.owes, Duty))
    row = audit(database_url)[-1]
    assert (row["kind"], row["recommendation_id"], row["text"]) == (
        "recommendation ended",
        "stalking-15",
        "the inspectorate has closed it",
    )


def test_it_is_still_found_by_its_report_with_what_was_answered(register: Register) -> None:
    ends(register, "withdraw 15 anyway: closed")
    with pytest.raises(HasEnded):
        status.recommendation(register.store, occasion(VIC), Ref(None, "15"))
    standing = status.recommendation(register.store, occasion(VIC), Ref("stalking", "15"))
    assert not standing.recommendation.live
    assert standing.tally.accepted == 43
    history_of_fifteen = history.history(
        register.store, occasion(VIC), Question(Scope((Ref("stalking", "15"),)), shape=Shape.HISTORY)
    )
    assert history_of_fifteen.updates[0].update.draft.text == "closed"


def test_nothing_more_is_recorded_for_it(register: Register) -> None:
    ends(register, "withdraw 15 anyway: closed")
    with pytest.raises(RecommendationEnded):
        note.note(
            register.store, occasion(ALICE), typed_recordings.Note(Ref("stalking", "15"), text="too late")
        )


def test_it_can_be_superseded_by_another(register: Register) -> None:
    ending = ends(register, "withdraw 15 superseded by 16 anyway: reworded")
    assert ending.recommendation.status is RecommendationStatus.SUPERSEDED
    assert ending.recommendation.superseded_by == "stalking-16"
    assert ending.superseded_by
    assert ending.superseded_by.title == "stalking 16"


def test_the_same_request_again_gets_the_same_answer(register: Register, database_url: str) -> None:
    first = ends(register, "withdraw 15 anyway: closed", key="once")
    assert ends(register, "withdraw 15 anyway: closed", key="once") == first
    assert [row["kind"] for row in audit(database_url)].count("recommendation ended") == 1


@pytest.mark.parametrize(
    ("who", "typed", "refusal"),
    [
        (ALICE, "withdraw 15 anyway: closed", NotACoordinator),
        (VIC, "withdraw 15 anyway: closed", NotACoordinator),
        (CORA, "withdraw 15 anyway", ReasonRequired),
        (CORA, "withdraw 15 superseded by stalking 15 anyway: closed", NoSuccessor),
        (CORA, "withdraw 99 anyway: closed", UnknownRecommendation),
    ],
)
def test_what_may_not_be_ended_stays(
    register: Register, database_url: str, who: PersonKey, typed: str, refusal: type[Exception]
) -> None:
    before = len(audit(database_url))
    with pytest.raises(refusal):
        ends(register, typed, who)
    with pytest.raises(refusal):
        withdraw.look(register.store, occasion(who), command(register, typed))
    assert len(audit(database_url)) == before


def test_what_has_ended_cannot_end_again(register: Register) -> None:
    ends(register, "withdraw 15 anyway: closed")
    with pytest.raises(RecommendationEnded):
        ends(register, "withdraw stalking 15 anyway: closed")
