"""More time: what asking and granting say, the request that reaches the coordinators, and its answer."""

from datetime import date
from typing import Any

from bot.domain.messages.delivery import Payload
from bot.domain.personal_data.guard import MayIdentify
from bot.domain.questions.answers import Recorded
from bot.domain.register.extension import Decision, ExtensionRequest, until
from bot.domain.register.update import UpdateKind
from bot.rendering import words
from bot.rendering.blocks.buttons import undo
from bot.rendering.delivered import delivered
from bot.rendering.form import (
    form,
    loading,
    no_victim_field,
    paragraph,
    screen_form,
    text_field,
    what_was_found,
)
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

GRANT = "grant-extension"
REFUSE = "refuse-extension"
REASON = "reason"

_TITLE = "Refuse more time"

# Free text in a message: what is longer is read in the register.
_LONGEST = 2500


def extended(of: Recorded) -> Screen:
    """To whoever asked, or granted at once."""
    recommendation, addressee, update = of.items[0]
    asked = update.draft.kind is UpdateKind.EXTENSION_ASKED
    dates = _until(until(update), addressee.due_on if asked else recommendation.due_on)
    first = (
        f"Asked for {of.body_name}: {recommendation.title} to be due {dates}."
        if asked
        else f"Granted to {of.body_name}: {recommendation.title} is due {dates}."
    )
    next_ = "The coordinators are asked. Until they decide, the date in force stays." if asked else ""
    again = "It was recorded already; nothing new was written." if of.again else ""
    number = f"Update {update.seq}, {words.moment(update.recorded_at)}."
    can_be_undone = asked or update.draft.about_seq is None
    return screen(
        first,
        as_written(update.draft.text, "“", "”", limit=_LONGEST) if update.draft.text else None,
        small(" ".join(piece for piece in (next_, number, again) if piece)),
        actions(undo(update.seq)) if can_be_undone else None,
    )


def request_message(of: ExtensionRequest, key: str) -> Payload:
    """What each coordinator gets, with **Grant** and **Refuse**."""
    return delivered(
        screen(
            f"{of.body_name} asks for more time on {of.recommendation.title}: {_until(of.until, of.due_on)}.",
            _said(of.reason),
            small(
                f"Asked by {inert(of.asker_name)}, update {of.seq}."
                " The first coordinator to decide settles it."
            ),
            actions(*decision_buttons(of.seq, of.recommendation.title, of.body_name, of.until)),
        ),
        key,
    )


def decision_buttons(seq: int, title: str, body_name: str, until: date) -> list[Block]:
    """For the request that is update `seq`."""
    about = f"{body_name} until {words.short_day(until)}, {title}"
    return [
        button("Grant", f"{GRANT}:{seq}", str(seq), f"Grant {about}"),
        button("Refuse", f"{REFUSE}:{seq}", str(seq), f"Refuse {about}"),
    ]


def decided(of: Decision) -> Screen:
    """To whoever clicked."""
    about = f"{of.request.recommendation.title}, {of.request.body_name}"
    if of.granted:
        first = f"Granted: {about}, due {_until(of.until, of.request.recommendation.due_on)}."
    else:
        first = f"Refused: {about}; it stays due {_day(of.request.due_on)}."
    by = f"By {inert(of.by)}, {words.moment(of.at)}."
    if of.again:
        by = f"Decided already by {inert(of.by)}, {words.moment(of.at)}; nothing was changed."
    return screen(first, _said(of.reason), small(by))


def decision_message(of: Decision, key: str) -> Payload:
    """What whoever asked gets."""
    title, body_name = of.request.recommendation.title, of.request.body_name
    if of.granted:
        dates = _until(of.until, of.request.recommendation.due_on)
        first = f"More time is granted: {title}, {body_name}, is due {dates}."
    else:
        first = f"More time is not granted: {title}, {body_name}, stays due {_day(of.request.due_on)}."
    return delivered(
        screen(first, _said(of.reason), small(f"By {inert(of.by)}, {words.moment(of.at)}.")), key
    )


def loading_form() -> dict[str, Any]:
    return loading(_TITLE, REFUSE)


def refusal_form(of: ExtensionRequest, metadata: str, found: MayIdentify | None = None) -> dict[str, Any]:
    """Asks why; a second time when something was found in the answer."""
    asks = f"{of.body_name} asks for more time on {of.recommendation.title}: {_until(of.until, of.due_on)}."
    reason = text_field(REASON, "Reason", lines=True, hint=f"{of.asker_name} is told it.")
    doubts = [paragraph(what_was_found(found)), no_victim_field()] if found else []
    return form(
        _TITLE, [paragraph(asks), reason, *doubts], callback=REFUSE, submit="Refuse", metadata=metadata
    )


def message_form(says: Screen) -> dict[str, Any]:
    """A screen in the place of the form."""
    return screen_form(_TITLE, says, callback=REFUSE)


def _said(text: str) -> Block | None:
    return as_written(text, "“", "”", limit=_LONGEST) if text else None


def _until(until: date, was: date | None) -> str:
    """In a sentence: 30 April 2025, was 27 March 2025."""
    return f"{words.day(until)}{f', was {words.day(was)}' if was and was != until else ''}"


def _day(on: date | None) -> str:
    return words.day(on) if on else "without a date"
