"""The end of a recommendation: what it would change, with the button that does it, and what it changed."""

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.command import command_of
from bot.domain.register.ending import Ending
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import BUTTON_VALUE, Screen, actions, as_written, lines, screen, small

_LONGEST = 2500


def would_end(of: Ending, *, no_victim: bool = False) -> Screen:
    """With the button **Withdraw stalking 15**; a reason too long for it is typed again."""
    title = of.recommendation.title
    successor = ("superseded by", of.superseded_by.title) if of.superseded_by else ()
    confirmed = ("anyway", "no victim") if no_victim else ("anyway",)
    command = command_of("withdraw", title, *successor, *confirmed, text=of.reason)
    value = for_slack(command)
    by_hand = "" if len(value) <= BUTTON_VALUE else "To do it, type it again with “anyway” before the colon."
    return screen(
        f"{words.capital(title)} would end{_by(of)}: {_owing(of)}. Nothing is changed yet.",
        lines(map(escaped, [*_changes(of), *([by_hand] if by_hand else [])])),
        as_written(of.reason, "“", "”", limit=_LONGEST),
        small("Everybody will be able to read the reason. It cannot be taken back."),
        actions(*choose(((f"Withdraw {title}", value),))),
    )


def ended(of: Ending) -> Screen:
    title = of.recommendation.title
    how = f"superseded by {of.superseded_by.title}" if of.superseded_by else "withdrawn"
    return screen(
        f"{words.capital(title)} is {how}: nothing more is asked of any body.",
        as_written(of.reason, "“", "”", limit=_LONGEST),
        small(
            f"What was recorded stays: `/recs {escaped(title)}` and `/recs history {escaped(title)}` show it."
        ),
    )


def _by(of: Ending) -> str:
    return f", superseded by {of.superseded_by.title}" if of.superseded_by else ""


def _owing(of: Ending) -> str:
    if not of.addressed:
        return "it is addressed to nobody"
    owe = "owes" if of.owing == 1 else "owe"
    return f"{of.owing} of {words.bodies(of.addressed)} still {owe} something on it"


def _changes(of: Ending) -> list[str]:
    said = [
        "It leaves the lists, the counts, the digest and the reminders.",
        "What the bodies answered and did stays, and the history too.",
    ]
    if of.undecided:
        requests = words.count(of.undecided, "request")
        said.append(f"{requests} for more time on it will no longer be decided.")
    return said
