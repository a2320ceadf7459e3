"""Home through the real Bolt app: what is drawn for whom, and when."""

import json
import logging
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.domain.register.people import Membership, Person, PersonKey, Role
from bot.domain.register.redaction import Ground
from bot.domain.values import replace
from bot.operations.messages.homes import owed_homes
from bot.operations.recording.redact import redact_by_hand
from bot.operations.request.context import Services
from bot.operations.request.homes import Homes
from bot.rendering.blocks.recording.redact import message_without
from bot.runtime.pool import QueueFull
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from bot.standin.messages import Readable
from handlers import home
from storage import people
from tests.cast import ALICE, BOB, CORA, GUS, HOME, NOW, VIC, Register, stalking_case
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal

STELLA = PersonKey("T0OTHER", "U0STELLA")


@dataclass
class Front:
    app: App
    register: Register
    slack: RecordingSlack

    def opens(self, who: PersonKey, tab: str = "home") -> Readable | None:
        event = {"type": "app_home_opened", "user": who.user_id, "tab": tab}
        self._dispatch({"type": "event_callback", "team_id": HOME, "event": event})
        return self.home(who) if who.user_id in self.slack.homes else None

    def clicks(self, who: PersonKey, label: str, says: str | None = None) -> Readable:
        """On her Home, and what is there then."""
        button = self.home(who).button(label, says)
        self._dispatch(
            {
                "type": "block_actions",
                "user": {"id": who.user_id, "team_id": who.team_id},
                "team": {"id": HOME},
                "container": {"type": "view", "view_id": f"V{who.user_id}"},
                "trigger_id": "1.2.3",
                "view": {"id": f"V{who.user_id}", "type": "home"},
                "actions": [
                    {
                        "type": "button",
                        "action_id": button.action_id,
                        "block_id": "b",
                        "value": button.value,
                    }
                ],
            }
        )
        return self.home(who)

    def home(self, who: PersonKey) -> Readable:
        """What stands on her Home."""
        return Readable("", self.slack.homes[who.user_id]["blocks"])

    @property
    def form(self) -> str:
        """The words of the form that was opened last."""
        return Readable("", self.slack.form["blocks"]).all_text

    def _dispatch(self, payload: dict[str, Any]) -> None:
        response = self.app.dispatch(BoltRequest(mode="socket_mode", body=json.loads(json.dumps(payload))))
        assert response.status == 200


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Front]:
    register = stalking_case(sqlite_url)
    stella = Person(STELLA, "Stella Kerr", Membership.STRANGER, NOW)
    slack = RecordingSlack(allowed_links=(), people={STELLA.user_id: stella})
    services = replace(register.services(), views=slack, directory=slack)
    services = replace(services, changed=partial(home.changed, services))
    client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
    yield Front(create_app(services, client, Identity(HOME, "U0BOT", "B0BOT"), None), register, slack)
    register.store.database.close()


def also(register: Register, who: PersonKey, *slugs: str) -> None:
    with register.store.begin() as connection:
        for slug in slugs:
            people.grant(connection, who, Role.CONTACT, register.body(slug).code, NOW)


def test_home_is_drawn_for_whoever_opens_it_and_only_in_its_own_tab(front: Front) -> None:
    assert front.opens(ALICE, tab="messages") is None
    for who, says in (
        (ALICE, "Kent has 3 recommendations open"),
        (CORA, "43 of 43 accepted each"),
        (VIC, "43 of 43 accepted each"),
        (GUS, "You cannot see the register yet."),
        (STELLA, "You cannot see the register yet."),
    ):
        shown = front.opens(who)
        assert shown is not None
        assert says in shown.all_text


def test_a_stranger_with_a_role_has_a_home_by_their_own_key(front: Front) -> None:
    front.opens(STELLA)
    also(front.register, STELLA, "kent")
    shown = front.opens(STELLA)
    assert shown is not None
    assert shown.all_text.startswith("Kent has 3 recommendations open")


def test_more_goes_through_what_is_owed_and_back_to_the_front(front: Front) -> None:
    also(front.register, ALICE, "surrey", "essex", "gwent", "dorset")
    front.opens(ALICE)
    second = front.clicks(ALICE, "More", "More of what is owed: page 2")
    assert "(page 2 of 2)" in second.all_text
    assert [button.label for button in second.buttons] == ["Update"] * 3 + ["Back to Home"]
    front.clicks(ALICE, "Back to Home")
    assert "Reminders" in front.home(ALICE).all_text
    front.clicks(ALICE, "More", "More of what is owed: page 2")
    opened_again = front.opens(ALICE)
    assert opened_again is not None
    assert "page 2" not in opened_again.all_text.split("\n")[0]


def test_what_somebody_does_in_a_list_leaves_them_there(front: Front) -> None:
    also(front.register, BOB, *[slug for slug in front.register.bodies if slug != "surrey"][:11])
    also(front.register, ALICE, "surrey", *[s for s in front.register.bodies if s not in ("surrey", "kent")])
    front.opens(BOB)
    second = front.clicks(BOB, "More", "More reminders: page 2")
    pause = next(button for button in second.buttons if button.label == "Pause reminders")
    after = front.clicks(BOB, "Pause reminders", pause.accessibility_label)
    assert "Resume reminders" in [button.label for button in after.buttons]
    assert "Back to Home" in [button.label for button in after.buttons]


