"""The state of the workspace: people, channels, messages, tokens, and what is wrong with what arrived.

Everything here may be called from any thread while `lock` is held; the other files take the lock.
"""

import queue
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from bot.standin.block_kit import CHART, Surface, holds_chart
from bot.standin.examination import examine, examine_view, refusal_for, refusal_for_view
from bot.standin.faults import Faults
from bot.standin.messages import Call, Finding, Post, Reply, SharedFile
from bot.standin.refusal import Refusal
from bot.standin.surfaces import Surfaces
from bot.standin.triggers import Triggers

Json = dict[str, Any]
PersonKind = Literal["member", "guest", "stranger", "deactivated", "bot"]
ChannelKind = Literal["public", "private", "im"]


@dataclass
class Member:
    """A person of the workspace, or of another organisation (`stranger`) with a team of their own.

    `teams` are the workspaces of the organisation that they are in, where the workspace belongs to one."""

    id: str
    team_id: str
    name: str
    handle: str
    kind: PersonKind
    time_zone: str = "Europe/London"
    teams: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.handle}@example.org"

    @property
    def clicking_team(self) -> str:
        """Which of several workspaces their clicks name: always the same one, wherever they click."""
        return self.teams[-1] if self.teams else self.team_id


@dataclass
class Message:
    """A message in a channel. `accepted_at` is monotonic seconds, for a history that lags."""

    ts: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str | None = None
    metadata: Json | None = None
    broadcast: bool = False
    edited: bool = False
    files: list[SharedFile] = field(default_factory=list)
    accepted_at: float = field(default_factory=time.monotonic)


@dataclass
class Channel:
    """A channel or, with `user`, that person's direct messages with the bot."""

    id: str
    name: str
    kind: ChannelKind = "public"
    bot_is_member: bool = True
    is_archived: bool = False
    user: str = ""
    messages: dict[str, Message] = field(default_factory=dict)


