"""An HTTP server for a WSGI app: one thread reads requests, so that whoever is slow holds up nobody, and
others answer them."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from wsgiref.types import WSGIApplication

import h11

from bot.runtime.http.connections import Crowd, Limits, room_for
from bot.runtime.http.wsgi import Refused, Request, answer, must_be_short, refusal

log = logging.getLogger(__name__)

HEADER_LIMIT = 65_536  # bytes
_READ_AT_ONCE = 65_536
# In seconds, for whoever is refused to read why: a connection with something unread is cut off at once.
_LINGERS = 1.0
# In seconds, where the system has no more open files.
_PAUSE = 0.1


def serve(
    app: WSGIApplication, host: str, port: int, threads: int = 16, limits: Limits | None = None
) -> "Server":
    """Answer on `host`:`port` (0: any free one) in the background. Raises OSError if that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=1024)
    listening.setblocking(False)
    return Server(app, listening, threads, limits or Limits())


class Server:
    """A running HTTP server. Its loop has a thread of its own, in which all of it is used but `close`."""

    def __init__(self, app: WSGIApplication, listening: socket.socket, threads: int, limits: Limits) -> None:
        self.port = int(listening.getsockname()[1])
        self.app = app
        self.limits = limits
        self.crowd = Crowd(room_for(limits), limits.by_address)
        self.workers = _Workers(threads)
        self.loop = asyncio.new_event_loop()
        self.is_closing = False
        self._listening = listening
        self._stop = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Accept nothing more, finish what is under way, at most `timeout` seconds long, and end."""
        deadline = time.monotonic() + timeout
        try:
            self.loop.call_soon_threadsafe(self._stop.set)
        except RuntimeError:
            # The loop has ended.
            pass
        self._thread.join(timeout)
        # Where an answer is still being made, the loop stays, so that it can be sent.
        self.workers.close(max(0.0, deadline - time.monotonic()))

    def _run(self) -> None:
        try:
            self.loop.run_until_complete(self._serve())
        finally:
            self.loop.close()

    async def _serve(self) -> None:
        accepting = self.loop.create_task(self._accept())
        await self._stop.wait()
        self.is_closing = True
        accepting.cancel()
        self._listening.close()
        for connection in self.crowd:
            if isinstance(connection, Connection) and connection.is_idle:
                connection.hang_up()
        if self._connections:
            await asyncio.wait(self._connections)

    async def _accept(self) -> None:
        while True:
            try:
                accepted, address = await self.loop.sock_accept(self._listening)
            except OSError as error:
                log.warning("a connection was not accepted: %s", type(error).__name__)
                await asyncio.sleep(_PAUSE)
                continue
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(self, accepted, str(address[0]))
            self._connections.add(connection.task)
            connection.task.add_done_callback(self._connections.discard)
            self.crowd.add(connection)


class Connection:
    """One connection: it reads a request, has it answered, and waits for the next one."""

    def __init__(self, server: Server, accepted: socket.socket, host: str) -> None:
        self.host = host
        self.is_busy = False
        self._server = server
        self._loop = server.loop
        self._socket = accepted
        self._parser = h11.Connection(h11.SERVER, max_incomplete_event_size=HEADER_LIMIT)
        self._has_asked = False
        # Whether a request has begun to come.
        self._is_reading = False
        self.task = self._loop.create_task(self._run())
        # Not at the end of `_run`, which does not begin where somebody makes room at once.
        self.task.add_done_callback(self._end)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way: no answer, and no request that has begun to come."""
        return not self.is_busy and not self._is_reading

    def hang_up(self) -> None:
        self.task.cancel()

    async def _run(self) -> None:
        try:
            while await self._next():
                pass
        except (OSError, TimeoutError, asyncio.CancelledError):
            # Whoever is at the other end has gone, or is late, or had to make room.
            pass

    def _end(self, _task: "asyncio.Task[None]") -> None:
        self._server.crowd.remove(self)
        self._socket.close()

    async def _next(self) -> bool:
        """Answer the next request; return whether another one can come after it. Raises OSError,
        TimeoutError."""
        try:
            request = await self._read()
        except (h11.RemoteProtocolError, Refused) as error:
            await self._send(refusal(self._parser, error))
            await self._linger()
            return False
        if request is None:
            return False
        self.is_busy = self._has_asked = True
        self._is_reading = False
        self._server.crowd.note_request(self)
        answered: asyncio.Future[bytes] = self._loop.create_future()
        self._server.workers.do(lambda: self._answer(request, answered))
        await self._send(await answered)
        if self._server.is_closing or self._parser.our_state is not h11.DONE:
            return False
        if self._parser.their_state is not h11.DONE:
            return False
        self._parser.start_next_cycle()
        self._is_reading = bool(self._parser.trailing_data[0])
        self.is_busy = False
        return True

    async def _read(self) -> Request | None:
        """Read a whole request; None where there is none any more.

        Raises TimeoutError, OSError, Refused, h11.RemoteProtocolError."""
        limits = self._server.limits
        waits_for = limits.idle if self._has_asked and not self._is_reading else limits.whole_within
        head: h11.Request | None = None
        body = bytearray()
        async with asyncio.timeout(waits_for) as timeout:
            while True:
                event = self._parser.next_event()
                if event is h11.NEED_DATA:
                    if self._parser.they_are_waiting_for_100_continue:
                        await self._send(self._continue())
                    received = await self._loop.sock_recv(self._socket, _READ_AT_ONCE)
                    if self._has_asked and not self._is_reading:
                        timeout.reschedule(self._loop.time() + limits.whole_within)
                    self._is_reading = True
                    self._parser.receive_data(received)
                elif isinstance(event, h11.Request):
                    head = event
                    must_be_short(head)
                elif isinstance(event, h11.Data):
                    body += event.data
                    must_be_short(head, len(body))
                elif isinstance(event, h11.EndOfMessage) and head is not None:
                    return Request(head, bytes(body), self.host, self._server.port)
                else:
                    return None

    def _continue(self) -> bytes:
        return self._parser.send(h11.InformationalResponse(status_code=100, headers=[])) or b""

    def _answer(self, request: Request, answered: "asyncio.Future[bytes]") -> None:
        """Answer in a worker's thread, at once as far as the socket takes it; the loop sends what is left."""
        left = b""
        try:
            data = answer(self._server.app, request, self._parser)
            try:
                left = data[self._socket.send(data) :]
            except BlockingIOError:
                left = data
            except OSError:
                # The loop finds out that the other end has gone.
                pass
        finally:
            self._loop.call_soon_threadsafe(_settle, answered, left)

    async def _send(self, data: bytes) -> None:
        if data:
            async with asyncio.timeout(self._server.limits.idle):
                await self._loop.sock_sendall(self._socket, data)

    async def _linger(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)
        async with asyncio.timeout(_LINGERS):
            while await self._loop.sock_recv(self._socket, _READ_AT_ONCE):
                pass


class _Workers:
    """Threads that answer. They are daemons: a process that has waited long enough for them ends without
    them."""

    def __init__(self, threads: int) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"http-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    def do(self, work: Callable[[], None]) -> None:
        self._queue.put(work)

    def close(self, timeout: float) -> None:
        """Finish what is under way, at most `timeout` seconds long."""
        deadline = time.monotonic() + timeout
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()


def _settle(answered: "asyncio.Future[bytes]", left: bytes) -> None:
    if not answered.done():
        answered.set_result(left)
