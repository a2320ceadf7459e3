"""Forms while Slack is slow, busy or away: filled all the same, or their person is told how to go on."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import Ack

from bot.domain.values import replace
from bot.operations.request.context import Services
from bot.rendering.form import form, loading, paragraph
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from handlers import update
from handlers.forms import open_and_fill
from storage.deliveries import outbox
from tests.cast import ALICE, Register, occasion
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal

Json = dict[str, Any]

LATE = "Slack has not said whether the form opened; nothing was changed."
NOT_FILLED = "The form could not be filled, and nothing was changed."
FILLED = form("A form", [paragraph("What it asks")], callback="a-form")


@dataclass
class Waiting:
    """Fills when told to, and keeps how many seconds each try was to wait."""

    is_full: bool = False
    work: list[Callable[[], None]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def submit(self, work: Callable[[], None], after: float) -> None:
        if self.is_full:
            raise QueueFull(of_owner=False)
        self.work.append(work)
        self.pauses.append(after)

    def do(self) -> list[float]:
        """Does all that waits and what comes of it; the pauses before each try but the first."""
        while self.work:
            self.work.pop(0)()
        return self.pauses[1:]


@pytest.fixture
def slack() -> RecordingSlack:
    return RecordingSlack()


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def services(register: Register, slack: RecordingSlack, waiting: Waiting) -> Services:
    return replace(register.services(), views=slack, forms=waiting.submit)


def opens_late(slack: RecordingSlack, error: Exception) -> None:
    """Slack opens the form all the same, after it answered otherwise."""
    slack.broken["views_open"] = error
    slack.taking_first.add("views_open")


def is_filled(slack: RecordingSlack) -> bool:
    return bool(slack.forms) and slack.form["blocks"] == FILLED["blocks"]


def opens(services: Services, fill: Callable[[], Json] = lambda: FILLED) -> Screen | None:
    request = replace(occasion(ALICE, key="asked"), trigger="1.2.3")
    return open_and_fill(services, request, loading("A form", "a-form"), fill)


def direct_messages(register: Register) -> list[str]:
    """The direct messages that wait to be sent."""
    with register.store.reading() as connection:
        return [str((delivery.payload or {})["text"]) for delivery in outbox(connection).open]


def test_a_form_opens_at_once_and_is_filled_afterwards(
    services: Services, slack: RecordingSlack, waiting: Waiting
) -> None:
    assert opens(services) is None
    assert not is_filled(slack)
    assert waiting.do() == []
    assert is_filled(slack)


@pytest.mark.parametrize("error", [TimeoutError(), refusal("internal_error"), refusal("fatal_error")])
def test_a_form_that_opened_though_slack_did_not_say_so_is_filled(
    services: Services, slack: RecordingSlack, waiting: Waiting, error: Exception
) -> None:
    opens_late(slack, error)
    shown = opens(services)
    assert shown is not None
    assert shown.text == LATE
    assert "close it and ask for it again" in shown.in_one_line
    waiting.do()
    assert is_filled(slack)


def test_a_form_that_opens_after_the_first_try_to_fill_it_is_filled(
    services: Services, slack: RecordingSlack, waiting: Waiting
) -> None:
    opens_late(slack, TimeoutError())
    slack.failing["views_update"] = [refusal("not_found")]
    opens(services)
    assert waiting.do() == [1]
    assert is_filled(slack)


def test_where_nobody_knows_whether_a_form_opened_it_is_told_once(
    register: Register, services: Services, slack: RecordingSlack, waiting: Waiting
) -> None:
    slack.broken["views_open"] = TimeoutError()
    assert opens(services) is not None
    assert waiting.do() == [1, 3]
    assert (slack.called["views_update"], direct_messages(register)) == (3, [])


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_arguments"])
def test_a_form_that_slack_refuses_to_open_is_not_filled(
    services: Services, slack: RecordingSlack, waiting: Waiting, code: str
) -> None:
    slack.broken["views_open"] = refusal(code)
    shown = opens(services)
    assert shown is not None
    assert shown.text == "The form could not be opened, and nothing was changed."
    assert waiting.work == []


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (TimeoutError(), 1),
        (refusal("internal_error"), 1),
        (refusal("ratelimited", **{"Retry-After": "7"}), 7),
        (refusal("ratelimited"), 1),
    ],
)
def test_filling_is_tried_again_where_slack_was_slow_or_busy(
    register: Register,
    services: Services,
    slack: RecordingSlack,
    waiting: Waiting,
    error: Exception,
    pause: float,
) -> None:
    slack.failing["views_update"] = [error]
    opens(services)
    assert waiting.do() == [pause]
    assert is_filled(slack)
    assert direct_messages(register) == []


@pytest.mark.parametrize(
    ("filling", "tries"),
    [
        ([TimeoutError()] * 3, 3),
        ([refusal("invalid_arguments")], 1),
        ([refusal("ratelimited", **{"Retry-After": "60"})], 1),
    ],
)
def test_a_form_that_was_not_filled_is_told(
    register: Register,
    services: Services,
    slack: RecordingSlack,
    waiting: Waiting,
    filling: list[Exception],
    tries: int,
) -> None:
    slack.failing["views_update"] = filling
    assert opens(services) is None
    waiting.do()
    assert not is_filled(slack)
    assert (slack.called["views_update"], direct_messages(register)) == (tries, [NOT_FILLED])


def test_of_a_form_that_its_person_closed_nothing_is_told(
    register: Register, services: Services, slack: RecordingSlack, waiting: Waiting
) -> None:
    slack.failing["views_update"] = [refusal("not_found")]
    opens(services)
    waiting.do()
    assert (slack.called["views_update"], direct_messages(register)) == (1, [])


def test_where_too_many_forms_wait_that_is_said_at_once(services: Services, waiting: Waiting) -> None:
    waiting.is_full = True
    shown = opens(services)
    assert shown is not None
    assert shown.text == NOT_FILLED
    assert "ask for it again in a minute" in shown.in_one_line


def test_a_failure_while_it_is_read_what_to_fill_stands_in_the_form(
    services: Services, slack: RecordingSlack, waiting: Waiting, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Json:
        raise ValueError("Anna North")

    opens(services, fails)
    waiting.do()
    assert "Something went wrong, and nothing was saved." in json.dumps(slack.form)
    assert "Anna" not in caplog.text


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (TimeoutError(), LATE),
        (refusal("expired_trigger_id"), "The form could not be opened, and nothing was changed."),
    ],
)
def test_a_click_in_home_and_a_shortcut_are_told_in_a_direct_message(
    register: Register, services: Services, slack: RecordingSlack, opening: Exception, words: str
) -> None:
    slack.broken["views_open"] = opening
    user = {"id": ALICE.user_id, "team_id": ALICE.team_id}
    click = {"user": user, "container": {"type": "view", "view_id": "VHOME"}, "trigger_id": "1.2.3"}
    action = {"action_id": "update:1", "value": "stalking-15 kent"}
    ack = Ack()  # type: ignore[no-untyped-call]
    update.update_clicked(ack, click, action, services)
    update.record_progress(ack, {"user": user, "trigger_id": "1.2.4"}, services)
    assert direct_messages(register) == [words] * 2
