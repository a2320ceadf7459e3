"""Which questions read much of the history, so that narrower ones can be offered where there was no time."""

from datetime import date
from enum import StrEnum

from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.model import AsAt, Question, Shape


class MuchRead(StrEnum):
    """What a question goes through."""

    # What was recorded long ago is put together from each update since, and takes the longest.
    PAST = "past"
    CHANGES = "changes"


def much_read(command: TypedCommand | Question) -> MuchRead | None:
    """Return what of the history a question goes through; None where it does not."""
    match command:
        case Question(time=AsAt()) | typed_commands.AsAt():
            return MuchRead.PAST
        case (
            typed_commands.Published(as_at=date())
            | typed_commands.Export(as_at=date())
            | typed_commands.Map(as_at=date())
            | typed_commands.Chart(as_at=date())
            | typed_commands.Letter(as_at=date())
        ):
            return MuchRead.PAST
        case Question(shape=Shape.CHANGES) | typed_commands.Changes():
            return MuchRead.CHANGES
        case _:
            return None
