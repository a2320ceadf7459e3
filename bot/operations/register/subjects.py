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
        case Ref() if with_body:
            recommendation = answerable(register, subject)
            register.with_body(recommendation, with_body)
            name = f"{with_body.short_name} on {recommendation.title}"
            typed = command_of(recommendation.title, with_body.slug)
            return LookupScope(name, typed, ids=(recommendation.id,), codes=(with_body.code,))
        case Ref() if in_region:
            recommendation = answerable(register, subject)
            name, typed = (
                f"{in_region.name} on {recommendation.title}",
                command_of(recommendation.title, unmistakable(in_region)),
            )
            codes = tuple(register.bodies_of(in_region))
            return LookupScope(name, typed, ids=(recommendation.id,), codes=codes)
        case Ref():
            recommendation = answerable(register, subject)
            return LookupScope(recommendation.title, recommendation.title, ids=(recommendation.id,))
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
