"""A running recbot: every part of it, put together, started and stopped."""

import logging
import time
from collections.abc import Callable
from functools import partial

from bot.domain.questions.plain_words.typed import load_reader
from bot.domain.register.guard import load_check
from bot.domain.register.membership import Organisation
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.messages import digest
from bot.operations.request.actors import introduce_all
from bot.operations.request.context import Services
from bot.operations.request.homes import Homes
from bot.operations.request.name_book import NameBook
from bot.operations.request.rate_limit import AT_ONCE, RateLimiter
from bot.operations.request.surroundings import SurroundingsBook
from bot.outbox.loop import Loop
from bot.outbox.schedule import Schedule
from bot.runtime.clock import Clock, clock_from
from bot.runtime.health import TOKEN_STANDS_FOR, Health, Token
from bot.runtime.heartbeat import Heartbeat
from bot.runtime.http.server import Server
from bot.runtime.places import FewFormsAtOnce, FewLookedUpAtOnce, Places
from bot.runtime.switching import take_short_turns
from bot.runtime.wiring.doors import SocketDoor, connect, listen
from bot.runtime.wiring.publishing import publisher_of
from bot.runtime.wiring.queues import Queues
from bot.runtime.wiring.schedule import plan_of, schedule_of, store_of
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import ask_about_token, file_client, identify, web_client
from bot.settings import Settings
from handlers import people, slack_files
from storage.database import FOR_LONG_WORK, Database

log = logging.getLogger(__name__)

# Slack's own hooks and files, and where they are when another Web API stands in for Slack's.
_HOOKS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")
_FILE_HOSTS = ("https://files.slack.com/", "https://files.slack-gov.com/")
_LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")

# Of the threads that answer so many may wait for Slack at a time, to open a form and to look somebody up.
_OPENING, _LOOKING_UP = 10, 4
# In seconds, from when recbot answers: the rest of it is loaded then.
_LOADS_AFTER = 0.5
# In seconds, for all that is under way at the end: less than a supervisor waits before it kills.
_STOPS_WITHIN = 25.0


