"""A dropped file is read from Slack's own host alone, in bounds, and nowhere else goes the token."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.domain.refusals.request import NotReachable
from bot.domain.register.imports import FileRefused
from handlers.slack_files import LARGEST, SlackFileReader

TOKEN = "xoxb-canary"


class Host:
    """Files by their path; every request is remembered with its token."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str]] = []
        self.content = b"user,body\n"
        self.redirects_to = ""
        self.base = ""


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as made:
        yield made


@contextmanager
def serving() -> Iterator[Host]:
    made = Host()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.requests.append((self.path, self.headers["authorization"]))
            if made.redirects_to:
                self.send_response(302)
                self.send_header("location", made.redirects_to)
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(made.content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.base = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Slack(WebClient):
    """What `files.info` says of every file."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(TOKEN)
        self.facts = facts

    def files_info(self, *, file: str, **_arguments: Any) -> Any:
        return {"file": {"id": file, "name": "a.csv", "size": 10, "user": "U0CORA", **self.facts}}


def test_it_is_read_with_the_token_where_slack_says(host: Host) -> None:
    reader = SlackFileReader(Slack(url_private_download=f"{host.base}a.csv"), [host.base])
    file = reader.fetch("F1")
    assert (file.name, file.user_id, file.content) == ("a.csv", "U0CORA", b"user,body\n")
    assert host.requests == [("/a.csv", f"Bearer {TOKEN}")]


@pytest.mark.parametrize(
    "address",
    ["https://drive.example.org/a.csv", "http://files.slack.com.example.org/a", "file:///etc/passwd", ""],
)
def test_an_address_elsewhere_is_not_asked(host: Host, address: str) -> None:
    with pytest.raises(FileRefused):
        SlackFileReader(Slack(url_private_download=address), [host.base]).fetch("F1")
    assert host.requests == []


def test_a_redirect_is_not_followed(host: Host) -> None:
    with serving() as elsewhere:
        host.redirects_to = f"{elsewhere.base}signin"
        with pytest.raises(NotReachable):
            SlackFileReader(Slack(url_private=f"{host.base}a.csv"), [host.base]).fetch("F1")
        assert elsewhere.requests == []


def test_no_more_is_read_than_may_be(host: Host) -> None:
    with pytest.raises(FileRefused):
        SlackFileReader(Slack(url_private=f"{host.base}a.csv", size=LARGEST + 1), [host.base]).fetch("F1")
    assert host.requests == []
    host.content = b"x" * (LARGEST + 1)
    with pytest.raises(FileRefused):
        SlackFileReader(Slack(url_private=f"{host.base}a.csv"), [host.base]).fetch("F1")
