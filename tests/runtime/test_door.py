import http.client
import logging
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from bot.runtime import version
from bot.runtime.http.door import EVENTS_PATH, door, nothing_here
from bot.runtime.http.server import Server, serve
from bot.runtime.http.wsgi import BODY_LIMIT

SIGNED = {"X-Slack-Request-Timestamp": "1741597170", "X-Slack-Signature": "v0=" + "0a" * 32}


class Bolt:
    """Stands for the app behind the door: echoes the body, and keeps what came through."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.bodies.append(body)
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def bolt() -> Bolt:
    return Bolt()


def ask(
    app: Any,
    method: str = "POST",
    path: str = EVENTS_PATH,
    *,
    body: bytes = b"command=%2Frecs",
    headers: dict[str, str] = SIGNED,
    length: str | None = None,
    ready: Callable[[], list[str]] = list,
    metrics: Callable[[], str] = str,
) -> tuple[int, str, dict[str, str]]:
    """What a request gets at the door: status, text, headers."""
    answered: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        answered.update(status=int(status[:3]), headers=dict(headers))
        return BytesIO().write

    path, _, query = path.partition("?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)) if length is None else length,
        "wsgi.input": BytesIO(body),
    } | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    content = b"".join(door(app, ready, metrics)(environ, start_response))
    return answered["status"], content.decode(), answered["headers"]


def test_a_well_formed_request_goes_through_whole(bolt: Bolt) -> None:
    status, text, _ = ask(bolt, body="text=15 – é".encode())
    assert (status, text) == (200, "text=15 – é")
    assert bolt.bodies == ["text=15 – é".encode()]


@pytest.mark.parametrize("timestamp", [None, "", "now", "1741597170.5", "-1", " 1", "1" * 13, "١٢٣", "1\n"])
def test_a_time_stamp_that_is_no_number_is_refused(bolt: Bolt, timestamp: str | None) -> None:
    headers = {k: v for k, v in (SIGNED | {"X-Slack-Request-Timestamp": timestamp}).items() if v is not None}
    assert ask(bolt, headers=headers)[0] == 401
    assert bolt.bodies == []


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "v0=",
        "0a" * 32,
        "v0=" + "0A" * 32,
        "v0=" + "0a" * 31,
        "v0=" + "0a" * 33,
        "v1=" + "0a" * 32,
        "v0=" + "é" * 64,
        "v0=" + "0a" * 32 + "\n",
        "v0=" + "0a" * 32 + ", v0=" + "0a" * 32,
    ],
)
def test_a_signature_of_another_shape_is_refused(bolt: Bolt, signature: str | None) -> None:
    headers = {k: v for k, v in (SIGNED | {"X-Slack-Signature": signature}).items() if v is not None}
    assert ask(bolt, headers=headers)[0] == 401
    assert bolt.bodies == []


@pytest.mark.parametrize("body", [b"text=\xff", b"\xc3", b"text=\xed\xa0\x80"])
def test_a_body_that_is_not_utf8_is_refused(bolt: Bolt, body: bytes) -> None:
    assert ask(bolt, body=body)[0] == 401
    assert bolt.bodies == []


def test_a_body_over_one_megabyte_is_refused_unread(bolt: Bolt) -> None:
    assert ask(bolt, body=b"x" * BODY_LIMIT)[0] == 200
    bolt.bodies.clear()
    assert ask(bolt, length=str(BODY_LIMIT + 1))[0] == 413
    assert bolt.bodies == []


@pytest.mark.parametrize("length", ["many", "-1", "1e3", "9" * 19])
def test_a_length_that_is_no_number_is_refused(bolt: Bolt, length: str) -> None:
    assert ask(bolt, length=length)[0] == 400
    assert bolt.bodies == []


@pytest.mark.parametrize("path", ["/", "", "/slack/events/", "/slack/Events", "/slack", "/metrics/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_is_nothing_at_any_other_path(bolt: Bolt, method: str, path: str) -> None:
    assert ask(bolt, method=method, path=path)[0] == 404
    assert bolt.bodies == []


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", EVENTS_PATH, "POST"),
        ("PUT", EVENTS_PATH, "POST"),
        ("POST", "/healthz", "GET"),
        ("DELETE", "/readyz", "GET"),
        ("POST", "/metrics", "GET"),
    ],
)
def test_another_method_is_refused_with_the_one_to_use(
    bolt: Bolt, method: str, path: str, allowed: str
) -> None:
    status, _, headers = ask(bolt, method=method, path=path)
    assert (status, headers["Allow"]) == (405, allowed)
    assert bolt.bodies == []


@pytest.mark.parametrize("fields", ["ssl_check=1", "token=abc&ssl_check=1", "ssl_check=1&token="])
@pytest.mark.parametrize("headers", [{}, SIGNED])
def test_slacks_look_at_the_certificate_is_answered_though_it_is_not_signed(
    bolt: Bolt, fields: str, headers: dict[str, str]
) -> None:
    assert ask(bolt, body=fields.encode(), headers=headers)[0] == 200
    assert ask(bolt, "GET", EVENTS_PATH + "?" + fields, body=b"", headers=headers)[0] == 200
    assert bolt.bodies == []


@pytest.mark.parametrize(
    "fields", ["", "ssl_check=0", "ssl_check", "ssl_check=1&command=%2Frecs&text=15", "payload=ssl_check%3D1"]
)
def test_nothing_else_that_is_unsigned_passes_for_a_look_at_the_certificate(bolt: Bolt, fields: str) -> None:
    assert ask(bolt, body=fields.encode(), headers={})[0] == 401
    assert ask(bolt, "GET", EVENTS_PATH + "?" + fields, body=b"", headers={})[0] == 405
    assert ask(bolt, body=b"ssl_check=1&token=" + b"x" * 1000, headers={})[0] == 401
    assert ask(bolt, body=b"ssl_check=1", headers={}, length="-1")[0] == 400
    assert bolt.bodies == []


def test_where_requests_come_by_socket_mode_no_look_at_the_certificate_is_answered() -> None:
    assert ask(nothing_here, "GET", EVENTS_PATH + "?ssl_check=1", body=b"", headers={})[0] == 405
    assert ask(nothing_here, body=b"ssl_check=1", headers={})[0] == 401


def test_the_process_is_alive_even_when_it_cannot_work_and_says_its_version(bolt: Bolt) -> None:
    status, text, _ = ask(bolt, "GET", "/healthz", ready=lambda: ["database: not reachable"])
    assert (status, text) == (200, f"alive\nrecbot {version.installed()}\n")


def test_ready_says_what_stands_in_the_way_a_line_each(bolt: Bolt) -> None:
    assert ask(bolt, "GET", "/readyz")[:2] == (200, "ready\n")
    problems = ["database: not reachable", "token: revoked"]
    assert ask(bolt, "GET", "/readyz", ready=lambda: problems)[:2] == (
        503,
        "database: not reachable\ntoken: revoked\n",
    )


def test_the_metrics_are_given_as_prometheus_reads_them(bolt: Bolt) -> None:
    status, text, headers = ask(bolt, "GET", "/metrics", metrics=lambda: "recbot_ready 1\n")
    assert (status, text) == (200, "recbot_ready 1\n")
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert bolt.bodies == []


def test_where_requests_come_another_way_only_the_health_paths_are_there() -> None:
    assert ask(nothing_here)[0] == 404
    assert ask(nothing_here, "GET", "/healthz")[0] == 200


class SlowApp:
    """An app that is under way until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.begun.set()
        self.let_go.wait(60)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]


