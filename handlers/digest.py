"""`/recs digest`, `digest preview`, `digest send`, and **It appeared** and **Send it again**: for
coordinators."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.messages.doubt import Settled, Verdict
from bot.domain.questions.grammar.requests import DigestNext, DigestPreview, DigestSend
from bot.domain.register.people import Request
from bot.operations.messages import digest as operation
from bot.operations.messages import doubt
from bot.operations.request.context import Services
from bot.rendering.blocks.messages import digest as blocks
from bot.rendering.blocks.messages import doubt as doubt_blocks
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click


def next_digest(services: Services, request: Request, _asked: DigestNext) -> Screen:
    return blocks.outlook(operation.outlook(services.store, request, services.digest))


def preview(services: Services, request: Request, _asked: DigestPreview) -> Screen:
    return blocks.preview(operation.preview(services.store, request, services.digest))


def send(services: Services, request: Request, _asked: DigestSend) -> Screen:
    return (
        blocks.on_its_way()
        if operation.send(services.store, request, services.digest)
        else blocks.no_channel()
    )


def appeared_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _answered(ack, Click.read(body, action), services, Verdict.APPEARED)


def send_again_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _answered(ack, Click.read(body, action), services, Verdict.SEND_AGAIN)


def _answered(ack: Ack, click: Click, services: Services, verdict: Verdict) -> None:
    request = click.occasion(services)
    settled = answer(
        services,
        request,
        lambda again: doubt.decide(services.store, again, click.value, verdict),
        writes=True,
    )
    if not isinstance(settled, Settled):
        answer_click(services, ack, click, settled, in_place=False)
        return
    answer_click(services, ack, click, doubt_blocks.settled(settled), in_place=True)
    services.digest.wake()
