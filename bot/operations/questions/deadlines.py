"""What falls due, in order."""

from datetime import date, timedelta

from bot.domain.questions.answers import DeadlineList, Page
from bot.domain.questions.grammar import typed_commands
from bot.domain.register.people import Request
from bot.operations.register import subjects
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from bot.operations.request import actors
from storage.store import Store

_SHOWN = 25
_AHEAD = timedelta(days=90)
_ONE_DAY = timedelta(days=1)


def deadlines(store: Store, request: Request, asked: typed_commands.Deadlines) -> DeadlineList:
    """From today on, the next 90 days unless the asker says how far; what is late already is counted.

    Raises CannotSee."""
    until = _until(asked, request.today)
    before = until + _ONE_DAY if until else None
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = RegisterNow(connection, request.today)
        total = register.count_due(from_day=request.today, before=before)
        page = Page.at(asked.page, total, _SHOWN)
        due = register.due_page(
            from_day=request.today,
            before=before,
            limit=_SHOWN,
            offset=(page.number - 1) * _SHOWN,
        )
        return DeadlineList(
            rows=subjects.deadlines_of(register, due),
            total=total,
            late=register.late(request.today),
            nearest=subjects.nearest(register, LookupScope()),
            today=request.today,
            until=until,
            typed=_typed(asked),
            page=page,
        )


def _until(request: typed_commands.Deadlines, today: date) -> date | None:
    """The last day looked at; None for all."""
    if request.everything:
        return None
    if request.before is not None:
        return request.before - _ONE_DAY
    return today + (_AHEAD if request.within_days is None else timedelta(days=request.within_days))


def _typed(request: typed_commands.Deadlines) -> str:
    if request.everything:
        return "deadlines all"
    if request.before is not None:
        return f"deadlines before {request.before.isoformat()}"
    return "deadlines" if request.within_days is None else f"deadlines {request.within_days}d"
