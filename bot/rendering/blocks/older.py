"""What is said where something of another version of recbot was pressed, sent or typed."""

from bot.rendering.screen import Screen, lines, screen


def button() -> Screen:
    return _from_an_older_version(
        "This button", "Type `/recs` to see how things stand, or `/recs help` for what you can do."
    )


def form() -> Screen:
    """Say beside a field that the form is of an earlier version: what was written stays in it and can be
    copied."""
    return screen(
        "This form is from an older version: nothing was recorded.",
        lines(["Please copy what you wrote, close the form, and type /recs update."]),
    )


def shortcut() -> Screen:
    return _from_an_older_version(
        "This shortcut", "Type `/recs update` to record, or `/recs help` for what you can do."
    )


def command() -> Screen:
    return _from_an_older_version("This command", "Type `/recs help` for what you can do.")


def _from_an_older_version(subject: str, then: str) -> Screen:
    return screen(f"{subject} is from an older version: nothing was done.", lines([then]))
