"""A command that lacks nothing but a text, such as a reason: its button asks for that, and then does it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.typed_recordings import Expect, Extend
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.questions import offers
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.recording import lacking_text as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.recs import ask, read
from handlers.replies import Click, Submission, show_errors
from handlers.routes import Routes
from handlers.text_forms import close_and_replace, open_text_form, unless_it_may_identify, way_back

Form = dict[str, Any]

routes = Routes()


@routes.action(re.compile(rf"^{buttons.ASK_TEXT}-\d+$"))
def offer_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    open_text_form(
        services,
        ack,
        click,
        blocks.FORM,
        lambda metadata: _form(services, click.request(services), metadata),
        {"command": click.value, **way_back(click)},
    )


@routes.form(buttons.ASK_TEXT)
def text_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    """Do the command with its text, by the rights of whoever sent it."""
    sent = Submission.read(body, view)
    request, text = sent.request(services), sent.text(blocks.FORM.field)
    if not text:
        show_errors(ack, sent, {blocks.FORM.field: "Write it here."})
        return
    command = _with_text(json.loads(sent.metadata)["command"], text, no_victim=sent.confirms_no_victim)
    result = run(services, request, lambda again: _done(services, again, command))
    if isinstance(result, MayIdentify):
        ack(response_action="update", view=_form(services, request, sent.metadata, text, result))
    elif isinstance(result, Screen):
        show_errors(ack, sent, {blocks.FORM.field: result.in_one_line})
    else:
        close_and_replace(services, ack, sent, blocks.FORM, result.screen)


@dataclass(frozen=True, slots=True)
class _Done:
    screen: Screen


def _done(services: Services, request: Request, command: str) -> _Done | Screen | MayIdentify:
    screen = unless_it_may_identify(lambda: ask(services, request, command))
    return (
        _Done(screen) if isinstance(screen, Screen) else screen or Screen("That needs a form of its own.", ())
    )


def _with_text(command: str, text: str, *, no_victim: bool) -> str:
    """Return the command, as Slack would send it, with its text."""
    confirmation = " no victim" if no_victim else ""
    return f"{command.rstrip(' :：')}{confirmation}: {for_slack(text)}"


def _form(
    services: Services,
    request: Request,
    metadata: str,
    text: str = "",
    may_identify: MayIdentify | None = None,
) -> Form:
    """Return the form that asks for the text, or one that says why it does not."""
    command = json.loads(metadata)["command"]
    lacking = run(services, request, lambda again: _what_is_lacking(services, again, command), command)
    if isinstance(lacking, Screen):
        return blocks.FORM.showing(lacking)
    meant = run(services, request, lambda again: read(services, again, command), command)
    until = meant.until if isinstance(meant, Extend) else meant.on if isinstance(meant, Expect) else None
    return blocks.text_form(command, lacking, until, metadata, text, may_identify)


def _what_is_lacking(services: Services, request: Request, command: str) -> blocks.LacksText | None:
    """Return which text the command lacks, if it still lacks one. Raises what it is refused with else."""
    refusals = offers.refusals_of(
        services.store, request, lambda typed: read(services, request, typed), (command,)
    )
    refusal: Refusal | None = refusals.get(command)
    if refusal is None or isinstance(refusal, blocks.LacksText):
        return refusal
    raise refusal
