"""The history as it is read: its head, and what its rows say."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.register.people import PersonKey
from bot.domain.register.update import Change, Draft, RequestKey, UpdateKind, Via
from storage.tables.history import chain_head, updates

_FIRST = select(updates.c.hash, updates.c.words_digest).where(updates.c.seq == 1)
_HEAD = select(chain_head.c.seq, chain_head.c.hash, chain_head.c.names_seq)


def head(connection: Connection) -> tuple[int, str]:
    """Return the last sequence number and its hash: the anchor that a digest carries."""
    seq, digest, _ = connection.execute(_HEAD).one()
    return seq, digest


def names_seq(connection: Connection) -> int:
    """Return the number of the update that last changed what a name can mean."""
    return connection.execute(_HEAD).one()[2]


def return_key(connection: Connection) -> bytes:
    """Return the key of the codes on return forms: the register's own, and the same in every copy of it."""
    row = connection.execute(_FIRST).first()
    return sha256(f"return form\n{row.hash}\n{row.words_digest}".encode()).digest() if row else b""


def entry(row: dict[str, Any]) -> dict[str, object]:
    """Return what the hash covers: everything but the free words, their salt, and the links themselves."""
    covered = {name: row[name] for name in _COVERED}
    covered["recorded_at"] = row["recorded_at"].isoformat()
    covered["stands_from"] = row["stands_from"].isoformat()
    return covered


_COVERED = (
    "seq",
    "kind",
    "recorded_at",
    "team_id",
    "user_id",
    "on_behalf",
    "recommendation_id",
    "body_code",
    "stands_from",
    "changes",
    "about_seq",
    "quotable",
    "source",
    "via",
    "request_key",
    "request_item",
    "words_digest",
)


def changes_of(row: Any) -> tuple[Change, ...]:
    """Return what a row of `updates` changed."""
    return changes_in(row.changes)


@lru_cache(maxsize=4096)
def changes_in(stored: str) -> tuple[Change, ...]:
    """Read the changes of an update as they are stored. Kept, since many updates change the same."""
    return tuple(Change(**change) for change in json.loads(stored))


def draft_of(row: Any) -> Draft:
    """Return the draft that a row of `updates` was made from."""
    return Draft(
        kind=UpdateKind(row.kind),
        stands_from=row.stands_from,
        via=Via(row.via),
        by=PersonKey(row.team_id, row.user_id) if row.user_id else None,
        on_behalf=row.on_behalf,
        recommendation_id=row.recommendation_id,
        body_code=row.body_code,
        changes=changes_of(row),
        about_seq=row.about_seq,
        quotable=row.quotable,
        source=row.source,
        text=row.text or "",
        evidence_url=row.evidence_url or "",
        decided_by=row.decided_by or "",
        evidence_title=row.evidence_title or "",
        request=RequestKey(row.request_key, row.request_item) if row.request_key else None,
    )


def hash_of(connection: Connection, seq: int) -> str | None:
    """Return the hash of an update; None where there is none with this number."""
    return connection.execute(select(updates.c.hash).where(updates.c.seq == seq)).scalar_one_or_none()
