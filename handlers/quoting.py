"""**Allow publishing** and **Stop publishing**: whether a text may stand in the published account."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.receipts import Recorded
from bot.domain.register.people import Request
from bot.operations.recording import quoting as operation
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.recording.quoting import publishing
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, answer_click, redraw_homes
from handlers.routes import Routes
from storage.store import Store

routes = Routes()


@routes.action(buttons.ALLOW_PUBLISHING)
def allow_publishing(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _record(ack, Click.read(body, action), services, operation.allow_quoting)


@routes.action(buttons.STOP_PUBLISHING)
def stop_publishing(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _record(ack, Click.read(body, action), services, operation.stop_quoting)


def _record(
    ack: Ack, click: Click, services: Services, operate: Callable[[Store, Request, Sequence[int]], Recorded]
) -> None:
    seqs = [int(seq) for seq in click.value.split()]

    def record(request: Request) -> Screen:
        return publishing(redraw_homes(services, request, operate(services.store, request, seqs)))

    answer_click(
        services, ack, click, run(services, click.request(services), record, writes=True), in_place=False
    )
