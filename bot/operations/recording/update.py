"""The update form is recorded, if nobody changed what it is about since it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.questions.answers import Recorded
from bot.domain.refusals import UnknownRecommendation
from bot.domain.register.addressee import Addressee
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import Value
from bot.domain.register.update import Draft, Update, UpdateKind
from bot.domain.register.update_form import ChangedMeanwhile, Entry, Shown, Step, beginning, steps
from bot.operations.recording.recording import recorded_before, steps_back
from bot.operations.recording.update_form import About, Opening
from bot.operations.request import finding
from bot.operations.request.writing import Work, writing
from storage import bodies
from storage.database import Connection
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Submitted:
    about: About
    entry: Entry
    shown: Shown


def update(store: Store, request: Request, sent: Submitted) -> Recorded:
    """Record one update for each thing that was changed, all or none; the same sending again is answered
    from what it wrote.

    Raises ChangedMeanwhile, MayIdentify, NotAContactOf, NotACoordinator, NotAddressed, and what `finding`,
    `Opening.correction`, `Entry.must_be_well_formed` and `steps` raise."""
    code = sent.about.body_code or ""
    with writing(store, request) as work:
        if work.written and _says_the_same(sent.entry, work.written):
            return recorded_before(work)
        name = bodies.names(work.connection, [code]).get(code, "")
        work.actor.must_speak_for(code, name)
        recommendation = _recordable(work.connection, sent)
        before = work.addressee(recommendation, code, name)
        sent = replace(sent, entry=_with_known_parts(sent.entry, recommendation))
        opening = Opening(work.connection, work.actor, request.today)
        if before.version != sent.shown.version:
            raise ChangedMeanwhile(opening.again(sent.about, sent.entry, sent.shown))
        sent.entry.must_be_well_formed(recommendation.report.published_on, request.today)
        correction = opening.correction(before, sent.about.corrects)
        begun = beginning(before, opening.reason(before.response_seq), correction)
        made = steps(before, begun, sent.entry, correction)
        if any(step.kind is UpdateKind.CHECK for step in made):
            work.actor.must_coordinate()
        confirmed = must_all_identify_nobody(_new_words(made, sent.entry), sent.entry.no_victim)
        items: list[tuple[Recommendation, Addressee, Update]] = []
        for step in made:
            draft = replace(_draft(work, before, sent.entry, step), changes=confirmed)
            before, now = work.record(before, _upon(before, step), draft)
            items.append((recommendation, before, now))
        back = steps_back(work.connection, items)
    return Recorded(work.actor, name, items[0][2].draft.on_behalf, tuple(items), steps_back=back)


def _recordable(connection: Connection, sent: Submitted) -> Recommendation:
    if sent.about.recommendation is None:
        raise UnknownRecommendation("")
    return finding.recordable(connection, sent.about.recommendation)


def _with_known_parts(entry: Entry, recommendation: Recommendation) -> Entry:
    known = tuple(part.label for part in recommendation.parts if part.label in entry.parts)
    return replace(entry, parts=known)


def _draft(work: Work, before: Addressee, entry: Entry, step: Step) -> Draft:
    is_check = step.kind is UpdateKind.CHECK
    return replace(
        work.draft(step.kind, before),
        stands_from=entry.given_on or work.request.today,
        # What only coordinators do they do in their own name.
        on_behalf=not is_check and work.actor.speaks_on_behalf_of(before.body_code),
        about_seq=step.about_seq,
        quotable=entry.quotable,
        text=step.text,
        evidence_url=step.evidence_url,
        decided_by=entry.decided_by,
    )


def _new_words(made: Sequence[Step], entry: Entry) -> dict[str, str]:
    """Return the free words that are about to be stored, by the field they stand in."""
    words = {"reason" if step.kind is UpdateKind.RESPONSE else "note": step.text for step in made}
    return {**words, "evidence_url": made[-1].evidence_url, "decided_by": entry.decided_by}


def _upon(before: Addressee, step: Step) -> Addressee:
    """Return what the step makes of the addressee; the step before it has moved its version and its face."""
    becomes = step.becomes
    return replace(
        before, answer=becomes.answer, stage=becomes.stage, parts_addressed=becomes.parts_addressed
    )


def _says_the_same(entry: Entry, written: Sequence[Update]) -> bool:
    """Return whether the sending is the one that was recorded, and not one rewritten since: Slack may have
    told the person that the first one failed."""
    now = {change.what: change.now for update in written for change in update.draft.changes}
    reasons = {update.draft.text for update in written if update.draft.kind is UpdateKind.RESPONSE}
    return (
        (not entry.note or any(update.draft.text == entry.note for update in written))
        and now.get(Value.ANSWER, entry.answer) == entry.answer
        and now.get(Value.STAGE, entry.stage) == entry.stage
        and (not reasons or bool(reasons & {entry.reason, ""}))
    )
