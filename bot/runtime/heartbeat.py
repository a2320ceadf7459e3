"""Watching the Socket Mode connection, and telling when only a new process will help: Slack's client
reconnects by itself, but has been seen to fall silent for good."""

import logging
import threading
from collections.abc import Callable

from bot.runtime.clock import elapsed

log = logging.getLogger(__name__)

# In seconds.
DEAD_AFTER = 300.0
# A connection whose last pong is older than this counts as cut.
SILENT_AFTER = 30.0


class Heartbeat:
    """Looks again and again whether the connection is `alive`: it stands, and was heard on lately. Once it
    has not been for `DEAD_AFTER` seconds together, `died` is called, once and from a thread of its own."""

    def __init__(
        self,
        alive: Callable[[], bool],
        died: Callable[[], None],
        now: Callable[[], float] = elapsed,
        look_every: float = 5.0,
    ) -> None:
        self._alive = alive
        self._died = died
        self._now = now
        self._look_every = look_every
        self._last_alive = now()
        self.is_dead = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def beat(self) -> bool:
        """Look once; return False when the connection has been dead for too long."""
        if self._alive():
            self._last_alive = self._now()
            return True
        return self._now() - self._last_alive < DEAD_AFTER

    def _run(self) -> None:
        while not self._stopping.wait(self._look_every):
            if not self.beat():
                log.error("Slack's connection has been dead for %.0f seconds: recbot ends", DEAD_AFTER)
                self.is_dead = True
                self._died()
                return
