"""Questions drawn at random from all that the model can say, over the names of the shipped example."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TypeVar

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import (
    AllTime,
    AsAt,
    AskedState,
    Before,
    Between,
    Condition,
    File,
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
)
from bot.domain.questions.names import Region, ReportName
from bot.domain.questions.sense import OF_A_PERSON, makes_sense
from tests.domain.shipped_names import MONDAY, NAMES, body, rows

T = TypeVar("T")

BODIES = tuple(body(row["slug"]) for row in rows())
REGIONS = tuple(Region(name) for name in dict.fromkeys(row["region"] for row in rows()))
PLACES: tuple[Place, ...] = (*BODIES, *REGIONS, *Group)
REPORT = ReportName("stalking", "The police response to stalking")
PEOPLE = ("kim", "Kim Hale", "Ana-Maria O'Neill", "U0KIM")
NUMBERS = ("1", "3a", "3d", "4.1", "15", "16", "25", "27", "101")


def drawn_questions(seed: int, how_many: int) -> Iterator[Question]:
    """Yield questions that make sense on Monday 10 March 2025."""
    dice = Random(seed)
    drawn = (_question(dice) for _ in count())
    sensible = (question for question in drawn if makes_sense(question, MONDAY))
    for _ in range(how_many):
        yield next(sensible)


def _question(dice: Random) -> Question:
    shape = dice.choice((*Shape, Shape.LIST, Shape.LIST))
    return Question(
        _scope(dice),
        tuple(_condition(dice) for _ in range(dice.choice((0, 0, 1, 1, 2)))),
        _time(dice),
        shape,
        File(dice.choice(tuple(Format)), dice.choice(tuple(Form))) if dice.random() < 0.2 else None,
        dice.choice((1, 1, 1, 2, 17)),
        dice.choice(PEOPLE) if shape in OF_A_PERSON and dice.random() < 0.4 else "",
    )


def _scope(dice: Random) -> Scope:
    refs = tuple(Ref(dice.choice((None, "stalking")), number) for number in _drawn(dice, NUMBERS, 3))
    return Scope(
        recommendations=refs,
        reports=() if refs or dice.random() < 0.7 else (REPORT,),
        places=tuple(_drawn(dice, PLACES, 3)),
        excepted=tuple(_drawn(dice, PLACES, 2)) if dice.random() < 0.3 else (),
        mine=dice.random() < 0.1,
        part="a" if len(refs) == 1 and dice.random() < 0.1 else "",
    )


def _drawn(dice: Random, things: Sequence[T], most: int) -> list[T]:
    return dice.sample(things, dice.choice((0, 0, 1, 1, dice.randint(2, most))))


def _condition(dice: Random) -> Condition:
    theme = Theme(dice.choice(("victims", "training", "partner-working", "done")))
    conditions: tuple[Condition, ...] = (*AskedState, NoNews(dice.randint(1, 400)), theme, theme, Priority())
    return dice.choice(conditions)


def _time(dice: Random) -> Time:
    first, last = sorted(_day(dice) for _ in range(2))
    month_first = first.replace(day=1)
    month_last = (month_first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    times: tuple[Time, ...] = (
        *(Now(), Now(), Now(), AsAt(first, dice.random() < 0.5), Since(first), Between(first, last)),
        *(
            Between(month_first, month_last),
            Within(dice.randint(1, 99)),
            Before(last),
            From(last),
            AllTime(),
        ),
    )
    return dice.choice(times)


def _day(dice: Random) -> date:
    return MONDAY + timedelta(days=dice.randint(-900, 300))


__all__ = ["NAMES", "drawn_questions"]
