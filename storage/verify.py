"""Going through the whole history, to see whether anybody rewrote it, or what is shown beside it.

It is read as it lies in the database, not through the column types: two ways to write the same instant would
else be the same to the hash. Nobody who writes has to wait for it: each page is a snapshot of its own, and
what is shown is compared in the snapshot that also holds the history's end."""

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, func, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from bot.domain.messages.delivery import update_named_by
from bot.domain.register import history
from bot.domain.register.replay import Replay
from bot.domain.register.update import Update, UpdateKind
from storage import database_objects, shown_state
from storage.chain import draft_of, entry
from storage.database import Database
from storage.tables.deliveries import deliveries
from storage.tables.history import owed_cleanings
from storage.tables.people import people
from storage.types import Flag, LondonDate, UtcDateTime

# Each page is a transaction of its own, so that a long history holds nobody up and runs into no time-out.
PAGE = 2000
_ROWS = text("SELECT * FROM updates WHERE seq > :after ORDER BY seq LIMIT :page")
_HEAD = text("SELECT seq, hash FROM chain_head")
_WITH_WORDS = text("SELECT seq FROM updates WHERE seq = :seq AND salt IS NOT NULL")
_WORDS = ("text", "evidence_url", "decided_by")
_SALT = re.compile("[0-9a-f]{32}")
_SQLITE = sqlite.dialect()
_INSTANT, _DAY, _FLAG = UtcDateTime(), LondonDate(), Flag()


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
    ENDS_BEFORE_ANCHOR = "ends before anchor"
    CUT = "cut"
    SHOWN_DIFFERS = "shown differs"
    UNGUARDED = "unguarded"


class Anchor(Struct, frozen=True):
    """What a digest printed: an update's number and its hash, or the beginning of it."""

    seq: int
    hash: str


class Broken(Struct, frozen=True):
    """The first place at which the history does not hold."""

    seq: int
    fault: Fault
    # What is shown and differs, or which guard is missing, in words; or the number of another update.
    about: str = ""


class Unbroken(Struct, frozen=True):
    """Every update is there as it was recorded, up to the last one."""

    seq: int  # the last update
    hash: str  # the hash of that
    erased: int  # how many updates have had their words lawfully erased


@dataclass
class _Reading:
    """How far the history has been read."""

    anchors: Mapping[int, Sequence[str]]  # hashes, or the beginnings of them, by the update's number
    seq: int = 0  # the last update that was read
    hash: str = history.GENESIS  # the hash of that
    erased: set[int] = field(default_factory=set)  # updates without words
    redacted: set[int] = field(default_factory=set)  # updates whose words the history says were erased
    replay: Replay = field(default_factory=Replay)

    def take(self, raw: RowMapping) -> Broken | None:
        """Go on by one row, unless something is wrong with it."""
        number = self.seq + 1
        if raw["seq"] != number:
            return Broken(number, Fault.MISSING)
        row = _as_written(raw)
        if row is None or raw["hash"] != history.link(str(raw["prev"]), entry(row)):
            return Broken(number, Fault.CHANGED)
        if raw["prev"] != self.hash:
            return Broken(number, Fault.DOES_NOT_FOLLOW)
        if not _words_hold(raw):
            return Broken(number, Fault.WORDS_CHANGED)
        if not all(raw["hash"].startswith(anchor) for anchor in self.anchors.get(number, ())):
            return Broken(number, Fault.NOT_THE_ANCHOR)
        if raw["salt"] is None:
            self.erased.add(number)
        if raw["kind"] == UpdateKind.REDACTED.value:
            self.redacted.add(raw["about_seq"])
        self.seq, self.hash = number, raw["hash"]
        try:
            self.replay.take(_update(row))
        except (ValueError, KeyError, TypeError):
            return Broken(number, Fault.CHANGED)
        return None


def verify(database: Database, anchors: Iterable[Anchor] = (), *, page: int = PAGE) -> Unbroken | Broken:
    """Return the first broken place, or that there is none: in the history, in what is shown, in what guards
    the two.

    `anchors` are kept outside the database, and all of them have to hold: only they show that somebody made
    the whole history anew. So many rows a `page` are read at a time. Raises Busy."""
    result = _history(database, anchors, page)
    if isinstance(result, Broken):
        return result
    if differing := database_objects.objects_that_differ(database):
        return Broken(result.seq, Fault.UNGUARDED, differing[0])
    return result


