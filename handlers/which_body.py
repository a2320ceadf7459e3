"""For which body a command is that did not say so: chosen from a menu, or in a form where it is long."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.unfinished import for_body
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.register.people import Request
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import which_body as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_for_click
from handlers.recs import answer_as_typed, ask, choices_of_bodies
from handlers.replies import Click, Submission, show_errors, string
from handlers.routes import Routes

routes = Routes()


@routes.action(blocks.BODY_MENU)
def body_chosen(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Do the command for the body that was chosen, by the rights of whoever chose."""
    click = Click.read(body, action)
    answer_as_typed(
        ack, services, click, for_body(string(action.get("block_id")), click.value), in_place=True
    )


@routes.action(blocks.BODY_FORM)
def form_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    open_for_click(
        services,
        ack,
        click,
        blocks.CHOICE.loading(),
        lambda: _form(services, click.request(services), click.value),
    )


@routes.form(blocks.BODY_FORM)
def form_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    slug = sent.choice(blocks.BODY)
    if not slug:
        show_errors(ack, sent, {blocks.BODY: "Choose a policing body."})
        return
    command = for_body(json.loads(sent.metadata)["command"], slug)
    screen = run(services, sent.request(services, slug), lambda again: ask(services, again, command), command)
    if screen is None:
        ack()
    else:
        ack(response_action="update", view=blocks.CHOICE.showing(screen))


def _form(services: Services, request: Request, command: str) -> dict[str, Any]:
    """Return the form that asks for the body, or one that says why it cannot be."""
    choices = run(services, request, lambda again: _choices(services, again, command))
    if isinstance(choices, Screen):
        return blocks.CHOICE.showing(choices)
    return blocks.choice_form(command, choices)


def _choices(services: Services, request: Request, command: str) -> tuple[Body, ...]:
    """Return the bodies to choose from. Raises NotAContactOf where there is none any more, or Refusal."""
    choices = choices_of_bodies(services, request, command)
    if not choices:
        raise NotAContactOf("", ())
    return choices
