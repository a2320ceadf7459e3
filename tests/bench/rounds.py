"""Rounds: each case for a short while, then the next, over and over, so that all share a machine's drift."""

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

Asked = TypeVar("Asked", bound=Hashable)

# Asks again and again for so many seconds.
Asker = Callable[[float], "Round"]


@dataclass(frozen=True, slots=True)
class Round:
    """How long each answer took, and all of them together, in seconds."""

    took: tuple[float, ...]
    whole: float

    @property
    def p50(self) -> float:
        return median(self.took)

    @property
    def p99(self) -> float:
        return quantiles(self.took, n=100)[98] if len(self.took) > 1 else self.took[0]

    @property
    def per_second(self) -> float:
        return len(self.took) / self.whole


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of what the rounds say, and the least and the most."""

    middle: float
    least: float
    most: float


def asking(ask_once: Callable[[], float]) -> Asker:
    """One asking after the other; the first, which warms up, is left out."""

    def ask(seconds: float) -> Round:
        took, began = [ask_once()], time.perf_counter()
        while time.perf_counter() - began < seconds:
            took.append(ask_once())
        return Round(tuple(took), sum(took))

    ask_once()
    return ask


def interleaved(askers: Mapping[Asked, Asker], seconds: float, rounds: int) -> dict[Asked, list[Round]]:
    """Each case for so many seconds in all, in so many turns."""
    measured: dict[Asked, list[Round]] = {case: [] for case in askers}
    for _ in range(rounds):
        for case, ask in askers.items():
            measured[case].append(ask(seconds / rounds))
    return measured


def ratio(over: Sequence[Round], under: Sequence[Round]) -> Spread:
    """How many times as long the one takes as the other, p50 by p50 within each round."""
    return spread([above.p50 / below.p50 for above, below in zip(over, under, strict=True)])


def ratio_of_worst(over: Sequence[Round], under: Sequence[Round]) -> Spread:
    """The same, p99 by p99."""
    return spread([above.p99 / below.p99 for above, below in zip(over, under, strict=True)])


def spread(figures: Sequence[float]) -> Spread:
    return Spread(median(figures), min(figures), max(figures))
