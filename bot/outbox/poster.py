"""Posting one message, once, and reading from Slack's answer, or the lack of one, whether it was taken.

Slack has no key by which it would know a repeated request, so what is not a clear yes or no is unknown."""

import socket
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.messages.delivery import Delivery, Outcome, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.values import replace
from bot.runtime.slack_answers import code_of, is_rate_limited, leaves_open, retry_after

# https://docs.slack.dev/reference/methods/conversations.open
_DEACTIVATED = "user_disabled"


class Client(Protocol):
    """Slack's Web API client, made with `retry_handlers=[]`: its own retries would post twice."""

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        """Post once. Raises SlackApiError for any answer but yes, or what the network raises."""

    def conversations_open(self, *, users: str) -> Any:
        """Return the direct messages with a person, by their id; they do not notice that it is opened."""


class ReaderHasLeft(Exception):
    """The person whom a message is for is deactivated in Slack."""


class NotOpened(Exception):
    """Slack did not open the conversation with a person, so that nothing was posted."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.error)
        self.outcome = outcome  # why, and what comes next


class Poster:
    """Opens conversations and posts, one request at a call."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def channel_of(self, delivery: Delivery) -> str:
        """Return the channel that a delivery goes to: for a person's, the conversation with them, which is
        opened once. The person's own id does not stand for it, since no history can be read under that.

        Raises ReaderHasLeft, NotOpened."""
        if not delivery.is_to_a_person:
            return delivery.channel
        if delivery.conversation is not None:
            return delivery.conversation
        try:
            return str(self._client.conversations_open(users=delivery.channel)["channel"]["id"])
        except SlackApiError as error:
            if code_of(error.response) == _DEACTIVATED:
                raise ReaderHasLeft from None
            raise NotOpened(_not_opened(error.response)) from None
        except (SlackClientError, OSError) as error:
            raise NotOpened(Outcome(DeliveryState.DUE, error=type(error).__name__)) from None

    def post(self, channel: str, payload: Payload, thread_ts: str | None) -> Outcome:
        """Make one request, and never another; raises nothing."""
        try:
            answer = self._client.chat_postMessage(channel=channel, thread_ts=thread_ts, **payload)
        except SlackApiError as error:
            return _refused(error.response)
        except Exception as error:  # whatever it was, the message may have been taken
            return _not_answered(error)
        ts = answer.get("ts")
        return Outcome(DeliveryState.SENT, ts=ts) if ts else Outcome(DeliveryState.UNKNOWN, error="no_ts")


def _not_opened(answer: Any) -> Outcome:
    """Return the outcome of not opening a conversation: what is unknown is due again, since opening it twice
    does no harm."""
    outcome = _refused(answer)
    return replace(outcome, state=DeliveryState.DUE) if outcome.state is DeliveryState.UNKNOWN else outcome


def _refused(answer: Any) -> Outcome:
    code = code_of(answer)
    if is_rate_limited(answer):
        return Outcome(DeliveryState.DUE, error="ratelimited", wait=retry_after(answer.headers))
    if leaves_open(answer):
        return Outcome(DeliveryState.UNKNOWN, error=code)
    return Outcome(DeliveryState.BLOCKED, error=code)


def _not_answered(error: Exception) -> Outcome:
    """Return the outcome of a request without an answer: only refused connections and unknown hosts are known
    before a byte is written."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, (ConnectionRefusedError, socket.gaierror)):
        return Outcome(DeliveryState.DUE, error="not_reached")
    return Outcome(DeliveryState.UNKNOWN, error=type(reason).__name__)
