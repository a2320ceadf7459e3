import socket
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackRequestError

from bot.domain.messages.delivery import Delivery, DeliveryKind, Outcome
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.outbox.poster import NotOpened, Poster, ReaderHasLeft
from tests.outbox.rig import MONDAY, FakeSlack, refusal

PAYLOAD = {"text": "Week", "metadata": {"event_type": "recbot_delivery", "event_payload": {"key": "k"}}}


def posted(error: Exception) -> Outcome:
    return Poster(FakeSlack(raises=[error])).post("C0COORD", PAYLOAD, None)


def test_a_yes_is_sent_with_its_ts() -> None:
    outcome = Poster(FakeSlack()).post("C0COORD", PAYLOAD, None)
    assert outcome == Outcome(DeliveryState.SENT, ts="1741597200.000001")


def test_it_asks_once_whatever_comes() -> None:
    slack = FakeSlack(raises=[TimeoutError()])
    Poster(slack).post("C0COORD", PAYLOAD, None)
    assert slack.requests == 1


@pytest.mark.parametrize(
    "error",
    [
        "access_denied",
        "account_inactive",
        "an_error_of_tomorrow",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "invalid_blocks",
        "invalid_metadata_format",
        "is_archived",
        "messages_tab_disabled",
        "metadata_must_be_sent_from_app",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "slack_connect_canvas_sharing_blocked",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "too_many_attachments2",
        "user_not_found",
    ],
)
def test_a_clear_no_that_a_person_has_to_end_is_blocked(error: str) -> None:
    assert posted(refusal(error)) == Outcome(DeliveryState.BLOCKED, error=error)


@pytest.mark.parametrize(
    ("error", "reason", "wait"),
    [
        (refusal("ratelimited", 429, {"Retry-After": "30"}), "ratelimited", 30),
        (refusal("ratelimited", 429, {"retry-after": "1"}), "ratelimited", 1),
        (refusal("ratelimited", 429), "ratelimited", None),
        (refusal("ratelimited", 429, {"Retry-After": "soon"}), "ratelimited", None),
        (refusal("rate_limited", 200), "ratelimited", None),
        (URLError(ConnectionRefusedError()), "not_reached", None),
        (URLError(socket.gaierror()), "not_reached", None),
        (ConnectionRefusedError(), "not_reached", None),
    ],
)
def test_what_reached_nobody_or_was_too_much_is_due_again(
    error: Exception, reason: str, wait: float | None
) -> None:
    assert posted(error) == Outcome(DeliveryState.DUE, error=reason, wait=wait)


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        ConnectionResetError(),
        URLError(TimeoutError()),
        URLError(OSError("unreachable")),
        refusal("internal_error"),
        refusal("fatal_error"),
        refusal("request_timeout"),
        refusal("service_unavailable"),
        refusal("duplicate_message_not_found"),
        refusal("duplicate_channel_not_found"),
        refusal("not_in_channel", 500),
        refusal("internal_error", 503),
        refusal("access_denied", 502),
        refusal("Received a response in a non-JSON format: <html>…"),
        refusal('Received a response in a non-JSON format: {"ok": false, "error": "access_den'),
        RuntimeError("anything"),
    ],
)
def test_everything_else_is_unknown(error: Exception) -> None:
    assert posted(error).state is DeliveryState.UNKNOWN


def test_what_slack_wrote_in_place_of_json_is_not_kept() -> None:
    assert posted(refusal("<html>Kim Hale</html>")).error == "no_json"


def test_a_no_without_a_code_is_a_no_all_the_same() -> None:
    assert posted(refusal(None)) == Outcome(DeliveryState.BLOCKED, error="no_code")


def test_a_yes_without_a_ts_is_unknown() -> None:
    class Vague(FakeSlack):
        def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802
            return {"ok": True}

    assert Poster(Vague()).post("C0COORD", PAYLOAD, None) == Outcome(DeliveryState.UNKNOWN, error="no_ts")


def test_why_it_is_not_known_is_told_by_slacks_code_or_by_what_went_wrong() -> None:
    assert posted(URLError(TimeoutError())).error == "TimeoutError"
    assert posted(refusal("internal_error")).error == "internal_error"


ALICES = Delivery(
    "told", DeliveryKind.DIRECT_MESSAGE, Slot.at(MONDAY), "U0ALICE", created_at=MONDAY, updated_at=MONDAY
)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal("cannot_dm_bot"), Outcome(DeliveryState.BLOCKED, error="cannot_dm_bot")),
        # Opening it twice does no harm.
        (refusal("internal_error"), Outcome(DeliveryState.DUE, error="internal_error")),
        (
            refusal("ratelimited", 429, {"Retry-After": "7"}),
            Outcome(DeliveryState.DUE, error="ratelimited", wait=7),
        ),
        (TimeoutError(), Outcome(DeliveryState.DUE, error="TimeoutError")),
        (SlackRequestError("cut"), Outcome(DeliveryState.DUE, error="SlackRequestError")),
    ],
)
def test_why_a_conversation_did_not_open_is_told(error: Exception, outcome: Outcome) -> None:
    slack = FakeSlack(opening=[error])
    with pytest.raises(NotOpened) as not_opened:
        Poster(slack).channel_of(ALICES)
    assert not_opened.value.outcome == outcome
    assert str(not_opened.value) == outcome.error
    assert slack.requests == 0


def test_a_conversation_is_opened_once_and_then_kept() -> None:
    slack = FakeSlack()
    assert Poster(slack).channel_of(ALICES) == "D0ALICE"
    assert Poster(slack).channel_of(replace(ALICES, conversation="D0KEPT")) == "D0KEPT"
    assert slack.opened == ["U0ALICE"]
    slack.left.add("U0ALICE")
    with pytest.raises(ReaderHasLeft):
        Poster(slack).channel_of(ALICES)
