"""An HTTP server for a WSGI app: one thread reads requests, so that whoever is slow holds up nobody, and
others answer them."""

import asyncio
import logging
import math
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from queue import SimpleQueue
from wsgiref.types import WSGIApplication

import h11

from bot.runtime.http.connections import Crowd, Holdings, Limits, room_for
from bot.runtime.http.wsgi import (
    CHUNKS_LIMIT,
    Refused,
    Request,
    answer,
    continuation,
    must_be_short,
    must_have_one_length,
    refusal,
    stated_length,
)
from bot.runtime.waiting import handed_over

log = logging.getLogger(__name__)

HEADER_LIMIT = 65_536  # bytes
# In seconds, for whoever is refused to read why.
_LINGERS = 1.0
# In seconds, where the system has no more open files.
_PAUSE = 0.1
# In seconds: how often the loop looks for connections that are late.
_LOOKS_EVERY = 0.5


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
        self.holdings = Holdings(limits.bytes_in_all)
        self.connections: set[Connection] = set()
        self.workers = _Workers(threads)
        self.loop = asyncio.new_event_loop()
        self.is_closing = False
        self._listening = listening
        self._stop = asyncio.Event()
        self._all_gone = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Accept nothing more, finish what is under way, at most `timeout` seconds long, and end."""
        deadline = time.monotonic() + timeout
        self.hand_back(self._stop.set)
        self._thread.join(timeout)
        # Where an answer is still being made, the loop stays, so that it can be sent.
        self.workers.close(max(0.0, deadline - time.monotonic()))

    def hand_back(self, work: Callable[[], None]) -> None:
        """Run `work` in the loop. Does nothing once the loop has ended, since whoever asked has gone by
        then."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(work)

    def hold(self, connection: "Connection", size: int) -> None:
        """Count bytes of a request that is not answered yet. If all connections together hold too much,
        the one that holds most is refused. Raises Refused if that is this connection, or no other can be
        refused."""
        self.holdings.add(connection, size)
        while self.holdings.are_too_much:
            heaviest = self.holdings.heaviest()
            if not isinstance(heaviest, Connection) or heaviest is connection:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
            heaviest.refuse(Refused(HTTPStatus.SERVICE_UNAVAILABLE))

    def forget(self, connection: "Connection") -> None:
        self.connections.discard(connection)
        self.crowd.remove(connection)
        if not self.connections:
            self._all_gone.set()

    def _run(self) -> None:
        try:
            self.loop.run_until_complete(self._serve())
        finally:
            self.loop.close()

    async def _serve(self) -> None:
        accepting, watching = self.loop.create_task(self._accept()), self.loop.create_task(self._watch())
        await self._stop.wait()
        self.is_closing = True
        accepting.cancel()
        self._listening.close()
        for connection in list(self.connections):
            if connection.is_idle:
                connection.hang_up()
        while self.connections:
            self._all_gone.clear()
            await self._all_gone.wait()
        watching.cancel()

    async def _accept(self) -> None:
        while True:
            try:
                accepted, address = await self.loop.sock_accept(self._listening)
                accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                log.warning("a connection was not accepted: %s", type(error).__name__)
                await asyncio.sleep(_PAUSE)
                continue
            connection = Connection(self, accepted, str(address[0]))
            self.connections.add(connection)
            await self.loop.connect_accepted_socket(partial(_itself, connection), accepted)

    async def _watch(self) -> None:
        """Hang up on whoever is late."""
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            now = self.loop.time()
            for connection in [late for late in self.connections if late.deadline < now]:
                connection.hang_up()


