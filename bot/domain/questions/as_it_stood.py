"""What a lookup of an earlier day finds."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.domain.questions.answers import (
    BodyOverview,
    BodyStanding,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)

Found = TypeVar("Found", RecommendationStanding, BodyStanding, RegisterOverview, BodyOverview, RegionOverview)


@dataclass(frozen=True, slots=True)
class AsItStood(Generic[Found]):
    """`found` is what a lookup at the end of the London day `day` finds, and `subject` what is typed for it.

    `counted` updates make it, `recorded_later` of them recorded only after that day. With `known` there are
    none of those; where nothing at all had been recorded yet, `begun_on` is the day of the first update."""

    found: Found
    subject: str
    day: date
    known: bool
    counted: int
    recorded_later: int
    begun_on: date | None = None
