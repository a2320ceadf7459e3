"""What a lookup is about: everything, or one recommendation, report, body or region."""

from collections.abc import Iterable

from bot.domain.questions.answers import Deadline
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.refusals.addressees import NotRecordable
from bot.domain.register.due import Due
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.operations.register.register import Register
from bot.operations.register.scope import LookupScope


def scope_of(
    register: Register,
    subject: Ref | Named | None,
    with_body: Body | None = None,
    in_region: Region | None = None,
) -> LookupScope:
    """Return what a lookup is about; `with_body` or `in_region` narrows a recommendation.

    Raises UnknownRecommendation, WhichReport, NotAddressed, and NotRecordable for a derived
    recommendation."""
    match subject:
        case None:
            return LookupScope()
        case Ref():
            return _of_recommendation(register, answerable(register, subject), with_body, in_region)
        case ReportName():
            live = register.live(subject.key)
            return LookupScope(
                subject.key, unmistakable(subject), ids=tuple(recommendation.id for recommendation in live)
            )
        case Body():
            return LookupScope(subject.short_name, unmistakable(subject), codes=(subject.code,))
        case Region():
            codes = tuple(register.bodies_of(subject))
            return LookupScope(subject.name, unmistakable(subject), codes=codes)


def _of_recommendation(
    register: Register, recommendation: Recommendation, with_body: Body | None, in_region: Region | None
) -> LookupScope:
    ids, title = (recommendation.id,), recommendation.title
    if with_body:
        register.with_body(recommendation, with_body)
        typed = command_of(title, with_body.slug)
        return LookupScope(f"{with_body.short_name} on {title}", typed, ids=ids, codes=(with_body.code,))
    if in_region:
        typed = command_of(title, unmistakable(in_region))
        codes = tuple(register.bodies_of(in_region))
        return LookupScope(f"{in_region.name} on {title}", typed, ids=ids, codes=codes)
    return LookupScope(title, title, ids=ids)


def answerable(register: Register, ref: Ref) -> Recommendation:
    """Return a recommendation that bodies answer, live or ended. Raises NotRecordable for a derived one,
    UnknownRecommendation, WhichReport, and NotPublishedYet in the past."""
    recommendation = register.find(ref)
    if recommendation.kind is RecommendationKind.DERIVED:
        raise NotRecordable(recommendation.title, recommendation.derived_from)
    return recommendation


def nearest(register: Register, scope: LookupScope) -> tuple[Deadline, ...]:
    """Return the first deadlines from the register's day on by which anything is still owed, all on one
    date."""
    return deadlines_of(register, register.nearest(scope))


def deadlines_of(register: Register, due: Iterable[Due]) -> tuple[Deadline, ...]:
    """Join duties with their recommendations."""
    rows = tuple(due)
    recommendations = register.recommendations({due.recommendation_id for due in rows})
    return tuple(
        Deadline(recommendations[due.recommendation_id], due.duty, due.deadline, due.addressed, due.owed)
        for due in rows
    )
