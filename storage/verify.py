"""Going through the whole history, to see whether anybody rewrote it.

It is read as it lies in the database, not through the column types: two ways to write the same instant
would else be the same to the hash."""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from bot.domain import history
from bot.domain.update import UpdateKind
from storage.chain import entry, head
from storage.database import Database
from storage.types import Flag, LondonDate, UtcDateTime

# Each page is a transaction of its own, so that a long history holds nobody up and runs into no time-out.
PAGE = 2000
_ROWS = text("SELECT * FROM updates WHERE seq > :after ORDER BY seq LIMIT :page")
_WITH_WORDS = text("SELECT seq FROM updates WHERE seq = :seq AND salt IS NOT NULL")
_WORDS = ("text", "evidence_url", "decided_by")
_SALT = re.compile("[0-9a-f]{32}")
_SQLITE = sqlite.dialect()


class Fault(StrEnum):
    """What is wrong with an update, or after the last one."""

    MISSING = "missing"
    DOES_NOT_FOLLOW = "does not follow"
    CHANGED = "changed"
    WORDS_CHANGED = "words changed"
    ERASED_UNRECORDED = "erased unrecorded"
    NOT_ERASED = "not erased"
    NOT_THE_HEAD = "not the head"
    NOT_THE_ANCHOR = "not the anchor"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a digest printed: an update's number and its hash, or the beginning of it."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place at which the history does not hold."""

    seq: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Unbroken:
    """Every update is there as it was recorded, up to the last one; the words of some are lawfully erased."""

    seq: int
    hash: str
    erased: int


@dataclass
class _Reading:
    """How far the history has been read."""

    anchors: Mapping[int, str]
    seq: int = 0
    hash: str = history.GENESIS
    erased: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)

    def take(self, raw: RowMapping) -> Broken | None:
        """Goes on by one row, unless something is wrong with it."""
        wanted = self.seq + 1
        if raw["seq"] != wanted:
            return Broken(wanted, Fault.MISSING)
        row = _as_written(raw)
        if row is None or raw["hash"] != history.link(str(raw["prev"]), entry(row)):
            return Broken(wanted, Fault.CHANGED)
        if raw["prev"] != self.hash:
            return Broken(wanted, Fault.DOES_NOT_FOLLOW)
        if not _words_hold(raw):
            return Broken(wanted, Fault.WORDS_CHANGED)
        if wanted in self.anchors and not raw["hash"].startswith(self.anchors[wanted]):
            return Broken(wanted, Fault.NOT_THE_ANCHOR)
        if raw["salt"] is None:
            self.erased.add(wanted)
        if raw["kind"] == UpdateKind.REDACTED.value:
            self.redacted.add(raw["about_seq"])
        self.seq, self.hash = wanted, raw["hash"]
        return None


def verify(database: Database, anchors: Iterable[Anchor] = (), *, page: int = PAGE) -> Unbroken | Broken:
    """The first broken place, or none. `anchors` are kept outside the database: only they show that somebody
    made the whole history anew. So many rows a `page` are read at a time. Raises Busy."""
    reading = _Reading({one.seq: one.hash for one in anchors})
    while True:
        with database.reading() as connection:
            try:
                rows = connection.execute(_ROWS, {"after": reading.seq, "page": page}).mappings().all()
            except DatabaseError as error:
                if not _is_unreadable(error):
                    raise
                return _first_unreadable(connection, reading)
            for raw in rows:
                if broken := reading.take(raw):
                    return broken
            if len(rows) < page:
                return _at_the_end(connection, reading)


def _at_the_end(connection: Connection, reading: _Reading) -> Unbroken | Broken:
    if head(connection) != (reading.seq, reading.hash):
        return Broken(reading.seq, Fault.NOT_THE_HEAD)
    unrecorded = reading.erased - reading.redacted
    # What was erased while this read on is erased by now.
    kept = {seq for seq in reading.redacted - reading.erased if _has_words(connection, seq)}
    if unrecorded or kept:
        first = min(unrecorded | kept)
        return Broken(first, Fault.ERASED_UNRECORDED if first in unrecorded else Fault.NOT_ERASED)
    if beyond := [seq for seq in reading.anchors if not 0 < seq <= reading.seq]:
        return Broken(min(beyond), Fault.NOT_THE_ANCHOR)
    return Unbroken(reading.seq, reading.hash, len(reading.erased))


def _has_words(connection: Connection, seq: int) -> bool:
    return connection.execute(_WITH_WORDS, {"seq": seq}).first() is not None


def _is_unreadable(error: DatabaseError) -> bool:
    """SQLite's driver cannot read a text that is not UTF-8, and no recbot wrote one."""
    return "UTF-8" in str(error.orig)


def _first_unreadable(connection: Connection, reading: _Reading) -> Broken:
    """The same page again, row by row."""
    while True:
        try:
            raw = connection.execute(_ROWS, {"after": reading.seq, "page": 1}).mappings().one()
        except DatabaseError:
            return Broken(reading.seq + 1, Fault.CHANGED)
        if broken := reading.take(raw):
            return broken


def _as_written(raw: RowMapping) -> dict[str, Any] | None:
    """The row with its values as the program means them; None where one of them is no such value."""
    row = dict(raw)
    try:
        if isinstance(row["recorded_at"], datetime):
            row["recorded_at"] = row["recorded_at"].astimezone(UTC)
        else:
            row["recorded_at"] = _from_sqlite(UtcDateTime(), row["recorded_at"])
        if not isinstance(row["stands_from"], date):
            row["stands_from"] = _from_sqlite(LondonDate(), row["stands_from"])
        for name in ("on_behalf", "quotable"):
            if not isinstance(row[name], bool):
                row[name] = _from_sqlite(Flag(), row[name])
    except (ValueError, TypeError, AttributeError):
        return None
    return row


def _from_sqlite(kind: UtcDateTime | LondonDate | Flag, stored: Any) -> Any:
    """Raises ValueError for what the program would not have written so."""
    value: Any = kind.process_result_value(stored, _SQLITE)
    if value is None or kind.process_bind_param(value, _SQLITE) != stored:
        raise ValueError
    return value


def _words_hold(raw: RowMapping) -> bool:
    words = [raw[name] for name in _WORDS]
    if raw["salt"] is None:
        return words == [None, None, None]
    # There are other ways to write the same bytes in hexadecimal.
    if None in words or not _SALT.fullmatch(raw["salt"]):
        return False
    digest = history.words_digest(raw["salt"], *words)
    return hmac.compare_digest(digest.encode(), raw["words_digest"].encode())
