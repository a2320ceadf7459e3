"""For which body a command is: a menu beside it where the command fits there, else a form."""

import json
from typing import Any

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.unfinished import as_typed
from bot.domain.questions.names import Body
from bot.rendering.blocks.buttons import CHOOSE, fits_on_a_button
from bot.rendering.form import FormFrame, choice_field, paragraph
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import Block, button

# The menu; its block's id is the command, with a place for the body's name.
BODY_MENU = "body-menu"
# A button, and the form that it opens; the button's value is the command. So begins what carries a person's
# own words: they are kept in no key.
BODY_FORM = f"{CHOOSE}-body"
BODY = "body"

# https://docs.slack.dev/reference/block-kit/blocks/actions-block and
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
_BLOCK_ID = 255
_OPTIONS = 100
_OPTION = 75
CHOICE = FormFrame("Which policing body?", BODY_FORM)


def menu(command: str, choices: tuple[Body, ...]) -> Block | None:
    """Return a menu of bodies: what is chosen is done at once. None where the command is too long for it."""
    if not 0 < len(command) <= _BLOCK_ID or not 0 < len(choices) <= _OPTIONS:
        return None
    element = {
        "type": "static_select",
        "action_id": BODY_MENU,
        "placeholder": _plain("Choose a policing body"),
        "options": [{"text": _plain(cut(body.short_name, _OPTION)), "value": body.slug} for body in choices],
    }
    return {"type": "actions", "block_id": command, "elements": [element]}


def opening(command: str, choices: tuple[Body, ...]) -> Block | None:
    """Return a button that opens the form; None where the command is too long for a button too."""
    if not fits_on_a_button(command) or not 0 < len(choices) <= _OPTIONS:
        return None
    return button("Choose a policing body", BODY_FORM, command)


def choice_form(command: str, choices: tuple[Body, ...]) -> dict[str, Any]:
    return CHOICE.holding(
        [
            choice_field(BODY, "Policing body", [(body.slug, body.short_name) for body in choices], ""),
            paragraph(f"You typed: {from_slack(as_typed(command))}"),
        ],
        submit="Record",
        metadata=json.dumps({"command": command}),
    )


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
