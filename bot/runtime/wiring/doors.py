"""The two ways by which requests come: Slack's Socket Mode, and HTTP."""

import logging
import time
from wsgiref.types import WSGIApplication

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.runtime.health import Health
from bot.runtime.heartbeat import SILENT_AFTER
from bot.runtime.http.door import door, nothing_here
from bot.runtime.http.server import Server, serve
from bot.runtime.socket_frames import socket_mode
from bot.runtime.wiring.bolt_workarounds import ForgivingRequestHandler
from bot.runtime.wiring.starting import CannotStart
from bot.settings import Settings

log = logging.getLogger(__name__)

THREADS = 16
# In seconds. With Bolt's default a cut connection went unnoticed for a minute.
_PING_EVERY = 5


class SocketDoor:
    """The Socket Mode connection, which slack_sdk makes anew when it breaks."""

    def __init__(self, handler: SocketModeHandler) -> None:
        self._handler = handler

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands, and answered a ping lately."""
        session = self._handler.client.current_session
        if session is None or not session.is_active():
            return False
        last_pong = session.last_ping_pong_time
        return last_pong is None or time.time() - last_pong < SILENT_AFTER

    def close(self) -> None:
        self._handler.close()  # type: ignore[no-untyped-call]


def connect(app: App, settings: Settings) -> SocketDoor:
    """Connect to Slack by Socket Mode. Raises CannotStart."""
    token = settings.app_token
    handler = socket_mode(
        app,
        token.get_secret_value() if token else None,
        ping_interval=_PING_EVERY,
        concurrency=THREADS,
    )
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except (SlackApiError, SlackClientError, OSError) as error:
        raise CannotStart(
            f"SLACK_APP_TOKEN: Slack did not open a connection ({type(error).__name__})."
            " The token needs the scope connections:write."
        ) from None
    log.info("connected to Slack by Socket Mode")
    return SocketDoor(handler)


def listen(app: App, settings: Settings, health: Health) -> Server:
    """Answer HTTP: Slack's requests, unless they come by Socket Mode, and questions after recbot's health.

    Raises CannotStart."""
    behind: WSGIApplication = nothing_here if settings.socket_mode else ForgivingRequestHandler(app)
    try:
        server = serve(
            door(behind, health.problems, health.metrics), settings.host, settings.port, threads=THREADS
        )
    except OSError as error:
        raise CannotStart(
            f"HOST and PORT: {settings.host}:{settings.port} cannot be had ({error.strerror})."
        ) from None
    log.info("listening on port %s", server.port)
    return server
