"""A coordinator puts right what was typed of a recommendation: words, dates, parts, and whom it addresses."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from bot.domain.free_text import LIMIT
from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals.recording import NothingChanged
from bot.domain.register.adding import AddresseeScope, Fault, Field, RecommendationEntry, Unfit, mark_of
from bot.domain.register.addressee import Addressee
from bot.domain.register.correcting import (
    ADDRESSED_TO,
    CORRECTED,
    MARKED,
    NO_LONGER_ADDRESSED_TO,
    PRIORITY,
    STOOD,
    CorrectedMeanwhile,
    RecommendationCorrection,
    must_keep_what_was_said,
    name_list,
    part_lines,
)
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import RESPOND_BY, Value, apply
from bot.domain.register.update import Change, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import Work, coordinating
from storage import addressees, bodies, contents, people, recommendations
from storage.database import Connection
from storage.store import Store

Message = Callable[[RecommendationCorrection, str, str, str], Payload]
"""Words what a contact is told: of a correction, for a body, by whom, for the key of its delivery."""


class Opened(Struct, frozen=True):
    """A recommendation as it stands, as the form takes it, and the bodies that can be addressed, by name."""

    recommendation: Recommendation
    entry: RecommendationEntry
    bodies: tuple[PolicingBody, ...]


class _Planned(Struct, frozen=True):
    correction: RecommendationCorrection
    standing: tuple[Addressee, ...]
    added: tuple[PolicingBody, ...]
    removed: tuple[Addressee, ...]


def opened(store: Store, request: Request, ref: Ref) -> Opened:
    """Return what stands. Raises NotACoordinator, and what `resolve.recordable` raises."""
    with coordinator_reads(store, request) as connection:
        recommendation = resolve.recordable(connection, ref)
        existing = bodies.existing_on(connection, request.today)
        standing = addressees.standing(connection, recommendation)
        return Opened(recommendation, _as_entered(recommendation, standing), existing)


def look(
    store: Store, request: Request, ref: Ref, entry: RecommendationEntry, *, no_victim: bool = False
) -> RecommendationCorrection:
    """Return what it would change. Raises what `correct` raises."""
    with coordinator_reads(store, request) as connection:
        must_all_identify_nobody(entry.texts, no_victim)
        return _plan(connection, request, ref, entry).correction


def correct(
    store: Store,
    request: Request,
    ref: Ref,
    entry: RecommendationEntry,
    stood: str,
    message: Message,
    *,
    no_victim: bool = False,
) -> RecommendationCorrection:
    """Record it, and tell the contacts of whoever had answered. `stood` is the mark of the recommendation
    that was looked at.

    Raises CorrectedMeanwhile, Unfit, NothingChanged, HasRecorded, PartAddressed, MayIdentify,
    NotACoordinator, and what `resolve.recordable` raises."""
    with coordinating(store, request) as work:
        if work.written:
            stands = resolve.recordable(work.connection, ref)
            return RecommendationCorrection(stands, stands)
        confirmed = must_all_identify_nobody(entry.texts, no_victim)
        planned = _plan(work.connection, request, ref, entry)
        correction = planned.correction
        if mark_of(correction.before) != stood:
            raise CorrectedMeanwhile(correction)
        for field, was, right in correction.texts:
            _append_text(work, correction, Change(field, "", STOOD), was)
            _append_text(work, correction, Change(field, "", CORRECTED), right)
        recommendations.correct(work.connection, correction.after)
        if correction.before.themes != correction.after.themes:
            addressees.change_themes(work.connection, correction.after.id, correction.before.themes)
        addressees.leave(work.connection, planned.removed)
        addressees.join(work.connection, [correction.after.addressed_to(body) for body in planned.added])
        update = work.append(
            replace(
                work.draft(UpdateKind.RECOMMENDATION_CORRECTED),
                recommendation_id=correction.after.id,
                quotable=True,
                changes=(*_changes(work.connection, planned), *confirmed),
            )
        )
        _move_dates(work.connection, planned, update)
        _tell(work, planned, message)
        return correction


def _plan(connection: Connection, request: Request, ref: Ref, entry: RecommendationEntry) -> _Planned:
    before = resolve.recordable(connection, ref)
    standing = addressees.standing(connection, before)
    if max(len(entry.parts), len(part_lines(before.parts))) > LIMIT:
        # The form has held only the beginning of them.
        raise Unfit({Field.PARTS: Fault.TOO_LONG})
    after = _corrected(before, entry)
    addressed_bodies = entry.addressed(bodies.everyone(connection), request.today)
    codes = {body.code for body in addressed_bodies}
    ever = {row.body_code for row in addressees.of_recommendation(connection, before.id)}
    added = tuple(body for body in addressed_bodies if body.code not in ever)
    removed = tuple(row for row in standing if row.body_code not in codes)
    must_keep_what_was_said(after, standing, removed)
    correction = RecommendationCorrection(
        before=before,
        after=after,
        added=tuple(body.short_name for body in added),
        removed=tuple(row.body_name for row in removed),
        extended=_extended(before, after, standing),
        answered=tuple(row.body_name for row in standing if row.answer.is_given),
    )
    if not correction.changes_anything:
        raise NothingChanged
    return _Planned(correction, standing, added, removed)


def _corrected(before: Recommendation, entry: RecommendationEntry) -> Recommendation:
    """Return the recommendation with what was entered. Raises Unfit."""
    fit = entry.recommendation(before.report, ())
    return replace(
        before,
        wording=fit.wording,
        joint_with=fit.joint_with,
        quoted_from=fit.quoted_from,
        short_form=fit.short_form,
        others_addressed=fit.others_addressed,
        themes=fit.themes,
        priority=fit.priority,
        respond_by=fit.respond_by,
        due_on=fit.due_on,
        parts=before.parts if entry.parts == part_lines(before.parts) else fit.parts,
    )


def _extended(
    before: Recommendation, after: Recommendation, standing: Iterable[Addressee]
) -> tuple[str, ...]:
    if before.due_on == after.due_on:
        return ()
    return tuple(row.body_name for row in standing if row.due_on != before.due_on)


def _as_entered(recommendation: Recommendation, standing: Iterable[Addressee]) -> RecommendationEntry:
    return RecommendationEntry(
        number=recommendation.number,
        wording=recommendation.wording,
        scope=AddresseeScope.CHOSEN,
        chosen=tuple(sorted(row.body_code for row in standing)),
        respond_by=recommendation.respond_by,
        due_on=recommendation.due_on,
        joint_with=recommendation.joint_with,
        parts=part_lines(recommendation.parts),
        quoted_from=recommendation.quoted_from,
        short_form=recommendation.short_form,
        others=name_list(recommendation.others_addressed),
        themes=" ".join(recommendation.themes),
        priority=recommendation.priority,
    )


def _append_text(work: Work, correction: RecommendationCorrection, change: Change, text: str) -> None:
    work.append(
        replace(
            work.draft(UpdateKind.RECOMMENDATION_CORRECTED),
            recommendation_id=correction.after.id,
            changes=(change,),
            quotable=True,
            text=text,
        )
    )


def _changes(connection: Connection, planned: _Planned) -> tuple[Change, ...]:
    before, after = planned.correction.before, planned.correction.after
    changes = [
        Change(change_name, str(was or ""), str(now or ""))
        for change_name, was, now in (
            (RESPOND_BY, before.respond_by, after.respond_by),
            (Value.DUE_ON, before.due_on, after.due_on),
        )
        if was != now
    ]
    if planned.correction.moves_priority:
        was, now = (MARKED if row.priority else "" for row in (before, after))
        changes.append(Change(PRIORITY, was, now))
    if planned.added:
        changes.append(Change(ADDRESSED_TO, "", " ".join(body.code for body in planned.added)))
    if planned.removed:
        changes.append(Change(NO_LONGER_ADDRESSED_TO, " ".join(row.body_code for row in planned.removed), ""))
    return (*changes, *contents.change(connection, contents.RECOMMENDATION, after.id))


def _move_dates(connection: Connection, planned: _Planned, update: Update) -> None:
    removed = {row.body_code for row in planned.removed}
    rows = addressees.of_recommendation(connection, planned.correction.after.id)
    joined = {body.code for body in planned.added}
    moves = [(row, apply(row, update)) for row in rows if row.body_code not in removed | joined]
    addressees.save_all(connection, [(row, after) for row, after in moves if after != row])
    addressees.mark_anew(connection, [row for row, after in moves if after == row])


def _tell(work: Work, planned: _Planned, message: Message) -> None:
    seq = work.chain.seq
    if not planned.correction.changes_what_is_asked:
        return
    answered = [row for row in planned.standing if row.answer.is_given]
    for row in answered:
        for contact in people.active_contacts(work.connection, row.body_code):
            key = f"corrected:{seq}:{row.body_code}:{contact.who.user_id}"
            by = work.actor.person.display_name
            work.tell(contact.who, key, message(planned.correction, row.body_name, by, key))
