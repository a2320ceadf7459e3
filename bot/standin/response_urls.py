"""response_url: where the bot may answer a command or a click, five times within thirty minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.standin.delivery import Delivery
from bot.standin.messages import Reply
from bot.standin.refusal import Refusal
from bot.standin.workspace import Channel, Workspace

Json = dict[str, Any]

MOST_USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Origin:
    """The message whose button was clicked: in a channel, or seen by one person only."""

    ts: str
    is_ephemeral: bool


@dataclass
class _Ticket:
    user_id: str
    channel_id: str
    thread_ts: str | None
    origin: Origin | None
    made_at: datetime
    delivery: Delivery | None = None
    uses: int = 0


class ResponseUrls:
    """The response_urls given out, and what posting to one does."""

    def __init__(self, workspace: Workspace, base: str) -> None:
        self._workspace = workspace
        self._base = base
        self._tickets: dict[str, _Ticket] = {}

    def issue(self, user_id: str, channel_id: str, thread_ts: str | None, origin: Origin | None) -> str:
        """Make a new address; `origin` is the clicked message, None for a slash command."""
        ticket = uuid4().hex
        now = self._workspace.now()
        self._tickets[ticket] = _Ticket(user_id, channel_id, thread_ts, origin, now)
        return f"{self._base}/{ticket}"

    def belongs_to(self, response_url: str, delivery: Delivery) -> None:
        """Hand replies by this address to whoever waits for this delivery."""
        self._tickets[response_url.rpartition("/")[2]].delivery = delivery

    def receive(self, ticket_id: str, payload: Json) -> None:
        """Take what was sent to a response_url. Raises Refusal: used_url, expired_url, invalid_url, or what
        is wrong with the message."""
        with self._workspace.lock:
            self._workspace.note_answer("response_url", payload)
            ticket = self._usable(ticket_id)
            if not payload.get("delete_original") or payload.get("text") or payload.get("blocks"):
                reader = self._workspace.channels[ticket.channel_id].user
                self._workspace.examine("response_url", payload, reader)
            ticket.uses += 1
            reply = self._shown(ticket, payload)
            if ticket.delivery:
                ticket.delivery.arrivals.put(reply)

    def _usable(self, ticket_id: str) -> _Ticket:
        ticket = self._tickets.get(ticket_id)
        if ticket is None:
            raise Refusal("invalid_url")
        if ticket.uses >= MOST_USES:
            raise Refusal("used_url")
        if self._workspace.now() - ticket.made_at > LIFETIME:
            raise Refusal("expired_url")
        return ticket

    def _shown(self, ticket: _Ticket, payload: Json) -> Reply | None:
        origin = ticket.origin
        if payload.get("delete_original"):
            self._delete(ticket)
            return None
        # The first answer to a slash command cannot be replaced: github.com/slackapi/bolt-python/issues/1268
        if payload.get("replace_original") and origin:
            return self._replace(ticket, origin, payload)
        # Into a thread only where that is asked for: github.com/slackapi/bolt-js/issues/963
        return show_reply(
            self._workspace, ticket.user_id, self._workspace.channels[ticket.channel_id], payload
        )

    def _delete(self, ticket: _Ticket) -> None:
        if ticket.origin is None:
            return
        if ticket.origin.is_ephemeral:
            seen = self._workspace.seen[ticket.user_id]
            seen[:] = [reply for reply in seen if reply.ts != ticket.origin.ts]
        else:
            self._workspace.channels[ticket.channel_id].messages.pop(ticket.origin.ts, None)

    def _replace(self, ticket: _Ticket, origin: Origin, payload: Json) -> Reply:
        reply = Reply(
            text=payload.get("text") or "",
            blocks=payload.get("blocks") or [],
            # An ephemeral message stays one, whatever response_type is asked for.
            response_type="ephemeral" if origin.is_ephemeral else "in_channel",
            raw=payload,
            channel=ticket.channel_id,
            ts=origin.ts,
            thread_ts=ticket.thread_ts,
        )
        if origin.is_ephemeral:
            seen = self._workspace.seen[ticket.user_id]
            seen[:] = [reply if old.ts == origin.ts else old for old in seen]
        elif message := self._workspace.channels[ticket.channel_id].messages.get(origin.ts):
            message.text, message.blocks, message.edited = reply.text, reply.blocks, True
        return reply


def show_reply(workspace: Workspace, user_id: str, channel: Channel, payload: Json) -> Reply:
    """Show an examined reply to the one person, or to the channel where `response_type` says in_channel; in
    a thread where it names one."""
    in_channel = payload.get("response_type") == "in_channel"
    thread = payload.get("thread_ts")
    if in_channel:
        ts = workspace.post(channel, payload | {"thread_ts": thread}).ts
    else:
        ts = workspace.timestamp({reply.ts for reply in workspace.seen[user_id]})
    reply = Reply(
        text=payload.get("text") or "",
        blocks=payload.get("blocks") or [],
        response_type="in_channel" if in_channel else "ephemeral",
        raw=payload,
        channel=channel.id,
        ts=ts,
        thread_ts=thread,
    )
    if not in_channel:
        workspace.seen[user_id].append(reply)
    return reply
