"""The update form, from "Loading…" to what was recorded."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.calendar import LONDON
from bot.domain.free_text import TextTooLong
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.recording import NothingChanged, ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import (
    Answer,
    BlockedOnWhat,
    ClosedByInspectorate,
    Duty,
    ExpectedInThePast,
    NotComplete,
    NothingToExpect,
    Stage,
)
from bot.domain.register.details import (
    LONGEST_DECIDED_BY,
    LONGEST_LINK,
    LONGEST_TITLE,
    GivenInFuture,
    GivenTooEarly,
    NotALink,
    written_evidence,
)
from bot.domain.register.part_states import PartsOpen
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import read_states
from bot.domain.register.update import Update, UpdateKind
from bot.domain.register.update_form import (
    Entry,
    Form,
    NothingTicked,
    Offered,
    PartsNotTicked,
    ResponseRequired,
    StandOtherwise,
)
from bot.rendering import terms, wordings, words
from bot.rendering.blocks.questions.lists import titles, written
from bot.rendering.blocks.questions.updates import author, what_changed
from bot.rendering.blocks.recording.guard import found_in_words
from bot.rendering.blocks.recording.recorded import recorded as receipt
from bot.rendering.form import (
    boxes_field,
    choice_field,
    date_field,
    no_victim_field,
    text_field,
)
from bot.rendering.form import form as modal
from bot.rendering.form import loading as loading_form
from bot.rendering.screen import Block, Screen, actions, as_written, button, lines, small

View = dict[str, Any]

NAME = "update"
TITLE = "Record progress"

RECOMMENDATIONS = "update-recommendations"
BODY = "update-body"
CHANGE_ANSWER = "change-answer"
RESPONSE = "response"
REASON = "reason"
PROGRESS = "progress"
EXPECTED_ON = "expected_on"
# Before the id of the recommendation and the label of its part: parts:stalking-15:a.
PARTS = "parts:"
NOTE = "note"
EVIDENCE = "evidence_url"
GIVEN_ON = "given_on"
DECIDED_BY = "decided_by"
QUOTABLE = "quotable"
YES = "yes"
AS_EACH_STANDS = "as each stands"
"""What is chosen to leave the response, or the progress, of each recommendation as it is."""

NOT_WHOLE = "Nothing was recorded: Slack sent the form without what stands in it. Please send it again."

_WHY = "Only if you do not accept it in full."
_HOW_FAR = "How far you are, or on what it is blocked."
_WORDING = 600
# In characters: what a phone shows beneath a field without hiding the next.
_LONGEST_HINT = 150
_MOST_LISTED = 12
_TEXT_SHOWN = 1000


def loading() -> View:
    """Return what opens at once, before anything is read."""
    return loading_form(TITLE, NAME)


def form(form: Form) -> View:
    blocks = [*_notices(form)]
    if form.offered:
        blocks += [*_about(form), *_body(form), *_fields(form, _mark(form))]
    else:
        blocks += _body(form)
        if form.entry.note or form.entry.evidence_url:
            # Words that the form was opened with are kept while its body is chosen.
            evidence = _evidence_field(form.entry)
            blocks += [_note_field(form.entry), evidence]
    title = f"Correct update {form.correction.update.seq}" if form.correction else TITLE
    carried = json.dumps(_carried(form), separators=(",", ":"))
    return modal(title, blocks, callback=NAME, submit="Record", close="Cancel", metadata=carried)


def refused(screen: Screen) -> View:
    """Say in the form's place why it cannot be filled in."""
    return modal(TITLE, [block for block in screen.blocks if block["type"] != "actions"], callback=NAME)


def recorded(recording: Recorded) -> View:
    """Show the receipt in the place of the form."""
    return modal("Recorded", receipt(recording).blocks, callback=NAME)


