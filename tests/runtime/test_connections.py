"""Real sockets at the HTTP server: idle and slow ones are hung up on, and never keep a request out."""

import http.client
import resource
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from select import select
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from bot.runtime.http.connections import Limits, room_for
from bot.runtime.http.door import EVENTS_PATH, door
from bot.runtime.http.server import Connection, Server, serve
from tests.runtime.test_door import SIGNED, Bolt

BEGINNING = f"POST {EVENTS_PATH} HTTP/1.1\r\nHost: recbot\r\n".encode()
WHOLE = BEGINNING + "".join(f"{name}: {value}\r\n" for name, value in SIGNED.items()).encode()


@contextmanager
def serving(limits: Limits) -> Iterator[Server]:
    with closing(serve(door(Bolt(), list), "127.0.0.1", 0, threads=4, limits=limits)) as server:
        yield server


def connected(server: Server, address: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=60, source_address=(address, 0))


def asks(server: Server, address: str = "127.0.0.1") -> int:
    """The status that a signed request gets on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60, source_address=(address, 0))
    with closing(connection):
        connection.request("POST", EVENTS_PATH, body="command=%2Frecs", headers=SIGNED)
        return connection.getresponse().status


def is_hung_up(connection: socket.socket) -> bool:
    """Wait until the other end hangs up."""
    try:
        while connection.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    return True


def test_more_idle_connections_than_there_may_be_do_not_keep_a_signed_request_out() -> None:
    with serving(Limits()) as server, ExitStack() as opened:
        resource.setrlimit(resource.RLIMIT_NOFILE, _enough_files(4_000))
        idle = [opened.enter_context(connected(server)) for _ in range(1_005)]
        assert asks(server) == 200
        assert is_hung_up(idle[0]), "the first has waited longest"
        assert asks(server) == 200


def _enough_files(wanted: int) -> tuple[int, int]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip("this system allows too few open files")
    return (max(soft, wanted) if soft != resource.RLIM_INFINITY else soft), hard


def test_an_address_that_has_too_many_loses_its_own_longest_waiting_one() -> None:
    with serving(Limits(by_address=3)) as server, ExitStack() as opened:
        elsewhere = opened.enter_context(connected(server, "127.0.0.2"))
        many = [opened.enter_context(connected(server)) for _ in range(5)]
        assert is_hung_up(many[0])
        assert is_hung_up(many[1])
        elsewhere.sendall(WHOLE + b"Content-Length: 1\r\n\r\nx")
        assert elsewhere.recv(65_536).startswith(b"HTTP/1.1 200")


def test_where_there_are_too_many_in_all_the_address_with_the_most_makes_room() -> None:
    with serving(Limits(connections=10)) as server, ExitStack() as opened:
        few = opened.enter_context(connected(server, "127.0.0.2"))
        many = [opened.enter_context(connected(server)) for _ in range(12)]
        assert is_hung_up(many[0])
        assert asks(server, "127.0.0.3") == 200
        few.sendall(WHOLE + b"Content-Length: 1\r\n\r\nx")
        assert few.recv(65_536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n",
        BEGINNING,
        WHOLE + b"Content-Length: 100\r\n\r\nbegins",
        WHOLE + b"Transfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n",
    ],
    ids=["nothing", "an empty line", "a part of the head", "a part of the body", "a chunk"],
)
def test_whoever_does_not_send_a_whole_request_in_time_is_hung_up_on(sent: bytes) -> None:
    with serving(Limits(whole_within=0.2)) as server, closing(connected(server)) as slow:
        slow.sendall(sent)
        assert is_hung_up(slow)


@pytest.mark.parametrize("drop", [b"X-A: 1\r\n", b"\r\n"], ids=["heads", "empty lines"])
def test_a_request_that_trickles_in_gains_no_time_by_it(drop: bytes) -> None:
    with serving(Limits(whole_within=0.5)) as server, closing(connected(server)) as slow:
        ended = threading.Event()

        def trickle() -> None:
            try:
                slow.sendall(BEGINNING if drop != b"\r\n" else b"")
                while not ended.wait(0.05):
                    slow.sendall(drop)
            except OSError:
                pass

        trickling = threading.Thread(target=trickle)
        trickling.start()
        assert is_hung_up(slow)
        ended.set()
        trickling.join(10)


def test_a_connection_is_kept_for_the_next_request_and_that_one_has_to_be_whole_in_time() -> None:
    with serving(Limits(whole_within=1, idle=60)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with closing(connection):
            connection.request("POST", EVENTS_PATH, body="a", headers=SIGNED)
            assert connection.getresponse().read() == b"a"
            # Longer than a request may take, and than it takes until somebody looks.
            time.sleep(2.5)
            connection.request("POST", EVENTS_PATH, body="b", headers=SIGNED)
            assert connection.getresponse().read() == b"b"
            connection.sock.sendall(BEGINNING)
            assert is_hung_up(connection.sock)


def test_a_kept_connection_that_asks_nothing_more_is_hung_up_on() -> None:
    with serving(Limits(idle=0.2)) as server, closing(connected(server)) as connection:
        connection.sendall(WHOLE + b"Content-Length: 1\r\n\r\nx")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        assert is_hung_up(connection)


def test_there_is_never_room_for_more_than_the_system_has_files_for() -> None:
    assert 10 <= room_for(Limits(connections=10**9)) < 10**9
    assert room_for(Limits(connections=20)) == 20


def answers_to(server: Server, sent: bytes) -> bytes:
    """All that comes back until the other end hangs up."""
    with closing(connected(server)) as connection:
        connection.sendall(sent)
        got = b""
        while received := connection.recv(65_536):
            got += received
        return got


def test_a_request_of_two_lengths_is_refused_and_what_follows_it_is_not_read() -> None:
    """A proxy that goes by the other length would let a request through that it has not seen."""
    hidden = b"GET /metrics HTTP/1.1\r\nHost: recbot\r\n\r\n"
    length = f"Content-Length: {len(hidden) + 5}\r\n".encode()
    with serving(Limits()) as server:
        got = answers_to(server, WHOLE + length + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden)
    assert got.startswith(b"HTTP/1.1 400")
    assert got.count(b"HTTP/1.1") == 1


def test_an_address_within_a_path_is_a_part_of_the_path() -> None:
    """A proxy that passes on what begins with /slack/events passes on no figures by it."""
    with serving(Limits()) as server:
        got = answers_to(
            server,
            f"GET {EVENTS_PATH}://recbot/metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode(),
        )
    assert got.startswith(b"HTTP/1.1 404")


def test_a_body_in_thousands_of_chunks_is_refused_before_it_takes_the_time_of_others() -> None:
    with serving(Limits()) as server:
        got = answers_to(server, WHOLE + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 1_001)
        assert got.startswith(b"HTTP/1.1 413")
        few = b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 900
        assert answers_to(server, WHOLE + few + b"0\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_a_connection_that_has_just_been_accepted_does_not_keep_the_server_from_ending() -> None:
    ours, theirs = socket.socketpair()
    with serving(Limits()) as server, closing(ours), closing(theirs):
        Connection(server, ours, "127.0.0.1").hang_up()


def test_an_answer_to_whoever_has_gone_may_be_ready_when_the_server_has_ended() -> None:
    has_asked, may_answer = threading.Event(), threading.Event()

    def slow(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        has_asked.set()
        may_answer.wait(60)
        start_response("200 OK", [])
        return [b""]

    server = serve(slow, "127.0.0.1", 0, threads=1)
    with closing(connected(server)) as gone:
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        gone.sendall(b"GET / HTTP/1.1\r\nHost: recbot\r\n\r\n")
        assert has_asked.wait(60)
    ending = threading.Thread(target=server.close, args=(20,))
    ending.start()
    while not server.loop.is_closed():
        time.sleep(0.01)
    may_answer.set()
    ending.join(60)
    assert not ending.is_alive()


def test_what_somebody_asked_who_has_gone_is_not_answered_further() -> None:
    """Thousands of requests fit into one connection: their answers would be made for nobody."""
    paths: list[str] = []
    has_asked, may_answer = threading.Event(), threading.Event()

    def noting(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        paths.append(environ["PATH_INFO"])
        has_asked.set()
        may_answer.wait(60)
        start_response("200 OK", [])
        return [b""]

    with closing(serve(noting, "127.0.0.1", 0, threads=1)) as server:
        with closing(connected(server)) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.sendall(b"GET /gone HTTP/1.1\r\nHost: recbot\r\n\r\n" * 50)
            assert has_asked.wait(60)
        while server.connections:
            time.sleep(0.01)
        may_answer.set()
        for _ in range(2):
            answers_to(server, b"GET /here HTTP/1.1\r\nHost: recbot\r\nConnection: close\r\n\r\n")
    assert paths == ["/gone", "/here", "/here"]


def test_what_many_send_is_held_up_to_a_limit_and_a_signed_request_comes_through_all_the_same() -> None:
    part = b"x" * 40_000
    with serving(Limits(bytes_in_all=200_000)) as server, ExitStack() as opened:
        greedy = [opened.enter_context(connected(server)) for _ in range(8)]
        for connection in greedy:
            connection.sendall(WHOLE + b"Content-Length: 1000000\r\n\r\n" + part)
        # Five such parts fit: of those that hold most, three are refused.
        deadline = time.monotonic() + 60
        while len(select(greedy, [], [], 0.05)[0]) < 3:
            assert time.monotonic() < deadline, "fewer than three were refused"
        answers = [connection.recv(65_536) for connection in select(greedy, [], [], 0.2)[0]]
        assert [answer[:12] for answer in answers] == [b"HTTP/1.1 503"] * 3
        assert asks(server) == 200


def test_what_has_been_answered_is_held_no_longer() -> None:
    body = b"x" * 40_000
    with serving(Limits(bytes_in_all=50_000)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with closing(connection):
            for _ in range(5):
                connection.request("POST", EVENTS_PATH, body=body, headers=SIGNED)
                assert connection.getresponse().read() == body


def test_a_request_that_is_larger_than_all_may_hold_is_refused_itself() -> None:
    with serving(Limits(bytes_in_all=10_000)) as server, closing(connected(server)) as connection:
        connection.sendall(WHOLE + b"Content-Length: 20000\r\n\r\n" + b"x" * 20_000)
        assert _answer_within(connection, 60).startswith(b"HTTP/1.1 503")
        assert asks(server) == 200


def _answer_within(connection: socket.socket, seconds: float) -> bytes:
    """Return what comes in that time; nothing where nothing does."""
    connection.settimeout(seconds)
    try:
        return connection.recv(65_536)
    except TimeoutError:
        return b""