def _history(database: Database, anchors: Iterable[Anchor], page: int) -> Unbroken | Broken:
    by_seq: dict[int, list[str]] = {}
    for anchor in anchors:
        by_seq.setdefault(anchor.seq, []).append(anchor.hash)
    reading = _Reading(by_seq)
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
    if connection.execute(_HEAD).all() != [(reading.seq, reading.hash)]:
        return Broken(reading.seq, Fault.NOT_THE_HEAD)
    unrecorded = reading.erased - reading.redacted
    # What was erased while this read on is erased by now.
    not_erased = {seq for seq in reading.redacted - reading.erased if _has_words(connection, seq)}
    if unrecorded or not_erased:
        first = min(unrecorded | not_erased)
        return Broken(first, Fault.ERASED_UNRECORDED if first in unrecorded else Fault.NOT_ERASED)
    if beyond := [seq for seq in reading.anchors if not 0 < seq <= reading.seq]:
        if min(beyond) < 1:
            return Broken(min(beyond), Fault.NOT_THE_ANCHOR)
        return Broken(min(beyond), Fault.ENDS_BEFORE_ANCHOR, str(reading.seq))
    if (number := _told_of(connection)) > reading.seq:
        return Broken(reading.seq, Fault.CUT, str(number))
    if difference := _difference(connection, reading.replay):
        return Broken(reading.seq, Fault.SHOWN_DIFFERS, difference)
    return Unbroken(reading.seq, reading.hash, len(reading.erased))


def _told_of(connection: Connection) -> int:
    """Return the last update that messages have told of, or after which something is owed."""
    numbers = [
        connection.execute(select(func.max(seq))).scalar_one() or 0
        for seq in (deliveries.c.through_seq, people.c.home_owed_seq, owed_cleanings.c.seq)
    ]
    return max([*numbers, *map(update_named_by, connection.execute(select(deliveries.c.key)).scalars())])


def _difference(connection: Connection, replay: Replay) -> str | None:
    try:
        return shown_state.first_difference(connection, replay)
    except DatabaseError as error:
        if not _is_unreadable(error):
            raise
        return "a text beside the history cannot be read"


def _has_words(connection: Connection, seq: int) -> bool:
    return connection.execute(_WITH_WORDS, {"seq": seq}).first() is not None


def _is_unreadable(error: DatabaseError) -> bool:
    """Tell whether a text is not UTF-8, which SQLite's driver cannot read, and no recbot wrote."""
    return "UTF-8" in str(error.orig)


def _first_unreadable(connection: Connection, reading: _Reading) -> Broken:
    """Read the same page again, row by row."""
    while True:
        try:
            raw = connection.execute(_ROWS, {"after": reading.seq, "page": 1}).mappings().one()
        except DatabaseError:
            return Broken(reading.seq + 1, Fault.CHANGED)
        if broken := reading.take(raw):
            return broken


def _as_written(raw: RowMapping) -> dict[str, Any] | None:
    """Return the row with its values as the program means them; None where one of them is no such value."""
    row = dict(raw)
    try:
        if isinstance(row["recorded_at"], datetime):
            row["recorded_at"] = row["recorded_at"].astimezone(UTC)
        else:
            row["recorded_at"] = _from_sqlite(_INSTANT, row["recorded_at"])
        if not isinstance(row["stands_from"], date):
            row["stands_from"] = _day_from_sqlite(row["stands_from"])
        for name in ("on_behalf", "quotable"):
            if not isinstance(row[name], bool):
                row[name] = _from_sqlite(_FLAG, row[name])
    except (ValueError, TypeError, AttributeError):
        return None
    return row


def _update(row: dict[str, Any]) -> Update:
    """Return the update of a row. Raises ValueError, KeyError or TypeError for what no recbot writes."""
    return Update(row["seq"], row["recorded_at"], draft_of(SimpleNamespace(**row)))


def _from_sqlite(kind: UtcDateTime | LondonDate | Flag, stored: Any) -> Any:
    """Return a value as the program means it. Raises ValueError for what the program would not have written
    so."""
    value: Any = kind.process_result_value(stored, _SQLITE)
    if value is None or kind.process_bind_param(value, _SQLITE) != stored:
        raise ValueError
    return value


# Kept, since many updates stand from the same day.
@lru_cache(maxsize=4096)
def _day_from_sqlite(stored: Any) -> Any:
    """Return a London date as the program means it. Raises ValueError as above."""
    return _from_sqlite(_DAY, stored)


def _words_hold(raw: RowMapping) -> bool:
    words = [raw[name] for name in _WORDS]
    # An earlier schema has no titles. Where there is none the program writes no empty one.
    title = raw.get("evidence_title")
    if raw["salt"] is None:
        return [*words, title] == [None, None, None, None]
    # There are other ways to write the same bytes in hexadecimal.
    if None in words or title == "" or not _SALT.fullmatch(raw["salt"]):
        return False
    digest = history.words_digest(raw["salt"], *(*words, title or ""))
    return hmac.compare_digest(digest.encode(), raw["words_digest"].encode())
