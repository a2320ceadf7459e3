"""How long words are kept (UK GDPR article 5(1)(e)); those on what is still asked of a body stay."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from bot.domain.register.hold import Hold


def kept_from(today: date, years: int) -> date:
    """Return the first London day of which words are kept for so many years (1 or more)."""
    return today - relativedelta(years=years)


class OldWords(Struct, frozen=True):
    """The words of an update, with the recommendation and the body that they are about."""

    seq: int
    recommendation_id: str
    body_code: str


class RetentionPlan(Struct, frozen=True):
    """What would be erased: words recorded before a London day, on what is no longer asked of their body."""

    before: date
    due: tuple[OldWords, ...]
    kept_by_hold: tuple[OldWords, ...]

    @classmethod
    def of(cls, before: date, old: Iterable[OldWords], holds: Iterable[Hold]) -> "RetentionPlan":
        """Sort old words into those that are due, and those that a hold keeps."""
        standing = tuple(holds)
        due: list[OldWords] = []
        kept_by_hold: list[OldWords] = []
        for words in old:
            (kept_by_hold if any(hold.binds(words.body_code) for hold in standing) else due).append(words)
        return cls(before, tuple(due), tuple(kept_by_hold))
