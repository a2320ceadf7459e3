"""The topics of a digest, each in a line of the message, with its details for the thread."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from bot.domain.messages.digest import (
    LOOKS_AHEAD,
    NOT_MOVED_FOR,
    Digest,
    ExpectedLate,
    Late,
    Moved,
    Part,
    Reported,
    overdue_name,
)
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Duty, Stage
from bot.domain.register.published_response import PublishedResponses
from bot.domain.register.recommendation import Recommendation
from bot.rendering import published_responses, terms, wordings, words
from bot.rendering.blocks.messages.reports_of_others import counted, how_reported
from bot.rendering.blocks.questions.updates import from_to
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.origins import handover, how_many_ended

# As many as are read at a glance; what is over goes into the thread.
_NAMES = 12
_ITEMS = 8
_NUMBERS = 6
_WITH_SHORT_FORMS = 3
# From so many months on, what is overdue is told in months.
_IN_MONTHS = 6
_DONE = tuple(stage.value for stage in Stage if stage.is_done)
# In days: what a digest before counts as last week's.
_LAST_WEEK = range(6, 9)


class Topic(Struct, frozen=True):
    """One paragraph of the message, and the lines about it that only the thread has room for."""

    paragraph: str
    details: tuple[str, ...] = ()


def topics(digest: Digest) -> tuple[Topic, ...]:
    all_topics = (
        _coming(digest),
        _overdue(digest),
        _expected_late(digest),
        _unpublished(digest),
        _moved(digest),
        _no_news(digest),
        _without_contact(digest),
        _unanswered(digest),
    )
    return tuple(topic for topic in all_topics if topic is not None)


def _coming(digest: Digest) -> Topic | None:
    if not digest.coming:
        return None
    lines, details = [], []
    groups = groupby(digest.coming, key=lambda due: (due.on, due.duty, due.recommendation.report.key))
    for _, members in groups:
        group = list(members)
        if len(group) <= _NUMBERS:
            lines.append(_due(group))
        else:
            lines.append(_due_in_short(group))
            details += [_due([deadline]) for deadline in group]
    return _topic(f"Due in the next {words.days(LOOKS_AHEAD.days)}", lines, lines, details)


def _due(group: Sequence[Deadline]) -> str:
    """Write what is due as in `Stalking 15, 16 and 25 on 27 March 2025: 28, 30 and 35 bodies to go`."""
    report = group[0].recommendation.report.key
    numbers = _numbers([deadline.recommendation for deadline in group])
    counts = [deadline.owed for deadline in group]
    if len(set(counts)) == 1:
        bodies = f"{words.bodies(counts[0])} to go{' on each' if len(counts) > 1 else ''}"
    else:
        bodies = f"{words.both([str(count) for count in counts])} bodies to go"
    return f"{_due_by(group[0], f'{report} {numbers}')}: {bodies}"


def _due_in_short(group: Sequence[Deadline]) -> str:
    about = f"{len(group)} {group[0].recommendation.report.key} recommendations"
    owed = (
        f"{sum(deadline.owed for deadline in group):,} of {sum(deadline.addressed for deadline in group):,}"
    )
    return f"{_due_by(group[0], about)}: {owed} to go, in the thread"


def _due_by(due: Deadline, about: str) -> str:
    return f"{terms.owed(due.duty, escaped(about))} {terms.due_on(due.duty, due.on)}"


def _overdue(digest: Digest) -> Topic | None:
    heading = "Overdue"
    if not digest.overdue:
        return None
    if Part.OVERDUE in digest.unchanged:
        bodies = {name for group in digest.overdue for name in group.body_names}
        about = {recommendation.id for group in digest.overdue for recommendation in group.recommendations}
        return _as_before(
            digest, heading, f"{words.bodies(len(bodies))} on {words.count(len(about), 'recommendation')}"
        )
    lines: list[str] = []
    in_full: list[str] = []
    details: list[str] = []
    for _, members in groupby(digest.overdue, key=_late_key):
        groups = list(members)
        late_groups = [_late_with_names(digest, group) for group in groups]
        if digest.names_bodies and all(len(group.body_names) <= _NAMES for group in groups):
            lines += late_groups
            in_full += late_groups
            continue
        lines.append(_late_in_short(digest, groups))
        in_full.append(lines[-1])
        if digest.names_bodies:
            details += [
                line
                for line, group in zip(late_groups, groups, strict=True)
                if not _is_as_before(digest, group)
            ]
    return _topic(heading, lines, in_full, details)


def _late_key(group: Late) -> tuple[date, Duty, str]:
    return group.deadline, group.duty, group.recommendations[0].report.key


def _is_as_before(digest: Digest, group: Late) -> bool:
    """Tell whether the same bodies were late with the same in the digest before."""
    names = {overdue_name(group.duty, recommendation) for recommendation in group.recommendations}
    return names <= digest.unchanged


def _late_with_names(digest: Digest, group: Late) -> str:
    """Write what is late as in `Answers on 15: Gwent (108 days)`."""
    return f"{_late_duty(digest, group)}: {inert(', '.join(group.body_names))} ({_late_by(digest, group)})"


def _late_in_short(digest: Digest, groups: Sequence[Late]) -> str:
    """Write what is late by one deadline as in `15, 16 and 25: 41, 41 and 42 bodies (11 days)`, and where
    their names are."""
    late = sorted(
        (
            (recommendation, len(group.body_names))
            for group in groups
            for recommendation in group.recommendations
        ),
        key=lambda row: row[0].place,
    )
    counts = [number for _, number in late]
    if len(set(counts)) == 1:
        bodies = f"{words.bodies(counts[0])}{' each' if len(counts) > 1 else ''}"
    else:
        bodies = f"{words.both([str(number) for number in counts])} bodies"
    about = terms.owed(groups[0].duty, _names(digest, [recommendation for recommendation, _ in late]))
    if all(_is_as_before(digest, group) for group in groups):
        suffix = f", {_before(digest)}"
    else:
        suffix = ", in the thread" if digest.names_bodies else ""
    return f"{about}: {bodies} ({_late_by(digest, groups[0])}){suffix}"


def _late_duty(digest: Digest, group: Late) -> str:
    return terms.owed(group.duty, _names(digest, group.recommendations))


def _late_by(digest: Digest, group: Late) -> str:
    late = relativedelta(digest.today, group.deadline)
    months = 12 * late.years + late.months
    return f"{months} months" if months >= _IN_MONTHS else words.days((digest.today - group.deadline).days)


def _expected_late(digest: Digest) -> Topic | None:
    """Write who expects to be late as in `15: Kent (30 Jun 2025), Surrey (12 Jul 2025)`."""
    if not digest.expected_late:
        return None
    heading = "Expected late"
    bodies = {name for group in digest.expected_late for name, _ in group.bodies}
    about = words.count(len(digest.expected_late), "recommendation")
    text = f"{words.bodies(len(bodies))} on {about}"
    if Part.EXPECTED_LATE in digest.unchanged:
        return _as_before(digest, heading, text)
    if not digest.names_bodies:
        return _topic(heading, [text], [text])
    in_full = [_expecting(digest, group) for group in digest.expected_late]
    lines, details = [], []
    for group, line in zip(digest.expected_late, in_full, strict=True):
        is_short = len(group.bodies) <= _NAMES
        about = _names(digest, [group.recommendation])
        lines.append(line if is_short else f"{about}: {words.bodies(len(group.bodies))}, in the thread")
        details += [] if is_short else [line]
    return _topic(heading, lines, in_full, details)


def _expecting(digest: Digest, group: ExpectedLate) -> str:
    dated_names = ", ".join(f"{inert(name)} ({words.short_day(day)})" for name, day in group.bodies)
    return f"{_names(digest, [group.recommendation])}: {dated_names}"


def _unpublished(digest: Digest) -> Topic | None:
    """Say who has not published their response, where a report asks for one: `Custody: Essex, Gwent, due 22
    November 2024 (7 days left, 5 working days)`."""
    if not digest.unpublished:
        return None
    heading = "Responses not yet published"
    lines_in_short = [_unpublished_in_short(digest, group) for group in digest.unpublished]
    if Part.UNPUBLISHED in digest.unchanged:
        return _as_before(digest, heading, " · ".join(lines_in_short))
    if not digest.names_bodies:
        return _topic(heading, lines_in_short, lines_in_short)
    in_full = [_unpublished_with_names(digest, group) for group in digest.unpublished]
    lines, details = [], []
    for group, line, in_short in zip(digest.unpublished, in_full, lines_in_short, strict=True):
        is_short = len(group.unpublished) <= _NAMES
        lines.append(line if is_short else f"{in_short}, in the thread")
        details += [] if is_short else [line]
    return _topic(heading, lines, in_full, details)


def _unpublished_in_short(digest: Digest, group: PublishedResponses) -> str:
    left = f"{len(group.unpublished)} of {words.bodies(len(group.rows))}"
    return (
        f"{escaped(words.capital(group.report.key))}: {left}, {published_responses.due(group, digest.today)}"
    )


def _unpublished_with_names(digest: Digest, group: PublishedResponses) -> str:
    names = inert(", ".join(row.body_name for row in group.unpublished))
    return (
        f"{escaped(words.capital(group.report.key))}: {names}, {published_responses.due(group, digest.today)}"
    )


def _moved(digest: Digest) -> Topic:
    heading = f"Changed since {words.day(digest.since)}" if digest.since else "Changed"
    if digest.names_bodies:
        lines = [inert(handover(taken_over)) for taken_over in digest.handovers]
        lines += [_moves(digest, moves) for moves in _moved_alike(digest.moved)]
        lines += [_reported(digest, report) for report in digest.reported]
    else:
        ends = how_many_ended(digest.handovers)
        lines = [ends] if ends else []
        lines += _moves_in_short(digest.moved)
        lines += [counted(digest.reported)] if digest.reported else []
    return _topic(heading, lines, lines, and_also=words.count(digest.notes, "note") if digest.notes else "")


def _moved_alike(moved: Sequence[Moved]) -> list[list[Moved]]:
    """Put together what a body changed alike of one report: it answers a report as a whole. What is complete
    comes first."""
    alike: dict[tuple[str, str, str], list[Moved]] = {}
    for move in moved:
        alike.setdefault((move.body_name, move.recommendation.report.key, _change(move)), []).append(move)
    groups = [sorted(moves, key=lambda move: move.recommendation.place) for moves in alike.values()]
    return sorted(groups, key=lambda moves: not _completes(moves[0]))


def _completes(move: Moved) -> bool:
    return not move.taken_back and any(change.now in _DONE for change in move.values)


def _change(move: Moved) -> str:
    return from_to(move.values, reopened=move.reopened, taken_back=move.taken_back)


def _moves(digest: Digest, moves: Sequence[Moved]) -> str:
    """Write changes as in `Kent: 15 and 16 from not started to in progress`: with numbers alone, since many
    such lines stand side by side."""
    numbers = words.both([move.recommendation.number for move in moves])
    about = _of_report(digest, moves[0].recommendation.report.key, numbers)
    return f"{inert(moves[0].body_name)}: {about} {_change(moves[0])}"


def _reported(digest: Digest, report: Reported) -> str:
    """Write what another reported as in `Chief constables: 16 reported by the NPCC on 1 Aug 2025`."""
    recommendation = report.recommendation
    about = _of_report(digest, recommendation.report.key, recommendation.number)
    return f"{inert(words.capital(report.standing.name))}: {about} {inert(how_reported(report))}"


def _moves_in_short(moves: Sequence[Moved]) -> list[str]:
    changed = [change.what for move in moves if not move.taken_back for change in move.values]
    counts = (
        (changed.count("answer"), "response", "responses"),
        (changed.count("stage"), "progress update", "progress updates"),
        (changed.count("due_on"), "deadline moved", "deadlines moved"),
        (changed.count("expected_on"), "expected day", "expected days"),
        (sum(move.taken_back for move in moves), "update taken back", "updates taken back"),
    )
    return [words.count(n, name, many) for n, name, many in counts if n]


def _no_news(digest: Digest) -> Topic | None:
    return _bodies(digest, Part.NO_NEWS, f"No news for {words.days(NOT_MOVED_FOR.days)}", digest.no_news)


def _without_contact(digest: Digest) -> Topic | None:
    return _bodies(digest, Part.NO_CONTACT, "Without a contact", digest.without_contact)


def _unanswered(digest: Digest) -> Topic | None:
    """Name whom the association has asked; what it asks stands in no digest."""
    if not digest.unanswered:
        return None
    heading = "Questions without an answer"
    question_count = words.count(len(digest.unanswered), "question")
    if Part.QUESTIONS in digest.unchanged:
        return _as_before(digest, heading, question_count)
    if not digest.names_bodies:
        return _topic(heading, [question_count], [question_count])
    listed = [inert(question) for question in digest.unanswered]
    return _topic(heading, listed, listed)


def _bodies(digest: Digest, part: Part, heading: str, names: Sequence[str]) -> Topic | None:
    """Name a few bodies, and count many, whose names are in the thread."""
    if not names:
        return None
    body_count = words.bodies(len(names))
    if part in digest.unchanged:
        return _as_before(digest, heading, body_count)
    if not digest.names_bodies:
        return _topic(heading, [body_count], [body_count])
    listed = inert(", ".join(names))
    if len(names) <= _NAMES:
        return Topic(f"*{heading}* · {listed}")
    return Topic(f"*{heading}* · {body_count}, in the thread", _under(heading, [listed]))


def _as_before(digest: Digest, heading: str, count_words: str) -> Topic:
    return Topic(f"*{heading}* · {count_words}, {_before(digest)}")


def _before(digest: Digest) -> str:
    if digest.since is None or (digest.today - digest.since).days in _LAST_WEEK:
        return "as last week"
    return f"as on {words.day(digest.since)}"


def _topic(
    heading: str,
    items: Sequence[str],
    in_full: Sequence[str],
    details: Sequence[str] = (),
    and_also: str = "",
) -> Topic:
    """Put the first items after the heading, then `and_also`; those over, in full, and further details go
    into the thread."""
    lines = list(items[:_ITEMS])
    left_in_full = in_full[_ITEMS:]
    if left_in_full:
        lines.append(f"{len(left_in_full)} more in the thread")
    lines = [*lines, *([and_also] if and_also else [])] or ["nothing"]
    return Topic(f"*{heading}* · {' · '.join(lines)}", _under(heading, [*details, *left_in_full]))


def _under(heading: str, details: Sequence[str]) -> tuple[str, ...]:
    return (f"*{heading}*", *details) if details else ()


def _names(digest: Digest, recommendations: Sequence[Recommendation]) -> str:
    """Write recommendations as in `Stalking 15, 16 and 25`; only the numbers where only one report can be
    meant."""
    return _of_report(digest, recommendations[0].report.key, _numbers(recommendations))


def _of_report(digest: Digest, report: str, numbers: str) -> str:
    only = digest.one_report and digest.reports[0].counts.key == report
    return escaped(numbers if only else f"{report} {numbers}")


def _numbers(recommendations: Sequence[Recommendation]) -> str:
    """Write as in `15 (specialist services for victims) and 16 (joint review)`; of many the numbers alone."""
    if len(recommendations) > _WITH_SHORT_FORMS:
        return words.both([recommendation.number for recommendation in recommendations])
    return words.both([wordings.numbered(recommendation) for recommendation in recommendations])
