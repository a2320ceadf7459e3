"""What a question selects of the register as it stands: counted, keyed or paged by the database."""

from collections.abc import Iterable
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)

from bot.domain.questions.holding import ANSWERS_OF, STAGES_OF, days_before
from bot.domain.questions.model import Condition, NoNews, State, Theme
from bot.domain.questions.selection import Selection, Share
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.update import DECISIONS, Update, UpdateKind
from storage.addressees import IN_PLACE, addressee_of
from storage.recommendations import IN_ORDER
from storage.tables import addressees, policing_bodies, recommendations, updates
from storage.types import Flag
from storage.updates import with_names

_recorded = updates.alias("recorded")
_about = updates.alias("about_it")
_YES = bindparam("yes", True, type_=Flag())
_LIVE = recommendations.c.status == RecommendationStatus.LIVE.value
_ROWS = addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code).join(
    recommendations, recommendations.c.id == addressees.c.recommendation_id
)


def shares_of_bodies(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count how many are asked of each body, and of how many the conditions hold; by name of the body."""
    columns = (policing_bodies.c.code, policing_bodies.c.short_name)
    return _shares(connection, selection, columns, policing_bodies.c.short_name)


def shares_of_reports(connection: Connection, selection: Selection) -> tuple[Share, ...]:
    """Count the same of each report, by key."""
    columns = (recommendations.c.report_key, recommendations.c.report_key.label("name"))
    return _shares(connection, selection, columns, recommendations.c.report_key)


def _shares(
    connection: Connection, selection: Selection, columns: tuple[Any, Any], order: ColumnElement[Any]
) -> tuple[Share, ...]:
    held = func.count().filter(and_(*_conditions(selection)))
    statement = (
        select(*columns, func.count(), held).select_from(_ROWS).where(*_scope(selection)).group_by(*columns)
    )
    rows = connection.execute(statement.order_by(order), {"yes": True})
    return tuple(Share(key, name, addressed, held) for key, name, addressed, held in rows)


def keys(connection: Connection, selection: Selection, limit: int) -> tuple[tuple[str, str], ...]:
    """Return the recommendation ids and body codes of what is selected, by name of the body."""
    columns: tuple[ColumnElement[Any], ...] = (addressees.c.recommendation_id, addressees.c.body_code)
    statement = _selected(select(*columns).select_from(_ROWS), selection).limit(limit)
    return tuple((id_, code) for id_, code in connection.execute(statement, {"yes": True}))


def page(
    connection: Connection, selection: Selection, *, limit: int, offset: int = 0
) -> tuple[Addressee, ...]:
    """Return a page of what is selected, by name of the body, then by report and number."""
    statement = _selected(IN_PLACE, selection).limit(limit).offset(offset)
    return tuple(map(addressee_of, connection.execute(statement, {"yes": True})))


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
    for update in with_names(connection, among):
        key = (update.draft.recommendation_id or "", update.draft.body_code or "")
        if key in history:
            history[key].append(update)
    return history


def _selected(statement: Select[Any], selection: Selection) -> Select[Any]:
    return statement.where(*_scope(selection), *_conditions(selection)).order_by(
        policing_bodies.c.short_name, *IN_ORDER
    )


def _scope(selection: Selection) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = []
    if selection.ids is None:
        within += [_LIVE, addressees.c.live == _YES]
    else:
        within += [
            addressees.c.recommendation_id.in_(selection.ids),
            or_(addressees.c.live == _YES, not_(_LIVE)),
        ]
    if selection.report_keys is not None:
        within.append(recommendations.c.report_key.in_(selection.report_keys))
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
                or_(addressees.c.owes_response == _YES, addressees.c.owes_action == _YES),
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
            return addressees.c.stage.in_(_values(STAGES_OF[state]))
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
        case (
            State.APPROVED
            | State.NOT_APPROVED
            | State.CLOSED
            | State.NOT_CLOSED
            | State.EXPECTED_LATE
            | State.DONE_LATE
        ):
            raise ValueError(f"not recorded: {state}")
        case _:
            assert_never(state)


def _values(members: Iterable[Answer | Stage]) -> list[str]:
    return sorted(member.value for member in members)


def _is_late(selection: Selection) -> ColumnElement[bool]:
    return func.coalesce(
        or_(
            and_(addressees.c.owes_response == _YES, addressees.c.respond_by < selection.day),
            and_(addressees.c.owes_action == _YES, addressees.c.due_on < selection.day),
        ),
        False,
    )


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
    addressees.c.due_on.is_not(None), addressees.c.due_on.is_distinct_from(recommendations.c.due_on)
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
