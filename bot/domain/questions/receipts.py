"""What is told to whoever recorded something: what it is now, and what can still be done about it."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Recommendation, RecommendationName
from bot.domain.register.update import Update


class StepBack(Struct, frozen=True):
    """A recommendation of which less is answered or done than before a recording."""

    recommendation: Recommendation
    was: Answer | Stage
    since: date | None  # London; None where no update says


class StillOpen(Struct, frozen=True):
    """What else a body has open, `total` recommendations, and the first of them by deadline."""

    total: int = 0
    first: tuple[RecommendationName, ...] = ()

    SHOWN: ClassVar[int] = 12


class Recorded(Struct, frozen=True):
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


class Asked(Struct, frozen=True):
    """The short names of the bodies that have been asked for leave to publish a text, and of those that have
    no contact to ask."""

    bodies: tuple[str, ...]
    without_contact: tuple[str, ...] = ()
