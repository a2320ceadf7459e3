"""The HTTP door: what is not Slack's shape is turned away before Bolt sees it; health is answered here."""

import math
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from bot.runtime.connections import ConnectionServer, Limits, room_for
from bot.runtime.metrics import CONTENT_TYPE as METRICS

EVENTS_PATH = "/slack/events"
BODY_LIMIT = 1_048_576  # bytes; Slack's own requests are far smaller

_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}
# Of a body, so many bytes: what is longer is no look at the certificate.
_SHORT = r"[0-9]{1,3}"
_ALLOWED = {"/healthz": "GET", "/readyz": "GET", "/metrics": "GET", EVENTS_PATH: "POST"}


def door(
    app: WSGIApplication, ready: Callable[[], list[str]], metrics: Callable[[], str] = str
) -> WSGIApplication:
    """`app` behind a door that lets through only well-formed, signed-looking posts to `/slack/events`.

    Slack's look at the certificate is not signed, and answered here.
    `ready` says what stands in the way of work, one line a problem; it is asked at each `/readyz`, and
    `metrics` at each `/metrics`.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        allowed = _ALLOWED.get(path)
        if allowed is None:
            return _answer(start_response, 404)
        if path == EVENTS_PATH and app is not nothing_here and _is_ssl_check(environ):
            return _answer(start_response, 200)
        if environ["REQUEST_METHOD"] != allowed:
            return _answer(start_response, 405, headers=[("Allow", allowed)])
        if path == "/healthz":
            return _answer(start_response, 200, "alive")
        if path == "/readyz":
            problems = ready()
            return _answer(start_response, 503 if problems else 200, "\n".join(problems) or "ready")
        if path == "/metrics":
            return _answer(start_response, 200, metrics(), content_type=METRICS)
        refusal = _refusal(environ)
        if refusal is not None:
            return _answer(start_response, refusal)
        return app(environ, start_response)

    return guarded


def nothing_here(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The app behind the door where requests come another way."""
    return _answer(start_response, 404)


class Server:
    """A running HTTP server."""

    # waitress's published types leave out the parts that a clean stop needs, hence Any.
    def __init__(self, server: Any) -> None:
        self._server = server
        self.port = int(server.effective_port)
        self._thread = threading.Thread(target=server.run, name="http", daemon=True)
        self._thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Accepts nothing more, finishes what is under way, at most `timeout` seconds long, and ends."""
        deadline = time.monotonic() + timeout
        self._in_its_thread(self._stop_accepting)
        while self._server.active_channels and time.monotonic() < deadline:
            self._in_its_thread(self._hang_up_where_idle)
            time.sleep(0.02)
        workers = self._server.task_dispatcher
        workers.shutdown(timeout=max(0.0, deadline - time.monotonic()))
        # A worker that is still busy may yet write to the loop's descriptors: then they stay open.
        if not workers.threads:
            self._in_its_thread(self._end)
            self._thread.join()
            # Not in the loop's thread: it may come to `_end` before this one has done waking it, and who
            # writes into a closed pipe fails.
            self._server.trigger.close()

    def _in_its_thread(self, act: Callable[[], None]) -> None:
        # waitress's sockets belong to the thread of its loop.
        self._server.trigger.pull_trigger(act)

    def _stop_accepting(self) -> None:
        self._server.del_channel()
        self._server.socket.close()

    def _hang_up_where_idle(self) -> None:
        for channel in list(self._server.active_channels.values()):
            if not channel.requests and channel.request is None and not channel.total_outbufs_len:
                channel.will_close = True

    def _end(self) -> None:
        """Leaves the loop nothing to wait for, which ends it."""
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.trigger.del_channel()


def serve(
    app: WSGIApplication, host: str, port: int, threads: int = 16, limits: Limits | None = None
) -> Server:
    """Answers on `host`:`port` (0: any free one) in the background. Raises OSError if that cannot be had."""
    limits = limits or Limits()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=1024)
    most = room_for(limits)
    workers = ThreadedTaskDispatcher()
    workers.set_thread_count(threads)
    settings = Adjustments(
        sockets=[listening],
        threads=threads,
        max_request_body_size=BODY_LIMIT,
        max_request_header_size=65_536,
        channel_timeout=math.ceil(limits.idle),
        # Never reached: it would close the door to whoever comes next.
        connection_limit=2 * most,
        cleanup_interval=1,
        asyncore_use_poll=True,
        ident=None,
    )
    return Server(
        ConnectionServer(
            app,
            _sock=listening,
            dispatcher=workers,
            adj=settings,
            sockinfo=(family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
            limits=limits,
            most=most,
        )
    )


def _is_ssl_check(environ: WSGIEnvironment) -> bool:
    """https://docs.slack.dev/interactivity/implementing-slash-commands: by GET, or as a short form."""
    if environ["REQUEST_METHOD"] == "GET":
        sent = environ.get("QUERY_STRING", "")
    elif environ["REQUEST_METHOD"] == "POST" and re.fullmatch(_SHORT, environ.get("CONTENT_LENGTH") or ""):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        sent = body.decode("utf-8", errors="replace")
    else:
        return False
    fields = dict(parse_qsl(sent))
    return fields.get("ssl_check") == "1" and fields.keys() <= {"ssl_check", "token"}


def _refusal(environ: WSGIEnvironment) -> int | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch(r"[0-9]{1,18}", length):
        return 400
    if int(length) > BODY_LIMIT:
        return 413
    if not re.fullmatch(r"[0-9]{1,12}", environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")):
        return 401
    if not re.fullmatch(r"v0=[0-9a-f]{64}", environ.get("HTTP_X_SLACK_SIGNATURE", "")):
        return 401
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return 401
    return None


def _answer(
    start_response: StartResponse,
    status: int,
    text: str = "",
    headers: Iterable[tuple[str, str]] = (),
    content_type: str = "text/plain; charset=utf-8",
) -> list[bytes]:
    body = f"{(text or _STATUS[status]).rstrip()}\n".encode()
    start_response(
        _STATUS[status],
        [("Content-Type", content_type), ("Content-Length", str(len(body))), *headers],
    )
    return [body]
