"""The history keeps a digest of what reports, recommendations and bodies hold, and what contacts asked not to
be reminded of. What an older register holds of these is put under its seal as it stands."""

import json
import secrets
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

from bot.domain.calendar import london_date
from bot.domain.register import history
from bot.domain.register.content import CONTENT
from bot.domain.register.people import PersonKey
from bot.domain.register.reminder_settings import ReminderSetting
from bot.domain.register.update import Change
from storage import contents
from storage.types import Flag, LondonDate, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_updates = sa.table(
    "updates",
    *map(
        sa.column,
        (
            "seq",
            "prev",
            "hash",
            "words_digest",
            "salt",
            "text",
            "evidence_url",
            "decided_by",
            "kind",
            "team_id",
        ),
    ),
    *map(sa.column, ("user_id", "recommendation_id", "body_code", "changes", "about_seq", "source", "via")),
    *map(sa.column, ("request_key", "request_item")),
    sa.column("recorded_at", UtcDateTime()),
    sa.column("stands_from", LondonDate()),
    sa.column("on_behalf", Flag()),
    sa.column("quotable", Flag()),
)
_UNHASHED = ("prev", "hash", "salt", "text", "evidence_url", "decided_by")
_head = sa.table("chain_head", sa.column("seq"), sa.column("hash"))
_addressees = sa.table("addressees", sa.column("recommendation_id"), sa.column("body_code"))
_snoozes = sa.table(
    "snoozes",
    sa.column("team_id"),
    sa.column("user_id"),
    sa.column("body_code"),
    sa.column("recommendation_id"),
    sa.column("until", LondonDate()),
)


def upgrade() -> None:
    connection = op.get_bind()
    # What has such digests already is not sealed again, however it came by an older version's number.
    sealed = connection.execute(
        sa.select(_updates.c.seq).where(_updates.c.changes.contains(f'"{CONTENT}')).limit(1)
    ).first()
    changes = (
        [] if sealed else [*contents.all_changes(connection), *_addressed(connection), *_settings(connection)]
    )
    if changes:
        _seal(connection, changes)


def _addressed(connection: sa.Connection) -> list[Change]:
    codes: dict[str, list[str]] = {}
    rows = connection.execute(sa.select(_addressees.c.recommendation_id, _addressees.c.body_code))
    for recommendation_id, body_code in rows:
        codes.setdefault(recommendation_id, []).append(body_code)
    return [Change(f"addressed to {id_}", "", " ".join(sorted(codes[id_]))) for id_ in sorted(codes)]


def _settings(connection: sa.Connection) -> list[Change]:
    return [
        ReminderSetting(PersonKey(row.team_id, row.user_id), row.body_code, row.recommendation_id).change(
            row.until
        )
        for row in connection.execute(sa.select(_snoozes))
    ]


def _seal(connection: sa.Connection, changes: list[Change]) -> None:
    """Write one update, as `storage.chain` wrote them when this was written."""
    seq, prev = connection.execute(sa.select(_head.c.seq, _head.c.hash)).one()
    now, salt = datetime.now(UTC), secrets.token_hex(16)
    written = [{"what": change.what, "was": change.was, "now": change.now} for change in changes]
    row = {
        "seq": seq + 1,
        "prev": prev,
        "salt": salt,
        "text": "",
        "evidence_url": "",
        "decided_by": "",
        "words_digest": history.words_digest(salt, "", "", ""),
        "kind": "register sealed",
        "recorded_at": now,
        "team_id": None,
        "user_id": None,
        "on_behalf": False,
        "recommendation_id": None,
        "body_code": None,
        "stands_from": london_date(now),
        "changes": json.dumps(written, ensure_ascii=False),
        "about_seq": None,
        "quotable": False,
        "source": "",
        "via": "command line",
        "request_key": None,
        "request_item": 0,
    }
    row["hash"] = history.link(prev, _hashed(row))
    connection.execute(sa.insert(_updates), row)
    connection.execute(sa.update(_head).values(seq=seq + 1, hash=row["hash"]))


def _hashed(row: dict[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime | date) else value
        for name, value in row.items()
        if name not in _UNHASHED
    }
