"""`/recs digest`: when the next one comes and how the last ones went; `digest preview`, `digest send`."""

from typing import assert_never

from bot.domain.messages.delivery import (
    FROM_HISTORY,
    MISSED,
    SAID_BY_A_PERSON,
    TOLD_LATER,
    Delivery,
    DeliveryKind,
)
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.digest import Digest, DigestOutlook, Posted
from bot.domain.messages.slots import GRACE, Slot
from bot.rendering import words
from bot.rendering.blocks.messages import digest_message
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import CHARACTERS, HEADLINE, Block, Screen, lines, screen, small

_HOW_TO_SET = "Set RECBOT_DIGEST_CHANNEL to the channel's id and start recbot again."
_TRY_AGAIN = f"It is tried again for {words.days(GRACE.days)}."


def outlook(digest_outlook: DigestOutlook, followed: Block | None = None) -> Screen:
    """Say when the next one comes and how the last ones went; `followed` says what comes beside it."""
    return screen(
        next_one(digest_outlook),
        lines(["*The last ones*", *map(_how_it_went, digest_outlook.last)])
        if digest_outlook.last
        else small("None has come yet."),
        followed,
        small(_anchor(*digest_outlook.anchor)) if digest_outlook.anchor else None,
        small("`/recs digest preview` shows what it would say now, `/recs digest send` posts it."),
    )


def _anchor(seq: int, hash_: str) -> str:
    return (
        f"The history's anchor in the last one: update {seq}, {hash_}."
        " `recbot verify-history --anchor` holds the history to it."
    )


def preview(digest: Digest) -> Screen:
    """Show the digest as it would be posted, with as much of its thread as fits."""
    message = digest_message.message(digest)
    blocks = list(message.blocks[1:])
    room = CHARACTERS - HEADLINE - 500 - sum(map(_length, message.blocks))
    left_out = 0
    for part in digest_message.thread(digest):
        for block in part.blocks[1:]:
            room -= _length(block)
            if room < 0:
                left_out += 1
            else:
                blocks.append(block)
    more = " Its thread would say more than fits here." if left_out else ""
    note = small(f"Only you see this preview: nothing was posted, and the digest's period goes on.{more}")
    return screen(digest_message.headline(digest), *blocks, note)


def on_its_way() -> Screen:
    return screen(
        "The digest is on its way to the channel.",
        small("The next one by the calendar still comes. `/recs digest` tells how this one went."),
    )


def no_channel() -> Screen:
    return screen(f"No digest can be posted: no channel is set. {_HOW_TO_SET}")


def next_one(digest_outlook: DigestOutlook) -> str:
    if not digest_outlook.has_channel:
        return f"No digest comes: no channel is set. {_HOW_TO_SET}"
    if digest_outlook.next_slot is None:
        return "No digest comes: the rule in RECBOT_DIGEST_RULE has ended."
    return f"The next digest comes on {weekday(digest_outlook.next_slot)}."


def _how_it_went(posted: Posted) -> str:
    head = posted.head
    sentences = [f"{weekday(head.slot)}: {_state(head)}"]
    sentences += [f"part {part_number(part)} of its thread: {_state(part)}" for part in posted.troubled_parts]
    return " · ".join(sentences)


def trouble(digest_outlook: DigestOutlook) -> str | None:
    """Say what stands in the way of the last digest, for whoever can help; None when nothing does."""
    if not digest_outlook.last:
        return None
    head = digest_outlook.last[0].head
    if head.state is DeliveryState.BLOCKED:
        return not_posted(head)
    if head.state is DeliveryState.NEEDS_HUMAN:
        return f"The digest of {weekday(head.slot)}: {_state(head)}."
    return None


def not_posted(delivery: Delivery) -> str:
    """Say that what goes to a channel is blocked, and what to do."""
    if delivery.kind is DeliveryKind.FOLLOWED_IN_CHANNEL:
        why = _WHY_NOT_FOLLOWED.get(delivery.error) or _why(delivery.error)
        return f"What a channel follows was not posted on {weekday(delivery.slot)}: {why}"
    return f"The digest of {weekday(delivery.slot)} was not posted: {_why(delivery.error)}"


