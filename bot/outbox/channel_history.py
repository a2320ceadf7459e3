"""Reading in Slack whether a message stands there, and removing a duplicate.

A message is known by its delivery's key, in its metadata or on its first block. For some apps Slack allows
one request a minute with 15 messages (https://docs.slack.dev/apis/web-api/rate-limits): a history is read a
page at a time, and the next page comes when Slack lets it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.runtime.slack_answers import code_of, is_rate_limited, leaves_open, retry_after

MESSAGES_A_PAGE = 15

_NO_THREAD = "thread_not_found"


class Client(Protocol):
    """Slack's Web API client. Raises SlackApiError for any answer but yes, or what the network raises."""

    def conversations_history(self, *, channel: str, **arguments: Any) -> Any: ...

    def conversations_replies(self, *, channel: str, ts: str, **arguments: Any) -> Any: ...

    def chat_delete(self, *, channel: str, ts: str) -> Any: ...


class MessagePlace(Struct, frozen=True):
    """Where a message stands if it was posted."""

    channel: str
    thread_ts: str | None  # the message in whose thread it stands; None for the channel itself
    oldest: datetime  # UTC: it cannot have been posted before


class Page(Struct, frozen=True):
    """Our messages with the key on one page of a history."""

    matches: tuple[str, ...]  # the ts of each
    cursor: str = ""  # leads to the next page; empty on the last


class Unreadable(Exception):
    """The history was not shown."""

    def __init__(self, reason: str, *, closed: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason  # Slack's code, or a name of ours
        self.closed = closed  # whether only a person can change it
        self.wait = wait  # the seconds that Slack asked for, if it did


class History:
    """Reads histories, and knows recbot's own messages in them by `bot_user_id`."""

    def __init__(self, client: Client, bot_user_id: str) -> None:
        self._client = client
        self._bot_user_id = bot_user_id

    def page(self, key: str, place: MessagePlace, cursor: str) -> Page:
        """Read one page, by one request; `cursor` is empty for the first. Raises Unreadable."""
        try:
            answer = self._request(place, cursor)
        except SlackApiError as error:
            if error.response.get("error") == _NO_THREAD:
                return Page(())
            raise _unreadable(error.response) from None
        except (SlackClientError, OSError) as error:
            raise Unreadable(type(error).__name__) from None
        matches = tuple(
            str(message["ts"])
            for message in answer.get("messages") or ()
            if self._is_ours_with_key(message, key)
        )
        return Page(matches, (answer.get("response_metadata") or {}).get("next_cursor") or "")

    def remove(self, channel: str, ts: str) -> bool:
        """Delete a message of ours; False when it was gone already. Raises Unreadable."""
        try:
            self._client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            if error.response.get("error") == "message_not_found":
                return False
            raise _unreadable(error.response) from None
        except (SlackClientError, OSError) as error:
            raise Unreadable(type(error).__name__) from None
        return True

    def _request(self, place: MessagePlace, cursor: str) -> Any:
        arguments: dict[str, Any] = {
            "channel": place.channel,
            "oldest": f"{place.oldest.timestamp():.6f}",
            "limit": MESSAGES_A_PAGE,
            "include_all_metadata": True,
        }
        if cursor:
            arguments["cursor"] = cursor
        if place.thread_ts is None:
            return self._client.conversations_history(**arguments)
        return self._client.conversations_replies(ts=place.thread_ts, **arguments)

    def _is_ours_with_key(self, message: Mapping[str, Any], key: str) -> bool:
        if message.get("user", self._bot_user_id) != self._bot_user_id:
            return False
        metadata = message.get("metadata") or {}
        if (metadata.get("event_payload") or {}).get("key") == key:
            return True
        return any(block.get("block_id") == key for block in message.get("blocks") or ())


def _unreadable(answer: Any) -> Unreadable:
    if is_rate_limited(answer):
        return Unreadable("ratelimited", wait=retry_after(answer.headers))
    # Whatever the code: what Slack refuses to show, only a person can change.
    return Unreadable(code_of(answer), closed=not leaves_open(answer))
