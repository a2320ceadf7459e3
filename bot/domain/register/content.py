"""What a thing of the register holds, as a digest that the history keeps: a report, a recommendation with its
parts, a policing body with the names it goes by. Whoever changes it later without an update is found out."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.register.history import canonical
from bot.domain.register.update import Change

CONTENT = "content of "
"""What a change about such a thing begins with: `content of recommendation stalking-15`."""

Value = str | int | date | None
Row = Mapping[str, Value]


def change(name: str, rows: Sequence[Row]) -> Change:
    """Return the change by which an update says what a thing holds from now on."""
    return Change(f"{CONTENT}{name}", "", digest(rows))


def digest(rows: Sequence[Row]) -> str:
    """Return the SHA-256 of some rows, the thing's own first.

    It has no salt: nothing of it is anybody's personal words. What is None is left out, so that a nullable
    column which a later version adds changes no digest."""
    written = [{name: _plain(value) for name, value in row.items() if value is not None} for row in rows]
    return hashlib.sha256(canonical({"rows": written})).hexdigest()


def contents(changes: Sequence[Change]) -> dict[str, str]:
    """Return the digests that the changes of an update name, by thing."""
    return {
        change_.what.removeprefix(CONTENT): change_.now
        for change_ in changes
        if change_.what.startswith(CONTENT)
    }


def _plain(value: Value) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
