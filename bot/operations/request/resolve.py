"""Resolving what was typed: which recommendation or report is meant, and for which body it is recorded; and
what an update is about."""

from collections.abc import Iterable

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import BodyRequired, NotRecordable, RecommendationEnded
from bot.domain.refusals.commands import Ended, HasEnded, UnknownRecommendation, WhichReport
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    Report,
    recommendation_id,
)
from bot.domain.register.update import Update
from storage import addressees, recommendations, updates
from storage.database import Connection

_SHOWN_WHEN_UNKNOWN = 12


def recommendation(connection: Connection, ref: Ref) -> Recommendation:
    """Return the recommendation meant, live or (when its report is named) ended.

    Raises UnknownRecommendation, HasEnded, or WhichReport when several live reports have the number."""
    candidates = _candidates(connection, ref)
    if not candidates:
        if ended := _ended(connection, ref):
            raise HasEnded(ended)
        known = recommendations.live(connection, limit=_SHOWN_WHEN_UNKNOWN)
        raise UnknownRecommendation(str(ref), tuple(recommendation.title for recommendation in known))
    if len(candidates) > 1:
        raise WhichReport(ref.number, tuple(candidate.report.key for candidate in candidates))
    return candidates[0]


def is_known(connection: Connection, ref: Ref) -> bool:
    """Return whether there is, or was, such a recommendation in any report that can have been meant."""
    return bool(_candidates(connection, ref) or _ended(connection, ref))


def _candidates(connection: Connection, ref: Ref) -> tuple[Recommendation, ...]:
    if ref.report is None:
        return recommendations.with_number(connection, ref.number)
    recommendation = recommendations.get(connection, recommendation_id(ref.report, ref.number))
    return (recommendation,) if recommendation else ()


def _ended(connection: Connection, ref: Ref) -> tuple[Ended, ...]:
    """Return what has ended of those that a number alone can have meant."""
    if ref.report is not None:
        return ()
    return tuple(
        _ending(connection, ended) for ended in recommendations.ended_with_number(connection, ref.number)
    )


def _ending(connection: Connection, ended: Recommendation) -> Ended:
    update = updates.ending_of(connection, ended.id)
    if update is None:
        return Ended(ended.title, ended.how_it_ended)
    reason = update.draft.text if update.quotable else ""
    return Ended(ended.title, ended.how_it_ended, update.draft.stands_from, update.author_name, reason)


def recordable(connection: Connection, ref: Ref) -> Recommendation:
    """Return a recommendation that bodies answer. Raises also NotRecordable, RecommendationEnded."""
    row = recommendation(connection, ref)
    if row.kind is RecommendationKind.DERIVED:
        raise NotRecordable(row.title, row.derived_from)
    if not row.live:
        raise RecommendationEnded(row.title)
    return row


def each_recordable(connection: Connection, refs: Iterable[Ref]) -> tuple[Recommendation, ...]:
    """Return each of these once, in the order in which they are named. Raises what `recordable` raises."""
    by_id = {row.id: row for row in (recordable(connection, ref) for ref in refs)}
    return tuple(by_id.values())


def report(connection: Connection, key: str) -> Report:
    """Return a report by its key. Raises UnknownRecommendation."""
    row = recommendations.report(connection, key)
    if row is None:
        raise UnknownRecommendation(key)
    return row


def subject_of(
    connection: Connection, update: Update, *, for_update: bool = False
) -> tuple[Recommendation, Addressee] | None:
    """Return the addressee that an update is about, as it stands now; None where it is about none."""
    recommendation_id, body_code = update.draft.addressee_key
    recommendation = recommendations.get(connection, recommendation_id)
    addressee = addressees.get(connection, recommendation_id, body_code, for_update=for_update)
    return (recommendation, addressee) if recommendation and addressee else None


def body_to_record_for(actor: Actor, named_body: Body | None) -> tuple[str, str]:
    """Return code and short name of the body to record for: the one named, or the only one of a contact.

    Raises BodyRequired, NotAContactOf, CannotSee."""
    if named_body is not None:
        actor.must_speak_for(named_body.code, named_body.short_name)
        return named_body.code, named_body.short_name
    possible = actor.may_mean
    if actor.is_coordinator or len(possible) > 1:
        raise BodyRequired(tuple(sorted(possible.values())))
    for code, name in possible.items():
        return code, name
    actor.must_speak_for("", "")
    raise BodyRequired
