"""A person at her client: she types commands, clicks, fills in forms, and reads what comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.standin import payloads
from bot.standin.choices import choice_in, chosen
from bot.standin.composer import as_sent
from bot.standin.delivery import CommandFailed, Delivery, FormOpened, NoReply
from bot.standin.elements import Placed
from bot.standin.forms import Form, Until, put_choice
from bot.standin.home import HomeView, as_seen
from bot.standin.messages import Button, Json, Post, Reply, SharedFile
from bot.standin.post_office import PostOffice
from bot.standin.response_urls import Origin
from bot.standin.surfaces import View
from bot.standin.workspace import Channel, Member, Workspace

# How long a form may say that it is loading, in seconds.
FILLED_WITHIN = 5.0


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace; `team_id` is their own organisation's."""

    id: str
    team_id: str
    name: str
    handle: str
    _workspace: Workspace = field(repr=False)
    _office: PostOffice = field(repr=False)

    # Commands and shortcuts

    def types(
        self,
        text: str,
        channel: str = "",
        thread_ts: str | None = None,
        wait: float = 5.0,
        team_id: str = "",
    ) -> Reply:
        """Type a slash command, in a channel or else in the direct messages with the bot; `team_id` says
        in which workspace of the organisation, if not in the person's first.

        Raises OperationTimeout, CommandFailed, FormOpened if a form comes instead of words, or NoReply if
        nothing comes within `wait` seconds.
        """
        command, _, rest = text.strip().partition(" ")
        if not command.startswith("/"):
            raise CommandFailed(f"{command!r} is not a slash command")
        if thread_ts:
            raise CommandFailed(f"{command} is not supported in threads")
        before = self._top_form()
        reply = self._office.deliver(self._slash_command(command, rest, channel, team_id), wait)
        if reply is None:
            opened = self._top_form()
            if opened and _is_another(opened, before):
                raise FormOpened(f"a form opened: {opened.title}")
            raise NoReply(text)
        return reply

    def opens_form(self, text: str, channel: str = "", wait: float = FILLED_WITHIN) -> Form:
        """Type a slash command that opens a form, and return the form when it is filled.

        Raises as `types` does; NoReply too where the bot said something instead.
        """
        try:
            reply = self.types(text, channel, wait=wait)
        except FormOpened:
            return self.wait_for_form(wait=wait)
        raise NoReply(f"no form opened for {text}; what came was: {reply.all_text}")

    def uses_shortcut(self, name: str, wait: float = FILLED_WITHIN) -> Form:
        """Use a global shortcut, by its name, and return the form it opens when that is filled.

        Raises LookupError for an unknown name, NoReply if no form opens; OperationTimeout, CommandFailed.
        """
        if name not in self._workspace.shortcuts:
            raise LookupError(f"no shortcut is called {name!r}; here are {list(self._workspace.shortcuts)}")
        with self._workspace.lock:
            payload = payloads.shortcut(self._workspace, self._member, self._workspace.shortcuts[name])
        return self._form_upon(payload, wait)

    def says(
        self, text: str, channel: str = "", thread_ts: str | None = None, wait: float = 5.0
    ) -> Reply | None:
        """Send a message, as typed, in a channel or else in the direct messages with the bot, whose handle is
        @recbot.

        Returns what is read there within `wait` seconds, None where nothing comes. Raises CommandFailed where
        nobody can write to the bot, or there is no such channel."""
        return self._writes(text, channel, thread_ts, wait)

    def drops(self, name: str, content: bytes, text: str = "", wait: float = 10.0) -> Reply | None:
        """Drop a file, and perhaps a text with it, into the direct messages with the bot; what is read there
        within `wait` seconds, None where nothing comes. Raises CommandFailed as `says` does."""
        return self._writes(text, "", None, wait, (name, content))

    def _writes(
        self,
        text: str,
        channel: str,
        thread_ts: str | None,
        wait: float,
        file: tuple[str, bytes] | None = None,
    ) -> Reply | None:
        workspace = self._workspace
        with workspace.lock:
            delivery = self._written(text, channel, thread_ts, file)
            seen = workspace.seen[self.id]
            before = len(seen)
        if delivery is None:
            return None
        self._office.tell(delivery)
        with workspace.changed:
            workspace.changed.wait_for(lambda: len(seen) > before, wait)
            return seen[before] if len(seen) > before else None

    def uses_message_shortcut(self, name: str, message: Post, wait: float = FILLED_WITHIN) -> Form:
        """Use a shortcut of a message, by its name, and return the form it opens when that is filled.

        Raises LookupError for an unknown name, NoReply if no form opens; OperationTimeout, CommandFailed.
        """
        workspace = self._workspace
        if name not in workspace.message_shortcuts:
            raise LookupError(f"no shortcut of messages is called {name!r}")
        with workspace.lock:
            channel = workspace.channels[message.channel]
            url = self._office.response_urls.issue(self.id, channel.id, message.thread_ts, origin=None)
            payload = payloads.message_shortcut(
                workspace,
                self._member,
                channel,
                channel.messages[message.ts],
                workspace.message_shortcuts[name],
                url,
            )
        return self._form_upon(payload, wait)

    # Clicks and choices

    def clicks(
        self,
        surface: Reply | Post | HomeView | Form,
        label: str,
        accessibility_label: str | None = None,
        wait: float = 5.0,
    ) -> Reply | None:
        """Click the button so called, and return what is read in the conversation within `wait` seconds.

        None as soon as a form comes up (see `form`), or the form or Home clicked in changes.
        Raises LookupError without exactly one such button; OperationTimeout, CommandFailed.
        """
        return self.presses(surface, surface.button(label, accessibility_label), wait)

    def presses(
        self, surface: Reply | Post | HomeView | Form, button: Button, wait: float = 5.0
    ) -> Reply | None:
        """Click this very button of it, as with `clicks`."""
        return self._acts(surface, payloads.click(surface.blocks, button), wait)

    def chooses(
        self,
        surface: Reply | Post | HomeView | Form,
        option: str,
        beside: str | None = None,
        wait: float = 5.0,
    ) -> Reply | None:
        """Choose in a menu or list that tells the bot at once, and return what comes back as with `clicks`.

        `option` is the choice's words (a date for a date picker, a handle or name for a list of users);
        `beside` is in the menu's placeholder or in the text it stands beside, where several offer the option.
        Raises LookupError without exactly one such menu; OperationTimeout, CommandFailed.
        """
        with self._workspace.lock:
            user_ids = self._workspace.user_ids()
            placed = choice_in(surface.blocks, option, beside, user_ids)
            state = chosen(
                placed, option, user_ids, None if isinstance(surface, Reply | Post) else self._view(surface)
            )
        return self.settles(surface, placed, state, wait)

    def settles(
        self, surface: Reply | Post | HomeView | Form, placed: Placed, state: Json, wait: float = 5.0
    ) -> Reply | None:
        """Choose in this very menu, whose `state` is what stands in it then; as with `chooses`."""
        if not isinstance(surface, Reply | Post):
            with self._workspace.lock:
                put_choice(self._view(surface), placed, state)
        return self._acts(surface, payloads.choice(placed, state), wait)

    # Forms and Home

    @property
    def form(self) -> Form | None:
        """The uppermost form before her, None if there is none; waits up to 5 s while it is loading."""
        return self._form_when(lambda form: form is None or not form.is_loading, FILLED_WITHIN)

    @property
    def top_form(self) -> Form | None:
        """The uppermost form before her as it is at this moment, even while it is loading."""
        return self._top_form()

    def wait_for_form(self, until: Until | None = None, wait: float = FILLED_WITHIN) -> Form:
        """Wait for the uppermost form: return it as soon as there is one, it has loaded, and `until` holds of
        it.

        Raises NoReply after `wait` seconds."""

        def is_there(form: Form | None) -> bool:
            return form is not None and not form.is_loading and (until is None or until(form))

        form = self._form_when(is_there, wait)
        if form is None or not is_there(form):
            raise NoReply(f"after {wait} s there is {form or 'no form'}")
        return form

    def opens_home(self, wait: float = 5.0) -> HomeView:
        """Look at Home: return what is there once the bot has drawn it, or after `wait` seconds as before.

        Raises NoReply if there is nothing.
        """
        workspace = self._workspace
        with workspace.lock:
            before = workspace.surfaces.home(self.id)
            changes = before.changes if before else 0
            payload = payloads.app_home_opened(workspace, self._member)
        if "app_home_opened" in workspace.events:
            self._office.tell(Delivery("events_api", payload, self.id))
        with workspace.changed:
            workspace.changed.wait_for(
                lambda: (home := workspace.surfaces.home(self.id)) is not None and home.changes > changes,
                wait,
            )
            home = workspace.surfaces.home(self.id)
        if home is None:
            raise NoReply("Home is empty")
        return as_seen(home)

    def _form_when(self, is_so: Callable[[Form | None], bool], wait: float) -> Form | None:
        with self._workspace.changed:
            self._workspace.changed.wait_for(lambda: is_so(self._top_form()), wait)
            return self._top_form()

    def _form_upon(self, payload: Json, wait: float) -> Form:
        """Send a shortcut, and return the form it opens when that is filled.

        Raises NoReply, OperationTimeout, CommandFailed."""
        before = self._top_form()
        self._office.deliver(Delivery("interactive", payload, self.id), wait)
        return self.wait_for_form(lambda form: _is_another(form, before), wait)

    def _top_form(self) -> Form | None:
        with self._workspace.lock:
            view = self._workspace.surfaces.top(self.id)
        return Form(view.id, self._workspace, self._office) if view else None

    def _view(self, surface: HomeView | Form) -> View:
        """Return the view behind a surface. Raises LookupError if it is not before her."""
        surfaces = self._workspace.surfaces
        view = surfaces.top(self.id) if isinstance(surface, Form) else surfaces.home(self.id)
        if view is None or view.id != surface.id:
            raise LookupError(f"{surface} is not before {self.name}")
        return view

    # Sending

    @property
    def _member(self) -> Member:
        return self._workspace.members[self.id]

    def _acts(self, surface: Reply | Post | HomeView | Form, action: Json, wait: float) -> Reply | None:
        if isinstance(surface, Reply | Post):
            return self._acts_in_message(surface, action, wait)
        with self._workspace.lock:
            payload = payloads.view_action(self._workspace, self._view(surface), action)
        return self._office.deliver(Delivery("interactive", payload, self.id), wait)

    def _acts_in_message(self, message: Reply | Post, action: Json, wait: float) -> Reply | None:
        with self._workspace.lock:
            is_ephemeral = isinstance(message, Reply) and message.response_type == "ephemeral"
            origin = Origin(message.ts, is_ephemeral)
            url = self._office.response_urls.issue(self.id, message.channel, message.thread_ts, origin)
            payload = payloads.message_action(self._workspace, self._member, message, action, url)
        delivery = Delivery("interactive", payload, self.id)
        self._office.response_urls.belongs_to(url, delivery)
        return self._office.deliver(delivery, wait)

    def _written(
        self, text: str, channel_id: str, thread_ts: str | None, file: tuple[str, bytes] | None
    ) -> Delivery | None:
        """Return the event of a message that is put into its channel; None where the bot is told of none."""
        workspace, channel = self._workspace, self._channel(channel_id)
        if channel.kind == "im" and not workspace.messages_tab_is_writable:
            raise CommandFailed("sending messages to this app has been turned off")
        sent = as_sent(text, workspace)
        message = workspace.post(channel, {"text": sent, "thread_ts": thread_ts}, user=self.id)
        if file is not None:
            name, content = file
            message.files = [SharedFile(f"F0{workspace.new_id()}", name, name, "", content)]
        if not workspace.tells_of_message(channel, sent):
            return None
        return Delivery("events_api", payloads.written(workspace, self._member, channel, message), self.id)

    def _channel(self, channel_id: str) -> Channel:
        """Return the channel, or without an id the direct messages with the bot. Raises CommandFailed."""
        workspace = self._workspace
        if not channel_id:
            return workspace.direct_messages_with(self.id)
        if channel_id not in workspace.channels:
            raise CommandFailed(f"there is no channel {channel_id}")
        return workspace.channels[channel_id]

    def _slash_command(self, command: str, text: str, channel_id: str, team_id: str) -> Delivery:
        workspace = self._workspace
        with workspace.lock:
            channel = self._channel(channel_id)
            url = self._office.response_urls.issue(self.id, channel.id, None, origin=None)
            payload = payloads.slash_command(
                workspace,
                self._member,
                channel,
                command=command,
                text=as_sent(text, workspace),
                response_url=url,
                team_id=team_id,
            )
        delivery = Delivery("slash_commands", payload, self.id)
        self._office.response_urls.belongs_to(url, delivery)
        return delivery


def _is_another(form: Form, before: Form | None) -> bool:
    return before is None or form.id != before.id
