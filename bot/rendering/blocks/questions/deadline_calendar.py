"""`/recs calendar`: that the file comes, or why it does not."""

from bot.domain.questions.deadline_calendar import DeadlineCalendar
from bot.rendering import words
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, lines, screen, small


def arriving(calendar: DeadlineCalendar) -> Screen:
    return screen(
        f"{words.count(calendar.owed, 'deadline')} of {_holders(calendar)}:"
        " the calendar arrives as a file in a direct message.",
        lines(["Open the file to have them in your own calendar."]),
        small("Ask again when something has changed: the same deadlines are replaced, and none comes twice."),
    )


def nothing_due(calendar: DeadlineCalendar) -> Screen:
    return screen(f"There is no deadline of {_holders(calendar)} to put into a calendar.")


def here_it_is(title: str) -> str:
    """Return the text beside the file, escaped."""
    return inert(f"{title}. Open the file to have them in your own calendar; ask again for changes.")


def _holders(calendar: DeadlineCalendar) -> str:
    return escaped(words.names(calendar.bodies)) or "all recommendations"
