"""Posts whose words were erased are edited in Slack."""

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackRequestError

from bot.domain.messages.delivery_state import DeliveryState
from bot.outbox.edits import edit_next
from bot.rendering.blocks.recording.redact import not_edited
from bot.standin.examination import examine
from storage import deliveries
from tests.cast import ALICE, NOW, Register, stalking_case
from tests.operations.recording.test_redact import TEXT, add, redact
from tests.outbox.rig import ClockByHand, FakeSlack, Stopwatch, refusal


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    seq = made.says(ALICE, f"note 15: {TEXT}")
    add(made, f"ask:{seq}:U0ALICE", DeliveryState.SENT)
    redact(made, seq)
    yield made
    made.store.database.close()


def edit(register: Register, slack: FakeSlack, minutes: int = 0) -> bool:
    real_time = Stopwatch((NOW - Stopwatch.BEGAN).total_seconds() + minutes * 60)
    return edit_next(register.store, slack, not_edited, ClockByHand(NOW, real_time))


def test_the_message_in_slack_says_that_its_words_were_erased(register: Register) -> None:
    slack = FakeSlack()
    assert edit(register, slack)
    assert not edit(register, slack)
    ((ts, arguments),) = slack.edits.items()
    assert (arguments["channel"], ts) == ("D0ALICE", "1741600000.000100")
    assert arguments["text"] == "What was written here has been erased."
    assert "Mrs Q." not in str(arguments)
    assert arguments["metadata"]["event_payload"] == {"key": "ask:135:U0ALICE"}


@pytest.mark.parametrize("error", [TimeoutError(), SlackRequestError("cut"), refusal("internal_error")])
def test_what_is_not_known_to_be_edited_is_edited_again_later(register: Register, error: Exception) -> None:
    slack = FakeSlack(raises=[error])
    assert not edit(register, slack)
    assert not edit(register, slack, minutes=4)
    assert slack.edits == {}
    assert edit(register, slack, minutes=5)
    assert len(slack.edits) == 1


@pytest.mark.parametrize(
    "code",
    [
        *("cant_update_message", "channel_not_found", "edit_window_closed", "is_archived"),
        *("message_not_found", "user_disabled", "user_not_found"),
    ],
)
def test_what_slack_never_lets_be_edited_is_told_once(register: Register, code: str) -> None:
    slack = FakeSlack(raises=[refusal(code)])
    assert edit(register, slack)
    assert not edit(register, slack, minutes=60)
    with register.store.reading() as connection:
        delivery = deliveries.get(connection, "not-edited:ask:135:U0ALICE:U0CORA")
    assert delivery is not None
    assert delivery.payload is not None
    assert code in str(delivery.payload)
    assert examine({name: delivery.payload[name] for name in ("text", "blocks")}) == []
