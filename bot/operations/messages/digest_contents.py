"""Reading what a digest says, all at one moment."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.calendar import london_date
from bot.domain.messages.digest import LOOKS_AHEAD, NOT_MOVED_FOR, Digest, Moved, late, unmoved
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Duty
from bot.domain.register.net_changes import NetChange, net_changes
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import UpdateKind
from storage import addressees, bodies, deliveries, recommendations, tallies, updates
from storage import digest as figures
from storage.database import Connection


def read(connection: Connection, today: date, through: int, anchor: str, *, names_bodies: bool) -> Digest:
    """Read the digest whose period ends with update `through`, the head of the history, whose hash is
    `anchor`; `today` is a London date."""
    after, since = _told_before(connection)
    ahead = tallies.due(connection, from_day=today)
    near = [due for due in ahead if due.deadline <= today + LOOKS_AHEAD]
    owing = {duty: addressees.owing(connection, duty, before=today) for duty in Duty}
    not_moved = figures.unmoved_since(connection, today - NOT_MOVED_FOR)
    events = updates.events_after(connection, after, through=through)
    changes = net_changes(events)
    known = recommendations.by_ids(
        connection,
        {due.recommendation_id for due in near}
        | {addressee.recommendation_id for overdue in owing.values() for addressee in overdue}
        | {recommendation_id for recommendation_id, _ in not_moved}
        | {event.recommendation_id for event in events},
    )
    late_groups = [group for duty, overdue in owing.items() for group in late(duty, overdue, known)]
    return Digest(
        today=today,
        since=since,
        reports=figures.report_standings(connection),
        coming=tuple(
            Deadline(known[due.recommendation_id], due.duty, due.deadline, due.addressed, due.owed)
            for due in near
        ),
        next_deadline=ahead[0].deadline if ahead else None,
        only_deadline=len({due.deadline for due in ahead}) == 1,
        overdue=tuple(
            sorted(late_groups, key=lambda group: (group.deadline, group.recommendations[0].place))
        ),
        moved=_moved(connection, changes, known),
        unmoved=unmoved(not_moved, known),
        through_seq=through,
        anchor=anchor,
        names_bodies=names_bodies,
        notes=sum(event.is_note and _is_live(event.recommendation_id, known) for event in events),
    )


def _told_before(connection: Connection) -> tuple[int, date | None]:
    """Return the last update that a digest told, and the London date of that digest; before the first one,
    where the register started."""
    delivery = deliveries.last_told(connection)
    if delivery is not None and delivery.through_seq is not None:
        return delivery.through_seq, delivery.slot.local.date()
    started = updates.first_of_kind(connection, UpdateKind.STARTED)
    return (started.seq, london_date(started.recorded_at)) if started else (0, None)


def _is_live(recommendation_id: str, known: Mapping[str, Recommendation]) -> bool:
    recommendation = known.get(recommendation_id)
    return recommendation is not None and recommendation.live


def _moved(
    connection: Connection, changes: Sequence[NetChange], known: Mapping[str, Recommendation]
) -> tuple[Moved, ...]:
    names = {body.code: body.short_name for body in bodies.everyone(connection)} if changes else {}
    last = updates.by_seq(connection, [change.last.seq for change in changes])
    return tuple(
        Moved(
            recommendation=known[change.last.recommendation_id],
            body_name=names.get(change.last.body_code, ""),
            values=change.values,
            by=last[change.last.seq].author_name,
            on=london_date(last[change.last.seq].recorded_at),
            on_behalf=last[change.last.seq].draft.on_behalf,
            taken_back=change.last.taken_back,
            reopened=change.last.kind is UpdateKind.REOPEN and not change.last.taken_back,
        )
        for change in changes
        if _is_live(change.last.recommendation_id, known)
    )