@pytest.fixture
def server(bolt: Bolt) -> Iterator[Server]:
    with closing(serve(door(bolt, list), "127.0.0.1", 0, threads=4)) as running:
        yield running


def connect(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)


def test_the_server_answers_and_keeps_the_connection(server: Server) -> None:
    with closing(connect(server)) as connection:
        for n in range(3):
            connection.request("POST", EVENTS_PATH, body=f"n={n}", headers=SIGNED)
            assert connection.getresponse().read() == f"n={n}".encode()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (SIGNED | {"X-Slack-Signature": "v0=é"}, b"", 401),
        (SIGNED, b"\xff", 401),
    ],
)
def test_the_server_refuses_what_the_door_refuses(
    server: Server, bolt: Bolt, headers: dict[str, str], body: bytes, status: int
) -> None:
    with closing(connect(server)) as connection:
        connection.request("POST", EVENTS_PATH, body=body, headers=headers)
        assert connection.getresponse().status == status
    assert bolt.bodies == []


def test_the_server_refuses_an_oversize_body_before_it_is_sent(server: Server, bolt: Bolt) -> None:
    with closing(connect(server)) as connection:
        connection.putrequest("POST", EVENTS_PATH)
        for name, value in (SIGNED | {"Content-Length": str(BODY_LIMIT + 1)}).items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == 413
    assert bolt.bodies == []


