"""The update form, from "Loading…" to what was recorded."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain import refusals
from bot.domain.calendar import LONDON
from bot.domain.free_text import TextTooLong
from bot.domain.questions.answers import Recorded
from bot.domain.refusals import Refusal
from bot.domain.register.addressee import Addressee, Answer, BlockedOnWhat, Duty, NotComplete, Stage
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Update, UpdateKind
from bot.domain.register.update_form import LONGEST_DECIDED_BY, Entry, Form
from bot.rendering import terms, words
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.questions.updates import author, what_changed
from bot.rendering.blocks.recording.guard import found_in_words
from bot.rendering.blocks.recording.recorded import recorded as receipt
from bot.rendering.form import (
    boxes_field,
    choice_field,
    date_field,
    link_field,
    no_victim_field,
    text_field,
)
from bot.rendering.form import form as modal
from bot.rendering.form import loading as loading_form
from bot.rendering.screen import Block, Screen, as_written, lines, small

View = dict[str, Any]

NAME = "update"
TITLE = "Record progress"

RECOMMENDATION = "update-recommendation"
BODY = "update-body"
RESPONSE = "response"
REASON = "reason"
PROGRESS = "progress"
PARTS = "parts"
NOTE = "note"
EVIDENCE = "evidence_url"
GIVEN_ON = "given_on"
DECIDED_BY = "decided_by"
QUOTABLE = "quotable"
YES = "yes"

NOT_WHOLE = "Nothing was recorded: Slack sent the form without what stands in it. Please send it again."

_WHY = "Only if you do not accept it in full."
_HOW_FAR = "How far you are, or on what it is blocked."
_WORDING = 600
_TEXT_SHOWN = 1000


def loading() -> View:
    """What opens at once, before anything is read."""
    return loading_form(TITLE, NAME)


def form(of: Form) -> View:
    blocks = [*_notices(of), *_choices(of)]
    if of.recommendation is not None and of.addressee is not None:
        blocks += [*_about(of.recommendation, of.addressee, of), *_fields(of, _mark(of))]
    elif of.entry.note or of.entry.evidence_url:
        # Words that the form was opened with are kept while its recommendation and body are chosen.
        blocks += [_note_field(of.entry), link_field(EVIDENCE, "Evidence link", of.entry.evidence_url)]
    title = f"Correct update {of.correction.of.seq}" if of.correction else TITLE
    carried = json.dumps(_carried(of), separators=(",", ":"))
    return modal(title, blocks, callback=NAME, submit="Record", close="Cancel", metadata=carried)


def refused(shown: Screen) -> View:
    """Why the form cannot be filled in."""
    return modal(TITLE, [block for block in shown.blocks if block["type"] != "actions"], callback=NAME)


def recorded(of: Recorded) -> View:
    """The receipt, in the place of the form."""
    return modal("Recorded", receipt(of).blocks, callback=NAME)


def beside(refusal: Refusal) -> tuple[str, str] | None:
    """The field that a refusal is about, and what stands beside it; None where it is about none."""
    match refusal:
        case refusals.ResponseRequired():
            return RESPONSE, "Say which response this is the reason for."
        case refusals.ReasonRequired():
            return REASON, "Say why: anything short of acceptance needs a reason."
        case BlockedOnWhat():
            return NOTE, f"Say on what it is {terms.stage(refusal.stage)}."
        case refusals.NothingChanged():
            return NOTE, "Nothing was changed yet."
        case refusals.NotALink():
            return EVIDENCE, "Give the whole address, beginning with https:// or http://."
        case refusals.GivenInFuture():
            return GIVEN_ON, "This day has not come yet."
        case refusals.GivenTooEarly():
            return GIVEN_ON, f"The report was published on {words.day(refusal.published_on)}."
        case NotComplete():
            return PROGRESS, "Only what the body calls complete can be checked."
        case refusals.NotACoordinator():
            return PROGRESS, "Only coordinators can say that it is checked."
        case TextTooLong():
            too_long = f"This has {refusal.length:,} characters; at most {refusal.limit:,} can be kept."
            return _FIELD_OF[refusal.what], too_long
    return None


_FIELD_OF = {"reason": REASON, "note": NOTE, "evidence link": EVIDENCE, "decided by": DECIDED_BY}


def _mark(of: Form) -> str:
    """Fields that hold what stands begin anew for another recommendation or body, and when it moved on."""
    if of.addressee is None:
        return ""
    return f"{of.addressee.recommendation_id}:{of.addressee.body_code}:{of.shown.version}"


def _carried(of: Form) -> Mapping[str, object]:
    """What was shown, so that nothing is overwritten unseen. Whatever comes back is untrusted."""
    return {
        "recommendation": of.recommendation.id if of.recommendation else None,
        "body": of.addressee.body_code if of.addressee else None,
        "choosing": bool(of.recommendations),
        "corrects": of.correction.of.seq if of.correction else None,
        "version": of.shown.version,
        "seq": of.shown.seq,
        "answer": of.shown.answer.value,
        "stage": of.shown.stage.value,
        "parts": list(of.shown.parts),
        "response_seq": of.shown.response_seq,
    }


def _choices(of: Form) -> Iterator[Block]:
    if of.recommendations:
        options = [(recommendation.id, _option(recommendation)) for recommendation in of.recommendations]
        chosen = of.recommendation.id if of.recommendation else ""
        yield choice_field(RECOMMENDATION, "Recommendation", options, chosen, tells_at_once=True)
    if of.bodies:
        mark = of.recommendation.id if of.recommendation else ""
        body = of.addressee.body_code if of.addressee else ""
        yield choice_field(BODY, "Body", list(of.bodies.items()), body, mark=mark, tells_at_once=True)


def _option(recommendation: Recommendation) -> str:
    return f"{words.capital(recommendation.title)}: {recommendation.wording}"


def _notices(of: Form) -> Iterator[Block]:
    if of.correction:
        update = of.correction.of
        overtaken = (
            " What it said has been overtaken, so what you write is recorded as a note."
            if of.correction.by is not update.draft.kind
            else ""
        )
        text = f"You correct update {update.seq} of {words.moment(update.recorded_at)}."
        yield small(f"{text} Both stay in the history.{overtaken}")
    if of.meanwhile:
        yield lines(
            ["*It changed while you were writing. Your entries are kept: please look, then record again.*"]
        )
        yield from (_meanwhile(update, of) for update in of.meanwhile)
    if of.found:
        yield lines(
            [
                "*Nothing was recorded yet: it looks as if a victim could be identified.*",
                "Rewrite it, or say below it that no victim can be identified, and record again.",
            ]
        )


def _meanwhile(update: Update, of: Form) -> Block:
    """Alice Ash recorded “blocked” at 10:04, while you were writing: “no funding”"""
    local = update.recorded_at.astimezone(LONDON)
    at = f"at {local:%H:%M}" if local.date() == of.today else f"on {words.moment(update.recorded_at)}"
    said = f"{author(update) or 'Somebody'} {_did(update)} {at}, while you were writing"
    text = update.draft.text
    return as_written(text, f"{said}: “" if text else f"{said}.", "”" if text else "", limit=_TEXT_SHOWN)


def _did(update: Update) -> str:
    """What its author did, where it is not said by what then stands."""
    kind = update.draft.kind
    if kind is UpdateKind.NOTE:
        return "added a note"
    changed = what_changed(update)
    return changed if kind is UpdateKind.UNDO else f"recorded “{changed}”"


def _about(recommendation: Recommendation, addressee: Addressee, of: Form) -> list[Block]:
    due = addressee.due_on
    left = f" ({words.time_left(due, of.today)})" if due and addressee.owes(Duty.ACTION) else ""
    by = f"; due {words.day(due)}{left}" if due else ""
    stands = f"{terms.answer(addressee.answer)}; {terms.stage(addressee.stage)}{by}"
    return [
        *written([f"{words.capital(recommendation.title)}, {addressee.body_name}: {stands}."]),
        as_written(recommendation.wording, limit=_WORDING),
    ]


def _fields(of: Form, mark: str) -> Iterator[Block]:
    entry = of.entry
    yield choice_field(RESPONSE, "Response", _answers(of), entry.answer, mark=mark)
    yield text_field(REASON, "Reason", entry.reason, lines=True, hint=_WHY, optional=True, mark=mark)
    yield from _finding(of, REASON)
    yield choice_field(PROGRESS, "Progress", _stages(of), entry.stage, mark=mark)
    if of.recommendation and of.recommendation.parts:
        parts = [(part.label, f"({part.label}) {part.text}") for part in of.recommendation.parts]
        yield boxes_field(PARTS, "Parts addressed", parts, entry.parts, mark=mark)
    yield _note_field(entry)
    yield from _finding(of, NOTE)
    yield link_field(EVIDENCE, "Evidence link", entry.evidence_url)
    yield from _finding(of, EVIDENCE)
    yield date_field(
        GIVEN_ON, "Date of the decision (if not today)", entry.given_on or of.today, optional=True
    )
    who = "Who decided, for example the Commissioner"
    yield text_field(DECIDED_BY, who, entry.decided_by, longest=LONGEST_DECIDED_BY, optional=True)
    yield from _finding(of, DECIDED_BY)
    if of.found or entry.no_victim:
        yield no_victim_field(ticked=entry.no_victim)
    yield boxes_field(
        QUOTABLE,
        "May be published",
        [(YES, "Yes: it may stand in the published account, and everybody may read it")],
        [YES] if entry.quotable else [],
    )


def _note_field(entry: Entry) -> Block:
    return text_field(NOTE, "Note", entry.note, lines=True, hint=_HOW_FAR, optional=True)


def _answers(of: Form) -> list[tuple[str, str]]:
    return [
        (answer.value, terms.answer(answer))
        for answer in Answer
        if answer.is_given or not of.shown.answer.is_given
    ]


def _stages(of: Form) -> list[tuple[str, str]]:
    """What the association says is shown where it stands, and offered to those who may say it."""
    may_become = of.may_check and of.shown.stage.facts.can_be_checked
    return [
        (stage.value, terms.stage(stage))
        for stage in Stage
        if stage.facts.is_bodys_word or stage is of.shown.stage or may_become
    ]


def _finding(of: Form, field: str) -> list[Block]:
    findings = of.found.get(field)
    return written([f"This looks like {found_in_words(findings)}."]) if findings else []
