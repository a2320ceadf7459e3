"""`/recs ask 15 kent: which service?`, and **Answer** under what the body's contacts are asked."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import AskBody
from bot.domain.register.body_question import BodyAnswer
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import Request
from bot.operations.recording import ask_body as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import ask_body as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, Submission, show_errors
from handlers.routes import Routes
from handlers.text_forms import open_text_form, unless_it_may_identify

Form = dict[str, Any]

routes = Routes()

_MESSAGES = operation.Messages(question=blocks.question_message, answer=blocks.answer_message)


@routes.verb(AskBody, writes=True)
def ask(services: Services, request: Request, command: AskBody) -> Screen:
    question = operation.ask(services.store, request, command, _MESSAGES)
    services.changed(request.who, question.body_code)
    services.schedule.wake()
    return blocks.question_sent(question)


@routes.action(re.compile(rf"^{blocks.ANSWER}:\d+$"))
def answer_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Open the form before anything is read, and fill it after."""
    click = Click.read(body, action)
    open_text_form(
        services,
        ack,
        click,
        blocks.ANSWER_FORM,
        lambda metadata: _form(services, click.request(services), metadata),
        {"seq": int(click.value)},
    )


@routes.form(blocks.ANSWER)
def answer_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    if not sent.text(blocks.ANSWER_FORM.field):
        show_errors(ack, sent, {blocks.ANSWER_FORM.field: "Write the answer here."})
        return
    request = sent.request(services)
    result = run(services, request, lambda again: _answer(services, again, sent), writes=True)
    if isinstance(result, MayIdentify):
        ack(
            response_action="update",
            view=_form(services, request, sent.metadata, sent.text(blocks.ANSWER_FORM.field), result),
        )
    elif isinstance(result, Screen):
        show_errors(ack, sent, {blocks.ANSWER_FORM.field: result.in_one_line})
    else:
        ack(response_action="update", view=blocks.ANSWER_FORM.showing(blocks.answered(result)))
        if not result.again:
            services.changed(request.who, result.question.body_code)
            services.schedule.wake()


def _answer(services: Services, request: Request, sent: Submission) -> BodyAnswer | MayIdentify:
    seq, text = json.loads(sent.metadata)["seq"], sent.text(blocks.ANSWER_FORM.field)
    return unless_it_may_identify(
        lambda: operation.answer(
            services.store, request, seq, text, _MESSAGES, no_victim=sent.confirms_no_victim
        )
    )


def _form(
    services: Services,
    request: Request,
    metadata: str,
    text: str = "",
    may_identify: MayIdentify | None = None,
) -> Form:
    """Return the form that asks for the answer, or one that says how it was answered or why it cannot be."""
    seq = json.loads(metadata)["seq"]
    question = run(services, request, lambda again: operation.question_to_answer(services.store, again, seq))
    if isinstance(question, Screen):
        return blocks.ANSWER_FORM.showing(question)
    if isinstance(question, BodyAnswer):
        return blocks.ANSWER_FORM.showing(blocks.answered(question))
    return blocks.answer_form(question, metadata, text, may_identify)