class Connection(asyncio.Protocol):
    """One connection: it reads a request, has it answered, and waits for the next one."""

    def __init__(self, server: Server, accepted: socket.socket, host: str) -> None:
        self.host = host
        # Whether an answer is being made or sent.
        self.is_busy = False
        # By the loop's clock.
        self.deadline = server.loop.time() + server.limits.whole_within
        self._server = server
        self._socket = accepted
        # None until the loop has taken the socket over.
        self._taken_over: asyncio.Transport | None = None
        self._parser = h11.Connection(h11.SERVER, max_incomplete_event_size=HEADER_LIMIT)
        self._head: h11.Request | None = None
        self._body = bytearray()
        # Of a body that comes in chunks, how many have begun.
        self._pieces = 0
        self._has_asked = False
        # Whether a request has begun to come.
        self._is_reading = False
        # What came while an answer was under way.
        self._early = bytearray()
        # Whether nothing more is read: the other end sends no more, or was refused.
        self._is_last = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way: no answer, and no request that has begun to come."""
        return not self.is_busy and not self._is_reading

    @property
    def _transport(self) -> asyncio.Transport:
        assert self._taken_over is not None  # noqa: S101 - only what has been taken over is read
        return self._taken_over

    def hang_up(self) -> None:
        self._is_last = True
        if self._taken_over is not None:
            self._taken_over.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a socket has
        self._taken_over = transport
        if self._is_last:
            # The server has begun to end meanwhile.
            transport.abort()
        # `resume_writing` is to tell when all is written.
        transport.set_write_buffer_limits(high=0)
        self._server.crowd.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        # What a worker has is held until it is answered.
        if not self.is_busy:
            self._let_go()
        self._server.forget(self)

    def data_received(self, data: bytes) -> None:
        if self.is_busy:
            self._keep_for_later(data)
        elif not self._is_last:
            self._take(data)

    def _keep_for_later(self, data: bytes) -> None:
        """Keep bytes that came while an answer is under way, and read no more of the connection until
        then."""
        self._transport.pause_reading()
        self._early += data
        try:
            self._server.hold(self, len(data))
        except Refused:
            # The request before it is released in a moment, so the few bytes of the next one do no harm.
            if len(self._early) > HEADER_LIMIT:
                self.hang_up()

    def eof_received(self) -> bool:
        """Return whether the connection stays, for the answer that is under way."""
        self._is_last = True
        return self.is_busy

    def resume_writing(self) -> None:
        if self.is_busy:
            self._finish()

    def _take(self, data: bytes) -> None:
        if self._has_asked and not self._is_reading:
            self.deadline = self._server.loop.time() + self._server.limits.whole_within
        self._is_reading = True
        try:
            if data:
                self._parser.receive_data(data)
            request = self._read()
        except (h11.RemoteProtocolError, Refused) as error:
            self.refuse(error)
            return
        if request is not None:
            self._hand_over(request)

    def _read(self) -> Request | None:
        """Return a request that has come whole. Raises Refused, h11.RemoteProtocolError."""
        while True:
            event = self._parser.next_event()
            if isinstance(event, h11.Request):
                self._head, self._pieces = event, 0
                must_have_one_length(event)
                must_be_short(stated_length(event))
            elif isinstance(event, h11.Data):
                self._body += event.data
                self._server.hold(self, len(event.data))
                self._pieces += event.chunk_start
                must_be_short(len(self._body))
                if self._pieces > CHUNKS_LIMIT:
                    raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            elif isinstance(event, h11.EndOfMessage) and self._head is not None:
                request = Request(self._head, bytes(self._body), self.host, self._server.port)
                self._head, self._body = None, bytearray()
                return request
            else:
                if self._parser.they_are_waiting_for_100_continue:
                    self._transport.write(continuation(self._parser))
                return None

    def refuse(self, error: h11.RemoteProtocolError | Refused) -> None:
        """Say why, and leave the other end a while to read it: what is closed unread is cut off at once."""
        self._is_last = True
        self._let_go()
        self._transport.write(refusal(self._parser, error))
        self._transport.write_eof()
        self.deadline = self._server.loop.time() + _LINGERS

    def _let_go(self) -> None:
        self._body = bytearray()
        self._server.holdings.remove(self)

    def _hand_over(self, request: Request) -> None:
        self.is_busy = self._has_asked = True
        self._is_reading = False
        self.deadline = math.inf
        self._server.crowd.note_request(self)
        self._server.workers.do(lambda: self._answer(request))

    def _answer(self, request: Request) -> None:
        """Answer in a worker's thread, at once as far as the socket takes it; the loop sends what is left."""
        left = b""
        try:
            left = answer(self._server.app, request, self._parser)
            left = left[self._socket.send(left) :]
        except OSError:
            # The socket takes nothing now, or the other end has gone, which the loop finds out.
            pass
        finally:
            self._server.hand_back(lambda: self._send(left))

    def _send(self, left: bytes) -> None:
        self._let_go()
        if self._transport.is_closing():
            # Whoever asked has gone, and what else they asked is not answered.
            return
        if left:
            self.deadline = self._server.loop.time() + self._server.limits.idle
            self._transport.write(left)
        if not self._transport.get_write_buffer_size():
            self._finish()

    def _finish(self) -> None:
        """Close, or wait for the next request: the answer is sent."""
        parser = self._parser
        can_go_on = parser.our_state is h11.DONE and parser.their_state is h11.DONE and not self._is_last
        if self._server.is_closing or not can_go_on:
            self._transport.close()
            return
        parser.start_next_cycle()
        self.is_busy = False
        self.deadline = self._server.loop.time() + self._server.limits.idle
        early, self._early = bytes(self._early), bytearray()
        self._transport.resume_reading()
        if early or parser.trailing_data[0]:
            self._take(early)


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
        self._queue.put(handed_over(work))

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


def _itself(connection: Connection) -> Connection:
    return connection
