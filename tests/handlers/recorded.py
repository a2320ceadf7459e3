"""Recorded payloads, sent to the real app: by HTTP through the door, signed, or by Socket Mode."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.domain.values import replace
from bot.runtime.http.door import EVENTS_PATH, door
from bot.runtime.socket_frames import answer_envelope
from bot.runtime.wiring.bolt_workarounds import ForgivingRequestHandler
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from tests import cast
from tests.cast import HOME
from tests.handlers.front_door import SECRET, TO_BE_FOUND
from tests.handlers.recording_slack import RecordingSlack

Json = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "recorded"


def recorded(name: str) -> Json:
    """A payload in the shape in which Slack sends it."""
    payload: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return payload


@dataclass(frozen=True)
class Answered:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def json(self) -> Json:
        answer: Json = json.loads(self.text) if self.text else {}
        return answer


class Socket:
    """A Socket Mode connection, as far as an app answers by it."""

    def __init__(self) -> None:
        self.sent: list[SocketModeResponse] = []

    def send_message(self, message: str) -> None:
        self.sent.append(SocketModeResponse(**json.loads(message)))


@dataclass
class Slack:
    """The app at a register of its own, and what it did to Slack."""

    app: App
    register: cast.Register
    forms: RecordingSlack

    def posts(self, payload: Json) -> Answered:
        """As Slack posts this kind of payload, signed."""
        if payload.get("type") in ("event_callback", "url_verification"):
            return self.posts_body(json.dumps(payload).encode(), "application/json")
        whole = payload if "type" not in payload else {"payload": json.dumps(payload)}
        return self.posts_body(urlencode(whole).encode())

    def posts_body(
        self, body: bytes, content_type: str = "application/x-www-form-urlencoded", *, signed: bool = True
    ) -> Answered:
        return ask(self._wsgi, "POST", body, content_type, headers=_signed(body) if signed else {})

    def gets(self, query: str) -> Answered:
        return ask(self._wsgi, "GET", b"", "", query=query)

    def sends(self, payload: Any, kind: str = "interactive") -> SocketModeResponse:
        """By Socket Mode; the one answer to its envelope."""
        socket = Socket()
        request = SocketModeRequest(type=kind, envelope_id="1", payload=payload)
        answer_envelope(self.app, socket, request)
        [answer] = socket.sent
        assert answer.envelope_id == "1"
        return answer

    @property
    def _wsgi(self) -> WSGIApplication:
        return door(ForgivingRequestHandler(self.app), list)


@contextmanager
def slack(url: str, **replaced: Any) -> Iterator[Slack]:
    register = cast.stalking_case(url)
    forms = RecordingSlack(people=TO_BE_FOUND)
    services = replace(register.services(), views=forms, directory=forms)
    services = replace(services, **replaced)
    client = WebClient("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
    try:
        yield Slack(create_app(services, client, Identity(HOME, "U0BOT", "B0BOT"), SECRET), register, forms)
    finally:
        register.store.database.close()


def ask(
    app: WSGIApplication,
    method: str,
    body: bytes,
    content_type: str,
    *,
    query: str = "",
    headers: Mapping[str, str] | None = None,
) -> Answered:
    answered: Json = {}

    def start_response(status: str, sent_headers: list[tuple[str, str]], *_: object) -> Any:
        answered.update(status=int(status[:3]), headers=dict(sent_headers))
        return BytesIO().write

    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": EVENTS_PATH,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **(headers or {}),
    }
    text = b"".join(app(environ, start_response)).decode()
    return Answered(answered["status"], text, answered["headers"])


def _signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {"HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp, "HTTP_X_SLACK_SIGNATURE": signature or ""}