def beside(refusal: Refusal) -> tuple[str, str] | None:  # noqa: PLR0912 - a table
    """Return the field that a refusal is about, and what stands beside it; None where it is about none."""
    match refusal:
        case NothingTicked():
            return RECOMMENDATIONS, "Tick at least one recommendation."
        case PartsNotTicked():
            title = " ".join(refusal.recommendation_id.rsplit("-", 1))
            return RECOMMENDATIONS, f"Tick {title} too, or leave its parts as they are."
        case StandOtherwise():
            return _standing_otherwise(refusal)
        case ResponseRequired():
            return RESPONSE, "Say which response this is the reason for."
        case ReasonRequired(answer="expect"):
            return NOTE, "Say why: that day is after the deadline, or later than was expected before."
        case PartsOpen():
            open_parts = words.capital(words.parts_are(refusal.labels))
            set_now = "set it" if len(refusal.labels) == 1 else "set them"
            return NOTE, f"{open_parts} still open: {set_now}, or say here why it is complete all the same."
        case NothingToExpect():
            return EXPECTED_ON, "Nothing is left to be done, so no day is expected."
        case ExpectedInThePast():
            return EXPECTED_ON, "This day has passed."
        case ReasonRequired():
            return REASON, "Say why: anything short of acceptance needs a reason."
        case BlockedOnWhat():
            return NOTE, f"Say on what it is {terms.stage(refusal.stage)}."
        case NothingChanged():
            return NOTE, "Nothing was changed yet."
        case NotALink():
            return EVIDENCE, "Give the whole address, beginning with https:// or http://."
        case GivenInFuture():
            return GIVEN_ON, "This day has not come yet."
        case GivenTooEarly():
            return GIVEN_ON, f"The report was published on {words.day(refusal.published_on)}."
        case ClosedByInspectorate():
            return PROGRESS, "It is closed by the inspectorate: only a coordinator can reopen it."
        case NotComplete():
            return PROGRESS, "Only what the body calls complete can be checked."
        case NotACoordinator():
            return PROGRESS, "Only coordinators can say that it is checked."
        case TextTooLong():
            too_long = f"This has {refusal.length:,} characters; at most {refusal.limit:,} can be kept."
            return _FIELD_OF[refusal.what], too_long
    return None


_FIELD_OF = {"reason": REASON, "note": NOTE, "evidence link": EVIDENCE, "decided by": DECIDED_BY}


def _standing_otherwise(refusal: StandOtherwise) -> tuple[str, str]:
    stands = refusal.stands
    is_stage = isinstance(stands, Stage)
    state = terms.stage(stands) if isinstance(stands, Stage) else terms.answer(stands)
    field = PROGRESS if is_stage else RESPONSE
    title = words.capital(refusal.recommendation)
    return field, f"{title} is {state}. Choose what holds for all you ticked, or “{AS_EACH_STANDS}”."


def _mark(form: Form) -> str:
    """Return what tells apart fields that begin anew: for another body, and when anything moved on."""
    return f"{form.body_code}:{form.as_shown.seq}"


def _carried(form: Form) -> Mapping[str, object]:
    """Return what was shown, so that nothing is overwritten unseen. Whatever comes back is untrusted.

    Slack takes 3,000 characters, so the versions stand by report and number."""
    versions: dict[str, dict[str, int]] = {}
    for row in form.offered:
        recommendation = row.recommendation
        version = form.as_shown.versions.get(recommendation.id, row.addressee.version)
        versions.setdefault(recommendation.report.key, {})[recommendation.number] = version
    return {
        "body": form.body_code or None,
        # Once a body is chosen, what is ticked says it.
        "asked": [] if form.offered else list(form.opened_from),
        "all": form.is_about_all,
        "picking": form.is_picking,
        "next": form.ticks_next,
        "corrects": form.correction.update.seq if form.correction else None,
        "answering": form.is_answering,
        "seq": form.as_shown.seq,
        "versions": versions,
        "answer": form.as_shown.answer,
        "stage": form.as_shown.stage,
        "expected_on": form.as_shown.expected_on.isoformat() if form.as_shown.expected_on else None,
        "parts": {
            recommendation_id: list(labels) for recommendation_id, labels in form.as_shown.parts.items()
        },
        "response_seq": form.as_shown.response_seq,
    }


def _body(form: Form) -> Iterator[Block]:
    if form.bodies:
        yield choice_field(BODY, "Body", list(form.bodies.items()), form.body_code, tells_at_once=True)


def _option(recommendation: Recommendation) -> str:
    return f"{words.capital(recommendation.title)}: {recommendation.about}"


