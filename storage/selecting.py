"""What a question selects of the register as it stands: counted, keyed or paged by the database.

Of everything, answers, progress and lateness are read from tallies, and of the rows those of a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from bot.domain.questions.holding import ANSWERS_OF, STAGES_OF, days_before
from bot.domain.questions.model import Condition, NoNews, State, Theme
from bot.domain.questions.selection import Selection, Share
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.due import Due
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.update import DECISIONS, Update, UpdateKind
from storage import body_tallies
from storage.addressees import ADDRESSEE, addressee_of
from storage.tables import addressees, policing_bodies, recommendations, updates
from storage.types import Flag
from storage.updates import with_names

_recorded = updates.alias("recorded")
_about = updates.alias("about_it")
_YES = bindparam("yes", True, type_=Flag())
_HAS_ENDED = addressees.c.recommendation_id.in_(
    select(recommendations.c.id).where(recommendations.c.status != RecommendationStatus.LIVE.value)
)
_ROWS = addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code)
_PLACE = (addressees.c.report_key, addressees.c.position)
_TWICE = literal_column("2", Integer())
# Of so few rows of a body all are read and sorted; of more, those of the page in their order.
FEW = 200
# What stands at one answer and stage with one body, in order.
_RUN = (
    select(addressees.c.report_key, addressees.c.position, addressees.c.recommendation_id)
    .where(
        addressees.c.body_code == bindparam("code"),
        addressees.c.live == _YES,
        addressees.c.answer == bindparam("answer"),
        addressees.c.stage == bindparam("stage"),
        or_(addressees.c.owed_by.is_(None), addressees.c.owed_by >= bindparam("from_day")),
    )
    .order_by(*_PLACE)
    .limit(bindparam("limit"))
)
_OF_ONE_BODY = ADDRESSEE.where(
    addressees.c.recommendation_id.in_(bindparam("ids", expanding=True)),
    addressees.c.body_code == bindparam("code"),
).order_by(*_PLACE)


def shares_of_bodies(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count how many are asked of each body, and of how many the conditions hold; by name of the body."""
    if selection.ids is None and selection.report_keys is None:
        tallied = _from_tallies(selection)
        return tuple(
            _shares_from_tallies(connection, selection, tallied)
            if tallied
            else _counted_shares(connection, selection)
        )
    columns = (policing_bodies.c.code, policing_bodies.c.short_name)
    return _shares(connection, selection, columns, policing_bodies.c.short_name)


