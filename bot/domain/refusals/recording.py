"""What cannot be recorded as it stands."""

from dataclasses import dataclass
from datetime import date

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
class AskedAlready(Refusal):
    """The body's request for more time, until a London date, still waits for a decision."""

    recommendation: str
    body_name: str
    until: date


class NothingToDecide(Refusal):
    """The request was taken back, or there is none."""


class NothingToApprove(Refusal):
    """Nothing waits for approval there: it was decided, or the body wants no approval of it."""


@dataclass
class ApprovalOutdated(Refusal):
    """What was to be approved stands no longer: something else was recorded since, or it was taken back."""

    recommendation: str
    body_name: str


@dataclass
class OwnRecording(Refusal):
    """Nobody approves what they recorded themselves."""

    recommendation: str
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
