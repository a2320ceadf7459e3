"""The weekly digest as it is posted: a message that fits on a screen, and in its thread whatever is long."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.messages.delivery import Payload, part_key
from bot.domain.messages.digest import LOOKS_AHEAD, NOT_MOVED_FOR, Digest, Late, Moved, ReportStanding
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Duty
from bot.domain.register.recommendation import Recommendation
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import show, update
from bot.rendering.blocks.questions.updates import from_to
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Block, Screen, actions, lines, paragraphs, screen, small

# As many as are read at a glance; what is over goes into the thread.
_NAMES = 12
_ITEMS = 8
_NUMBERS = 6
_REPORTS = 3
_SHOWN = 4
# In characters: room for the first sentence and the anchor within Slack's limit for a message.
_PART = 8000
_ALL = {2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}


@dataclass(frozen=True, slots=True)
class _Topic:
    """One paragraph of the message, and the lines about it that only the thread has room for."""

    paragraph: str
    details: tuple[str, ...] = ()


def messages(digest: Digest, key: str) -> tuple[Payload, ...]:
    """Word the digest for the delivery `key`: the message, then the parts of its thread, the history's anchor
    last."""
    screens = (message(digest), *thread(digest))
    keys = (key, *(part_key(key, number) for number in range(2, len(screens) + 1)))
    return tuple(map(delivered, screens, keys))


def message(digest: Digest) -> Screen:
    return screen(
        headline(digest),
        *(lines([topic.paragraph]) for topic in _topics(digest)),
        _late(digest),
        actions(update(), *_show(digest)) if digest.reports else None,
    )


def _show(digest: Digest) -> list[Block]:
    """Return a button for each of the first recommendations that the digest speaks of."""
    named = [
        *(due.recommendation for due in digest.coming),
        *(recommendation for late in digest.overdue for recommendation in late.recommendations),
        *(recommendation for unmoved in digest.unmoved for recommendation in unmoved.recommendations),
    ]
    first = list({recommendation.id: recommendation for recommendation in named}.values())[:_SHOWN]
    return [
        show(recommendation.title, recommendation.number if digest.one_report else recommendation.title)
        for recommendation in first
    ]


def thread(digest: Digest) -> tuple[Screen, ...]:
    """Return the parts of the thread: at least one, since the anchor belongs there."""
    parts = _packed([line for topic in _topics(digest) for line in topic.details])
    return tuple(
        screen(
            f"Week to {words.day(digest.today)}: {_part(number, len(parts), bool(part))}.",
            *paragraphs(part),
            _anchor(digest) if number == len(parts) else None,
        )
        for number, part in enumerate(parts, start=1)
    )


def headline(digest: Digest) -> str:
    """Say in one sentence how everything stands."""
    week = f"Week to {words.day(digest.today)}"
    if not digest.reports:
        return f"{week}: no recommendation is live."
    return f"{week}: {_accepted(digest.reports)}; {_deadline(digest)}."


def _accepted(reports: Sequence[ReportStanding]) -> str:
    if len(reports) == 1:
        return _accepted_of(reports[0])
    answers = sum(report.answers for report in reports)
    accepted = sum(report.accepted for report in reports)
    recommendations = words.count(sum(report.recommendations for report in reports), "recommendation")
    return (
        f"{accepted:,} of {answers:,} answers are acceptances,"
        f" on {recommendations} of {words.count(len(reports), 'report')}"
    )


def _accepted_of(report: ReportStanding) -> str:
    counted = f"{report.accepted_all} of {report.bodies} accepted"
    if report.recommendations == 1:
        return f"{counted} {report.key} {report.first_number}"
    if not report.alike:
        return f"{counted} every {report.key} recommendation addressed to them"
    every = _ALL.get(report.recommendations, f"all {report.recommendations}")
    return f"{counted} {every} {report.key} recommendations"


def _deadline(digest: Digest) -> str:
    late = [group for group in digest.overdue if group.duty is Duty.ACTION or digest.next_deadline is None]
    pieces = []
    if digest.next_deadline is not None:
        name = "the deadline" if digest.only_deadline else "the next deadline"
        left = (digest.next_deadline - digest.today).days
        pieces.append(f"{words.days(left)} to {name}" if left else f"{name} is today")
    if late:
        count = words.bodies(len({name for group in late for name in group.body_names}))
        longest = words.days(max((digest.today - group.deadline).days for group in late))
        pieces.append(f"{count} overdue by {'up to ' if _several_deadlines(late) else ''}{longest}")
    return ", ".join(pieces) or "nothing is due or overdue"


def _several_deadlines(late: Sequence[Late]) -> bool:
    return len({group.deadline for group in late}) > 1


def _topics(digest: Digest) -> tuple[_Topic, ...]:
    topics = (_coming(digest), _overdue(digest), _moved(digest), _unmoved(digest))
    return topics if digest.one_report else (_reports(digest), *topics)


def _reports(digest: Digest) -> _Topic:
    items = [escaped(_accepted_of(report)) for report in digest.reports]
    if len(items) <= _REPORTS:
        return _topic("Accepted", items, items)
    return _Topic(f"*Accepted* · {len(items)} reports, in the thread", _under("Accepted", items))


def _coming(digest: Digest) -> _Topic:
    heading = f"Due in the next {words.days(LOOKS_AHEAD.days)}"
    items, details = [], []
    groups = groupby(digest.coming, key=lambda due: (due.on, due.duty, due.recommendation.report.key))
    for _, members in groups:
        group = list(members)
        if len(group) <= _NUMBERS:
            items.append(_due(group))
        else:
            items.append(_due_in_short(group))
            details += [_due([deadline]) for deadline in group]
    return _topic(heading, items, items, details)


def _due(group: Sequence[Deadline]) -> str:
    """Write what is due as in `Stalking 15, 16, 25 on 27 March 2025: 28, 30 and 35 bodies not complete.`"""
    report = group[0].recommendation.report.key
    numbers = f"{report} {', '.join(deadline.recommendation.number for deadline in group)}"
    counts = [deadline.owed for deadline in group]
    if len(set(counts)) == 1:
        bodies = words.bodies(counts[0]) + (" each" if len(counts) > 1 else "")
    else:
        bodies = f"{words.both([str(count) for count in counts])} bodies"
    return _outstanding(group[0], escaped(numbers), bodies)


def _due_in_short(group: Sequence[Deadline]) -> str:
    about = f"{len(group)} {escaped(group[0].recommendation.report.key)} recommendations"
    owed = (
        f"{sum(deadline.owed for deadline in group):,} of {sum(deadline.addressed for deadline in group):,}"
    )
    return f"{_outstanding(group[0], about, owed)}, in the thread"


def _outstanding(due: Deadline, about: str, bodies: str) -> str:
    duty = due.duty
    return f"{terms.owed(duty, about)} {terms.due_on(duty, due.on)}: {bodies} {terms.not_done(duty)}"


def _overdue(digest: Digest) -> _Topic:
    heading = "Overdue"
    if not digest.names_bodies:
        items = [_late_in_short(digest, group) for group in digest.overdue]
        return _topic(heading, items, items)
    items = [
        _late_with_names(digest, group)
        if len(group.body_names) <= _NAMES
        else f"{_late_in_short(digest, group)}, in the thread"
        for group in digest.overdue
    ]
    named = [_late_with_names(digest, group) for group in digest.overdue]
    details = [
        line
        for place, (line, group) in enumerate(zip(named, digest.overdue, strict=True))
        if place < _ITEMS and len(group.body_names) > _NAMES
    ]
    return _topic(heading, items, named, details)


def _late_with_names(digest: Digest, group: Late) -> str:
    """Write what is late as in `Response to 15: Gwent (108 days).`"""
    return f"{_late_duty(digest, group)}: {inert(', '.join(group.body_names))} ({_late_by(digest, group)})"


def _late_in_short(digest: Digest, group: Late) -> str:
    return f"{_late_duty(digest, group)}: {words.bodies(len(group.body_names))} ({_late_by(digest, group)})"


def _late_duty(digest: Digest, group: Late) -> str:
    return terms.owed(group.duty, _names(digest, group.recommendations))


def _late_by(digest: Digest, group: Late) -> str:
    return words.days((digest.today - group.deadline).days)


def _moved(digest: Digest) -> _Topic:
    heading = f"Changed since {words.day(digest.since)}" if digest.since else "Changed"
    if digest.names_bodies:
        items = [_move(digest, move) for move in digest.moved]
    else:
        items = _moves_in_short(digest.moved)
    return _topic(heading, items, items, and_also=words.count(digest.notes, "note") if digest.notes else "")


def _move(digest: Digest, move: Moved) -> str:
    """Write a change as in `Kent: 15 from not started to in progress (Kim Hale, 5 Mar 2025).`"""
    change = from_to(move.values, reopened=move.reopened, taken_back=move.taken_back)
    who = f"{inert(move.by)}{' on behalf' if move.on_behalf else ''}, " if move.by else ""
    return (
        f"{inert(move.body_name)}: {_names(digest, [move.recommendation])} {change}"
        f" ({who}{words.short_day(move.on)})"
    )


def _moves_in_short(moves: Sequence[Moved]) -> list[str]:
    changed = [change.what for move in moves if not move.taken_back for change in move.values]
    counts = (
        (changed.count("answer"), "response", "responses"),
        (changed.count("stage"), "progress update", "progress updates"),
        (changed.count("due_on"), "deadline moved", "deadlines moved"),
        (sum(move.taken_back for move in moves), "update taken back", "updates taken back"),
    )
    return [words.count(n, name, many) for n, name, many in counts if n]


def _unmoved(digest: Digest) -> _Topic:
    heading = f"Owed, and not moved for {words.days(NOT_MOVED_FOR.days)}"
    names = digest.unmoved_bodies
    if not names or not digest.names_bodies:
        counted = [words.bodies(len(names))] if names else []
        return _topic(heading, counted, counted)
    details = [
        f"{words.capital(_names(digest, group.recommendations))}: {inert(', '.join(group.body_names))}"
        for group in digest.unmoved
    ]
    return _Topic(f"*{heading}* · {words.bodies(len(names))}, in the thread", _under(heading, details))


def _topic(
    heading: str,
    items: Sequence[str],
    in_full: Sequence[str],
    details: Sequence[str] = (),
    and_also: str = "",
) -> _Topic:
    """Put the first items after the heading, then `and_also`; those over, in full, and further details go
    into the thread."""
    shown = list(items[:_ITEMS])
    over = in_full[_ITEMS:]
    if over:
        shown.append(f"{len(over)} more in the thread")
    shown = [*shown, *([and_also] if and_also else [])] or ["nothing"]
    return _Topic(f"*{heading}* · {' · '.join(shown)}", _under(heading, [*details, *over]))


def _under(heading: str, details: Sequence[str]) -> tuple[str, ...]:
    return (f"*{heading}*", *details) if details else ()


def _names(digest: Digest, recommendations: Sequence[Recommendation]) -> str:
    """Write recommendations as in `Stalking 15, 16, 25`; only the numbers where only one report can be
    meant."""
    report = recommendations[0].report.key
    numbers = ", ".join(recommendation.number for recommendation in recommendations)
    only = digest.one_report and digest.reports[0].key == report
    return escaped(numbers if only else f"{report} {numbers}")


def _late(digest: Digest) -> Block | None:
    if digest.late_from is None:
        return None
    local = digest.late_from.local
    return small(f"Posted late: it was to come on {words.day(local.date())} at {local:%H:%M}.")


def _anchor(digest: Digest) -> Block:
    return small(f"The history's anchor: update {digest.through_seq}, {digest.anchor}")


def _part(number: int, total: int, says_more: bool) -> str:
    if not says_more:
        return "there is nothing more to list"
    return f"the rest, part {number} of {total}" if total > 1 else "the rest"


def _packed(text: Sequence[str]) -> list[list[str]]:
    """Put lines into as many messages as they need, at least one."""
    parts: list[list[str]] = [[]]
    size = 0
    for line in text:
        if size + len(line) > _PART and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += len(line) + 1
    return parts
