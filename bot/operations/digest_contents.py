"""Reading what a digest says, all at one moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from bot.domain.addressee import Answer, Duty, Stage
from bot.domain.calendar import london_date
from bot.domain.digest import LOOKS_AHEAD, NOT_MOVED_FOR, Digest, Moved, late, unmoved
from bot.domain.lookups import Deadline
from bot.domain.recommendation import Recommendation
from bot.domain.update import Update, UpdateKind, Via
from storage import addressees, bodies, deliveries, recommendations, tallies, updates
from storage import digest as figures
from storage.database import Connection


def read(connection: Connection, today: date, through: int, anchor: str, *, names_bodies: bool) -> Digest:
    """The digest whose period ends with update `through`, the head of the history, whose hash is `anchor`.

    `today` is a London date."""
    after, since = _told_before(connection)
    ahead = tallies.due(connection, after=today - timedelta(days=1))
    near = [due for due in ahead if due.deadline <= today + LOOKS_AHEAD]
    owing = {duty: addressees.owing(connection, duty, before=today) for duty in Duty}
    not_moved = figures.unmoved_since(connection, today - NOT_MOVED_FOR)
    changes = [
        (update, update, False) for update in updates.changes_after(connection, after, through=through)
    ]
    changes += _taken_back(connection, after, through)
    known = recommendations.by_ids(
        connection,
        {due.recommendation_id for due in near}
        | {addressee.recommendation_id for some in owing.values() for addressee in some}
        | {recommendation_id for recommendation_id, _ in not_moved}
        | {change.draft.recommendation_id or "" for change, _, _ in changes},
    )
    overdue = [group for duty, some in owing.items() for group in late(duty, some, known)]
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
        overdue=tuple(sorted(overdue, key=lambda group: (group.deadline, group.recommendations[0].place))),
        moved=_moved(connection, changes, known),
        unmoved=unmoved(not_moved, known),
        through_seq=through,
        anchor=anchor,
        names_bodies=names_bodies,
    )


def _told_before(connection: Connection) -> tuple[int, date | None]:
    """The last update that a digest told, and the London date of that digest; else where the register
    started."""
    told = deliveries.last_told(connection)
    if told is not None and told.through_seq is not None:
        return told.through_seq, told.slot.local.date()
    started = updates.first_of_kind(connection, UpdateKind.STARTED)
    return (started.seq, london_date(started.recorded_at)) if started else (0, None)


# What changed, the update that says so (another one, when it was taken back), and whether it was taken back.
_Change = tuple[Update, Update, bool]


def _taken_back(connection: Connection, after: int, through: int) -> list[_Change]:
    """What an earlier digest told and somebody took back since."""
    pairs = figures.taken_back_later(connection, after, through)
    found = updates.by_seq(connection, [seq for pair in pairs for seq in pair])
    return [
        (found[about], found[undo], True)
        for about, undo in pairs
        if found[about].draft.kind in _STATE and found[about].draft.via is not Via.EXAMPLE
    ]


def _moved(
    connection: Connection, changes: Sequence[_Change], known: Mapping[str, Recommendation]
) -> tuple[Moved, ...]:
    names = {body.code: body.short_name for body in bodies.everyone(connection)} if changes else {}
    told = []
    for change, said_by, taken_back in changes:
        recommendation = known.get(change.draft.recommendation_id or "")
        now = _now(change)
        if recommendation is not None and recommendation.live and now is not None:
            body_name = names.get(change.draft.body_code or "", "")
            told.append(
                Moved(
                    recommendation=recommendation,
                    body_name=body_name,
                    now=now,
                    by=said_by.author_name,
                    on=london_date(said_by.recorded_at),
                    on_behalf=said_by.draft.on_behalf,
                    taken_back=taken_back,
                    reopened=change.draft.kind is UpdateKind.REOPEN,
                )
            )
    return tuple(told)


def _now(change: Update) -> Answer | Stage | date | None:
    """What stood after a change: the answer, the stage, or the deadline that was moved."""
    what = _STATE[change.draft.kind]
    return next((_VALUES[what](one.now) for one in change.draft.changes if one.what == what), None)


_STATE = {
    UpdateKind.RESPONSE: "answer",
    UpdateKind.PROGRESS: "stage",
    UpdateKind.CHECK: "stage",
    UpdateKind.REOPEN: "stage",
    UpdateKind.EXTENSION_GRANTED: "due_on",
}
_VALUES: Mapping[str, Callable[[str], Answer | Stage | date]] = {
    "answer": Answer,
    "stage": Stage,
    "due_on": date.fromisoformat,
}
