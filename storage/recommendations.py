"""Reports, recommendations and their parts."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, literal_column, select, update

from bot.domain.register.recommendation import (
    Part,
    PartKind,
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Report,
    Themes,
)
from bot.domain.register.recommendation_number import place_of
from storage import register_tallies
from storage.changing import change_one
from storage.tables.reports import parts, recommendations, reports

_KINDS = {kind.value: kind for kind in RecommendationKind}
_STATUSES = {status.value: status for status in RecommendationStatus}
# What is stated of a recommendation, and of its report beside it.
STATED = (
    *recommendations.c,
    reports.c.title,
    reports.c.publishers,
    reports.c.published_on,
    reports.c.url,
    reports.c.publish_by,
)
_RECOMMENDATION: Select[Any] = select(*STATED).select_from(
    recommendations.join(reports, reports.c.key == recommendations.c.report_key)
)

# A row for each part, and one for what has none.
WITH_PARTS: Select[Any] = select(
    *_RECOMMENDATION.selected_columns,
    parts.c.label.label("part_label"),
    parts.c.position.label("part_place"),
    parts.c.kind.label("part_kind"),
    parts.c.text.label("part_text"),
).select_from(
    recommendations.join(reports, reports.c.key == recommendations.c.report_key).outerjoin(
        parts, parts.c.recommendation_id == recommendations.c.id
    )
)

# As `Recommendation.place` has it.
IN_ORDER = (recommendations.c.report_key, recommendations.c.position)
_LIVE = recommendations.c.status == bindparam("live", RecommendationStatus.LIVE.value)

_BY_ID = WITH_PARTS.where(recommendations.c.id == bindparam("id"))
_BY_IDS_WITH_PARTS = WITH_PARTS.where(recommendations.c.id.in_(bindparam("ids", expanding=True))).order_by(
    *IN_ORDER, recommendations.c.id
)
_BY_IDS = _RECOMMENDATION.where(recommendations.c.id.in_(bindparam("ids", expanding=True))).order_by(
    *IN_ORDER
)
# Few have one number. In order they would have SQLite's planner go through all that are live.
_BY_NUMBER = WITH_PARTS.where(recommendations.c.number == bindparam("number"), _LIVE)
_ENDED_WITH_NUMBER = _RECOMMENDATION.where(
    recommendations.c.number == bindparam("number"),
    recommendations.c.status != RecommendationStatus.LIVE.value,
).order_by(*IN_ORDER)
_ALL_LIVE = (
    _RECOMMENDATION.where(_LIVE).order_by(*IN_ORDER).limit(bindparam("limit")).offset(bindparam("offset"))
)
# Only what is asked of bodies: an index has it in order.
_FIRST_ADDRESSED = _RECOMMENDATION.where(
    _LIVE, recommendations.c.kind == RecommendationKind.ADDRESSED.value
).order_by(*IN_ORDER)
# Themes are one word each, with spaces between them. What else is like it is sorted out where they are read.
_WITH_THEME = _RECOMMENDATION.where(
    _LIVE,
    (literal_column("' '") + recommendations.c.themes + literal_column("' '")).like(
        bindparam("pattern"), escape="/"
    ),
).order_by(*IN_ORDER)
_LIVE_NUMBERS = (
    select(
        recommendations.c.report_key,
        recommendations.c.number,
        recommendations.c.due_on,
        recommendations.c.kind,
    )
    .where(_LIVE)
    .order_by(*IN_ORDER)
)
_OF_REPORT = _RECOMMENDATION.where(recommendations.c.report_key == bindparam("report_key"), _LIVE).order_by(
    *IN_ORDER
)
EACH_REPORT = select(reports, reports.c.key.label("report_key"))
_REPORT = EACH_REPORT.where(reports.c.key == bindparam("key"))
_LIVE_KIND = select(recommendations.c.kind).where(recommendations.c.id == bindparam("id"), _LIVE)
_COUNT_LIVE = select(func.count()).select_from(recommendations).where(_LIVE)


def get(connection: Connection, recommendation_id: str) -> Recommendation | None:
    """Return one recommendation with its parts, live or ended."""
    rows = connection.execute(_BY_ID, {"id": recommendation_id}).all()
    return next(each_with_parts(rows), None)


def everything(connection: Connection) -> dict[str, Recommendation]:
    """Return all recommendations by id with their parts, live or ended."""
    its_parts: dict[str, list[Part]] = {}
    for row in connection.execute(select(parts).order_by(parts.c.position)).all():
        its_parts.setdefault(row.recommendation_id, []).append(Part(row.label, PartKind(row.kind), row.text))
    return {
        row.id: stated_in(row, tuple(its_parts.get(row.id, ())))
        for row in connection.execute(_RECOMMENDATION).all()
    }


def with_number(connection: Connection, number: str) -> tuple[Recommendation, ...]:
    """Return the live recommendations of a number with their parts, one for each report that has it, by
    report."""
    rows = connection.execute(_BY_NUMBER, {"number": number}).all()
    return tuple(each_with_parts(sorted(rows, key=lambda row: row.report_key)))


def ended_with_number(connection: Connection, number: str) -> tuple[Recommendation, ...]:
    """Return the recommendations of a number that have ended, without their parts."""
    return tuple(map(stated_in, connection.execute(_ENDED_WITH_NUMBER, {"number": number}).all()))


def by_ids(connection: Connection, ids: Iterable[str]) -> dict[str, Recommendation]:
    """Return recommendations by id, without their parts."""
    listed = list(ids)
    if not listed:
        return {}
    rows = connection.execute(_BY_IDS, {"ids": listed}).all()
    return {row.id: stated_in(row) for row in rows}


def with_parts(connection: Connection, ids: Iterable[str]) -> dict[str, Recommendation]:
    """Return a few recommendations by id, with their parts."""
    rows = connection.execute(_BY_IDS_WITH_PARTS, {"ids": list(ids)}).all()
    return {recommendation.id: recommendation for recommendation in each_with_parts(rows)}


def live(connection: Connection, *, limit: int, offset: int = 0) -> tuple[Recommendation, ...]:
    """Return a page of the live recommendations by report and number, without their parts."""
    return tuple(map(stated_in, connection.execute(_ALL_LIVE, {"limit": limit, "offset": offset}).all()))


def first_addressed(connection: Connection, limit: int) -> tuple[Recommendation, ...]:
    """Return the first live recommendations that are addressed to bodies, by report and number."""
    rows = connection.execute(_FIRST_ADDRESSED.limit(limit)).all()
    return tuple(map(stated_in, rows))


def live_with_theme(connection: Connection, theme: str) -> tuple[Recommendation, ...]:
    """Return the live recommendations that have a theme, by report and number, without their parts."""
    pattern = f"% {theme.replace('/', '//')} %"
    read = map(stated_in, connection.execute(_WITH_THEME, {"pattern": pattern}).all())
    return tuple(stated for stated in read if theme in stated.themes)


def live_numbers(
    connection: Connection,
) -> tuple[tuple[str, str, date | None, RecommendationKind], ...]:
    """Return report, number, deadline and kind of every live recommendation, by report and number."""
    rows = connection.execute(_LIVE_NUMBERS).all()
    return tuple((row.report_key, row.number, row.due_on, RecommendationKind(row.kind)) for row in rows)


def live_of_report(connection: Connection, report_key: str) -> tuple[Recommendation, ...]:
    """Return the live recommendations of a report by number, without their parts."""
    return tuple(map(stated_in, connection.execute(_OF_REPORT, {"report_key": report_key}).all()))


def count_live(connection: Connection) -> int:
    return connection.execute(_COUNT_LIVE).scalar_one()


def themes(connection: Connection) -> frozenset[str]:
    """Return every theme of a recommendation, live or ended."""
    theme_lists = select(recommendations.c.themes).where(recommendations.c.themes.is_not(None)).distinct()
    return frozenset(
        theme for row in connection.execute(theme_lists).scalars() for theme in (row or "").split()
    )


def all_reports(connection: Connection) -> tuple[Report, ...]:
    return tuple(map(report_of, connection.execute(EACH_REPORT).all()))


def report(connection: Connection, key: str) -> Report | None:
    row = connection.execute(_REPORT, {"key": key}).one_or_none()
    return None if row is None else report_of(row)


def end(
    connection: Connection, recommendation_id: str, status: RecommendationStatus, superseded_by: str | None
) -> None:
    """Record that a recommendation has ended. Raises WrongNumberOfRows."""
    kind = connection.execute(_LIVE_KIND, {"id": recommendation_id}).scalar_one_or_none()
    if kind is not None:
        register_tallies.take_kind(connection, RecommendationKind(kind))
    change_one(
        connection,
        update(recommendations)
        .where(recommendations.c.id == recommendation_id)
        .values(status=status.value, superseded_by=superseded_by),
    )


def correct(connection: Connection, corrected: Recommendation) -> None:
    """Write a recommendation anew, with its parts. Raises WrongNumberOfRows."""
    change_one(
        connection,
        update(recommendations).where(recommendations.c.id == corrected.id).values(**_row(corrected)),
    )
    connection.execute(delete(parts).where(parts.c.recommendation_id == corrected.id))
    _add_parts(connection, (corrected,))


def add_report(connection: Connection, report: Report) -> None:
    connection.execute(
        insert(reports),
        {
            "key": report.key,
            "title": report.title,
            "publishers": report.publishers,
            "published_on": report.published_on,
            "url": report.url,
            "publish_by": report.publish_by,
        },
    )


def ask_to_publish_by(connection: Connection, report_key: str, day: date | None) -> None:
    """Set the London date by which bodies publish their response; None asks for none. Raises
    WrongNumberOfRows."""
    change_one(connection, update(reports).where(reports.c.key == report_key).values(publish_by=day))


def add(connection: Connection, new: Recommendation) -> None:
    """Write a recommendation and its parts."""
    add_all(connection, (new,))


def add_all(connection: Connection, new: Iterable[Recommendation]) -> None:
    """Write many."""
    added = list(new)
    if not added:
        return
    connection.execute(insert(recommendations), [_row(recommendation) for recommendation in added])
    register_tallies.add_kinds(connection, (stated.kind for stated in added if stated.live))
    _add_parts(connection, added)


def _add_parts(connection: Connection, added: Iterable[Recommendation]) -> None:
    its_parts = [
        {
            "recommendation_id": recommendation.id,
            "label": part.label,
            "position": place,
            "kind": part.kind.value,
            "text": part.text,
        }
        for recommendation in added
        for place, part in enumerate(recommendation.parts)
    ]
    if its_parts:
        connection.execute(insert(parts), its_parts)


def _row(new: Recommendation) -> dict[str, Any]:
    return {
        "id": new.id,
        "report_key": new.report.key,
        "number": new.number,
        "position": place_of(new.number),
        "kind": new.kind.value,
        "wording": new.wording,
        "status": new.status.value,
        "superseded_by": new.superseded_by,
        "joint_with": new.joint_with,
        "respond_by": new.respond_by,
        "due_on": new.due_on,
        "derived_from": " ".join(new.derived_from),
        "source": new.source,
        "quoted_from": new.quoted_from or None,
        "short_form": new.short_form or None,
        "others_addressed": "; ".join(new.others_addressed) or None,
        "themes": " ".join(new.themes) or None,
        "priority": new.priority or None,
    }


def each_with_parts(rows: Iterable[Any]) -> Iterator[Recommendation]:
    """Read recommendations with their parts from rows of `WITH_PARTS`, those of each together."""
    for _, of_it in groupby(rows, key=lambda row: row.id):
        first, *others = of_it
        in_order = sorted((first, *others), key=lambda row: row.part_place) if others else [first]
        yield stated_in(
            first,
            tuple(
                Part(row.part_label, PartKind(row.part_kind), row.part_text)
                for row in in_order
                if row.part_label is not None
            ),
        )


def themes_of(words: str | None) -> Themes:
    """Read themes as they are stored: one word each, null where there are none."""
    return tuple((words or "").split())


def stated_in(row: Any, its_parts: tuple[Part, ...] = ()) -> Recommendation:
    """Read the columns of `STATED` in a row."""
    return Recommendation(
        report=report_of(row),
        number=row.number,
        kind=_KINDS[row.kind],
        wording=row.wording,
        status=_STATUSES[row.status],
        superseded_by=row.superseded_by,
        joint_with=row.joint_with,
        respond_by=row.respond_by,
        due_on=row.due_on,
        derived_from=tuple(row.derived_from.split()),
        source=row.source,
        parts=its_parts,
        quoted_from=row.quoted_from or "",
        short_form=row.short_form or "",
        others_addressed=tuple(row.others_addressed.split("; ")) if row.others_addressed else (),
        themes=themes_of(row.themes),
        priority=bool(row.priority),
    )


def report_of(row: Any) -> Report:
    """Read the columns of a report beside those of a recommendation, or as `EACH_REPORT` has them."""
    return Report(row.report_key, row.title, row.publishers, row.published_on, row.url, row.publish_by)
