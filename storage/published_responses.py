"""What bodies recorded of their published responses: updates that concern a report, and no recommendation."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import Connection, literal_column, select

from bot.domain.register.published_response import Ended, step_name
from bot.domain.register.recommendation import Report
from bot.domain.register.update import Update, UpdateKind
from storage import updates
from storage.recommendations import EACH_REPORT, report_of
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.history import updates as table
from storage.tables.reports import reports
from storage.tables.tallies import group_tallies

# By a literal, as the index has it.
_IS_STEP = table.c.recommendation_id.is_(None) & (
    table.c.kind == literal_column(f"'{UpdateKind.PUBLISHED_RESPONSE}'")
)


def asking(connection: Connection) -> dict[str, Report]:
    """Return the reports that ask bodies to publish their response, by key."""
    rows = connection.execute(EACH_REPORT.where(reports.c.publish_by.is_not(None))).all()
    return {row.key: report_of(row) for row in rows}


def bodies_asked(
    connection: Connection, report_keys: Collection[str], codes: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return the bodies of which anything live is asked, by report: their short names by code; of some of
    the bodies, or all."""
    statement = (
        select(group_tallies.c.report_key, policing_bodies.c.code, policing_bodies.c.short_name)
        .join(policing_bodies, policing_bodies.c.code == group_tallies.c.body_code)
        .where(group_tallies.c.report_key.in_(report_keys), group_tallies.c.addressees > 0)
        .distinct()
    )
    if codes is not None:
        statement = statement.where(group_tallies.c.body_code.in_(codes))
    by_report: dict[str, dict[str, str]] = {}
    for row in connection.execute(statement).all():
        by_report.setdefault(row.report_key, {})[row.code] = row.short_name
    return by_report


def ended_by(connection: Connection, report_keys: Collection[str], day: date) -> tuple[Ended, ...]:
    """Return the bodies that had ended by a London day, with the heirs of what these reports asked of
    them."""
    statement = (
        select(
            addressees.c.report_key,
            addressees.c.body_code,
            policing_bodies.c.short_name,
            addressees.c.passed_to,
        )
        .join(policing_bodies, policing_bodies.c.code == addressees.c.body_code)
        .where(
            addressees.c.passed_to.is_not(None),
            addressees.c.report_key.in_(report_keys),
            policing_bodies.c.last_day < day,
        )
        .distinct()
    )
    return tuple(
        Ended(row.report_key, row.body_code, row.short_name, row.passed_to)
        for row in connection.execute(statement).all()
    )


def history(connection: Connection, codes: Collection[str]) -> tuple[Update, ...]:
    """Return what these bodies recorded, and what of it was taken back, in order of seq."""
    steps = tuple(updates.with_names(connection, _IS_STEP & table.c.body_code.in_(codes)))
    undone = [update.seq for update in steps if update.undone]
    return tuple(sorted((*steps, *_undoings(connection, undone)), key=lambda update: update.seq))


def bodies_with_steps(connection: Connection, report_key: str) -> frozenset[str]:
    """Return the codes of the bodies that recorded a step of a report and did not take it back."""
    is_of_report = table.c.changes.contains(f'"{step_name(report_key)}"', autoescape=True)
    steps = updates.with_names(connection, _IS_STEP & is_of_report)
    return frozenset(step.draft.body_code for step in steps if step.draft.body_code and not step.undone)


def _undoings(connection: Connection, seqs: Collection[int]) -> Iterable[Update]:
    if not seqs:
        return ()
    condition = table.c.about_seq.in_(seqs) & (table.c.kind == UpdateKind.UNDO.value)
    return updates.with_names(connection, condition)


def settings_after(connection: Connection, instant: datetime) -> tuple[Update, ...]:
    """Return what changed settings of reports at a UTC instant or later, in order of seq."""
    condition = (
        table.c.body_code.is_(None)
        & (table.c.kind == UpdateKind.REPORT_CHANGED.value)
        & (table.c.recorded_at >= instant)
    )
    return tuple(sorted(updates.with_names(connection, condition), key=lambda update: update.seq))
