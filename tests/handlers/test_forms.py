"""Forms while Slack is slow, busy or away: filled all the same, or their person is told how to go on."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from slack_bolt import Ack

from bot.operations.request.context import Services
from bot.rendering.form import form, loading, paragraph
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from handlers import update
from handlers.forms import open_and_fill
from storage.deliveries import outbox
from tests.cast import ALICE, Register, occasion
from tests.handlers.slack_errors import refusal

Json = dict[str, Any]

LATE = "Slack has not said whether the form opened; nothing was changed."
NOT_FILLED = "The form could not be filled, and nothing was changed."
FILLED = form("A form", [paragraph("What it asks")], callback="a-form")


@dataclass
class Slack:
    """`opening` and `filling` are what goes wrong next; `opens_late` where it opens a form all the same, and
    `shown` the form as it stands."""

    opening: Exception | None = None
    opens_late: bool = False
    filling: list[Exception] = field(default_factory=list)
    shown: Json | None = None
    tried: int = 0

    def views_open(self, *, trigger_id: str, view: Json) -> Json:
        if self.opening is None or self.opens_late:
            self.shown = view
        if self.opening:
            raise self.opening
        return {"view": {"id": "V1"}}

    def views_push(self, *, trigger_id: str, view: Json) -> Json:
        raise AssertionError("nothing is pressed in an open form here")

    def views_update(self, *, view: Json, view_id: str = "", external_id: str = "") -> None:
        self.tried += 1
        if self.filling:
            raise self.filling.pop(0)
        if self.shown is None or (external_id and external_id != self.shown["external_id"]):
            raise refusal("not_found")
        assert external_id or view_id == "V1"
        self.shown = view

    def views_publish(self, *, user_id: str, view: Json) -> None:
        raise AssertionError("no Home is drawn here")

    @property
    def is_filled(self) -> bool:
        return self.shown is not None and self.shown["blocks"] == FILLED["blocks"]


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
def slack() -> Slack:
    return Slack()


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def services(register: Register, slack: Slack, waiting: Waiting) -> Services:
    return replace(register.services(), views=slack, forms=waiting.submit)


def opens(services: Services, fill: Callable[[], Json] = lambda: FILLED) -> Screen | None:
    request = replace(occasion(ALICE, key="asked"), trigger="1.2.3")
    return open_and_fill(services, request, loading("A form", "a-form"), fill)


def direct_messages(register: Register) -> list[str]:
    """The direct messages that wait to be sent."""
    with register.store.reading() as connection:
        return [str((delivery.payload or {})["text"]) for delivery in outbox(connection).open]


def test_a_form_opens_at_once_and_is_filled_afterwards(
    services: Services, slack: Slack, waiting: Waiting
) -> None:
    assert opens(services) is None
    assert not slack.is_filled
    assert waiting.do() == []
    assert slack.is_filled


@pytest.mark.parametrize("error", [TimeoutError(), refusal("internal_error"), refusal("fatal_error")])
def test_a_form_that_opened_though_slack_did_not_say_so_is_filled(
    services: Services, slack: Slack, waiting: Waiting, error: Exception
) -> None:
    slack.opening, slack.opens_late = error, True
    shown = opens(services)
    assert shown is not None
    assert shown.text == LATE
    assert "close it and ask for it again" in shown.in_one_line
    waiting.do()
    assert slack.is_filled


def test_a_form_that_opens_after_the_first_try_to_fill_it_is_filled(
    services: Services, slack: Slack, waiting: Waiting
) -> None:
    slack.opening, slack.opens_late = TimeoutError(), True
    slack.filling = [refusal("not_found")]
    opens(services)
    assert waiting.do() == [1]
    assert slack.is_filled


def test_where_nobody_knows_whether_a_form_opened_it_is_told_once(
    register: Register, services: Services, slack: Slack, waiting: Waiting
) -> None:
    slack.opening = TimeoutError()
    assert opens(services) is not None
    assert waiting.do() == [1, 3]
    assert (slack.tried, direct_messages(register)) == (3, [])


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_arguments"])
def test_a_form_that_slack_refuses_to_open_is_not_filled(
    services: Services, slack: Slack, waiting: Waiting, code: str
) -> None:
    slack.opening = refusal(code)
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
    register: Register, services: Services, slack: Slack, waiting: Waiting, error: Exception, pause: float
) -> None:
    slack.filling = [error]
    opens(services)
    assert waiting.do() == [pause]
    assert slack.is_filled
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
    slack: Slack,
    waiting: Waiting,
    filling: list[Exception],
    tries: int,
) -> None:
    slack.filling = filling
    assert opens(services) is None
    waiting.do()
    assert not slack.is_filled
    assert (slack.tried, direct_messages(register)) == (tries, [NOT_FILLED])


def test_of_a_form_that_its_person_closed_nothing_is_told(
    register: Register, services: Services, slack: Slack, waiting: Waiting
) -> None:
    slack.filling = [refusal("not_found")]
    opens(services)
    waiting.do()
    assert (slack.tried, direct_messages(register)) == (1, [])


def test_where_too_many_forms_wait_that_is_said_at_once(services: Services, waiting: Waiting) -> None:
    waiting.is_full = True
    shown = opens(services)
    assert shown is not None
    assert shown.text == NOT_FILLED
    assert "ask for it again in a minute" in shown.in_one_line


def test_a_failure_while_it_is_read_what_to_fill_stands_in_the_form(
    services: Services, slack: Slack, waiting: Waiting, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Json:
        raise ValueError("Anna North")

    opens(services, fails)
    waiting.do()
    assert "Something went wrong, and nothing was saved." in json.dumps(slack.shown)
    assert "Anna" not in caplog.text


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (TimeoutError(), LATE),
        (refusal("expired_trigger_id"), "The form could not be opened, and nothing was changed."),
    ],
)
def test_a_click_in_home_and_a_shortcut_are_told_in_a_direct_message(
    register: Register, services: Services, slack: Slack, opening: Exception, words: str
) -> None:
    slack.opening = opening
    user = {"id": ALICE.user_id, "team_id": ALICE.team_id}
    click = {"user": user, "container": {"type": "view", "view_id": "VHOME"}, "trigger_id": "1.2.3"}
    action = {"action_id": "update:1", "value": "stalking-15 kent"}
    ack = Ack()  # type: ignore[no-untyped-call]
    update.update_clicked(ack, click, action, services)
    update.record_progress(ack, {"user": user, "trigger_id": "1.2.4"}, services)
    assert direct_messages(register) == [words] * 2
