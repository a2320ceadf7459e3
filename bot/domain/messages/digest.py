"""The weekly digest: what the register says of its week. It holds no text that anybody wrote."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap

from bot.domain.messages.delivery import Delivery
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Change

LOOKS_AHEAD = timedelta(days=30)
NOT_MOVED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """How the live recommendations of a report are answered."""

    key: str  # the report's
    first_number: str  # the first recommendation's
    recommendations: int
    bodies: int  # those addressed
    accepted_all: int  # how many of them accepted each recommendation addressed to them
    answers: int  # a recommendation addressed to a body counts as one
    accepted: int  # how many of these are accepted
    alike: bool  # whether each recommendation was addressed to as many bodies


@dataclass(frozen=True, slots=True)
class Late:
    """The bodies that have not done a duty on any of these recommendations."""

    recommendations: tuple[Recommendation, ...]  # of one report
    duty: Duty
    deadline: date  # a London date
    body_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed of a recommendation with a body in the period."""

    recommendation: Recommendation
    body_name: str
    values: tuple[Change, ...]  # from what to what
    by: str  # the name of whoever recorded the last of it, or took it back
    on: date  # the London date of that
    on_behalf: bool = False
    taken_back: bool = False
    reopened: bool = False  # whether it was complete and is under way again


@dataclass(frozen=True, slots=True)
class Unmoved:
    """The bodies that owe something on these recommendations and have recorded nothing for 60 days."""

    recommendations: tuple[Recommendation, ...]  # of one report
    body_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest says. Its period is the updates after those of the last digest, up to `through_seq`."""

    today: date  # a London date
    since: date | None  # the London date of the digest before
    reports: tuple[ReportStanding, ...]
    coming: tuple[Deadline, ...]  # within 30 days
    next_deadline: date | None
    only_deadline: bool  # whether no other is to come
    overdue: tuple[Late, ...]
    moved: tuple[Moved, ...]
    unmoved: tuple[Unmoved, ...]
    through_seq: int
    anchor: str  # the hash of update `through_seq`, which anchors the history
    names_bodies: bool = True
    late_from: Slot | None = None  # the slot of a digest that is posted late
    notes: int = 0  # counts the updates of the period that change nothing

    @property
    def unmoved_bodies(self) -> tuple[str, ...]:
        """The short names of bodies that have recorded nothing for 60 days, in order."""
        return tuple(sorted({name for unmoved in self.unmoved for name in unmoved.body_names}))

    @property
    def one_report(self) -> bool:
        return len(self.reports) == 1


@dataclass(frozen=True, slots=True)
class Posted:
    """A digest that was to come, posted or not."""

    head: Delivery
    troubled_parts: tuple[Delivery, ...]  # those of its thread that did not arrive as they should


@dataclass(frozen=True, slots=True)
class DigestOutlook:
    """When the next digest comes, and how the last ones went."""

    has_channel: bool
    next_slot: Slot | None  # None when the rule has ended
    last: tuple[Posted, ...]  # newest first


def late(
    duty: Duty, owing: Iterable[Addressee], recommendations: Mapping[str, Recommendation]
) -> tuple[Late, ...]:
    """Return what is overdue by deadline; recommendations that are late with the same bodies are together."""
    by_deadline: dict[date, list[tuple[str, str]]] = {}
    for addressee in owing:
        deadline = addressee.deadline(duty)
        if deadline is not None:
            pair = (addressee.recommendation_id, addressee.body_name)
            by_deadline.setdefault(deadline, []).append(pair)
    return tuple(
        Late(together, duty, deadline, names)
        for deadline, pairs in sorted(by_deadline.items())
        for together, names in _with_the_same_bodies(pairs, recommendations)
    )


def unmoved(
    pairs: Sequence[tuple[str, str]], recommendations: Mapping[str, Recommendation]
) -> tuple[Unmoved, ...]:
    """Put recommendations of the same bodies together, from pairs of a recommendation's id and a body's
    name."""
    return tuple(starmap(Unmoved, _with_the_same_bodies(pairs, recommendations)))


def _with_the_same_bodies(
    pairs: Iterable[tuple[str, str]], recommendations: Mapping[str, Recommendation]
) -> Iterator[tuple[tuple[Recommendation, ...], tuple[str, ...]]]:
    """Yield, in the order of `recommendations`, those of one report that have the same bodies, and the names
    of these."""
    bodies: dict[str, list[str]] = {}
    for recommendation_id, body_name in pairs:
        bodies.setdefault(recommendation_id, []).append(body_name)
    groups: dict[tuple[str, tuple[str, ...]], list[Recommendation]] = {}
    for key, recommendation in recommendations.items():
        if key in bodies:
            names = tuple(sorted(bodies[key]))
            groups.setdefault((recommendation.report.key, names), []).append(recommendation)
    for (_, names), together in groups.items():
        yield tuple(together), names
