"""`/recs digest`, `digest preview`, `digest send`, and **It appeared** and **Send it again**: for
coordinators."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.messages.doubt import Settled, Verdict
from bot.domain.questions.grammar.requests import DigestNext, DigestPreview, DigestSend
from bot.domain.register.people import Occasion
from bot.operations.messages import digest as operation
from bot.operations.messages import doubt
from bot.operations.request.context import Desk
from bot.rendering.blocks.messages import digest as blocks
from bot.rendering.blocks.messages import doubt as doubt_blocks
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click


def next_digest(desk: Desk, occasion: Occasion, _asked: DigestNext) -> Screen:
    return blocks.outlook(operation.outlook(desk.store, occasion, desk.digest))


def preview(desk: Desk, occasion: Occasion, _asked: DigestPreview) -> Screen:
    return blocks.preview(operation.preview(desk.store, occasion, desk.digest))


def send(desk: Desk, occasion: Occasion, _asked: DigestSend) -> Screen:
    return blocks.on_its_way() if operation.send(desk.store, occasion, desk.digest) else blocks.no_channel()


def appeared_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    _answered(ack, Click.read(body, action), desk, Verdict.APPEARED)


def send_again_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    _answered(ack, Click.read(body, action), desk, Verdict.SEND_AGAIN)


def _answered(ack: Ack, click: Click, desk: Desk, verdict: Verdict) -> None:
    occasion = click.occasion(desk)
    settled = answer(
        desk, occasion, lambda again: doubt.decide(desk.store, again, click.value, verdict), writes=True
    )
    if not isinstance(settled, Settled):
        answer_click(desk, ack, click, settled, in_place=False)
        return
    answer_click(desk, ack, click, doubt_blocks.settled(settled), in_place=True)
    desk.digest.wake()
