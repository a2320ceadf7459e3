"""More time: what asking and granting say, the request that reaches the coordinators, and its answer."""

from datetime import date
from typing import Any

from bot.domain.messages.delivery import Payload
from bot.domain.questions.receipts import Recorded
from bot.domain.register.extension import Decision, ExtensionRequest, until
from bot.domain.register.guard import MayIdentify
from bot.domain.register.update import UpdateKind
from bot.rendering import words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.recording.text_form import reason_form
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, as_written, button, screen, small

GRANT = "grant-extension"
REFUSE = "refuse-extension"
REFUSAL_FORM = reason_form("Refuse more time", "Refuse", REFUSE)

# Free text in a message: what is longer is read in the register.
_LONGEST = 2500


def extended(recorded: Recorded) -> Screen:
    """Show the receipt to whoever asked, or granted at once."""
    recommendation, addressee, update = recorded.items[0]
    is_request = update.draft.kind is UpdateKind.EXTENSION_ASKED
    dates = _until(until(update), addressee.due_on if is_request else recommendation.due_on)
    first = (
        f"Asked for {recorded.body_name}: {recommendation.title} to be due {dates}."
        if is_request
        else f"Granted to {recorded.body_name}: {recommendation.title} is due {dates}."
    )
    next_step = (
        "The coordinators are asked. Until they decide, the date in force stays." if is_request else ""
    )
    again = "It was recorded already; nothing new was written." if recorded.again else ""
    number = f"Update {update.seq}, {words.moment(update.recorded_at)}."
    can_be_undone = is_request or update.draft.about_seq is None
    return screen(
        first,
        as_written(update.draft.text, "“", "”", limit=_LONGEST) if update.draft.text else None,
        small(" ".join(piece for piece in (next_step, number, again) if piece)),
        actions(undo(update.seq)) if can_be_undone else None,
    )


def _asks_for_time(extension_request: ExtensionRequest) -> str:
    until_when = _until(extension_request.until, extension_request.due_on)
    return (
        f"{extension_request.body_name} asks for more time on {extension_request.recommendation.title}:"
        f" {until_when}."
    )


def request_message(extension_request: ExtensionRequest, key: str) -> Payload:
    """Word the message that each coordinator gets, with **Grant** and **Refuse**."""
    return delivered(
        screen(
            _asks_for_time(extension_request),
            _quoted(extension_request.reason),
            small(
                f"Asked by {inert(extension_request.asker_name)}, update {extension_request.seq}."
                " The first coordinator to decide settles it."
            ),
            actions(
                *decision_buttons(
                    extension_request.seq,
                    extension_request.recommendation.title,
                    extension_request.body_name,
                    extension_request.until,
                )
            ),
        ),
        key,
    )


def decision_buttons(seq: int, title: str, body_name: str, until: date) -> list[Block]:
    """Return the buttons for the request that is update `seq`."""
    about = f"{body_name} until {words.short_day(until)}, {title}"
    return [
        button("Grant", f"{GRANT}:{seq}", str(seq), f"Grant {about}"),
        button("Refuse", f"{REFUSE}:{seq}", str(seq), f"Refuse {about}"),
    ]


def decided(decision: Decision) -> Screen:
    """Show the receipt to whoever clicked."""
    about = f"{decision.request.recommendation.title}, {decision.request.body_name}"
    if decision.granted:
        first = f"Granted: {about}, due {_until(decision.until, decision.request.recommendation.due_on)}."
    else:
        first = f"Refused: {about}; it stays due {_day(decision.request.due_on)}."
    by = f"By {inert(decision.by)}, {words.moment(decision.decided_at)}."
    if decision.again:
        moment = words.moment(decision.decided_at)
        by = f"Decided already by {inert(decision.by)}, {moment}; nothing was changed."
    return screen(first, _quoted(decision.reason), small(by))


def decision_message(decision: Decision, key: str) -> Payload:
    """Word the message that whoever asked gets."""
    title, body_name = decision.request.recommendation.title, decision.request.body_name
    if decision.granted:
        dates = _until(decision.until, decision.request.recommendation.due_on)
        first = f"More time is granted: {title}, {body_name}, is due {dates}."
    else:
        first = f"More time is not granted: {title}, {body_name}, stays due {_day(decision.request.due_on)}."
    return delivered(
        screen(
            first,
            _quoted(decision.reason),
            small(f"By {inert(decision.by)}, {words.moment(decision.decided_at)}."),
        ),
        key,
    )


def refusal_form(
    extension_request: ExtensionRequest,
    metadata: str,
    reason: str = "",
    may_identify: MayIdentify | None = None,
) -> dict[str, Any]:
    """Ask why; a second time when something was found in the answer."""
    return REFUSAL_FORM.asking(
        [_asks_for_time(extension_request)],
        metadata,
        may_identify,
        text=reason,
        hint=f"{extension_request.asker_name} is told it.",
    )


def _quoted(text: str) -> Block | None:
    return as_written(text, "“", "”", limit=_LONGEST) if text else None


def _until(until: date, was: date | None) -> str:
    """Say until when, in a sentence: 30 April 2025, was 27 March 2025."""
    return f"{words.day(until)}{f', was {words.day(was)}' if was and was != until else ''}"


def _day(deadline: date | None) -> str:
    return words.day(deadline) if deadline else "without a date"
