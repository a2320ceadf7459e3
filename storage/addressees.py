"""Addressees as they stand, and the tallies kept beside them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.domain.questions.answers import BodyCounts, OverdueSummary
from bot.domain.register.addressee import Addressee, Answer, Duty, LatestUpdate, Stage, owes_anything
from bot.domain.register.marks import carried, leaves_other_marks, own_marks
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    RecommendationName,
    RecommendationStatus,
    name_of_id,
    place_of_id,
)
from bot.domain.register.transition import read_states, written_states
from bot.domain.register.update import Update
from bot.domain.values import replace
from storage import group_tallies, marks, register_tallies, tallies
from storage.changing import WrongNumberOfRows, change_each, change_one
from storage.group_tallies import Counted
from storage.recommendations import IN_ORDER
from storage.states import ANSWERS, STAGES
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.reports import recommendations

# In the order in which `addressee_of` takes them: by place a value is had at a third of the cost of by name.
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    addressees.c.recommendation_id,
    addressees.c.body_code,
    policing_bodies.c.short_name,
    addressees.c.live,
    addressees.c.passed_to,
    addressees.c.undecided,
    addressees.c.answer,
    addressees.c.stage,
    addressees.c.parts_addressed,
    addressees.c.part_states,
    addressees.c.respond_by,
    addressees.c.due_on,
    addressees.c.expected_on,
    addressees.c.slips,
    addressees.c.slip_days,
    addressees.c.expectation_moves,
    addressees.c.closed_on,
    addressees.c.closing_level,
    addressees.c.moved_on,
    addressees.c.version,
    addressees.c.response_seq,
    addressees.c.progress_seq,
    addressees.c.face_seq,
    addressees.c.face_kind,
    addressees.c.face_team,
    addressees.c.face_user,
    addressees.c.face_at,
    addressees.c.face_excerpt,
    addressees.c.face_quotable,
)
_WITH_THEIR_BODIES = addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code)
ADDRESSEE: Select[Any] = select(*_COLUMNS).select_from(_WITH_THEIR_BODIES)
# Without the latest update.
ADDRESSEE_IN_SHORT: Select[Any] = select(*_COLUMNS[: _COLUMNS.index(addressees.c.face_seq)]).select_from(
    _WITH_THEIR_BODIES
)
# Sorted, the recommendations come as their reports number them.
IN_PLACE: Select[Any] = ADDRESSEE.join(
    recommendations, recommendations.c.id == addressees.c.recommendation_id
)

_ONE = ADDRESSEE.where(
    addressees.c.recommendation_id == bindparam("recommendation_id"),
    addressees.c.body_code == bindparam("body_code"),
)
_LOCKED_ONE = _ONE.with_for_update(of=addressees)
_OF_RECOMMENDATION = ADDRESSEE.where(
    addressees.c.recommendation_id == bindparam("recommendation_id")
).order_by(policing_bodies.c.short_name)
_OF_BODIES = (
    IN_PLACE.where(addressees.c.body_code.in_(bindparam("body_codes", expanding=True)))
    .where(addressees.c.live == bindparam("live", True))
    .order_by(addressees.c.due_on, *IN_ORDER, policing_bodies.c.short_name)
)

WITH_BODIES = and_(
    addressees.c.body_code.in_(bindparam("body_codes", expanding=True)),
    addressees.c.live == bindparam("live", True),
)
PLACE = (addressees.c.report_key, addressees.c.position)
_OF_ONE_BODY = and_(
    addressees.c.body_code == bindparam("body_code"), addressees.c.live == bindparam("live", True)
)
_KEYS = select(addressees.c.owed_by, *PLACE, addressees.c.body_code, addressees.c.recommendation_id)
# What is owed comes first, by its deadline; what has no deadline comes last.
_OPEN_OF_BODY = (
    _KEYS.where(_OF_ONE_BODY, addressees.c.owed_by.is_not(None))
    .order_by(addressees.c.owed_by, *PLACE)
    .limit(bindparam("limit"))
)
# The number of all that is owed stands beside each of the first: what is owed by the counts.
_FIRST_OPEN_OF_BODY = (
    select(
        *PLACE,
        addressees.c.recommendation_id,
        group_tallies.OWED_BY_BODY.label("total"),
    )
    .where(_OF_ONE_BODY, addressees.c.owed_by.is_not(None))
    .order_by(addressees.c.owed_by, *PLACE)
    .limit(bindparam("limit"))
)
_DONE_OF_BODY = (
    _KEYS.where(_OF_ONE_BODY, addressees.c.owed_by.is_(None)).order_by(*PLACE).limit(bindparam("limit"))
)
_LATE_OF_BODIES = select(
    func.count(addressees.c.recommendation_id.distinct()).label("recommendations"),
    func.min(addressees.c.owed_by).label("oldest"),
).where(WITH_BODIES, addressees.c.owed_by < bindparam("today"))
_ASKS_BODIES = (
    exists()
    .where(
        addressees.c.recommendation_id == recommendations.c.id,
        addressees.c.body_code.in_(bindparam("body_codes", expanding=True)),
        addressees.c.live == bindparam("live", True),
    )
    .correlate(recommendations)
)
_IS_LIVE = recommendations.c.status == RecommendationStatus.LIVE.value
# Recommendation by recommendation, to the end of the page.
_RECOMMENDATIONS_OF_BODIES = select(recommendations.c.id).where(_IS_LIVE, _ASKS_BODIES).order_by(*IN_ORDER)
_COUNT_OF_BODIES = select(func.count(addressees.c.recommendation_id.distinct())).where(WITH_BODIES)
_SAVE = update(addressees).where(
    addressees.c.recommendation_id == bindparam("of_recommendation"),
    addressees.c.body_code == bindparam("of_body"),
)


def get(
    connection: Connection, recommendation_id: str, body_code: str, *, for_update: bool = False
) -> Addressee | None:
    """Return one addressee; None when the recommendation is not addressed to the body."""
    statement = _LOCKED_ONE if for_update else _ONE
    values = {"recommendation_id": recommendation_id, "body_code": body_code}
    row = connection.execute(statement, values).one_or_none()
    return None if row is None else addressee_of(row)


def of_recommendation(connection: Connection, recommendation_id: str) -> tuple[Addressee, ...]:
    """Return all bodies ever addressed, by name."""
    rows = connection.execute(_OF_RECOMMENDATION, {"recommendation_id": recommendation_id}).all()
    return tuple(map(addressee_of, rows))


def standing(connection: Connection, recommendation: Recommendation) -> tuple[Addressee, ...]:
    """Return the addressees that answer a recommendation, by name; while it is live, without bodies that have
    ended and whose duties have passed on."""
    return that_stand(of_recommendation(connection, recommendation.id), recommendation)


def that_stand(everyone: tuple[Addressee, ...], recommendation: Recommendation) -> tuple[Addressee, ...]:
    """Return the addressees among `everyone` that answer the recommendation: while it is live those that are
    live, once it has ended all."""
    return tuple(addressee for addressee in everyone if addressee.live) if recommendation.live else everyone


def of_bodies(connection: Connection, body_codes: Sequence[str]) -> tuple[Addressee, ...]:
    """Return what live recommendations ask of these bodies, by deadline."""
    if not body_codes:
        return ()
    rows = connection.execute(_OF_BODIES, {"body_codes": list(body_codes)}).all()
    return tuple(map(addressee_of, rows))


def latest_news(connection: Connection, body_codes: Iterable[str]) -> dict[str, datetime]:
    """Return the UTC instant at which a person last recorded anything for each of these bodies, by code."""
    statement = (
        select(addressees.c.body_code, func.max(addressees.c.face_at).label("news"))
        .where(addressees.c.body_code.in_(list(body_codes)), addressees.c.face_user != "")
        .group_by(addressees.c.body_code)
    )
    return {row.body_code: row.news for row in connection.execute(statement).all()}


def page_of_bodies(
    connection: Connection, body_codes: Sequence[str], *, limit: int, offset: int
) -> tuple[Addressee, ...]:
    """Return a page of what live recommendations ask of these bodies: first what is owed, by its deadline,
    then what is done."""
    end = offset + limit
    first = _first_of_bodies(connection, _OPEN_OF_BODY, body_codes, end)
    # For each body as many rows are read as fit on a page, so whatever belongs on this page has been read.
    if len(first) < end:
        first += _first_of_bodies(connection, _DONE_OF_BODY, body_codes, end - len(first))
    page = [(recommendation_id, body_code) for *_, body_code, recommendation_id in first[offset:end]]
    rows = of_recommendations(connection, {id_ for id_, _ in page}, {code for _, code in page})
    by_key = {row.key: row for row in rows}
    return tuple(by_key[key] for key in page)


def _first_of_bodies(
    connection: Connection, statement: Executable, body_codes: Iterable[str], limit: int
) -> list[Any]:
    """Return the first rows of some bodies together, by deadline and place."""
    rows = [
        tuple(row)
        for code in body_codes
        for row in connection.execute(statement, {"body_code": code, "limit": limit}).all()
    ]
    return sorted(rows)[:limit]


def open_of_body(
    connection: Connection, body_code: str, *, besides: Collection[str], limit: int
) -> tuple[int, tuple[RecommendationName, ...]]:
    """Count the live recommendations on which a body owes anything, without the ids in `besides`, on which it
    owes too. Return also the names of the `limit` with the nearest deadlines, by report and number."""
    rows = connection.execute(
        _FIRST_OPEN_OF_BODY, {"body_code": body_code, "limit": limit + len(besides)}
    ).all()
    if not rows:
        return 0, ()
    first = [row for row in rows if row.recommendation_id not in besides][:limit]
    in_order = sorted(first, key=lambda row: (row.report_key, row.position))
    return rows[0].total - len(besides), tuple(name_of_id(row.recommendation_id) for row in in_order)


def sums_of_bodies(connection: Connection, body_codes: Sequence[str], today: date) -> BodyCounts:
    """Count what these bodies answered, did and owe; `today` is a London date."""
    standing = group_tallies.standing(connection, body_codes)
    late = connection.execute(_LATE_OF_BODIES, {"body_codes": list(body_codes), "today": today}).one()

    def count(is_counted: Callable[[Answer, Stage], bool]) -> int:
        return sum(n for (answer, stage), n in standing.items() if is_counted(answer, stage))

    return BodyCounts(
        addressed=count(lambda _answer, _stage: True),
        accepted=count(lambda answer, _: answer is Answer.ACCEPTED),
        answered=count(lambda answer, _: answer.is_given),
        done=count(lambda _, stage: stage.is_done),
        checked=count(lambda _, stage: stage is Stage.CHECKED),
        closed=count(lambda _, stage: stage is Stage.CLOSED),
        owing=count(owes_anything),
        late=OverdueSummary(late.recommendations, late.oldest),
    )


def recommendations_of_bodies(
    connection: Connection, body_codes: Sequence[str], *, limit: int | None = None, offset: int = 0
) -> tuple[str, ...]:
    """Return the ids of the live recommendations addressed to any of these bodies, by report and number: all
    or a page."""
    statement = _RECOMMENDATIONS_OF_BODIES.limit(limit).offset(offset)
    return tuple(connection.execute(statement, {"body_codes": list(body_codes)}).scalars())


def count_recommendations_of_bodies(connection: Connection, body_codes: Sequence[str]) -> int:
    """Count the live recommendations addressed to any of these bodies."""
    addressed = group_tallies.addressed(connection, body_codes)
    most = max(addressed.values(), default=0)
    # If one body is an addressee of every live recommendation, the others add none.
    kinds = register_tallies.live_by_kind(connection)
    if len(addressed) <= 1 or most == kinds[RecommendationKind.ADDRESSED]:
        return most
    return connection.execute(_COUNT_OF_BODIES, {"body_codes": list(body_codes)}).scalar_one()


def of_recommendations(
    connection: Connection, ids: Iterable[str], body_codes: Iterable[str] | None = None
) -> tuple[Addressee, ...]:
    """Return the addressees of these recommendations, with these bodies or with all addressed, by body
    name."""
    statement = ADDRESSEE.where(addressees.c.recommendation_id.in_(list(ids)))
    if body_codes is not None:
        statement = statement.where(addressees.c.body_code.in_(list(body_codes)))
    rows = connection.execute(statement.order_by(policing_bodies.c.short_name)).all()
    return tuple(map(addressee_of, rows))


def add(connection: Connection, new: Iterable[Addressee]) -> None:
    """Write the first rows of a recommendation that is being added."""
    rows = list(new)
    connection.execute(insert(addressees), [row_of(addressee) for addressee in rows])
    tallies.count_in(connection, rows)
    _count_in_groups(connection, rows)


def join(connection: Connection, new: Iterable[Addressee]) -> None:
    """Write rows of a recommendation that others are addressees of already."""
    rows = list(new)
    if rows:
        connection.execute(insert(addressees), [row_of(addressee) for addressee in rows])
        tallies.join(connection, rows)
        _count_in_groups(connection, rows)


def _count_in_groups(connection: Connection, new: Sequence[Addressee]) -> None:
    marked = marks.refresh(connection, (row.key for row in new))
    group_tallies.move(
        connection, (), (Counted(row, marked[row.key].after, marked[row.key].themes) for row in new)
    )


def _count_out_of_groups(connection: Connection, removed: Sequence[Addressee]) -> None:
    group_tallies.move(connection, _as_counted(connection, removed), ())


def _as_counted(connection: Connection, rows: Sequence[Addressee]) -> list[Counted]:
    stored = marks.kept(connection, (row.key for row in rows))
    return [Counted(row, stored[row.key].marks, stored[row.key].themes) for row in rows]


def change_themes(connection: Connection, recommendation_id: str, before: Iterable[str]) -> None:
    """Count the addressees of a recommendation by the themes that were written of it, and not by those
    before."""
    rows = _as_counted(connection, of_recommendation(connection, recommendation_id))
    group_tallies.move(connection, [replace(row, themes=" ".join(before)) for row in rows], rows)


def leave(connection: Connection, removed: Iterable[Addressee]) -> None:
    """Remove rows of which nothing was ever recorded. Raises WrongNumberOfRows where something was."""
    rows = list(removed)
    if not rows:
        return
    _count_out_of_groups(connection, rows)
    for row in rows:
        statement = delete(addressees).where(
            addressees.c.recommendation_id == row.recommendation_id,
            addressees.c.body_code == row.body_code,
            addressees.c.version == 0,
        )
        if connection.execute(statement).rowcount != 1:
            raise WrongNumberOfRows(f"{row.key} cannot be removed")
    tallies.leave(connection, rows)


def save(connection: Connection, before: Addressee, after: Addressee, moved_by: Update | None = None) -> None:
    """Write what `after` differs in from `before`, which the caller holds locked, and move the tallies.

    `moved_by` is the update that made it so: most can change few marks, and then the history need not be
    read for the others."""
    if moved_by is None or not leaves_other_marks(before, after, moved_by.draft):
        save_all(connection, ((before, after),))
        return
    row_before = row_of(before)
    row = {column: value for column, value in row_of(after).items() if value != row_before[column]}
    if before.counted != after.counted or own_marks(before) != own_marks(after):
        (counted,) = _as_counted(connection, (before,))
        row["marks"] = carried(counted.marks, after)
        tallies.move(connection, before, after)
        group_tallies.move(connection, [counted], [Counted(after, row["marks"], counted.themes)])
    change_one(
        connection, _SAVE, row | {"of_recommendation": after.recommendation_id, "of_body": after.body_code}
    )


def save_all(connection: Connection, moves: Iterable[tuple[Addressee, Addressee]]) -> None:
    """Write many addressees, each as it stood and as it is to stand, and move the tallies."""
    all_of_them = list(moves)
    if all_of_them:
        rows = [
            row_of(after) | {"of_recommendation": after.recommendation_id, "of_body": after.body_code}
            for _, after in all_of_them
        ]
        change_each(connection, _SAVE, rows)
        tallies.move_all(connection, all_of_them)
        _move_in_groups(connection, all_of_them)


def mark_anew(connection: Connection, unmoved: Iterable[Addressee]) -> None:
    """Read anew the marks of addressees that stand as they stood, where something beside them has changed
    that marks tell: the date that a recommendation states, or words that were erased."""
    _move_in_groups(connection, [(row, row) for row in unmoved])


def _move_in_groups(connection: Connection, moves: Sequence[tuple[Addressee, Addressee]]) -> None:
    marked = marks.refresh(connection, (after.key for _, after in moves))
    group_tallies.move(
        connection,
        (Counted(before, marked[before.key].before, marked[before.key].themes) for before, _ in moves),
        (Counted(after, marked[after.key].after, marked[after.key].themes) for _, after in moves),
    )


def end(connection: Connection, recommendation_id: str) -> None:
    """Ask nothing of anybody any more on a recommendation; what was answered and done stays as it stood."""
    rows = of_recommendation(connection, recommendation_id)
    _count_out_of_groups(connection, rows)
    connection.execute(
        update(addressees)
        .where(addressees.c.recommendation_id == recommendation_id)
        .values(live=False, owes_response=False, owes_action=False, owed_by=None)
    )
    marks.refresh(connection, (row.key for row in rows))
    tallies.end(connection, recommendation_id)


def row_of(addressee: Addressee) -> dict[str, Any]:
    """Return the row that an addressee is written as."""
    latest = addressee.latest_update
    report_key, position = place_of_id(addressee.recommendation_id)
    return {
        "recommendation_id": addressee.recommendation_id,
        "body_code": addressee.body_code,
        "report_key": report_key,
        "position": position,
        "live": addressee.live,
        "passed_to": addressee.passed_to,
        "undecided": " ".join(addressee.undecided),
        "answer": addressee.answer.value,
        "stage": addressee.stage.value,
        "parts_addressed": " ".join(addressee.parts_addressed),
        "part_states": written_states(dict(addressee.part_states)),
        "respond_by": addressee.respond_by,
        "due_on": addressee.due_on,
        "expected_on": addressee.expected_on,
        "slips": addressee.slips,
        "slip_days": addressee.slip_days,
        "expectation_moves": addressee.expectation_moves,
        "closed_on": addressee.closed_on,
        "closing_level": addressee.closing_level,
        "owes_response": addressee.owes(Duty.RESPONSE),
        "owes_action": addressee.owes(Duty.ACTION),
        "owed_by": addressee.owed_by,
        "moved_on": addressee.moved_on,
        "version": addressee.version,
        "response_seq": addressee.response_seq,
        "progress_seq": addressee.progress_seq,
        "face_seq": latest.seq if latest else None,
        "face_kind": latest.kind if latest else "",
        "face_team": latest.author_team if latest else "",
        "face_user": latest.author_user if latest else "",
        "face_at": latest.recorded_at if latest else None,
        "face_excerpt": latest.excerpt if latest else "",
        "face_quotable": latest.quotable if latest else False,
    }


def addressee_of(row: Any) -> Addressee:
    """Read a row of `ADDRESSEE`, or of `ADDRESSEE_IN_SHORT`."""
    (
        recommendation_id,
        body_code,
        body_name,
        live,
        passed_to,
        undecided,
        answer,
        stage,
        parts,
        part_states,
        *more,
    ) = row
    respond_by, due_on, expected_on, slips, slip_days, expectation_moves, *latest = more
    closed_on, closing_level, moved_on, version, response_seq, progress_seq, *latest_update = latest
    return Addressee(
        recommendation_id=recommendation_id,
        body_code=body_code,
        body_name=body_name,
        live=live,
        passed_to=passed_to,
        undecided=tuple(map(Duty, undecided.split())) if undecided else (),
        answer=ANSWERS[answer],
        stage=STAGES[stage],
        parts_addressed=tuple(parts.split()),
        part_states=tuple(read_states(part_states).items()) if part_states else (),
        respond_by=respond_by,
        due_on=due_on,
        expected_on=expected_on,
        slips=slips,
        slip_days=slip_days,
        expectation_moves=expectation_moves,
        closed_on=closed_on,
        closing_level=closing_level,
        moved_on=moved_on,
        version=version,
        response_seq=response_seq,
        progress_seq=progress_seq,
        latest_update=LatestUpdate(*latest_update)
        if latest_update and latest_update[0] is not None
        else None,
    )
