"""The **Ask** button on Home: for leave to quote a text in the published account."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.operations.questions.ask import ask
from bot.operations.request.context import Services
from bot.rendering.blocks.questions.ask import message
from handlers.errors import answer
from handlers.replies import Click, answer_click


def ask_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    """Home, drawn anew, tells that it was done."""
    click = Click.read(body, action)
    seq = int(click.value)
    refused = answer(
        services,
        click.occasion(services),
        lambda again: ask(services.store, again, seq, message),
        writes=True,
    )
    if refused:
        answer_click(services, ack, click, refused, in_place=False)
        return
    ack()
    services.digest.wake()
    services.changed(services.store.key_of(click.who), None)
