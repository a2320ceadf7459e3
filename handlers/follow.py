"""`/recs follow kent` (`in #channel`), `/recs unfollow`: a weekly message about just that."""

import logging

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.messages.following import Channel
from bot.domain.questions.grammar.typed_commands import ChannelMention, ListFollowed
from bot.domain.questions.grammar.typed_recordings import StartFollowing, StopFollowing
from bot.domain.refusals.request import NotReachable
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.recording import follow as operation
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks.messages import following as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.replies import post
from handlers.routes import Routes

log = logging.getLogger(__name__)

routes = Routes()

# Slack's answers for a channel that recbot cannot see into.
_NOT_A_MEMBER = ("channel_not_found", "missing_scope")


@routes.verb(StartFollowing, writes=True)
def follow(services: Services, request: Request, command: StartFollowing) -> Screen:
    if command.channel is None:
        return _follow(services, request, command)
    actors.must_coordinate(services.store, request)
    channel = Channel(command.channel.channel, command.channel.name)
    # Slack is asked after the acknowledgement, and the answer follows by the response_url.
    services.later(
        lambda: _answer_later(services, request, _follow_if_member(services, request, command, channel))
    )
    return blocks.looking(channel)


@routes.verb(StopFollowing, writes=True)
def unfollow(services: Services, request: Request, command: StopFollowing) -> Screen:
    result = operation.unfollow(services.store, request, command, services.schedule.rule)
    services.changed(request.who, None)
    return blocks.following(result)


@routes.verb(ListFollowed)
def list_followed(services: Services, request: Request, _command: ListFollowed) -> Screen:
    return blocks.followed(operation.followed(services.store, request, services.schedule.rule))


def _follow(services: Services, request: Request, command: StartFollowing) -> Screen:
    result = operation.follow(services.store, request, command, services.schedule.rule)
    services.changed(request.who, None)
    return blocks.following(result)


def _follow_if_member(
    services: Services, request: Request, command: StartFollowing, channel: Channel
) -> Screen:
    try:
        answer = services.conversations.conversations_info(channel=channel.id)["channel"]
    except SlackApiError as error:
        code = str(error.response.get("error", ""))
        return blocks.not_a_member(channel) if code in _NOT_A_MEMBER else blocks.cannot_look(channel)
    except (NotReachable, SlackClientError, OSError) as error:
        log.warning("it is not known whether recbot is in a channel: %s", type(error).__name__)
        return blocks.cannot_look(channel)
    if not answer.get("is_member") or answer.get("is_archived"):
        return blocks.not_a_member(channel)
    mention = ChannelMention(channel.id, str(answer.get("name") or channel.name))
    again = replace(command, channel=mention)
    return run(services, request, lambda request: _follow(services, request, again), writes=True)


def _answer_later(services: Services, request: Request, screen: Screen) -> None:
    if request.response_url:
        post(services, request.response_url, {**screen.as_reply(), "replace_original": False})
