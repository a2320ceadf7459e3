"""Socket Mode's frames, written and read by the library `websockets` instead of slack_sdk.

slack_sdk 3.47 (slack_sdk/socket_mode/builtin/internals.py and connection.py) handles them itself, and

- packs every length over 125 into 16 bits, so that an answer of more than 65,535 bytes is never sent;
- gives a frame to `socket.send`, which may take the beginning of it only;
- forgets the half of a message that it has read where the rest takes more than three seconds;
- takes a fragment for a whole message (https://github.com/slackapi/python-slack-sdk/issues/1124), and writes
  the next one, which holds what a person typed, into the log;
- calls itself once for each piece that it reads, and fails on messages of a thousand pieces;
- closes a connection only when a read has timed out, which takes three seconds.

The handshake, the pings and the reconnecting stay slack_sdk's own.
"""

import json
import logging
import socket
import ssl
import struct
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import client as slack_client
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import InvalidState
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import Protocol, Side, State

from bot.runtime.waiting import handed_over

log = logging.getLogger(__name__)

# In bytes. Slack's envelopes are far smaller; whoever sends more is not Slack.
LONGEST_MESSAGE = 16 * 1024 * 1024
_READ_AT_ONCE = 65_536


def socket_mode(app: App, app_token: str | None, ping_interval: float, concurrency: int) -> SocketModeHandler:
    """Return Bolt's Socket Mode for `app`, with connections that carry long messages; `ping_interval` in
    seconds."""
    # slack_sdk offers no other way to choose the class of its connections.
    slack_client.Connection = FramedConnection  # type: ignore[attr-defined]
    handler = _Handler(app, app_token, ping_interval=ping_interval, concurrency=concurrency)
    handler.client.message_workers = _Workers(concurrency)
    handler.client.message_listeners.append(_acknowledge_without_payload)  # type: ignore[arg-type]
    return handler


class _Workers(ThreadPoolExecutor):
    """The threads that answer, to which slack_sdk hands each message."""

    def submit(self, work: Callable[[], None], /) -> "Future[None]":  # type: ignore[override]
        return super().submit(handed_over(work))


class _Handler(SocketModeHandler):
    def handle(self, client: Any, req: SocketModeRequest) -> None:
        answer_envelope(self.app, client, req)


def answer_envelope(app: App, client: Any, request: SocketModeRequest) -> None:
    """Answer one envelope, also one that Bolt cannot read: what is not acknowledged, Slack sends again."""
    try:
        response = run_bolt_app(app, request)
    except Exception as error:
        log.warning("an envelope could not be read: %s", type(error).__name__)
        response = BoltResponse(status=200, body="")
    if response.status != HTTPStatus.OK:
        # Socket Mode has no other answer than this one.
        response = BoltResponse(status=200, body="")
    client.send_message(_acknowledgement(request.envelope_id, response))


def _acknowledgement(envelope_id: str, response: BoltResponse) -> str:
    """Write the acknowledgement of an envelope. Bolt's own `send_response` reads the answer's JSON only to
    write it once more."""
    envelope, answer = json.dumps(envelope_id), response.body
    if not answer:
        return f'{{"envelope_id": {envelope}}}'
    if not response.headers["content-type"][0].startswith("application/json"):
        answer = json.dumps({"text": answer})
    return f'{{"envelope_id": {envelope}, "payload": {answer}}}'


def _acknowledge_without_payload(client: Any, message: dict[str, Any], _raw: str) -> None:
    """Acknowledge an envelope whose payload is no object, which never reaches the app: slack_sdk makes no
    request of it."""
    envelope_id = message.get("envelope_id")
    if isinstance(envelope_id, str) and not isinstance(message.get("payload"), dict | str):
        log.warning("an envelope without a payload was acknowledged")
        client.send_socket_mode_response(SocketModeResponse(envelope_id=envelope_id))


