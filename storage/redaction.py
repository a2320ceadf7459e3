"""Erasing free words: from the history, from what stands, from what was sent, and from the files themselves.

What remains of an update is all that its hash covers, so that the chain still holds."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, or_, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.domain.messages.delivery import DeliveryKind, Payload
from bot.domain.messages.delivery_state import FINAL, WAITING, DeliveryState
from bot.domain.register.redaction import Ground
from bot.domain.register.update import UpdateKind
from storage import chain
from storage.changing import change_one
from storage.database import Busy, Database
from storage.tables.addressees import addressees
from storage.tables.deliveries import deliveries
from storage.tables.history import updates

# How long a delivery that is final keeps what was sent; its hash stays.
KEPT_FOR = timedelta(days=7)

_MESSAGES = tuple(kind for kind in DeliveryKind if kind.facts.keeps_free_words)
_FINAL = tuple(state.value for state in FINAL)
_BETWEEN_LOOKS = 0.05  # seconds
# Several replicas clean one after the other. The number is "recbot" in hexadecimal.
_ONE_AT_A_TIME = text("SELECT pg_advisory_lock(x'726563626f74'::bigint)")
_NOW = text("SELECT pg_current_xact_id()::text")
# Whoever works with this database by a snapshot, or in a transaction, from before that.
_LOOK_BACK = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend' AND greatest(age(backend_xmin), age(backend_xid))"
    " > age(cast(cast(:now AS xid8) AS xid))"
)
_ERASE = (
    update(updates)
    .where(updates.c.seq == bindparam("of_seq"))
    .values(text=None, evidence_url=None, evidence_title=None, decided_by=None, salt=None)
)
_CLEAR_FACE = update(addressees).where(addressees.c.face_seq == bindparam("of_seq")).values(face_excerpt="")
# Else PostgreSQL leaves its catalogues alone, with no more than a warning.
_OWNS_THE_DATABASE = text(
    "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"
)
_about = updates.alias("about")
_ERASED = (
    select(_about.c.seq, _about.c.hash, updates.c.changes)
    .join(_about, _about.c.seq == updates.c.about_seq)
    .where(updates.c.kind == UpdateKind.REDACTED.value)
    .order_by(updates.c.seq)
)
# A post that is to be edited is the only sent one that has a time from which on.
_TO_BE_EDITED = (
    select(
        deliveries.c.key,
        func.coalesce(deliveries.c.conversation, deliveries.c.channel).label("channel"),
        deliveries.c.ts,
        deliveries.c.payload_json,
    )
    .where(
        deliveries.c.state == DeliveryState.SENT.value,
        deliveries.c.not_before <= bindparam("until"),
        deliveries.c.payload_json.is_not(None),
    )
    .order_by(deliveries.c.not_before)
    .limit(1)
)

# `not_before` is of real time, which a register's own clock may be far from.
_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


class Sending(Struct, frozen=True):
    """A delivery, as far as what it says matters."""

    key: str
    state: DeliveryState
    payload: Payload | None  # what Slack was given, or is to be given; None once that is forgotten


class Post(Struct, frozen=True):
    """A message in Slack that is to say something else."""

    key: str
    channel: str  # a person's id, where it was sent before conversations were kept
    ts: str | None  # None where a person said that the message appeared
    payload: Payload


class Erased(Struct, frozen=True):
    """An update whose words were erased."""

    seq: int
    hash: str
    ground: Ground  # why


class ErasedIn(Struct, frozen=True):
    """What was erased in a register, up to an update."""

    seq: int  # the last update of the register
    erased: tuple[Erased, ...]


def erased_in(database: Database) -> ErasedIn | None:
    """Return what was erased; None where there is no register to be read, which may be why a backup is to
    take its place."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return None
    try:
        with database.reading() as connection:
            rows = connection.execute(_ERASED).all()
            return ErasedIn(chain.head(connection)[0], tuple(map(_erased, rows)))
    except (Busy, DBAPIError, sqlite3.Error):
        return None


def _erased(row: Any) -> Erased:
    grounds = [change["now"] for change in json.loads(row.changes) if change["what"] == "ground"]
    return Erased(row.seq, row.hash, Ground(grounds[0]))


def erase(connection: Connection, seq: int) -> None:
    """Erase the words of an update, and their beginning in the addressee's row. Raises WrongNumberOfRows."""
    change_one(connection, _ERASE, {"of_seq": seq})
    connection.execute(_CLEAR_FACE, {"of_seq": seq})


def about(connection: Connection, seqs: tuple[int, ...]) -> Iterator[Sending]:
    """Yield the deliveries whose keys carry the numbers of these updates, or that repeat their words."""
    by_key = [deliveries.c.key.like(f"%:{seq}{rest}") for seq in seqs for rest in ("", ":%")]
    repeating = [deliveries.c.says_json.like(f'%"{seq}"%') for seq in seqs]
    yield from _sendings(connection, or_(*by_key, *repeating))


def remembered(connection: Connection) -> Iterator[Sending]:
    """Yield the deliveries of which it is still known what they say."""
    yield from _sendings(connection, deliveries.c.payload_json.is_not(None))


