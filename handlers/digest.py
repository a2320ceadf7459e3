"""`/recs digest`, `digest preview`, `digest send`, and **It appeared** and **Send it again**: for
coordinators."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.messages.doubt import Decided, Verdict
from bot.domain.questions.grammar.typed_commands import DigestNext, DigestPreview
from bot.domain.questions.grammar.typed_recordings import DigestSend
from bot.domain.register.people import Request
from bot.operations.messages import digest as operation
from bot.operations.messages import doubt, following
from bot.operations.request.context import Services
from bot.rendering.blocks.messages import digest as blocks
from bot.rendering.blocks.messages import doubt as doubt_blocks
from bot.rendering.blocks.messages import following as following_blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, answer_click
from handlers.routes import Routes

routes = Routes()


@routes.verb(DigestNext)
def next_digest(services: Services, request: Request, _command: DigestNext) -> Screen:
    digests = operation.outlook(services.store, request, services.schedule)
    return blocks.outlook(
        digests, following_blocks.outlook(following.outlook(services.store, request, services.schedule))
    )


@routes.verb(DigestPreview)
def preview(services: Services, request: Request, _command: DigestPreview) -> Screen:
    return blocks.preview(operation.preview(services.store, request, services.schedule))


@routes.verb(DigestSend, writes=True)
def send(services: Services, request: Request, _command: DigestSend) -> Screen:
    return (
        blocks.on_its_way()
        if operation.send(services.store, request, services.schedule)
        else blocks.no_channel()
    )


@routes.action(re.compile(rf"^{doubt_blocks.APPEARED}:"))
def appeared_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _record_verdict(ack, Click.read(body, action), services, Verdict.APPEARED)


@routes.action(re.compile(rf"^{doubt_blocks.SEND_AGAIN}:"))
def send_again_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _record_verdict(ack, Click.read(body, action), services, Verdict.SEND_AGAIN)


def _record_verdict(ack: Ack, click: Click, services: Services, verdict: Verdict) -> None:
    request = click.request(services)
    result = run(
        services,
        request,
        lambda again: doubt.decide(services.store, again, click.value, verdict),
        writes=True,
    )
    if not isinstance(result, Decided):
        answer_click(services, ack, click, result, in_place=False)
        return
    answer_click(services, ack, click, doubt_blocks.decided(result), in_place=True)
    services.schedule.wake()
