"""The stand-in as tests and the demo use it: a workspace that starts, is filled, looked at, and stops."""

import copy
import socket
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import urlsplit

import yaml
from starlette.routing import BaseRoute

from bot.standin import payloads
from bot.standin.delivery import Delivery
from bot.standin.faults import Faults
from bot.standin.home import HomeView, as_seen
from bot.standin.http_delivery import HttpDelivery
from bot.standin.messages import Call, Finding, Post, Reply, SharedFile
from bot.standin.people import Person
from bot.standin.post_office import PostOffice
from bot.standin.server import Server
from bot.standin.surfaces import View
from bot.standin.workspace import Channel, Member, PersonKind, Workspace

FIRST_SCOPES = ("commands", "chat:write", "users:read", "channels:read", "groups:read")
ALLOWED_LINKS = (
    "https://www.gov.uk/",
    "https://assets.publishing.service.gov.uk/",
    "https://hmicfrs.justiceinspectorates.gov.uk/",
    "http://127.0.0.1",
    "http://localhost",
)


def _system_time() -> datetime:
    return datetime.now(UTC)


class StandIn:
    """A Slack workspace on a free port of loopback, used as a context manager.

    `now` gives aware instants and stamps messages; `events` are those the app subscribes to; `allowed_links`
    are the beginnings of addresses the bot may link to; `seed` settles which calls meet an occasional fault;
    `enterprise` is the id of the organisation that the workspace belongs to.
    """

    def __init__(
        self,
        *,
        team: str = "T0HOME",
        scopes: Collection[str] = FIRST_SCOPES,
        now: Callable[[], datetime] = _system_time,
        events: Collection[str] = ("user_change", "app_home_opened"),
        allowed_links: Collection[str] = ALLOWED_LINKS,
        seed: int = 0,
        enterprise: str = "",
    ) -> None:
        self._workspace = Workspace(
            team, scopes, now, allowed_links, seed=seed, events=events, enterprise_id=enterprise
        )
        self._server = Server(self._workspace)
        self._office = PostOffice(self._workspace, self._server.socket_mode, self._server.response_urls)
        self.team_id = team
        self.address = f"http://{self._server.address}"
        self.api_url = f"{self.address}/api/"
        self.bot_token = self._workspace.bot_token
        self.app_token = self._workspace.app_token
        self.signing_secret = self._workspace.signing_secret
        self.bot_user_id = self._workspace.bot_user_id

    def has_charts(self, *, draws: bool) -> None:
        """Set whether the workspace has Slack's own charts; where it has not, a message with one is
        refused."""
        with self._workspace.lock:
            self._workspace.draws_charts = draws

    def __enter__(self) -> "StandIn":
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def serve_also(self, routes: Sequence[BaseRoute]) -> None:
        """Answer these beside the Web API, at the same address."""
        self._server.routes.extend(routes)

    # Filling the workspace

    def add_person(
        self,
        user_id: str,
        name: str,
        kind: PersonKind = "member",
        team_id: str | None = None,
        handle: str | None = None,
        teams: Sequence[str] = (),
    ) -> Person:
        """Add a person. `team_id` is for strangers, of another organisation; the handle, if not given, is the
        first name; `teams` are the workspaces of the organisation that the person is in."""
        if kind == "stranger" and team_id in (None, self.team_id):
            raise ValueError("a stranger needs the team_id of another organisation")
        handle = handle or name.split(maxsplit=1)[0].lower()
        own = team_id or (teams[0] if teams else self.team_id)
        member = Member(user_id, own, name, handle, kind, teams=tuple(teams))
        with self._workspace.lock:
            self._workspace.members[user_id] = member
        return self.person(user_id)

    def person(self, user_id: str) -> Person:
        member = self._workspace.members[user_id]
        return Person(member.id, member.team_id, member.name, member.handle, self._workspace, self._office)

    def add_channel(
        self, channel_id: str, name: str, bot_is_member: bool = True, private: bool = False
    ) -> Channel:
        channel = Channel(channel_id, name, "private" if private else "public", bot_is_member)
        with self._workspace.lock:
            self._workspace.channels[channel_id] = channel
        return channel

    def add_shortcut(self, name: str, callback_id: str) -> None:
        """Add a global shortcut, as the manifest names it."""
        self._workspace.shortcuts[name] = callback_id

    def install(self, manifest: str) -> None:
        """Give the app what its manifest (YAML) asks for: scopes, events, commands and shortcuts."""
        settings = yaml.safe_load(manifest)
        workspace = self._workspace
        with workspace.lock:
            workspace.scopes = set(settings["oauth_config"]["scopes"]["bot"])
            workspace.events = frozenset(settings["settings"]["event_subscriptions"]["bot_events"])
            commands = settings["features"]["slash_commands"]
            workspace.commands = {command["command"]: command["description"] for command in commands}
            for shortcut in settings["features"].get("shortcuts", []):
                of_kind = workspace.shortcuts if shortcut["type"] == "global" else workspace.message_shortcuts
                of_kind[shortcut["name"]] = shortcut["callback_id"]
            home = settings["features"].get("app_home", {})
            workspace.messages_tab_is_writable = not home.get("messages_tab_read_only_enabled", False)

    # Reaching the bot

    def deliver_by_http(self, request_url: str) -> None:
        """Post payloads here from now on; until then they go by Socket Mode."""
        self._office.by_http = HttpDelivery(request_url, self.signing_secret)

    def wait_until_connected(self, timeout: float = 60, connections: int = 1) -> None:
        """Wait until the bot can be reached. Raises TimeoutError if after `timeout` seconds the bot cannot be
        reached, RequestUrlNotVerified if its URL does not answer as Slack asks."""
        if self._office.by_http:
            _wait_until_listening(self._office.by_http.request_url, timeout)
            self._office.by_http.verify(self._workspace.verification_token)
        else:
            self._server.socket_mode.wait_until_connected(timeout, connections)

    def wait_until_left(self, timeout: float = 60) -> None:
        """Wait until no process is connected by Socket Mode any more. Raises TimeoutError."""
        self._server.socket_mode.wait_until_left(timeout)

    def disconnect(self) -> None:
        """Close the Socket Mode connections; the app has to connect again."""
        self._server.socket_mode.disconnect()

    def tell_again(self) -> None:
        """Deliver the very same last event once more. Raises CommandFailed if there was none."""
        self._office.tell_again()

    def redeliver(self, wait: float = 1.0) -> Reply | None:
        """Deliver the very same last command, click or form once more, and return what is read within `wait`
        seconds.

        What is answered to a form comes too late for anybody to see: None."""
        return self._office.redeliver(wait)

    # Looking at it

    @property
    def calls(self) -> list[Call]:
        with self._workspace.lock:
            return list(self._workspace.calls)

    @property
    def answers(self) -> list[Call]:
        """What the bot sent outside the Web API, oldest first: acknowledgements, posts to response_urls."""
        with self._workspace.lock:
            return list(self._workspace.answers)

    @property
    def commands(self) -> dict[str, str]:
        """The descriptions of the installed commands."""
        return dict(self._workspace.commands)

    @property
    def names(self) -> dict[str, str]:
        """The names of people and channels, by id."""
        workspace = self._workspace
        with workspace.lock:
            bot = {workspace.bot_user_id: "recbot"}
            people = {member.id: member.name for member in workspace.members.values()}
            return bot | people | {channel.id: channel.name for channel in workspace.channels.values()}

    @property
    def shortcuts(self) -> list[str]:
        """The names of the global shortcuts."""
        return list(self._workspace.shortcuts)

    @property
    def faults_found(self) -> list[Finding]:
        """Every fault found in anything the bot sent, oldest first."""
        with self._workspace.lock:
            return list(self._workspace.findings)

    @property
    def faults(self) -> Faults:
        return self._workspace.faults

    def posts(self, channel_id: str) -> list[Post]:
        """Return the messages of a channel outside its threads, oldest first."""
        return [post for post in self.posts_and_answers(channel_id) if post.thread_ts in (None, post.ts)]

    def thread(self, channel_id: str, ts: str) -> list[Post]:
        """Return the answers in a thread, oldest first."""
        return [post for post in self.posts_and_answers(channel_id) if post.thread_ts == ts != post.ts]

    def direct_messages(self, user_id: str) -> list[Post]:
        """Return what the bot wrote to a person directly, oldest first."""
        with self._workspace.lock:
            channels = [channel for channel in self._workspace.channels.values() if channel.user == user_id]
        return [post for channel in channels for post in self.posts_and_answers(channel.id)]

    def seen_by(self, user_id: str) -> list[Reply]:
        """Return what only this person saw, in order, as it stands now."""
        with self._workspace.lock:
            return list(self._workspace.seen[user_id])

    def home_of(self, user_id: str) -> HomeView | None:
        """Return a person's Home as it stands now, None if it was never drawn."""
        with self._workspace.lock:
            home = self._workspace.surfaces.home(user_id)
            return as_seen(home) if home else None

    def form_before(self, user_id: str) -> View | None:
        """Return the uppermost form before a person as it stands now, even while it is loading."""
        with self._workspace.lock:
            return copy.deepcopy(self._workspace.surfaces.top(user_id))

    def forget(self, user_id: str, reply: Reply) -> None:
        """Take away what only this person saw, as if it had never been asked for."""
        with self._workspace.lock:
            answers = self._workspace.answers
            answers[:] = [call for call in answers if call.arguments is not reply.raw]
            seen = self._workspace.seen[user_id]
            seen[:] = [message for message in seen if message.ts != reply.ts]

    def files(self, channel_or_user_id: str) -> list[SharedFile]:
        """Return the files shared in a channel, or with a person directly, oldest first."""
        if channel_or_user_id in self._workspace.members:
            posts = self.direct_messages(channel_or_user_id)
        else:
            posts = self.posts_and_answers(channel_or_user_id)
        return [file for post in posts for file in post.files]

    def posts_and_answers(self, channel_id: str) -> list[Post]:
        """Return the messages of a channel and of its threads, oldest first."""
        with self._workspace.lock:
            channel = self._workspace.channels[channel_id]
            messages = sorted(channel.messages.values(), key=lambda message: message.ts)
            return [self._workspace.as_post(channel, message) for message in messages]

    # Changing it

    def says(self, user_id: str, channel_id: str, text: str) -> Post:
        """Write an ordinary message in a channel."""
        with self._workspace.lock:
            channel = self._workspace.channels[channel_id]
            return self._workspace.as_post(channel, self._workspace.post(channel, {"text": text}, user_id))

    def set_scopes(self, scopes: Collection[str]) -> None:
        with self._workspace.lock:
            self._workspace.scopes = set(scopes)

    def revoke_token(self) -> None:
        self._workspace.token_revoked = True

    def forgets(self, channel_id: str) -> list[Post]:
        """Take all messages out of a channel, as a rule of retention does; they are returned."""
        with self._workspace.lock:
            old = self.posts_and_answers(channel_id)
            self._workspace.channels[channel_id].messages.clear()
        return old

    def archive(self, channel_id: str) -> None:
        self._workspace.channels[channel_id].is_archived = True

    def unarchive(self, channel_id: str) -> None:
        self._workspace.channels[channel_id].is_archived = False

    def remove_bot(self, channel_id: str) -> None:
        self._workspace.channels[channel_id].bot_is_member = False

    def invite_bot(self, channel_id: str) -> None:
        self._workspace.channels[channel_id].bot_is_member = True

    def rename(self, user_id: str, name: str) -> None:
        """Give a person another display name, and tell the app."""
        self._workspace.members[user_id].name = name
        self._tell_of(user_id)

    def sets_status(self, user_id: str) -> None:
        """Set a person's status, of which the app is told with an abridged user."""
        if "user_change" in self._workspace.events:
            payload = payloads.status_change(self._workspace, self._workspace.members[user_id])
            self._office.tell(Delivery("events_api", payload, user_id))

    def restrict(self, user_id: str) -> None:
        """Make a person a guest, and tell the app."""
        self._workspace.members[user_id].kind = "guest"
        self._tell_of(user_id)

    def deactivate(self, user_id: str) -> None:
        """End a person's account, and tell the app."""
        self._workspace.members[user_id].kind = "deactivated"
        self._tell_of(user_id)

    def _tell_of(self, user_id: str) -> None:
        if "user_change" in self._workspace.events:
            payload = payloads.user_change(self._workspace, self._workspace.members[user_id])
            self._office.tell(Delivery("events_api", payload, user_id))


def _wait_until_listening(request_url: str, timeout: float) -> None:
    address = urlsplit(request_url)
    deadline = time.monotonic() + timeout
    while True:
        try:
            socket.create_connection((str(address.hostname), address.port or 80), timeout=1).close()
            return
        except OSError as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"nothing listens at {request_url} after {timeout} s") from error
            time.sleep(0.02)
