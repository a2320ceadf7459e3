"""A command that lacks nothing but a text, such as a reason: its button asks for that, and then does it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from slack_bolt import Ack

from bot.domain.free_text import for_slack
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.recording import lacking_text as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.recs import ask, refusal_of
from handlers.replies import Click, Submission
from handlers.routes import Routes
from handlers.text_forms import close_and_replace, open_text_form, record_text, way_back

Form = dict[str, Any]

routes = Routes()


class _Done(Struct, frozen=True):
    """What the command shows once it is done, as a refusal shows a screen too."""

    screen: Screen


@routes.action(re.compile(rf"^{buttons.ASK_TEXT}-\d+$"))
def offer_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    about = {"command": click.value, **way_back(click)}
    open_text_form(services, ack, click, blocks.FORM, _form, about)


@routes.form(buttons.ASK_TEXT)
def text_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    """Do the command with its text, by the rights of whoever sent it."""
    sent = Submission.read(body, view)
    command = json.loads(sent.metadata)["command"]

    def do(request: Request, text: str) -> _Done:
        screen = ask(services, request, _with_text(command, text, no_victim=sent.confirms_no_victim))
        return _Done(screen or Screen("That needs a form of its own.", ()))

    # The command counts as something written by itself, where it is.
    done = record_text(services, ack, sent, blocks.FORM, _form, do, if_empty="Write it here.", writes=False)
    if done:
        close_and_replace(services, ack, sent, blocks.FORM, done.screen)


def _with_text(command: str, text: str, *, no_victim: bool) -> str:
    """Return the command, as Slack would send it, with its text."""
    confirmation = " no victim" if no_victim else ""
    return f"{command.rstrip(' :：')}{confirmation}: {for_slack(text)}"


def _form(
    services: Services, request: Request, metadata: str, text: str, may_identify: MayIdentify | None
) -> Form | Screen:
    """Return the form that asks for the text, or a screen that says why it does not."""
    command = json.loads(metadata)["command"]
    lacking = run(services, request, lambda again: _what_is_lacking(services, again, command), command)
    if isinstance(lacking, Screen):
        return lacking
    return blocks.text_form(command, lacking, metadata, text, may_identify)


def _what_is_lacking(services: Services, request: Request, command: str) -> blocks.LacksText | None:
    """Return which text the command lacks, if it still lacks one. Raises what it is refused with else."""
    refusal = refusal_of(services, request, command)
    if refusal is None or isinstance(refusal, blocks.LacksText):
        return refusal
    raise refusal
