"""`15 as at 22 Nov 2024`, `15 kent as known at 22 Nov 2024`: the register as it stood.

Without a date it is the lookup of today."""

import dataclasses
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.domain.questions.grammar.command import CommandText, choice, command_of, unmistakable, without_page
from bot.domain.questions.grammar.lookups import read_status
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.typed_commands import AsAt, InRegion, Overview, Standing, Status
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.values import replace

_AS_AT = re.compile(r"(?:^|\s)(as\s+known|as|known)\s+(?:at|of|on)(?:\s+(.*))?$", re.IGNORECASE | re.DOTALL)
_AROUND = " \t\n.,;?!"
# "on the 30th of April 2025" is the longest way to say a day that is worth looking for.
_LONGEST_DATE = 6


class AsAtDay(NamedTuple):
    """A London date; `known` when only what had been recorded by then is to count."""

    day: date
    known: bool

    def __str__(self) -> str:
        return f"as {'known ' if self.known else ''}at {self.day.isoformat()}"


def without_as_at(command: CommandText, rest: str) -> tuple[str, AsAtDay | None]:
    """Return a lookup's words, and the day it is asked for, if any. Raises NotUnderstood for what is no
    date."""
    match = _AS_AT.search(rest)
    if match is None:
        return rest, None
    words = (match[2] or "").strip(_AROUND).split()
    for length in range(min(_LONGEST_DATE, len(words)), 0, -1):
        try:
            day_ = day(" ".join(words[:length]).strip(_AROUND), command.today, prefer="past")
        except NotADate:
            continue
        subject = " ".join([rest[: match.start()], *words[length:]]).strip()
        return subject, AsAtDay(day_, "known" in match[1].casefold())
    raise command.not_understood(What.NOT_A_DATE, " ".join(words) or match[0].strip())


def read_status_or_as_at(command: CommandText) -> Overview | Status | Standing | InRegion | AsAt:
    rest, page = without_page(command.rest)
    rest, then = without_as_at(command, rest)
    if then is None:
        return read_status(command)
    try:
        request = read_status(replace(command, rest=rest))
    except NotUnderstood as problem:
        raise dataclasses.replace(problem, suggestions=_then(problem.suggestions, then)) from None
    except (WhichBody, WhichMeaning) as problem:
        raise dataclasses.replace(problem, options=_then(problem.options, then)) from None
    match request:
        case Status():
            return AsAt(request.recommendations, then.day, then.known, request.body, page)
        case Standing():
            return AsAt(request.subject, then.day, then.known, None, page)
        case InRegion(recommendation=ref, region=region):
            choices = [
                choice(command_of(ref, str(then))),
                choice(command_of(unmistakable(region), str(then))),
            ]
            raise command.not_understood(What.LEFT_OVER, region.name, choices)
        case Overview():
            raise command.not_understood(What.WHICH_RECOMMENDATION, str(then))


def _then(options: Iterable[Choice], then: AsAtDay) -> tuple[Choice, ...]:
    """Return the same commands, each as at that day."""
    return tuple(
        Choice(f"{label} {then}" if label == command else label, f"{command} {then}")
        for label, command in options
    )
