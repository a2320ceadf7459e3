"""Publishing the register: read, written as a site, and put in the place of the one before; by hand, or by
itself after each change and on each new day."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bot.operations.publishing import published_register
from bot.runtime.clock import Clock, elapsed
from bot.settings import Settings
from storage import published_folder
from storage.published_folder import NotOurs
from storage.store import Store

log = logging.getLogger(__name__)

# In seconds.
LOOKS_EVERY = 10.0
# After each time it waits so many times as long as it took: a large register is not written without a pause.
_RESTS = 4


def publish(store: Store, now: datetime, directory: Path, *, approved_only: bool = False) -> bool:
    """Publish the register as it stands at a UTC instant. Return whether the site has changed.

    Raises NotOurs, OSError, Busy."""
    # Its libraries take a good part of the time of a start.
    from bot.rendering.site import site  # noqa: PLC0415

    with published_register.opened(store, now, approved_only=approved_only) as published:
        return published_folder.replace_whole(directory, lambda folder: site.write(published, folder))


class Publisher:
    """Publishes the register when it has changed, and on each new London day."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: Path,
        *,
        approved_only: bool = False,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._approved_only = approved_only
        self._elapsed = elapsed
        self._published: tuple[date, int] | None = None
        self._rests_until = 0.0  # as `elapsed` counts
        # A UTC instant of recbot's clock: the site holds all that was recorded before it. None until then.
        self.published_at: datetime | None = None
        self.has_failed = False  # whether the last time it could not be written

    def tick(self) -> float:
        """Publish if there is a reason to. Return in how many seconds it is worth looking again.

        Raises Busy while the database is away."""
        if (left := self._rests_until - self._elapsed()) > 0:
            return left
        started_at, now = self._elapsed(), self._clock.now()
        state = published_register.state(self._store, now)
        if state != self._published:
            self._publish(now)
            self._published = None if self.has_failed else state
        elif not self.has_failed:
            self.published_at = now
        rest = max(self._clock.scaled(LOOKS_EVERY), _RESTS * (self._elapsed() - started_at))
        self._rests_until = self._elapsed() + rest
        return rest

    def _publish(self, now: datetime) -> None:
        try:
            publish(self._store, now, self._directory, approved_only=self._approved_only)
        except NotOurs:
            log.error("RECBOT_PUBLISH_DIR holds something that recbot did not publish: nothing is published")
            self.has_failed = True
        except OSError as error:
            log.error("the register could not be published: %s", error.strerror)
            self.has_failed = True
        else:
            self.published_at = now
            self.has_failed = False


def publisher_of(settings: Settings, store: Store, clock: Clock) -> Publisher | None:
    """Return what publishes as the settings say; None where nothing is to be published."""
    if settings.publish_dir is None:
        return None
    approved_only = settings.publish_answers == "approved"
    return Publisher(store, clock, settings.publish_dir, approved_only=approved_only)
