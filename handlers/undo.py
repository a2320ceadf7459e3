"""`/recs undo` and the **Undo** button: takes back one's own last recording."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import Undo
from bot.domain.register.party import PartyReported
from bot.domain.register.people import Request
from bot.domain.register.published_response import StepRecorded
from bot.operations.recording import undo as operation
from bot.operations.request.context import Services
from bot.rendering.blocks import buttons
from bot.rendering.blocks.recording import party, published_response
from bot.rendering.blocks.recording.recorded import taken_back
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, answer_click, redraw_homes
from handlers.routes import Routes

routes = Routes()


@routes.verb(Undo, writes=True)
def undo(services: Services, request: Request, _command: Undo) -> Screen:
    return _undo(services, request)


@routes.action(re.compile(rf"^{buttons.UNDO}(:|$)"))
def undo_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Answer beneath the receipt, which stays."""
    click = Click.read(body, action)
    seq = int(click.value)
    screen = run(services, click.request(services), lambda again: _undo(services, again, seq), writes=True)
    answer_click(services, ack, click, screen, in_place=False)


def _undo(services: Services, request: Request, seq: int | None = None) -> Screen:
    result = operation.undo(services.store, request, seq)
    if isinstance(result, PartyReported):
        services.changed(request.who, None)
        return party.taken_back(result)
    if isinstance(result, StepRecorded):
        services.changed(request.who, result.published_response.body_code)
        return published_response.taken_back(result)
    return taken_back(redraw_homes(services, request, result))