def _notices(form: Form) -> Iterator[Block]:
    if form.correction:
        update = form.correction.update
        overtaken = (
            " What it said has been overtaken, so what you write is recorded as a note."
            if form.correction.by is not update.draft.kind
            else ""
        )
        text = f"You correct update {update.seq} of {words.moment(update.recorded_at)}."
        yield small(f"{text} Both stay in the history.{overtaken}")
    if form.meanwhile:
        yield lines(
            ["*It changed while you were writing. Your entries are kept: please look, then record again.*"]
        )
        yield from (_meanwhile(recommendation, update, form) for recommendation, update in form.meanwhile)
    if form.findings:
        yield lines(
            [
                "*Nothing was recorded yet: it looks as if a victim could be identified.*",
                "Rewrite it, or say below it that no victim can be identified, and record again.",
            ]
        )


def _meanwhile(recommendation: Recommendation, update: Update, form: Form) -> Block:
    """Say what came between: Alice Ash recorded “blocked” on stalking 15 at 10:04, while you were writing:
    “no funding”"""
    local = update.recorded_at.astimezone(LONDON)
    moment = f"at {local:%H:%M}" if local.date() == form.today else f"on {words.moment(update.recorded_at)}"
    of_which = f" on {recommendation.title}" if len(form.offered) > 1 else ""
    news = f"{author(update) or 'Somebody'} {_did(update)}{of_which} {moment}, while you were writing"
    text = update.draft.text
    return as_written(text, f"{news}: “" if text else f"{news}.", "”" if text else "", limit=_TEXT_SHOWN)


def _did(update: Update) -> str:
    """Say what its author did, where what then stands does not say it."""
    kind = update.draft.kind
    if kind is UpdateKind.NOTE:
        return "added a note"
    changed = what_changed(update)
    return changed if kind is UpdateKind.UNDO else f"recorded “{changed}”"


def _about(form: Form) -> list[Block]:
    """Show what the form is about: one recommendation in full, or each of several in a line."""
    if len(form.about) == 1:
        (row,) = form.about
        return [
            *written([f"{_in_a_line(row, form, f', {form.body_name}')}."]),
            as_written(row.recommendation.wording, *wordings.around(row.recommendation), limit=_WORDING),
        ]
    if not form.about:
        has_open = [row.recommendation for row in form.offered if any(map(row.addressee.owes, Duty))]
        open_titles = f"{words.count(len(has_open), 'recommendation')} open: {titles(has_open)}"
        return written(
            [f"{form.body_name} has {open_titles if has_open else 'nothing open'}. Tick what this is about."]
        )
    listed = [_in_a_line(row, form) for row in form.about[:_MOST_LISTED]]
    more = len(form.about) - len(listed)
    further = [f"… {more} more"] if more else []
    opening = f"{form.body_name} has {words.count(len(form.about), 'recommendation')} open"
    recommendation_titles = titles(row.recommendation for row in form.about)
    first = f"{opening if form.is_about_all else form.body_name}: {recommendation_titles}."
    return written([first, *listed, *further])


def _in_a_line(row: Offered, form: Form, for_body: str = "") -> str:
    """Say how it stands: Stalking 15, Kent: accepted; not started; due 27 March 2025 (17 days left, 13
    working days)"""
    addressee = row.addressee
    due = addressee.due_on
    left = f" ({words.time_left(due, form.today)})" if due and addressee.owes(Duty.ACTION) else ""
    by = f"; due {words.day(due)}{left}" if due else ""
    stands = f"{terms.answer(addressee.answer)}; {terms.stage(addressee.stage)}{by}"
    # Of a single one the wording stands below.
    title = row.recommendation.title if for_body else wordings.named(row.recommendation)
    return f"{words.capital(title)}{for_body}: {stands}"


