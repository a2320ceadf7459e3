"""The weekly digest as it is posted: a message that fits on a screen, and in its thread whatever is long."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from bot.domain.messages.delivery import Payload, part_key
from bot.domain.messages.digest import LOOKS_AHEAD, Digest, ReportCounts, ReportStanding
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.register.addressee import Stage
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import show, update
from bot.rendering.blocks.messages.digest_topics import topics
from bot.rendering.blocks.questions.chart import with_native_chart
from bot.rendering.blocks.questions.lists import in_days
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Block, Screen, actions, lines, paragraphs, screen, small

_REPORTS = 8
_SHOWN = 4
# In characters: room for the first sentence within Slack's limit for a message.
_PART = 8000


def messages(digest: Digest, key: str) -> tuple[Payload, ...]:
    """Word the digest for the delivery `key`: the message, then the parts of its thread, if it needs any. The
    history's anchor stands in the message's metadata."""
    head = delivered(message(digest), key, through=digest.through_seq, anchor=digest.anchor)
    keys = (part_key(key, number) for number in count(2))
    parts = (*thread(digest), *map(chart_part, digest.charts))
    return (head, *map(delivered, parts, keys))


def message(digest: Digest) -> Screen:
    return screen(
        headline(digest),
        _other_reports(digest),
        *(lines([topic.paragraph]) for topic in topics(digest)),
        _late(digest),
        actions(update(), *_show(digest)) if digest.reports else None,
    )


def _show(digest: Digest) -> list[Block]:
    """Return a button for each of the first recommendations that the digest speaks of."""
    recommendations = [
        *(due.recommendation for due in digest.coming),
        *(recommendation for late in digest.overdue for recommendation in late.recommendations),
    ]
    first = list({recommendation.id: recommendation for recommendation in recommendations}.values())[:_SHOWN]
    return [
        show(recommendation.title, recommendation.number if digest.one_report else recommendation.title)
        for recommendation in first
    ]


def thread(digest: Digest) -> tuple[Screen, ...]:
    """Return the parts of the thread: none where the message says everything."""
    details = [line for topic in topics(digest) for line in topic.details]
    parts = _packed([*_reports_over(digest), *details])
    return tuple(
        screen(
            f"The rest of the digest of {words.day(digest.today)}{_part(number, len(parts))}.",
            *paragraphs(part),
        )
        for number, part in enumerate(parts, start=1)
    )


def chart_part(progress: ProgressOverTime) -> Screen:
    """Return the part of the thread with a report's progress over time, and a button for it as a picture."""
    title = f"chart {words.both(progress.subject.report_keys)}"
    return with_native_chart(progress, actions(show(title, "chart")))


def headline(digest: Digest) -> str:
    """Say in one sentence how the report stands whose deadline is next."""
    if not digest.reports:
        return "No recommendation is live."
    return report_line(digest.reports[0], digest.today)


def _other_reports(digest: Digest) -> Block | None:
    others = digest.reports[1:_REPORTS]
    if not others:
        return None
    left = len(digest.reports) - _REPORTS
    more = [f"{words.count(left, 'more report')} in the thread"] if left > 0 else []
    return lines([*(f"*{inert(report_line(report, digest.today))}*" for report in others), *more])


def _reports_over(digest: Digest) -> list[str]:
    return [inert(report_line(report, digest.today)) for report in digest.reports[_REPORTS:]]


def report_line(report: ReportStanding, today: date) -> str:
    """Write how a report stands, as in `Stalking: all 43 accepted; 12 of 43 complete; due in 10 days.`"""
    pieces = (_answers(report.counts), _completion(report), *_deadlines(report, today))
    return f"{words.capital(report.counts.key)}: {'; '.join(piece for piece in pieces if piece)}."


def _answers(counts: ReportCounts) -> str:
    if counts.answered < counts.bodies:
        accepted = f", {counts.accepted} accepted" if counts.accepted < counts.answered else ""
        answered = f"{counts.answered}" if counts.answered else "none"
        return f"{answered} of {counts.bodies} answered{accepted}"
    return f"{_of_all(counts.accepted, counts.bodies)} accepted"


def _completion(report: ReportStanding) -> str:
    """Say how many are complete, once that is the question: all have answered, or the deadline is past."""
    counts = report.counts
    if not counts.complete and counts.answered < counts.bodies and not report.late:
        return ""
    others = ((counts.checked, Stage.CHECKED), (counts.closed, Stage.CLOSED))
    stage_counts = [f"{number} {terms.stage(stage)}" for number, stage in others if number]
    by_whom = f" ({words.both(stage_counts)})" if stage_counts else ""
    return f"{_of_all(counts.complete, counts.bodies) if counts.complete else 'none'} complete{by_whom}"


def _of_all(number: int, bodies: int) -> str:
    return f"all {bodies}" if number == bodies > 1 else f"{number} of {bodies}"


def _deadlines(report: ReportStanding, today: date) -> Iterator[str]:
    if report.answers_due and report.answers_due < today:
        yield f"answers were due on {words.day(report.answers_due)}"
    elif report.answers_due:
        yield f"answers due {_when(report.answers_due, today)}"
    if report.late and report.late_since:
        yield f"{report.late} overdue since {words.day(report.late_since)}"
    if report.next_due and report.answers_due and not _completion(report):
        # What is due is said: else it might be the answers again.
        yield f"to be complete by {words.day(report.next_due)}"
    elif report.next_due:
        yield f"{'the next ' if report.late else ''}due {_when(report.next_due, today)}"


def _when(deadline: date, today: date) -> str:
    """Write how near a deadline is, or when it comes where that is far off."""
    return in_days(deadline, today) if deadline - today <= LOOKS_AHEAD else f"on {words.day(deadline)}"


def _late(digest: Digest) -> Block | None:
    if digest.late_from is None:
        return None
    local = digest.late_from.local
    return small(f"Posted late: it was to come on {words.day(local.date())} at {local:%H:%M}.")


def _part(number: int, total: int) -> str:
    return f", part {number} of {total}" if total > 1 else ""


def _packed(text: Sequence[str]) -> list[list[str]]:
    """Put lines into as many messages as they need."""
    parts: list[list[str]] = [[]] if text else []
    size = 0
    for line in text:
        if size + len(line) > _PART and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += len(line) + 1
    return parts
