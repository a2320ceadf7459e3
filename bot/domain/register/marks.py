"""What marks one recommendation with one body beside its answer and its stage, for lists and counts.

Marks are read off the rest of the register whenever it changes, and kept in the addressee's row. To make
something countable, give it a mark: lists of it then cost what their page costs."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.domain.register.addressee import Addressee
from bot.domain.register.update import STATEMENTS, Draft


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
    marks = set(own_marks(addressee))
    if has_evidence:
        marks.add(Mark.EVIDENCE)
    if addressee.due_on is not None and addressee.due_on != stated_due_on:
        marks.add(Mark.EXTENDED)
    if asks_for_time:
        marks.add(Mark.ASKS_FOR_TIME)
    return frozenset(marks)


def own_marks(addressee: Addressee) -> frozenset[Mark]:
    """Return the marks that an addressee's own row tells."""
    return frozenset(mark for mark in Mark if _is_held(addressee, mark))


def _is_held(addressee: Addressee, mark: Mark) -> bool | None:
    """Return whether an addressee holds a mark; None where its own row does not tell."""
    latest = addressee.latest_update
    match mark:
        case Mark.EVIDENCE | Mark.EXTENDED | Mark.ASKS_FOR_TIME:
            return None
        case Mark.EXPECTED_LATE:
            return addressee.is_expected_late
        case Mark.MOVED_TWICE:
            return addressee.has_moved_a_date_twice
        case Mark.QUOTABLE:
            return latest is not None and latest.excerpt != "" and latest.quotable
        case Mark.INTERNAL:
            return latest is not None and latest.excerpt != "" and not latest.quotable
        case _:
            assert_never(mark)


def leaves_other_marks(before: Addressee, after: Addressee, draft: Draft) -> bool:
    """Return whether an update can change no marks but those that the addressee's own row tells: it gives no
    evidence, asks for nothing, takes nothing back and moves no deadline."""
    return draft.kind in STATEMENTS and not draft.evidence_url and before.due_on == after.due_on


def carried(stored: str, after: Addressee) -> str:
    """Return the marks of an addressee, as they are stored, once it stands as `after`: those that its own row
    tells, and the others that are stored."""
    return written(
        mark for mark in Mark if ((is_held := _is_held(after, mark)) or (is_held is None and mark in stored))
    )


def written(marks: Iterable[Mark]) -> str:
    """Return marks as they are stored: their words, in the order of `Mark`."""
    all_marks = frozenset(marks)
    return ", ".join(mark for mark in Mark if mark in all_marks)
