"""What cannot be recorded as it stands."""

from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal


@dataclass
class ReasonRequired(Refusal):
    """`answer` is the response, or what else needs a reason; with the body it is for, where it is for one."""

    answer: str
    recommendation_id: str = ""
    body_name: str = ""


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
