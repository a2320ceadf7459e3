"""What a lookup of an earlier day answers."""

from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from bot.domain.questions.answers import (
    BodyOverview,
    BodyStanding,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)

Result = TypeVar(
    "Result", RecommendationStanding, BodyStanding, RegisterOverview, BodyOverview, RegionOverview
)


class AsItStood(Struct, Generic[Result], frozen=True):
    """What a lookup answers of the end of a London day."""

    result: Result
    subject: str  # as it is typed
    day: date  # London
    known: bool  # whether only what had been recorded by then counts
    counted: int  # updates that count
    recorded_later: int  # those of `counted` that were recorded after the day; 0 where `known`
    begun_on: date | None = None  # London, of the first update, where none had been recorded by then
