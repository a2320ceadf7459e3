"""Asks the page without a browser."""

import http.client
import json
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from bot.standin import StandIn


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Asks the page as a browser does, or as some other site's script would; waits so many seconds."""

    def __init__(self, slack: StandIn, patience: float = 60) -> None:
        self.slack = slack
        self.patience = patience
        self.host = urlsplit(slack.address).netloc

    def gets(self, path: str, **headers: str) -> Answered:
        return self._asks("GET", path, None, headers)

    def posts(self, path: str, sent: Any, **headers: str) -> Answered:
        body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        return self._asks("POST", path, body, {"Origin": f"http://{self.host}", **headers})

    def _asks(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answered:
        connection = http.client.HTTPConnection(self.host, timeout=self.patience)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items() if value}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Answered(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
