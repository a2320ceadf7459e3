"""For whom nothing can be recorded, and on what."""

from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal


@dataclass
class NotAContactOf(Refusal):
    """The person records for a body that is not theirs; `speaks_for` are the names of their own."""

    body_name: str
    speaks_for: tuple[str, ...] = ()


@dataclass
class NotAnApproverOf(Refusal):
    """The person decides for a body that has not named them as an approver."""

    body_name: str


@dataclass
class BodyRequired(Refusal):
    """A contact of several bodies, or a coordinator, did not say which body; `options` are short names."""

    options: tuple[str, ...] = ()


@dataclass
class NotAddressed(Refusal):
    """The recommendation is not addressed to this body."""

    recommendation: str
    body_name: str


@dataclass
class NotRecordable(Refusal):
    """A derived recommendation gets its answers from others (27 from 15, 16 and 25)."""

    recommendation: str
    derived_from: tuple[str, ...]


@dataclass
class RecommendationEnded(Refusal):
    """It is withdrawn, or superseded by another, so nothing more is recorded for it."""

    recommendation: str


@dataclass
class BodyEnded(Refusal):
    """The policing body has ended, and its open duties have passed on to its successor, where that is known
    by its short name."""

    body_name: str
    heir_name: str = ""


@dataclass
class NothingToRecord(Refusal):
    """There is no recommendation that the person could record for; `speaks_for` are the short names of their
    own bodies, none for a coordinator who is no contact."""

    speaks_for: tuple[str, ...] = ()


class NoBodies(Refusal):
    """There is no policing body that a recommendation could be addressed to."""


@dataclass
class NothingIsOpen(Refusal):
    """Nobody asks anything of the body that it has not answered and done."""

    body_name: str
