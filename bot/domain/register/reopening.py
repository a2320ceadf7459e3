"""What a body called complete is under way again."""

from msgspec import Struct

from bot.domain.register.recommendation import Recommendation


class Reopening(Struct, frozen=True):
    """Update `seq`, and what the body's contacts are told of it."""

    seq: int
    recommendation: Recommendation
    body_name: str
    by: str
    reason: str
