"""The weekly digest: what the register says of its week. It holds no text that anybody wrote."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from bot.domain.messages.delivery import Delivery
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import Deadline
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.party import PartyStanding
from bot.domain.register.published_response import PublishedResponses
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import Handover
from bot.domain.register.update import Change
from bot.domain.values import replace

LOOKS_AHEAD = timedelta(days=30)
NOT_MOVED_FOR = timedelta(days=60)


class Part(StrEnum):
    """A part of a digest that is left out where it says the same as in the digest before."""

    OVERDUE = "overdue"
    EXPECTED_LATE = "expected late"
    NO_NEWS = "no news"
    NO_CONTACT = "no contact"
    QUESTIONS = "questions"
    UNPUBLISHED = "unpublished"


class ReportCounts(Struct, frozen=True):
    """How many of the bodies that a report's live recommendations are addressed to did what with all of
    them."""

    key: str  # the report's
    bodies: int
    answered: int
    accepted: int
    complete: int
    checked: int = 0  # those of `complete` that the association has checked all of
    closed: int = 0  # those of `complete` that the inspectorate has closed all of

    @classmethod
    def of(cls, key: str, addressees: Iterable[Addressee]) -> "ReportCounts":
        """Count the bodies of what a report's live recommendations ask."""
        groups = by_body(addressees).values()
        return cls(
            key=key,
            bodies=len(groups),
            answered=_how_many(groups, lambda row: row.answer.is_given),
            accepted=_how_many(groups, lambda row: row.answer is Answer.ACCEPTED),
            complete=_how_many(groups, lambda row: row.stage.is_done),
            checked=_how_many(groups, lambda row: row.stage is Stage.CHECKED),
            closed=_how_many(groups, lambda row: row.stage is Stage.CLOSED),
        )


def by_body(addressees: Iterable[Addressee]) -> dict[str, list[Addressee]]:
    """Return addressees by the codes of their bodies, by the bodies' names."""
    groups: dict[str, list[Addressee]] = {}
    for row in sorted(addressees, key=lambda row: row.body_name):
        groups.setdefault(row.body_code, []).append(row)
    return groups


def _how_many(groups: Iterable[list[Addressee]], is_so: Callable[[Addressee], bool]) -> int:
    return sum(all(map(is_so, group)) for group in groups)


class ReportStanding(Struct, frozen=True):
    """How a report stands: its line in the digest. Deadlines are London dates of what is still owed."""

    counts: ReportCounts
    answers_due: date | None = None  # the first deadline for answers, past or to come
    next_due: date | None = None  # the next deadline for completion, today or later
    late: int = 0  # how many bodies are overdue with completion
    late_since: date | None = None  # the first deadline that they missed

    @classmethod
    def of(cls, key: str, addressees: Iterable[Addressee], today: date) -> "ReportStanding":
        """Say how a report stands on a London date, from what its live recommendations ask."""
        rows = tuple(addressees)
        answers = _deadlines_owed(rows, Duty.RESPONSE)
        actions = _deadlines_owed(rows, Duty.ACTION)
        late = [row for row in rows if row.is_overdue(Duty.ACTION, today)]
        return cls(
            counts=ReportCounts.of(key, rows),
            answers_due=min(answers, default=None),
            next_due=min((day for day in actions if day >= today), default=None),
            late=len({row.body_code for row in late}),
            late_since=min((day for day in actions if day < today), default=None),
        )

    @property
    def next_deadline(self) -> date | None:
        """The next deadline, whatever is due by it."""
        return min(filter(None, (self.answers_due, self.next_due)), default=None)


def _deadlines_owed(addressees: Iterable[Addressee], duty: Duty) -> list[date]:
    deadlines = (row.deadline(duty) for row in addressees if row.owes(duty))
    return [deadline for deadline in deadlines if deadline is not None]


class Late(Struct, frozen=True):
    """The bodies that have not done a duty on any of these recommendations."""

    recommendations: tuple[Recommendation, ...]  # of one report
    duty: Duty
    deadline: date  # a London date
    body_names: tuple[str, ...]


class ExpectedLate(Struct, frozen=True):
    """The bodies that expect themselves to be late with a recommendation, by name, each with the London date
    on which it expects to be done."""

    recommendation: Recommendation
    bodies: tuple[tuple[str, date], ...]


class Moved(Struct, frozen=True):
    """What changed of a recommendation with a body in the period."""

    recommendation: Recommendation
    body_name: str
    values: tuple[Change, ...]  # from what to what
    taken_back: bool = False
    reopened: bool = False  # whether it was complete and is under way again


class Reported(Struct, frozen=True):
    """What another reported in the period whom a recommendation is addressed to, or somebody for it."""

    recommendation: Recommendation
    standing: PartyStanding  # for whom, and by whom
    on: date  # the London date of the report
    taken_back: bool = False


