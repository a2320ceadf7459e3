"""What Slack's answers other than yes mean: a plain no, a wait, or nothing that can be relied on.

Every `ok: false` is a plain no, whatever its code, but for the few codes with which Slack says that it lost
its way itself (https://docs.slack.dev/reference/methods/chat.postMessage#errors)."""

import re
from collections.abc import Mapping
from typing import Any

# Slack's own words for an answer without a code, and for what is no answer of its Web API at all.
NO_CODE = "no_code"
NO_JSON = "no_json"
# Slack takes a message's blocks for wrong, or does not know the kind of one of them.
INVALID_BLOCKS = "invalid_blocks"

# With these it stays open whether Slack did what it was asked. The last two are about a message sent before.
_LEAVES_OPEN = frozenset(
    (
        NO_JSON,
        "fatal_error",
        "internal_error",
        "request_timeout",
        "service_unavailable",
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
    )
)
_RATE_LIMITED = ("ratelimited", "rate_limited")
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
# The SDK puts a sentence in the place of a code where it could read no JSON: codes have no spaces.
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


def code_of(answer: Any) -> str:
    """Return Slack's code, or a name of ours; nothing that Slack wrote in place of JSON."""
    if answer.status_code >= _SERVER_ERROR:
        return f"http_{answer.status_code}"
    code = answer.get("error")
    if code is None:
        return NO_CODE
    return code if isinstance(code, str) and _CODE.fullmatch(code) else NO_JSON


def is_rate_limited(answer: Any) -> bool:
    return answer.status_code == _TOO_MANY_REQUESTS or code_of(answer) in _RATE_LIMITED


def leaves_open(answer: Any) -> bool:
    """Return whether Slack may have done what it was asked all the same."""
    return answer.status_code >= _SERVER_ERROR or code_of(answer) in _LEAVES_OPEN


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Slack asks to wait, from a header of 1 to 5 digits."""
    seconds = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(seconds) if re.fullmatch(r"[0-9]{1,5}", seconds) else None
