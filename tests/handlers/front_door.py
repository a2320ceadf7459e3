"""The real Bolt app at a register of its own: signed requests go in at the front, replies are examined."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.domain.register.people import Membership, Person, PersonKey
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from bot.standin.examination import examine, examine_view
from storage.store import Store
from tests import cast
from tests.cast import ED, GUS, HOME, NOW

Json = dict[str, Any]

SECRET = "a secret for signing"
# The only addresses that a reply may link to: those of the example's own report.
REPORT = ("https://www.gov.uk/", "https://assets.publishing.service.gov.uk/")


class Everybody:
    """A directory in which whoever a test grants something can be found."""

    def look_up(self, who: PersonKey) -> Person | None:
        known = {GUS.user_id: ("Gus Reed", Membership.GUEST), ED.user_id: ("Ed Moss", Membership.MEMBER)}
        if who.user_id not in known:
            return None
        name, membership = known[who.user_id]
        return Person(PersonKey(HOME, who.user_id), name, membership, NOW)


@dataclass
class Forms:
    """Slack's forms: each that comes up is held to its rules, and what it shows in the end is remembered."""

    opened: list[Json] = field(default_factory=list)

    def views_open(self, *, trigger_id: str, view: Json) -> Json:
        assert examine_view(view, "modal", allowed_links=REPORT) == []
        self.opened.append(view)
        return {"view": {"id": f"V{len(self.opened)}"}}

    def views_push(self, *, trigger_id: str, view: Json) -> Json:
        raise AssertionError("nothing is pressed in an open form here")

    def views_update(self, *, view: Json, view_id: str = "", external_id: str = "") -> Json:
        assert examine_view(view, "modal", allowed_links=REPORT) == []
        self.opened[int(view_id[1:]) - 1] = view
        return {"view": {"id": view_id}}

    def views_publish(self, *, user_id: str, view: Json) -> Json:
        raise AssertionError("no command draws a Home")


class Files:
    """Slack's files, which take whatever a command sends."""

    def conversations_open(self, *, users: str) -> Json:
        return {"channel": {"id": f"D{users[1:]}"}}

    def files_upload_v2(self, *, file: str | bytes, **facts: Any) -> None:
        assert file


@dataclass
class FrontDoor:
    """`types` is one slash command, all the way through; every reply is held to the rules of a valid one."""

    app: App
    forms: Forms
    store: Store
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def types(self, who: PersonKey, text: str) -> Json:
        """The reply, or the form that came up instead."""
        before = len(self.forms.opened)
        payload = self._payload(who, text)
        # Only JSON, as Socket Mode delivers it, can carry half a character.
        request = _by_socket(payload) if _has_half_characters(text) else _by_http(payload)
        response = self.app.dispatch(request)
        assert response.status == 200, text
        if len(self.forms.opened) > before:
            assert not response.body, text
            return self.forms.opened[-1]
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
    forms = Forms()
    services = replace(register.services(), directory=Everybody(), views=forms, files=Files())
    client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
    try:
        app = create_app(services, client, Identity(HOME, "U0BOT", "B0BOT"), SECRET)
        yield FrontDoor(app, forms, register.store)
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
