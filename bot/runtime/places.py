"""How many threads may wait for Slack at a time before a person is answered, so that some are left for
others."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.domain.refusals.request import NotReachable
from bot.domain.register.people import Person, PersonKey
from bot.operations.request.actors import Directory
from bot.operations.request.context import Views
from bot.runtime.pool import QueueFull

# In seconds. After a longer wait for a place the answer would come too late for Slack's 3 seconds.
_WAITS_FOR_A_PLACE = 0.15

# After 5 failures in a row nobody waits for Slack for 2 seconds.
_FAILURES, _RESTS = 5, 2.0


class Places:
    """At most `most` places, each held by one call. Where none is free, a call waits `waits` seconds for one;
    after failures in a row no call is let through for `rests` seconds."""

    def __init__(self, most: int, waits: float = _WAITS_FOR_A_PLACE, rests: float = _RESTS) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._waits = waits
        self._rests = rests
        self._failures = 0
        self._rests_until = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place. Raises QueueFull where none is free soon, or while Slack does not answer."""
        if time.monotonic() < self._rests_until or not self._free.acquire(timeout=self._waits):
            raise QueueFull(of_owner=False)
        try:
            yield
        except (TimeoutError, NotReachable):
            self._failures += 1
            if self._failures >= _FAILURES:
                self._rests_until = time.monotonic() + self._rests
            raise
        else:
            self._failures = 0
        finally:
            self._free.release()


class FewFormsAtOnce:
    """Opens forms, each of which holds a place; what is shown after the answer needs none. Raises QueueFull
    too."""

    def __init__(self, views: Views, places: Places) -> None:
        self._views = views
        self._places = places

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> Any:
        with self._places.taken():
            return self._views.views_open(trigger_id=trigger_id, view=view)

    def views_push(self, *, trigger_id: str, view: dict[str, Any]) -> Any:
        with self._places.taken():
            return self._views.views_push(trigger_id=trigger_id, view=view)

    def views_update(self, *, view: dict[str, Any], **form: str) -> Any:
        return self._views.views_update(view=view, **form)

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any:
        return self._views.views_publish(user_id=user_id, view=view)


class FewLookedUpAtOnce:
    """Looks people up, each of whom holds a place. Raises NotReachable where there is none."""

    def __init__(self, directory: Directory, places: Places) -> None:
        self._directory = directory
        self._places = places

    def look_up(self, person: PersonKey) -> Person | None:
        try:
            with self._places.taken():
                return self._directory.look_up(person)
        except QueueFull:
            raise NotReachable from None
