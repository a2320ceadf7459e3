"""The end of a recommendation: withdrawn, or superseded by another."""

from msgspec import Struct

from bot.domain.register.recommendation import Recommendation


class Ending(Struct, frozen=True):
    """What ending a recommendation changes, or changed once it is `done`: of the `addressed` bodies, `owing`
    many still owe something on it, and `undecided` many requests for more time fall away."""

    recommendation: Recommendation
    superseded_by: Recommendation | None
    reason: str
    addressed: int = 0
    owing: int = 0
    undecided: int = 0
    done: bool = False
