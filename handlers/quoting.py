"""The **Allow quoting** button: the text may stand in the published account."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.people import Occasion
from bot.operations import quoting as operation
from bot.operations.desk import Desk
from bot.rendering.blocks.quoting import allowed
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, told


def allow_quoting(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    click = Click.read(body, action)
    seqs = [int(seq) for seq in click.value.split()]

    def allow(occasion: Occasion) -> Screen:
        return allowed(told(desk, occasion, operation.allow_quoting(desk.store, occasion, seqs)))

    answer_click(desk, ack, click, answer(desk, click.occasion(desk), allow, writes=True), in_place=False)
