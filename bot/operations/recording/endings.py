"""Ends of bodies, recorded ahead: looked at, recorded, changed, withdrawn, and their duties divided."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.register import ending_plan
from bot.domain.register.ending_plan import EndingProblem, EndingRefused, EndingView
from bot.domain.register.guard import findings_in
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody, Sureness
from bot.domain.register.update import Draft, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.recording.changed_body import save_changed
from bot.operations.recording.pass_contacts import pass_contacts
from bot.operations.recording.pass_on import pass_on_all
from bot.operations.request import actors, resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import HistoryLedger, coordinating
from storage import bodies, people, recommendations, succession
from storage.database import Connection
from storage.store import Store


def listed(store: Store, request: Request) -> tuple[EndingView, ...]:
    """Return all ends that are recorded, those to come first. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        return all_of(connection)


def all_of(connection: Connection) -> tuple[EndingView, ...]:
    """Return all ends that are recorded, those to come first, for whoever may see everything."""
    everyone = bodies.everyone(connection)
    ending = sorted(
        (body for body in everyone if body.last_day is not None),
        key=lambda body: (str(body.last_day), body.short_name),
    )
    views = [_view(connection, body, everyone) for body in ending]
    return tuple(sorted(views, key=lambda view: view.has_passed))


def look(store: Store, request: Request, command: ChangeEnding) -> EndingView:
    """Return the end as it would be. Raises EndingRefused, NotACoordinator, and the refusals of `resolve`."""
    _must_identify_nobody(command)
    with coordinator_reads(store, request) as connection:
        before, after = _changed(connection, command)
        return _view(connection, after if after.last_day else before, bodies.everyone(connection))


def change(store: Store, request: Request, command: ChangeEnding) -> EndingView:
    """Record an end; one that has come takes effect at once. Raises what `look` raises."""
    _must_identify_nobody(command)
    with coordinating(store, request) as work:
        if not work.written:
            before, after = _changed(work.connection, command)
            _save(work, before, after, work.draft(UpdateKind.BODY_CHANGED))
            _take_effect(work, after, Via.SLACK)
        return _recorded(work.connection, command)


def change_by_operator(store: Store, instant: datetime, command: ChangeEnding) -> EndingView:
    """Record an end for whoever holds the database. Raises EndingRefused, Busy."""
    _must_identify_nobody(command)
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        before, after = _changed(connection, command)
        draft = Draft(UpdateKind.BODY_CHANGED, london_date(instant), Via.COMMAND_LINE)
        _save(ledger, before, after, draft)
        _take_effect(ledger, after, Via.COMMAND_LINE)
        return _recorded(connection, command)


def _take_effect(ledger: HistoryLedger, body: PolicingBody, via: Via) -> None:
    """Do at once what is due: an end that has come, contacts of a body that ended before."""
    pass_on_all(ledger, via)
    if _has_passed(ledger.connection, body):
        pass_contacts(ledger, via, body)


def _save(ledger: HistoryLedger, before: PolicingBody, after: PolicingBody, draft: Draft) -> None:
    if before != after:
        save_changed(ledger, after, draft, ending_plan.changes(before, after))


def _changed(connection: Connection, command: ChangeEnding) -> tuple[PolicingBody, PolicingBody]:
    """Return the body as it stands, and as the command makes it."""
    everyone = bodies.by_code(connection)
    before = everyone[command.body.code]
    if _has_passed(connection, before) and command.contacts_pass is None:
        raise EndingRefused(EndingProblem.HAS_ENDED, before.short_name, day=before.last_day)
    if command.is_withdrawn:
        return before, ending_plan.withdrawn(before)
    if command.contacts_pass is not None:
        return before, ending_plan.with_contacts(before, passing=command.contacts_pass)
    heir = everyone[command.heir.code] if command.heir else everyone.get(before.successor_code or "")
    if heir is None:
        raise EndingRefused(EndingProblem.NOTHING_PLANNED, before.short_name)
    if command.refs:
        return before, ending_plan.divided(before, heir, _ids(connection, command, before))
    last_day = command.last_day or before.last_day
    if last_day is None:
        raise EndingRefused(EndingProblem.NOTHING_PLANNED, before.short_name)
    known = Sureness(before.ending_sureness) if before.ending_sureness else Sureness.REPORTED
    return before, ending_plan.planned(
        before,
        heir,
        tuple(everyone.values()),
        last_day=last_day,
        sureness=command.sureness or known,
        source=command.source or before.ending_source or "",
    )


def _ids(connection: Connection, command: ChangeEnding, body: PolicingBody) -> Iterable[str]:
    live_ids = succession.live_of_body(connection, body.code)
    for ref in command.refs:
        recommendation = resolve.recommendation(connection, ref)
        if recommendation.id not in live_ids:
            raise EndingRefused(EndingProblem.NOT_ADDRESSED, body.short_name, recommendation.title)
        yield recommendation.id


def _must_identify_nobody(command: ChangeEnding) -> None:
    """Refuse a source that may identify somebody: everybody reads it, so only other words help.

    Raises EndingRefused."""
    if findings_in(command.source):
        raise EndingRefused(EndingProblem.MAY_IDENTIFY, command.body.short_name)


def _has_passed(connection: Connection, body: PolicingBody) -> bool:
    return bool(succession.left_by(connection, body.code))


def _recorded(connection: Connection, command: ChangeEnding) -> EndingView:
    everyone = bodies.by_code(connection)
    return replace(_view(connection, everyone[command.body.code], everyone.values()), done=True)


def _view(connection: Connection, body: PolicingBody, everyone: Iterable[PolicingBody]) -> EndingView:
    titles = {id_: stated.title for id_, stated in recommendations.by_ids(connection, body.shares).items()}
    left = succession.left_by(connection, body.code)
    contacts = people.active_contacts(connection, body.code)
    return EndingView(
        body=body,
        heirs=ending_plan.heirs_of(body, {other.code: other.short_name for other in everyone}, titles),
        addressed=len(left) or len(succession.live_of_body(connection, body.code)),
        contacts=tuple(contact.display_name for contact in contacts),
        has_passed=bool(left),
    )
