"""The published response to an inspection report, where the report asks for one: a setting of the report.

The rule is section 55 of the Police Act 1996. A local policing body invites the chief officer's comments by a
day that it sets (55(4)), publishes its own comments and the chief officer's (55(5)) within 56 days (55(5A)),
and sends them to the inspectors and the Secretary of State. The day by which to publish is stored as the
report states it and never reckoned: the two readings of "56 days" differ by a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.recommendation import Report
from bot.domain.register.update import Change, Draft, Update

# What changes are called that say for which report a step is, by which day comments are invited, and by
# which day a report asks for responses.
_STEP_ON = "published response on "
_COMMENTS_BY = "comments invited by"
_PUBLISH_BY = "publish by of "


class Step(StrEnum):
    """What a body records of its response, in the order in which it comes about."""

    INVITED = "comments invited"
    PUBLISHED = "published"
    COPIED = "copied"


class StepKey(NamedTuple):
    """Of which step, of which report, with which body."""

    report_key: str
    body_code: str
    step: Step


@dataclass
class NotAskedToPublish(Refusal):
    """The report asks no published response of this body, or of nobody (`body_name` is empty)."""

    report_key: str
    body_name: str = ""


@dataclass
class PublishedAtWrongTime(Refusal):
    """Nothing is done about a report before it was published, nor on a day that is to come; London dates."""

    on: date
    published_on: date


@dataclass
class NoAddress(Refusal):
    """A response is published at a whole http or https address, or copied to somebody who is named."""

    step: Step


class PublishedResponse(Struct, frozen=True):
    """How far the response to a report is with one body: the update by which each step stands."""

    report: Report
    body_code: str
    body_name: str
    steps: Mapping[Step, Update]
    # In whose place the body stands, by name. What all of them did is done.
    predecessors: "tuple[PublishedResponse, ...]" = ()

    @property
    def publish_by(self) -> date:
        """Raises ValueError for a report that asks for no response."""
        if self.report.publish_by is None:
            raise ValueError(self.report.key)
        return self.report.publish_by

    def has_done(self, step: Step) -> bool:
        """Whether the body took the step, or all those did in whose place it stands."""
        inherited = bool(self.predecessors) and all(before.has_done(step) for before in self.predecessors)
        return step in self.steps or inherited

    @property
    def has_begun(self) -> bool:
        """Whether anything was recorded of it, by the body or by those in whose place it stands."""
        return bool(self.steps) or any(before.has_begun for before in self.predecessors)

    @property
    def is_published(self) -> bool:
        return self.has_done(Step.PUBLISHED)

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do: to publish it, or to send it to whom it is to be copied."""
        return not (self.is_published and self.has_done(Step.COPIED))

    def is_overdue(self, today: date) -> bool:
        return not self.is_published and self.publish_by < today


class PublishedResponses(Struct, frozen=True):
    """The responses to one report, by name of the body."""

    report: Report
    rows: tuple[PublishedResponse, ...]
    # By the code of the body, with those in whose place another stands.
    by_body: Mapping[str, PublishedResponse]

    @property
    def published(self) -> tuple[PublishedResponse, ...]:
        return tuple(row for row in self.rows if row.is_published)

    @property
    def unpublished(self) -> tuple[PublishedResponse, ...]:
        return tuple(row for row in self.rows if not row.is_published)


def by_report(rows: Iterable[PublishedResponse]) -> tuple[PublishedResponses, ...]:
    """Return responses report by report, in the order in which they come."""
    groups = ((report, tuple(of_report)) for report, of_report in groupby(rows, lambda row: row.report))
    return tuple(
        PublishedResponses(report, of_report, {row.body_code: row for row in _with_predecessors(of_report)})
        for report, of_report in groups
    )


def _with_predecessors(rows: Iterable[PublishedResponse]) -> Iterator[PublishedResponse]:
    for row in rows:
        yield from _with_predecessors(row.predecessors)
        yield row


