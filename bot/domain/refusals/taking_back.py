"""What cannot be taken back, corrected, published or erased."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.refusals.refusal import Refusal


class NothingToUndo(Refusal):
    """The person has recorded nothing that still stands."""


@dataclass
class TooLateToUndo(Refusal):
    """One's own last recording is older than `UNDO_WITHIN`; `recorded_at` is its UTC instant.

    `correctable` are the numbers of its updates that can be corrected instead."""

    recorded_at: datetime
    correctable: tuple[int, ...] = ()


@dataclass
class ChangedSince(Refusal):
    """An update cannot be taken back because somebody recorded over it."""

    recommendation: str
    body_name: str
    by: str


class NotYours(Refusal):
    """Only whoever recorded an update can take it back or correct it."""


class NothingToCorrect(Refusal):
    """The update was taken back, its words were erased, or it is none of a body's own words."""


@dataclass
class NothingToQuote(Refusal):
    """The update has no text, or was taken back."""


@dataclass
class WordsAreHeld(Refusal):
    """The words of an update may not be erased until the hold that update `hold_seq` placed is lifted.

    `body_name` is empty where all words are held; `placed_on` is a London date."""

    seq: int
    hold_seq: int
    body_name: str
    placed_on: date
    reason: str


@dataclass
class NoSuchHold(Refusal):
    """Update `seq` placed no hold, or it was lifted."""

    seq: int


@dataclass
class NothingToErase(Refusal):
    """There is no update `seq`, or none with free words of its own: they were erased before, or it never had
    any, or they are the report's."""

    seq: int
