"""Reading what a digest says, all at one moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from bot.domain.calendar import london_date
from bot.domain.messages.digest import (
    LOOKS_AHEAD,
    NOT_MOVED_FOR,
    Digest,
    ExpectedLate,
    Late,
    Moved,
    Reported,
    expected_late,
    late,
)
from bot.domain.questions.answers import Deadline
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.net_changes import Event, NetChange, net_changes
from bot.domain.register.party import standing_in
from bot.domain.register.published_response import by_report
from bot.domain.register.recommendation import Recommendation, place_of_id
from bot.domain.register.update import UpdateKind
from bot.operations.recording.published_responses import published_responses_now
from bot.operations.register.over_time import progress_of_report
from bot.operations.register.then import RegisterAt
from storage import (
    bodies,
    deliveries,
    duties,
    open_requests,
    recommendations,
    succession,
    tallies,
    updates,
)
from storage import digest as figures
from storage.database import Connection

# Of so many reports a digest's thread has charts.
_MOST_CHARTS = 3


def read(connection: Connection, today: date, through: int, anchor: str, *, names_bodies: bool) -> Digest:
    """Read the digest whose period ends with update `through`, the head of the history, whose hash is
    `anchor`; `today` is a London date."""
    after, since = _told_before(connection)
    near = [due for due in tallies.due(connection, from_day=today) if due.deadline <= today + LOOKS_AHEAD]
    owing = _overdue(connection, today)
    expecting = duties.expected_late(connection)
    events = updates.events_after(connection, after, through=through)
    ids = {addressee.recommendation_id for rows in owing.values() for addressee in rows}
    ids |= {due.recommendation_id for due in near} | {event.recommendation_id for event in events}
    ids |= {addressee.recommendation_id for addressee in expecting}
    known = recommendations.by_ids(connection, ids)
    told_before = deliveries.last_told(connection)
    digest = Digest(
        today=today,
        since=since,
        reports=figures.report_standings(connection, today),
        coming=tuple(
            Deadline(known[due.recommendation_id], due.duty, due.deadline, due.addressed, due.owed)
            for due in near
        ),
        overdue=_late_groups(owing, known),
        moved=moved(connection, net_changes(events), known),
        no_news=figures.without_news_since(connection, today - NOT_MOVED_FOR),
        through_seq=through,
        anchor=anchor,
        names_bodies=names_bodies,
        notes=sum(event.is_note and is_live(event.recommendation_id, known) for event in events),
        reported=reported(events, known),
        handovers=succession.named(connection, succession.passed_on(connection, after, through)),
        without_contact=bodies.without_contact(connection, today),
        unanswered=_unanswered(connection),
        expected_late=expected_late(expecting, known),
        unpublished=tuple(
            group for group in by_report(published_responses_now(connection, today)) if group.unpublished
        ),
    )
    return digest.after(told_before.says if told_before else {})


def charts(connection: Connection, today: date) -> tuple[ProgressOverTime, ...]:
    """Read progress over time of the reports of which something moved since the last digest, some of them
    where these are many; `today` is a London date."""
    after, _ = _told_before(connection)
    changes = net_changes(updates.events_after(connection, after))
    moved_reports = sorted({place_of_id(change.last.recommendation_id)[0] for change in changes})
    live_reports = (key for key in moved_reports if recommendations.live_of_report(connection, key))
    register = RegisterAt(connection, today)
    return tuple(progress_of_report(register, key) for key in islice(live_reports, _MOST_CHARTS))


def expecting_to_be_late(connection: Connection) -> tuple[ExpectedLate, ...]:
    """Read which bodies expect themselves to be late with what."""
    rows = duties.expected_late(connection)
    return expected_late(rows, recommendations.by_ids(connection, {row.recommendation_id for row in rows}))


def _overdue(connection: Connection, today: date) -> dict[Duty, tuple[Addressee, ...]]:
    return {duty: duties.owing(connection, duty, before=today) for duty in Duty}


def _late_groups(
    owing: Mapping[Duty, tuple[Addressee, ...]], known: Mapping[str, Recommendation]
) -> tuple[Late, ...]:
    """Return what is overdue, the longest overdue first."""
    groups = [group for duty, rows in owing.items() for group in late(duty, rows, known)]
    return tuple(sorted(groups, key=lambda group: (group.deadline, group.recommendations[0].place)))


def _told_before(connection: Connection) -> tuple[int, date | None]:
    """Return the last update that a digest told, and the London date of that digest; before the first one,
    where the register started."""
    delivery = deliveries.last_told(connection)
    if delivery is not None and delivery.through_seq is not None:
        return delivery.through_seq, delivery.slot.local.date()
    started = updates.first_of_kind(connection, UpdateKind.STARTED)
    return (started.seq, london_date(started.recorded_at)) if started else (0, None)


def _unanswered(connection: Connection) -> tuple[str, ...]:
    """Name whom the association asked about what, where nobody has answered yet, oldest first."""
    drafts = [update.draft for update in open_requests.unanswered(connection)]
    titles = recommendations.by_ids(connection, {draft.recommendation_id or "" for draft in drafts})
    names = bodies.names(connection, {draft.body_code or "" for draft in drafts})
    return tuple(
        f"{names.get(draft.body_code or '', '')} ({titles[draft.recommendation_id or ''].title})"
        for draft in drafts
    )


def is_live(recommendation_id: str, known: Mapping[str, Recommendation]) -> bool:
    recommendation = known.get(recommendation_id)
    return recommendation is not None and recommendation.live


def moved(
    connection: Connection, changes: Sequence[NetChange], known: Mapping[str, Recommendation]
) -> tuple[Moved, ...]:
    """Return net changes as they are told: those of recommendations that are live."""
    names = {body.code: body.short_name for body in bodies.everyone(connection)} if changes else {}
    return tuple(
        Moved(
            recommendation=known[change.last.recommendation_id],
            body_name=names.get(change.last.body_code, ""),
            values=change.values,
            taken_back=change.last.taken_back,
            reopened=change.last.kind is UpdateKind.REOPEN and not change.last.taken_back,
        )
        for change in changes
        if is_live(change.last.recommendation_id, known)
    )


def reported(events: Iterable[Event], known: Mapping[str, Recommendation]) -> tuple[Reported, ...]:
    """Return what others reported on recommendations that are live; what one of them reported of a day, and a
    correction that says no more than that, once."""
    reports = (
        Reported(
            recommendation=known[event.recommendation_id],
            standing=standing_in(event.changes),
            on=event.stands_from,
            taken_back=event.taken_back,
        )
        for event in events
        if event.is_report and event.stands_from and is_live(event.recommendation_id, known)
    )
    return tuple(dict.fromkeys(reports))
