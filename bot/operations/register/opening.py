"""Which of its two sources the register is read from."""

from datetime import date

from bot.domain.refusals.questions import DayToCome
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register
from bot.operations.register.then import RegisterAt
from storage.database import Connection


def register_on(connection: Connection, today: date, day: date | None, *, known: bool = False) -> Register:
    """Return the register as it stands, or at the end of a London day; with `known`, as the register had it
    then.

    Raises DayToCome."""
    return (
        RegisterNow(connection, today) if day is None else looking_back(connection, today, day, known=known)
    )


def looking_back(connection: Connection, today: date, day: date, *, known: bool = False) -> RegisterAt:
    """Open the register as it stood on a London day. Raises DayToCome."""
    if day > today:
        raise DayToCome(day)
    return RegisterAt(connection, day, known=known)
