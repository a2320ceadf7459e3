"""`/recs approve 15 kent`, `/recs send back 15 kent: why`, and the **Approve** and **Send back** buttons."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import Approve, SendBack
from bot.domain.register.approval import ApprovalDecision
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import approve as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import approve as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, Submission, answer_click
from handlers.routes import Routes
from handlers.text_forms import close_and_replace, open_text_form, record_text, way_back

Form = dict[str, Any]

routes = Routes()


@routes.verb(Approve, writes=True)
def approve(services: Services, request: Request, command: Approve) -> Screen:
    seqs = operation.waiting_with(services.store, request, command.recommendations, command.body)
    return _shown(
        services,
        request,
        operation.approve(services.store, request, seqs, blocks.decision_message),
    )


@routes.verb(SendBack, writes=True)
def send_back(services: Services, request: Request, command: SendBack) -> Screen:
    seqs = operation.waiting_with(services.store, request, command.recommendations, command.body)
    decision = operation.send_back(
        services.store, request, seqs, command.reason, blocks.decision_message, no_victim=command.no_victim
    )
    return _shown(services, request, decision)


@routes.action(re.compile(rf"^{blocks.APPROVE}:\d+$"))
def approve_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    request, seqs = click.request(services), _seqs(click.value)
    decided = run(
        services,
        request,
        lambda again: operation.approve(services.store, again, seqs, blocks.decision_message),
        writes=True,
    )
    if isinstance(decided, ApprovalDecision):
        answer_click(services, ack, click, _shown(services, request, decided), in_place=True)
    else:
        answer_click(services, ack, click, decided, in_place=False)


@routes.action(re.compile(rf"^{blocks.SEND_BACK}:\d+$"))
def send_back_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    """Ask for the reason: open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    about = {"seqs": click.value, **way_back(click)}
    open_text_form(services, ack, click, blocks.SEND_BACK_FORM, _form, about)


@routes.form(blocks.SEND_BACK)
def send_back_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    seqs, no_victim = _seqs(json.loads(sent.metadata)["seqs"]), sent.confirms_no_victim

    def record(request: Request, reason: str) -> ApprovalDecision:
        return operation.send_back(
            services.store, request, seqs, reason, blocks.decision_message, no_victim=no_victim
        )

    decided = record_text(services, ack, sent, blocks.SEND_BACK_FORM, _form, record)
    if decided:
        screen = _shown(services, sent.request(services), decided)
        close_and_replace(services, ack, sent, blocks.SEND_BACK_FORM, screen)


def _form(
    services: Services, request: Request, metadata: str, reason: str, may_identify: MayIdentify | None
) -> Form | Screen:
    """Return the form that asks for the reason, or a screen that says why it does not."""
    seqs = _seqs(json.loads(metadata)["seqs"])
    recordings = run(services, request, lambda again: operation.to_decide(services.store, again, seqs))
    if isinstance(recordings, Screen):
        return recordings
    return blocks.send_back_form(recordings, metadata, reason, may_identify)


def _shown(services: Services, request: Request, decision: ApprovalDecision) -> Screen:
    """Redraw the Homes that it concerns, and wake the schedule, which has a message to send."""
    if not decision.again:
        services.changed(request.who, decision.items[0].body_code)
        services.schedule.wake()
    return blocks.decided(decision)


def _seqs(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split()))
