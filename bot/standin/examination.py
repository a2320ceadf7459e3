"""Every message, form and Home the bot sends is examined here, by whatever road it comes.

Some faults Slack itself refuses; the others are faults by recbot's own rules for a valid reply: words as
well as blocks, at most 3,000 characters of text and 10,000 in all, no live mention, no link to elsewhere.
"""

import json
from collections.abc import Collection
from typing import Any

from bot.standin.block_fault import BlockFault
from bot.standin.block_kit import Surface, block_faults, readable_length, view_faults
from bot.standin.live_tokens import live_tokens
from bot.standin.refusal import Refusal

Json = dict[str, Any]

TEXT_LIMIT = 3_000
WHOLE_LIMIT = 10_000
# In bytes, by recbot's own rule: slack_sdk's client sends no answer of more than 65,535 in Socket Mode.
SIZE_LIMIT = 60_000
SLACK_TEXT_LIMIT = 40_000
# Not documented; a message was refused near this length: github.com/slackapi/bolt-js/issues/2509
SLACK_WHOLE_LIMIT = 13_200
# docs.slack.dev/reference/methods/views.open: 250 kB
VIEW_SIZE = 250_000

_MESSAGE_KEYS = {
    "text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "channel", "ts",
    "user", "metadata", "unfurl_links", "unfurl_media", "mrkdwn", "reply_broadcast", "client_msg_id",
    "team_id", "as_user",
}  # fmt: skip


def examine(payload: Json, reader: str = "", allowed_links: Collection[str] = ()) -> list[BlockFault]:
    """Return the faults of a message; `reader` is the one person who may be mentioned in it."""
    blocks = payload.get("blocks") or []
    faults = block_faults(blocks)
    faults += [BlockFault(key, "is not for recbot to send", False) for key in payload.keys() - _MESSAGE_KEYS]
    faults += _faults_of_the_whole(payload, blocks)
    faults += live_tokens(payload, reader, allowed_links)
    return faults


def examine_view(
    view: Any, surface: Surface, reader: str = "", allowed_links: Collection[str] = ()
) -> list[BlockFault]:
    """Return the faults of a form or Home; `reader` is the one person who sees it."""
    return [*view_faults(view, surface), *live_tokens(view, reader, allowed_links)]


def _faults_of_the_whole(payload: Json, blocks: Any) -> list[BlockFault]:
    text = str(payload.get("text") or "")
    length = len(text) + (readable_length(blocks) if isinstance(blocks, list) else 0)
    size = len(json.dumps(payload))
    rules = [
        (size > SIZE_LIMIT, "message", f"takes {size} bytes as it is sent, more than {SIZE_LIMIT}"),
        (not text.strip() and not payload.get("delete_original"), "text", "is empty"),
        (len(text) > TEXT_LIMIT, "text", f"has {len(text)} characters, more than {TEXT_LIMIT}"),
        (length > WHOLE_LIMIT, "message", f"has {length} characters in all, more than {WHOLE_LIMIT}"),
        (isinstance(blocks, list) and len(blocks) == 50, "blocks", "are 50; a reply stays under that"),
    ]
    return [BlockFault(place, words, False) for broken, place, words in rules if broken]


def refusal_for(payload: Json, faults: list[BlockFault]) -> Refusal | None:
    """Return how Slack refuses a message with these faults, if it does."""
    text, blocks = str(payload.get("text") or ""), payload.get("blocks") or []
    if not text and not blocks:
        return Refusal("no_text")
    if messages := _refused(faults):
        return Refusal("invalid_blocks", response_metadata={"messages": messages})
    if len(text) > SLACK_TEXT_LIMIT:
        return Refusal("msg_too_long")
    if readable_length(blocks) > SLACK_WHOLE_LIMIT:
        return Refusal("msg_blocks_too_long")
    return None


def refusal_for_view(view: Any, faults: list[BlockFault]) -> Refusal | None:
    """Return how Slack refuses a form or Home with these faults, if it does."""
    if messages := _refused(faults):
        return Refusal("invalid_arguments", response_metadata={"messages": messages})
    return Refusal("view_too_large") if len(json.dumps(view)) > VIEW_SIZE else None


def _refused(faults: list[BlockFault]) -> list[str]:
    return [f"[ERROR] {fault.words} [json-pointer:/{fault.place}]" for fault in faults if fault.refused]
