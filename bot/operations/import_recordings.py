"""Responses, progress and notes from a file, each from the day that it stands from.

What the register has been told before is not told again, so that an account that was exported changes
nothing, then or later. Nothing is put behind what stands from a later day: it would undo it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.addressee import Addressee, Answer, Stage
from bot.domain.free_text import TextTooLong
from bot.domain.imports import AboutBody, NoteRow, NotImportable, RegisterRow
from bot.domain.personal_data.guard import must_all_identify_nobody
from bot.domain.recommendation import Recommendation, RecommendationKind, recommendation_id
from bot.domain.refusals import (
    BlockedOnWhat,
    GivenInFuture,
    GivenTooEarly,
    NotAddressed,
    NotALink,
    NotRecordable,
    ReasonRequired,
    Refusal,
    Withdrawn,
)
from bot.domain.update import Draft, Update, UpdateKind, Via
from bot.domain.update_form import Entry
from bot.operations import recording
from bot.operations.import_reports import found_report, labels
from bot.operations.import_session import Session, must_be_a_source
from storage import addressees, recommendations, updates

_UNNAMED_SOURCE = "an imported file"
_MOVES_STAGE = (UpdateKind.PROGRESS, UpdateKind.CHECK, UpdateKind.REOPEN)


@dataclass(frozen=True, slots=True)
class _Standing:
    """An addressee, locked, with what has been told of it and not taken back, oldest first."""

    recommendation: Recommendation
    addressee: Addressee
    told: tuple[Update, ...]

    @property
    def about(self) -> str:
        return f"{self.addressee.body_name}, {self.recommendation.title}"

    def telling(self, kinds: Collection[UpdateKind], what: str, value: str) -> list[Update]:
        """The updates of some kinds that made this of it."""
        return [
            update
            for update in self.told
            if update.draft.kind in kinds
            and any(change.what == what and change.now == value for change in update.draft.changes)
        ]

    def last_day(self, kinds: Collection[UpdateKind]) -> date | None:
        """The day from which what was recorded last stands."""
        days = [update.draft.stands_from for update in self.told if update.draft.kind in kinds]
        return days[-1] if days else None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says: its text, the day it stands from, and the columns that these are in."""

    kind: UpdateKind
    on: date | None
    text: str
    day_column: str
    text_column: str

    def is_told_by(self, some: Iterable[Update]) -> bool:
        """Erased words may have been any, and must not come back."""
        return any(
            self.on in (None, update.draft.stands_from)
            and (update.words_erased or self.text in ("", update.draft.text))
            for update in some
        )


def take_standing(session: Session, row: RegisterRow) -> None:
    stands = _standing(session, row)
    response = _Said(UpdateKind.RESPONSE, row.response_on, row.response_text, "response_on", "response_text")
    answers = row.response not in (None, Answer.AWAITING) and not _is_told_response(row, stands, response)
    moves = _moves(row, stands)
    if answers and row.response:
        given = row.response
        linked = "" if moves else row.evidence
        _record(session, row, stands, response, linked, lambda one: one.respond(given, row.response_text))
        stands = _standing(session, row)
    if moves and row.progress:
        stage, addressed = row.progress, labels(row.parts_addressed)
        progress = _progress(row)
        _record(
            session,
            row,
            stands,
            progress,
            row.evidence,
            lambda one: replace(
                one.progress(stage, row.progress_text), parts_addressed=addressed or one.parts_addressed
            ),
        )


def take_note(session: Session, row: NoteRow) -> None:
    stands = _standing(session, row)
    note = _Said(UpdateKind.NOTE, row.stands_from, row.text, "stands_from", "text")
    if not note.is_told_by(update for update in stands.told if update.draft.kind is UpdateKind.NOTE):
        _record(session, row, stands, note, row.evidence, lambda one: one)


def _standing(session: Session, row: AboutBody) -> _Standing:
    """Raises NotImportable, NotRecordable, NotAddressed, Spoilt."""
    report = found_report(session, row.report)
    id_ = recommendation_id(report.key, row.recommendation.lower())
    session.must_not_rest_on_a_fault(id_)
    recommendation = recommendations.get(session.connection, id_)
    if recommendation is None:
        raise NotImportable(
            "recommendation",
            f"The report {report.key} has no {row.recommendation}. Add it to the recommendations.",
        )
    if recommendation.kind is RecommendationKind.DERIVED:
        raise NotRecordable(recommendation.title, recommendation.derived_from)
    body = session.body(row.body_code or row.body, "body")
    addressee = addressees.get(session.connection, id_, body.code, for_update=True)
    if addressee is None:
        raise NotAddressed(recommendation.title, body.short_name)
    told = updates.each_of_addressees(session.connection, recommendation_id=id_, body_code=body.code)
    return _Standing(recommendation, addressee, tuple(update for update in told if not update.undone))


def _is_told_response(row: RegisterRow, stands: _Standing, response: _Said) -> bool:
    if response.on is None and row.response is stands.addressee.answer and not response.text:
        return True
    return response.is_told_by(stands.telling((UpdateKind.RESPONSE,), "answer", row.response or ""))


