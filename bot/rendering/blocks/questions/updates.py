"""An update in one line or with its whole text: when, what, who."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.domain.calendar import london_date
from bot.domain.free_text import from_slack
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.body_facts import BodyFact, is_fact
from bot.domain.register.correcting import TextField
from bot.domain.register.letter_frame import saved_in
from bot.domain.register.part_states import PART
from bot.domain.register.party import standing_of
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.published_response import comments_by, setting_of, step_of
from bot.domain.register.transition import is_of_parts, read_states
from bot.domain.register.update import (
    BETWEEN_OFFICES,
    CORRECTABLE,
    NAMES_THEIR_DAY,
    Change,
    Update,
    UpdateKind,
    excerpt,
)
from bot.rendering import published_responses, terms, words
from bot.rendering.evidence import around_link
from bot.rendering.limits import bytes_sent
from bot.rendering.mrkdwn import cut, escaped
from bot.rendering.screen import Block, as_written

LONGEST = 1000
_LEAST_OF_TEXT = 100
_LONGEST_LINK = 500
# In bytes: an answer of 10,000 characters has room for about so many each.
_BYTES_OF_ONE = 5
_LINK_IN_A_LIST = 150


def update_line(
    update: Update, about: str = "", limit: int = LONGEST, person_name: str = "", size: int = 0
) -> Block:
    """Show an update in a line.

    Its text stands as it was written, cut so that the line has at most `limit` characters and `size` bytes,
    which is five for each character unless it is given. `about` names the recommendation and the body,
    `person_name` who was granted a role or lost it."""
    before = " · ".join(piece for piece in (when(update), about, what_changed(update, person_name)) if piece)
    text = update.draft.text
    after = f"{_by(update, ' ' if text else ' · ')}{_details(update)}{_standing(update)}"
    if not text:
        return as_written("", before, after)
    around = escaped(before + after)
    room = max(limit, len(around) + _LEAST_OF_TEXT)
    return as_written(
        text,
        f"{before}: “",
        f"”{after}",
        limit=room,
        size=max(size or limit * _BYTES_OF_ONE, bytes_sent(around) + _LEAST_OF_TEXT * _BYTES_OF_ONE),
    )


def in_one_line(update: Update) -> str:
    """Word an update as plain text on one line, with the first words of its text."""
    text = update.draft.text
    quoted = f": “{excerpt(text)}”" if text else ""
    by = _by(update, " " if text else " · ")
    after = f"{by}{_details(update, _LINK_IN_A_LIST)}{_standing(update)}"
    return f"{when(update)} · {what_changed(update)}{quoted}{after}"


def what_changed(update: Update, person_name: str = "") -> str:  # noqa: PLR0912 - a table
    """Word the change: accepted; in progress; note."""
    draft = update.draft
    about = draft.about_seq
    now = {change.what: change.now for change in draft.changes}
    match draft.kind:
        case UpdateKind.RESPONSE:
            answer = now.get("answer")
            return f"{terms.answer(Answer(answer)) if answer else 'response'}{_corrects(update)}"
        case UpdateKind.PROGRESS:
            stage = now.get("stage")
            return f"{terms.stage(Stage(stage)) if stage else 'progress'}{_corrects(update)}"
        case UpdateKind.PART:
            return _part_moved(draft.changes)
        case UpdateKind.NOTE:
            return f"note{_corrects(update)}"
        case UpdateKind.CHECK:
            return terms.stage(Stage.CHECKED)
        case UpdateKind.CLOSE:
            return _closed(draft.changes)
        case UpdateKind.REOPEN:
            return terms.REOPENED
        case UpdateKind.EXTENSION_ASKED:
            return f"asked for more time, until {_day(now.get('due_on asked', ''))}"
        case UpdateKind.EXTENSION_GRANTED:
            return f"more time granted, until {_day(now.get('due_on', ''))}"
        case UpdateKind.EXTENSION_REFUSED:
            return f"more time refused (update {about})"
        case UpdateKind.EXPECTED:
            return _expects(draft.changes)
        case UpdateKind.UNDO:
            return f"took back update {about}"
        case UpdateKind.QUESTION_ASKED:
            return "the association asked"
        case UpdateKind.QUESTION_ANSWERED:
            return f"answered the question of update {about}"
        case UpdateKind.QUOTING_ASKED:
            return f"asked for leave to publish update {about}"
        case UpdateKind.QUOTING_ALLOWED:
            return f"allowed publishing of update {about}"
        case UpdateKind.QUOTING_STOPPED:
            return f"stopped publishing of update {about}"
        case UpdateKind.REDACTED:
            return f"erased the words of update {about} ({now.get('ground', 'lawfully')})"
        case UpdateKind.PASSED_ON:
            return "took over from another body" if "passed from" in now else "duties passed on"
        case UpdateKind.REMINDED:
            reminded = sum(change.what == "reminded" for change in draft.changes)
            return f"reminded {words.count(reminded, 'contact')}" if reminded else "found nobody to remind"
        case UpdateKind.REMINDERS_CHANGED:
            return "changed which reminders they get"
        case UpdateKind.GRANT:
            return f"made {person_name or 'somebody'} {_role(update)}"
        case UpdateKind.REVOKE:
            return f"ended {person_name or 'somebody'} being {_role(update)}"
        case UpdateKind.REPORT_ADDED:
            return "report added"
        case UpdateKind.RECOMMENDATION_ADDED:
            return "recommendation added"
        case UpdateKind.RECOMMENDATION_CORRECTED:
            return _corrected(draft.changes)
        case UpdateKind.RECOMMENDATION_ENDED:
            return now.get("status", "recommendation ended")
        case UpdateKind.BODY_ADDED:
            return "body added"
        case UpdateKind.BODY_CHANGED:
            return _body_changed(draft.changes)
        case UpdateKind.STARTED:
            return "recbot was started for the first time"
        case UpdateKind.SEALED:
            return "what stood was put under the history's seal"
        case UpdateKind.APPROVAL_ASKED:
            return f"update {about} is for approval"
        case UpdateKind.APPROVED:
            return f"approved update {about}"
        case UpdateKind.SENT_BACK:
            return f"sent update {about} back"
        case UpdateKind.HOLD_PLACED:
            return "its words are held: none of them may be erased"
        case UpdateKind.HOLD_LIFTED:
            return f"the hold of update {about} was lifted"
        case UpdateKind.PARTY_REPORTED:
            return _reported(update)
        case UpdateKind.LETTER_FRAMED:
            return _saved(update)
        case UpdateKind.FOLLOWING_CHANGED:
            return "changed what is followed"
        case UpdateKind.PUBLISHED_RESPONSE:
            return _published_response(update)
        case UpdateKind.REPORT_CHANGED:
            return _setting(update)
    assert_never(draft.kind)


def _body_changed(changes: Sequence[Change]) -> str:
    """Say what of a body changed: body changed: Mayor of Kent; mayor; code E47000020."""
    facts = [
        terms.body_fact(BodyFact(change.what), change.now)
        for change in changes
        if is_fact(change) and change.now
    ]
    return f"body changed: {'; '.join(facts)}" if facts else "body changed"


def _corrected(changes: Sequence[Change]) -> str:
    """Say what was put right: wording as it stood; wording corrected; recommendation corrected, due 30 Apr
    2025, was 27 Mar 2025."""
    texts = [
        f"{change.what} {change.now}" for change in changes if change.what in tuple(TextField) and change.now
    ]
    if texts:
        return ", ".join(texts)
    pieces = ["recommendation corrected"]
    for change in changes:
        match change.what:
            case "respond_by":
                pieces.append(f"answers {_moved(change)}")
            case "due_on":
                pieces.append(f"due {_moved(change)}")
            case "addressed to":
                pieces.append(f"{words.bodies(len(change.now.split()))} added")
            case "no longer addressed to":
                pieces.append(f"{words.bodies(len(change.was.split()))} taken out")
    return ", ".join(pieces)


def _moved(change: Change) -> str:
    now = words.short_day(date.fromisoformat(change.now)) if change.now else "without a date"
    return f"{now}, was {words.short_day(date.fromisoformat(change.was))}" if change.was else now


def from_to(values: Sequence[Change], *, reopened: bool = False, taken_back: bool = False) -> str:
    """Say what changed: accepted in part; from not started to complete; due 30 Apr 2025, was 27 Mar 2025.

    `reopened` and `taken_back` say how it came about in the end."""
    pieces = [_from_to(change) for change in values]
    pieces += [terms.REOPENED] if reopened else []
    pieces += ["taken back"] if taken_back else []
    return ", ".join(pieces)


def _from_to(change: Change) -> str:
    if change.what == "due_on":
        was = date.fromisoformat(change.was) if change.was else None
        return f"due {words.moved_day(date.fromisoformat(change.now), was)}" if change.now else "no date"
    if change.what == "expected_on":
        return _expects([change])
    if change.what == "stage":
        return f"from {terms.stage(Stage(change.was))} to {terms.stage(Stage(change.now))}"
    before, after = Answer(change.was), Answer(change.now)
    return f"from {terms.answer(before)} to {terms.answer(after)}" if before.is_given else terms.answer(after)


def _part_moved(changes: Sequence[Change]) -> str:
    """Say how far a part is: part (a) in progress."""
    change = next((change for change in changes if change.what.startswith(PART)), None)
    return f"part ({change.what.removeprefix(PART)}) {terms.stage(Stage(change.now))}" if change else "part"


def _closed(changes: Sequence[Change]) -> str:
    """Say who closed it: closed by the inspectorate (level 2)."""
    level = next((change.now for change in changes if change.what == "closing_level"), "")
    closed = terms.stage(Stage.CLOSED)
    return f"{closed} ({terms.closing_level(level)})" if level else closed


def _expects(changes: Sequence[Change]) -> str:
    """Say when it is expected: expects to be done on 30 Jun 2025, was 30 May 2025."""
    change = next((change for change in changes if change.what == "expected_on"), None)
    if change is None:
        return "expects to be done on the same day"
    return (
        f"expects to be done on {_moved(change)}"
        if change.now
        else "no longer says when it expects to be done"
    )


def _saved(update: Update) -> str:
    """Say what of a letter was saved: The letter on stalking: its opening, version 3."""
    saved = [
        f"the letter on {key.report_key}: its {terms.frame_field(key.field)}, version {version}"
        for key, version in saved_in(update.draft.changes)
    ]
    return "; ".join(saved)


def _reported(update: Update) -> str:
    """Say who reported: the NPCC reported for chief constables on 1 Aug 2025, corrects update 137"""
    reported = standing_of(update)
    for_whom = "" if reported.reported_itself else f" for {reported.name}"
    about = update.draft.about_seq
    corrects = f", corrects update {about}" if about else ""
    return f"{reported.reporter} reported{for_whom} on {words.short_day(update.draft.stands_from)}{corrects}"


def _published_response(update: Update) -> str:
    """Say what was published: the response to custody is published (on 20 Nov 2024)"""
    key = step_of(update.draft)
    if key is None:
        return "published response"
    by = comments_by(update)
    until = f" by {words.short_day(by)}" if by else ""
    on = words.short_day(update.draft.stands_from)
    return f"{published_responses.step(key.step, key.report_key)}{until} (on {on})"


def _setting(update: Update) -> str:
    """Say what a report asks for: custody asks for published responses by 22 Nov 2024"""
    setting = setting_of(update.draft)
    if setting is None:
        return "report changed"
    key, _, now = setting
    return f"{key} asks for {f'published responses by {words.short_day(now)}' if now else 'none any more'}"


def _corrects(update: Update) -> str:
    about = update.draft.about_seq
    return f", corrects update {about}" if about and update.draft.kind in CORRECTABLE else ""


def _day(iso: str) -> str:
    return words.short_day(date.fromisoformat(iso)) if iso else "a later day"


def when(update: Update) -> str:
    """Return the day it stands from where it comes from a document, else the moment of recording in
    London."""
    if update.draft.source:
        return words.short_day(update.draft.stands_from)
    return words.moment(update.recorded_at)


def author(update: Update) -> str:
    behalf = " on behalf" if update.draft.on_behalf else ""
    return f"{update.author_name}{behalf}" if update.author_name else ""


def _role(update: Update) -> str:
    changes = {change.what: change.now for change in update.draft.changes}
    role = next((role for role in Role if role in changes), Role.COORDINATOR)
    match role:
        case Role.COORDINATOR:
            return "a coordinator"
        case Role.CONTACT:
            return terms.contact(ContactKind(changes.get("contact kind") or ContactKind.MAIN))
    assert_never(role)


def _by(update: Update, before: str) -> str:
    if update.draft.source:
        return f" (from {update.draft.source})"
    by = author(update)
    return f"{before}{by}" if by else ""


def details(update: Update, longest_link: int = _LONGEST_LINK) -> list[str]:
    """Say the day of the decision, where that is not the day of recording; who decided; the evidence, as
    written; the parts that it moved."""
    draft = update.draft
    given_on = draft.stands_from
    # What a party reports, and what is published, names its day itself.
    is_dated = draft.source or draft.kind in NAMES_THEIR_DAY
    earlier = not is_dated and given_on != london_date(update.recorded_at)
    # An end takes effect by itself: nobody decides it on its day.
    dated = "from" if draft.kind is UpdateKind.PASSED_ON else "decided on"
    pieces = [
        f"{dated} {words.short_day(given_on)}" if earlier else "",
        f"decided by {draft.decided_by}" if draft.decided_by else "",
        *evidence(update, longest_link),
        *_parts_moved(update),
    ]
    return [piece for piece in pieces if piece]


def evidence(update: Update, longest_link: int = _LONGEST_LINK) -> list[str]:
    """Return the link as written, with its title, the day on which it was seen, and which update's link it
    stands in place of; nothing where there is none."""
    draft = update.draft
    if not draft.evidence_url:
        return []
    link = from_slack(cut(draft.evidence_url, longest_link))
    if draft.kind is UpdateKind.PUBLISHED_RESPONSE:
        return [f"at {link}"]
    before, after = around_link(update)
    return [f"evidence: {before}{link}{after}"]


def _details(update: Update, longest_link: int = _LONGEST_LINK) -> str:
    return "".join(f" · {piece}" for piece in details(update, longest_link))


def _parts_moved(update: Update) -> list[str]:
    """Say which parts it moved: parts (a) and (c) addressed; part (b) in progress; part (d) open again."""
    if update.draft.kind is UpdateKind.PART:
        return []
    part_changes = [change for change in update.draft.changes if is_of_parts(change)]
    was = read_states(" ".join(change.was for change in part_changes))
    now = read_states(" ".join(change.now for change in part_changes))
    steps: dict[str, list[str]] = {"addressed": []}
    for label in sorted(was.keys() | now.keys()):
        if was.get(label) is not now.get(label):
            steps.setdefault(_how_it_moved(now.get(label)), []).append(label)
    return [f"{_parts(labels)} {how}" for how, labels in steps.items() if labels]


def _how_it_moved(stage: Stage | None) -> str:
    if stage is None:
        return "open again"
    return "addressed" if stage.is_done else terms.stage(stage)


def _parts(labels: Sequence[str]) -> str:
    return f"part{'s' if len(labels) > 1 else ''} {words.both([f'({label})' for label in labels])}"


def _standing(update: Update) -> str:
    if update.undone:
        return " · taken back"
    if update.withheld:
        return " · text not shown: not to be quoted yet"
    if update.words_erased:
        return " · text erased"
    if update.draft.text and not update.quotable and update.draft.kind not in BETWEEN_OFFICES:
        return " · not quotable yet"
    return ""
