"""Progress over time in the digest's thread: once, drawn by Slack where it does, and in words everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.native_chart import BLOCK_KIND
from bot.standin.examination import examine
from tests.cast import CORA, Register
from tests.outbox.rig import HEAD, MONDAY, SUNDAY, FakeSlack, Post, Rig, on_sunday, refusal

# After the bodies that have no contact.
PART = f"{HEAD}:part3"
SENTENCE = "Stalking: 43 of 43 accepted, 1 in progress, 0 complete, 0 overdue."


@dataclass
class WithoutCharts(FakeSlack):
    """A workspace in which Slack's own charts are not rolled out."""

    refused: int = 0

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        if BLOCK_KIND in kinds(arguments):
            self.refused += 1
            self.requests += 1
            raise refusal("invalid_blocks")
        return super().chat_postMessage(channel=channel, **arguments)


def kinds(message: Any) -> list[str]:
    return [block["type"] for block in message["blocks"]]


@pytest.fixture
def rig(database_url: str) -> Iterator[Rig]:
    with on_sunday(database_url) as made:
        yield made


def something_moves(rig: Rig, instant: datetime = SUNDAY) -> None:
    Register(rig.store).says(CORA, "progress 15 kent in progress: two ISACs", instant)


def digest_at(rig: Rig, instant: datetime) -> None:
    rig.clock.shown = instant
    schedule = rig.schedule()
    rig.run(schedule)
    for _ in range(4):
        rig.wait(schedule, 10)


def posts(rig: Rig) -> list[Post]:
    return [post for post in rig.slack.posts if post.key.startswith("digest:")]


def test_where_slack_draws_charts_the_thread_has_one_of_the_report_that_moved(rig: Rig) -> None:
    something_moves(rig)
    digest_at(rig, MONDAY)
    head, _, part = posts(rig)
    assert (head.key, part.key, part.thread_ts) == (HEAD, PART, head.ts)
    assert BLOCK_KIND not in kinds(head.arguments)
    assert kinds(part.arguments) == ["section", "section", BLOCK_KIND, "context", "actions"]
    assert part.text == SENTENCE
    message = {name: value for name, value in part.arguments.items() if name != "thread_ts"}
    assert examine(message) == []
    digest_at(rig, MONDAY + timedelta(hours=1))
    assert len(posts(rig)) == 3, "each is sent once"


def test_where_it_does_not_the_part_comes_once_in_words_with_a_button_for_the_picture(rig: Rig) -> None:
    rig.slack = slack = WithoutCharts()
    something_moves(rig)
    digest_at(rig, MONDAY)
    *_, part = posts(rig)
    assert (part.key, part.text, slack.refused) == (PART, SENTENCE, 1)
    assert kinds(part.arguments) == ["section", "section", "context", "actions"]
    assert "In progress: 0 on 29 Sep 2024, 1 on 9 Mar 2025" in str(part.arguments["blocks"])
    (button,) = part.arguments["blocks"][-1]["elements"]
    assert (button["text"]["text"], button["value"]) == ("Show chart", "chart stalking")
    assert rig.row(PART).state is DeliveryState.SENT
    digest_at(rig, MONDAY + timedelta(hours=1))
    assert (len(posts(rig)), slack.refused) == (3, 1)


def test_where_nothing_moved_there_is_no_chart(rig: Rig) -> None:
    digest_at(rig, MONDAY)
    assert [post.key for post in posts(rig)] == [HEAD, f"{HEAD}:part2"]
    something_moves(rig, MONDAY + timedelta(days=2))
    digest_at(rig, MONDAY + timedelta(days=7))
    assert [post.text for post in posts(rig)].count(SENTENCE) == 1
