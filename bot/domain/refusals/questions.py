"""What cannot be answered."""

from dataclasses import dataclass
from datetime import date

from bot.domain.refusals.refusal import Refusal


@dataclass
class DayToCome(Refusal):
    """How it stood is asked for a London date that is still to come."""

    day: date


@dataclass
class NotPublishedYet(Refusal):
    """How something stood is asked for a day before its report was published, both London dates."""

    subject: str
    day: date
    published_on: date


@dataclass
class NoSuchBodyThen(Refusal):
    """The body did not exist on a London date: it began later, or had ended."""

    body_name: str
    day: date
    first_day: date | None = None
    last_day: date | None = None