class Digest(Struct, frozen=True):
    """What a digest says. Its period is the updates after those of the last digest, up to `through_seq`."""

    today: date  # a London date
    since: date | None  # the London date of the digest before
    reports: tuple[ReportStanding, ...]
    coming: tuple[Deadline, ...]  # within 30 days
    overdue: tuple[Late, ...]
    moved: tuple[Moved, ...]
    no_news: tuple[str, ...]  # names of bodies that owe something and recorded nothing for 60 days
    through_seq: int
    anchor: str  # the hash of update `through_seq`, which anchors the history
    names_bodies: bool = True
    late_from: Slot | None = None  # the slot of a digest that is posted late
    notes: int = 0  # counts the updates of the period that change nothing
    reported: tuple[Reported, ...] = ()  # by others, who are counted with no body
    handovers: tuple[Handover, ...] = ()  # of the period, from bodies that ended
    without_contact: tuple[str, ...] = ()  # names of bodies for which nobody can record
    # Questions to bodies that nobody has answered, oldest first: "Kent (stalking 15)".
    unanswered: tuple[str, ...] = ()
    expected_late: tuple[ExpectedLate, ...] = ()  # in the order of the reports
    # Of the reports that ask for published responses those to which not all are published, nearest first.
    unpublished: tuple[PublishedResponses, ...] = ()
    # Progress over time of the reports of which something moved, for the thread.
    charts: tuple[ProgressOverTime, ...] = ()
    # What says the same as in the digest before: names of parts, and of what is overdue.
    unchanged: frozenset[str] = frozenset()

    @property
    def one_report(self) -> bool:
        return len(self.reports) == 1

    def fingerprints(self) -> dict[str, str]:
        """Return what it says as hashes, by which the next digest knows what says the same: of each part, and
        of each duty that is overdue on a recommendation, with whom and not for how long. What says nothing is
        left out."""
        overdue = {
            overdue_name(group.duty, recommendation): sorted((str(group.deadline), *group.body_names))
            for group in self.overdue
            for recommendation in group.recommendations
        }
        lines_by_part: dict[str, Sequence[str]] = {
            **overdue,
            Part.OVERDUE: [f"{name}: {lines}" for name, lines in sorted(overdue.items())],
            Part.EXPECTED_LATE: [
                f"{group.recommendation.id}: {name} {day}"
                for group in self.expected_late
                for name, day in group.bodies
            ],
            Part.NO_NEWS: self.no_news,
            Part.NO_CONTACT: self.without_contact,
            Part.QUESTIONS: self.unanswered,
            Part.UNPUBLISHED: [
                f"{group.report.key}: {row.body_name}"
                for group in self.unpublished
                for row in group.unpublished
            ],
        }
        return {
            str(name): sha256("\n".join(lines).encode()).hexdigest()[:32]
            for name, lines in lines_by_part.items()
            if lines
        }

    def after(self, fingerprints: Mapping[str, str]) -> "Digest":
        """Return the digest beside what the one before told, of which these are the fingerprints."""
        unchanged_parts = {
            name for name, fingerprint in self.fingerprints().items() if fingerprints.get(name) == fingerprint
        }
        return replace(self, unchanged=frozenset(unchanged_parts))


def overdue_name(duty: Duty, recommendation: Recommendation) -> str:
    """Return the name, among what a digest says, of those who are late with a duty on a recommendation."""
    return f"{Part.OVERDUE} {duty} {recommendation.id}"


class Posted(Struct, frozen=True):
    """A digest that was to come, posted or not."""

    head: Delivery
    troubled_parts: tuple[Delivery, ...]  # those of its thread that did not arrive as they should


class DigestOutlook(Struct, frozen=True):
    """When the next digest comes, and how the last ones went."""

    has_channel: bool
    next_slot: Slot | None  # None when the rule has ended
    last: tuple[Posted, ...]  # newest first
    # The last update that a digest told, and its hash: what anchors the history outside the database.
    anchor: tuple[int, str] | None = None


def expected_late(
    rows: Iterable[Addressee], recommendations: Mapping[str, Recommendation]
) -> tuple[ExpectedLate, ...]:
    """Return who expects to be late with what, in the order of `recommendations`."""
    by_id: dict[str, list[tuple[str, date]]] = {}
    for row in rows:
        if row.is_expected_late and row.expects:
            by_id.setdefault(row.recommendation_id, []).append((row.body_name, row.expects))
    return tuple(
        ExpectedLate(recommendation, tuple(sorted(by_id[id_])))
        for id_, recommendation in recommendations.items()
        if id_ in by_id
    )


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
