"""What the screens of the lookups are given: a deadline in 17 days, and up to 43 bodies."""

from datetime import date
from typing import Any

from bot.domain.questions.answers import (
    Deadline,
    OverdueSummary,
    OwingBodies,
    StandingRow,
)
from bot.domain.register.addressee import Addressee, Answer, Duty
from tests.cast import a_recommendation, an_addressee, an_update

DEADLINE = date(2025, 3, 27)


TO_THE_DEADLINE = "27 March 2025 (17 days left, 13 working days)"


FORTY_THREE = tuple(f"Body {number:02}" for number in range(1, 44))


NEAREST = (Deadline(a_recommendation("15"), Duty.ACTION, DEADLINE, 43, 43),)


NOTHING_LATE = OverdueSummary()


def of_all(accepted: int = 43, addressed: int = 43, **facts: Any) -> tuple[Addressee, ...]:
    """So many bodies, of which so many accepted and the others are awaited."""
    return tuple(
        an_addressee(name, answer=Answer.ACCEPTED if place < accepted else Answer.AWAITING, **facts)
        for place, name in enumerate(FORTY_THREE[:addressed])
    )


def a_standing(number: str = "15", **facts: Any) -> StandingRow:
    return StandingRow(a_recommendation(number), an_addressee("Kent", number, **facts), an_update())


def late_with(*addressees: Addressee, number: str = "15", duty: Duty = Duty.ACTION) -> OwingBodies:
    return OwingBodies(a_recommendation(number), duty, addressees)
