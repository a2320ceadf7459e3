"""`/recs undo` and the **Undo** button: takes back one's own last recording."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.requests import Undo
from bot.domain.register.people import Request
from bot.operations.recording import undo as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.recorded import taken_back
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click, told


def undo(services: Services, request: Request, _asked: Undo) -> Screen:
    return _undo(services, request)


def undo_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """The receipt stays, and the answer comes beneath it."""
    click = Click.read(body, action)
    seq = int(click.value)
    shown = answer(services, click.occasion(services), lambda again: _undo(services, again, seq), writes=True)
    answer_click(services, ack, click, shown, in_place=False)


def _undo(services: Services, request: Request, seq: int | None = None) -> Screen:
    return taken_back(told(services, request, operation.undo(services.store, request, seq)))
