"""Posts whose words were erased are edited in Slack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.messages.delivery_state import DeliveryState
from bot.outbox.edits import edit_next
from bot.rendering.blocks.recording.redact import not_edited
from bot.standin.examination import examine
from storage import deliveries
from tests.cast import ALICE, NOW, Register, stalking_case
from tests.operations.recording.test_redact import TEXT, add, redact
from tests.outbox.rig import ClockByHand, Stopwatch, refusal


@dataclass
class Slack:
    """Edits messages, unless it was told what to raise instead."""

    raises: list[Exception] = field(default_factory=list)
    edited: list[dict[str, Any]] = field(default_factory=list)

    def conversations_open(self, *, users: str) -> Any:
        return {"channel": {"id": f"D{users}"}}

    def chat_update(self, **arguments: Any) -> Any:
        if self.raises:
            raise self.raises.pop()
        self.edited.append(arguments)


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    seq = made.says(ALICE, f"note 15: {TEXT}")
    add(made, f"ask:{seq}:U0ALICE", DeliveryState.SENT)
    redact(made, seq)
    yield made
    made.store.database.close()


def edit(register: Register, slack: Slack, minutes: int = 0) -> bool:
    real_time = Stopwatch((NOW - Stopwatch.BEGAN).total_seconds() + minutes * 60)
    return edit_next(register.store, slack, not_edited, ClockByHand(NOW, real_time))


def test_the_message_in_slack_says_that_its_words_were_erased(register: Register) -> None:
    slack = Slack()
    assert edit(register, slack)
    assert not edit(register, slack)
    (arguments,) = slack.edited
    assert (arguments["channel"], arguments["ts"]) == ("DU0ALICE", "1741600000.000100")
    assert arguments["text"] == "What was written here has been erased."
    assert "Mrs Q." not in str(arguments)
    assert arguments["metadata"]["event_payload"] == {"key": "ask:135:U0ALICE"}


@pytest.mark.parametrize("error", [TimeoutError(), refusal("internal_error")])
def test_what_is_not_known_to_be_edited_is_edited_again_later(register: Register, error: Exception) -> None:
    slack = Slack([error])
    assert not edit(register, slack)
    assert not edit(register, slack, minutes=4)
    assert slack.edited == []
    assert edit(register, slack, minutes=5)
    assert len(slack.edited) == 1


def test_what_slack_never_lets_be_edited_is_told_once(register: Register) -> None:
    slack = Slack([refusal("cant_update_message")])
    assert edit(register, slack)
    assert not edit(register, slack, minutes=60)
    with register.store.reading() as connection:
        delivery = deliveries.get(connection, "not-edited:ask:135:U0ALICE:U0CORA")
    assert delivery is not None
    assert delivery.payload is not None
    assert "cant_update_message" in str(delivery.payload)
    assert examine({name: delivery.payload[name] for name in ("text", "blocks")}) == []
