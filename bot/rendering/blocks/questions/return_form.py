"""`/recs return kent`: that the form comes, what to do with it, or why it did not come."""

from bot.domain.register.return_form import ReturnForm
from bot.rendering import words
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, screen, small


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
