"""The frame of the letter about a report: what coordinators write round what the register says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from msgspec import Struct, field

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.update import Change


class _FieldFacts(Struct, frozen=True):
    has_lines: bool  # whether it may have several lines
    is_needed: bool  # whether nobody could sign the letter without it


class FrameField(StrEnum):
    """The texts of a frame, in the order of the letter; the value names the attribute that holds it."""

    ADDRESSEES = "addressees"
    GREETING = "greeting"
    SUBJECT = "subject"
    OPENING = "opening"
    POSITION = "position"
    CLOSING = "closing"
    SIGNATORY = "signatory"
    OFFICE = "office"

    @property
    def facts(self) -> _FieldFacts:
        """All that is known of it, in one table."""
        match self:
            case FrameField.ADDRESSEES | FrameField.OPENING | FrameField.CLOSING | FrameField.OFFICE:
                return _FieldFacts(has_lines=True, is_needed=True)
            case FrameField.POSITION:
                return _FieldFacts(has_lines=True, is_needed=False)
            case FrameField.SIGNATORY:
                return _FieldFacts(has_lines=False, is_needed=True)
            case FrameField.GREETING | FrameField.SUBJECT:
                return _FieldFacts(has_lines=False, is_needed=False)
        assert_never(self)


# In characters. A text of several lines may be as long as any text of the register.
LONGEST_LINE = 300
GREETING = "Dear colleagues"


class FrameTexts(Struct, frozen=True):
    """What the coordinators wrote; empty where they wrote nothing."""

    # Names and offices, a blank line between one person and the next.
    addressees: str = ""
    greeting: str = ""
    subject: str = ""
    opening: str = ""
    # What the association holds of the whole; it follows what the bodies answered.
    position: str = ""
    closing: str = ""
    signatory: str = ""
    office: str = ""

    def text(self, name: FrameField) -> str:
        return str(getattr(self, name.value))

    @property
    def missing(self) -> tuple[FrameField, ...]:
        """What the letter cannot be signed without."""
        return tuple(name for name in FrameField if name.facts.is_needed and not self.text(name))

    def differing(self, other: "FrameTexts") -> Iterator[FrameField]:
        return (name for name in FrameField if self.text(name) != other.text(name))

    @classmethod
    def of(cls, texts: dict[FrameField, str]) -> "FrameTexts":
        return cls(**{name: texts.get(FrameField(name), "") for name in cls.__struct_fields__})


class LetterFrame(Struct, frozen=True):
    """The frame of a report's letter as it was last saved. `version` counts the savings, from 1; 0 where
    there was none. `saved_at` is a UTC instant."""

    report_key: str
    texts: FrameTexts = field(default_factory=FrameTexts)
    version: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None


@dataclass
class FrameChangedSince(Refusal):
    """Somebody else saved the frame while this one was being written; `now` is what they saved."""

    now: LetterFrame


class FrameKey(Struct, frozen=True):
    """One text of the frame of a report."""

    report_key: str
    field: FrameField


class FrameVersion(Struct, frozen=True):
    """By which update a text of a frame stands as it does, and in which version of the frame."""

    seq: int
    version: int


_FRAME = "letter frame "


def change(key: FrameKey, was: int, now: int) -> Change:
    """Return what an update says of the text it holds: of which frame, from which version to which."""
    return Change(f"{_FRAME}{key.report_key} {key.field.value}", str(was or ""), str(now))


def saved_in(changes: Iterable[Change]) -> Iterator[tuple[FrameKey, int]]:
    """Yield which texts of frames an update saved, in which version. Raises ValueError for what no recbot
    writes."""
    for change in changes:
        if change.what.startswith(_FRAME):
            report_key, _, name = change.what.removeprefix(_FRAME).partition(" ")
            yield FrameKey(report_key, FrameField(name)), int(change.now)
