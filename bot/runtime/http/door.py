"""The HTTP door: what is not Slack's shape is turned away before Bolt sees it; health is answered here."""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot.runtime import version
from bot.runtime.http.wsgi import BODY_LIMIT
from bot.runtime.metrics import CONTENT_TYPE as METRICS

EVENTS_PATH = "/slack/events"

_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}
# A body's length as Slack sends it when it looks at the certificate: below 1,000 bytes.
_SHORT = r"[0-9]{1,3}"
_ALLOWED = {"/healthz": "GET", "/readyz": "GET", "/metrics": "GET", EVENTS_PATH: "POST"}


def door(
    app: WSGIApplication, ready: Callable[[], list[str]], metrics: Callable[[], str] = str
) -> WSGIApplication:
    """Return `app` behind a door that lets through only well-formed, signed-looking posts to `/slack/events`.

    Slack's look at the certificate is not signed, and is answered here.

    `ready` returns a line for each problem that stands in the way of work; it is called at each `/readyz`,
    and `metrics` at each `/metrics`."""

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
            return _answer(start_response, 200, f"alive\nrecbot {version.installed()}")
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
    """Answer 404: the app behind the door where requests come another way."""
    return _answer(start_response, 404)


def _is_ssl_check(environ: WSGIEnvironment) -> bool:
    """Return whether Slack looks at the certificate, by GET or as a short form
    (https://docs.slack.dev/interactivity/implementing-slash-commands)."""
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
