from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import StandIn
from tests.standin.bots import client_of

KEY = {"event_type": "recbot_delivery", "event_payload": {"key": "digest"}}


def texts(answer: object) -> list[str]:
    return [message["text"] for message in answer["messages"]]  # type: ignore[index]


def test_history_is_newest_first_and_leaves_out_answers_in_threads(client: WebClient) -> None:
    first = client.chat_postMessage(channel="C0COORD", text="first")["ts"]
    client.chat_postMessage(channel="C0COORD", text="second")
    client.chat_postMessage(channel="C0COORD", text="part", thread_ts=first)
    assert texts(client.conversations_history(channel="C0COORD")) == ["second", "first"]
    assert texts(client.conversations_replies(channel="C0COORD", ts=first)) == ["first", "part"]


def test_metadata_is_shown_only_where_asked_for(client: WebClient) -> None:
    client.chat_postMessage(channel="C0COORD", text="x", metadata=KEY)
    plain = client.conversations_history(channel="C0COORD")["messages"][0]
    full = client.conversations_history(channel="C0COORD", include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert full["metadata"] == KEY


def test_history_comes_in_pages(client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel="C0COORD", text=str(number))
    first = client.conversations_history(channel="C0COORD", limit=3)
    assert (texts(first), first["has_more"]) == (["4", "3", "2"], True)
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_history(channel="C0COORD", limit=3, cursor=cursor)
    assert (texts(second), second["has_more"]) == (["1", "0"], False)


def test_the_ends_of_a_period_count_only_when_inclusive(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0COORD", text=str(number))["ts"] for number in range(3)]
    period = {"channel": "C0COORD", "oldest": stamps[0], "latest": stamps[2]}
    assert texts(client.conversations_history(**period)) == ["1"]
    assert texts(client.conversations_history(**period, inclusive=True)) == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"limit": 0}, "invalid_limit"),
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
    ],
)
def test_a_history_asked_for_wrongly_is_refused(
    client: WebClient, arguments: dict[str, str], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        client.api_call("conversations.history", params={"channel": "C0COORD", **arguments})


def test_the_history_of_a_channel_one_is_not_in_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.conversations_history(channel="C0OTHER")


def test_a_thread_that_is_not_there_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.conversations_replies(channel="C0COORD", ts="1.000000")


def test_a_lagging_history_does_not_show_the_newest(slack: StandIn, client: WebClient) -> None:
    client.chat_postMessage(channel="C0COORD", text="x")
    slack.faults.history_lag(3_600)
    assert texts(client.conversations_history(channel="C0COORD")) == []
    assert len(slack.posts("C0COORD")) == 1
    slack.faults.history_lag(0)
    assert texts(client.conversations_history(channel="C0COORD")) == ["x"]


def test_messages_are_stamped_by_the_given_clock() -> None:
    monday = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
    with StandIn(now=lambda: monday) as slack:
        slack.add_channel("C0COORD", "coordination")
        client = client_of(slack)
        stamps = [client.chat_postMessage(channel="C0COORD", text="x")["ts"] for _ in range(2)]
    seconds = int((monday - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1))
    assert stamps == [f"{seconds}.000000", f"{seconds}.000001"]
