"""Which questions make no sense, why, and which that do are nearest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.questions.account import Format
from bot.domain.questions.model import (
    AllTime,
    AsAt,
    AskedState,
    Before,
    Between,
    From,
    Now,
    Question,
    Shape,
    Since,
    Within,
    aspect_of,
    of_addressees,
    opposite_of,
)
from bot.domain.questions.written import canonical
from bot.domain.refusals.refusal import Refusal
from bot.domain.values import replace


class Why(StrEnum):
    """Why a question makes no sense."""

    DAY_TO_COME = "day to come"  # as it stood, on a day that has not been
    TIME_OF_SHAPE = "time of shape"  # a list has no "since", changes have no "as at"
    CONDITIONS_OF_SHAPE = "conditions of shape"  # history and deadlines show everything
    FILE_OF_SHAPE = "file of shape"  # a picture or a number is no file
    NO_DOCUMENT = "no document"  # only the account is one
    WHICH_RECOMMENDATION = "which recommendation"  # a picture and a part need one
    NOT_BOTH = "not both"  # two answers, or a state and its opposite
    NOTHING_LEFT = "nothing left"  # everything named is taken away
    FIRST_AFTER_LAST = "first after last"  # from a day to one before it
    OF_NO_PERSON = "of no person"  # of a person there are what they recorded, and for whom they are a contact
    TWO_SCOPES = "two scopes"  # one's own bodies and others, recommendations and whole reports


@dataclass
class MakesNoSense(Refusal):
    """`nearest` are questions that do, the nearest first."""

    why: Why
    typed: str
    nearest: tuple[Question, ...]


_LISTS = (
    Shape.LIST,
    Shape.COUNT,
    Shape.PERCENT,
    Shape.BY_REGION,
    Shape.BY_REPORT,
    Shape.BY_THEME,
)
_PICTURES = (Shape.MAP, Shape.CHART)
_NUMBERS = (Shape.COUNT, Shape.PERCENT)
_WITH_CONDITIONS = (*_LISTS, Shape.CONTACTS)
# These may be of the recommendations of a theme, or of a priority.
_OF_CHOSEN_RECOMMENDATIONS = (Shape.DEADLINES, Shape.CHANGES)

# What may be asked of a person: what they recorded, and for whom they are a contact.
OF_A_PERSON = (Shape.HISTORY, Shape.CONTACTS)

_TIMES: dict[Shape, tuple[type, ...]] = {
    **dict.fromkeys(_LISTS, (Now, AsAt)),
    Shape.CONTACTS: (Now, AsAt),
    Shape.MAP: (Now, AsAt),
    Shape.CHART: (Now, AsAt, Since, Between),
    Shape.CHANGES: (Now, Since, Between),
    Shape.HISTORY: (Now, Since, Between),
    Shape.DEADLINES: (Now, Within, Before, From, Between, AllTime),
}


def must_make_sense(question: Question, today: date) -> None:
    """Raises MakesNoSense, with the nearest questions that do. `today` is a London date."""
    for rule in _RULES:
        if problem := rule(question, today):
            why, nearest = problem
            raise MakesNoSense(why, canonical(question), tuple(_sensible(nearest, today)))


def makes_sense(question: Question, today: date) -> bool:
    return not any(rule(question, today) for rule in _RULES)


_Problem = tuple[Why, tuple[Question, ...]] | None


def _sensible(nearest: tuple[Question, ...], today: date) -> list[Question]:
    return [question for question in dict.fromkeys(nearest) if makes_sense(question, today)]


def _scope_is_one(question: Question, _today: date) -> _Problem:
    scope = question.scope
    if scope.mine and scope.places:
        of_asker, of_places = replace(scope, places=()), replace(scope, mine=False)
        return Why.TWO_SCOPES, (replace(question, scope=of_places), replace(question, scope=of_asker))
    if scope.recommendations and scope.reports:
        numbers, reports = replace(scope, reports=()), replace(scope, recommendations=(), part="")
        return Why.TWO_SCOPES, (replace(question, scope=numbers), replace(question, scope=reports))
    if scope.part and len(scope.recommendations) != 1:
        whole = replace(scope, part="")
        parts = (replace(whole, recommendations=(ref,), part=scope.part) for ref in scope.recommendations)
        return Why.WHICH_RECOMMENDATION, (
            *(replace(question, scope=part) for part in parts),
            replace(question, scope=whole),
        )
    if scope.places and set(scope.places) <= set(scope.excepted):
        return Why.NOTHING_LEFT, (
            replace(question, scope=replace(scope, excepted=())),
            replace(question, scope=replace(scope, places=())),
        )
    return None


def _picture_has_a_subject(question: Question, _today: date) -> _Problem:
    scope = question.scope
    if question.shape in _PICTURES and not (scope.recommendations or scope.reports):
        return Why.WHICH_RECOMMENDATION, (replace(question, shape=Shape.LIST),)
    return None


def _conditions_can_hold(question: Question, _today: date) -> _Problem:
    for place, condition in enumerate(question.conditions):
        for other in question.conditions[:place]:
            if _exclude(condition, other):
                with_the_other = replace(question, conditions=(other,))
                return Why.NOT_BOTH, (with_the_other, replace(question, conditions=(condition,)))
    return None


def _exclude(condition: object, other: object) -> bool:
    if not (isinstance(condition, AskedState) and isinstance(other, AskedState)):
        return False
    is_of_one_aspect = aspect_of(condition) is aspect_of(other)
    return opposite_of(condition) is other or (is_of_one_aspect and not {condition, other} & _BESIDE_OTHERS)


# These say something of their own beside another state of their aspect.
_BESIDE_OTHERS = frozenset(
    (
        AskedState.EXTENDED,
        AskedState.EXTENSION_ASKED,
        AskedState.EXTENSIONS,
        AskedState.EXPECTED_LATE,
        AskedState.OVERDUE,
        AskedState.MOVED_TWICE,
        AskedState.NOT_OVERDUE,
        AskedState.DONE_LATE,
        AskedState.EVIDENCE,
        AskedState.NO_EVIDENCE,
        AskedState.CONTACT,
        AskedState.NO_CONTACT,
        AskedState.APPROVED,
        AskedState.NOT_APPROVED,
        AskedState.QUOTABLE,
        AskedState.NOT_QUOTABLE,
        AskedState.CLOSED,
        AskedState.NOT_CLOSED,
        AskedState.NOT_COMPLETE,
        AskedState.NOT_BLOCKED,
        AskedState.NOT_CHECKED,
        AskedState.STARTED,
        AskedState.NOT_YET_ACCEPTED,
        AskedState.RESPONDED,
    )
)


def _shape_takes_conditions(question: Question, _today: date) -> _Problem:
    refused_conditions = question.conditions
    if question.shape in _OF_CHOSEN_RECOMMENDATIONS:
        refused_conditions = of_addressees(refused_conditions)
    if refused_conditions and question.shape not in _WITH_CONDITIONS:
        conditions_left = tuple(
            condition for condition in question.conditions if condition not in refused_conditions
        )
        without = replace(question, conditions=conditions_left)
        return Why.CONDITIONS_OF_SHAPE, (without, replace(question, shape=Shape.LIST, time=Now()))
    return None


def _shape_takes_the_time(question: Question, today: date) -> _Problem:
    time = question.time
    if not isinstance(time, _TIMES[question.shape]):
        return Why.TIME_OF_SHAPE, (*_with_a_shape_for_its_time(question), replace(question, time=Now()))
    if isinstance(time, AsAt) and time.day > today:
        return Why.DAY_TO_COME, (replace(question, time=Now()),)
    if isinstance(time, Between) and time.first > time.last:
        return Why.FIRST_AFTER_LAST, (replace(question, time=Between(time.last, time.first)),)
    return None


def _with_a_shape_for_its_time(question: Question) -> tuple[Question, ...]:
    bare = replace(question, conditions=(), file=None)
    match question.time:
        case Since() | Between():
            return (replace(bare, shape=Shape.CHANGES), replace(bare, shape=Shape.DEADLINES))
        case Within() | Before() | From() | AllTime():
            return (replace(bare, shape=Shape.DEADLINES),)
        case AsAt():
            return (replace(question, shape=Shape.LIST),)
        case _:
            return ()


def _is_known_of_a_person(question: Question, _today: date) -> _Problem:
    if not question.by or question.shape is Shape.HISTORY:
        return None
    contacts = Question(shape=Shape.CONTACTS, by=question.by, page=question.page)
    if question == contacts:
        return None
    return Why.OF_NO_PERSON, (replace(question, shape=Shape.HISTORY, conditions=(), file=None), contacts)


def _shape_is_a_file(question: Question, _today: date) -> _Problem:
    file = question.file
    if file is None:
        return None
    if question.shape in (*_PICTURES, *_NUMBERS):
        return Why.FILE_OF_SHAPE, (replace(question, file=None), replace(question, shape=Shape.LIST))
    if not file.format.is_table and (question.conditions or question.shape is not Shape.LIST):
        return Why.NO_DOCUMENT, (replace(question, file=replace(file, format=Format.XLSX)),)
    return None


_RULES: tuple[Callable[[Question, date], _Problem], ...] = (
    _scope_is_one,
    _conditions_can_hold,
    _shape_takes_conditions,
    _shape_takes_the_time,
    _picture_has_a_subject,
    _is_known_of_a_person,
    _shape_is_a_file,
)
