"""`follow 15`, `kent`, `wales`, `stalking` (`in #channel`), `unfollow kent`, `unfollow`: what is told weekly.

A channel must be one that Slack resolved to an id, so these read Slack's own text, not the plain one."""

import dataclasses
import re
from collections.abc import Iterable

from bot.domain.free_text import for_slack, from_slack
from bot.domain.questions.grammar.command import CommandText
from bot.domain.questions.grammar.lookups import ref_or_name_alone
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichMeaning
from bot.domain.questions.grammar.typed_commands import ChannelMention, ListFollowed, Ref
from bot.domain.questions.grammar.typed_recordings import StartFollowing, StopFollowing
from bot.domain.questions.names import Named
from bot.domain.values import replace

_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{1,30})(?:\|([^<>|]{0,200}))?>")
# Of a channel that Slack did not resolve: "#15" is a recommendation.
_UNRESOLVED = re.compile(r"(?:^|\s)#(?!\s*(?:r|rec)?\.?\s*\d)[^\s#]")
_BEFORE_CHANNEL = re.compile(r"\s*\b(?:in|into|to|for|from)(?:\s+the)?(?:\s+channel)?\s*$", re.IGNORECASE)
_WEEKLY = re.compile(r"\s+(?:weekly|every week|once a week)\s*$", re.IGNORECASE)


def read_follow(command: CommandText) -> StartFollowing | ListFollowed:
    channel, command = _without_channel(command)
    if not command.rest and channel is None:
        return ListFollowed()
    return StartFollowing(_subject(command, channel), channel)


def read_unfollow(command: CommandText) -> StopFollowing | ListFollowed:
    channel, command = _without_channel(command)
    if not command.rest and channel is None:
        return ListFollowed()
    return StopFollowing(_subject(command, channel), channel)


def in_channel(channel: ChannelMention | None) -> str:
    """Return the end of a command about a channel, as Slack sends it; nothing for oneself."""
    return f" in <#{channel.channel}|{for_slack(channel.name)}>" if channel else ""


def _without_channel(command: CommandText) -> tuple[ChannelMention | None, CommandText]:
    """Return the channel that is named last, and the command without it. Raises NotUnderstood."""
    match = _CHANNEL.search(command.raw)
    rest = command.rest
    channel = None
    if match:
        channel = ChannelMention(match[1], from_slack(match[2] or ""))
        rest = _BEFORE_CHANNEL.sub("", rest.replace(from_slack(match[0]), " "))
    rest = _WEEKLY.sub("", rest)
    if _UNRESOLVED.search(rest):
        raise command.not_understood(What.WHICH_CHANNEL)
    return channel, replace(command, rest=rest.strip())


def _subject(command: CommandText, channel: ChannelMention | None) -> Ref | Named:
    """Return what it is about; what is offered instead is for the same channel."""
    try:
        return ref_or_name_alone(command)
    except NotUnderstood as problem:
        raise dataclasses.replace(problem, suggestions=_each_in(channel, problem.suggestions)) from None
    except WhichMeaning as problem:
        raise dataclasses.replace(problem, options=_each_in(channel, problem.options)) from None


def _each_in(channel: ChannelMention | None, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(Choice(option.label, f"{option.command}{in_channel(channel)}") for option in choices)
