"""What somebody is told whose file does not come."""

from collections.abc import Mapping

from bot.domain.messages.promised_file import PromisedFile
from bot.rendering.screen import Screen, lines, screen

# What each is called, and how it is made.
_WORDS: Mapping[PromisedFile, tuple[str, str]] = {
    PromisedFile.ACCOUNT: ("account", "made"),
    PromisedFile.LETTER: ("letter", "made"),
    PromisedFile.MAP: ("map", "drawn"),
    PromisedFile.CHART: ("chart", "drawn"),
    PromisedFile.CALENDAR: ("calendar", "made"),
    PromisedFile.RETURN_FORM: ("form", "made"),
}


def interrupted(promised: PromisedFile) -> Screen:
    """Say that nobody knows what became of a file."""
    name, _ = _WORDS[promised]
    return screen(
        f"Your {name} did not come: recbot was interrupted, or too much else was being made.",
        lines(["Nothing in the register has changed. Please ask for it again, unless it arrived after all."]),
    )


def failed(promised: PromisedFile, code: str) -> Screen:
    """Say that a file could not be made; `code` is in the log too."""
    name, verb = _WORDS[promised]
    return screen(
        f"Your {name} could not be {verb} or sent; nothing in the register has changed.",
        lines(
            [f"Please ask for it again; if it happens twice, give the association this reference: {code}."]
        ),
    )
