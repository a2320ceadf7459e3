"""How a history is asked for, and which of its messages are ours."""

from typing import Any

import pytest
from slack_sdk.errors import SlackRequestError

from bot.outbox.channel_history import History, MessagePlace, Page, Unreadable
from tests.outbox.rig import MONDAY, RECBOT, FakeSlack, refusal

IN_CHANNEL = MessagePlace("C0COORD", None, MONDAY)
IN_THREAD = MessagePlace("C0COORD", "1741597200.000001", MONDAY)
OURS: dict[str, Any] = {"user": RECBOT, "ts": "1.1", "metadata": {"event_payload": {"key": "digest"}}}


class Recorded:
    """A client that notes what it was asked, and answers one thing."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self._answer = answer
        self.asked_for: list[dict[str, Any]] = []

    def conversations_history(self, *, channel: str, **arguments: Any) -> Any:
        return self._answered({"channel": channel, **arguments})

    def conversations_replies(self, *, channel: str, ts: str, **arguments: Any) -> Any:
        return self._answered({"channel": channel, "ts": ts, **arguments})

    def chat_delete(self, *, channel: str, ts: str) -> Any:
        return self._answered({"channel": channel, "ts": ts})

    def _answered(self, arguments: dict[str, Any]) -> Any:
        self.asked_for.append(arguments)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def page(answer: dict[str, Any] | Exception, place: MessagePlace = IN_CHANNEL) -> Page:
    return History(Recorded(answer), RECBOT).page("digest", place, "")


def test_a_page_of_fifteen_is_asked_for_since_it_can_have_been_posted() -> None:
    client = Recorded({})
    history = History(client, RECBOT)
    assert history.page("digest", IN_CHANNEL, "") == Page(())
    assert history.page("digest", IN_THREAD, "next") == Page(())
    common = {"channel": "C0COORD", "oldest": "1741597200.000000", "limit": 15, "include_all_metadata": True}
    assert client.asked_for == [common, common | {"ts": "1741597200.000001", "cursor": "next"}]


def test_a_page_leads_to_the_next() -> None:
    assert page({"response_metadata": {"next_cursor": "abc"}}) == Page((), "abc")
    assert page({"messages": None, "response_metadata": None}) == Page(())


@pytest.mark.parametrize(
    ("message", "is_ours"),
    [
        (OURS, True),
        ({"ts": "1.1", "metadata": OURS["metadata"]}, True),
        (OURS | {"user": "U0OTHER"}, False),
        (OURS | {"metadata": {"event_payload": {"key": "another"}}}, False),
        ({"ts": "1.1", "metadata": {"event_payload": None}}, False),
        ({"ts": "1.1", "metadata": None, "blocks": None}, False),
        ({"ts": "1.1", "blocks": [{"type": "divider"}, {"block_id": "digest"}]}, True),
        ({"ts": "1.1", "blocks": [{"block_id": "another"}]}, False),
    ],
)
def test_a_message_is_ours_by_who_wrote_it_and_its_key(message: dict[str, Any], is_ours: bool) -> None:
    assert page({"messages": [message]}).matches == (("1.1",) if is_ours else ())


def test_all_that_are_ours_are_told() -> None:
    assert page({"messages": [OURS, {"ts": "1.2"}, OURS | {"ts": "1.3"}]}).matches == ("1.1", "1.3")


def test_in_a_thread_that_is_gone_nothing_stands() -> None:
    assert page(refusal("thread_not_found"), IN_THREAD) == Page(())


@pytest.mark.parametrize(
    ("error", "reason", "closed", "wait"),
    [
        (refusal("not_in_channel"), "not_in_channel", True, None),
        (refusal("internal_error"), "internal_error", False, None),
        (refusal("ratelimited", 429, {"Retry-After": "7"}), "ratelimited", False, 7),
        (TimeoutError(), "TimeoutError", False, None),
        (SlackRequestError("cut"), "SlackRequestError", False, None),
    ],
)
def test_why_a_history_is_not_shown_is_told(
    error: Exception, reason: str, closed: bool, wait: float | None
) -> None:
    history = History(Recorded(error), RECBOT)
    for ask in (lambda: history.page("digest", IN_CHANNEL, ""), lambda: history.remove("C0COORD", "1.1")):
        with pytest.raises(Unreadable) as unreadable:
            ask()
        refused = unreadable.value
        assert (str(refused), refused.reason, refused.closed, refused.wait) == (reason, reason, closed, wait)


def test_a_message_is_removed_once() -> None:
    slack = FakeSlack()
    history = History(slack, RECBOT)
    assert history.remove("C0COORD", "1.1")
    assert not history.remove("C0COORD", "1.1")
    assert slack.deleted == ["1.1"]