def shares_of_reports(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count the same of each report, by key."""
    columns = (addressees.c.report_key, addressees.c.report_key.label("name"))
    return _shares(connection, selection, columns, addressees.c.report_key)


def _shares(
    connection: Connection, selection: Selection, columns: tuple[Any, Any], order: ColumnElement[Any]
) -> tuple[Share, ...]:
    held = func.count().filter(and_(true(), *_conditions(selection)))
    statement = (
        select(*columns, func.count(), held).select_from(_ROWS).where(*_scope(selection)).group_by(*columns)
    )
    rows = connection.execute(statement.order_by(order), {"yes": True})
    return tuple(Share(key, name, addressed, held) for key, name, addressed, held in rows)


def _counted_shares(connection: Connection, selection: Selection) -> Iterator[Share]:
    """Of everything, where conditions hold that no tally tells."""
    addressed = body_tallies.counts(connection, list(Answer), list(Stage), selection.body_codes)
    # With the bodies named, an index leads to what else is asked.
    narrowed = replace(selection, body_codes=tuple(code for code, *_ in addressed))
    statement = select(addressees.c.body_code, func.count()).group_by(addressees.c.body_code)
    rows: Any = connection.execute(statement.where(*_scope(narrowed), *_conditions(narrowed)), {"yes": True})
    held: dict[str, int] = dict(rows.all())
    return (Share(code, name, n, held.get(code, 0)) for code, name, n, _ in addressed)


@dataclass(frozen=True, slots=True)
class _Tallied:
    """Conditions that the tallies tell: any of the answers and any of the stages, and, where it is not
    None, whether anything is overdue."""

    answers: frozenset[Answer] = frozenset(Answer)
    stages: frozenset[Stage] = frozenset(Stage)
    late: bool | None = None

    @property
    def has_all_states(self) -> bool:
        return len(self.answers) == len(Answer) and len(self.stages) == len(Stage)


def _from_tallies(selection: Selection) -> _Tallied | None:
    """Return what the tallies tell of a selection of everything; None where they do not tell it all."""
    tallied = _Tallied()
    for condition in selection.conditions:
        match condition:
            case State.OVERDUE | State.NOT_OVERDUE if tallied.late is None:
                tallied = replace(tallied, late=condition is State.OVERDUE)
            case State.CONTACT | State.NO_CONTACT:
                pass
            case State() if condition in ANSWERS_OF:
                tallied = replace(tallied, answers=tallied.answers & ANSWERS_OF[condition])
            case State() if condition in STAGES_OF:
                tallied = replace(tallied, stages=tallied.stages & STAGES_OF[condition])
            case _:
                return None
    # How many of those at one stage are late is not counted.
    return None if tallied.late is not None and not tallied.has_all_states else tallied


def _shares_from_tallies(connection: Connection, selection: Selection, tallied: _Tallied) -> Iterator[Share]:
    late = {} if tallied.late is None else body_tallies.late(connection, selection.day)
    counts = body_tallies.counts(connection, tallied.answers, tallied.stages, selection.body_codes)
    for code, name, addressed, standing in counts:
        if not _can_hold(selection, code):
            held = 0
        elif tallied.late is None:
            held = standing
        else:
            held = late.get(code, 0) if tallied.late else addressed - late.get(code, 0)
        yield Share(code, name, addressed, held)


def _can_hold(selection: Selection, code: str) -> bool:
    """Whether a body has a contact, or has none, where that is asked."""
    has_contact = code in selection.with_contact
    return (State.CONTACT not in selection.conditions or has_contact) and (
        State.NO_CONTACT not in selection.conditions or not has_contact
    )


def keys(
    connection: Connection, selection: Selection, shares: Iterable[Share], limit: int
) -> tuple[tuple[str, str], ...]:
    """Return the recommendation ids and body codes of what is selected, by name of the body; `shares` are
    those of the bodies."""
    columns: tuple[ColumnElement[Any], ...] = (addressees.c.recommendation_id, addressees.c.body_code)
    holding = [share.key for share in shares if share.held]
    statement = _held(select(*columns).select_from(_ROWS), selection, holding).limit(limit)
    return tuple((id_, code) for id_, code in connection.execute(statement, {"yes": True}))


def page(
    connection: Connection, selection: Selection, shares: Iterable[Share], *, limit: int, offset: int = 0
) -> tuple[Addressee, ...]:
    """Return a page of what is selected, by name of the body, then by report and number; `shares` are those
    of the bodies."""
    walkable = _walkable(selection)
    rows: list[Addressee] = []
    for is_long, group in groupby(
        _located(shares, limit, offset), key=lambda piece: walkable is not None and piece.held > FEW
    ):
        pieces = list(group)
        if walkable is not None and is_long:
            rows += (row for piece in pieces for row in _in_order(connection, selection, walkable, piece))
        else:
            rows += _all_of(connection, selection, pieces)
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The rows of one body on a page: `take` of them after the first `skip` of the `held` it has."""

    code: str
    held: int
    skip: int
    take: int


def _located(shares: Iterable[Share], limit: int, offset: int) -> Iterator[_Piece]:
    """Tell which rows of which bodies stand on a page."""
    end, before = offset + limit, 0
    for share in shares:
        first, last = max(offset - before, 0), min(end - before, share.held)
        if first < last:
            yield _Piece(share.key, share.held, first, last - first)
        before += share.held


def _all_of(connection: Connection, selection: Selection, pieces: list[_Piece]) -> list[Addressee]:
    """Read all that bodies next to each other hold, and give what stands on the page."""
    statement = _held(ADDRESSEE, selection, [piece.code for piece in pieces])
    page = statement.offset(pieces[0].skip).limit(sum(piece.take for piece in pieces))
    return list(map(addressee_of, connection.execute(page, {"yes": True})))


def _held(statement: Select[Any], selection: Selection, codes: Iterable[str]) -> Select[Any]:
    """Select what some bodies hold, in order."""
    narrowed = replace(selection, body_codes=tuple(codes))
    return statement.where(*_scope(narrowed), *_conditions(narrowed)).order_by(
        policing_bodies.c.short_name, *_PLACE
    )


def _walkable(selection: Selection) -> _Tallied | None:
    """Return the states of which an index has everything in order; None where there is none for it."""
    if selection.ids is not None or selection.report_keys is not None:
        return None
    tallied = _from_tallies(selection)
    return None if tallied is None or tallied.late is True else tallied


def _in_order(
    connection: Connection, selection: Selection, tallied: _Tallied, piece: _Piece
) -> list[Addressee]:
    """Walk along what a body holds, no further than to the end of the page: along each run of what stands
    alike, which then are put together."""
    end = piece.skip + piece.take
    from_day = selection.day if tallied.late is False else date.min
    values = {"code": piece.code, "from_day": from_day, "limit": end, "yes": True}
    places: list[Any] = []
    for answer, stage in body_tallies.standing(connection, [piece.code]):
        if answer in tallied.answers and stage in tallied.stages:
            run = values | {"answer": answer.value, "stage": stage.value}
            places += map(tuple, connection.execute(_RUN, run))
    ids = [recommendation_id for _, _, recommendation_id in sorted(places)[piece.skip : end]]
    return list(map(addressee_of, connection.execute(_OF_ONE_BODY, {"ids": ids, "code": piece.code})))


def due_within(connection: Connection, selection: Selection, from_day: date, before: date) -> tuple[Due, ...]:
    """Return what is still owed of a selection with deadlines from one London date on and before another,
    nearest first."""
    rows: list[tuple[date, str, int, bool, Due]] = []
    for duty, deadline, owes in (
        (Duty.RESPONSE, addressees.c.respond_by, addressees.c.owes_response),
        (Duty.ACTION, addressees.c.due_on, addressees.c.owes_action),
    ):
        owed = func.count().filter(owes == _YES)
        keys: tuple[ColumnElement[Any], ...] = (deadline, *_PLACE, addressees.c.recommendation_id)
        statement: Select[Any] = (
            select(*keys, func.count(), owed)
            .where(*_scope(selection), *_conditions(selection), deadline >= from_day, deadline < before)
            .group_by(*keys)
            .having(owed > literal_column("0"))
        )
        for day, report_key, position, id_, addressed, owing in connection.execute(statement, {"yes": True}):
            due = Due(duty, day, id_, addressed, owing)
            rows.append((day, report_key, position, duty is Duty.ACTION, due))
    return tuple(due for *_, due in sorted(rows, key=lambda row: row[:4]))


def updates_of(
    connection: Connection, selected: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[Update]]:
    """Return what was recorded with each of these addressees and stands, oldest first."""
    history: dict[tuple[str, str], list[Update]] = {key: [] for key in selected}
    if not history:
        return {}
    # Pairs in one condition would have SQLite read the whole history.
    among = and_(
        updates.c.recommendation_id.in_({id_ for id_, _ in history}),
        updates.c.body_code.in_({code for _, code in history}),
    )
    for update in sorted(with_names(connection, among), key=_seq):
        key = (update.draft.recommendation_id or "", update.draft.body_code or "")
        if key in history:
            history[key].append(update)
    return history


def _seq(update: Update) -> int:
    return update.seq


def _scope(selection: Selection) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = []
    if selection.ids is None:
        within.append(addressees.c.live == _YES)
    else:
        within += [
            addressees.c.recommendation_id.in_(selection.ids),
            or_(addressees.c.live == _YES, _HAS_ENDED),
        ]
    if selection.report_keys is not None:
        of_reports = select(recommendations.c.id).where(
            recommendations.c.report_key.in_(selection.report_keys)
        )
        within.append(addressees.c.recommendation_id.in_(of_reports))
    if selection.body_codes is not None:
        within.append(addressees.c.body_code.in_(selection.body_codes))
    return within


def _conditions(selection: Selection) -> list[ColumnElement[bool]]:
    return [_holds(condition, selection) for condition in selection.conditions]


def _holds(condition: Condition, selection: Selection) -> ColumnElement[bool]:
    """As `holding.holds` has it. Raises ValueError for what is not recorded."""
    match condition:
        case State():
            return _state_holds(condition, selection)
        case NoNews(days=days):
            silent_since = days_before(selection.day, days)
            return and_(
                addressees.c.owed_by.is_not(None),
                or_(addressees.c.moved_on.is_(None), addressees.c.moved_on <= silent_since),
            )
        case Theme():
            raise ValueError(f"no theme is recorded: {condition.word}")
        case _:
            assert_never(condition)


def _state_holds(state: State, selection: Selection) -> ColumnElement[bool]:  # noqa: PLR0912
    match state:
        case (
            State.ACCEPTED
            | State.NOT_YET_ACCEPTED
            | State.IN_PART
            | State.NOT_ACCEPTED
            | State.WAITING
            | State.RESPONDED
        ):
            return addressees.c.answer.in_(_values(ANSWERS_OF[state]))
        case (
            State.NOT_STARTED
            | State.STARTED
            | State.IN_PROGRESS
            | State.BLOCKED
            | State.NOT_BLOCKED
            | State.COMPLETE
            | State.NOT_COMPLETE
            | State.CHECKED
            | State.NOT_CHECKED
        ):
            # An index has the answer before the stage.
            return and_(
                addressees.c.answer.in_(_values(Answer)), addressees.c.stage.in_(_values(STAGES_OF[state]))
            )
        case State.OVERDUE:
            return _is_late(selection)
        case State.NOT_OVERDUE:
            return not_(_is_late(selection))
        case State.EXTENDED:
            return _IS_EXTENDED
        case State.EXTENSION_ASKED:
            return _ASKS_FOR_TIME
        case State.EXTENSIONS:
            return or_(_IS_EXTENDED, _ASKS_FOR_TIME)
        case State.EXPECTED_LATE:
            return and_(addressees.c.owes_action == _YES, addressees.c.due_on < addressees.c.expected_on)
        case State.MOVED_TWICE:
            return or_(addressees.c.slips >= _TWICE, addressees.c.expectation_moves >= _TWICE)
        case State.EVIDENCE:
            return _HAS_EVIDENCE
        case State.NO_EVIDENCE:
            return not_(_HAS_EVIDENCE)
        case State.CONTACT:
            return addressees.c.body_code.in_(sorted(selection.with_contact))
        case State.NO_CONTACT:
            return addressees.c.body_code.not_in(sorted(selection.with_contact))
        case State.QUOTABLE:
            return and_(_HAS_TEXT, addressees.c.face_quotable == _YES)
        case State.NOT_QUOTABLE:
            return and_(_HAS_TEXT, addressees.c.face_quotable != _YES)
        case State.APPROVED | State.NOT_APPROVED | State.CLOSED | State.NOT_CLOSED | State.DONE_LATE:
            raise ValueError(f"not recorded: {state}")
        case _:
            assert_never(state)


def _values(members: Iterable[Answer | Stage]) -> list[str]:
    return sorted(member.value for member in members)


def _is_late(selection: Selection) -> ColumnElement[bool]:
    return func.coalesce(addressees.c.owed_by < selection.day, False)


def _is_about(kinds: Iterable[UpdateKind]) -> ColumnElement[bool]:
    return exists().where(
        _about.c.about_seq == _recorded.c.seq, _about.c.kind.in_([kind.value for kind in kinds])
    )


def _of_addressee() -> ColumnElement[bool]:
    return and_(
        _recorded.c.recommendation_id == addressees.c.recommendation_id,
        _recorded.c.body_code == addressees.c.body_code,
    )


_IS_EXTENDED = and_(
    addressees.c.due_on.is_not(None),
    addressees.c.due_on.is_distinct_from(
        select(recommendations.c.due_on)
        .where(recommendations.c.id == addressees.c.recommendation_id)
        .scalar_subquery()
    ),
)
_HAS_TEXT = and_(addressees.c.face_seq.is_not(None), addressees.c.face_excerpt != "")
_ASKS_FOR_TIME = exists().where(
    _of_addressee(),
    _recorded.c.kind == UpdateKind.EXTENSION_ASKED.value,
    not_(_is_about((*DECISIONS, UpdateKind.UNDO))),
)
_HAS_EVIDENCE = exists().where(
    _of_addressee(), _recorded.c.evidence_url != "", not_(_is_about((UpdateKind.UNDO,)))
)
