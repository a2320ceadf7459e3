"""Appending to the history: one chain, one head, one order."""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.register import history
from bot.domain.register.update import Draft, Update, changes_names
from storage.chain import entry
from storage.changing import change_one
from storage.commit_groups import left_to_next
from storage.tables.history import chain_head, updates

_LOCKED_HEAD = select(chain_head.c.seq, chain_head.c.hash, chain_head.c.names_seq).with_for_update()
# What a member of a group leaves to the next.
_HEAD = "head"
_INSERT = insert(updates)
_MOVE_HEAD = (
    update(chain_head)
    .where(chain_head.c.id == 1)
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"), names_seq=bindparam("new_names_seq"))
)
# One update in one statement, which gives a row for the head that it moved. SQLite has no such statements.
_INSERT_ONE = insert(updates).values({column.key: bindparam(f"new_{column.key}") for column in updates.c})
_INSERT_AND_MOVE_HEAD = select(_MOVE_HEAD.returning(chain_head.c.seq).cte("moved").c.seq).add_cte(
    _INSERT_ONE.cte("added")
)


class Chain:
    """The history, its head locked for the rest of the transaction.

    Lock it first of all, then addressees, then tallies: everybody in that order, so nobody waits in a ring.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Whoever wrote before in the same transaction has locked it.
        head: tuple[int, str, int] | None = left_to_next(connection).get(_HEAD)
        self.seq, self.hash, self._names_seq = head or connection.execute(_LOCKED_HEAD).one()

    def append(self, draft: Draft, instant: datetime) -> Update:
        """Add an update recorded at `instant` (aware), and return it in its place."""
        return self.extend((draft,), instant)[0]

    def extend(self, drafts: Iterable[Draft], instant: datetime) -> list[Update]:
        """Add updates in their order, all recorded at `instant` (aware), and return them in their places. It
        takes as many statements for ten thousand as for one."""
        instant = instant.astimezone(UTC)
        added: list[Update] = []
        rows: list[dict[str, Any]] = []
        for draft in drafts:
            rows.append(self._next_row(draft, instant))
            added.append(Update(seq=self.seq, recorded_at=instant, draft=draft, quotable=draft.quotable))
        if rows:
            self._write(rows)
            left_to_next(self._connection)[_HEAD] = (self.seq, self.hash, self._names_seq)
        return added

    def _write(self, rows: Sequence[dict[str, Any]]) -> None:
        if len(rows) == 1 and self._connection.dialect.name == "postgresql":
            values = {f"new_{name}": value for name, value in rows[0].items()}
            self._connection.execute(_INSERT_AND_MOVE_HEAD, values | {"new_names_seq": self._names_seq}).one()
            return
        self._connection.execute(_INSERT, rows)
        change_one(
            self._connection,
            _MOVE_HEAD,
            {"new_seq": self.seq, "new_hash": self.hash, "new_names_seq": self._names_seq},
        )

    def _next_row(self, draft: Draft, instant: datetime) -> dict[str, Any]:
        salt = secrets.token_hex(16)
        row: dict[str, Any] = {
            **_structured(draft),
            "seq": self.seq + 1,
            "recorded_at": instant,
            "prev": self.hash,
            "words_digest": history.words_digest(
                salt, draft.text, draft.evidence_url, draft.decided_by, draft.evidence_title
            ),
        }
        row["hash"] = history.link(self.hash, entry(row))
        self.seq, self.hash = row["seq"], row["hash"]
        if changes_names(draft):
            self._names_seq = self.seq
        words = {
            "salt": salt,
            "text": draft.text,
            "evidence_url": draft.evidence_url,
            "decided_by": draft.decided_by,
            # None as in updates from before links had titles.
            "evidence_title": draft.evidence_title or None,
        }
        return row | words


def _structured(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "team_id": draft.by.team_id if draft.by else None,
        "user_id": draft.by.user_id if draft.by else None,
        "on_behalf": draft.on_behalf,
        "recommendation_id": draft.recommendation_id,
        "body_code": draft.body_code,
        "stands_from": draft.stands_from,
        "changes": json.dumps([asdict(change) for change in draft.changes], ensure_ascii=False),
        "about_seq": draft.about_seq,
        "quotable": draft.quotable,
        "source": draft.source,
        "via": draft.via.value,
        "request_key": draft.request.key if draft.request else None,
        "request_item": draft.request.item if draft.request else 0,
    }
