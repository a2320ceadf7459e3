"""Processes that answer, each started anew, so that none inherits what another one has warmed up."""

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.runtime.http.door import door
from bot.runtime.http.server import serve
from bot.runtime.socket_frames import socket_mode
from tests.bench.cases import Way

HOST = "127.0.0.1"
THREADS = 16
_PING_EVERY = 5

# Has an app answer until the parent hangs up, and tells the parent what it needs to reach it.
Serve = Callable[[App, Connection, int], None]


@dataclass(frozen=True, slots=True)
class Running:
    """`reached_at` is what the server told: its port, or the port that it connected to."""

    reached_at: int


@contextmanager
def running(way: Way, url: str, serve_: Serve, port: int = 0) -> Iterator[Running]:
    """An app over the register at a URL; `port` is handed on to `serve_`."""
    fresh = multiprocessing.get_context("spawn")
    here, there = fresh.Pipe()
    process = fresh.Process(target=_run, args=(way, url, serve_, there, port), daemon=True)
    process.start()
    there.close()
    try:
        yield Running(here.recv())
    finally:
        here.close()
        process.join()


def _run(way: Way, url: str, serve_: Serve, parent: Connection, port: int) -> None:
    logging.disable(logging.WARNING)
    with way.app(url) as app:
        serve_(app, parent, port)


def by_http(app: App, parent: Connection, _port: int) -> None:
    """Behind the door and the server that recbot uses."""
    with closing(serve(door(SlackRequestHandler(app), list), HOST, 0, THREADS)) as server:
        parent.send(server.port)
        parent.poll(None)


def by_socket_mode(app: App, parent: Connection, port: int) -> None:
    """With the client and the frames that recbot uses, connected to whoever stands for Slack at `port`."""
    handler = socket_mode(app, "xapp-bench", ping_interval=_PING_EVERY, concurrency=THREADS)
    handler.client.wss_uri = f"ws://{HOST}:{port}/"
    handler.connect()  # type: ignore[no-untyped-call]
    parent.send(port)
    parent.poll(None)
    handler.close()  # type: ignore[no-untyped-call]