def _sendings(connection: Connection, condition: Any) -> Iterator[Sending]:
    statement = select(deliveries.c.key, deliveries.c.state, deliveries.c.payload_json).where(
        condition, deliveries.c.kind.in_([kind.value for kind in _MESSAGES])
    )
    for key, state, payload in connection.execute(statement).all():
        yield Sending(key, DeliveryState(state), None if payload is None else json.loads(payload))


def say_instead(connection: Connection, sending: Sending, payload: Payload) -> None:
    """Change what a delivery says: it is sent so, or if it was sent, the post is to be edited so.

    Its hash stays that of what Slack was given."""
    values: dict[str, Any] = {"payload_json": _written(payload)}
    if sending.state is DeliveryState.SKIPPED:
        values["payload_json"] = None
    if sending.state is DeliveryState.SENT:
        values["not_before"] = _AT_ONCE
    if sending.state in WAITING:
        # Whoever has read what it said before does not get to send that.
        values["fence"] = deliveries.c.fence + 1
    change_one(connection, update(deliveries).where(deliveries.c.key == sending.key).values(**values))


def _written(payload: Payload) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True)


def to_be_edited(connection: Connection, until: datetime) -> Post | None:
    """Return the post whose turn it is to be edited, at a UTC instant of real time."""
    row = connection.execute(_TO_BE_EDITED, {"until": until}).one_or_none()
    if row is None:
        return None
    return Post(row.key, row.channel, row.ts, json.loads(row.payload_json))


def edited(connection: Connection, post: Post, error: str = "") -> None:
    """Record that a post says what it is to say; or with Slack's code, that it never will. What was erased
    since stays owed."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.key == post.key, deliveries.c.payload_json == _written(post.payload))
        .values(payload_json=None, not_before=None, error=error)
    )


def edit_later(connection: Connection, key: str, instant: datetime) -> None:
    """Leave a post until an instant of real time. Raises WrongNumberOfRows."""
    change_one(connection, update(deliveries).where(deliveries.c.key == key).values(not_before=instant))


def mark_unedited(connection: Connection, key: str | None = None) -> None:
    """Owe the editing of posts of which it was not known, when their words were erased, whether they had been
    sent: of one delivery, or of all."""
    sent = select(deliveries.c.key, deliveries.c.payload_json, deliveries.c.payload_sha).where(
        deliveries.c.state == DeliveryState.SENT.value,
        deliveries.c.payload_json.is_not(None),
        deliveries.c.not_before.is_(None),
        *(() if key is None else (deliveries.c.key == key,)),
    )
    for sent_key, payload, sha in connection.execute(sent).all():
        if payload is not None and hashlib.sha256(payload.encode()).hexdigest() != sha:
            edit_later(connection, sent_key, _AT_ONCE)


def forget_payloads(connection: Connection, now: datetime) -> int:
    """Forget what was sent or passed over more than a week ago; the hashes stay. Return how many were
    forgotten."""
    old = (
        update(deliveries)
        .where(
            deliveries.c.state.in_(_FINAL),
            deliveries.c.updated_at < now - KEPT_FOR,
            deliveries.c.payload_json.is_not(None),
            deliveries.c.not_before.is_(None),
        )
        .values(payload_json=None)
    )
    return connection.execute(old).rowcount


def scrub(database: Database, wait: float) -> bool:
    """Leave no byte of what was erased in the database's files. Return False when others held them for `wait`
    seconds.

    A database overwrites nothing by itself: old rows stand in free space and in the write-ahead log."""
    return _scrub_sqlite(database, wait) if database.is_sqlite else _scrub_postgresql(database, wait)


def _scrub_sqlite(database: Database, wait: float) -> bool:
    with closing(
        sqlite3.connect(str(database.url.database), timeout=wait, isolation_level=None)
    ) as connection:
        try:
            connection.execute("PRAGMA secure_delete = ON").close()
            connection.execute("VACUUM").close()
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy


def _scrub_postgresql(database: Database, wait: float) -> bool:
    """Write the tables anew, by VACUUM FULL: VACUUM alone leaves the bytes in the pages."""
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            # Not one of the pool's any more: what is set here holds for nobody else, and goes with it.
            connection.detach()
            connection.execute(text(f"SET lock_timeout = {int(wait * 1000)}"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(_ONE_AT_A_TIME)
            if not _nobody_looks_back(connection, wait):
                return False
            for table in (updates, addressees, deliveries):
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))
            # The planner's samples hold words too, and are the database owner's to clean.
            connection.execute(text("VACUUM (FULL) pg_statistic"))
            cleaned: bool = connection.execute(_OWNS_THE_DATABASE).scalar_one()
    except DBAPIError:
        return False
    return cleaned


def _nobody_looks_back(connection: Connection, wait: float) -> bool:
    """Wait for everybody who still reads what was there before: for them a VACUUM keeps it. Return False when
    that takes more than `wait` seconds."""
    now = connection.execute(_NOW).scalar_one()
    gives_up_at = time.monotonic() + wait
    while connection.execute(_LOOK_BACK, {"now": now}).scalar_one():
        if time.monotonic() > gives_up_at:
            return False
        time.sleep(_BETWEEN_LOOKS)
    return True