class StepRecorded(Struct, frozen=True):
    """What came of a recording, or of taking it back: how far the response then is."""

    published_response: PublishedResponse
    step: Step
    seq: int  # of the update that was recorded, or taken back
    today: date  # London
    on_behalf: bool = False
    again: bool = False  # whether the same request had been recorded before, so that nothing was written


class ReportSetting(Struct, frozen=True):
    """The day by which a report asks for responses, as it stands, and as it would be or is."""

    before: Report
    after: Report
    bodies: int  # of which it asks, or would ask, a response
    recorded: int  # bodies that have recorded a step of it

    @property
    def changes_anything(self) -> bool:
        return self.before.publish_by != self.after.publish_by


def must_be_possible(on: date, comments_by: date | None, published_on: date, today: date) -> None:
    """Raises PublishedAtWrongTime. Comments may be invited by a day that is to come."""
    if not published_on <= on <= today:
        raise PublishedAtWrongTime(on, published_on)
    if comments_by and comments_by < published_on:
        raise PublishedAtWrongTime(comments_by, published_on)


def step_name(report_key: str) -> str:
    """Return what the history calls a step of a report."""
    return f"{_STEP_ON}{report_key}"


def changes(report_key: str, step: Step, comments_by: date | None = None) -> tuple[Change, ...]:
    """Return what an update says of a step."""
    step_change = Change(step_name(report_key), "", step)
    return (step_change, Change(_COMMENTS_BY, "", str(comments_by))) if comments_by else (step_change,)


def setting_change(report_key: str, was: date | None, now: date | None) -> Change:
    """Return what an update says of the day by which a report asks for responses."""
    return Change(f"{_PUBLISH_BY}{report_key}", str(was or ""), str(now or ""))


def step_of(draft: Draft) -> StepKey | None:
    """Return of what an update tells; None for one that tells of no step."""
    for change in draft.changes:
        if change.what.startswith(_STEP_ON):
            return StepKey(change.what.removeprefix(_STEP_ON), draft.body_code or "", Step(change.now))
    return None


def comments_by(update: Update) -> date | None:
    """Return the London date by which the chief officer's comments are invited."""
    invited = (change.now for change in update.draft.changes if change.what == _COMMENTS_BY)
    return next(map(date.fromisoformat, invited), None)


def setting_of(draft: Draft) -> tuple[str, date | None, date | None] | None:
    """Return of which report an update set the day, what it was, and what it is since; None for others."""
    for change in draft.changes:
        if change.what.startswith(_PUBLISH_BY):
            was, now = (date.fromisoformat(day) if day else None for day in (change.was, change.now))
            return change.what.removeprefix(_PUBLISH_BY), was, now
    return None


def latest_steps(counting: Iterable[Update]) -> dict[tuple[str, str], dict[Step, Update]]:
    """Return the updates by which steps stand, by report and body. `counting` are those that count on a day:
    of them the last one recorded holds."""
    steps: dict[tuple[str, str], dict[Step, Update]] = {}
    for update in sorted(counting, key=lambda update: update.seq):
        if key := step_of(update.draft):
            steps.setdefault((key.report_key, key.body_code), {})[key.step] = update
    return steps


class Ended(NamedTuple):
    """A body that has ended: whose duties on a report passed to the body with `heir_code`."""

    report_key: str
    body_code: str
    body_name: str
    heir_code: str


def published_response_of(
    report: Report,
    body_code: str,
    body_name: str,
    steps: Mapping[tuple[str, str], Mapping[Step, Update]],
    ended: Sequence[Ended],
) -> PublishedResponse:
    """Return how far the response is with a body, and with those in whose place it stands."""
    before = sorted(
        (row for row in ended if (row.report_key, row.heir_code) == (report.key, body_code)),
        key=lambda row: row.body_name,
    )
    others = [row for row in ended if row not in before]
    return PublishedResponse(
        report,
        body_code,
        body_name,
        steps.get((report.key, body_code), {}),
        tuple(published_response_of(report, row.body_code, row.body_name, steps, others) for row in before),
    )
