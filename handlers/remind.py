"""`/recs remind 15` (`kent`), for coordinators; `/recs away until 14 Apr`, `/recs back` and
**Snooze a week**, for contacts."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_recordings import Away, Back, Remind
from bot.domain.register.people import Request
from bot.operations.messages import remind as operation
from bot.operations.messages import reminders
from bot.operations.recording import pause
from bot.operations.request.context import Services
from bot.rendering.blocks.messages import reminder as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import Click, answer_click
from handlers.routes import Routes

routes = Routes()


@routes.verb(Remind, writes=True)
def remind(services: Services, request: Request, command: Remind) -> Screen:
    chasing = operation.remind(services.store, request, command)
    services.schedule.wake()
    return blocks.chasing(chasing)


@routes.verb(Away, writes=True)
def away(services: Services, request: Request, command: Away) -> Screen:
    return blocks.away(pause.away(services.store, request, command.until))


@routes.verb(Back, writes=True)
def back(services: Services, request: Request, _command: Back) -> Screen:
    pause.back(services.store, request)
    return blocks.back()


@routes.action(re.compile(rf"^{blocks.SNOOZE}:"))
def snooze_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    click = Click.read(body, action)
    recommendation_id, _, body_code = click.value.partition(" ")

    def snooze(request: Request) -> Screen:
        return blocks.snoozed(reminders.snooze(services.store, request, recommendation_id, body_code))

    answer_click(
        services, ack, click, run(services, click.request(services), snooze, writes=True), in_place=False
    )


@routes.action(blocks.SNOOZE_ALL)
def snooze_all_clicked(
    ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services
) -> None:
    click = Click.read(body, action)

    def snooze(request: Request) -> Screen:
        rule = services.schedule.reminder_rule
        return blocks.snoozed(reminders.snooze_all(services.store, request, rule))

    answer_click(
        services, ack, click, run(services, click.request(services), snooze, writes=True), in_place=False
    )
