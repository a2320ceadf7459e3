"""The HTTP server's connections: none that sends nothing, or sends slowly, keeps Slack out.

A request has to be whole within ten seconds. Each address has so many connections, and there are so many in
all; where one more comes, the one that has waited longest without asking anything makes room for it."""

import ipaddress
import resource
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

_FILES_OF_OUR_OWN = 300


@dataclass(frozen=True, slots=True)
class Limits:
    whole_within: float = 10.0  # seconds, from a connection's beginning or a request's first byte
    idle: float = 30.0  # seconds that a connection is kept after a request, for the next one
    connections: int = 1_000
    by_address: int = 250


def room_for(limits: Limits) -> int:
    """Return how many connections there can be, having asked the system for the open files that they take."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.connections + _FILES_OF_OUR_OWN
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return limits.connections
    return max(10, min(limits.connections, soft - _FILES_OF_OUR_OWN))


class Connection(HTTPChannel):
    """Used in the thread of the server's loop alone, but for what is under way."""

    def __init__(self, server: "ConnectionServer", *arguments: Any, **keywords: Any) -> None:
        # Instants of the monotonic clock.
        self.waits_since = time.monotonic()
        self.request_began = self.waits_since
        self.has_asked = False
        super().__init__(server, *arguments, **keywords)
        self._crowd = server.crowd
        self._crowd.came(self)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being made or sent."""
        return bool(self.requests) or bool(self.total_outbufs_len)

    def is_late(self, limits: Limits, now: float) -> bool:
        if self.is_busy:
            return False
        if self.request is not None and now - self.request_began > limits.whole_within:
            return True
        return now - self.waits_since > (limits.idle if self.has_asked else limits.whole_within)

    def hang_up(self) -> None:
        self.will_close = True
        self._crowd.left(self)

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.request_began = time.monotonic()
        was_read = super().received(data)
        if self.requests:
            self.waits_since = time.monotonic()
            self.has_asked = True
            self._crowd.asked(self)
        return was_read

    def del_channel(self, map: Any = None) -> None:
        super().del_channel(map)
        self._crowd.left(self)


class Crowd:
    """Who is connected, by address, whoever has waited longest first."""

    def __init__(self, most: int, most_by_address: int) -> None:
        self._most = most
        self._most_by_address = most_by_address
        self._by_address: dict[str, OrderedDict[Connection, None]] = {}
        self._size = 0

    def came(self, connection: Connection) -> None:
        theirs = self._by_address.setdefault(_address_of(connection), OrderedDict())
        theirs[connection] = None
        self._size += 1
        if len(theirs) > self._most_by_address:
            _make_room(theirs, connection)
        elif self._size > self._most:
            _make_room(max(self._by_address.values(), key=len), connection)

    def asked(self, connection: Connection) -> None:
        theirs = self._by_address.get(_address_of(connection))
        if theirs is not None and connection in theirs:
            theirs.move_to_end(connection)

    def left(self, connection: Connection) -> None:
        address = _address_of(connection)
        theirs = self._by_address.get(address)
        if theirs is None or connection not in theirs:
            return
        del theirs[connection]
        self._size -= 1
        if not theirs:
            del self._by_address[address]

    def __iter__(self) -> Iterator[Connection]:
        return iter([connection for theirs in self._by_address.values() for connection in theirs])


class ConnectionServer(TcpWSGIServer):
    channel_class = Connection

    def __init__(self, *arguments: Any, limits: Limits, most: int, **keywords: Any) -> None:
        self.limits = limits
        self.crowd = Crowd(most, limits.by_address)
        super().__init__(*arguments, **keywords)

    def maintenance(self, now: int) -> None:
        super().maintenance(now)
        monotonic = time.monotonic()
        for connection in self.crowd:
            if connection.is_late(self.limits, monotonic):
                connection.hang_up()


def _make_room(theirs: OrderedDict[Connection, None], for_whom: Connection) -> None:
    waiting = next(
        (connection for connection in theirs if connection is not for_whom and not connection.is_busy),
        for_whom,
    )
    waiting.hang_up()


def _address_of(connection: Connection) -> str:
    """An IPv4 address; of an IPv6 address the part that one customer of a provider has."""
    host = str(connection.addr[0])
    if ":" not in host:
        return host
    address = ipaddress.IPv6Address(host.partition("%")[0])
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
