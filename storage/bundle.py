"""What a bundle reads: the history as its hashes cover it, and the tables beside it, row by row."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, exists, select
from sqlalchemy.sql import ColumnElement

from bot.domain.questions.bundle import BundleScope, SealedUpdate, SealedWords
from bot.domain.register.history import canonical
from storage.chain import entry
from storage.tables.addressees import addressees
from storage.tables.bodies import body_aliases, policing_bodies
from storage.tables.deliveries import deliveries
from storage.tables.history import updates
from storage.tables.people import channels, follows, grants, people, snoozes
from storage.tables.reports import letter_texts, parts, recommendations, reports

Row = Mapping[str, Any]
_AT_A_TIME = 1000
# What Slack was given is kept for a week only; its hash stays.
_LEFT_OUT = frozenset({"payload_json"})


def each_update(connection: Connection) -> Iterator[SealedUpdate]:
    """Yield the whole history in its order."""
    statement = select(updates).order_by(updates.c.seq)
    with connection.execute(statement, execution_options={"yield_per": _AT_A_TIME}) as rows:
        for row in rows.mappings():
            yield _sealed(dict(row))


def _sealed(row: dict[str, Any]) -> SealedUpdate:
    words = None
    if row["salt"] is not None:
        words = SealedWords(
            row["salt"],
            row["text"],
            row["evidence_url"],
            row["decided_by"],
            row["evidence_title"] or "",
        )
    return SealedUpdate(
        seq=row["seq"],
        hash=row["hash"],
        sealed=canonical(entry(row)).decode(),
        kind=row["kind"],
        recorded_at=row["recorded_at"],
        recommendation_id=row["recommendation_id"],
        body_code=row["body_code"],
        words=words,
    )


def each_table(connection: Connection, scope: BundleScope) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield each table that a bundle holds, by name, with its rows in the order of their keys."""
    for table, condition in _tables(scope):
        columns = [column for column in table.columns if column.name not in _LEFT_OUT]
        statement = select(*columns).order_by(*table.primary_key.columns)
        if condition is not None:
            statement = statement.where(condition)
        yield table.name, _rows(connection, statement)


def _rows(connection: Connection, statement: Any) -> Iterator[Row]:
    with connection.execute(statement, execution_options={"yield_per": _AT_A_TIME}) as rows:
        yield from map(dict, rows.mappings())


def _tables(scope: BundleScope) -> Iterator[tuple[Table, ColumnElement[bool] | None]]:
    """Yield what a bundle holds of each table; None for all of it."""
    if scope.body_code is None:
        yield from ((table, None) for table in WHOLE_REGISTER)
        return
    addressed = select(addressees.c.recommendation_id).where(addressees.c.body_code == scope.body_code)
    is_addressed = recommendations.c.id.in_(addressed)
    yield reports, exists().where(recommendations.c.report_key == reports.c.key, is_addressed)
    yield recommendations, is_addressed
    yield parts, parts.c.recommendation_id.in_(addressed)
    yield policing_bodies, policing_bodies.c.code == scope.body_code
    for table in (body_aliases, addressees, grants):
        yield table, table.c.body_code == scope.body_code
    yield people, _had_to_do_with(scope.body_code)


def _had_to_do_with(body_code: str) -> ColumnElement[bool]:
    recorded = exists().where(
        updates.c.team_id == people.c.team_id,
        updates.c.user_id == people.c.user_id,
        updates.c.body_code == body_code,
    )
    granted = exists().where(
        grants.c.team_id == people.c.team_id,
        grants.c.user_id == people.c.user_id,
        grants.c.body_code == body_code,
    )
    return recorded | granted


# The counts are left out, since they can be counted, and what only recbot's own upkeep needs.
WHOLE_REGISTER = (
    reports,
    recommendations,
    parts,
    policing_bodies,
    body_aliases,
    addressees,
    people,
    grants,
    snoozes,
    deliveries,
    letter_texts,
    follows,
    channels,
)
