"""When it is not the person's doing: what happened, whether anything was saved, and their text back."""

from bot.domain.questions.reading_much import MuchRead
from bot.rendering.blocks.refusals.refused import typed_back
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Screen, lines, screen


def busy(typed: str, much: MuchRead | None = None) -> Screen:
    """Say that nothing was saved and, where `much` of the history was asked for, what can be asked
    instead."""
    narrower = f" {_NARROWER[much]}" if much else ""
    return _failure("Busy: nothing was saved.", f"Please try again in a minute.{narrower}", typed)


_NARROWER = {
    MuchRead.PAST: (
        "If it is busy then too, ask how less stood that day: one recommendation or one report, with one"
        " body, such as /recs 15 kent as at 22 Nov 2024."
    ),
    MuchRead.CHANGES: (
        "If it is busy then too, ask about a later day, or about one report or recommendation with one"
        " body, such as /recs changes 15 kent since 1 Mar 2025."
    ),
}


def outcome_unknown(typed: str) -> Screen:
    return _failure(
        "I lost the store while saving, and cannot tell whether it was saved.",
        "Please look with /recs history before you try again.",
        typed,
    )


def form_not_opened(typed: str) -> Screen:
    return _failure("The form could not be opened, and nothing was changed.", "Please try again.", typed)


def form_is_late() -> Screen:
    return _failure(
        "Slack has not said whether the form opened; nothing was changed.",
        "It may come in a moment. If it does not, or stays at “Loading…”, close it and ask for it again.",
        "",
    )


def form_not_filled() -> Screen:
    return _failure(
        "The form could not be filled, and nothing was changed.",
        "Close it where it stays at “Loading…”, and ask for it again in a minute.",
        "",
    )


def failed(code: str, typed: str, saved: bool | None) -> Screen:
    """Say that something went wrong; `code` is in the log too."""
    first = {
        False: "Something went wrong, and nothing was saved.",
        True: "It was saved, but something went wrong when I answered.",
        None: "Something went wrong, and I cannot tell whether it was saved.",
    }[saved]
    then = {
        False: "Please try again; if it happens twice, give the association this reference:",
        True: "You need not do it again. If it happens twice, give the association this reference:",
        None: "Please look with /recs history before you try again. Give the association this reference:",
    }[saved]
    return _failure(first, f"{then} {code}.", typed)


def _failure(first: str, then: str, typed: str) -> Screen:
    return screen(first, lines([escaped(then)]), *typed_back(typed))
