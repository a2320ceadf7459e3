"""**Allow publishing** and **Stop publishing**: whether a text may stand in the published account."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.answers import Recorded
from bot.domain.register.people import Occasion
from bot.operations.recording import quoting as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.quoting import publishing
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, told
from storage.store import Store


def allow_publishing(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    _say(ack, Click.read(body, action), desk, operation.allow_quoting)


def stop_publishing(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    _say(ack, Click.read(body, action), desk, operation.stop_quoting)


def _say(
    ack: Ack, click: Click, desk: Desk, say: Callable[[Store, Occasion, Sequence[int]], Recorded]
) -> None:
    seqs = [int(seq) for seq in click.value.split()]

    def said(occasion: Occasion) -> Screen:
        return publishing(told(desk, occasion, say(desk.store, occasion, seqs)))

    answer_click(desk, ack, click, answer(desk, click.occasion(desk), said, writes=True), in_place=False)