def test_a_refusal_on_home_is_said_in_a_form(front: Front) -> None:
    also(front.register, BOB, "kent")
    front.opens(ALICE)
    with front.register.store.begin() as connection:
        people.revoke(connection, BOB, Role.CONTACT, front.register.body("kent").code)
    front.clicks(ALICE, "Pause reminders")
    assert front.form.startswith("Nobody else is reminded of what Kent owes")


def test_a_home_that_was_open_gives_no_rights_after_a_revocation(front: Front) -> None:
    also(front.register, BOB, "kent")
    front.opens(ALICE)
    with front.register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, front.register.body("kent").code)
    front.clicks(ALICE, "Pause reminders")
    assert "Only contacts can record" in front.form


def test_a_home_that_slack_does_not_take_is_told_to_the_log_without_words(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    front.slack.broken["views_publish"] = SlackClientError("Kent's words")
    with caplog.at_level(logging.WARNING):
        front.opens(ALICE)
    assert "a Home was not drawn: SlackClientError" in caplog.text
    assert "Kent's words" not in caplog.text


@dataclass
class Queue:
    """Draws when told to, and keeps how many seconds each drawing was to wait."""

    waiting: dict[Hashable, tuple[Callable[[], None], float]] = field(default_factory=dict)

    def submit(self, work: Callable[[], None], owner: Hashable | None = None, after: float = 0.0) -> None:
        if owner in self.waiting:
            raise QueueFull(of_owner=True)
        self.waiting[owner] = (work, after)

    def do(self) -> list[float]:
        """Does what waits and is not for later, and what comes of it; in how many seconds the rest is due."""
        while due := [owner for owner, (_, after) in self.waiting.items() if not after]:
            for owner in due:
                self.waiting.pop(owner)[0]()
        return [round(after) for _, after in self.waiting.values()]

    def time_passes(self) -> None:
        self.waiting = {owner: (work, 0.0) for owner, (work, _) in self.waiting.items()}


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def services(front: Front, queue: Queue) -> Services:
    return replace(front.register.services(), views=front.slack, homes=Homes(queue))


def opens(services: Services, who: PersonKey) -> None:
    home.opened({"tab": "home", "user": who.user_id}, services)


def test_twelve_changes_draw_each_home_once(front: Front, services: Services, queue: Queue) -> None:
    for who in (ALICE, CORA):
        opens(services, who)
    queue.do()
    front.slack.homes.clear()
    front.slack.called.clear()
    for _ in range(12):
        home.changed(services, ALICE, front.register.body("kent").code)
    queue.do()
    assert (set(front.slack.homes), front.slack.called["views_publish"]) == ({ALICE.user_id, CORA.user_id}, 2)


def test_a_home_that_was_not_drawn_is_tried_again_ever_later(
    front: Front, services: Services, queue: Queue
) -> None:
    front.slack.broken["views_publish"] = TimeoutError()
    opens(services, ALICE)
    for pause in (5, 10, 20):
        assert queue.do() == [pause]
        queue.time_passes()
    front.slack.broken.clear()
    assert queue.do() == []
    assert ALICE.user_id in front.slack.homes


def test_where_slack_has_had_too_many_homes_none_is_drawn_until_it_takes_them_again(
    front: Front, services: Services, queue: Queue
) -> None:
    front.slack.broken["views_publish"] = refusal("ratelimited", **{"Retry-After": "30"})
    opens(services, ALICE)
    queue.do()
    front.slack.broken.clear()
    opens(services, CORA)
    assert queue.do() == [30, 30]
    assert front.slack.homes == {}


def test_a_home_that_slack_refuses_is_not_tried_again(front: Front, services: Services, queue: Queue) -> None:
    front.slack.broken["views_publish"] = refusal("invalid_arguments")
    opens(services, ALICE)
    assert queue.do() == []


def test_a_home_is_owed_after_an_erasing_until_slack_shows_it(front: Front) -> None:
    """By the command line, which knows of no Slack: whoever serves draws it."""
    register, services = front.register, replace(front.register.services(), views=front.slack)
    seq = register.says(ALICE, "progress 15 in progress: we met Mrs Q.")
    front.opens(ALICE)
    assert "Mrs Q." in front.home(ALICE).all_text
    redact_by_hand(register.store, seq, Ground.VICTIM, NOW, message_without)
    front.slack.broken["views_publish"] = TimeoutError()
    home.redraw(services, ALICE)
    assert owed_homes(register.store) == (ALICE,)
    front.slack.broken.clear()
    home.redraw(services, ALICE)
    assert owed_homes(register.store) == ()
    assert "Mrs Q." not in front.home(ALICE).all_text


def test_a_home_that_nobody_will_see_again_is_owed_no_more(front: Front) -> None:
    register, services = front.register, replace(front.register.services(), views=front.slack)
    front.opens(ALICE)
    seq = register.says(ALICE, "note 15: we met Mrs Q.")
    redact_by_hand(register.store, seq, Ground.VICTIM, NOW, message_without)
    front.slack.broken["views_publish"] = refusal("user_not_found")
    home.redraw(services, ALICE)
    assert owed_homes(register.store) == ()
