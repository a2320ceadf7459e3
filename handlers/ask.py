"""The **Ask** button on Home: for leave to quote a text in the published account."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.operations.questions.ask import ask
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions.ask import message
from handlers.errors import answer
from handlers.replies import Click, answer_click


def ask_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    """Home, drawn anew, tells that it was done."""
    click = Click.read(body, action)
    seq = int(click.value)
    refused = answer(
        desk, click.occasion(desk), lambda again: ask(desk.store, again, seq, message), writes=True
    )
    if refused:
        answer_click(desk, ack, click, refused, in_place=False)
        return
    ack()
    desk.digest.wake()
    desk.changed(desk.store.key_of(click.who), None)
