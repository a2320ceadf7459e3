"""Who is connected by HTTP: none that sends nothing, or sends slowly, keeps Slack out.

A request has to be whole within ten seconds. Each address has so many connections, and there are so many in
all; where one more comes, the one that has waited longest without asking anything makes room for it. What
they send is held up to a limit for all together: beyond it, whoever has sent most is refused."""

import ipaddress
import resource
from collections import OrderedDict
from typing import Protocol

from msgspec import Struct

_FILES_OF_OUR_OWN = 300


class Limits(Struct, frozen=True):
    whole_within: float = 10.0  # seconds, from a connection's beginning or a request's first byte
    idle: float = 30.0  # seconds that a connection is kept after a request, for the next one
    connections: int = 1_000
    by_address: int = 250
    # Bytes of requests that all connections hold together: what is sent before its signature is looked at
    # takes no more memory than that.
    bytes_in_all: int = 16_777_216


class Connection(Protocol):
    host: str

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being made or sent."""

    def hang_up(self) -> None: ...


def room_for(limits: Limits) -> int:
    """Return how many connections there can be, having asked the system for the open files that they take."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed_files = limits.connections + _FILES_OF_OUR_OWN
    if soft != resource.RLIM_INFINITY and soft < needed_files:
        soft = needed_files if hard == resource.RLIM_INFINITY else min(hard, needed_files)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return limits.connections
    return max(10, min(limits.connections, soft - _FILES_OF_OUR_OWN))


class Crowd:
    """The connections by address, whoever has waited longest first. Used in one thread."""

    def __init__(self, most: int, most_by_address: int) -> None:
        self._most = most
        self._most_by_address = most_by_address
        self._by_address: dict[str, OrderedDict[Connection, None]] = {}
        self._size = 0

    def add(self, connection: Connection) -> None:
        """Add a connection; hang up on another one where there are too many now."""
        address = _address_of(connection)
        neighbours = self._by_address.setdefault(address, OrderedDict())
        neighbours[connection] = None
        self._size += 1
        if len(neighbours) > self._most_by_address:
            self._make_room(neighbours, connection)
        elif self._size > self._most:
            self._make_room(max(self._by_address.values(), key=len), connection)

    def note_request(self, connection: Connection) -> None:
        """Note that a connection asked something: of its address it has now waited the least."""
        neighbours = self._by_address.get(_address_of(connection))
        if neighbours is not None and connection in neighbours:
            neighbours.move_to_end(connection)

    def remove(self, connection: Connection) -> None:
        """Forget a connection, if that is not done already."""
        address = _address_of(connection)
        neighbours = self._by_address.get(address)
        if neighbours is None or connection not in neighbours:
            return
        del neighbours[connection]
        self._size -= 1
        if not neighbours:
            del self._by_address[address]

    def _make_room(self, neighbours: OrderedDict[Connection, None], newcomer: Connection) -> None:
        longest = next(
            (
                connection
                for connection in neighbours
                if connection is not newcomer and not connection.is_busy
            ),
            newcomer,
        )
        longest.hang_up()
        self.remove(longest)


class Holdings:
    """The bytes of requests that connections hold until they are answered. Used in one thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_connection: dict[Connection, int] = {}
        self._total = 0

    @property
    def are_too_much(self) -> bool:
        return self._total > self._most

    def add(self, connection: Connection, size: int) -> None:
        self._by_connection[connection] = self._by_connection.get(connection, 0) + size
        self._total += size

    def remove(self, connection: Connection) -> None:
        """Forget what a connection holds, if it holds anything."""
        self._total -= self._by_connection.pop(connection, 0)

    def heaviest(self) -> Connection | None:
        """Return the connection that holds most of those whose request has not come whole."""
        reading = (connection for connection in self._by_connection if not connection.is_busy)
        return max(reading, key=self._by_connection.__getitem__, default=None)


def _address_of(connection: Connection) -> str:
    """Return an IPv4 address; of an IPv6 address the part that one customer of a provider has."""
    if ":" not in connection.host:
        return connection.host
    address = ipaddress.IPv6Address(connection.host.partition("%")[0])
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
