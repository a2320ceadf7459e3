"""What is told to whoever recorded something: what it is now, and what can still be done about it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Recommendation, RecommendationName
from bot.domain.register.update import Update


@dataclass(frozen=True, slots=True)
class StepBack:
    """A recommendation of which less is answered or done than before a recording."""

    recommendation: Recommendation
    was: Answer | Stage
    since: date | None  # London; None where no update says


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What else a body has open, `total` recommendations, and the first of them by deadline."""

    total: int = 0
    first: tuple[RecommendationName, ...] = ()

    SHOWN: ClassVar[int] = 12


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording wrote."""

    actor: Actor
    body_name: str
    on_behalf: bool  # whether a coordinator recorded it for the body
    items: tuple[tuple[Recommendation, Addressee, Update], ...]  # each addressee as it now stands
    again: bool = False  # whether the same request had been recorded before, so that nothing was written
    steps_back: tuple[StepBack, ...] = ()
    still_open: StillOpen | None = None  # None where nobody asks
    # Who is asked to approve it, by name; None where it needs no approval.
    approvers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The short names of the bodies that have been asked for leave to publish a text, and of those that have
    no contact to ask."""

    bodies: tuple[str, ...]
    without_contact: tuple[str, ...] = ()
