"""Where Bolt (slack_bolt 1.30) would answer a request wrongly or not at all. Each part says what for.

Socket Mode's frames are slack_sdk's own and have a file of theirs, `bot/runtime/socket_frames.py`."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.error import BoltUnhandledRequestError

from bot.operations.request.context import Services
from handlers import errors, listeners, older

log = logging.getLogger(__name__)

_BAD_REQUEST = 400


class ForgivingApp(App):
    """Bolt's app, which reads every command, answers whatever goes wrong, and has each answer's time noted:
    that is what Slack and the person wait for."""

    def __init__(self, services: Services, acknowledged: Callable[[float], None], **arguments: Any) -> None:
        """Hand `services` to listeners, and call `acknowledged` with the seconds that each answer took."""
        super().__init__(
            # The answer is the acknowledgement. With Bolt's default a listener runs in another thread, and
            # the request's own looks every 10 ms whether it has acknowledged
            # (slack_bolt/listener/thread_runner.py; https://github.com/slackapi/bolt-python/issues/381 tells
            # how that works).
            process_before_response=True,
            # Bolt would make helpers for assistants' threads at each event, which nothing here uses
            # (https://github.com/slackapi/bolt-python/pull/1473).
            attaching_conversation_kwargs_enabled=False,
            # Bolt answers 404 to what no listener takes, and Slack shows a warning sign for that. So it is
            # handed to `failed` (https://github.com/slackapi/bolt-python/issues/273).
            raise_error_for_unhandled_request=True,
            **arguments,
        )
        self._services = services
        self._acknowledged = acknowledged
        self._loading = threading.Lock()
        self._is_loaded = False
        self.error(failed)
        listeners.register_first(self)

    def load(self) -> None:
        """Load what answers anything but `/recs`. Whoever is asked for it first waits for it."""
        with self._loading:
            if not self._is_loaded:
                listeners.register_rest(self)
                self._is_loaded = True

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        started_at = time.perf_counter()
        try:
            return self._answer(with_all_fields(req))
        finally:
            self._acknowledged(time.perf_counter() - started_at)

    def _answer(self, request: BoltRequest) -> BoltResponse:
        """Answer also what Slack would never send, on which Bolt's own parts fail: JSON that is no object,
        say. They fail where they hand errors on, too."""
        if not isinstance(request.body, dict):
            return BoltResponse(status=_BAD_REQUEST, body="")
        if not (self._is_loaded or listeners.is_for_the_first(request.body)):
            self.load()
        request.context["services"] = self._services
        try:
            return super().dispatch(request)
        except Exception as error:
            return failed(error, request.body, self._services)


class ForgivingRequestHandler(SlackRequestHandler):
    """Bolt's WSGI app, which refuses what it cannot read. Bolt's own raises what its parsers raise: for a
    body that is not UTF-8, JSON that is cut short or nested too deep, a signature with other than ASCII
    characters."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        try:
            return super().dispatch(request)
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
            log.warning("a request could not be read: %s", type(error).__name__)
            return BoltResponse(status=_BAD_REQUEST, body="")


def failed(error: Exception, body: dict[str, Any], services: Services) -> BoltResponse:
    """Answer what went wrong, for Bolt: also a request that no listener takes."""
    if isinstance(error, BoltUnhandledRequestError):
        return older.acknowledged(body, services)
    return errors.failed(error, body, services)


def with_all_fields(request: BoltRequest) -> BoltRequest:
    """Return the request with the fields of its form.

    Bolt's `parse_body` (slack_bolt/request/internals.py) takes a form in which the word "payload" occurs for
    one that has a field of that name, and reads nothing of it: `/recs note 15: the payload …` would not be
    answered."""
    if request.body or request.mode != "http":
        return request
    fields = dict(parse_qsl(request.raw_body, keep_blank_values=True))
    read = BoltRequest(body=fields, query=request.query, headers=request.headers, mode="socket_mode")
    # It is still the request that was posted and signed.
    read.raw_body, read.mode = request.raw_body, "http"
    return read
