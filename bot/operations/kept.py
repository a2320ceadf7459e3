"""Answers kept until the register changes: much is asked again and again between two recordings."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from bot.domain.people import Occasion
from bot.operations import speakers
from storage.store import Store

Answer = TypeVar("Answer")

_MOST = 500


class Kept(Generic[Answer]):
    """Holds answers that depend on the question, the day and the register alone, not on who asks.

    Whether the asker may see is read each time, with the number of the last update: an answer is given
    again only while that number stands, so a process also sees what another one has recorded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._answers: dict[Hashable, Answer] = {}

    def answer(
        self, store: Store, occasion: Occasion, question: Hashable, make: Callable[[], Answer]
    ) -> Answer:
        """Raises what `make` raises, CannotSee and NotIntroduced."""
        with store.glancing() as connection:
            state = occasion.today, speakers.seq_to_see(connection, store, occasion)
        with self._lock:
            if state != self._state:
                self._state, self._answers = state, {}
            kept = self._answers.get(question)
        if kept is not None:
            return kept
        made = make()
        # It may be newer than the state it is kept under, which does no harm, but never older.
        with self._lock:
            if state == self._state and len(self._answers) < _MOST:
                self._answers[question] = made
        return made
