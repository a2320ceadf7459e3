"""`recbot import FILE`: what a file says goes into the register, all of it or nothing, and once.

The file is checked against what is read at one moment, and nobody waits meanwhile. Then the chain is locked,
and what was planned is written in the time that the rows alone take; if somebody has recorded for the same
bodies since, it is checked again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from bot.domain.calendar import london_date
from bot.domain.register.imports import (
    AboutBody,
    Batch,
    BodyRow,
    ContactRow,
    Effect,
    FilePlace,
    FileRefused,
    Imported,
    NotAsShown,
    NoteRow,
    PartyRow,
    RecommendationRow,
    RegisterRow,
    ReportRow,
    ReturnRow,
    Wrong,
)
from bot.domain.register.people import Actor, Person, PersonKey, Request
from bot.domain.register.recommendation import recommendation_id
from bot.domain.register.recommendation_number import parse_number
from bot.domain.register.succession import ended_before
from bot.domain.register.update import REACHES_FURTHER, Update, Via
from bot.operations.imports.bodies import plan_bodies
from bot.operations.imports.parties import plan_party, told_in
from bot.operations.imports.picture import Picture
from bot.operations.imports.plan import Plan, TextCheck, prefix
from bot.operations.imports.recordings import addressee_key, plan_note, plan_standing
from bot.operations.imports.reports import plan_contact, plan_recommendation, plan_report
from bot.operations.imports.returns import Returned, plan_return, read_returns
from bot.operations.imports.writing import write
from bot.operations.recording.pass_on import pass_on_all
from bot.operations.request import actors
from bot.operations.request.writing import HistoryLedger
from storage import imports, parties
from storage.database import Connection
from storage.store import Store

# How often the file is checked without the lock, before it is checked while everybody else waits.
_CHECKS_WHILE_NOBODY_WAITS = 3


class _OnlyLooked(Exception):
    """Takes back everything that a dry run did."""


class Sender(Struct, frozen=True):
    """A coordinator who imports from Slack. Their rights are read in each transaction."""

    request: Request
    # Whom the rows name, as Slack describes them.
    people: Mapping[PersonKey, Person] = field(default_factory=dict)
    # The fingerprint of what they were shown; only that is recorded.
    plan_shown: str = ""


class _Task(Struct, frozen=True):
    """One import: what is imported, when (UTC), and by whom, where that is known."""

    store: Store
    batch: Batch
    instant: datetime
    dry_run: bool
    sender: Sender | None
    texts: TextCheck = field(default_factory=TextCheck)

    def author(self, connection: Connection) -> Actor | None:
        """Return who sent the file; None for whoever runs recbot. Raises NotACoordinator, CannotSee,
        NotIntroduced."""
        if self.sender is None:
            return None
        actor = actors.load(connection, self.store, self.sender.request)
        actor.must_coordinate()
        return actor

    def imported(self, plan: Plan, effects: list[Effect], *, done: bool) -> Imported:
        notices = (*self.batch.notices, *plan.notices)
        again = bool(plan.picture.done) and not plan.planned
        return Imported(len(self.batch.rows), tuple(effects), done, notices, plan.fingerprint(), again)

    def must_be_as_shown(self, plan: Plan) -> None:
        """Raises NotAsShown."""
        now = self.imported(plan, _effects_to_come(plan), done=False)
        if self.sender and not self.dry_run and not now.again and now.fingerprint != self.sender.plan_shown:
            raise NotAsShown(now)


def import_file(
    store: Store, batch: Batch, instant: datetime, *, dry_run: bool = False, sender: Sender | None = None
) -> Imported:
    """Record what the register does not hold yet, at a UTC instant; a dry run only says what that would be.

    Raises FileRefused with everything that is wrong, and Busy; with a sender also NotAsShown, and
    NotACoordinator and its like."""
    task = _Task(store, batch, instant, dry_run, sender)
    plan = _plan_in_snapshot(task)
    if dry_run and not ended_before(plan.picture.bodies.values(), london_date(instant)):
        return task.imported(plan, _effects_to_come(plan), done=False)
    for _ in range(_CHECKS_WHILE_NOBODY_WAITS):
        effects = _write_if_it_holds(task, plan)
        if effects is not None:
            return task.imported(plan, effects, done=not dry_run)
        plan = _plan_in_snapshot(task)
    plan, effects = _plan_and_write(task)
    return task.imported(plan, effects, done=not dry_run)


def _plan_in_snapshot(task: _Task) -> Plan:
    """Plan the import from one snapshot, without the lock. Raises FileRefused."""
    with task.store.reading() as connection:
        return _plan(connection, task)


def _write_if_it_holds(task: _Task, plan: Plan) -> list[Effect] | None:
    """Write the plan and return what was recorded; None, with nothing written, where it is out of date."""
    effects: list[Effect] | None = None
    try:
        with task.store.begin() as connection:
            ledger = HistoryLedger(connection, plan.instant)
            task.author(connection)
            if _still_holds(connection, plan):
                effects = _written(ledger, plan)
            if task.dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return effects


def _plan_and_write(task: _Task) -> tuple[Plan, list[Effect]]:
    """Plan and write in one transaction, while everybody else waits. Raises FileRefused."""
    try:
        with task.store.begin() as connection:
            ledger = HistoryLedger(connection, task.instant)
            plan = _plan(connection, task)
            effects = _written(ledger, plan)
            if task.dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return plan, effects


def _written(ledger: HistoryLedger, plan: Plan) -> list[Effect]:
    return [*write(ledger, plan), *pass_on_all(ledger, Via.IMPORT)]


def _still_holds(connection: Connection, plan: Plan) -> bool:
    """Tell whether nothing that the plan rests on has been recorded since it was made."""
    planned = {planned_update.addressee_key for planned_update in plan.planned}
    return all(
        touched.recommendation_id is not None
        and touched.body_code is not None
        and touched.kind not in REACHES_FURTHER
        and (touched.recommendation_id, touched.body_code) not in planned
        for touched in imports.recorded_after(connection, plan.picture.seq)
    )


def _plan(connection: Connection, task: _Task) -> Plan:
    """Plan what a file asks for. Raises FileRefused with every fault of the file, and NotAsShown."""
    batch, store = task.batch, task.store
    author = task.author(connection)
    picture = Picture.read(connection, batch, prefix(batch.digest))
    people = task.sender.people if task.sender else {}
    plan = Plan(picture, task.instant, batch.digest, store.home_team, task.texts, author, people)
    plan_bodies(plan, batch.of(BodyRow))
    returns = read_returns(plan, batch.of(ReturnRow))
    _read_standings(connection, plan, batch, returns)
    if any(batch.of(PartyRow)):
        plan.picture.told_of_parties |= set(map(told_in, parties.all_reports(connection)))
    for report in batch.of(ReportRow):
        plan_report(plan, report)
    for recommendation in batch.of(RecommendationRow):
        plan_recommendation(plan, recommendation)
    for contact in batch.of(ContactRow):
        plan_contact(plan, contact)
    for row in batch.of(RegisterRow):
        plan_standing(plan, row)
    for note in batch.of(NoteRow):
        plan_note(plan, note)
    for reported in batch.of(PartyRow):
        plan_party(plan, reported)
    for returned in returns:
        plan_return(plan, returned)
    faults = [*batch.faults, *plan.faults]
    if faults:
        raise FileRefused(_in_order(faults, batch))
    task.must_be_as_shown(plan)
    return plan


def _read_standings(connection: Connection, plan: Plan, batch: Batch, returns: Iterable[Returned]) -> None:
    """Read the addressees that the file can mean."""
    ids: set[str] = set()
    codes: set[str] = set()
    stated = (row for returned in returns for row in returned.stated)
    for row in (*batch.of(AboutBody), *stated):
        id_, body = addressee_key(plan, row)
        if body and id_ in plan.picture.recommendations:
            ids.add(id_)
            codes.add(body.code)
    again = {
        recommendation_id(row.report, parse_number(row.number) or row.number.lower())
        for row in batch.of(RecommendationRow)
    } & plan.picture.recommendations.keys()
    all_codes: Collection[str] = plan.picture.bodies.keys() if again else codes
    plan.picture.read_standings(connection, ids | again, all_codes)


def _in_order(faults: list[Wrong], batch: Batch) -> tuple[Wrong, ...]:
    """Sort faults by file, table and row, as these come in the file."""
    order: dict[tuple[str, str], int] = {}
    for place in (*(row.place for row in batch.rows), *(fault.place for fault in faults)):
        order.setdefault((place.file, place.table), len(order))
    files: dict[str, int] = {}
    for file, _ in order:
        files.setdefault(file, len(files))

    def where(fault: Wrong) -> tuple[int, int, int]:
        place: FilePlace = fault.place
        return files[place.file], order[place.file, place.table], place.row

    return tuple(sorted(faults, key=where))


def _effects_to_come(plan: Plan) -> list[Effect]:
    return [
        Effect(
            planned_update.place,
            planned_update.about,
            Update(seq, plan.instant, planned_update.draft, quotable=planned_update.draft.quotable),
        )
        for seq, planned_update in enumerate(plan.planned, start=plan.picture.seq + 1)
    ]
