"""Rows of return forms that came back: what a body answers without Slack.

A row counts only with the code that this register gave it. What it brought once is not recorded again, and
where the register has changed since the form was made, that is asked."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from bot.domain.register.guard import MayIdentify
from bot.domain.register.imports import AboutBody, NoteRow, NotImportable, RegisterRow, ReturnRow, Wrong
from bot.domain.register.return_form import RETURNED, RETURNED_NOTE, ReturnCode, read_code
from bot.domain.values import replace
from bot.operations.imports.picture import ImportedAddressee
from bot.operations.imports.plan import Plan
from bot.operations.imports.recordings import addressee_id, plan_note, plan_standing

_NOT_OURS = (
    "This register did not give this code to this recommendation: the row was changed, or made by another "
    "register. Make a new form: /recs return kent"
)
_NO_SIGNATORY = "Say who fills in this row, such as “Kim Park, policy officer”."
_SAYS_SOMETHING_ELSE = (
    "This form was read already, and the row says something else now. Record what changed in Slack, or make "
    "a new form."
)
# What a form calls the columns of the register.
_COLUMNS = {
    "response": "answer",
    "response_on": "day",
    "response_text": "reason",
    "progress_on": "day",
    "progress_text": "what_was_done",
    "stands_from": "day",
    "text": "what_was_done",
    "expected_on": "expected_to_be_done_on",
    "source": "filled_in_by",
}


class Returned(Struct, frozen=True):
    """A row that is filled in, with what its code says, as rows that any file could hold."""

    row: ReturnRow
    code: ReturnCode
    stated: tuple[AboutBody, ...]


def read_returns(plan: Plan, rows: Iterable[ReturnRow]) -> tuple[Returned, ...]:
    """Read what is filled in; of a row that cannot count, say why."""
    return tuple(returned for row in rows if row.is_filled_in and (returned := _returned(plan, row)))


def plan_return(plan: Plan, returned: Returned) -> None:
    """Plan what a row says that the register does not hold yet."""
    row, code = returned.row, returned.code
    standing = plan.picture.standings.get((addressee_id(row), code.body_code))
    if standing and row.code in plan.picture.returned:
        if not all(_is_held(standing, stated) for stated in returned.stated):
            plan.refuse(row, "", _SAYS_SOMETHING_ELSE)
        return
    faults, notices, planned = len(plan.faults), len(plan.notices), len(plan.planned)
    # Planning changes the standing.
    changed = standing is not None and standing.before.version != code.version
    for stated in returned.stated:
        if isinstance(stated, RegisterRow):
            plan_standing(plan, stated)
        elif isinstance(stated, NoteRow):
            plan_note(plan, stated)
    plan.faults[faults:] = map(_by_the_forms_columns, plan.faults[faults:])
    plan.notices[notices:] = [
        replace(notice, column=_COLUMNS.get(notice.column, notice.column))
        for notice in plan.notices[notices:]
    ]
    if changed and len(plan.planned) > planned and not row.even_if_changed:
        plan.refuse(row, "even_if_changed", _changed(standing))


def _returned(plan: Plan, row: ReturnRow) -> Returned | None:
    code = read_code(plan.picture.return_key, row.code, addressee_id(row))
    if code is None:
        plan.refuse(row, "code", _NOT_OURS)
        return None
    if code.body_code not in {body.code for body in plan.names.bodies_exact(row.body)}:
        plan.refuse(row, "body", "The code is another body's. Leave what recbot wrote as it was.")
        return None
    if other := plan.first_place(row, ("return", row.code)):
        plan.refuse(row, "code", f"Row {other.row} has the same code. Fill in one of them.")
        return None
    if not row.filled_in_by:
        plan.refuse(row, "filled_in_by", _NO_SIGNATORY)
    if row.reason and row.answer is None:
        plan.refuse(row, "answer", "Choose the answer that this is the reason for.")
    if row.evidence and not (row.answer or row.progress or row.what_was_done):
        plan.refuse(row, "what_was_done", "Say what the link shows, or choose a progress.")
    return Returned(row, code, tuple(_stated(plan, row, code)))


def _stated(plan: Plan, row: ReturnRow, code: ReturnCode) -> Iterable[AboutBody]:
    """Return what a row of a form states, as rows of an import: how it stands, a note, or both."""
    about = _common_columns(row, code)
    key, day = f"{RETURNED}{row.code}", row.day or plan.today
    # A text beside no progress is a note, which then carries the link.
    is_note = bool(row.progress is None and row.what_was_done)
    of_parts = row.parts_addressed or row.part_states
    says_how_it_stands = row.answer or row.progress or of_parts or row.expected_to_be_done_on
    if says_how_it_stands or not is_note:
        yield RegisterRow(
            **about,
            own_key=key,
            evidence="" if is_note else row.evidence,
            response=row.answer,
            response_on=day if row.answer else None,
            response_text=row.reason,
            progress=row.progress,
            progress_on=day if row.progress else None,
            progress_text="" if is_note else row.what_was_done,
            parts_addressed=row.parts_addressed,
            part_states=row.part_states,
            expected_on=row.expected_to_be_done_on,
        )
    if is_note:
        yield NoteRow(
            **about,
            own_key=f"{key}{RETURNED_NOTE}",
            evidence=row.evidence,
            stands_from=day,
            text=row.what_was_done,
        )


def _common_columns(row: ReturnRow, code: ReturnCode) -> dict[str, Any]:
    return {
        "place": row.place,
        "unread": frozenset(_OTHER_NAMES.get(column, column) for column in row.unread),
        "report": row.report,
        "recommendation": row.recommendation,
        "body_code": code.body_code,
        "source": f"return form, filled in by {row.filled_in_by}",
        "decided_by": row.decided_by,
        "may_be_quoted": row.may_be_published,
        "no_victim_identified": row.no_victim_identified,
    }


def _is_held(standing: ImportedAddressee, stated: AboutBody) -> bool:
    """Tell whether the register holds what a row states, of whatever day."""
    match stated:
        case NoteRow():
            return standing.notes.has(None, stated.text)
        case RegisterRow():
            answers = standing.answers.get(stated.response or "")
            stages = standing.stages.get(stated.progress or "")
            return (
                stated.response is None or bool(answers and answers.has(None, stated.response_text))
            ) and (stated.progress is None or bool(stages and stages.has(None, stated.progress_text)))
        case _:
            raise TypeError(type(stated).__name__)


def _changed(standing: ImportedAddressee | None) -> str:
    now = standing.before if standing else None
    stands = f": it is {now.answer} and {now.stage} now" if now else ""
    return (
        f"The register has changed since this form was made{stands}. Look at it, and write yes here if the "
        "row is to stand all the same."
    )


def _by_the_forms_columns(fault: Wrong) -> Wrong:
    """Return a fault under the name that the form gives to its column."""
    refusal = fault.refusal
    match refusal:
        case NotImportable():
            refusal = dataclasses.replace(refusal, column=_of_form(refusal.column))
        case MayIdentify():
            texts = {_of_form(column): text for column, text in refusal.texts.items()}
            findings = {
                _of_form(column): field_findings for column, field_findings in refusal.findings.items()
            }
            refusal = dataclasses.replace(refusal, texts=texts, findings=findings)
    return replace(fault, column=_of_form(fault.column), refusal=refusal)


def _of_form(column: str) -> str:
    return _COLUMNS.get(column, column)


_OTHER_NAMES = {form: register for register, form in _COLUMNS.items()} | {"day": "progress_on"}
