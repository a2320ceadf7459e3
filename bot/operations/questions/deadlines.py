"""What falls due, in order."""

from datetime import date, timedelta

from bot.domain.questions.answers import Deadlines, Page
from bot.domain.questions.grammar import requests
from bot.domain.register.people import Request
from bot.operations.request import actors, scope
from bot.operations.request.scope import Scope
from storage import tallies
from storage.store import Store

_SHOWN = 25
_AHEAD = timedelta(days=90)
_ONE_DAY = timedelta(days=1)


def deadlines(store: Store, occasion: Request, asked: requests.Deadlines) -> Deadlines:
    """From today on, the next 90 days unless the asker says how far; what is late already is counted.

    Raises CannotSee."""
    until = _until(asked, occasion.today)
    before = until + _ONE_DAY if until else None
    with store.reading() as connection:
        actors.load(connection, store, occasion)
        total = tallies.count_due(connection, from_day=occasion.today, before=before)
        at = Page.at(asked.page, total, _SHOWN)
        due = tallies.due_page(
            connection,
            from_day=occasion.today,
            before=before,
            limit=_SHOWN,
            offset=(at.number - 1) * _SHOWN,
        )
        return Deadlines(
            rows=scope.deadlines_of(connection, due),
            total=total,
            late=tallies.late(connection, occasion.today),
            nearest=scope.nearest(connection, Scope(), occasion.today),
            today=occasion.today,
            until=until,
            typed=_typed(asked),
            page=at,
        )


def _until(asked: requests.Deadlines, today: date) -> date | None:
    """The last day looked at; None for all."""
    if asked.everything:
        return None
    if asked.before is not None:
        return asked.before - _ONE_DAY
    return today + (_AHEAD if asked.within_days is None else timedelta(days=asked.within_days))


def _typed(asked: requests.Deadlines) -> str:
    if asked.everything:
        return "deadlines all"
    if asked.before is not None:
        return f"deadlines before {asked.before.isoformat()}"
    return "deadlines" if asked.within_days is None else f"deadlines {asked.within_days}d"
