"""A request as a WSGI app takes it (https://peps.python.org/pep-3333/), and its answer as bytes."""

import logging
import sys
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

import h11
from msgspec import Struct

log = logging.getLogger(__name__)

BODY_LIMIT = 1_048_576  # bytes; Slack's own requests are far smaller
# Pieces of a body that comes in chunks. Each costs time in the one thread that reads for all.
CHUNKS_LIMIT = 1_000
_BODYLESS = (204, 304)

Headers = list[tuple[bytes, bytes]]


class Refused(Exception):
    """A request that is answered before it is read whole."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Request(Struct, frozen=True):
    head: h11.Request
    body: bytes
    # The address that it came from.
    host: str
    # The port that it came to.
    port: int

    def environ(self) -> WSGIEnvironment:
        path, _, query = self.head.target.partition(b"?")
        if not path.startswith(b"/") and b"://" in path:
            # A whole address. One within a path is a part of it: a proxy has let that path through.
            path = b"/" + path.partition(b"://")[2].partition(b"/")[2]
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.head.method.decode("ascii"),
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": "recbot",
            "SERVER_PORT": str(self.port),
            "SERVER_PROTOCOL": f"HTTP/{self.head.http_version.decode('ascii')}",
            "REMOTE_ADDR": self.host,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        self._add_headers(environ)
        if self.body:
            # Chunks tell no length.
            environ["CONTENT_LENGTH"] = str(len(self.body))
        return environ

    def _add_headers(self, environ: dict[str, Any]) -> None:
        for name, value in self.head.headers:
            # A name with an underscore would pass for another one with a hyphen.
            if b"_" in name:
                continue
            key = _key_of(name.decode("ascii"))
            text = value.decode("latin-1")
            environ[key] = f"{environ[key]}, {text}" if key in environ else text


def must_have_one_length(head: h11.Request) -> None:
    """Raises Refused for a request of two lengths: a proxy may go by the other one, and take the body's end
    for a request (https://www.rfc-editor.org/rfc/rfc9112#section-6.1)."""
    names = {name for name, _ in head.headers}
    if {b"content-length", b"transfer-encoding"} <= names:
        raise Refused(HTTPStatus.BAD_REQUEST)


def stated_length(head: h11.Request) -> int:
    """Return how many bytes the body has by the head; 0 where it does not tell."""
    return int(next((value for name, value in head.headers if name == b"content-length"), b"0"))


def must_be_short(size: int) -> None:
    """Raises Refused for a body of more bytes than are read."""
    if size > BODY_LIMIT:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def answer(app: WSGIApplication, request: Request, parser: h11.Connection) -> bytes:
    """Return the app's whole answer. It is a 500 where the app fails, which is logged without its words."""
    try:
        status, headers, body = _call(app, request)
        return _written(parser, status, headers, body, is_head=request.head.method == b"HEAD")
    except Exception as error:
        log.error("a request was not answered: %s", type(error).__name__)
        if parser.our_state is not h11.SEND_RESPONSE:
            return b""
        return refusal(parser, Refused(HTTPStatus.INTERNAL_SERVER_ERROR))


def refusal(parser: h11.Connection, error: h11.RemoteProtocolError | Refused) -> bytes:
    """Return the answer to what is no request, or too long a one; nothing where no answer can be sent."""
    status = error.status if isinstance(error, Refused) else HTTPStatus(error.error_status_hint)
    if parser.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
        return b""
    headers = [(b"Content-Type", b"text/plain; charset=utf-8"), (b"Connection", b"close")]
    body = f"{status.value} {status.phrase}\n".encode()
    return _written(parser, status, headers, body, is_head=False)


def continuation(parser: h11.Connection) -> bytes:
    """Return what lets the other end send a body that it asked leave for."""
    return parser.send(h11.InformationalResponse(status_code=100, headers=[])) or b""


def _call(app: WSGIApplication, request: Request) -> tuple[int, Headers, bytes]:
    started: list[tuple[int, Headers]] = []
    written: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started.append((int(status[:3]), encoded))
        return written.append

    result = app(request.environ(), start_response)
    written += result
    if hasattr(result, "close"):
        result.close()
    status, headers = started[-1]
    return status, headers, b"".join(written)


def _written(parser: h11.Connection, status: int, headers: Headers, body: bytes, *, is_head: bool) -> bytes:
    if all(name.lower() != b"content-length" for name, _ in headers) and status not in _BODYLESS:
        headers = [*headers, (b"Content-Length", str(len(body)).encode())]
    headers = [*headers, (b"Date", formatdate(usegmt=True).encode())]
    reason = HTTPStatus(status).phrase.encode() if status in HTTPStatus._value2member_map_ else b""
    parts = [parser.send(h11.Response(status_code=status, headers=headers, reason=reason))]
    if body and not is_head and status not in _BODYLESS:
        parts.append(parser.send(h11.Data(data=body)))
    parts.append(parser.send(h11.EndOfMessage()))
    return b"".join(part or b"" for part in parts)


def _key_of(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
