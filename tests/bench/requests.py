"""A slash command as Slack would send it, by HTTP signed or by Socket Mode in an envelope."""

import time
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.domain.register.people import PersonKey

SIGNING_SECRET = "bench"
_VERIFIER = SignatureVerifier(SIGNING_SECRET)
# Each asking is a request of its own, and no process repeats another's.
_numbers = count(time.time_ns())


def command(who: PersonKey, text: str) -> dict[str, str]:
    return {
        "team_id": who.team_id,
        "team_domain": "home",
        "channel_id": "C0COORD",
        "channel_name": "coordination",
        "user_id": who.user_id,
        "user_name": "vic",
        "command": "/recs",
        "text": text,
        "api_app_id": "A0RECBOT",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0HOME/1/bench",
        "trigger_id": f"1.2.{next(_numbers)}",
    }


def signed(payload: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The body as posted, and its headers; Bolt takes them for five minutes."""
    body, now = urlencode(payload), str(int(time.time()))
    signature = _VERIFIER.generate_signature(timestamp=now, body=body)
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature or "",
    }


def envelope(payload: Mapping[str, str]) -> dict[str, Any]:
    return {
        "envelope_id": payload["trigger_id"],
        "type": "slash_commands",
        "payload": payload,
        "accepts_response_payload": True,
    }
