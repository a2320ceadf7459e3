"""Of what a question is asked: the recommendations and the bodies that its scope means for the asker."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from bot.domain.questions.model import Group, Place, Scope
from bot.domain.questions.names import Body, Region
from bot.domain.questions.question_answer import QuestionSubject
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import RecommendationKind
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

    def __init__(
        self, register: Register, actor: Actor, everyone: Mapping[str, PolicingBody], scope: Scope
    ) -> None:
        self._register = register
        self._actor = actor
        self._everyone = everyone
        recommendations = {
            recommendation.id: recommendation
            for recommendation in (answerable(register, ref) for ref in scope.recommendations)
        }
        self.ids = tuple(recommendations) if recommendations else None
        self.report_keys = tuple(report.key for report in scope.reports) or None
        self.body_codes = self._codes(scope)
        self.subject = QuestionSubject(
            recommendations=tuple(
                sorted(recommendations.values(), key=lambda recommendation: recommendation.place)
            ),
            report_keys=self.report_keys or (),
            places=self._place_names(scope),
            excepted=tuple(map(_name, scope.excepted)),
            size=len(recommendations) or self._count_live(),
        )

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
            codes = set(self._everyone)
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
            case Group.ENGLAND:
                return [code for code, body in self._everyone.items() if body.country == _ENGLAND]
            case Group.MAYORS | Group.COMMISSIONERS | Group.FIRE_COMMISSIONERS:
                return [code for code, body in self._everyone.items() if body.kind in _KINDS[place]]
            case _:
                assert_never(place)


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
