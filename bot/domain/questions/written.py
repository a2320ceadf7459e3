"""Questions as text: `canonical` writes the one text that asks for a question."""

import calendar
import re
from datetime import date
from typing import assert_never

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import (
    SHAPES,
    STATES,
    AllTime,
    AsAt,
    AskedState,
    Aspect,
    Before,
    Between,
    Condition,
    From,
    Group,
    NoNews,
    Now,
    Place,
    Priority,
    Question,
    Scope,
    Shape,
    Since,
    Theme,
    Time,
    Within,
    aspect_of,
)
from bot.domain.questions.names import Body, Region
from bot.domain.questions.written_dates import MONTHS

# The country is no other thing's name, so it needs no word before it.
WALES = Region("Wales")
# The official regions of England, as the keys of bodies are written: a body of the same name needs "body".
_REGION_SLUGS = frozenset(
    (
        "north-east",
        "north-west",
        "yorkshire-and-the-humber",
        "east-midlands",
        "west-midlands",
        "east-of-england",
        "london",
        "south-east",
        "south-west",
    )
)
# Numbers that alone would be days ahead: "3d".
_LIKE_DAYS = re.compile(r"[0-9]+[dwmy]")
# Before these, without a scope, "stage" or "answer" tells the question from the verb that records it.
_KINDS = {Aspect.PROGRESS: "stage", Aspect.ANSWER: "answer"}


def canonical(question: Question) -> str:
    """Return the text, without `/recs`, that asks for `question` and no other."""
    if question == Question(page=question.page):
        return on_page("status", question.page)
    first = [_first_words(condition) for condition in question.conditions if _stands_first(condition)]
    parts = [
        "export" if question.file else "",
        question.shape.value if SHAPES[question.shape].stands_first else "",
        *first,
        _scope_words(question.scope),
        *(
            _later_words(condition, question)
            for condition in question.conditions
            if not _stands_first(condition)
        ),
        "" if SHAPES[question.shape].stands_first else question.shape.value,
        f"by {question.by}" if question.by else "",
        time_words(question.time),
        _file_words(question),
    ]
    return on_page(" ".join(part for part in parts if part), question.page)


_MONTHS = tuple(english[:3].title() for english, _ in MONTHS)


def day_words(day: date) -> str:
    """Return a day as canonical texts write it: "1 Mar 2025"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def place_words(place: Place) -> str:
    """Return the name of a place with the word that keeps it from being taken for another."""
    match place:
        case Body():
            return f"body {place.slug}" if place.slug in _REGION_SLUGS else place.slug
        case Region():
            return "wales" if place == WALES else f"region {place.name}"
        case Group():
            return place.value
        case _:
            assert_never(place)


def time_words(time: Time) -> str:
    match time:
        case Now():
            return ""
        case AsAt():
            return f"as {'known ' if time.known else ''}at {day_words(time.day)}"
        case Since():
            return f"since {day_words(time.day)}"
        case Between():
            return _between_words(time)
        case Within():
            return f"{time.days}d"
        case Before():
            return f"before {day_words(time.day)}"
        case From():
            return f"from {day_words(time.day)}"
        case AllTime():
            return "all"
        case _:
            assert_never(time)


def _between_words(time: Between) -> str:
    last_of_month = calendar.monthrange(time.first.year, time.first.month)[1]
    if time.first.day == 1 and time.last == time.first.replace(day=last_of_month):
        return f"in {_MONTHS[time.first.month - 1]} {time.first.year}"
    return f"{day_words(time.first)} to {day_words(time.last)}"


def _scope_words(scope: Scope) -> str:
    words = [
        *(_ref_words(ref) for ref in scope.recommendations),
        f"part {scope.part}" if scope.part else "",
        *(report.key for report in scope.reports),
        "mine" if scope.mine else "",
        *(place_words(place) for place in scope.places),
    ]
    if scope.excepted:
        words += ["except", *(place_words(place) for place in scope.excepted)]
    return " ".join(word for word in words if word)


def _ref_words(ref: Ref) -> str:
    """Return a recommendation's number, marked as one where it would be taken for days."""
    number = f"r{ref.number}" if _LIKE_DAYS.fullmatch(ref.number) else ref.number
    return f"{ref.report} {number}" if ref.report else number


def _stands_first(condition: Condition) -> bool:
    return not isinstance(condition, AskedState) or STATES[condition].stands_first


def _first_words(condition: Condition) -> str:
    match condition:
        case NoNews():
            return f"no news {condition.days}d"
        case Theme():
            return f"theme {condition.word}"
        case Priority():
            return "priority"
        case AskedState():
            return condition.value


def _later_words(condition: Condition, question: Question) -> str:
    """Return a state's words; alone they would be the verb that records it, but for "blocked"."""
    words = _first_words(condition)
    kind = _KINDS.get(aspect_of(condition), "")
    is_alone = question.scope == Scope() and condition is not AskedState.BLOCKED
    return f"{kind} {words}" if is_alone and kind else words


def default_format(question_shape: Shape, conditions: tuple[Condition, ...]) -> Format:
    """Return the format of a file that was asked for without one: the account is a document, a list a
    table."""
    return Format.XLSX if conditions or question_shape is not Shape.LIST else Format.DOCX


def _file_words(question: Question) -> str:
    file = question.file
    if file is None:
        return ""
    form = "" if file.form is Form.PUBLISHED else file.form.value
    return f"{file.format.value} {form}".strip()


def on_page(text: str, page: int) -> str:
    """Return what is typed for a page of the answer to `text`; pages count from 1."""
    return text if page == 1 else f"{text} page {page}"
