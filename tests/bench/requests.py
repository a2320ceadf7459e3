"""A slash command as Slack would send it, signed."""

import time
from collections.abc import Mapping
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from tests.bench.register import VIEWER

SIGNING_SECRET = "bench"
_VERIFIER = SignatureVerifier(SIGNING_SECRET)


def command(text: str, trigger_id: str = "1.2.bench") -> str:
    """The form that `/recs` with this text arrives as."""
    return urlencode(
        {
            "team_id": VIEWER.team_id,
            "team_domain": "home",
            "channel_id": "C0COORD",
            "channel_name": "coordination",
            "user_id": VIEWER.user_id,
            "user_name": "vic",
            "command": "/recs",
            "text": text,
            "api_app_id": "A0RECBOT",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/T0HOME/1/bench",
            "trigger_id": trigger_id,
        }
    )


def signed(body: str) -> Mapping[str, str]:
    """The headers that go with a body; Bolt takes them for five minutes."""
    now = str(int(time.time()))
    signature = _VERIFIER.generate_signature(timestamp=now, body=body)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature or "",
    }
