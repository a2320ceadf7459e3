"""Whose Home is drawn when: one at a time for each person, where in it they are, and who has one."""

from collections.abc import Callable
from threading import Lock

from bot.domain.home import Place
from bot.domain.people import PersonKey
from storage import homes
from storage.store import Store


class Homes:
    """Kept in the process: another one that draws a Home anew begins it at the front."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: dict[PersonKey, Place] = {}
        # Who is being drawn for, and whether that has to be done once more.
        self._drawing: dict[PersonKey, bool] = {}

    def go(self, who: PersonKey, place: Place) -> None:
        with self._lock:
            self._places[who] = place

    def place_of(self, who: PersonKey) -> Place:
        with self._lock:
            return self._places.get(who, Place())

    def in_turn(self, who: PersonKey, draw: Callable[[], None]) -> None:
        """Draws, unless that is under way: then whoever draws does it once more, so that the last Home drawn
        is never older than what anybody asked for."""
        with self._lock:
            if who in self._drawing:
                self._drawing[who] = True
                return
            self._drawing[who] = False
        try:
            draw()
            while self._once_more(who):
                draw()
        except BaseException:
            with self._lock:
                self._drawing.pop(who, None)
            raise

    def _once_more(self, who: PersonKey) -> bool:
        with self._lock:
            if self._drawing[who]:
                self._drawing[who] = False
                return True
            del self._drawing[who]
            return False


def key_of(store: Store, user_id: str) -> PersonKey | None:
    """The person known by a user id, if anybody is."""
    with store.reading() as connection:
        return next(iter(homes.keys_of(connection, user_id)), None)


def note_opened(store: Store, who: PersonKey) -> bool:
    """Keeps that the person has a Home; False for somebody never seen. Raises Busy."""
    with store.reading() as connection:
        opened = homes.has_opened(connection, who)
    if opened is False:
        with store.begin() as connection:
            homes.open_first(connection, who)
    return opened is not None


def readers(store: Store, who: PersonKey, body_code: str | None) -> tuple[PersonKey, ...]:
    """Whose Homes a change concerns: the body's contacts, the coordinators, and `who`, if they have one."""
    with store.reading() as connection:
        concerned = homes.readers(connection, store, body_code)
        if who in concerned or not homes.has_opened(connection, who):
            return concerned
        return (who, *concerned)
