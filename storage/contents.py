"""What reports, recommendations and bodies hold, for the history to keep a digest of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, column, inspect, select, table

from bot.domain.register import content
from bot.domain.register.update import CHANGES_NAMES, Change, Draft, UpdateKind
from bot.domain.values import replace
from storage.tables.bodies import body_aliases, policing_bodies
from storage.tables.reports import parts, recommendations, reports


class ContentKind(Struct, frozen=True):
    """What the history keeps a digest of: reports, recommendations, bodies."""

    name: str  # as the history calls it
    table: Table  # where it stands
    key: str  # the column of its key
    more: Table | None = None  # where rows that belong to it stand
    more_key: str = ""  # the column there that names it

    @property
    def more_order(self) -> list[str]:
        return [] if self.more is None else [column.name for column in self.more.primary_key.columns]

    def called(self, key: str) -> str:
        """Return how the history calls one of them: `report stalking`."""
        return f"{self.name} {key}"


REPORT = ContentKind("report", reports, "key")
RECOMMENDATION = ContentKind("recommendation", recommendations, "id", parts, "recommendation_id")
BODY = ContentKind("body", policing_bodies, "code", body_aliases, "body_code")
CONTENT_KINDS = (REPORT, RECOMMENDATION, BODY)


def change(connection: Connection, kind: ContentKind, *keys: str) -> tuple[Change, ...]:
    """Return what an update says of things that its transaction has written: what each holds now."""
    return tuple(content.change(kind.called(key), _rows(connection, kind, key)[key]) for key in keys)


def all_changes(connection: Connection) -> Iterator[Change]:
    """Yield what an update would say of every report, recommendation and body: what each holds now."""
    for kind in CONTENT_KINDS:
        for key, rows in sorted(_rows(connection, kind).items()):
            yield content.change(kind.called(key), rows)


def with_contents(connection: Connection, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts of updates with what each of the things that they add or change holds now.

    Reads everything once, however many there are."""
    content_names = [_thing(draft) for draft in drafts]
    digest_by_name = digests(connection) if any(content_names) else {}
    return [
        replace(
            draft,
            changes=(
                *draft.changes,
                Change(f"{content.CONTENT}{content_name}", "", digest_by_name[content_name]),
            ),
        )
        if content_name
        else draft
        for draft, content_name in zip(drafts, content_names, strict=True)
    ]


def _thing(draft: Draft) -> str | None:
    """Return what the history calls the thing that an update adds or changes."""
    if draft.kind not in CHANGES_NAMES:
        return None
    if draft.kind is UpdateKind.REPORT_ADDED:
        return next((REPORT.called(change.now) for change in draft.changes if change.what == "report"), None)
    if draft.kind is UpdateKind.RECOMMENDATION_ADDED:
        return RECOMMENDATION.called(draft.recommendation_id or "")
    return BODY.called(draft.body_code or "")


def digests(connection: Connection) -> dict[str, str]:
    """Return what everything holds, as it lies in the database, by what the history calls it."""
    return {
        kind.called(key): content.digest(rows)
        for kind in CONTENT_KINDS
        for key, rows in _rows(connection, kind).items()
    }


def _rows(connection: Connection, kind: ContentKind, key: str | None = None) -> dict[str, list[content.Row]]:
    """Return the rows of one thing of a kind, or of all of them, by key: first its own row, then those that
    belong to it, in order."""
    rows_by_key: dict[str, list[content.Row]] = {}
    for row in _raw(connection, kind.table, kind.key, key):
        rows_by_key[row[kind.key]] = [row]
    if kind.more is not None:
        rows = _raw(connection, kind.more, kind.more_key, key)
        for row in sorted(rows, key=lambda row: [str(row[name]) for name in kind.more_order]):
            rows_by_key.setdefault(row[kind.more_key], []).append(row)
    return rows_by_key


def _raw(connection: Connection, source: Table, key_column: str, key: str | None) -> list[dict[str, Any]]:
    """Read rows as they lie in the database: through the column types, two ways to write a date would be
    one."""
    names = [stored.name for stored in source.columns]
    if key is None:
        # An earlier schema has fewer columns.
        existing = {stored["name"] for stored in inspect(connection).get_columns(source.name)}
        names = [name for name in names if name in existing]
    columns: list[ColumnElement[Any]] = [column(name) for name in names]
    statement: Any = select(*columns).select_from(table(source.name))
    if key is not None:
        condition: ColumnElement[bool] = column(key_column) == key
        statement = statement.where(condition)
    return [dict(row) for row in connection.execute(statement).mappings()]
