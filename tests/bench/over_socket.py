"""Asking by Socket Mode: what stands for Slack sends an envelope and waits for its acknowledgement."""

import json
import queue
import threading
import time
from types import TracebackType

from websockets.sync.server import Server, ServerConnection, serve

from tests.bench.cases import Case
from tests.bench.requests import command, envelope
from tests.bench.rounds import Asker, asking
from tests.bench.serving import HOST


class Line:
    """Slack's end of one Socket Mode connection: `port` is where the app connects to."""

    def __init__(self) -> None:
        self._joined: queue.Queue[ServerConnection] = queue.Queue()
        self._hung_up = threading.Event()
        self._server: Server = serve(self._hold, HOST, 0)
        self.port = int(self._server.socket.getsockname()[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._connection: ServerConnection | None = None

    def __enter__(self) -> "Line":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hung_up.set()
        self._server.shutdown()
        self._thread.join()

    def asker(self, case: Case) -> Asker:
        def ask_once() -> float:
            payload = command(case.who, case.text)
            written = json.dumps(envelope(payload))
            connection = self._app()
            start = time.perf_counter()
            connection.send(written)
            answer = connection.recv(10)
            took = time.perf_counter() - start
            acknowledged = json.loads(answer)
            case.check(200 if acknowledged["envelope_id"] == payload["trigger_id"] else 0, str(acknowledged))
            return took

        return asking(ask_once)

    def _app(self) -> ServerConnection:
        if self._connection is None:
            self._connection = self._joined.get(timeout=30)
        return self._connection

    def _hold(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        self._joined.put(connection)
        self._hung_up.wait()
