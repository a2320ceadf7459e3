"""Requests as Slack makes them, for a Bolt app that is asked directly."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication, WSGIEnvironment

from slack_sdk.signature import SignatureVerifier

from bot.domain.register.people import PersonKey
from bot.runtime.http.door import EVENTS_PATH

Json = dict[str, Any]

_HOME = {"id": "T0HOME", "domain": "association"}


@dataclass(frozen=True, slots=True)
class Signed:
    """The body and the headers of one request."""

    body: bytes
    timestamp: str
    signature: str


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    text: str

    @property
    def json(self) -> Json:
        answer: Json = json.loads(self.text) if self.text else {}
        return answer


def command(who: PersonKey, text: str, trigger: str) -> Json:
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
        "trigger_id": trigger,
    }


def click(who: PersonKey, action_id: str, value: str, ts: str) -> Json:
    """Return a click on a button of the message `ts`."""
    return {
        "type": "block_actions",
        "team": _HOME,
        "user": {"id": who.user_id, "team_id": who.team_id},
        "api_app_id": "A0RECBOT",
        "container": {"type": "message", "message_ts": ts, "channel_id": "C0COORD", "is_ephemeral": True},
        "channel": {"id": "C0COORD", "name": "coordination"},
        "trigger_id": f"1.2.{ts}",
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }


def submission(who: PersonKey, view: Json, entries: Mapping[str, Json], view_id: str) -> Json:
    """Return a form as it was opened, with `entries` (by field) in place of what stood in it."""
    values: dict[str, Json] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            field = block["element"]["action_id"]
            values[block["block_id"]] = {field: entries.get(field, _as_opened(block["element"]))}
    return {
        "type": "view_submission",
        "team": _HOME,
        "user": {"id": who.user_id, "team_id": who.team_id},
        "api_app_id": "A0RECBOT",
        "trigger_id": f"1.2.{view_id}",
        "view": {
            "id": view_id,
            "type": "modal",
            "callback_id": view["callback_id"],
            "private_metadata": view.get("private_metadata", ""),
            "state": {"values": values},
        },
        "response_urls": [],
    }


def _as_opened(element: Json) -> Json:
    state = {
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "selected_date": element.get("initial_date"),
    }
    return {"type": element["type"], **state}


def signed(payload: Json, secret: str, signed_at: float | None = None) -> Signed:
    """Sign a payload as posted to the request URL, at a Unix time (now)."""
    form = payload if "command" in payload else {"payload": json.dumps(payload)}
    body, stamp = urlencode(form), str(int(time.time() if signed_at is None else signed_at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return Signed(body.encode(), stamp, signature or "")


def post(app: WSGIApplication, request: Signed, **headers: str | None) -> Answered:
    """Post a request through a WSGI app; `headers` in place of the request's own, None for none."""
    answered: Json = {}

    def start_response(status: str, _headers: list[tuple[str, str]], *_: object) -> Any:
        answered["status"] = int(status[:3])
        return BytesIO().write

    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": EVENTS_PATH,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": BytesIO(request.body),
    }
    ours: dict[str, str | None] = {"timestamp": request.timestamp, "signature": request.signature}
    for name, value in (ours | headers).items():
        if value is not None:
            environ[{"timestamp": _TIMESTAMP, "signature": _SIGNATURE}[name]] = value
    text = b"".join(app(environ, start_response)).decode()
    return Answered(answered["status"], text)


_TIMESTAMP = "HTTP_X_SLACK_REQUEST_TIMESTAMP"
_SIGNATURE = "HTTP_X_SLACK_SIGNATURE"
