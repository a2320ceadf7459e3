"""Of what a question is asked: the recommendations and the bodies that its scope means for the asker."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import assert_never

from bot.domain.questions.model import (
    AskedState,
    Condition,
    Group,
    NoNews,
    Place,
    Priority,
    Question,
    Scope,
    Shape,
    Theme,
    is_of_recommendations,
)
from bot.domain.questions.names import Body, Region
from bot.domain.questions.question_answer import MOST_NEAREST, CannotBeAnswered, WhyUnanswered
from bot.domain.questions.question_subject import MOST_NAMED, QuestionSubject
from bot.domain.questions.written import canonical
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.domain.values import replace
from bot.operations.register.register import Register
from bot.operations.register.subjects import answerable

_KINDS = {
    Group.MAYORS: ("mayor", "mopac"),
    Group.COMMISSIONERS: ("pcc", "pfcc"),
    Group.FIRE_COMMISSIONERS: ("pfcc",),
}
_ENGLAND = "England"


class Subjects:
    """`ids`, `report_keys` and `body_codes` are None where nothing narrows them.

    Raises NotRecordable, UnknownRecommendation, HasEnded, WhichReport, NotAContactOf, and in the past
    NotPublishedYet, NoSuchBodyThen."""

    def __init__(self, register: Register, actor: Actor, question: Question) -> None:
        scope = self._scope = question.scope
        self._register = register
        self._actor = actor
        recommendations = {
            recommendation.id: recommendation
            for recommendation in (answerable(register, ref) for ref in scope.recommendations)
        }
        self.report_keys = tuple(report.key for report in scope.reports) or None
        self._named = recommendations
        chosen_by = [condition for condition in question.conditions if is_of_recommendations(condition)]
        by_theme = question.shape is Shape.BY_THEME
        all_by_theme = by_theme and not (chosen_by or recommendations or self.report_keys)
        if (chosen_by or by_theme) and not all_by_theme:
            recommendations = {row.id: row for row in self._chosen(question, chosen_by)}
            self._named = recommendations
        self.ids = tuple(recommendations) if recommendations else None
        by_theme_alone = chosen_by and all(isinstance(condition, Theme) for condition in chosen_by)
        everywhere = not scope.recommendations and self.report_keys is None
        # All that is live with some themes, which is counted by them.
        self.themes = (
            tuple(sorted({stated.themes for stated in recommendations.values()}))
            if by_theme_alone and everywhere
            else None
        )
        unnamed = 0
        if all_by_theme:
            # As many as a sentence has room for are named, and the others counted.
            recommendations = {row.id: row for row in register.first_addressed(MOST_NAMED)}
            unnamed = self._count_live() - len(recommendations)
        self.body_codes = self._codes(scope)
        # By their names alone, as a history shows them: how many recommendations it is of costs a statement.
        self.unsized = QuestionSubject(
            recommendations=tuple(
                sorted(recommendations.values(), key=lambda recommendation: recommendation.place)
            ),
            part=scope.part,
            report_keys=self.report_keys or (),
            places=self._place_names(scope),
            excepted=tuple(map(_name, scope.excepted)),
            chosen_by=tuple(map(_chosen_by, chosen_by)),
            unnamed=unnamed,
        )

    @cached_property
    def subject(self) -> QuestionSubject:
        """What is asked about, with how many recommendations that is of."""
        named = self.unsized
        size = len(named.recommendations) + named.unnamed
        return replace(named, size=size or self._count_live())

    @cached_property
    def everyone(self) -> Mapping[str, PolicingBody]:
        """All bodies that ever were, by code and in the order of their names."""
        return self._register.bodies()

    def codes_on(self, day: date, everyone: Mapping[str, PolicingBody]) -> frozenset[str] | None:
        """Return the codes of the bodies asked about, as they were on a London day: `everyone` are all bodies
        as they were then. None where nothing narrows them."""
        if self.body_codes is None:
            return None
        if self._scope.mine:
            return frozenset(self.body_codes)

        def codes(places: Iterable[Place]) -> set[str]:
            return {code for place in places for code in _codes_then(place, day, everyone)}

        wanted = codes(self._scope.places) if self._scope.places else set(everyone)
        return frozenset(wanted - codes(self._scope.excepted))

    def addressed(self) -> tuple[Recommendation, ...]:
        """Return those asked about that are addressed to bodies: the ones named or chosen, else all that is
        live."""
        if self._named:
            return tuple(self._named.values())
        keys = self.report_keys if self.report_keys is not None else (None,)
        return _addressed(recommendation for key in keys for recommendation in self._register.live(key))

    def _chosen(self, question: Question, chosen_by: Sequence[Condition]) -> tuple[Recommendation, ...]:
        """Return those asked about of which all these conditions hold.

        Raises CannotBeAnswered where there is none, with the themes that there are."""
        subjects = self._may_be_chosen(chosen_by)
        for condition in chosen_by:
            subjects = tuple(row for row in subjects if _is_chosen(row, condition))
            if not subjects:
                _refuse(question, condition, self.addressed())
        return subjects

    def _may_be_chosen(self, chosen_by: Sequence[Condition]) -> tuple[Recommendation, ...]:
        """Return those asked about: without some of which the first condition does not hold."""
        first = next(iter(chosen_by), None)
        if isinstance(first, Theme) and not self._named and self.report_keys is None:
            return _addressed(self._register.live_with_theme(first.word))
        return self.addressed()

    def _count_live(self) -> int:
        if self.report_keys is None:
            return self._register.count_live_by_kind()[RecommendationKind.ADDRESSED]
        live = [recommendation for key in self.report_keys for recommendation in self._register.live(key)]
        return sum(recommendation.kind is RecommendationKind.ADDRESSED for recommendation in live)

    def _place_names(self, scope: Scope) -> tuple[str, ...]:
        if scope.mine:
            return tuple(sorted(self._actor.speaks_for.values()))
        return tuple(map(_name, scope.places))

    def _codes(self, scope: Scope) -> tuple[str, ...] | None:
        if scope.mine:
            if not self._actor.is_contact:
                raise NotAContactOf("", ())
            codes = set(self._actor.speaks_for)
        elif scope.places:
            codes = self._codes_of(scope.places)
        elif scope.excepted:
            codes = set(self.everyone)
        else:
            return None
        return tuple(sorted(codes - self._codes_of(scope.excepted)))

    def _codes_of(self, places: Iterable[Place]) -> set[str]:
        return {code for place in places for code in self._codes_of_place(place)}

    def _codes_of_place(self, place: Place) -> Iterable[str]:
        match place:
            case Body():
                self._register.must_have_body(place)
                return (place.code,)
            case Region():
                return self._register.bodies_of(place)
            case Group():
                return _codes_of_group(place, self.everyone)
            case _:
                assert_never(place)


def _addressed(live: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    return tuple(stated for stated in live if stated.kind is RecommendationKind.ADDRESSED)


def _codes_then(place: Place, day: date, everyone: Mapping[str, PolicingBody]) -> Iterable[str]:
    """Return the codes of the bodies that a place had on a London day."""
    match place:
        case Body():
            return (place.code,)
        case Region():
            in_region = (body for body in everyone.values() if body.region == place.name)
            return [body.code for body in in_region if body.exists_on(day)]
        case Group():
            return _codes_of_group(place, everyone)
        case _:
            assert_never(place)


def _codes_of_group(group: Group, everyone: Mapping[str, PolicingBody]) -> Iterable[str]:
    match group:
        case Group.ENGLAND:
            return [code for code, body in everyone.items() if body.country == _ENGLAND]
        case Group.MAYORS | Group.COMMISSIONERS | Group.FIRE_COMMISSIONERS:
            return [code for code, body in everyone.items() if body.kind in _KINDS[group]]
        case _:
            assert_never(group)


def _is_chosen(recommendation: Recommendation, condition: Condition) -> bool:
    match condition:
        case Theme():
            return condition.word in recommendation.themes
        case Priority():
            return recommendation.priority
        case AskedState() | NoNews():
            return True
    assert_never(condition)


def _chosen_by(condition: Condition) -> str:
    return condition.word if isinstance(condition, Theme) else "priority"


def _refuse(question: Question, condition: Condition, recommendations: Iterable[Recommendation]) -> None:
    others = tuple(other for other in question.conditions if other != condition)
    themes = sorted({theme for recommendation in recommendations for theme in recommendation.themes})
    instead = [replace(question, conditions=(*others, Theme(theme))) for theme in themes][:MOST_NEAREST]
    why = WhyUnanswered.NO_SUCH_THEME if isinstance(condition, Theme) else WhyUnanswered.NO_PRIORITY
    nearest = (*(instead if isinstance(condition, Theme) else ()), replace(question, conditions=others))
    raise CannotBeAnswered(why, canonical(question), nearest, (condition,))


def _name(place: Place) -> str:
    match place:
        case Body():
            return place.short_name
        case Region():
            return place.name
        case Group.ENGLAND:
            return _ENGLAND
        case Group():
            return place.value
        case _:
            assert_never(place)
