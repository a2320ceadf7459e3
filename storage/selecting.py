"""What a question selects of the register as it stands: counted, keyed or paged by the database.

Answers, progress, marks, lateness and silence are read from tallies, and of the rows those of a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, assert_never

from msgspec import Struct, field
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
)

from bot.domain.questions.holding import FromAnswers, FromMarks, FromStages, basis_of, days_before
from bot.domain.questions.model import AskedState, Condition, NoNews, Priority, Theme
from bot.domain.questions.selection import Selection, Share
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.due import Due
from bot.domain.register.recommendation import Themes
from bot.domain.register.update import Update
from bot.domain.values import replace
from storage import group_tallies, tallies
from storage.addressees import ADDRESSEE, addressee_of
from storage.group_tallies import States
from storage.recommendations import themes_of
from storage.selected_conditions import (
    STANDING,
    YES,
    condition_holds,
    conditions_of,
    in_groups,
    is_late,
    is_not_late,
    is_silent,
    scope_of,
)
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.history import updates
from storage.tables.reports import recommendations
from storage.updates import to_fold

_ROWS = addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code)
_PLACE = (addressees.c.report_key, addressees.c.position)
# Up to so many rows of a body are read at once and sorted; of more, those of the page are read, in order.
FEW = 200
# The rows of one body with one answer, one stage and the same marks, in order.
_RUN = (
    select(addressees.c.report_key, addressees.c.position, addressees.c.recommendation_id)
    .where(
        addressees.c.body_code == bindparam("code"),
        addressees.c.live == YES,
        addressees.c.answer == bindparam("answer"),
        addressees.c.stage == bindparam("stage"),
        addressees.c.marks == bindparam("marks"),
    )
    .order_by(*_PLACE)
    .limit(bindparam("limit"))
)
_AMONG = ADDRESSEE.where(
    addressees.c.recommendation_id.in_(bindparam("ids", expanding=True)),
    addressees.c.body_code.in_(bindparam("codes", expanding=True)),
)
_OF_ONE_BODY = ADDRESSEE.where(
    addressees.c.recommendation_id.in_(bindparam("ids", expanding=True)),
    addressees.c.body_code == bindparam("code"),
).order_by(*_PLACE)


def shares_of_bodies(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count for each body, by its name, the recommendations that are asked of it and those that meet the
    conditions."""
    if selection.ids is not None and selection.themes is None:
        columns = (policing_bodies.c.code, policing_bodies.c.short_name)
        return _shares(connection, selection, columns, policing_bodies.c.short_name)
    tallied = tallied_conditions(selection)
    if tallied is not None and tallied.is_counted(narrowed=_groups(selection) is not None):
        return tuple(_tallied_shares_of_bodies(connection, selection, tallied))
    return tuple(_counted_shares(connection, selection))


