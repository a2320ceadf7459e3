"""`python -m tests.bench.whole URL`: the whole app over a register, in the same way."""

import logging
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime

from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.operations.request.actors import Directory
from bot.operations.request.context import Services
from bot.operations.request.name_book import NameBook
from bot.runtime.clock import StartingClock
from bot.runtime.http.door import door
from bot.runtime.http.server import serve
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from storage.database import Database
from storage.store import Store


class _Nobody:
    """Whoever asks is in the register."""

    def look_up(self, who: object) -> None:
        return None


def main(url: str, now: datetime) -> None:
    logging.disable(logging.WARNING)
    store, nobody = Store(Database(url), "T0HOME"), _Nobody()
    directory: Directory = nobody
    services = Services(store, StartingClock(now), directory, NameBook(store), lambda work: work(), hooks=())
    app = create_app(services, WebClient("xoxb-bench"), Identity("T0HOME", "U0RECBOT", "B0RECBOT"), "bench")
    with closing(serve(door(SlackRequestHandler(app), list), "127.0.0.1", 0)) as server:
        print(server.port, flush=True)
        # As recbot does, once it answers.
        loading = threading.Timer(0.5, app.load)
        loading.daemon = True
        loading.start()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromtimestamp(float(sys.argv[2]), UTC))
