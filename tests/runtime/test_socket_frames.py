"""Long, cut and slow messages over a real connection, whose other end is written byte by byte."""

import base64
import hashlib
import logging
import queue
import socket
import struct
import threading
import time
from collections.abc import Iterator
from itertools import cycle

import pytest
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.runtime.socket_frames import LONGEST_MESSAGE, FramedConnection

TEXT, CONTINUATION, CLOSE, PING, PONG = 1, 0, 8, 9, 10
LENGTHS = (1, 125, 126, 65_535, 65_536, 400_000)


class Slack:
    """The server's end of one connection."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.url = f"ws://127.0.0.1:{self._listening.getsockname()[1]}/link?ticket=1"
        self._peer: socket.socket | None = None
        self._welcoming = threading.Thread(target=self._welcome)
        self._welcoming.start()

    @property
    def peer(self) -> socket.socket:
        self._welcoming.join()
        assert self._peer is not None
        return self._peer

    def _welcome(self) -> None:
        self._peer, _ = self._listening.accept()
        self._peer.settimeout(10)
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            request += self._peer.recv(1)
        key = next(line.partition(b": ")[2] for line in request.split(b"\r\n") if b"-Key:" in line)
        accepted = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())  # noqa: S324
        self._peer.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
        )

    def reads(self) -> tuple[int, bytes]:
        """The next frame but pings: what sort it is, and what it says."""
        while True:
            first, second = self._exactly(2)
            assert first & 0x80, "a client has no need of fragments"
            assert second & 0x80, "a client masks what it sends"
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self._exactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self._exactly(8))
            mask = self._exactly(4)
            data = bytes(a ^ b for a, b in zip(self._exactly(length), cycle(mask), strict=False))
            if first & 0x0F != PING:
                return first & 0x0F, data

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = self.peer.recv(length - len(data))
            assert more, "the connection ended within a frame"
            data += more
        return data

    def close(self) -> None:
        self.peer.close()
        self._listening.close()


def frame(opcode: int, data: bytes, last: bool = True, mask: int = 0) -> bytes:
    length = len(data)
    if length <= 125:
        size = bytes([mask | length])
    elif length <= 65_535:
        size = struct.pack("!BH", mask | 126, length)
    else:
        size = struct.pack("!BQ", mask | 127, length)
    return bytes([(0x80 if last else 0) | opcode]) + size + data


@pytest.fixture
def slack() -> Iterator[Slack]:
    slack = Slack()
    yield slack
    slack.close()


class Reader:
    """recbot's end, which reads in a thread of its own."""

    def __init__(self, slack: Slack) -> None:
        self.messages: queue.Queue[str] = queue.Queue()
        self.closed: list[tuple[int, str]] = []
        self.state = ConnectionState()  # type: ignore[no-untyped-call]
        self.connection = FramedConnection(
            slack.url,
            logging.getLogger("slack_sdk"),
            on_message_listener=self.messages.put,
            on_close_listener=lambda code, reason: self.closed.append((code, reason)),
        )
        self.connection.connect()
        assert self.connection.sock
        self.connection.sock.settimeout(0.02)
        self._thread = threading.Thread(target=self.connection.run_until_completion, args=(self.state,))
        self._thread.start()

    def next(self) -> str:
        return self.messages.get(timeout=60)

    def wait_until_over(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()

    def stop(self) -> None:
        self.state.terminated = True
        self.connection.disconnect()
        self.wait_until_over()


@pytest.fixture
def reader(slack: Slack) -> Iterator[Reader]:
    reader = Reader(slack)
    yield reader
    reader.stop()


@pytest.mark.parametrize("length", LENGTHS)
def test_a_message_of_any_length_is_sent_whole(slack: Slack, reader: Reader, length: int) -> None:
    assert reader.connection.sock
    reader.connection.sock.settimeout(10)
    sending = threading.Thread(target=reader.connection.send, args=("e" * length,))
    sending.start()
    assert slack.reads() == (TEXT, b"e" * length)
    sending.join()


@pytest.mark.parametrize("length", LENGTHS)
def test_a_message_of_any_length_is_read_whole(slack: Slack, reader: Reader, length: int) -> None:
    slack.peer.sendall(frame(TEXT, b"e" * length) + frame(TEXT, b"and the next"))
    assert reader.next() == "e" * length
    assert reader.next() == "and the next"


def test_messages_of_several_threads_do_not_mix(slack: Slack, reader: Reader) -> None:
    assert reader.connection.sock
    reader.connection.sock.settimeout(10)
    sent = {letter * 70_000 for letter in "abcd"}
    threads = [threading.Thread(target=reader.connection.send, args=(text,)) for text in sent]
    for thread in threads:
        thread.start()
    assert {slack.reads()[1].decode() for _ in sent} == sent
    for thread in threads:
        thread.join()


def test_half_a_message_waits_for_the_rest(slack: Slack, reader: Reader) -> None:
    whole = frame(TEXT, b"e" * 100_000)
    for piece in (whole[:1], whole[1:7], whole[7:60_000], whole[60_000:]):
        slack.peer.sendall(piece)
        # Longer than a read waits.
        time.sleep(0.05)
    assert reader.next() == "e" * 100_000


def test_fragments_are_one_message_and_a_ping_between_them_is_answered(slack: Slack, reader: Reader) -> None:
    slack.peer.sendall(
        frame(TEXT, "né".encode()[:2], last=False)
        + frame(PING, b"still there?")
        + frame(CONTINUATION, "né".encode()[2:] + b" on ", last=False)
        + frame(CONTINUATION, b"1 March")
    )
    assert reader.next() == "né on 1 March"
    assert slack.reads() == (PONG, b"still there?")


def test_a_pong_says_that_the_connection_stands(slack: Slack, reader: Reader) -> None:
    reader.connection.last_ping_pong_time = None
    slack.peer.sendall(frame(PONG, f"{reader.connection.session_id}:1234.5".encode()) + frame(TEXT, b"x"))
    reader.next()
    assert reader.connection.last_ping_pong_time == 1234.5


@pytest.mark.parametrize(
    ("data", "reason"), [(struct.pack("!H", 1001) + b"bye", (1001, "bye")), (b"", (1005, ""))]
)
def test_a_close_ends_it(slack: Slack, reader: Reader, data: bytes, reason: tuple[int, str]) -> None:
    slack.peer.sendall(frame(CLOSE, data))
    reader.wait_until_over()
    assert reader.closed == [reason]
    assert not reader.connection.is_active()


@pytest.mark.parametrize(
    "nonsense",
    [
        frame(CONTINUATION, b"of nothing: Anna North"),
        frame(3, b"of no known sort: Anna North"),
        b"\x81\x7f" + struct.pack("!Q", LONGEST_MESSAGE + 1),
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_nonsense_ends_it_without_a_word_of_it_in_the_log(
    slack: Slack, reader: Reader, nonsense: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    slack.peer.sendall(nonsense)
    reader.wait_until_over()
    assert not reader.connection.is_active()
    assert "Anna" not in caplog.text


def test_the_end_of_the_stream_ends_it(slack: Slack, reader: Reader) -> None:
    slack.peer.shutdown(socket.SHUT_WR)
    reader.wait_until_over()
    assert not reader.connection.is_active()


def test_what_cannot_be_sent_whole_ends_the_connection(slack: Slack, reader: Reader) -> None:
    with pytest.raises(SlackClientNotConnectedError):
        # Nobody reads at the other end, and a send waits as long as a read.
        reader.connection.send("e" * 8_000_000)
    assert not reader.connection.is_active()
    with pytest.raises(SlackClientNotConnectedError):
        reader.connection.send("and the next")
