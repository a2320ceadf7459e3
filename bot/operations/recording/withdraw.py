"""The end of a recommendation: nothing is asked of the bodies any more, and what they did stays."""

from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.refusals.addressees import RecommendationEnded
from bot.domain.refusals.recording import NoSuccessor, ReasonRequired
from bot.domain.register.addressee import Duty
from bot.domain.register.ending import Ending
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, RecommendationStatus
from bot.domain.register.update import Change, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import coordinating
from storage import addressees, contents, open_requests, recommendations
from storage.database import Connection
from storage.store import Store


def look(store: Store, request: Request, command: Withdraw) -> Ending:
    """Return what it would change.

    Raises ReasonRequired, RecommendationEnded, NoSuccessor, NotACoordinator, and what `resolve` raises."""
    must_identify_nobody(command.reason, command.no_victim)
    with coordinator_reads(store, request) as connection:
        return _ending(connection, command)


def withdraw(store: Store, request: Request, command: Withdraw) -> Ending:
    """End a recommendation. Raises what `look` raises."""
    confirmed = must_identify_nobody(command.reason, command.no_victim)
    with coordinating(store, request) as work:
        if work.written:
            return _ended(work.connection, work.written[0])
        ending = _ending(work.connection, command)
        id_, successor = ending.recommendation.id, ending.superseded_by
        status = RecommendationStatus.SUPERSEDED if successor else RecommendationStatus.WITHDRAWN
        recommendations.end(work.connection, id_, status, successor.id if successor else None)
        addressees.end(work.connection, id_)
        changes = [Change("status", ending.recommendation.status, status)]
        if successor:
            changes.append(Change("superseded_by", "", successor.id))
        changes += contents.change(work.connection, contents.RECOMMENDATION, id_)
        draft = replace(
            work.draft(UpdateKind.RECOMMENDATION_ENDED),
            recommendation_id=id_,
            changes=(*changes, *confirmed),
            # Everybody may know why; whoever withdraws it has been told so.
            quotable=True,
            text=command.reason,
        )
        return _ended(work.connection, work.append(draft))


def _ended(connection: Connection, update: Update) -> Ending:
    recommendation = recommendations.get(connection, update.draft.recommendation_id or "")
    if recommendation is None:
        raise RecommendationEnded(update.draft.recommendation_id or "")
    successor = recommendations.get(connection, recommendation.superseded_by or "")
    return Ending(recommendation, successor, update.draft.text, done=True)


def _ending(connection: Connection, request: Withdraw) -> Ending:
    recommendation, successor = _meant(connection, request)
    if not recommendation.live:
        raise RecommendationEnded(recommendation.title)
    if successor and (successor.id == recommendation.id or not successor.live):
        raise NoSuccessor(recommendation.title, successor.title)
    if not request.reason.strip():
        raise ReasonRequired("withdraw", recommendation.id)
    addressed = addressees.of_recommendation(connection, recommendation.id)
    waiting = open_requests.undecided_among(
        connection, [recommendation.id], [addressee.body_code for addressee in addressed]
    )
    return Ending(
        recommendation=recommendation,
        superseded_by=successor,
        reason=request.reason,
        addressed=len(addressed),
        owing=sum(any(map(addressee.owes, Duty)) for addressee in addressed),
        undecided=len(waiting),
    )


def _meant(connection: Connection, request: Withdraw) -> tuple[Recommendation, Recommendation | None]:
    successor = resolve.recommendation(connection, request.superseded_by) if request.superseded_by else None
    return resolve.recommendation(connection, request.recommendation), successor
