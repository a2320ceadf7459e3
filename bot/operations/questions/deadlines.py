"""What falls due, in order."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.questions.answers import DeadlineList
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.pages import Page
from bot.domain.register.due import Due, nearest_of
from bot.domain.register.people import Request
from bot.operations.register import subjects
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register
from bot.operations.register.scope import LookupScope
from bot.operations.request import actors
from storage.store import Store

_SHOWN = 25
_AHEAD = timedelta(days=90)
_ONE_DAY = timedelta(days=1)


def deadlines(store: Store, request: Request, command: typed_commands.Deadlines) -> DeadlineList:
    """List deadlines from today on: of the next 90 days, unless the asker says how far. Count what is late.

    Raises CannotSee."""
    until = _until(command, request.today)
    before = until + _ONE_DAY if until else None
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = RegisterNow(connection, request.today)
        total = register.count_due(from_day=request.today, before=before)
        page = Page.at(command.page, total, _SHOWN)
        due = register.due_page(
            from_day=request.today,
            before=before,
            limit=page.size,
            offset=page.first,
        )
        # One read of the recommendations for both.
        deadlines = subjects.deadlines_of(register, (*due, *_nearest(register, due, page)))
        return DeadlineList(
            rows=deadlines[: len(due)],
            total=total,
            late=register.late(request.today),
            nearest=deadlines[len(due) :],
            today=request.today,
            until=until,
            typed=_typed(command),
            page=page,
        )


def _nearest(register: Register, page_rows: Sequence[Due], page: Page) -> tuple[Due, ...]:
    """Return what is owed by the next deadline, which the first page and an empty one tell."""
    if page.number > 1:
        return ()
    if page_rows and (page_rows[-1].deadline != page_rows[0].deadline or len(page_rows) == page.total):
        return nearest_of(page_rows, register.day)
    return register.nearest(LookupScope())


def _until(command: typed_commands.Deadlines, today: date) -> date | None:
    """Return the last day looked at; None for all."""
    if command.everything:
        return None
    if command.before is not None:
        return command.before - _ONE_DAY
    return today + (_AHEAD if command.within_days is None else timedelta(days=command.within_days))


def _typed(command: typed_commands.Deadlines) -> str:
    if command.everything:
        return "deadlines all"
    if command.before is not None:
        return f"deadlines before {command.before.isoformat()}"
    return "deadlines" if command.within_days is None else f"deadlines {command.within_days}d"
