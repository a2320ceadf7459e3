"""Slack's refusals, as its client raises them."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

_TOO_MANY_REQUESTS = 429


def refusal(code: str, **headers: str) -> SlackApiError:
    """`ok: false` with a code; 429 where it is `ratelimited`."""
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code},
        headers=headers,
        status_code=_TOO_MANY_REQUESTS if code == "ratelimited" else 200,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]
