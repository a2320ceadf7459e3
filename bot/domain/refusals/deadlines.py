"""Why a deadline was not moved."""

from dataclasses import dataclass
from datetime import date

from bot.domain.refusals.refusal import Refusal


@dataclass
class AskedAlready(Refusal):
    """The body's request for more time, until a London date, still waits for a decision."""

    recommendation: str
    body_name: str
    until: date


class NothingToDecide(Refusal):
    """The request was taken back, or there is none."""
