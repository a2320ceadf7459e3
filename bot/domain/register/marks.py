"""What marks one recommendation with one body beside its answer and its stage, for lists and counts.

Marks are read off the rest of the register whenever it changes, and kept in the addressee's row. To make
something countable, give it a mark: lists of it then cost what their page costs."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from bot.domain.register.addressee import Addressee


class Mark(StrEnum):
    """No mark's word stands within another's: queries look for the word."""

    EVIDENCE = "evidence"  # an update that stands links to evidence
    EXTENDED = "extended"  # its deadline for action is not the one that the report states
    ASKS_FOR_TIME = "asks for time"  # a request for a later deadline waits for a decision
    EXPECTED_LATE = "expected late"  # the body itself expects a day after its deadline
    MOVED_TWICE = "moved twice"  # its deadline, or the day that the body expects, was moved twice or more
    QUOTABLE = "quotable"  # its latest update has a text, which may be quoted
    INTERNAL = "internal"  # its latest update has a text, which may not be quoted


def marks_of(
    addressee: Addressee, stated_due_on: date | None, *, has_evidence: bool, asks_for_time: bool
) -> frozenset[Mark]:
    """Return the marks of an addressee; `stated_due_on` is the London date that the report states."""
    face = addressee.face
    has_text = face is not None and face.excerpt != ""
    held = {
        Mark.EVIDENCE: has_evidence,
        Mark.EXTENDED: addressee.due_on is not None and addressee.due_on != stated_due_on,
        Mark.ASKS_FOR_TIME: asks_for_time,
        Mark.EXPECTED_LATE: addressee.is_expected_late,
        Mark.MOVED_TWICE: addressee.has_moved_a_date_twice,
        Mark.QUOTABLE: has_text and face is not None and face.quotable,
        Mark.INTERNAL: has_text and face is not None and not face.quotable,
    }
    return frozenset(mark for mark in Mark if held[mark])


def written(marks: Iterable[Mark]) -> str:
    """Return marks as they are stored: their words, in the order of `Mark`."""
    held = frozenset(marks)
    return ", ".join(mark for mark in Mark if mark in held)
