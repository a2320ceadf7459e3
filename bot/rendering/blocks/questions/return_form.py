"""`/recs return kent`: that the form comes, what to do with it, or why it did not come."""

from bot.domain.register.return_form import ReturnForm
from bot.rendering import words
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, lines, screen, small


def arriving(form: ReturnForm) -> Screen:
    return screen(
        f"The form for {form.body_name} arrives as a workbook in a direct message: "
        f"{words.count(len(form.items), 'recommendation')} open.",
        small(
            "Whoever fills it in needs no Slack. A coordinator gives what comes back to `/recs import`, "
            "which shows it before it is recorded."
        ),
    )


def here_it_is(form: ReturnForm) -> str:
    """Return the text beside the file, escaped."""
    return inert(f"{title(form)}. The yellow cells are to be filled in.")


def title(form: ReturnForm) -> str:
    return f"Return form of {form.body_name}, {words.day(form.day)}"


def interrupted() -> Screen:
    return screen(
        "Your form did not come: recbot was interrupted, or too much else was being made.",
        lines(["Nothing in the register has changed. Please ask for it again, unless it arrived after all."]),
    )


def failed(code: str) -> Screen:
    """`code` is in the log too."""
    return screen(
        "Your form could not be made or sent; nothing in the register has changed.",
        lines(
            [f"Please ask for it again; if it happens twice, give the association this reference: {code}."]
        ),
    )
