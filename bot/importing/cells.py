"""What stands in one cell, read as a text, a day, a yes or a no: whatever kind of file it stands in.

A cell that cannot be read raises ValueError with words that say what to write."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.domain.addressee import Answer, Stage
from bot.domain.free_text import normalised
from bot.domain.people import ContactKind
from bot.domain.said_dates import NotADate
from bot.domain.said_dates import day as said_day


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes its value. What it shows depends on the program that opens it."""


Cell = str | int | float | bool | date | datetime | list[str] | Formula | None

_A_DAY = "Write a day with its year, such as 2024-11-22 or 22 November 2024."
_ONE_DAY = date(2000, 1, 1)
_HAS_YEAR = re.compile(r"\d{4}|[/.-]\d{2}$")


def text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case Formula():
            raise ValueError("This is a formula. Write the value itself.")
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case list():
            return "\n".join(map(text, cell))
        case dict():
            raise ValueError("Write a text here.")
    return normalised(str(cell))


def day(cell: object) -> date:
    """A London date. Figures are day first."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError(f"A time of day stands here. {_A_DAY}")
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text(cell)
    if not _HAS_YEAR.search(written):
        raise ValueError(_A_DAY)
    try:
        return said_day(written, _ONE_DAY)
    except NotADate:
        raise ValueError(_A_DAY) from None


def yes_or_no(cell: object) -> bool:
    said = text(cell).casefold()
    if said in ("yes", "y", "true"):
        return True
    if said in ("no", "n", "false"):
        return False
    raise ValueError("Write yes or no.")


def listed(cell: object) -> tuple[str, ...]:
    """Parted by semicolons or line ends."""
    return tuple(one for piece in re.split("[;\n]", text(cell)) if (one := piece.strip()))


def number(cell: object) -> int:
    said = text(cell)
    if not re.fullmatch("[0-9]{1,3}", said):
        raise ValueError("Write a whole number.")
    return int(said)


def _one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read(cell: object) -> StrEnum:
        said = " ".join(text(cell).casefold().split())
        for one in kind:
            if said == one.value:
                return one
        raise ValueError(f"Write one of: {', '.join(kind)}.")

    return read


# By the type of a row's field, how its cell is read.
READERS: dict[Any, Any] = {
    str: Annotated[str, BeforeValidator(text)],
    date: Annotated[date, BeforeValidator(day)],
    date | None: Annotated[date | None, BeforeValidator(day)],
    bool: Annotated[bool, BeforeValidator(yes_or_no)],
    tuple[str, ...]: Annotated[tuple[str, ...], BeforeValidator(listed)],
    int | None: Annotated[int | None, BeforeValidator(number)],
    Answer | None: Annotated[Answer | None, BeforeValidator(_one_of(Answer))],
    Stage | None: Annotated[Stage | None, BeforeValidator(_one_of(Stage))],
    ContactKind | None: Annotated[ContactKind | None, BeforeValidator(_one_of(ContactKind))],
}
