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
    """How the live recommendations of a report are answered. `accepted_all` of the `bodies` addressed have
    accepted each one addressed to them; `alike` tells that each was addressed to as many bodies."""

    key: str
    first_number: str
    recommendations: int
    bodies: int
    accepted_all: int
    answers: int
    accepted: int
    alike: bool


@dataclass(frozen=True, slots=True)
class Late:
    """The bodies that have not done one duty on any of these recommendations, of one report; their deadline
    was a London date."""

    recommendations: tuple[Recommendation, ...]
    duty: Duty
    deadline: date
    body_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed in the period, from what to what; who recorded the last of it, or took it back, on which
    London date. `reopened` tells that it was complete and is under way again."""

    recommendation: Recommendation
    body_name: str
    values: tuple[Change, ...]
    by: str
    on: date
    on_behalf: bool = False
    taken_back: bool = False
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class Unmoved:
    """The bodies that owe something on these recommendations, of one report, and did not move for 60 days."""

    recommendations: tuple[Recommendation, ...]
    body_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The period is the updates after the last digest's, up to `through_seq`, whose hash anchors the history.

    `since` is the London date of the digest before, `late_from` the slot of one that is posted late; `notes`
    counts what was said without a change."""

    today: date
    since: date | None
    reports: tuple[ReportStanding, ...]
    coming: tuple[Deadline, ...]
    next_deadline: date | None
    only_deadline: bool
    overdue: tuple[Late, ...]
    moved: tuple[Moved, ...]
    unmoved: tuple[Unmoved, ...]
    through_seq: int
    anchor: str
    names_bodies: bool = True
    late_from: Slot | None = None
    notes: int = 0

    @property
    def unmoved_bodies(self) -> tuple[str, ...]:
        return tuple(sorted({name for unmoved in self.unmoved for name in unmoved.body_names}))

    @property
    def one_report(self) -> bool:
        return len(self.reports) == 1


@dataclass(frozen=True, slots=True)
class Posted:
    """A digest that was to come, and those parts of its thread that did not arrive as they should."""

    head: Delivery
    troubled_parts: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class DigestOutlook:
    """When the next digest comes, None when the rule has ended, and how the last ones went, newest first."""

    has_channel: bool
    next_slot: Slot | None
    last: tuple[Posted, ...]


def late(
    duty: Duty, owing: Iterable[Addressee], recommendations: Mapping[str, Recommendation]
) -> tuple[Late, ...]:
    """Overdue addressees by deadline; recommendations that are late with the same bodies are together."""
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
    """Recommendation ids with body names, the recommendations of the same bodies together."""
    return tuple(starmap(Unmoved, _with_the_same_bodies(pairs, recommendations)))


def _with_the_same_bodies(
    pairs: Iterable[tuple[str, str]], recommendations: Mapping[str, Recommendation]
) -> Iterator[tuple[tuple[Recommendation, ...], tuple[str, ...]]]:
    """In the order of `recommendations`, those of one report together that have the same bodies, by name."""
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
