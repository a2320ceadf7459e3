"""What a lookup is about: everything, or one recommendation, report, body or region."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.questions.answers import Deadline
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.requests import Ref
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.refusals import NotAddressed, NotRecordable
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.operations.request import finding
from storage import addressees, bodies, recommendations, tallies
from storage.database import Connection


@dataclass(frozen=True, slots=True)
class Scope:
    """`name` is what is said of it, `typed` what is typed for it; both are empty for everything. It is
    narrowed to recommendations (`ids`), to bodies (`codes`), to both, or not at all."""

    name: str = ""
    typed: str = ""
    ids: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None

    @property
    def is_everything(self) -> bool:
        return self.ids is None and self.codes is None

    def command(self, verb: str) -> str:
        """The command that asks for the same again."""
        return command_of(verb, self.typed)


def scope_of(
    connection: Connection,
    asked: Ref | Named | None,
    with_body: Body | None = None,
    in_region: Region | None = None,
) -> Scope:
    """`with_body` or `in_region` narrows a recommendation. Raises UnknownRecommendation, WhichReport,
    NotAddressed, and NotRecordable for a derived recommendation."""
    match asked:
        case None:
            return Scope()
        case Ref() if with_body:
            recommendation = answerable(connection, asked)
            if addressees.get(connection, recommendation.id, with_body.code) is None:
                raise NotAddressed(recommendation.title, with_body.short_name)
            name = f"{with_body.short_name} on {recommendation.title}"
            typed = command_of(recommendation.title, with_body.slug)
            return Scope(name, typed, ids=(recommendation.id,), codes=(with_body.code,))
        case Ref() if in_region:
            recommendation = answerable(connection, asked)
            name, typed = (
                f"{in_region.name} on {recommendation.title}",
                command_of(recommendation.title, unmistakable(in_region)),
            )
            codes = tuple(bodies.of_region(connection, in_region.name))
            return Scope(name, typed, ids=(recommendation.id,), codes=codes)
        case Ref():
            recommendation = answerable(connection, asked)
            return Scope(recommendation.title, recommendation.title, ids=(recommendation.id,))
        case ReportName():
            live = recommendations.live_of_report(connection, asked.key)
            return Scope(
                asked.key, unmistakable(asked), ids=tuple(recommendation.id for recommendation in live)
            )
        case Body():
            return Scope(asked.short_name, unmistakable(asked), codes=(asked.code,))
        case Region():
            codes = tuple(bodies.of_region(connection, asked.name))
            return Scope(asked.name, unmistakable(asked), codes=codes)


def answerable(connection: Connection, ref: Ref) -> Recommendation:
    """A recommendation that bodies answer, live or ended. Raises NotRecordable for a derived one,
    UnknownRecommendation, WhichReport."""
    recommendation = finding.recommendation(connection, ref)
    if recommendation.kind is RecommendationKind.DERIVED:
        raise NotRecordable(recommendation.title, recommendation.derived_from)
    return recommendation


def nearest(connection: Connection, scope: Scope, today: date) -> tuple[Deadline, ...]:
    """The first deadlines from a London date on by which anything is still owed, all on one date."""
    if scope.codes is not None:
        due = addressees.nearest_of_bodies(connection, scope.codes, today, ids=scope.ids)
    else:
        due = tallies.nearest(connection, today, ids=scope.ids)
    return deadlines_of(connection, due)


def deadlines_of(connection: Connection, due: Iterable[tallies.Due]) -> tuple[Deadline, ...]:
    """What is due, with its recommendations."""
    rows = tuple(due)
    found = recommendations.by_ids(connection, {due.recommendation_id for due in rows})
    return tuple(
        Deadline(found[due.recommendation_id], due.duty, due.deadline, due.addressed, due.owed)
        for due in rows
    )