def _progress(row: RegisterRow) -> _Said:
    return _Said(UpdateKind.PROGRESS, row.progress_on, row.progress_text, "progress_on", "progress_text")


def _moves(row: RegisterRow, stands: _Standing) -> bool:
    """Whether the row tells of progress, or of parts, what the register does not know yet.

    Raises NotImportable."""
    addressed = labels(row.parts_addressed)
    if unknown := set(addressed) - {part.label for part in stands.recommendation.parts}:
        raise NotImportable(
            "parts_addressed", f"{stands.recommendation.title} has no part {', '.join(sorted(unknown))}."
        )
    new_parts = bool(addressed) and set(addressed) != set(stands.addressee.parts_addressed)
    if row.progress is None:
        if new_parts:
            raise NotImportable("progress", "Say how far it is, beside the parts that are addressed.")
        return False
    if not _is_told_progress(row, stands, new_parts):
        if row.progress is Stage.CHECKED:
            raise NotImportable(
                "progress", "A coordinator checks in Slack. Import it as complete, then: /recs check 15 kent"
            )
        return True
    return False


def _is_told_progress(row: RegisterRow, stands: _Standing, new_parts: bool) -> bool:
    progress = _progress(row)
    last = stands.last_day(_MOVES_STAGE)
    if row.progress is Stage.NOT_STARTED and progress.on is None:
        # Where everybody begins: nothing has been said yet.
        return True
    if row.progress is stands.addressee.stage and not new_parts:
        # As it stands, in the words last said: a check has a day of its own, and the body's words stay.
        moves = [update for update in stands.told if update.draft.kind in _MOVES_STAGE]
        if progress.on in (None, last) and (not moves or replace(progress, on=None).is_told_by(moves)):
            return True
    passed = bool(progress.on and last and progress.on < last)
    told = progress.is_told_by(stands.telling(_MOVES_STAGE, "stage", row.progress or ""))
    return told and (passed or not new_parts)


def _record(
    session: Session,
    row: AboutBody,
    stands: _Standing,
    said: _Said,
    evidence: str,
    decide: Callable[[Addressee], Addressee],
) -> None:
    on = _must_fit(session, row, stands, said, evidence)
    must_be_a_source(row.source)
    texts = {said.text_column: said.text, "evidence": evidence, "decided_by": row.decided_by}
    confirmed = must_all_identify_nobody(texts, row.no_victim_identified)
    before = stands.addressee
    try:
        after = decide(before)
    except (ReasonRequired, BlockedOnWhat) as refusal:
        needed = "Say on what." if isinstance(refusal, BlockedOnWhat) else "Give the reason."
        raise NotImportable(said.text_column, needed) from None
    draft = Draft(
        kind=said.kind,
        stands_from=on,
        via=Via.IMPORT,
        recommendation_id=before.recommendation_id,
        body_code=before.body_code,
        changes=confirmed,
        quotable=row.may_be_quoted,
        source=row.source or _UNNAMED_SOURCE,
        text=said.text,
        evidence_url=evidence,
        decided_by=row.decided_by,
    )
    drafted = session.drafted(row, draft, item=int(said.kind is UpdateKind.PROGRESS))
    _, update = recording.write(session.connection, session.chain, session.occasion, before, after, drafted)
    session.note(row, stands.about, update)


def _must_fit(session: Session, row: AboutBody, stands: _Standing, said: _Said, evidence: str) -> date:
    """The day it stands from. Raises NotImportable, Withdrawn."""
    if not stands.recommendation.live:
        raise Withdrawn(stands.recommendation.title)
    if not stands.addressee.live:
        raise NotImportable("body", "What this body owed has passed on. Record it for its successor.")
    if said.on is None:
        raise NotImportable(said.day_column, "Say from which day this stands, such as 22 November 2024.")
    kinds = _MOVES_STAGE if said.kind is UpdateKind.PROGRESS else (said.kind,)
    last = stands.last_day(kinds)
    if last and said.on < last and said.kind is not UpdateKind.NOTE:
        raise NotImportable(
            said.day_column,
            f"What stands in the register is from {last}, which is later. Leave the row out, or correct it.",
        )
    entry = Entry(note=said.text, evidence_url=evidence, given_on=said.on, decided_by=row.decided_by)
    try:
        entry.must_be_well_formed(stands.recommendation.report.published_on, session.today)
    except (TextTooLong, NotALink, GivenInFuture, GivenTooEarly) as refusal:
        raise _in_column(refusal, said) from None
    return said.on


def _in_column(refusal: Refusal, said: _Said) -> NotImportable:
    match refusal:
        case TextTooLong(what="note"):
            long = f"It has {refusal.length:,} characters of at most {refusal.limit:,}. Shorten it."
            return NotImportable(said.text_column, long)
        case TextTooLong():
            column = "decided_by" if refusal.what == "decided by" else "evidence"
            return NotImportable(column, f"It has at most {refusal.limit:,} characters. Shorten it.")
        case NotALink():
            return NotImportable("evidence", "Give one link that begins with https:// and has no spaces.")
        case GivenTooEarly():
            early = f"This is before the report was published, on {refusal.published_on}. Correct the day."
            return NotImportable(said.day_column, early)
    return NotImportable(said.day_column, "This day has not come yet. Correct it.")
