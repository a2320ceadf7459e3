"""A command that does not say for which body: it is kept whole, with a place for the body's name."""

from datetime import date

from bot.domain.questions.grammar import reader, typed_commands, typed_recordings
from bot.domain.questions.names import Body, Names
from bot.domain.refusals.refusal import Refusal

# Where the name comes. A text that holds the same words stands after it.
PLACE = "{body}"
# What is recorded for one body, and lacks it where a coordinator, or a contact of several, does not name it.
ForOneBody = (
    typed_recordings.Respond
    | typed_recordings.Progress
    | typed_recordings.Note
    | typed_recordings.Extend
    | typed_recordings.Expect
    | typed_recordings.AskBody
    | typed_recordings.Check
    | typed_recordings.Reopen
    | typed_recordings.RecordPublishedResponse
)


def lacks_its_body(command: object) -> bool:
    return isinstance(command, ForOneBody) and command.body is None


def with_a_place(raw: str, command: object, body: Body, names: Names, today: date) -> str:
    """Return the command as Slack sent it, with the place for a body's name; empty where there is no place.

    `command` is what it was read as, and `body` any body to try the places with."""
    head = raw.partition(":")[0] if ":" in raw else raw
    ends = [place for place, sign in enumerate(head) if sign == " " and place] + [len(head.rstrip())]
    numbers = [ref.number for ref in recommendations_of(command)]
    for end in ends:
        before, after = raw[:end], raw[end:]
        # Its name is typed after the numbers.
        if all(number in before for number in numbers) and _is_the_same_for(
            f"{before} {body.slug}{after}", command, body, names, today
        ):
            return f"{before} {PLACE}{after}"
    return ""


def _is_the_same_for(raw: str, command: object, body: Body, names: Names, today: date) -> bool:
    try:
        read = reader.read(raw, names, today)
    except Refusal:
        return False
    if not isinstance(read, ForOneBody) or read.body != body or type(read) is not type(command):
        return False
    others = (name for name in read.__struct_fields__ if name != "body")
    return all(getattr(read, name) == getattr(command, name) for name in others)


def for_body(unfinished: str, slug: str) -> str:
    """Return the whole command for a body."""
    return unfinished.replace(PLACE, slug, 1)


def as_typed(unfinished: str) -> str:
    """Return the command as it was typed."""
    return unfinished.replace(f" {PLACE}", "", 1)


def recommendations_of(command: object) -> tuple[typed_commands.Ref, ...]:
    match command:
        case (
            typed_recordings.Respond()
            | typed_recordings.Progress()
            | typed_recordings.Expect()
            | typed_recordings.Check()
        ):
            return command.recommendations
        case (
            typed_recordings.Note()
            | typed_recordings.Extend()
            | typed_recordings.AskBody()
            | typed_recordings.Reopen()
        ):
            return (command.recommendation,)
        case _:
            return ()
