"""Posting one message, once: what Slack's answer, or the want of one, says about whether it was taken.

Slack has no key by which it would know a repeated request, so what is not a clear yes or no is unknown."""

import re
import socket
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.delivery import Delivery, DeliveryState, Outcome, Payload

# Refusals that a person has to end: https://docs.slack.dev/reference/methods/chat.postMessage
_REFUSED = frozenset(
    (
        "account_inactive",
        "cannot_reply_to_message",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "invalid_blocks",
        "is_archived",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "thread_not_found",
        "token_expired",
        "token_revoked",
    )
)
_RESTRICTED = "restricted_action"
# https://docs.slack.dev/reference/methods/conversations.open
_DEACTIVATED = "user_disabled"
_CODE = re.compile(r"[a-z_]{1,60}")
_OK = 200
TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500


class Client(Protocol):
    """Slack's Web API client, made with `retry_handlers=[]`: its own retries would post twice."""

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        """Posts once. Raises SlackApiError for any answer but yes, or what the network raises."""

    def conversations_open(self, *, users: str) -> Any:
        """The direct messages with a person, by their id; opened or not makes no difference to them."""


class Left(Exception):
    """The person whom a message is for is deactivated."""


class Poster:
    def __init__(self, client: Client) -> None:
        self._client = client

    def channel_of(self, delivery: Delivery) -> str:
        """Where a delivery goes: to a person, in the conversation with them, which is opened. Raises Left.

        Where Slack does not open one, the person's own id: posting there tells what is wrong."""
        if not delivery.is_to_a_person:
            return delivery.channel
        try:
            return str(self._client.conversations_open(users=delivery.channel)["channel"]["id"])
        except (SlackClientError, OSError) as error:
            if isinstance(error, SlackApiError) and error.response.get("error") == _DEACTIVATED:
                raise Left from None
            return delivery.channel

    def post(self, channel: str, payload: Payload, thread_ts: str | None) -> Outcome:
        """Makes one request, and never another."""
        try:
            answer = self._client.chat_postMessage(channel=channel, thread_ts=thread_ts, **payload)
        except SlackApiError as error:
            return _refused(error.response)
        except Exception as error:  # whatever it was, the message may have been taken
            return _not_answered(error)
        ts = answer.get("ts")
        return Outcome(DeliveryState.SENT, ts=ts) if ts else Outcome(DeliveryState.UNKNOWN, error="no_ts")


def _refused(answer: Any) -> Outcome:
    error = str(answer.get("error") or "")
    error = error if _CODE.fullmatch(error) else "no_json"
    if answer.status_code == TOO_MANY_REQUESTS or (answer.status_code == _OK and is_too_often(error)):
        return Outcome(DeliveryState.DUE, error="ratelimited", wait=retry_after(answer.headers))
    if answer.status_code >= _SERVER_ERROR:
        return Outcome(DeliveryState.UNKNOWN, error=f"http_{answer.status_code}")
    if error in _REFUSED or error.startswith(_RESTRICTED):
        return Outcome(DeliveryState.BLOCKED, error=error)
    return Outcome(DeliveryState.UNKNOWN, error=error)


def _not_answered(error: Exception) -> Outcome:
    """Refused connections and unknown hosts are known before a byte is written; nothing else is."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, (ConnectionRefusedError, socket.gaierror)):
        return Outcome(DeliveryState.DUE, error="not_reached")
    return Outcome(DeliveryState.UNKNOWN, error=type(reason).__name__)


def is_too_often(error: str) -> bool:
    return error in ("ratelimited", "rate_limited")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a header that is 1 to 5 digits."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(said) if re.fullmatch(r"[0-9]{1,5}", said) else None
