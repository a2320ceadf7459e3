"""What coordinators are told of messages that went wrong: one that may or may not have been sent, with
**It appeared** and **Send it again**; and a digest that was not posted."""

from typing import assert_never

from bot.domain.messages.delivery import Delivery, DeliveryKind, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.doubt import Decided, Doubt
from bot.domain.messages.slots import GRACE, Slot
from bot.rendering.blocks.messages.digest import not_posted, part_number, weekday
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, actions, button, lines, screen, small

APPEARED = "appeared"
SEND_AGAIN = "send-again"


def question(doubt: Doubt, key: str) -> Payload:
    """Word the question to a coordinator whether a message appeared."""
    message, place = _message_in_words(doubt), _where(doubt)
    about = doubt.delivery.key
    return delivered(
        screen(
            f"Did {message} appear? Slack did not say whether it took it.",
            lines([f"{_cannot_look(doubt)} Please look {inert(place)}, and say what you found."]),
            actions(
                button("It appeared", f"{APPEARED}:{about}", about, f"It appeared: {message}"),
                button("Send it again", f"{SEND_AGAIN}:{about}", about, f"Send it again: {message}"),
            ),
            small("Whoever answers first decides. Until then it is not sent again."),
        ),
        key,
    )


def decided(decision: Decided) -> Screen:
    """Say to whoever answered how the doubt ended."""
    message = _message_in_words(decision.doubt)
    before = "It was settled before you answered. " if decision.before_this_answer else ""
    match decision.doubt.delivery.state:
        case DeliveryState.SENT:
            text = f"{_capital(message)} appeared: it is not sent again."
        case DeliveryState.SKIPPED:
            text = f"{_capital(message)} is not sent any more: it would come too late."
        case (
            DeliveryState.DUE
            | DeliveryState.SENDING
            | DeliveryState.UNKNOWN
            | DeliveryState.BLOCKED
            | DeliveryState.NEEDS_HUMAN
        ):
            text = f"{_capital(message)} is sent again."
        case state:
            assert_never(state)
    return screen(f"{before}{text}")


def blocked(delivery: Delivery, key: str) -> Payload:
    """Tell a coordinator that a digest, or what a channel follows, was not posted."""
    until = Slot.at(delivery.slot.instant + GRACE)
    is_digest = delivery.kind is DeliveryKind.DIGEST
    return delivered(
        screen(
            not_posted(delivery),
            None if is_digest else lines([f"The channel's id is {inert(delivery.channel)}."]),
            small(
                f"It is then posted by itself, until {weekday(until)}. After that the next"
                f" {'digest' if is_digest else 'one'} covers its period."
            ),
        ),
        key,
    )


def _message_in_words(doubt: Doubt) -> str:
    delivery = doubt.delivery
    match delivery.kind:
        case DeliveryKind.DIGEST:
            return f"the digest of {weekday(delivery.slot)}"
        case DeliveryKind.DIGEST_PART:
            return f"part {part_number(delivery)} of the thread of the digest of {weekday(delivery.slot)}"
        case DeliveryKind.REMINDER:
            return f"the reminder to {doubt.reader_name} of {weekday(delivery.slot)}"
        case DeliveryKind.DIRECT_MESSAGE:
            return f"recbot's direct message to {doubt.reader_name} of {weekday(delivery.slot)}"
        case DeliveryKind.WELCOME:
            return f"the welcome to {doubt.reader_name} of {weekday(delivery.slot)}"
        case DeliveryKind.ANNOUNCEMENT:
            return f"the message about a new report to {doubt.reader_name} of {weekday(delivery.slot)}"
        case DeliveryKind.FOLLOWED:
            return f"the message to {doubt.reader_name} about what they follow, of {weekday(delivery.slot)}"
        case DeliveryKind.FOLLOWED_IN_CHANNEL:
            return f"the message about what a channel follows, of {weekday(delivery.slot)}"
        case DeliveryKind.APPROVAL:
            return f"the message for approval to {doubt.reader_name} of {weekday(delivery.slot)}"
        case DeliveryKind.SHARED:
            return f"the answer shared on {weekday(delivery.slot)}"
        case _:
            assert_never(delivery.kind)


def _where(doubt: Doubt) -> str:
    if doubt.delivery.is_to_a_person:
        return f"in your own messages with recbot if it is for you, or else ask {doubt.reader_name}"
    return "in the channel"


def _cannot_look(doubt: Doubt) -> str:
    if doubt.delivery.error == "missing_scope":
        return "recbot lacks the permission to look for it (`recbot check` says which)."
    return f"recbot cannot look for it ({escaped(doubt.delivery.error)})."


def _capital(text: str) -> str:
    return text if text.startswith("recbot") else text[:1].upper() + text[1:]
