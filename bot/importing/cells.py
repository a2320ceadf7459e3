"""What stands in one cell, read as a text, a day, a yes or a no: whatever kind of file it stands in.

A cell that cannot be read raises ValueError with words that say what to write."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from msgspec import Struct

from bot.domain.free_text import normalised
from bot.domain.questions.written_dates import NotADate, NotADay, NoYear, dated
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import CONTACT_KIND_WORDS, OFFERED_KIND_WORDS, ContactKind
from bot.domain.register.spreadsheets import is_error, unescaped
from bot.domain.register.state_words import ALL_STAGES, ANSWERS, plain
from bot.rendering import dates

# As many characters as a cell of a spreadsheet can hold.
LONGEST_CELL = 32_767


class Unreadable(Struct, frozen=True):
    """A cell that shows something else than what it holds; `why` says what to write in its place."""

    why: str


FORMULA = Unreadable("This is a formula. Write the value itself.")

Cell = str | int | float | bool | date | datetime | time | list[Any] | dict[str, Any] | Unreadable | None

_A_DAY = "Write a day with its year, such as 2024-11-22 or 22 November 2024."

_Value = TypeVar("_Value")


def from_spreadsheet(text: str) -> Cell:
    """Return the text of a cell that nobody guarded against what a spreadsheet makes of it."""
    if is_error(text):
        return Unreadable(f"The spreadsheet shows an error here: {text.strip()}. Write the value itself.")
    return unescaped(text)


def text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case Unreadable():
            raise ValueError(cell.why)
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case float() if cell.is_integer():
            return str(int(cell))
        case list():
            return "\n".join(map(text, cell))
        case dict():
            raise ValueError("Write a text here.")
    written = str(cell)
    if len(written) > LONGEST_CELL:
        raise ValueError(f"This has {len(written):,} characters. Shorten it.")
    return normalised(written)


def day(cell: object) -> date:
    """Return a London date. Figures are day first."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError(f"A time of day stands here. {_A_DAY}")
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return dated(text(cell))
    except NoYear:
        raise ValueError(f"The year is missing, or in two figures. {_A_DAY}") from None
    except NotADay:
        raise ValueError(f"A time of day stands here. {_A_DAY}") from None
    except NotADate as refusal:
        problem = dates.what_is_wrong(refusal)
        raise ValueError(f"{problem} Correct it." if problem else _A_DAY) from None


def yes_or_no(cell: object) -> bool:
    written = text(cell).casefold()
    if written in ("yes", "y", "true"):
        return True
    if written in ("no", "n", "false"):
        return False
    raise ValueError("Write yes or no.")


def listed(cell: object) -> tuple[str, ...]:
    """Part a cell by semicolons or line ends."""
    return tuple(part for piece in re.split("[;\n]", text(cell)) if (part := piece.strip()))


def number(cell: object) -> int:
    written = text(cell)
    if not re.fullmatch("[0-9]{1,3}", written):
        raise ValueError("Write a whole number.")
    return int(written)


def _from_words(words: Mapping[str, _Value], offered_words: Iterable[str] = ()) -> Callable[[object], _Value]:
    """Read a value by its words; those `offered_words`, or else the values, are named where there is none."""
    options = ", ".join(offered_words or dict.fromkeys(str(value) for value in words.values()))

    def read(cell: object) -> _Value:
        value = words.get(plain(text(cell)))
        if value is None:
            raise ValueError(f"Write one of: {options}.")
        return value

    return read


# By the type of a row's field, how its cell is read.
READERS: Mapping[Any, Callable[[object], Any]] = {
    str: text,
    date: day,
    date | None: day,
    bool: yes_or_no,
    tuple[str, ...]: listed,
    int | None: number,
    Answer | None: _from_words(ANSWERS),
    Stage | None: _from_words(ALL_STAGES),
    ContactKind | None: _from_words(CONTACT_KIND_WORDS, OFFERED_KIND_WORDS),
}
