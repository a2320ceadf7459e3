"""**Ask** on Home: asks a body for leave to quote a text in the published account."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.operations.questions.leave_to_quote import ask
from bot.operations.request.context import Services
from bot.rendering.blocks.home import coordinator
from bot.rendering.blocks.questions.leave_to_quote import message
from handlers.errors import run
from handlers.replies import Click, answer_click
from handlers.routes import Routes

routes = Routes()


@routes.action(re.compile(rf"^{coordinator.ASK}:\d+$"))
def ask_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Ask; Home, drawn anew, says that it was done."""
    click = Click.read(body, action)
    seq = int(click.value)
    refusal = run(
        services,
        click.request(services),
        lambda again: ask(services.store, again, seq, message),
        writes=True,
    )
    if refusal:
        answer_click(services, ack, click, refusal, in_place=False)
        return
    ack()
    services.schedule.wake()
    services.changed(services.store.key_of(click.who), None)
