from datetime import UTC, datetime

import pytest

from bot.domain.messages.delivery import Delivery, DeliveryKind, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.doubt import Decided, Doubt
from bot.domain.messages.slots import Slot
from bot.rendering.blocks.messages import doubt as blocks
from bot.standin.examination import examine

NINE = datetime(2025, 3, 10, 9, tzinfo=UTC)
HEAD = "digest:T0HOME:2025-03-10T09:00"


def delivery(
    kind: DeliveryKind = DeliveryKind.DIGEST,
    state: DeliveryState = DeliveryState.NEEDS_HUMAN,
    error: str = "missing_scope",
    key: str = HEAD,
) -> Delivery:
    return Delivery(key, kind, Slot.at(NINE), "C0COORD", NINE, NINE, state=state, error=error)


def labels(payload: Payload) -> dict[str, str]:
    buttons = [
        element for block in payload["blocks"] if block["type"] == "actions" for element in block["elements"]
    ]
    return {button["text"]["text"]: button["action_id"] for button in buttons}


def test_the_question_has_two_answers_and_says_why_it_is_asked() -> None:
    payload = blocks.question(Doubt(delivery()), "key of the question")
    assert payload["text"] == (
        "Did the digest of Monday 10 March 2025 at 09:00 appear? Slack did not say whether it took it."
    )
    assert "recbot lacks the permission to look for it" in str(payload["blocks"])
    assert labels(payload) == {"It appeared": f"appeared:{HEAD}", "Send it again": f"send-again:{HEAD}"}
    assert payload["metadata"]["event_payload"] == {"key": "key of the question"}


@pytest.mark.parametrize(
    ("doubt", "what"),
    [
        (
            Doubt(delivery(DeliveryKind.DIGEST_PART, key=f"{HEAD}:part2")),
            "part 2 of the thread of the digest of Monday 10 March 2025 at 09:00",
        ),
        (
            Doubt(delivery(DeliveryKind.REMINDER), "Kim <Hale>"),
            "the reminder to Kim <Hale> of Monday 10 March 2025 at 09:00",
        ),
        (
            Doubt(delivery(DeliveryKind.DIRECT_MESSAGE), "Kim Hale"),
            "recbot's direct message to Kim Hale of Monday 10 March 2025 at 09:00",
        ),
    ],
)
def test_whatever_it_is_about_it_is_named(doubt: Doubt, what: str) -> None:
    payload = blocks.question(doubt, "key")
    assert f"Did {what} appear?" in payload["text"].replace("&lt;", "<").replace("&gt;", ">")
    assert examine(dict(payload), reader="U0CORA") == []


@pytest.mark.parametrize(
    ("state", "again", "says"),
    [
        (
            DeliveryState.SENT,
            False,
            "The digest of Monday 10 March 2025 at 09:00 appeared: it is not sent again.",
        ),
        (DeliveryState.DUE, False, "The digest of Monday 10 March 2025 at 09:00 is sent again."),
        (
            DeliveryState.SKIPPED,
            False,
            "The digest of Monday 10 March 2025 at 09:00 is not sent any more: it would come too late.",
        ),
        (
            DeliveryState.SENT,
            True,
            "It was settled before you answered. The digest of Monday 10 March 2025 at 09:00 appeared:"
            " it is not sent again.",
        ),
    ],
)
def test_whoever_answered_is_told_how_it_goes_on(state: DeliveryState, again: bool, says: str) -> None:
    shown = blocks.decided(Decided(Doubt(delivery(state=state)), again))
    assert shown.text == says
    assert examine(shown.as_reply()) == []


def test_a_blocked_digest_is_told_with_what_to_do_and_until_when() -> None:
    payload = blocks.blocked(delivery(state=DeliveryState.BLOCKED, error="not_in_channel"), "key")
    assert payload["text"] == (
        "The digest of Monday 10 March 2025 at 09:00 was not posted: recbot is not in the channel."
        " Invite it with /invite @recbot."
    )
    assert "It is then posted by itself, until Thursday 13 March 2025 at 09:00." in str(payload["blocks"])
    assert examine(dict(payload), reader="U0CORA") == []