def shares_of_reports(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count for each report, by its key, the bodies and recommendations asked and those that meet the
    conditions."""
    tallied = None if selection.ids is not None else tallied_conditions(selection)
    is_counted = tallied is not None and tallied.is_counted(narrowed=selection.body_codes is not None)
    # Tallies by report do not tell bodies apart, so they cannot leave out those with a contact.
    if tallied is not None and is_counted and not tallied.asks_for_contacts:
        return tuple(_tallied_shares_of_reports(connection, selection, tallied))
    columns = (addressees.c.report_key, addressees.c.report_key.label("name"))
    return _shares(connection, selection, columns, addressees.c.report_key)


def shares_of_themes(connection: Connection, selection: Selection) -> dict[Themes, Share]:
    """Count by the themes of recommendations what is asked of bodies and what meets the conditions, for a
    selection that names no recommendations and no reports."""
    everything = addressed = group_tallies.counts_of_themes(connection, States())
    if selection.body_codes is not None:
        addressed = group_tallies.counts_of_themes(connection, States(), selection.body_codes)
    matching = _matching_by_themes(connection, selection, addressed)
    return {
        themes: Share(name := " ".join(themes), name, addressed.get(themes, 0), matching.get(themes, 0))
        for themes in everything
    }


def _matching_by_themes(
    connection: Connection, selection: Selection, addressed: Mapping[Themes, int]
) -> Mapping[Themes, int]:
    tallied = tallied_conditions(selection)
    if tallied is None or not tallied.is_counted(narrowed=selection.body_codes is not None):
        return _counted_by_themes(connection, selection)
    codes = selection.body_codes
    if tallied.asks_for_contacts:
        codes = tuple(code for code in _codes(connection, selection) if _can_hold(selection, code))
    if tallied.late is None and tallied.silent_since is None:
        return group_tallies.counts_of_themes(connection, tallied.states, codes)
    if tallied.asks_for_contacts:
        return _counted_by_themes(connection, selection)
    if tallied.silent_since is not None:
        return group_tallies.silent_of_themes(connection, tallied.silent_since)
    late = group_tallies.late_of_themes(connection, selection.day)
    if tallied.late:
        return late
    return {themes: n - late.get(themes, 0) for themes, n in addressed.items()}


def _counted_by_themes(connection: Connection, selection: Selection) -> dict[Themes, int]:
    """Count row by row: no tally has these conditions together."""
    conditions = _conditions_with(connection, selection, _codes(connection, selection))
    themes = func.coalesce(recommendations.c.themes, "")
    of_recommendations = addressees.join(
        recommendations, recommendations.c.id == addressees.c.recommendation_id
    )
    statement = select(themes, func.count()).select_from(of_recommendations).where(*conditions)
    rows = connection.execute(statement.group_by(themes), {"yes": True}).all()
    return {themes_of(words): n for words, n in rows}


def _codes(connection: Connection, selection: Selection) -> list[str]:
    """Return the codes of the bodies asked about that anything is asked of."""
    counts = group_tallies.counts_of_bodies(connection, States(), selection.body_codes)
    return [code for code, *_ in counts]


def _shares(
    connection: Connection, selection: Selection, columns: tuple[Any, Any], order: ColumnElement[Any]
) -> tuple[Share, ...]:
    matching = func.count().filter(and_(true(), *conditions_of(selection)))
    statement = (
        select(*columns, func.count(), matching)
        .select_from(_ROWS)
        .where(*scope_of(selection))
        .group_by(*columns)
    )
    rows = connection.execute(statement.order_by(order), {"yes": True}).all()
    return tuple(Share(key, name, addressed, matching) for key, name, addressed, matching in rows)


def _counted_shares(connection: Connection, selection: Selection) -> Iterator[Share]:
    """Count row by row: no tally has these conditions together."""
    addressed = group_tallies.counts_of_bodies(connection, States(), selection.body_codes, _groups(selection))
    # With the codes of the bodies in the statement, an index finds the rows that meet the other conditions.
    codes = [code for code, *_ in addressed]
    statement = select(addressees.c.body_code, func.count()).group_by(addressees.c.body_code)
    rows: Any = connection.execute(
        statement.where(*_conditions_with(connection, selection, codes)), {"yes": True}
    ).all()
    matching: dict[str, int] = dict(rows)
    return (Share(code, name, n, matching.get(code, 0)) for code, name, n, _ in addressed)


def _groups(selection: Selection) -> tuple[str, ...] | None:
    """Return what the tallies count a selection by, reports or themes; None where nothing narrows it so."""
    if selection.themes is None:
        return selection.report_keys
    return tuple(group_tallies.group_of_themes(" ".join(themes)) for themes in selection.themes)


class Tallied(Struct, frozen=True):
    """Conditions that the tallies can answer: states; where `late` is not None, whether anything is overdue;
    where `silent_since` is not None, that nothing owed has moved since that London date."""

    states: States = field(default_factory=States)
    late: bool | None = None
    silent_since: date | None = None
    asks_for_contacts: bool = False

    def is_counted(self, *, narrowed: bool) -> bool:
        """Tell whether the tallies count this. They count a condition by day only beside no other condition,
        and only for all bodies, or all reports, together."""
        by_days = (self.late is not None) + (self.silent_since is not None)
        return by_days == 0 or (by_days == 1 and self.states.are_all and not narrowed)


def tallied_conditions(selection: Selection) -> Tallied | None:
    """Return the conditions of a selection as `Tallied`; None where the tallies cannot answer one of them."""
    tallied: Tallied | None = Tallied()
    for condition in selection.conditions:
        if tallied is not None:
            tallied = _narrowed(tallied, condition, selection.day)
    return tallied


def _narrowed(tallied: Tallied, condition: Condition, day: date) -> Tallied | None:
    basis = basis_of(condition)
    match basis:
        case FromAnswers() | FromStages() | FromMarks():
            return replace(tallied, states=tallied.states.narrowed(basis))
        case AskedState.OVERDUE | AskedState.NOT_OVERDUE:
            is_late = basis is AskedState.OVERDUE
            return replace(tallied, late=is_late) if tallied.late in (None, is_late) else None
        case AskedState.CONTACT | AskedState.NO_CONTACT:
            return replace(tallied, asks_for_contacts=True)
        case NoNews(days=days):
            since = days_before(day, days)
            return replace(tallied, silent_since=min(tallied.silent_since or since, since))
        case AskedState.APPROVED | AskedState.NOT_APPROVED | AskedState.DONE_LATE | Theme() | Priority():
            return None
        case _:
            assert_never(basis)


def _tallied_shares_of_bodies(
    connection: Connection, selection: Selection, tallied: Tallied
) -> Iterator[Share]:
    late = group_tallies.late_of_bodies, group_tallies.silent_of_bodies
    count = _by_days(connection, selection.day, tallied, *late)
    for code, name, addressed, standing in group_tallies.counts_of_bodies(
        connection, tallied.states, selection.body_codes, _groups(selection)
    ):
        yield Share(
            code, name, addressed, count(code, addressed, standing) if _can_hold(selection, code) else 0
        )


def _tallied_shares_of_reports(
    connection: Connection, selection: Selection, tallied: Tallied
) -> Iterator[Share]:
    late = group_tallies.late_of_reports, group_tallies.silent_of_reports
    count = _by_days(connection, selection.day, tallied, *late)
    for key, name, addressed, standing in group_tallies.counts_of_reports(
        connection, tallied.states, selection.body_codes, selection.report_keys
    ):
        yield Share(key, name, addressed, count(key, addressed, standing))


_CountByDay = Callable[[Connection, date], dict[str, int]]


def _by_days(
    connection: Connection, day: date, tallied: Tallied, late: _CountByDay, silent: _CountByDay
) -> Callable[[str, int, int], int]:
    """Return a function that counts the matches of a group: by its key, how much is asked of it, and how much
    of that has the states."""
    if tallied.silent_since is not None:
        without_news = silent(connection, tallied.silent_since)
        return lambda key, _addressed, _standing: without_news.get(key, 0)
    if tallied.late is None:
        return lambda _key, _addressed, standing: standing
    overdue = late(connection, day)
    if tallied.late:
        return lambda key, _addressed, _standing: overdue.get(key, 0)
    return lambda key, addressed, _standing: addressed - overdue.get(key, 0)


def _can_hold(selection: Selection, code: str) -> bool:
    """Return whether a body has a contact, or has none, where that is asked."""
    has_contact = code in selection.with_contact
    return (AskedState.CONTACT not in selection.conditions or has_contact) and (
        AskedState.NO_CONTACT not in selection.conditions or not has_contact
    )


def keys(
    connection: Connection, selection: Selection, shares: Iterable[Share], limit: int
) -> tuple[tuple[str, str], ...]:
    """Return the recommendation ids and body codes of what is selected, by name of the body; `shares` are
    those of the bodies."""
    columns: tuple[ColumnElement[Any], ...] = (addressees.c.recommendation_id, addressees.c.body_code)
    holding = [share.key for share in shares if share.matching]
    statement = _held(connection, select(*columns).select_from(_ROWS), selection, holding).limit(limit)
    return tuple((id_, code) for id_, code in connection.execute(statement, {"yes": True}).all())


def page(
    connection: Connection, selection: Selection, shares: Iterable[Share], *, limit: int, offset: int = 0
) -> tuple[Addressee, ...]:
    """Return a page of what is selected, by name of the body, then by report and number; `shares` are those
    of the bodies."""
    is_everything = selection.ids is None and selection.report_keys is None
    walkable = tallied_conditions(selection) if is_everything else None
    rows: list[Addressee] = []
    for is_long, group in groupby(
        _located(shares, limit, offset), key=lambda piece: walkable is not None and piece.total > FEW
    ):
        pieces = list(group)
        if walkable is not None and is_long:
            rows += (row for piece in pieces for row in _in_order(connection, selection, walkable, piece))
        else:
            rows += _all_of(connection, selection, pieces)
    return tuple(rows)


class _Piece(Struct, frozen=True):
    """The rows of one body on a page: `take` of them after the first `skip` of the `total` it has."""

    code: str
    total: int
    skip: int
    take: int


def _located(shares: Iterable[Share], limit: int, offset: int) -> Iterator[_Piece]:
    """Tell which rows of which bodies stand on a page."""
    end, before = offset + limit, 0
    for share in shares:
        first, last = max(offset - before, 0), min(end - before, share.matching)
        if first < last:
            yield _Piece(share.key, share.matching, first, last - first)
        before += share.matching


def _all_of(connection: Connection, selection: Selection, pieces: list[_Piece]) -> list[Addressee]:
    """Read the rows of several bodies on a page together: their keys from an index, then the rows of the
    page."""
    columns: tuple[ColumnElement[Any], ...] = (addressees.c.recommendation_id, addressees.c.body_code)
    statement = _held(
        connection, select(*columns).select_from(_ROWS), selection, [piece.code for piece in pieces]
    )
    page = statement.offset(pieces[0].skip).limit(sum(piece.take for piece in pieces))
    keys = [(id_, code) for id_, code in connection.execute(page, {"yes": True}).all()]
    values = {"ids": sorted({id_ for id_, _ in keys}), "codes": sorted({code for _, code in keys})}
    rows = {row.key: row for row in map(addressee_of, connection.execute(_AMONG, values).all())}
    return [rows[key] for key in keys]


def _held(
    connection: Connection, statement: Select[Any], selection: Selection, codes: Sequence[str]
) -> Select[Any]:
    """Select the rows of some bodies that meet the conditions, in order."""
    return statement.where(*_conditions_with(connection, selection, codes)).order_by(
        policing_bodies.c.short_name, *_PLACE
    )


def _conditions_with(
    connection: Connection, selection: Selection, codes: Sequence[str]
) -> list[ColumnElement[bool]]:
    """Return all that is asked of rows, with these bodies: the marks by those that there are, so that an
    index leads to them."""
    narrowed = replace(selection, body_codes=tuple(codes))
    is_tallied = selection.ids is None or selection.themes is not None
    if is_tallied and _ON_APPROVAL.intersection(selection.conditions):
        # Few wait for approval, and an index has them: by CASE, so that SQLite's planner takes that one.
        of_bodies = case((addressees.c.live, addressees.c.body_code)).in_(narrowed.body_codes or ())
        return [of_bodies, *in_groups(narrowed), *conditions_of(narrowed)]
    conditions = [*scope_of(narrowed), *conditions_of(narrowed)]
    tallied = tallied_conditions(selection) if is_tallied else None
    if tallied is not None and tallied.late:
        return [*scope_of(narrowed), *_late_with(selection, tallied)]
    if tallied is None or not tallied.states.marked:
        return conditions
    runs = group_tallies.runs(connection, codes, tallied.states)
    return conditions + [
        column.in_(sorted(set(words)))
        for column, words in zip(STANDING, zip(*runs, strict=True) if runs else ((), (), ()), strict=True)
    ]


def _late_with(selection: Selection, tallied: Tallied) -> list[ColumnElement[bool]]:
    """Return what is asked of rows that are late: few are, and an index has these; by CASE, so that SQLite's
    planner goes by that one."""
    by_case = tallied.states.condition(*(case((addressees.c.live, column)) for column in STANDING))
    contacts = (
        condition_holds(condition, selection)
        for condition in selection.conditions
        if condition in (AskedState.CONTACT, AskedState.NO_CONTACT)
    )
    return [by_case, *_conditions_by_day(selection, tallied), *contacts]


def _in_order(
    connection: Connection, selection: Selection, tallied: Tallied, piece: _Piece
) -> list[Addressee]:
    """Read the rows of one body up to the end of the page: run by run of equal answer, stage and marks,
    merged by place."""
    end = piece.skip + piece.take
    statement = _RUN.where(*_conditions_by_day(selection, tallied))
    values = {"code": piece.code, "limit": end, "yes": True}
    places: list[Any] = []
    for answer, stage, marks in group_tallies.runs(connection, [piece.code], tallied.states):
        run = values | {"answer": answer, "stage": stage, "marks": marks}
        places += map(tuple, connection.execute(statement, run).all())
    ids = [recommendation_id for _, _, recommendation_id in sorted(places)[piece.skip : end]]
    return list(map(addressee_of, connection.execute(_OF_ONE_BODY, {"ids": ids, "code": piece.code}).all()))


def _conditions_by_day(selection: Selection, tallied: Tallied) -> list[ColumnElement[bool]]:
    conditions = []
    if tallied.late is not None:
        conditions.append(is_late(selection) if tallied.late else is_not_late(selection))
    if tallied.silent_since is not None:
        conditions.append(is_silent(tallied.silent_since))
    return conditions


def due_within(connection: Connection, selection: Selection, from_day: date, before: date) -> tuple[Due, ...]:
    """Return what is still owed of a selection with deadlines from one London date on and before another,
    nearest first."""
    if selection.ids is not None and selection.body_codes is None and not selection.conditions:
        return tallies.due_of(connection, selection.ids, from_day, before)
    rows: list[tuple[date, str, int, bool, Due]] = []
    for duty, deadline, owes in (
        (Duty.RESPONSE, addressees.c.respond_by, addressees.c.owes_response),
        (Duty.ACTION, addressees.c.due_on, addressees.c.owes_action),
    ):
        owed = func.count().filter(owes == YES)
        keys: tuple[ColumnElement[Any], ...] = (deadline, *_PLACE, addressees.c.recommendation_id)
        statement: Select[Any] = (
            select(*keys, func.count(), owed)
            .where(*scope_of(selection), *conditions_of(selection), deadline >= from_day, deadline < before)
            .group_by(*keys)
            .having(owed > literal_column("0"))
        )
        for day, report_key, position, id_, addressed, owing in connection.execute(
            statement, {"yes": True}
        ).all():
            due = Due(duty, day, id_, addressed, owing)
            rows.append((day, report_key, position, duty is Duty.ACTION, due))
    return tuple(due for *_, due in sorted(rows, key=lambda row: row[:4]))


def updates_of(
    connection: Connection, selected: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[Update]]:
    """Return what was recorded with each of these addressees, oldest first, to fold facts from it."""
    history: dict[tuple[str, str], list[Update]] = {key: [] for key in selected}
    if not history:
        return {}
    # Pairs in one condition would have SQLite read the whole history.
    among = and_(
        updates.c.recommendation_id.in_({id_ for id_, _ in history}),
        updates.c.body_code.in_({code for _, code in history}),
    )
    for update in sorted(to_fold(connection, among), key=_seq):
        key = update.draft.addressee_key
        if key in history:
            history[key].append(update)
    return history


def _seq(update: Update) -> int:
    return update.seq


_ON_APPROVAL = frozenset({AskedState.APPROVED, AskedState.NOT_APPROVED})
