"""Which questions can be answered: what is recorded, was known then, and has the shape that is asked for."""

from bot.domain.questions.holding import NOT_OF_THE_PAST, is_recorded
from bot.domain.questions.model import (
    AsAt,
    Now,
    Question,
    Scope,
    Shape,
)
from bot.domain.questions.question_answer import (
    MOST_NEAREST,
    CannotBeAnswered,
    WhyUnanswered,
)
from bot.domain.questions.written import canonical
from bot.domain.values import replace
from bot.operations.register.of_part import can_be_of_part

_MORE = (Shape.CONTACTS, Shape.CHANGES, Shape.DEADLINES, Shape.HISTORY, Shape.CHART)
_LISTS = (
    Shape.LIST,
    Shape.COUNT,
    Shape.PERCENT,
    Shape.BY_REGION,
    Shape.BY_REPORT,
    Shape.BY_THEME,
)


def must_be_answerable(question: Question) -> None:
    """Raises CannotBeAnswered."""
    if question.scope.part:
        _must_be_of_a_part(question)
    recorded = tuple(filter(is_recorded, question.conditions))
    if recorded != question.conditions:
        not_recorded = tuple(condition for condition in question.conditions if condition not in recorded)
        nearest = replace(question, conditions=recorded)
        raise CannotBeAnswered(WhyUnanswered.NOT_RECORDED, canonical(question), (nearest,), not_recorded)
    known_then = tuple(condition for condition in question.conditions if condition not in NOT_OF_THE_PAST)
    if isinstance(question.time, AsAt) and known_then != question.conditions:
        now = Question(question.scope, question.conditions, shape=question.shape, file=question.file)
        refuse(question, WhyUnanswered.NOT_OF_THE_PAST, now, replace(question, conditions=known_then))
    if question.shape is Shape.CONTACTS and isinstance(question.time, AsAt):
        refuse(question, WhyUnanswered.NOT_OF_THE_PAST, replace(question, time=Now()))
    if question.shape is Shape.MAP:
        _refuse_map(question)
    if question.file and question.shape in _MORE:
        how_it_stands = Question(question.scope, question.conditions, file=question.file)
        refuse(question, WhyUnanswered.NO_FILE, replace(question, file=None), how_it_stands)
    if question.shape not in (*_LISTS, *_MORE) or (question.file and question.shape is not Shape.LIST):
        refuse(question, WhyUnanswered.SHAPE, replace(question, shape=Shape.LIST))


def _refuse_map(question: Question) -> None:
    """Refuse to draw: a map shows one recommendation with all bodies, and has its own command."""
    as_list = replace(question, shape=Shape.LIST, time=Now())
    maps = (Question(Scope((ref,)), shape=Shape.MAP) for ref in question.scope.recommendations)
    refuse(question, WhyUnanswered.MAP, *list(maps)[:MOST_NEAREST], as_list)


def _must_be_of_a_part(question: Question) -> None:
    """Refuse what a part has none of: an answer, a deadline, a history of its own."""
    possible = tuple(filter(can_be_of_part, question.conditions))
    if possible == question.conditions and question.shape in (*_LISTS, Shape.CONTACTS):
        return
    whole = replace(question, scope=replace(question.scope, part=""))
    refuse(question, WhyUnanswered.PART, whole, replace(question, conditions=possible, shape=Shape.LIST))


def refuse(question: Question, why: WhyUnanswered, *nearest: Question) -> None:
    """Refuse a question with the nearest ones that can be answered. Raises CannotBeAnswered."""
    raise CannotBeAnswered(why, canonical(question), nearest)
