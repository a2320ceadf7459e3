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
from handlers.replies import Click, Submission
from handlers.routes import Routes
from handlers.text_forms import open_text_form, record_text

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
    open_text_form(services, ack, click, blocks.ANSWER_FORM, _form, {"seq": int(click.value)})


@routes.form(blocks.ANSWER)
def answer_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    seq, no_victim = json.loads(sent.metadata)["seq"], sent.confirms_no_victim

    def record(request: Request, text: str) -> BodyAnswer:
        return operation.answer(services.store, request, seq, text, _MESSAGES, no_victim=no_victim)

    result = record_text(
        services, ack, sent, blocks.ANSWER_FORM, _form, record, if_empty="Write the answer here."
    )
    if result is None:
        return
    ack(response_action="update", view=blocks.ANSWER_FORM.showing(blocks.answered(result)))
    if not result.again:
        services.changed(sent.request(services).who, result.question.body_code)
        services.schedule.wake()


def _form(
    services: Services, request: Request, metadata: str, text: str, may_identify: MayIdentify | None
) -> Form | Screen:
    """Return the form that asks for the answer or says how it was answered, or a screen that says why it
    cannot be."""
    seq = json.loads(metadata)["seq"]
    question = run(services, request, lambda again: operation.question_to_answer(services.store, again, seq))
    if isinstance(question, Screen):
        return question
    if isinstance(question, BodyAnswer):
        return blocks.ANSWER_FORM.showing(blocks.answered(question))
    return blocks.answer_form(question, metadata, text, may_identify)
