"""What was typed that is not there, or can mean several things."""

from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal


@dataclass
class UnknownRecommendation(Refusal):
    """No live report has it; `live` are the recommendations that exist, as `stalking 15`."""

    ref: str
    live: tuple[str, ...] = ()


class Ended(Struct, frozen=True):
    """A recommendation that is `withdrawn`, or `superseded` by another, since a London date, if that is
    known; `by` and `reason` are empty where nobody said, or what was said was erased."""

    recommendation: str
    how: str
    on: date | None = None
    by: str = ""
    reason: str = ""


@dataclass
class HasEnded(Refusal):
    """The number belongs to no live recommendation any more, and the report was not named."""

    ended: tuple[Ended, ...]


@dataclass
class WhichReport(Refusal):
    """Several live reports have this number; `options` are their keys.

    `commands` are what was typed with each of these reports named; empty where nothing was typed.
    `recordings` are what else it may have been meant to record. Both are as Slack would send them."""

    number: str
    options: tuple[str, ...]
    commands: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()


@dataclass
class NotFollowed(Refusal):
    """The asker, or the channel, follows no recommendation with this number, or several."""

    number: str


@dataclass
class FollowsEnough(Refusal):
    """The asker, or the channel, follows as much as may be followed."""

    most: int
