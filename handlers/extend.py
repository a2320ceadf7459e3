"""`/recs extend 15 30 Apr 2025: why`, and the **Grant** and **Refuse** buttons of what a contact asks for."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import Extend
from bot.domain.register.extension import Decision
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import extend as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import extend as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, Submission, answer_click, redraw_homes
from handlers.routes import Routes
from handlers.text_forms import close_and_replace, open_text_form, record_text, way_back

Form = dict[str, Any]

routes = Routes()

_MESSAGES = operation.Messages(request=blocks.request_message, decision=blocks.decision_message)


@routes.verb(Extend, writes=True)
def extend(services: Services, request: Request, command: Extend) -> Screen:
    recorded = redraw_homes(services, request, operation.extend(services.store, request, command, _MESSAGES))
    services.schedule.wake()
    return blocks.extended(recorded)


@routes.action(re.compile(rf"^{blocks.GRANT}:\d+$"))
def grant_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    request, seq = click.request(services), int(click.value)
    decided = run(
        services, request, lambda again: operation.grant(services.store, again, seq, _MESSAGES), writes=True
    )
    if not isinstance(decided, Decision):
        answer_click(services, ack, click, decided, in_place=False)
        return
    answer_click(services, ack, click, blocks.decided(decided), in_place=True)
    _tell(services, request, decided)


@routes.action(re.compile(rf"^{blocks.REFUSE}:\d+$"))
def refuse_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Ask for the reason: open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    about = {"seq": int(click.value), **way_back(click)}
    open_text_form(services, ack, click, blocks.REFUSAL_FORM, _form, about)


@routes.form(blocks.REFUSE)
def refuse_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    seq, no_victim = json.loads(sent.metadata)["seq"], sent.confirms_no_victim

    def refuse(request: Request, reason: str) -> Decision:
        return operation.refuse(services.store, request, seq, reason, _MESSAGES, no_victim=no_victim)

    decided = record_text(services, ack, sent, blocks.REFUSAL_FORM, _form, refuse)
    if decided:
        screen = blocks.decided(decided)
        close_and_replace(services, ack, sent, blocks.REFUSAL_FORM, screen, stays_open=decided.again)
        _tell(services, sent.request(services), decided)


def _form(
    services: Services, request: Request, metadata: str, reason: str, may_identify: MayIdentify | None
) -> Form | Screen:
    """Return the form that asks for the reason or says what was decided, or a screen that says why not."""
    seq = json.loads(metadata)["seq"]
    extension = run(services, request, lambda again: operation.request_to_decide(services.store, again, seq))
    if isinstance(extension, Decision):
        return blocks.REFUSAL_FORM.showing(blocks.decided(extension))
    if isinstance(extension, Screen):
        return extension
    return blocks.refusal_form(extension, metadata, reason, may_identify)


def _tell(services: Services, request: Request, decided: Decision) -> None:
    """Redraw the Homes that it concerns, and wake the schedule, which has the asker's message to send."""
    if not decided.again:
        services.changed(request.who, decided.request.body_code)
        services.schedule.wake()
