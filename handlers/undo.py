"""`/recs undo` and the **Undo** button: takes back one's own last recording."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.requests import Undo
from bot.domain.register.people import Occasion
from bot.operations.recording import undo as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.recorded import taken_back
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, told


def undo(desk: Desk, occasion: Occasion, _asked: Undo) -> Screen:
    return _undo(desk, occasion)


def undo_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], desk: Desk) -> None:
    """The receipt stays, and the answer comes beneath it."""
    click = Click.read(body, action)
    seq = int(click.value)
    shown = answer(desk, click.occasion(desk), lambda again: _undo(desk, again, seq), writes=True)
    answer_click(desk, ack, click, shown, in_place=False)


def _undo(desk: Desk, occasion: Occasion, seq: int | None = None) -> Screen:
    return taken_back(told(desk, occasion, operation.undo(desk.store, occasion, seq)))
