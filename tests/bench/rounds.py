"""Rounds: each case for a short while, then the next, over and over, so that all share a machine's drift."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.cases import Case

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


def interleaved(askers: Mapping[Case, Asker], seconds: float, rounds: int) -> dict[Case, list[Round]]:
    """Each case for so many seconds in all, in so many turns."""
    measured: dict[Case, list[Round]] = {case: [] for case in askers}
    for _ in range(rounds):
        for case, ask in askers.items():
            measured[case].append(ask(seconds / rounds))
    return measured


def ratio(over: Sequence[Round], under: Sequence[Round]) -> Spread:
    """How many times as long the one takes as the other, p50 by p50 within each round."""
    each = [above.p50 / below.p50 for above, below in zip(over, under, strict=True)]
    return Spread(median(each), min(each), max(each))