def test_closing_finishes_what_is_under_way_and_accepts_nothing_more() -> None:
    app = SlowApp()
    before = set(threading.enumerate())
    server = serve(app, "127.0.0.1", 0, threads=2)
    with closing(connect(server)) as busy, closing(connect(server)) as idle:
        idle.connect()
        busy.request("POST", EVENTS_PATH)
        assert app.begun.wait(60)
        stopping = threading.Thread(target=server.close, kwargs={"timeout": 20})
        stopping.start()
        assert idle.sock.recv(1) == b""
        with closing(connect(server)) as late, pytest.raises(ConnectionRefusedError):
            late.connect()
        app.let_go.set()
        assert busy.getresponse().read() == b"done"
        stopping.join(60)
    assert not stopping.is_alive()
    assert "http" not in {thread.name for thread in set(threading.enumerate()) - before}


def test_closing_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    app = SlowApp()
    server = serve(app, "127.0.0.1", 0, threads=1)
    with closing(connect(server)) as busy, caplog.at_level(logging.ERROR):
        busy.request("POST", EVENTS_PATH)
        assert app.begun.wait(60)
        server.close(timeout=0.1)
        app.let_go.set()
        assert busy.getresponse().read() == b"done"


def test_closing_is_clean_where_the_loop_has_ended_already() -> None:
    before = set(threading.enumerate())
    server = serve(nothing_here, "127.0.0.1", 0, threads=2)
    server.close()
    server.close()
    assert not [thread.name for thread in set(threading.enumerate()) - before if "http" in thread.name]


def test_an_app_that_fails_is_answered_for_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("what a person typed")

    with closing(serve(failing, "127.0.0.1", 0, threads=1)) as server, closing(connect(server)) as connection:
        connection.request("POST", EVENTS_PATH)
        assert connection.getresponse().status == 500
    assert "RuntimeError" in caplog.text
    assert "what a person typed" not in caplog.text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: recbot\r\nContent-Length: many\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: recbot\r\nX-A: " + b"x" * 300_000 + b"\r\n\r\n", 431),
        (
            b"POST / HTTP/1.1\r\nHost: recbot\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"100000\r\n%s\r\n" % (b"x" * 0x100000) * 2,
            413,
        ),
    ],
    ids=["no request", "no length", "a long head", "chunks without an end"],
)
def test_what_is_no_request_or_too_long_a_one_is_refused_and_hung_up_on(
    server: Server, bolt: Bolt, sent: bytes, status: int
) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as connection:
        connection.sendall(sent)
        assert connection.recv(65_536).startswith(f"HTTP/1.1 {status} ".encode())
        while connection.recv(65_536):
            pass
    assert bolt.bodies == []


def test_a_header_with_an_underscore_does_not_pass_for_a_signature(server: Server, bolt: Bolt) -> None:
    with closing(connect(server)) as connection:
        headers = {name.replace("-", "_"): value for name, value in SIGNED.items()}
        connection.request("POST", EVENTS_PATH, body="a", headers=headers)
        assert connection.getresponse().status == 401
    assert bolt.bodies == []


def test_several_requests_that_come_in_one_piece_are_answered_in_their_order(server: Server) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in SIGNED.items())
    request = f"POST {EVENTS_PATH} HTTP/1.1\r\nHost: recbot\r\n{head}Content-Length: 1\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as connection:
        connection.sendall(b"".join(f"{request}{n}".encode() for n in range(3)))
        received = b""
        while received.count(b"HTTP/1.1 200") < 3 or not received.endswith(b"2"):
            received += connection.recv(65_536)
    assert [received.index(f"\r\n\r\n{n}".encode()) for n in range(3)] == sorted(
        received.index(f"\r\n\r\n{n}".encode()) for n in range(3)
    )


def test_an_answer_longer_than_the_other_end_takes_at_once_arrives_whole() -> None:
    long = b"x" * 8_000_000

    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [long]

    with closing(serve(app, "127.0.0.1", 0, threads=1)) as server, closing(connect(server)) as connection:
        connection.request("GET", "/")
        assert connection.getresponse().read() == long


def test_a_port_that_is_taken_is_an_error_at_once(server: Server) -> None:
    with pytest.raises(OSError, match="in use"):
        serve(Bolt(), "127.0.0.1", server.port)
