"""`/recs extend 15 30 Apr 2025: why`, and the **Grant** and **Refuse** buttons of what a contact asks for."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.requests import Extend
from bot.domain.register.extension import Decision
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import extend as operation
from bot.operations.request.context import Services
from bot.rendering import form
from bot.rendering.blocks.recording import extend as blocks
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.forms import open_for_click
from handlers.replies import Click, Submission, answer_click, in_thread, reply_later, show_errors, told

_MESSAGES = operation.Messages(asked=blocks.request_message, decided=blocks.decision_message)


def extend(services: Services, request: Request, asked: Extend) -> Screen:
    recorded = told(services, request, operation.extend(services.store, request, asked, _MESSAGES))
    services.digest.wake()
    return blocks.extended(recorded)


def grant_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    request, seq = click.occasion(services), int(click.value)
    decided = answer(
        services, request, lambda again: operation.grant(services.store, again, seq, _MESSAGES), writes=True
    )
    if not isinstance(decided, Decision):
        answer_click(services, ack, click, decided, in_place=False)
        return
    answer_click(services, ack, click, blocks.decided(decided), in_place=True)
    _tell(services, request, decided)


def refuse_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Asks for the reason: the form opens before anything is read, and is filled after."""
    click = Click.read(body, action)
    about = json.dumps(
        {"seq": int(click.value), "response_url": click.response_url, "thread_ts": click.thread_ts}
    )
    open_for_click(
        services,
        ack,
        click,
        blocks.loading_form(),
        lambda: _asked_why(services, click.occasion(services), about),
    )


def refuse_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    about = json.loads(sent.metadata)
    request = sent.occasion(services)
    decided = answer(
        services, request, lambda again: _refuse(services, again, about["seq"], sent), writes=True
    )
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
    except MayIdentify as found:
        return found


def _asked_why(services: Services, request: Request, metadata: str) -> dict[str, Any]:
    """The form that asks for the reason, or what is to be said instead."""
    shown = _form(services, request, metadata)
    return blocks.message_form(shown) if isinstance(shown, Screen) else shown


def _form(
    services: Services, occasion: Request, metadata: str, may_identify: MayIdentify | None = None
) -> dict[str, Any] | Screen:
    """The form that asks for the reason, or tells what was decided; or in words why it cannot be shown."""
    seq = json.loads(metadata)["seq"]
    request = answer(
        services, occasion, lambda again: operation.request_to_decide(services.store, again, seq)
    )
    if isinstance(request, Decision):
        return blocks.message_form(blocks.decided(request))
    return request if isinstance(request, Screen) else blocks.refusal_form(request, metadata, may_identify)


def _tell(services: Services, request: Request, decided: Decision) -> None:
    """The Homes that it concerns, and the schedule that has the asker's message to send."""
    if not decided.again:
        services.changed(request.who, decided.request.body_code)
        services.digest.wake()
