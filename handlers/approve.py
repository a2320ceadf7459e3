"""`/recs approve 15 kent`, `/recs send back 15 kent: why`, and the **Approve** and **Send back** buttons."""

import json
import re
from collections.abc import Mapping, Sequence
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
from handlers.replies import Click, Submission, answer_click, show_errors
from handlers.routes import Routes
from handlers.text_forms import close_and_replace, open_text_form, unless_it_may_identify, way_back

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
    open_text_form(
        services,
        ack,
        click,
        blocks.SEND_BACK_FORM,
        lambda metadata: _form(services, click.request(services), metadata),
        {"seqs": click.value, **way_back(click)},
    )


@routes.form(blocks.SEND_BACK)
def send_back_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    request, seqs = sent.request(services), _seqs(json.loads(sent.metadata)["seqs"])
    decided = run(services, request, lambda again: _send_back(services, again, seqs, sent), writes=True)
    if isinstance(decided, MayIdentify):
        ack(response_action="update", view=_form(services, request, sent.metadata, decided))
        return
    if isinstance(decided, Screen):
        show_errors(ack, sent, {blocks.SEND_BACK_FORM.field: decided.in_one_line})
        return
    close_and_replace(services, ack, sent, blocks.SEND_BACK_FORM, _shown(services, request, decided))


def _send_back(
    services: Services, request: Request, seqs: Sequence[int], sent: Submission
) -> ApprovalDecision | MayIdentify:
    reason, no_victim = sent.text(blocks.SEND_BACK_FORM.field), sent.confirms_no_victim
    return unless_it_may_identify(
        lambda: operation.send_back(
            services.store, request, seqs, reason, blocks.decision_message, no_victim=no_victim
        )
    )


def _form(
    services: Services, request: Request, metadata: str, may_identify: MayIdentify | None = None
) -> Form:
    """Return the form that asks for the reason, or one that says why it does not."""
    seqs = _seqs(json.loads(metadata)["seqs"])
    recordings = run(services, request, lambda again: operation.to_decide(services.store, again, seqs))
    if isinstance(recordings, Screen):
        return blocks.SEND_BACK_FORM.showing(recordings)
    return blocks.send_back_form(recordings, metadata, may_identify)


def _shown(services: Services, request: Request, decision: ApprovalDecision) -> Screen:
    """Redraw the Homes that it concerns, and wake the schedule, which has a message to send."""
    if not decision.again:
        services.changed(request.who, decision.items[0].body_code)
        services.schedule.wake()
    return blocks.decided(decision)


def _seqs(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split()))
