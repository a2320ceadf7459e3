"""What a new contact is welcomed with, and what contacts read of a new report."""

from bot.domain.messages.delivery import Payload
from bot.domain.messages.newcomers import Announcement, Welcome
from bot.domain.register.addressee import Duty
from bot.domain.register.recommendation import Recommendation
from bot.rendering import words
from bot.rendering.blocks.buttons import answer, choose, update
from bot.rendering.blocks.questions.lists import in_days, written
from bot.rendering.delivered import delivered
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import actions, lines, screen, small

# As many recommendations as are read at a glance, each by its first words.
_SHOWN = 12
_ABOUT = 120


def welcome(message: Welcome, key: str) -> Payload:
    """Word the welcome of the delivery `key`."""
    if message.only_approves:
        return _welcome_to_approve(message, key)
    return delivered(
        screen(
            f"You record for {words.both(message.bodies)} in recbot. {_open(message)}",
            lines(
                [
                    "recbot keeps what inspectorates recommend to policing bodies, and how each body answers"
                    " and gets on. You record that in a form or in a line, in ten seconds.",
                    "Ask it anything here, or with `/recs` in any channel. Once a week at most it reminds"
                    " you of what is open and has not moved.",
                ]
            ),
            actions(update(), *choose((("What we owe", "mine"), ("Help", "help")))),
        ),
        key,
    )


def _welcome_to_approve(message: Welcome, key: str) -> Payload:
    their = "its" if len(message.bodies) == 1 else "their"
    return delivered(
        screen(
            f"You approve for {words.both(message.bodies)} in recbot what {their} contacts record.",
            lines(
                [
                    "recbot keeps what inspectorates recommend to policing bodies, and how each body answers"
                    " and gets on.",
                    "A message comes here for each answer, and for each recommendation that is said to be"
                    " complete, with Approve and Send back. `/recs for approval` lists what waits.",
                ]
            ),
            actions(*choose((("For approval", "for approval"), ("Help", "help")))),
        ),
        key,
    )


def announcement(message: Announcement, key: str) -> Payload:
    """Word the message about a new report of the delivery `key`."""
    report, rows = message.report, message.recommendations
    left = len(rows) - _SHOWN
    single = rows[0] if len(rows) == 1 else None
    return delivered(
        screen(
            f"{words.count(len(rows), 'recommendation')} {'is' if single else 'are'} addressed to"
            f" {words.both(message.bodies)}{_due(message)}.",
            *written(map(_about, rows[:_SHOWN])),
            small(f"And {left} more: `/recs {inert(message.report.key)}`.") if left > 0 else None,
            small(inert(f"{report.title}. {report.publishers}, {words.day(report.published_on)}.")),
            actions(answer(message.report.key, single.id if single else "")),
        ),
        key,
    )


def _open(message: Welcome) -> str:
    have = "has" if len(message.bodies) == 1 else "have"
    subject = "It" if len(message.bodies) == 1 else "They"
    if not message.open:
        return f"{subject} {have} nothing open."
    due = message.next_due
    next_day = f", the next due on {words.day(due)}, {in_days(due, message.today)}" if due else ""
    return f"{subject} {have} {words.count(message.open, 'recommendation')} open{next_day}."


def _about(recommendation: Recommendation) -> str:
    return f"{words.capital(recommendation.title)}: {words.opening(recommendation.about, _ABOUT)}"


def _due(message: Announcement) -> str:
    """Write as in `; answers are due on 3 March 2025, in 56 days`."""
    answers, done = message.due.get(Duty.RESPONSE), message.due.get(Duty.ACTION)
    if answers:
        return f"; answers are due on {words.day(answers)}, {in_days(answers, message.today)}"
    if not done:
        return ""
    subject = "it" if len(message.recommendations) == 1 else "the first"
    return f"; {subject} is due on {words.day(done)}, {in_days(done, message.today)}"
