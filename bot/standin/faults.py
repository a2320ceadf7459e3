"""Faults on order: what a network or Slack itself does wrong, for the next calls or now and then."""

import random
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "accept_then_drop",
    "drop",
    "http_500",
    "accept_then_500",
    "cut",
    "internal_error",
    "rate_limited",
    "refused",
    "slow",
]


# Beside the names of methods: where a file is uploaded to, and where an answer is posted. Both may be slow.
UPLOAD, RESPONSE_URL = "upload", "response_url"


@dataclass(frozen=True)
class Fault:
    """`accept_…` takes the call and then fails; `seconds` is how long `slow` waits or Retry-After says;
    `error` is the code with which a call is `refused`; `answer` is what arrives of one that is `cut`."""

    kind: Kind
    seconds: float = 1
    error: str = ""
    answer: str = ""


def slow(seconds: float) -> Fault:
    """Return a fault: the call waits, then is taken and answered: a caller who gave up meets a late
    acceptance."""
    return Fault("slow", seconds)


def rate_limited(retry_after: int) -> Fault:
    """Return a fault: 429 with `Retry-After` in whole seconds."""
    return Fault("rate_limited", retry_after)


def refused(error: str) -> Fault:
    """Return a fault: `ok: false` with any code of Slack's: a plain no."""
    return Fault("refused", error=error)


def cut(text: str) -> Fault:
    """Return a fault: the call is taken, and its answer repeats `text`; the rest of the answer is lost on the
    way."""
    return Fault("cut", answer=f'{{"ok": true, "message": {{"text": "{text}')


class Faults:
    """The faults that are ordered. `history_seconds`: younger messages are not yet in any history."""

    def __init__(self, seed: int = 0) -> None:
        self.history_seconds = 0.0
        self._random = random.Random(seed)  # noqa: S311 (a repeatable chance, not a secret)
        self._lock = threading.Lock()
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chances: dict[str, tuple[Fault, float]] = {}

    def next(self, method: str, kind: Kind | Fault, times: int = 1) -> None:
        """Have the next `times` calls of `method` meet this fault; further orders queue behind."""
        with self._lock:
            self._next[method].extend([_fault(kind)] * times)

    def sometimes(self, method: str, kind: Kind | Fault, probability: float) -> None:
        """Have each call of `method` meet this fault with `probability` (0 to 1), by the seed."""
        with self._lock:
            self._chances[method] = (_fault(kind), probability)

    def history_lag(self, seconds: float) -> None:
        self.history_seconds = seconds

    def clear(self) -> None:
        with self._lock:
            self._next.clear()
            self._chances.clear()
            self.history_seconds = 0.0

    def take(self, method: str) -> Fault | None:
        """Take the fault that this call of `method` meets, if any."""
        with self._lock:
            if self._next[method]:
                return self._next[method].popleft()
            fault, probability = self._chances.get(method, (None, 0.0))
            return fault if self._random.random() < probability else None


def _fault(kind: Kind | Fault) -> Fault:
    return kind if isinstance(kind, Fault) else Fault(kind)
