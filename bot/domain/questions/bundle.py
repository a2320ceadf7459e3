"""What a bundle holds: a body's part of the register, or all of it, with the history it can be checked by."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.questions.account import Account
from bot.domain.questions.names import Body
from bot.domain.register.history import sealed_words


class SealedWords(Struct, frozen=True):
    """The free words of an update and the salt (hexadecimal) under which its digest was made."""

    salt: str
    text: str
    evidence_url: str
    decided_by: str
    evidence_title: str

    @property
    def sealed(self) -> str:
        """The words as the digest covers them."""
        words = sealed_words(self.text, self.evidence_url, self.decided_by, self.evidence_title)
        return words.decode()


class SealedUpdate(Struct, frozen=True):
    """An update with all that its hash was made from. `recorded_at` is a UTC instant; `sealed` is the entry
    as the hash covers it; `words` is None once they were erased."""

    seq: int
    hash: str
    sealed: str
    kind: str
    recorded_at: datetime
    recommendation_id: str | None
    body_code: str | None
    words: SealedWords | None


class BundleScope(Struct, frozen=True):
    """Which updates a bundle holds: those of a body (None: of all), recorded on London days from `since` to
    `until`, both included. `recommendation_ids` are those ever addressed to the body."""

    body_code: str | None = None
    recommendation_ids: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    @property
    def has_period(self) -> bool:
        return self.since is not None or self.until is not None

    def holds(self, update: SealedUpdate) -> bool:
        """Return whether an update is about the body, or a recommendation addressed to it, and in the
        period."""
        return self._is_about_body(update) and self._is_in_period(london_date(update.recorded_at))

    def _is_about_body(self, update: SealedUpdate) -> bool:
        if self.body_code is None or update.body_code == self.body_code:
            return True
        return update.body_code is None and update.recommendation_id in self.recommendation_ids

    def _is_in_period(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Bundle(Struct, frozen=True):
    """A bundle, to be read while its transaction is open. `body` is None for the whole register, `day` the
    London day on which it is made.

    `tables` and `account` tell how all stands now, so a bundle of a period has neither."""

    body: Body | None
    scope: BundleScope
    day: date
    through_seq: int
    history_hash: str  # the hash of update `through_seq`
    body_names: Mapping[str, str]  # by code
    people_names: Mapping[tuple[str, str], str]  # by team id and user id
    updates: Iterator[SealedUpdate]  # the whole history
    tables: Iterator[tuple[str, Iterator[Mapping[str, Any]]]]  # by name, each with its rows
    account: Callable[[], Account] | None  # opens the internal account, to be read once