class Workspace:
    """One workspace with one installed app."""

    def __init__(
        self,
        team_id: str,
        scopes: Collection[str],
        now: Callable[[], datetime],
        allowed_links: Collection[str],
        *,
        seed: int,
        events: Collection[str],
        enterprise_id: str = "",
    ) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.team_id = team_id
        self.team_domain = team_id.lower()
        self.enterprise_id = enterprise_id
        self.bot_user_id, self.bot_id, self.app_id = "U0RECBOT", "B0RECBOT", "A0RECBOT"
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.verification_token = secrets.token_hex(12)
        self.token_revoked = False
        self.scopes = set(scopes)
        self.now = now
        self.allowed_links = tuple(allowed_links)
        self.faults = Faults(seed)
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.seen: defaultdict[str, list[Reply]] = defaultdict(list)
        self.calls: list[Call] = []
        self.answers: list[Call] = []
        self.findings: list[Finding] = []
        self.events = frozenset(events)
        self.commands: dict[str, str] = {}
        self.shortcuts: dict[str, str] = {}
        self.message_shortcuts: dict[str, str] = {}
        # Whether it has Slack's own charts, which are not rolled out everywhere.
        self.draws_charts = False
        # Whether people can write to the bot in their direct messages with it.
        self.messages_tab_is_writable = False
        self.triggers = Triggers()
        self.surfaces = Surfaces(self.new_id, self.tell)
        self.waiting: dict[str, queue.Queue[Reply | None]] = {}
        self._last_id = 0

    # Tokens and scopes

    def need(self, scope: str) -> None:
        """Ask for a scope of the app. Raises Refusal (missing_scope) unless the app was granted `scope`."""
        if scope not in self.scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def new_id(self) -> str:
        self._last_id += 1
        return f"{self._last_id:06d}"

    # Forms and Home

    def tell(self, key: str) -> None:
        """Note that something was shown by the trigger, or in the form or Home, of this id."""
        if key in self.waiting:
            self.waiting[key].put(None)
        self.changed.notify_all()

    def note_answer(self, road: str, payload: Json) -> None:
        """Keep what the bot sent by another road than the Web API."""
        self.answers.append(Call(road, payload, self.now(), None))

    # People

    def member(self, user_id: str) -> Member:
        """Return a member by the user id. Raises Refusal (user_not_found)."""
        if user_id not in self.members:
            raise Refusal("user_not_found")
        return self.members[user_id]

    def user_ids(self) -> dict[str, str]:
        """Return the people's ids by handle and by name."""
        members = self.members.values()
        return {name: member.id for member in members for name in (member.handle, member.name)}

    # Channels

    def channel(self, channel_id: str) -> Channel:
        """Return a channel the bot can see. Raises Refusal (channel_not_found)."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.kind == "private" and not channel.bot_is_member):
            raise Refusal("channel_not_found")
        return channel

    def direct_messages_with(self, user_id: str) -> Channel:
        """Return the bot's direct messages with a person, opened if need be. Raises Refusal
        (user_not_found)."""
        self.member(user_id)
        for channel in self.channels.values():
            if channel.user == user_id:
                return channel
        channel = Channel(f"D{user_id[1:]}", "directmessage", "im", user=user_id)
        self.channels[channel.id] = channel
        return channel

    def channel_to_post_in(self, channel_or_user_id: str) -> Channel:
        """Return where the bot may post. Raises Refusal (channel_not_found, not_in_channel, is_archived)."""
        if channel_or_user_id in self.members:
            channel = self.direct_messages_with(channel_or_user_id)
        else:
            channel = self.channel(channel_or_user_id)
        if channel.is_archived:
            raise Refusal("is_archived")
        if not channel.bot_is_member and "chat:write.public" not in self.scopes:
            raise Refusal("not_in_channel")
        return channel

    # Messages

    def timestamp(self, taken: Collection[str] = ()) -> str:
        """Return a message time stamp by the workspace's clock that is not among those taken."""
        instant = self.now().astimezone(UTC)
        seconds, micros = int(instant.timestamp()), instant.microsecond
        while (stamp := f"{seconds + micros // 1_000_000}.{micros % 1_000_000:06d}") in taken:
            micros += 1
        return stamp

    def post(self, channel: Channel, message: Json, user: str | None = None) -> Message:
        """Put a message, already examined, into a channel."""
        ts = self.timestamp(channel.messages)
        channel.messages[ts] = Message(
            ts=ts,
            user=user or self.bot_user_id,
            text=message.get("text") or "",
            blocks=message.get("blocks") or [],
            thread_ts=message.get("thread_ts"),
            metadata=message.get("metadata"),
            broadcast=bool(message.get("reply_broadcast")),
        )
        return channel.messages[ts]

    def message(self, channel: Channel, ts: str) -> Message:
        """Return a message of a channel. Raises Refusal (message_not_found)."""
        if ts not in channel.messages:
            raise Refusal("message_not_found")
        return channel.messages[ts]

    def visible(self, channel: Channel) -> list[Message]:
        """Return the messages that a history shows by now, oldest first."""
        latest = time.monotonic() - self.faults.history_seconds
        messages = [message for message in channel.messages.values() if message.accepted_at <= latest]
        return sorted(messages, key=lambda message: message.ts)

    def as_post(self, channel: Channel, message: Message) -> Post:
        return Post(
            text=message.text,
            blocks=message.blocks,
            channel=channel.id,
            ts=message.ts,
            user=message.user,
            thread_ts=message.thread_ts,
            metadata=message.metadata,
            edited=message.edited,
            files=tuple(message.files),
        )

    def as_payload(self, message: Message) -> Json:
        """Return a message as Slack gives it to an app; metadata is added where it is asked for."""
        payload: Json = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "team": self.team_id,
        }
        if message.user == self.bot_user_id:
            payload |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if message.blocks:
            payload["blocks"] = message.blocks
        if message.thread_ts:
            payload["thread_ts"] = message.thread_ts
        if message.files:
            payload["files"] = [
                {"id": file.id, "name": file.name, "title": file.title, "size": len(file.content)}
                for file in message.files
            ]
        if message.edited:
            payload["edited"] = {"user": message.user, "ts": message.ts}
        return payload

    def tells_of_message(self, channel: Channel, text: str) -> bool:
        """Return whether the bot is told of a person's message: it stands in their direct messages or
        mentions the bot in a channel of its own, and the app subscribes to the event and has its scope."""
        if channel.kind == "im":
            return "message.im" in self.events and "im:history" in self.scopes
        mentions = f"<@{self.bot_user_id}" in text and channel.bot_is_member
        return mentions and "app_mention" in self.events and "app_mentions:read" in self.scopes

    # Examination

    def examine(self, road: str, payload: Json, reader: str = "") -> None:
        """Note every fault of a message sent by the bot; `reader` is whose direct message it is.

        Raises Refusal where Slack would not take it (invalid_blocks, no_text, msg_too_long, …).
        """
        if not self.draws_charts and holds_chart(payload.get("blocks")):
            raise Refusal("invalid_blocks", response_metadata={"messages": [f"unsupported type: {CHART}"]})
        faults = examine(payload, reader=reader, allowed_links=self.allowed_links)
        self.findings.extend(Finding(road, fault.place, fault.words) for fault in faults)
        refusal = refusal_for(payload, faults)
        if refusal:
            raise refusal

    def examine_view(self, road: str, content: Any, surface: Surface, reader: str) -> None:
        """Note every fault of a form or Home; `reader` is who sees it.

        Raises Refusal where Slack would not take it (invalid_arguments, view_too_large).
        """
        faults = examine_view(content, surface, reader, self.allowed_links)
        self.findings.extend(Finding(road, fault.place, fault.words) for fault in faults)
        refusal = refusal_for_view(content, faults)
        if refusal:
            raise refusal
