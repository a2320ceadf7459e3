"""The end of a recommendation: what it would change, with the button that does it, and what it changed."""

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.command import command_of
from bot.domain.register.ending import Ending
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import BUTTON_VALUE, Screen, actions, as_written, lines, screen, small

_LONGEST = 2500


def would_end(ending: Ending, *, no_victim: bool = False) -> Screen:
    """Show what would end, with the button **Withdraw stalking 15**; a reason too long for it is typed
    again."""
    title = ending.recommendation.title
    successor = ("superseded by", ending.superseded_by.title) if ending.superseded_by else ()
    confirmed = ("anyway", "no victim") if no_victim else ("anyway",)
    command = command_of("withdraw", title, *successor, *confirmed, text=ending.reason)
    value = for_slack(command)
    by_hand = "" if len(value) <= BUTTON_VALUE else "To do it, type it again with “anyway” before the colon."
    return screen(
        f"{words.capital(title)} would end{_by(ending)}: {_owing(ending)}. Nothing is changed yet.",
        lines(map(escaped, [*_changes(ending), *([by_hand] if by_hand else [])])),
        as_written(ending.reason, "“", "”", limit=_LONGEST),
        small("Everybody will be able to read the reason. It cannot be taken back."),
        actions(*choose(((f"Withdraw {title}", value),))),
    )


def ended(ending: Ending) -> Screen:
    title = ending.recommendation.title
    how = f"superseded by {ending.superseded_by.title}" if ending.superseded_by else "withdrawn"
    return screen(
        f"{words.capital(title)} is {how}: nothing more is asked of any body.",
        as_written(ending.reason, "“", "”", limit=_LONGEST),
        small(
            f"What was recorded stays: `/recs {escaped(title)}` and `/recs history {escaped(title)}` show it."
        ),
    )


def _by(ending: Ending) -> str:
    return f", superseded by {ending.superseded_by.title}" if ending.superseded_by else ""


def _owing(ending: Ending) -> str:
    if not ending.addressed:
        return "it is addressed to nobody"
    owe = "owes" if ending.owing == 1 else "owe"
    return f"{ending.owing} of {words.bodies(ending.addressed)} still {owe} something on it"


def _changes(ending: Ending) -> list[str]:
    texts = [
        "It leaves the lists, the counts, the digest and the reminders.",
        "What the bodies answered and did stays, and the history too.",
    ]
    if ending.undecided:
        requests = words.count(ending.undecided, "request")
        texts.append(f"{requests} for more time on it will no longer be decided.")
    return texts
