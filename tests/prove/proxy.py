"""A road to a server that can be cut and mended: what is on it breaks off, and nobody new gets through."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

_PIECE = 65_536


class Proxy:
    """Listens on a port of its own and passes on what comes to whoever `connect` reaches."""

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self._connect = connect
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = int(self._listening.getsockname()[1])
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        # A thread that accepts is not woken by a close.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            cut, self._open = self._open, set()
        for connection in cut:
            _close(connection)

    def mend(self) -> None:
        with self._lock:
            self._is_cut = False

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            self._join(here)

    def _join(self, here: socket.socket) -> None:
        try:
            there = self._connect()
        except OSError:
            _close(here)
            return
        with self._lock:
            if self._is_cut:
                _close(here)
                _close(there)
                return
            self._open |= {here, there}
        for source, target in ((here, there), (there, here)):
            threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                target.sendall(piece)
        for end in (source, target):
            _close(end)
        with self._lock:
            self._open -= {source, target}


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
