"""`python -m tests.bench.whole URL`: the whole app over a register, in the same way."""

import logging
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime

from bot.cli import loading


class _Nobody:
    """Whoever asks is in the register."""

    def look_up(self, who: object) -> None:
        return None


def main(url: str, now: datetime) -> None:
    logging.disable(logging.WARNING)
    with loading():
        from slack_bolt.adapter.wsgi import SlackRequestHandler  # noqa: PLC0415 - as recbot loads it
        from slack_sdk import WebClient  # noqa: PLC0415

        from bot.operations.request.context import Services  # noqa: PLC0415
        from bot.operations.request.name_book import NameBook  # noqa: PLC0415
        from bot.runtime.clock import StartingClock  # noqa: PLC0415
        from bot.runtime.http.door import door  # noqa: PLC0415
        from bot.runtime.http.server import serve  # noqa: PLC0415
        from bot.runtime.switching import take_short_turns  # noqa: PLC0415
        from bot.runtime.wiring.slack_app import create_app  # noqa: PLC0415
        from bot.runtime.wiring.slack_clients import Identity  # noqa: PLC0415
        from storage.database import Database  # noqa: PLC0415
        from storage.store import Store  # noqa: PLC0415
    take_short_turns()
    store = Store(Database(url), "T0HOME")
    clock, names = StartingClock(now), NameBook(store)
    services = Services(store, clock, _Nobody(), names, lambda work: work(), hooks=())
    app = create_app(services, WebClient("xoxb-bench"), Identity("T0HOME", "U0RECBOT", "B0RECBOT"), "bench")
    with closing(serve(door(SlackRequestHandler(app), list), "127.0.0.1", 0)) as server:
        print(server.port, flush=True)
        # As recbot does, once it answers.
        later = threading.Timer(0.5, app.load)
        later.daemon = True
        later.start()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromtimestamp(float(sys.argv[2]), UTC))
