"""Erasing words that are no longer needed: what would go, and its going."""

from datetime import datetime

from bot.domain.calendar import beginning_of, london_date
from bot.domain.refusals.taking_back import NothingToErase, WordsAreHeld
from bot.domain.register.redaction import Ground
from bot.domain.register.retention import RetentionPlan, kept_from
from bot.operations.recording.redact import Message, redact_by_hand
from storage import holds, retention
from storage.store import Store


def plan(store: Store, instant: datetime, years: int) -> RetentionPlan:
    """Return what would be erased at a UTC instant. Raises Busy."""
    before = kept_from(london_date(instant), years)
    with store.reading() as connection:
        old = retention.recorded_before(connection, beginning_of(before))
        return RetentionPlan.of(before, old, holds.standing(connection))


def carry_out(store: Store, instant: datetime, planned: RetentionPlan, message: Message) -> int:
    """Erase the words, each update's in a transaction of its own. Return of how many they were: fewer where
    others were quicker, or placed a hold. Raises Busy."""
    erased = 0
    for words in planned.due:
        try:
            redact_by_hand(store, words.seq, Ground.RETENTION, instant, message)
        except (NothingToErase, WordsAreHeld):
            continue
        erased += 1
    return erased
