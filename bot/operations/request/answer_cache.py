"""Answers kept until the register changes: much is asked again and again between two recordings."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.request import actors
from storage.store import Store

Answer = TypeVar("Answer")

_MOST = 500


class AnswerCache(Generic[Answer]):
    """Holds answers that depend on the question, the day and the register alone, not on who asks.

    Whether the asker may see is read each time, with the number of the last update: an answer is given
    again only while that number stands, so a process also sees what another one has recorded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._askers = actors.KnownAskers()
        self._state: Hashable = None
        self._answers: dict[Hashable, Answer] = {}

    def answer(
        self,
        store: Store,
        request: Request,
        question: Hashable,
        make: Callable[[Request], Answer],
        *,
        contacts_too: bool = True,
    ) -> Answer:
        """Return the answer that is kept, or make it for the request with its reader. Without
        `contacts_too` a contact's answer is their own, and is made each time.

        Raises what `make` raises, CannotSee and NotIntroduced."""
        actor, seq = self._askers.load_with_seq(store, request)
        request = replace(request, reader=actor)
        if actor.is_contact and not contacts_too:
            return make(request)
        state = request.today, seq
        with self._lock:
            if state != self._state:
                self._state, self._answers = state, {}
            cached = self._answers.get(question)
        if cached is not None:
            return cached
        answer = make(request)
        if not contacts_too and self._has_become_a_contact(store, request):
            return answer
        # A concurrent write can make the answer newer than its key, never older.
        with self._lock:
            if state == self._state and len(self._answers) < _MOST:
                self._answers[question] = answer
        return answer

    def _has_become_a_contact(self, store: Store, request: Request) -> bool:
        """Whether the asker became a contact while the answer was made, which then may be their own."""
        return self._askers.load_with_seq(store, request)[0].is_contact