def _fields(form: Form, mark: str) -> Iterator[Block]:
    entry = form.entry
    if len(form.offered) > 1:
        options = [(row.recommendation.id, _option(row.recommendation)) for row in form.offered]
        label = "Recommendations"
        yield boxes_field(RECOMMENDATIONS, label, options, form.ticked, mark=form.body_code, optional=False)
    yield choice_field(PROGRESS, "Progress", _stages(form), entry.stage or AS_EACH_STANDS, mark=mark)
    yield _note_field(entry)
    yield from _finding(form, NOTE)
    if form.correction is None and any(row.addressee.owes(Duty.ACTION) for row in form.offered):
        label = "Expected to be done on"
        yield date_field(EXPECTED_ON, label, entry.expected_on, optional=True, mark=mark)
    yield _evidence_field(entry)
    yield from _finding(form, EVIDENCE)
    yield date_field(
        GIVEN_ON, "Date of the decision (if not today)", entry.given_on or form.today, optional=True
    )
    decider = "Who decided, for example the Commissioner"
    yield text_field(DECIDED_BY, decider, entry.decided_by, longest=LONGEST_DECIDED_BY, optional=True)
    yield from _finding(form, DECIDED_BY)
    yield from _parts(form, mark)
    yield from _answering(form, mark)
    if form.findings or entry.no_victim:
        yield no_victim_field(ticked=entry.no_victim)
    yield boxes_field(
        QUOTABLE,
        "May be published",
        [(YES, "Yes: it may stand in the published account, and everybody may read it")],
        [YES] if entry.quotable else [],
    )


def _parts(form: Form, mark: str) -> Iterator[Block]:
    """Yield a field for each part, of as many recommendations as there is room for."""
    for row in form.offered:
        recommendation = row.recommendation
        if recommendation.id not in form.entry.parts:
            continue
        states = read_states(" ".join(form.entry.parts[recommendation.id]))
        about = "" if len(form.ticked) == 1 else f"{recommendation.title}, "
        for part in recommendation.parts:
            label = words.capital(f"{about}part ({part.label})")
            state = states.get(part.label, Stage.NOT_STARTED)
            field = f"{PARTS}{recommendation.id}:{part.label}"
            hint = words.opening(part.text, _LONGEST_HINT)
            yield choice_field(field, label, _part_stages(), state, hint=hint, mark=mark)


def _part_stages() -> list[tuple[str, str]]:
    return [(stage.value, terms.stage(stage)) for stage in Stage if stage.facts.is_bodys_word]


def _answering(form: Form, mark: str) -> Iterator[Block]:
    """Ask for the response, where it is not yet an acceptance or somebody wants to change it."""
    if not form.is_answering:
        change = actions(button("Change the answer", CHANGE_ANSWER, CHANGE_ANSWER))
        if change and not form.correction:
            yield change
        return
    entry = form.entry
    yield choice_field(RESPONSE, "Response", _answers(form), entry.answer or AS_EACH_STANDS, mark=mark)
    yield text_field(REASON, "Reason", entry.reason, lines=True, hint=_WHY, optional=True, mark=mark)
    yield from _finding(form, REASON)


def _evidence_field(entry: Entry) -> Block:
    """Ask for a link, and in the same field for the title of what it leads to."""
    return text_field(
        EVIDENCE,
        "Evidence link",
        written_evidence(entry.evidence_url, entry.evidence_title),
        longest=LONGEST_LINK + LONGEST_TITLE,
        hint="With its title behind it: https://… “Minutes of March”.",
        optional=True,
    )


def _note_field(entry: Entry) -> Block:
    return text_field(NOTE, "Note", entry.note, lines=True, hint=_HOW_FAR, optional=True)


def _left_alone(form: Form) -> list[tuple[str, str]]:
    """Offer, of several recommendations, that each may keep its own."""
    return [(AS_EACH_STANDS, words.capital(AS_EACH_STANDS))] if len(form.offered) > 1 else []


def _answers(form: Form) -> list[tuple[str, str]]:
    answers = [answer for answer in Answer if answer.is_given or answer is form.as_shown.answer]
    return [*_left_alone(form), *((answer.value, terms.answer(answer)) for answer in answers)]


def _stages(form: Form) -> list[tuple[str, str]]:
    """Return the stages to choose from: what the association says is shown where it stands, and offered to
    those who may say it."""
    may_become = form.may_check and all(row.addressee.stage.facts.can_be_checked for row in form.about)
    stages = [
        stage
        for stage in Stage
        if stage.facts.is_bodys_word
        or stage is form.as_shown.stage
        or (may_become and form.about and not stage.facts.is_inspectorates_word)
    ]
    return [*_left_alone(form), *((stage.value, terms.stage(stage)) for stage in stages)]


def _finding(form: Form, field: str) -> list[Block]:
    findings = form.findings.get(field)
    return written([f"This looks like {found_in_words(findings)}."]) if findings else []
