"""The part of the history that was recorded in the time that a question names."""

from datetime import date, timedelta

from msgspec import Struct

from bot.domain.calendar import beginning_of
from bot.domain.questions.model import Between, Since, Time
from storage import earlier_updates
from storage.database import Connection


class Period(Struct, frozen=True):
    since: date | None  # the first London day; None from the beginning
    until: date | None  # the last London day; None until now
    after: int  # the updates with a higher number
    through: int | None  # the updates up to this number; None where the last day is not over


def period_of(connection: Connection, time: Time, today: date) -> Period:
    """Return the London days that are asked about, with the updates of these days."""
    since = time.day if isinstance(time, Since) else time.first if isinstance(time, Between) else None
    until = time.last if isinstance(time, Between) else None
    after = earlier_updates.last_seq_before(connection, beginning_of(since)) if since else 0
    through = None
    if until is not None and until < today:
        through = earlier_updates.last_seq_before(connection, beginning_of(until + timedelta(days=1)))
    return Period(since, until, after, through)
