"""A command that was written in a message: it is offered as a button and not done."""

from bot.domain.free_text import from_slack
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.refusals.refused import typed_back
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import BUTTON_LABEL, Screen, actions, lines, screen


def offered(command: str) -> Screen:
    """`command` is written as Slack sent it."""
    label = cut(from_slack(f"Record: {command}"), BUTTON_LABEL)
    buttons = choose(((label, command),))
    how = "Press the button to do it." if buttons else "It is too long for a button: write it after /recs."
    return screen("Nothing was recorded yet.", lines([how]), actions(*buttons), *typed_back(command))
