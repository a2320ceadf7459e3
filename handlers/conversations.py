"""What people write to recbot: direct messages, and mentions in channels and threads.

Each is answered once, in place, and for whoever wrote it alone, with what `/recs` would answer. Nothing is
recorded by a message: what would record is offered as a button."""

import logging
import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from slack_bolt import BoltContext
from slack_sdk.errors import SlackClientError

from bot.domain.register.membership import SLACKBOT
from bot.domain.register.people import PersonKey, Request
from bot.domain.values import replace
from bot.operations.messages.once import is_first
from bot.operations.request.context import Services
from bot.rendering.blocks import failures
from bot.rendering.blocks.recording.imports import too_much_waits
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from handlers import dropped_files
from handlers.errors import logged, run
from handlers.recs import ask_without_acting
from handlers.replies import string
from handlers.routes import Routes
from storage.database import Busy

log = logging.getLogger(__name__)

routes = Routes()

# Messages that somebody wrote; any other subtype tells of something else, such as a message that was edited:
# https://docs.slack.dev/reference/events/message
_WRITTEN = ("", "file_share", "thread_broadcast")


@routes.event("message")
def direct_message(
    event: Mapping[str, Any], body: Mapping[str, Any], services: Services, context: BoltContext
) -> None:
    """Answer what somebody wrote in their direct messages with recbot."""
    if event.get("channel_type") != "im" or not _is_from_a_person(event, string(context.bot_user_id)):
        return
    text = string(event.get("text"))
    has_table = dropped_files.can_be_imported(event)
    if has_table:
        _answer_files(services, event, body)
    if text or not has_table:
        _answer_later(services, event, body, text)


@routes.event("app_mention")
def mention(
    event: Mapping[str, Any], body: Mapping[str, Any], services: Services, context: BoltContext
) -> None:
    """Answer what somebody asked by mentioning recbot."""
    bot_user_id = string(context.bot_user_id)
    if _is_from_a_person(event, bot_user_id):
        text = _without_mention(string(event.get("text")), bot_user_id)
        _answer_later(services, event, body, text)


def _answer_later(services: Services, event: Mapping[str, Any], body: Mapping[str, Any], text: str) -> None:
    """Acknowledge the event at once, and answer it beside."""
    request = _request(services, event, body)
    try:
        services.later(lambda: _answer(services, request, event, text))
    except QueueFull:
        log.warning("a message was not answered: too many wait")


def _answer_files(services: Services, event: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Acknowledge the event at once, and read its files when there is time for it."""
    request = _request(services, event, body)
    # What is written with them is answered by itself.
    request = replace(request, key=f"{request.key}:files")
    channel, thread_ts = string(event.get("channel")), string(event.get("thread_ts"))

    def work() -> None:
        try:
            if not is_first(services.store, request, channel):
                return
            screens = dropped_files.answer(services, request, event)
        except Busy:
            screens = [failures.busy("")]
        for screen in screens:
            _post(services, request, channel, thread_ts, screen)

    try:
        services.slowly(work, request.who)
    except QueueFull:
        log.warning("a file was not read: too many wait")
        services.later(lambda: _post(services, request, channel, thread_ts, too_much_waits()))


def _answer(services: Services, request: Request, event: Mapping[str, Any], text: str) -> None:
    channel, thread_ts = string(event.get("channel")), string(event.get("thread_ts"))
    try:
        # Slack sends an event again where it does not know that it arrived.
        if not is_first(services.store, request, channel):
            return
        screen = run(services, request, lambda again: ask_without_acting(services, again, text), text)
    except Busy:
        screen = failures.busy(text)
    except Exception as error:
        screen = failures.failed(logged(error), text, saved=False)
    _post(services, request, channel, thread_ts, screen)


def _post(services: Services, request: Request, channel: str, thread_ts: str, screen: Screen) -> None:
    """Show the answer to whoever wrote, once: a retry could show it twice."""
    place = {"thread_ts": thread_ts} if thread_ts else {}
    try:
        services.conversations.chat_postEphemeral(
            channel=channel, user=request.who.user_id, **screen.as_message(), **place
        )
    except (SlackClientError, OSError) as error:
        log.warning("a message was not answered: %s", type(error).__name__)


def _request(services: Services, event: Mapping[str, Any], body: Mapping[str, Any]) -> Request:
    """Name who wrote: in a shared channel the event gives the team of somebody of another organisation."""
    teams = (event.get("user_team"), event.get("source_team"), event.get("team"), body.get("team_id"))
    team_id = next(filter(None, map(string, teams)), "")
    person = services.store.key_of(PersonKey(team_id, string(event.get("user"))))
    return Request(person, services.clock.now(), f"message:{string(body.get('event_id')) or uuid4().hex}")


def _is_from_a_person(event: Mapping[str, Any], bot_user_id: str) -> bool:
    """Return whether somebody has just written it: no app, recbot included, and nothing that was changed
    later."""
    user = string(event.get("user"))
    return (
        bool(user and string(event.get("channel")))
        and user not in (bot_user_id, SLACKBOT)
        and string(event.get("subtype")) in _WRITTEN
        and not any(event.get(sign) for sign in ("bot_id", "bot_profile", "app_id", "edited", "hidden"))
    )


def _without_mention(text: str, bot_user_id: str) -> str:
    mentioned = re.compile(rf"\s*<@{re.escape(bot_user_id)}(?:\|[^<>]*)?>[\s,:]*")
    return mentioned.sub(" ", text).strip()
