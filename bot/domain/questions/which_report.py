"""What was typed with a number that several reports have, with the report named: `custody 15`."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.model import Question
from bot.domain.questions.names import Names
from bot.domain.questions.plain_words.typed import read_command_or_question
from bot.domain.questions.written import canonical
from bot.domain.refusals.refusal import Refusal

Command = TypedCommand | Question
_Value = TypeVar("_Value")


def naming_report(
    raw: str,
    command: Command,
    number: str,
    report: str,
    names: Names,
    today: date,
    others: Iterable[str] = (),
) -> str:
    """Return the command, as Slack would send it, that is `command` with the report named before its number.

    `raw` is what `command` was read from; `others` are texts that may say the same more shortly."""
    meant = _with_report_in(command, Ref(None, number), Ref(report, number))
    if isinstance(meant, Question):
        return for_slack(canonical(meant))
    for text in (*others, *_ways_to_say(raw, number, report, names, today)):
        if _is_read_as(text, meant, names, today):
            return text
    return with_report(raw, number, f"{report} {number}")


def with_report(typed: str, number: str, title: str) -> str:
    """Return the command with the report named where only the number stood: `#15`, `rec no. 15` or `15`, but
    not 115 or 15.1."""
    return re.sub(_alone(number), lambda _: title, typed, count=1, flags=re.IGNORECASE)


def _alone(number: str) -> str:
    before = r"(?:(?:#|r(?:ec(?:ommendation)?s?)?\.?|nos?\.?|numbers?)\s*){0,2}"
    return rf"(?<![\w-])(?<!\d\.){before}0*{re.escape(number)}(?!\w|\.\d)"


def _ways_to_say(raw: str, number: str, report: str, names: Names, today: date) -> Iterator[str]:
    """Yield a lookup as `canonical` writes it; a command with the report before its number; and with the
    number after all others, since a report's name is that of each number after it."""
    title = f"{report} {number}"
    row = verb_of(raw)
    if row is None or not row.writes:
        try:
            question = read_question(raw, names, today)
        except Refusal:
            pass
        else:
            yield for_slack(canonical(_with_report_in(question, Ref(None, number), Ref(report, number))))
    yield with_report(raw, number, title)
    head, colon, text = raw.partition(":")
    without = re.sub(rf"{_alone(number)}(?:\s*(?:,|and\b|&amp;))?\s*", "", head, count=1, flags=re.IGNORECASE)
    others = list(re.finditer(r"(?<![\w-])\d+(?:\.\d+)*[a-z]?(?!\w)", without))
    for other in reversed(others):
        yield f"{without[: other.end()]} {title}{without[other.end() :]}{colon}{text}"


def _with_report_in(command: _Value, number: Ref, named: Ref) -> _Value:
    """Return a command, or a part of it, with the recommendation named wherever its number stands."""
    value: Any = command
    if value == number:
        value = named
    elif isinstance(value, tuple) and type(value) is tuple:
        value = tuple(_with_report_in(part, number, named) for part in value)
    elif isinstance(value, Struct) and not isinstance(value, Ref):
        parts = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: _with_report_in(part, number, named) for name, part in parts.items()}
        value = replace(value, **{name: part for name, part in changed.items() if part != parts[name]})
    result: _Value = value
    return result


def _is_read_as(text: str, meant: TypedCommand, names: Names, today: date) -> bool:
    try:
        command = read_command_or_question(text, names, today)
    except Refusal:
        return False
    return type(command) is type(meant) and _without_order(command) == _without_order(meant)


def _without_order(command: Command) -> list[object]:
    """Return what a command holds; the order of recommendations carries no meaning."""
    return [
        frozenset(value)
        if isinstance(value, tuple) and all(isinstance(part, Ref) for part in value)
        else value
        for value in (getattr(command, name) for name in command.__struct_fields__)
    ]
