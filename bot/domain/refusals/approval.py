"""Why nothing was approved or sent back."""

from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal


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
