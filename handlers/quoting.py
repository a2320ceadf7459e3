"""**Allow publishing** and **Stop publishing**: whether a text may stand in the published account."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.answers import Recorded
from bot.domain.register.people import Request
from bot.operations.recording import quoting as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.quoting import publishing
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, told
from storage.store import Store


def allow_publishing(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    _say(ack, Click.read(body, action), services, operation.allow_quoting)


def stop_publishing(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _say(ack, Click.read(body, action), services, operation.stop_quoting)


def _say(
    ack: Ack, click: Click, services: Services, say: Callable[[Store, Request, Sequence[int]], Recorded]
) -> None:
    seqs = [int(seq) for seq in click.value.split()]

    def said(request: Request) -> Screen:
        return publishing(told(services, request, say(services.store, request, seqs)))

    answer_click(
        services, ack, click, answer(services, click.occasion(services), said, writes=True), in_place=False
    )
