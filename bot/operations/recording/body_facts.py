"""What a body is called, and is: looked at, changed from a day on, planned, and in effect on its day."""

from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.grammar.typed_recordings import ChangeBody
from bot.domain.questions.names import Body
from bot.domain.register import body_facts
from bot.domain.register.body_facts import Facts, FactsPlan, FactsProblem, FactsRefused, FactsView
from bot.domain.register.guard import findings_in
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.recording.changed_body import save_changed
from bot.operations.request import actors
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import HistoryLedger, coordinating
from storage import bodies, updates
from storage.database import Connection
from storage.store import Store


def shown(store: Store, request: Request, body: Body) -> FactsView:
    """Return what a body is called and is, and was. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        return _view(connection, _body(connection, body))


def shown_to_operator(store: Store, body: Body) -> FactsView:
    """Return what a body is called and is, and was, for whoever holds the database."""
    with store.reading() as connection:
        return _view(connection, _body(connection, body))


def planned(store: Store, request: Request) -> tuple[PolicingBody, ...]:
    """Return the bodies that are to be called otherwise, the first to change first. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        return all_planned(connection)


def all_planned(connection: Connection) -> tuple[PolicingBody, ...]:
    """Return the bodies that are to be called otherwise, the first to change first, for whoever may see
    everything."""
    by_day = sorted(_plans(connection), key=lambda planned: (planned[0].from_day, planned[1].short_name))
    return tuple(body for _, body in by_day)


def look(store: Store, request: Request, command: ChangeBody) -> FactsView:
    """Return the body as it is, with what would change. Raises FactsRefused, NotACoordinator."""
    _must_identify_nobody(command)
    with coordinator_reads(store, request) as connection:
        before, _ = _changed(connection, command, request.today)
        return _looked_at(connection, before, command, request.today)


def look_by_operator(store: Store, instant: datetime, command: ChangeBody) -> FactsView:
    """Return the body as it is, with what would change, for whoever holds the database. Raises
    FactsRefused."""
    _must_identify_nobody(command)
    with store.reading() as connection:
        before, _ = _changed(connection, command, london_date(instant))
        return _looked_at(connection, before, command, london_date(instant))


def change(store: Store, request: Request, command: ChangeBody) -> FactsView:
    """Record what a body is to be called. Raises what `look` raises."""
    _must_identify_nobody(command)
    with coordinating(store, request) as work:
        if not work.written:
            _record(work, command, work.draft(UpdateKind.BODY_CHANGED))
        return _looked_at(
            work.connection, _body(work.connection, command.body), command, request.today, done=True
        )


def change_by_operator(store: Store, instant: datetime, command: ChangeBody) -> FactsView:
    """Record what a body is to be called, for whoever holds the database. Raises FactsRefused, Busy."""
    _must_identify_nobody(command)
    with store.begin() as connection:
        day = london_date(instant)
        ledger = HistoryLedger(connection, instant)
        _record(ledger, command, Draft(UpdateKind.BODY_CHANGED, day, Via.COMMAND_LINE))
        return _looked_at(connection, _body(connection, command.body), command, day, done=True)


def take_effect(store: Store, instant: datetime) -> int:
    """Let every body be called as was planned for a day that has come by a UTC instant; return how many are.
    Raises Busy."""
    today = london_date(instant)
    # Most days nothing changes, and then nobody is held up.
    with store.reading() as connection:
        if not _due(connection, today):
            return 0
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        due = _due(connection, today)
        for plan, body in due:
            draft = Draft(
                UpdateKind.BODY_CHANGED, plan.from_day, Via.SCHEDULE, source=body.planned_source or ""
            )
            after = body_facts.in_effect(body)
            save_changed(ledger, after, draft, body_facts.changes(body, after))
        return len(due)


def _plans(connection: Connection) -> list[tuple[FactsPlan, PolicingBody]]:
    return [(plan, body) for body in bodies.everyone(connection) if (plan := body_facts.plan_of(body))]


def _due(connection: Connection, today: date) -> list[tuple[FactsPlan, PolicingBody]]:
    return [(plan, body) for plan, body in _plans(connection) if plan.from_day <= today]


def _record(ledger: HistoryLedger, command: ChangeBody, draft: Draft) -> None:
    today = draft.stands_from
    before, after = _changed(ledger.connection, command, today)
    is_ahead = command.is_withdrawn or _day(command, today) > today
    draft = replace(draft, stands_from=today if is_ahead else _day(command, today), source=command.source)
    save_changed(ledger, after, draft, body_facts.changes(before, after))


def _changed(connection: Connection, command: ChangeBody, today: date) -> tuple[PolicingBody, PolicingBody]:
    """Return the body as it stands, and as the command makes it."""
    everyone = bodies.everyone(connection)
    before = _body(connection, command.body)
    if command.is_withdrawn:
        return before, body_facts.without_plan(before)
    facts = _new(before, command)
    day = _day(command, today)
    body_facts.must_be_possible(before, facts, everyone, day, command.source)
    if day > today:
        return before, body_facts.planned(before, facts, day, command.source)
    return before, body_facts.with_facts(before, facts)


def _new(before: PolicingBody, command: ChangeBody) -> Facts:
    """Return what is not so already. Raises FactsRefused."""
    facts = body_facts.new_facts(before, dict(command.facts))
    if not facts:
        raise FactsRefused(FactsProblem.NOTHING_NEW, before.short_name)
    return facts


def _day(command: ChangeBody, today: date) -> date:
    return command.from_day or today


def _must_identify_nobody(command: ChangeBody) -> None:
    """Refuse a source or a name that may identify somebody: they are kept for good, so there only other words
    help.

    Raises FactsRefused."""
    if any(map(findings_in, (command.source, *(value for _, value in command.facts)))):
        raise FactsRefused(FactsProblem.MAY_IDENTIFY, command.body.short_name)


def _body(connection: Connection, body: Body) -> PolicingBody:
    return bodies.by_code(connection)[body.code]


def _view(connection: Connection, body: PolicingBody) -> FactsView:
    recorded = [
        update for update in updates.changes_of_bodies(connection) if update.draft.body_code == body.code
    ]
    changes = [
        (update.draft.stands_from, change)
        for update in reversed(recorded)
        for change in update.draft.changes
        if body_facts.is_fact(change)
    ]
    return FactsView(body, tuple(sorted(changes, key=lambda dated: dated[0], reverse=True)))


def _looked_at(
    connection: Connection, body: PolicingBody, command: ChangeBody, today: date, *, done: bool = False
) -> FactsView:
    view = _view(connection, body)
    if command.is_withdrawn:
        return replace(view, done=done)
    return replace(view, new=dict(command.facts), from_day=_day(command, today), done=done)
