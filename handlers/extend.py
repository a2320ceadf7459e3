"""`/recs extend 15 30 Apr 2025: why`, and the **Grant** and **Refuse** buttons of what a contact asks for."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_commands import Extend
from bot.domain.register.extension import Decision
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import extend as operation
from bot.operations.request.context import Services
from bot.rendering import form
from bot.rendering.blocks.recording import extend as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_for_click
from handlers.replies import (
    Click,
    Submission,
    answer_click,
    in_thread,
    redraw_homes,
    reply_later,
    show_errors,
)
from handlers.routes import Routes

routes = Routes()

_MESSAGES = operation.Messages(request=blocks.request_message, decision=blocks.decision_message)


@routes.verb(Extend, writes=True)
def extend(services: Services, request: Request, command: Extend) -> Screen:
    recorded = redraw_homes(services, request, operation.extend(services.store, request, command, _MESSAGES))
    services.digest.wake()
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
    about = json.dumps(
        {"seq": int(click.value), "response_url": click.response_url, "thread_ts": click.thread_ts}
    )
    open_for_click(
        services,
        ack,
        click,
        blocks.loading_form(),
        lambda: _reason_form(services, click.request(services), about),
    )


@routes.form(blocks.REFUSE)
def refuse_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    about = json.loads(sent.metadata)
    request = sent.request(services)
    decided = run(services, request, lambda again: _refuse(services, again, about["seq"], sent), writes=True)
    if isinstance(decided, MayIdentify):
        shown_again = _form(services, request, sent.metadata, decided)
        if not isinstance(shown_again, Screen):
            ack(response_action="update", view=shown_again)
            return
        decided = shown_again
    if isinstance(decided, Screen):
        show_errors(ack, sent, {blocks.REASON: decided.in_one_line})
        return
    if decided.again or not about["response_url"]:
        ack(response_action="update", view=blocks.message_form(blocks.decided(decided)))
    else:
        ack()
    reply = {**blocks.decided(decided).as_reply(), "replace_original": True}
    # A form that was opened by an earlier version carries no thread.
    shown = in_thread(reply, about.get("thread_ts", ""))
    if about["response_url"]:
        reply_later(services, about["response_url"], shown)
    _tell(services, request, decided)


def _refuse(services: Services, request: Request, seq: int, sent: Submission) -> Decision | MayIdentify:
    try:
        return operation.refuse(
            services.store,
            request,
            seq,
            sent.text(blocks.REASON),
            _MESSAGES,
            no_victim=bool(sent.choices(form.NO_VICTIM)),
        )
    except MayIdentify as suspected:
        return suspected


def _reason_form(services: Services, request: Request, metadata: str) -> dict[str, Any]:
    """Return the form that asks for the reason, or one that says why it does not."""
    shown = _form(services, request, metadata)
    return blocks.message_form(shown) if isinstance(shown, Screen) else shown


def _form(
    services: Services, request: Request, metadata: str, may_identify: MayIdentify | None = None
) -> dict[str, Any] | Screen:
    """Return the form that asks for the reason or says what was decided, or a screen that says why not."""
    seq = json.loads(metadata)["seq"]
    extension = run(services, request, lambda again: operation.request_to_decide(services.store, again, seq))
    if isinstance(extension, Decision):
        return blocks.message_form(blocks.decided(extension))
    if isinstance(extension, Screen):
        return extension
    return blocks.refusal_form(extension, metadata, may_identify)


def _tell(services: Services, request: Request, decided: Decision) -> None:
    """Redraw the Homes that it concerns, and wake the schedule, which has the asker's message to send."""
    if not decided.again:
        services.changed(request.who, decided.request.body_code)
        services.digest.wake()
