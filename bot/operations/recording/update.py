"""The update form is recorded, if nobody changed what it is about since it was shown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.recording import NothingChanged
from bot.domain.register.addressee import Addressee
from bot.domain.register.details import written_evidence
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, recommendation_id
from bot.domain.register.transition import Value
from bot.domain.register.update import Change, Draft, Update, UpdateKind
from bot.domain.register.update_form import (
    ChangedMeanwhile,
    Correction,
    Entry,
    Offered,
    Shown,
    Step,
    beginning,
    must_hold_of_each,
    steps,
)
from bot.domain.values import replace
from bot.operations.recording.recording import recorded_before, with_what_is_left
from bot.operations.recording.update_form import About, Opening
from bot.operations.request import resolve
from bot.operations.request.writing import Work, writing
from storage import bodies
from storage.store import Store


class Submitted(Struct, frozen=True):
    """A form as it was sent; `ticked` are the recommendations that it is to be recorded for."""

    about: About
    ticked: tuple[Ref, ...]
    entry: Entry
    as_shown: Shown


def update(store: Store, request: Request, sent: Submitted) -> Recorded:
    """Record, for each recommendation that is ticked, one update for each thing that was changed: all or
    none; the same sending again is answered from what it wrote.

    Raises ChangedMeanwhile, MayIdentify, NotAContactOf, NotACoordinator, NotAddressed, and what `resolve`,
    `Opening.correction`, `must_hold_of_each`, `Entry.must_be_well_formed` and `steps` raise."""
    code = sent.about.body_code or ""
    with writing(store, request, is_short=True) as work:
        if work.written and _says_the_same(sent, work.written):
            return recorded_before(work)
        name = bodies.names(work.connection, [code]).get(code, "")
        work.actor.must_speak_for(code, name)
        ticked = _ticked(work, sent.ticked, code, name)
        opening = Opening(work.connection, work.actor, request.today)
        changed = any(
            row.addressee.version != sent.as_shown.versions.get(row.recommendation.id) for row in ticked
        )
        # What the same form recorded before, told as failed, is shown too before more is recorded.
        if changed or work.written:
            raise ChangedMeanwhile(
                opening.again(replace(sent.about, recommendations=sent.ticked), sent.entry, sent.as_shown)
            )
        must_hold_of_each(sent.entry, sent.as_shown, ticked)
        entry = _with_known_parts(sent.entry, ticked)
        for row in ticked:
            entry.must_be_well_formed(row.recommendation.report.published_on, request.today)
        correction = opening.correction(ticked[0].addressee, sent.about.corrects)
        beginning = _begun(ticked, opening.reason(sent.as_shown.response_seq), correction, sent.as_shown)
        steps_of_rows = _all_steps(ticked, beginning, entry, correction, request.today)
        if any(step.kind is UpdateKind.CHECK for _, each_made in steps_of_rows for step in each_made):
            work.actor.must_coordinate()
        confirmed = must_all_identify_nobody(_new_words(steps_of_rows, entry), entry.no_victim)
        rows = tuple(_recorded(work, entry, steps_of_rows, confirmed))
        recorded = Recorded(work.actor, name, rows[0][2].draft.on_behalf, rows)
        return with_what_is_left(work, recorded)


def _recorded(
    work: Work,
    entry: Entry,
    steps_of_rows: Iterable[tuple[Offered, tuple[Step, ...]]],
    confirmed: tuple[Change, ...],
) -> Iterator[tuple[Recommendation, Addressee, Update]]:
    """Record the steps of each; yield each addressee as it then stands."""
    for row, each_made in steps_of_rows:
        before = row.addressee
        for step in each_made:
            draft = replace(_draft(work, before, entry, step), changes=confirmed)
            before, now = work.record(before, _upon(before, step), draft)
            yield row.recommendation, before, now


def _ticked(work: Work, refs: Sequence[Ref], code: str, name: str) -> tuple[Offered, ...]:
    """Lock and return what was ticked, by report and number."""
    in_order = sorted(
        resolve.each_recordable(work.connection, refs), key=lambda recommendation: recommendation.place
    )
    return tuple(
        Offered(recommendation, work.addressee(recommendation, code, name)) for recommendation in in_order
    )


def _begun(ticked: Sequence[Offered], reason: str, correction: Correction | None, form_shown: Shown) -> Entry:
    """Return what stood in the form that was sent."""
    entry = beginning([row.addressee for row in ticked], reason, correction)
    return replace(
        entry,
        answer=form_shown.answer,
        reason=reason,
        stage=form_shown.stage,
        expected_on=form_shown.expected_on,
    )


def _all_steps(
    ticked: Sequence[Offered], beginning: Entry, entry: Entry, correction: Correction | None, today: date
) -> list[tuple[Offered, tuple[Step, ...]]]:
    """Return the updates of each; of some nothing may have changed. Raises NothingChanged where of none."""
    steps_of_rows = []
    for row in ticked:
        try:
            steps_of_rows.append(
                (
                    row,
                    steps(
                        row.addressee,
                        beginning,
                        entry,
                        correction,
                        today=today,
                        parts_asked=row.recommendation.parts,
                    ),
                )
            )
        except NothingChanged:
            continue
    if not steps_of_rows:
        raise NothingChanged
    return steps_of_rows


def _with_known_parts(entry: Entry, ticked: Sequence[Offered]) -> Entry:
    """Drop whatever is no part of a recommendation, and put the labels in order."""
    labels = {row.recommendation.id: {part.label for part in row.recommendation.parts} for row in ticked}
    known = {
        recommendation_id: tuple(
            sorted(state for state in states if state.partition("=")[0] in labels[recommendation_id])
        )
        for recommendation_id, states in entry.parts.items()
        if recommendation_id in labels
    }
    return replace(entry, parts=known)


def _draft(work: Work, before: Addressee, entry: Entry, step: Step) -> Draft:
    is_check = step.kind is UpdateKind.CHECK
    return replace(
        work.draft(step.kind, before),
        stands_from=entry.given_on or work.request.today,
        # What only coordinators may do is never recorded as on behalf of a body.
        on_behalf=not is_check and work.actor.speaks_on_behalf_of(before.body_code),
        about_seq=step.about_seq,
        quotable=entry.quotable,
        text=step.text,
        evidence_url=step.evidence_url,
        evidence_title=step.evidence_title,
        decided_by=entry.decided_by,
    )


def _new_words(steps_of_rows: Sequence[tuple[Offered, tuple[Step, ...]]], entry: Entry) -> dict[str, str]:
    """Return the free words that are about to be stored, by the field they stand in."""
    all_steps = [step for _, each_made in steps_of_rows for step in each_made]
    words = {
        "reason" if step.kind is UpdateKind.RESPONSE else "note": step.text for step in all_steps if step.text
    }
    # The title stands in the field of the link.
    link = written_evidence(all_steps[-1].evidence_url, all_steps[-1].evidence_title)
    return {**words, "evidence_url": link, "decided_by": entry.decided_by}


def _upon(before: Addressee, step: Step) -> Addressee:
    """Return what the step makes of the addressee; the step before has moved its version
    and its latest update."""
    becomes = step.becomes
    return replace(
        before,
        answer=becomes.answer,
        stage=becomes.stage,
        expected_on=becomes.expected_on,
        parts_addressed=becomes.parts_addressed,
        part_states=becomes.part_states,
    )


def _says_the_same(sent: Submitted, written: Sequence[Update]) -> bool:
    """Return whether the sending is the one that was recorded, and not one rewritten since: Slack may have
    told the person that the first one failed."""
    entry = sent.entry
    now = {change.what: change.now for update in written for change in update.draft.changes}
    reasons = {update.draft.text for update in written if update.draft.kind is UpdateKind.RESPONSE}
    ticked = {recommendation_id(ref.report or "", ref.number) for ref in sent.ticked}
    return (
        ticked >= {update.draft.recommendation_id for update in written}
        and (not entry.note or any(update.draft.text == entry.note for update in written))
        and now.get(Value.ANSWER, entry.answer) in (entry.answer, None)
        and now.get(Value.STAGE, entry.stage) in (entry.stage, None)
        and (not reasons or bool(reasons & {entry.reason, ""}))
    )
