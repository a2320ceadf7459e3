"""Socket Mode: envelopes over any of the app's connections, each acknowledged with its payload."""

import asyncio
import itertools
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.standin.delivery import ACKNOWLEDGE_WITHIN, CommandFailed, Delivery, OperationTimeout
from bot.standin.workspace import Workspace

Json = dict[str, Any]

MOST_CONNECTIONS = 10


class SocketMode:
    """The open connections. `serve` runs in the server's loop, the rest in any thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._changed = threading.Condition()
        self._connections: list[WebSocket] = []
        self._turns = itertools.count()
        self._waiting: dict[str, Future[Json]] = {}
        self._tickets: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def new_ticket(self) -> str:
        """Let one connection in, once."""
        ticket = uuid4().hex
        self._tickets.add(ticket)
        return ticket

    @property
    def connections(self) -> int:
        return len(self._connections)

    def wait_until_connected(self, timeout: float, connections: int = 1) -> None:
        """Wait for the connections. Raises TimeoutError after `timeout` seconds with fewer connections."""
        self._wait_until(lambda: self.connections >= connections, timeout)

    def wait_until_left(self, timeout: float) -> None:
        """Wait until nobody is connected. Raises TimeoutError if after `timeout` seconds anybody is still
        connected."""
        self._wait_until(lambda: not self.connections, timeout)

    def _wait_until(self, is_so: Callable[[], bool], timeout: float) -> None:
        with self._changed:
            if not self._changed.wait_for(is_so, timeout):
                raise TimeoutError(f"{self.connections} Socket Mode connections after {timeout} s")

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one connection from its handshake to its end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        if self.connections >= MOST_CONNECTIONS:
            await websocket.send_text(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await websocket.close()
            return
        await websocket.send_text(json.dumps(self._hello()))
        self._join(websocket)
        try:
            while True:
                self._acknowledge(json.loads(await websocket.receive_text()))
        except WebSocketDisconnect:
            pass
        finally:
            self._leave(websocket)

    def send(self, delivery: Delivery) -> Json:
        """Send a delivery, and return the acknowledgement's payload. Raises OperationTimeout,
        CommandFailed."""
        websocket, loop = self._one_connection()
        envelope_id = str(uuid4())
        acknowledged: Future[Json] = Future()
        self._waiting[envelope_id] = acknowledged
        try:
            envelope = json.dumps(_envelope(envelope_id, delivery))
            asyncio.run_coroutine_threadsafe(websocket.send_text(envelope), loop)
            return acknowledged.result(ACKNOWLEDGE_WITHIN)
        except NoAnswer as error:
            raise OperationTimeout("operation_timeout") from error
        finally:
            del self._waiting[envelope_id]

    def disconnect(self) -> None:
        """Close every connection; the app has to connect again."""
        for websocket in list(self._connections):
            if self._loop:
                asyncio.run_coroutine_threadsafe(websocket.close(), self._loop).result(ACKNOWLEDGE_WITHIN)

    def _one_connection(self) -> tuple[WebSocket, asyncio.AbstractEventLoop]:
        with self._changed:
            if not self._connections or self._loop is None:
                raise CommandFailed("dispatch_failed: the app is not connected")
            return self._connections[next(self._turns) % len(self._connections)], self._loop

    def _join(self, websocket: WebSocket) -> None:
        with self._changed:
            self._loop = asyncio.get_running_loop()
            self._connections.append(websocket)
            self._changed.notify_all()

    def _leave(self, websocket: WebSocket) -> None:
        with self._changed:
            self._connections.remove(websocket)
            self._changed.notify_all()

    def _acknowledge(self, message: Json) -> None:
        # An acknowledgement that comes too late finds nobody waiting, and is lost as it is with Slack.
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections + 1,
            "connection_info": {"app_id": self._workspace.app_id},
            "debug_info": {"host": "standin", "approximate_connection_time": 18_060},
        }


def _envelope(envelope_id: str, delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": 0, "retry_reason": ""}
    return envelope
