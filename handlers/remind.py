"""`/recs remind 15` (`kent`), for coordinators, and the **Snooze a week** button of a reminder."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.requests import Remind
from bot.domain.register.people import Request
from bot.operations.messages import remind as operation
from bot.operations.messages import reminders
from bot.operations.request.context import Services
from bot.rendering.blocks.messages import reminder as blocks
from bot.rendering.screen import Screen
from handlers.errors import answer
from handlers.replies import Click, answer_click


def remind(services: Services, request: Request, asked: Remind) -> Screen:
    chasing = operation.remind(services.store, request, asked)
    services.digest.wake()
    return blocks.chasing(chasing)


def snooze_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    recommendation_id, _, body_code = click.value.partition(" ")

    def snooze(request: Request) -> Screen:
        return blocks.snoozed(reminders.snooze(services.store, request, recommendation_id, body_code))

    answer_click(
        services, ack, click, answer(services, click.occasion(services), snooze, writes=True), in_place=False
    )
