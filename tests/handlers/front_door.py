"""The real Bolt app at a register of its own: signed requests go in at the front, replies are examined."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.domain.register.people import Membership, Person, PersonKey, Role
from bot.domain.values import replace
from bot.runtime.wiring.bolt_workarounds import ForgivingApp
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from bot.standin.examination import examine
from storage import bodies, people
from storage.store import Store
from tests import cast
from tests.cast import ED, GUS, HOME, NOW
from tests.handlers.recording_slack import RecordingSlack

Json = dict[str, Any]

SECRET = "a secret for signing"
# The only addresses that a reply may link to: those of the example's own report.
REPORT = ("https://www.gov.uk/", "https://assets.publishing.service.gov.uk/")


# Whoever a test grants something can be found.
TO_BE_FOUND = {
    GUS.user_id: Person(PersonKey(HOME, GUS.user_id), "Gus Reed", Membership.GUEST, NOW),
    ED.user_id: Person(PersonKey(HOME, ED.user_id), "Ed Moss", Membership.MEMBER, NOW),
}


def behind_the_door() -> RecordingSlack:
    """Slack, where nothing is pressed in an open form, and no command draws a Home."""
    unexpected = {method: AssertionError(method) for method in ("views_push", "views_publish")}
    return RecordingSlack(broken=dict(unexpected), allowed_links=REPORT, people=TO_BE_FOUND)


@dataclass
class FrontDoor:
    """`types` is one slash command, all the way through; every reply is held to the rules of a valid one."""

    app: ForgivingApp
    slack: RecordingSlack
    store: Store
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def types(self, who: PersonKey, text: str) -> Json:
        """The reply, or the form that came up instead."""
        before = len(self.slack.forms)
        payload = self._payload(who, text)
        # Only JSON, as Socket Mode delivers it, can carry half a character.
        request = _by_socket(payload) if _has_half_characters(text) else _by_http(payload)
        response = self.app.dispatch(request)
        assert response.status == 200, text
        if len(self.slack.forms) > before:
            assert not response.body, text
            return self.slack.form
        assert "json" in response.headers["content-type"][0]
        reply: Json = json.loads(response.body)
        must_be_valid(reply, text)
        return reply

    def sends(self, submission: Json) -> Json:
        """A form that somebody sends; what the acknowledgement says to do with it."""
        response = self.app.dispatch(_by_http({"payload": json.dumps(submission)}))
        assert response.status == 200
        answer: Json = json.loads(response.body) if response.body else {}
        return answer

    def makes_contact(self, who: PersonKey, slug: str) -> None:
        """Let somebody speak for one more body."""
        with self.store.begin() as connection:
            code = next(body.code for body in bodies.everyone(connection) if body.slug == slug)
            people.grant(connection, who, Role.CONTACT, code, NOW)

    def _payload(self, who: PersonKey, text: str) -> dict[str, str]:
        return {
            "token": "unused",
            "team_id": who.team_id,
            "team_domain": "association",
            "channel_id": "C0COORD",
            "channel_name": "coordination",
            "user_id": who.user_id,
            "user_name": who.user_id.lower(),
            "command": "/recs",
            "text": text,
            "api_app_id": "A0RECBOT",
            "response_url": "https://hooks.slack.com/commands/1",
            "trigger_id": f"1.2.{next(self._numbers)}",
        }


@contextmanager
def front_door(url: str) -> Iterator[FrontDoor]:
    register = cast.stalking_case(url)
    slack = behind_the_door()
    services = replace(register.services(), directory=slack, views=slack, files=slack)
    client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
    try:
        app = create_app(services, client, Identity(HOME, "U0BOT", "B0BOT"), SECRET)
        yield FrontDoor(app, slack, register.store)
    finally:
        register.store.database.close()


def must_be_valid(reply: Json, typed: str) -> None:
    """The contract of a reply; and nothing in it may be an unforeseen failure put in words."""
    assert reply["response_type"] == "ephemeral", typed
    assert reply["text"].strip(), typed
    assert "Something went wrong" not in reply["text"], typed
    assert len(reply.get("blocks", ())) < 50, typed
    assert len(json.dumps(reply, ensure_ascii=False)) <= 20_000, typed
    assert examine(reply, allowed_links=REPORT) == [], typed


def buttons(reply: Json) -> list[Json]:
    return [
        element
        for block in reply.get("blocks", ())
        for element in block.get("elements", ())
        if element["type"] == "button"
    ]


def _by_http(payload: dict[str, str]) -> BoltRequest:
    body, now = urlencode(payload), str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    return BoltRequest(
        body=body,
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": now,
            "x-slack-signature": signature or "",
        },
    )


def _by_socket(payload: dict[str, str]) -> BoltRequest:
    return BoltRequest(mode="socket_mode", body=json.loads(json.dumps(payload)))


def _has_half_characters(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