class Recbot:
    """It answers from `start` until `stop`. Making and starting it may raise CannotStart alone."""

    def __init__(self, settings: Settings, work_database: Database) -> None:
        """Put recbot together. Answers read `work_database`, with shorter time-outs than the schedule's."""
        self.settings = settings
        self.clock: Clock = clock_from(settings.clock, settings.wait_factor)
        self.client = web_client(settings, timeout=10)
        self.identity = identify(self.client)
        organisation = Organisation(self.identity.enterprise_id)
        # Every part has to know the same workspaces of the organisation.
        self._store = partial(store_of, settings, self.identity, organisation)
        self.database = Database(settings.database_url)
        self.store = self._store(self.database)
        self.unhurried_database = Database(settings.database_url, FOR_LONG_WORK)
        self.queues = Queues()
        directory = people.SlackDirectory(web_client(settings, timeout=1), self.store, self.clock)
        self.directory = FewLookedUpAtOnce(directory, Places(_LOOKING_UP))
        self.roster = people.SlackRoster(file_client(settings), directory)
        self.plan = replace(plan_of(settings), wake=self._wake)
        self.services = self._services()
        self._work_store = self._store(work_database)
        schedule = self._schedule()
        self.loop = Loop(schedule.tick, self.clock)
        self.publisher = publisher_of(settings, self._store(self.unhurried_database), self.clock)
        # A large register takes long to write: no message waits for it.
        self._publishing = Loop(self.publisher.tick, self.clock, "publishing") if self.publisher else None
        self.health = self._health(schedule)
        secret = settings.signing_secret
        self.app = create_app(
            self.services,
            self.client,
            self.identity,
            secret.get_secret_value() if secret else None,
            self.health.acknowledged.observe,
        )
        self._socket: SocketDoor | None = None
        self._server: Server | None = None
        self._heartbeat: Heartbeat | None = None

    def _schedule(self) -> Schedule:
        return schedule_of(
            self.settings,
            self._work_store,
            self.clock,
            self.plan,
            self.client,
            self.identity,
            draw=self._redraw,
            charts=self.services.native_charts,
        )

    def _health(self, schedule: Schedule) -> Health:
        settings = self.settings
        return Health(
            self.store,
            self.clock,
            Token(
                lambda: ask_about_token(web_client(settings, timeout=2)), self.clock.scaled(TOKEN_STANDS_FOR)
            ),
            connected=self._is_connected if settings.socket_mode else None,
            caught_up_at=lambda: schedule.caught_up_at,
            waiting=self.queues.waiting,
            publishing=self.publisher,
        )

    def _services(self) -> Services:
        """Return what handlers and operations work with."""
        settings, queues = self.settings, self.queues
        return Services(
            store=self.store,
            clock=self.clock,
            directory=self.directory,
            names=NameBook(self.store),
            surroundings=SurroundingsBook(self.identity.bot_user_id),
            later=queues.replies.submit,
            forms=lambda work, after: queues.forms.submit(work, after=after),
            hooks=_LOOPBACK if settings.loopback_hooks else _HOOKS,
            schedule=self.plan,
            views=FewFormsAtOnce(web_client(settings, timeout=2), Places(_OPENING)),
            files=file_client(settings),
            conversations=self.client,
            roster=self.roster,
            dropped_files=slack_files.SlackFileReader(
                web_client(settings, timeout=10), _LOOPBACK if settings.loopback_hooks else _FILE_HOSTS
            ),
            slowly=queues.files.submit,
            homes=Homes(queues.homes),
            unhurried=self._store(self.unhurried_database),
            changed=self._changed,
            rate_limiter=RateLimiter(AT_ONCE),
        )

    def _wake(self) -> None:
        self.loop.wake()

    def _redraw(self, person: PersonKey) -> None:
        from handlers import home  # noqa: PLC0415 - loaded when recbot answers already

        home.redraw(self.services, person)

    def _changed(self, person: PersonKey, body_code: str | None) -> None:
        from handlers import home  # noqa: PLC0415 - as above

        home.changed(self.services, person, body_code)

    def start(self, died: Callable[[], None]) -> None:
        """Begin to answer. `died` is called when recbot hears nobody any more and should end, to be started
        anew."""
        take_short_turns()
        # What is recorded after this is told by a digest; what comes before is not owed.
        digest.record_start(self._work_store, self.clock.now())
        # The first person to ask should not wait for what every question needs.
        self.services.names.current()
        self.queues.chores.submit(lambda: introduce_all(self.store, self.directory, self.clock.now()))
        self.loop.start()
        if self._publishing:
            self._publishing.start()
        if self.settings.socket_mode:
            self._socket = connect(self.app, self.settings)
            self._heartbeat = Heartbeat(self._is_connected, died)
            self._heartbeat.start()
        if not self.settings.socket_mode or self.settings.port_is_set:
            self._server = listen(self.app, self.settings, self.health)
        # Nor should the first to do anything else, to ask in plain words or to record; nor whoever asks in
        # the first moment have to share the processor with that.
        for load in (self.app.load, load_reader, load_check):
            self.queues.chores.submit(load, after=_LOADS_AFTER)

    def stop(self) -> None:
        """Take nothing new and finish what is under way, but for what takes too long."""
        until = time.monotonic() + _STOPS_WITHIN
        self.loop.stop(until)
        if self._publishing:
            self._publishing.stop(until)
        if self._heartbeat:
            self._heartbeat.stop()
        if self._socket:
            self._socket.close()
        if self._server:
            self._server.close()
        self.queues.close(until)
        self.database.close()
        self.unhurried_database.close()
        log.info("stopped")

    @property
    def is_dead(self) -> bool:
        """Whether `died` was called."""
        return self._heartbeat is not None and self._heartbeat.is_dead

    def _is_connected(self) -> bool:
        return self._socket is not None and self._socket.is_connected
