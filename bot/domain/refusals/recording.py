"""What cannot be recorded as it stands."""

from dataclasses import dataclass
from datetime import date

from bot.domain.refusals.refusal import Refusal


@dataclass
class ReasonRequired(Refusal):
    """A response, or something else that was recorded, needs a reason."""

    answer: str  # the response, or the verb of what else needs a reason
    recommendation_id: str = ""
    body_name: str = ""  # the body it is for, where it is for one
    until: date | None = None  # the London date that more time, or an expectation, runs to


@dataclass
class TextRequired(Refusal):
    """A note without a text."""

    verb: str
    recommendation_id: str
    body_name: str


@dataclass
class NoSuccessor(Refusal):
    """A recommendation cannot be superseded by itself, or by one that has ended."""

    recommendation: str
    successor: str


class NothingToAnswer(Refusal):
    """There is no such question."""


class NothingChanged(Refusal):
    """A form was sent with everything in it as it stood."""