class FramedConnection(Connection):
    """One connection. Any thread may send; one thread reads, in `run_until_completion`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Guarded by sock_send_lock, since reading a ping writes a pong.
        self._protocol = Protocol(Side.CLIENT, max_size=LONGEST_MESSAGE)
        self._parts: list[bytes] = []
        # slack_sdk ends its handshake before the last line feed of Slack's.
        self._line_feed_to_come = True

    def ping(self, payload: str | bytes = "") -> None:
        """Send a ping, if the connection is open. Raises OSError."""
        with self.sock_send_lock:
            if self.sock is not None and self._protocol.state is State.OPEN:
                self._protocol.send_ping(_bytes(payload))
                self._write()

    def pong(self, payload: str | bytes = "") -> None:
        """Send a pong, if the connection is open. Raises OSError."""
        with self.sock_send_lock:
            if self.sock is not None and self._protocol.state is State.OPEN:
                self._protocol.send_pong(_bytes(payload))
                self._write()

    def send(self, payload: str) -> None:
        """Send a message. Raises SlackClientNotConnectedError: then the message was not sent whole, and Slack
        drops it."""
        try:
            with self.sock_send_lock:
                if self.sock is None:
                    raise InvalidState("there is no connection")
                self._protocol.send_text(payload.encode())
                self._write()
        except (OSError, InvalidState) as error:
            # After the half of a frame nothing else can be sent by this connection.
            self.disconnect()
            raise SlackClientNotConnectedError(
                f"a message was not sent: {type(error).__name__} (session id: {self.session_id})"
            ) from None

    def disconnect(self) -> None:
        """End at once what is being read or sent, which may otherwise take as long as its time-out."""
        sock = self.sock
        if sock is None:
            return
        try:
            # Not the SSL socket's own way, which takes its keys from under whoever is reading.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            pass
        with self.sock_send_lock, self.sock_receive_lock:
            self.sock = None
            sock.close()

    def run_until_completion(self, state: ConnectionState) -> None:
        """Read until the connection or `state` ends."""
        try:
            while not state.terminated and self.sock is not None:
                try:
                    data = self._read()
                except TimeoutError:
                    continue
                for frame in self._frames(data):
                    self._take(frame)
                if self._protocol.state is not State.OPEN:
                    return
        except OSError as error:
            if not state.terminated and self.on_error_listener is not None:
                self.on_error_listener(error)
        finally:
            state.terminated = True
            self.disconnect()

    def _read(self) -> bytes:
        """Read what has come; nothing at the end of the stream. Raises OSError, TimeoutError."""
        with self.sock_receive_lock:
            if self.sock is None:
                return b""
            try:
                return self.sock.recv(_READ_AT_ONCE)
            except ssl.SSLWantReadError:
                raise TimeoutError from None

    def _frames(self, data: bytes) -> list[Frame]:
        """Return what `data` brings to an end. Raises OSError."""
        with self.sock_send_lock:
            if not data:
                self._protocol.receive_eof()
            elif self._line_feed_to_come:
                self._line_feed_to_come = False
                self._protocol.receive_data(data.removeprefix(b"\n"))
            else:
                self._protocol.receive_data(data)
            if self.sock is not None:
                self._write()
            return [event for event in self._protocol.events_received() if isinstance(event, Frame)]

    def _write(self) -> None:
        """Send what the protocol wrote; the caller holds sock_send_lock. Raises OSError."""
        for data in self._protocol.data_to_send():
            if data and self.sock is not None:
                self.sock.sendall(data)

    def _take(self, frame: Frame) -> None:
        match frame.opcode:
            case Opcode.TEXT | Opcode.BINARY | Opcode.CONT:
                self._parts.append(bytes(frame.data))
                if frame.fin:
                    message, self._parts = b"".join(self._parts), []
                    self._tell(message)
            case Opcode.PONG:
                self._note_pong(bytes(frame.data))
            case Opcode.CLOSE:
                if self.on_close_listener is not None:
                    self.on_close_listener(*_reason(bytes(frame.data)))
            case _:
                # The protocol has answered a ping already.
                pass

    def _tell(self, message: bytes) -> None:
        if self.on_message_listener is None:
            return
        try:
            text = message.decode()
        except UnicodeDecodeError:
            log.warning("a message that is not UTF-8 was left out")
            return
        self.on_message_listener(text)

    def _note_pong(self, data: bytes) -> None:
        """Note when the ping was sent that this pong answers: it carries the connection's id and when it was
        sent."""
        session_id, _, sent_at = data.decode(errors="replace").partition(":")
        if session_id == self.session_id:
            try:
                self.last_ping_pong_time = float(sent_at)
            except ValueError:
                log.warning("a pong that tells no time was left out")


def _bytes(payload: str | bytes) -> bytes:
    return payload.encode() if isinstance(payload, str) else payload


def _reason(data: bytes) -> tuple[int, str]:
    if len(data) < 2:
        return int(CloseCode.NO_STATUS_RCVD), ""
    (code,) = struct.unpack("!H", data[:2])
    return code, data[2:].decode(errors="replace")
