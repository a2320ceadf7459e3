"""Posting one message, once: what Slack's answer, or the want of one, says about whether it was taken.

Slack has no key by which it would know a repeated request, so what is not a clear yes or no is unknown."""

import socket
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.delivery import Delivery, DeliveryState, Outcome, Payload
from bot.slack_answers import code_of, is_rate_limited, leaves_open, retry_after

# https://docs.slack.dev/reference/methods/conversations.open
_DEACTIVATED = "user_disabled"


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
    code = code_of(answer)
    if is_rate_limited(answer):
        return Outcome(DeliveryState.DUE, error="ratelimited", wait=retry_after(answer.headers))
    if leaves_open(answer):
        return Outcome(DeliveryState.UNKNOWN, error=code)
    return Outcome(DeliveryState.BLOCKED, error=code)


def _not_answered(error: Exception) -> Outcome:
    """Refused connections and unknown hosts are known before a byte is written; nothing else is."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, (ConnectionRefusedError, socket.gaierror)):
        return Outcome(DeliveryState.DUE, error="not_reached")
    return Outcome(DeliveryState.UNKNOWN, error=type(reason).__name__)
