"""What a selection asks of the rows of addressees, in SQL: its scope and its conditions."""

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from bot.domain.questions.holding import FromAnswers, FromMarks, FromStages, basis_of, days_before
from bot.domain.questions.model import AskedState, Condition, NoNews, Priority, Theme
from bot.domain.questions.selection import Selection
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import RecommendationStatus, Themes
from storage import approvals
from storage.group_tallies import States
from storage.tables.addressees import addressees
from storage.tables.reports import recommendations
from storage.types import Flag

YES = bindparam("yes", True, type_=Flag())
# How a row stands, in the order in which `States.condition` takes it.
STANDING = (addressees.c.answer, addressees.c.stage, addressees.c.marks)
_HAS_ENDED = addressees.c.recommendation_id.in_(
    select(recommendations.c.id).where(recommendations.c.status != RecommendationStatus.LIVE.value)
)


def scope_of(selection: Selection) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = []
    if selection.ids is None or selection.themes is not None:
        within.append(addressees.c.live == YES)
    else:
        within += [
            addressees.c.recommendation_id.in_(selection.ids),
            or_(addressees.c.live == YES, _HAS_ENDED),
        ]
    within += in_groups(selection)
    if selection.body_codes is not None:
        within.append(addressees.c.body_code.in_(selection.body_codes))
    return within


def _has_themes(themes: Iterable[Themes]) -> ColumnElement[bool]:
    """Return that a recommendation has one of these themes together: by CASE, so that SQLite's planner goes
    by what else is asked."""
    ids = select(recommendations.c.id).where(
        recommendations.c.status == RecommendationStatus.LIVE.value,
        func.coalesce(recommendations.c.themes, "").in_([" ".join(words) for words in themes]),
    )
    return case((addressees.c.live, addressees.c.recommendation_id)).in_(ids)


def in_groups(selection: Selection) -> list[ColumnElement[bool]]:
    """Return what is asked of recommendations: of which reports they are, or which themes they have."""
    if selection.themes is not None:
        return [_has_themes(selection.themes)]
    if selection.report_keys is None:
        return []
    of_reports = select(recommendations.c.id).where(recommendations.c.report_key.in_(selection.report_keys))
    return [addressees.c.recommendation_id.in_(of_reports)]


def conditions_of(selection: Selection) -> list[ColumnElement[bool]]:
    return [condition_holds(condition, selection) for condition in selection.conditions]


def condition_holds(condition: Condition, selection: Selection) -> ColumnElement[bool]:
    """Return the condition in SQL, as `holding.holds` has it. Raises ValueError as that does."""
    basis = basis_of(condition)
    match basis:
        case FromAnswers(answers=answers):
            return addressees.c.answer.in_(_values(answers))
        case FromStages(stages=stages):
            # An index has the answer before the stage.
            return and_(addressees.c.answer.in_(_values(Answer)), addressees.c.stage.in_(_values(stages)))
        case FromMarks():
            return States().narrowed(basis).condition(*STANDING)
        case AskedState.OVERDUE:
            return is_late(selection)
        case AskedState.NOT_OVERDUE:
            return is_not_late(selection)
        case AskedState.CONTACT:
            return addressees.c.body_code.in_(sorted(selection.with_contact))
        case AskedState.NO_CONTACT:
            return addressees.c.body_code.not_in(sorted(selection.with_contact))
        case AskedState.APPROVED:
            return approvals.IS_GIVEN
        case AskedState.NOT_APPROVED:
            return approvals.IS_MISSING
        case NoNews(days=days):
            return is_silent(days_before(selection.day, days))
        case AskedState.DONE_LATE | Theme() | Priority():
            raise ValueError(f"not told by one addressee: {basis}")
        case _:
            assert_never(basis)


def _values(members: Iterable[Answer | Stage]) -> list[str]:
    return sorted(member.value for member in members)


def is_late(selection: Selection) -> ColumnElement[bool]:
    return addressees.c.owed_by < selection.day


def is_not_late(selection: Selection) -> ColumnElement[bool]:
    return or_(addressees.c.owed_by.is_(None), addressees.c.owed_by >= selection.day)


def is_silent(since: date) -> ColumnElement[bool]:
    return and_(
        addressees.c.owed_by.is_not(None),
        or_(addressees.c.moved_on.is_(None), addressees.c.moved_on <= since),
    )