def _state(delivery: Delivery) -> str:
    match delivery.state:
        case DeliveryState.DUE:
            return "waiting to be posted"
        case DeliveryState.SENDING:
            return "being posted"
        case DeliveryState.SENT:
            return f"{'posted late' if delivery.was_late else 'posted'}{_KNOWN_FROM.get(delivery.error, '')}"
        case DeliveryState.UNKNOWN:
            return "not known yet whether it was posted: recbot looks for it in the channel"
        case DeliveryState.NEEDS_HUMAN:
            return (
                "not known whether it was posted: look in the channel, and answer recbot's question in your"
                " direct messages"
            )
        case DeliveryState.BLOCKED:
            return f"could not be posted: {_why(delivery.error)} {_TRY_AGAIN}"
        case DeliveryState.SKIPPED:
            return f"skipped: {_why_skipped(delivery.error)}"
        case _:
            assert_never(delivery.state)


def _why_skipped(error: str) -> str:
    if error == MISSED:
        return "recbot was not running, or could not post, in its time. The next one covers its period."
    if error == TOLD_LATER:
        return "a later digest tells its period."
    return f"{_why(error)} The next one covers its period."


def _why(error: str) -> str:
    if error.startswith("restricted_action"):
        return (
            "Slack's settings do not let recbot write in the channel."
            " Ask whoever manages the channel to let it."
        )
    if error in _WHY:
        return _WHY[error]
    return (
        f"Slack refused it ({escaped(error)}). Ask Slack's administrators to allow it; whoever runs"
        " recbot can look the code up in Slack's pages on chat.postMessage."
    )


_KNOWN_FROM = {
    FROM_HISTORY: " (confirmed from the channel's history)",
    SAID_BY_A_PERSON: " (as a coordinator said)",
}
_NEW_TOKEN = "Slack does not take recbot's token any more. Whoever runs recbot has to install it again."  # noqa: S105
_TOO_LONG = "Slack found a fault in the message. Whoever runs recbot should report it."
_FORBIDDEN = "Ask Slack's administrators to let recbot write there."
_WHY = {
    "access_denied": f"Slack does not let recbot write in the channel (access_denied). {_FORBIDDEN}",
    "team_access_not_granted": "Slack's administrators have not let recbot into this workspace"
    f" (team_access_not_granted). {_FORBIDDEN}",
    "messages_tab_disabled": "recbot's messages are switched off (messages_tab_disabled). Whoever runs recbot"
    " has to switch on the Messages Tab under App Home.",
    "not_in_channel": "recbot is not in the channel. Invite it with /invite @recbot.",
    "channel_not_found": "Slack does not find the channel. Set RECBOT_DIGEST_CHANNEL to its id; into a"
    " private one, invite recbot with /invite @recbot.",
    "is_archived": "the channel is archived. Open it again, or set RECBOT_DIGEST_CHANNEL to another.",
    "missing_scope": "recbot lacks a permission in Slack. Whoever runs recbot has to install it again.",
    "account_inactive": _NEW_TOKEN,
    "ekm_access_denied": "the organisation's keys do not let recbot write. Ask Slack's administrators.",
    "invalid_auth": _NEW_TOKEN,
    "token_expired": _NEW_TOKEN,
    "token_revoked": _NEW_TOKEN,
    "invalid_blocks": _TOO_LONG,
    "msg_blocks_too_long": _TOO_LONG,
    "msg_too_long": _TOO_LONG,
    "no_text": _TOO_LONG,
    "not_reached": "Slack could not be reached.",
    "ratelimited": "Slack was too busy.",
}

# Of a channel that the settings do not name.
_WHY_NOT_FOLLOWED = {
    "channel_not_found": "Slack does not find the channel, or recbot is not in it. Invite it with"
    " /invite @recbot.",
    "is_archived": "the channel is archived. Open it again, or end it with /recs unfollow.",
}


def part_number(part: Delivery) -> str:
    return part.key.rpartition(":part")[2]


def weekday(slot: Slot) -> str:
    """Write a slot as in `Monday 10 March 2025 at 09:00`."""
    return f"{slot.local:%A} {words.day(slot.local.date())} at {slot.local:%H:%M}"


def _length(block: Block) -> int:
    """Count the characters of a section or a line of small print, and those around them."""
    return 50 + sum(len(part["text"]) for part in (block.get("text"), *block.get("elements", [])) if part)
