"""Whoever has written too much at once is told so by whatever road they write, and nothing is saved."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.request.rate_limit import RateLimiter
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from tests.cast import ALICE, CORA, HOME, Register, stalking_case
from tests.handlers.front_door import behind_the_door
from tests.handlers.recording_slack import RecordingSlack
from tests.prove.payloads import click, command, submission
from tests.storage.audit import audit

Json = dict[str, Any]


@dataclass
class Office:
    """The register behind two doors: at one anybody may write, at the other nobody any more."""

    url: str
    register: Register
    slack: RecordingSlack
    ordinary: App
    spent: App

    def send(self, app: App, payload: Json) -> Json:
        response = app.dispatch(BoltRequest(mode="socket_mode", body=payload))
        assert response.status == 200
        answer: Json = json.loads(response.body) if response.body else {}
        return answer

    def types(self, who: PersonKey, text: str) -> int:
        """The number of the last update after it."""
        self.send(self.ordinary, command(who, text, f"1.2.{text}"))
        return len(audit(self.url))


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    register, slack = stalking_case(sqlite_url), behind_the_door()
    services = replace(register.services(), views=slack)
    client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])

    def app(rate_limiter: RateLimiter) -> App:
        return create_app(
            replace(services, rate_limiter=rate_limiter), client, Identity(HOME, "U0BOT", "B0BOT"), None
        )

    yield Office(sqlite_url, register, slack, app(RateLimiter()), app(RateLimiter(at_once=0, a_second=0)))
    register.store.database.close()


@pytest.mark.parametrize(
    "typed",
    [
        "accept 15 kent", "partly 15 kent: why", "progress 15 kent in progress: text", "note 15 kent: text",
        "complete 15 kent: done", "extend 15 kent 30 Apr 2025: why", "check 15 kent", "reopen 15 kent: why",
        "grant <@U0GUS|gus> kent", "revoke <@U0ALICE> kent anyway", "withdraw 15: why", "remind 15",
        "digest send", "undo",
    ],
)  # fmt: skip
def test_a_command_that_writes_is_refused_and_its_text_given_back(office: Office, typed: str) -> None:
    before = audit(office.url)
    reply = office.send(office.spent, command(CORA, typed, "1.2.3"))
    assert reply["text"] == "That is a lot at once: please wait a minute."
    assert "Nothing was saved." in str(reply["blocks"])
    assert "You typed" in str(reply["blocks"])
    assert audit(office.url) == before


@pytest.mark.parametrize("typed", ["", "15", "15 kent", "overdue", "history 15", "update 15 kent", "help"])
def test_a_command_that_only_reads_is_answered(office: Office, typed: str) -> None:
    reply = office.send(office.spent, command(CORA, typed, "1.2.3"))
    assert "That is a lot" not in str(reply)


def undo(office: Office) -> Json:
    seq = office.types(ALICE, "note 15: text")
    return click(ALICE, f"undo:{seq}", str(seq), "1.1")


def quote(office: Office) -> Json:
    seq = office.types(ALICE, "note 15: text")
    return click(ALICE, "allow-publishing", str(seq), "1.1")


def grant_more_time(office: Office) -> Json:
    seq = office.types(ALICE, "extend 15 30 Apr 2025: why")
    return click(CORA, f"grant-extension:{seq}", str(seq), "1.1")


def ask_to_quote(office: Office) -> Json:
    seq = office.types(ALICE, "note 15: text")
    return click(CORA, f"ask-quoting:{seq}", str(seq), "1.1")


def choose(_office: Office) -> Json:
    return click(ALICE, "choose-1", "note 15: text", "1.1")


def send_the_form(office: Office) -> Json:
    office.types(ALICE, "update 15")
    entry = {"note": {"type": "plain_text_input", "value": "by form"}}
    return submission(ALICE, office.slack.form, entry, "V1")


@pytest.mark.parametrize(
    "payload",
    [undo, quote, grant_more_time, ask_to_quote, choose, send_the_form],
    ids=lambda payload_of: payload_of.__name__,
)
def test_a_button_or_a_form_that_writes_is_refused(office: Office, payload: Callable[[Office], Json]) -> None:
    sent = payload(office)
    before = audit(office.url)
    office.send(office.spent, sent)
    assert audit(office.url) == before
    office.send(office.ordinary, sent)
    assert len(audit(office.url)) > len(before)
