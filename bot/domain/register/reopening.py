"""What a body called complete is under way again."""

from dataclasses import dataclass

from bot.domain.register.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class Reopening:
    """Update `seq`, and what the body's contacts are told of it."""

    seq: int
    recommendation: Recommendation
    body_name: str
    by: str
    reason: str
