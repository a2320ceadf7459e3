"""The wiring: the one place that knows every part and puts them together."""

import logging
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot.domain.register.membership import Organisation
from bot.domain.register.people import PersonKey
from bot.operations.messages import digest as digests
from bot.operations.messages.deliveries import RealTime
from bot.operations.messages.digest import DigestPlan
from bot.operations.messages.doubt import Notices
from bot.operations.messages.homes import Homes, NoQueue
from bot.operations.request.actors import introduce_all
from bot.operations.request.context import Services
from bot.operations.request.finding import NameBook
from bot.operations.request.rate_limit import AT_ONCE, RateLimiter
from bot.outbox.channel_history import History
from bot.outbox.loop import Loop, run_to_rest
from bot.outbox.poster import Poster
from bot.outbox.rounds import Schedule
from bot.outbox.upkeep import Upkeep
from bot.rendering.blocks import buttons
from bot.rendering.blocks.home import contact, coordinator, parts
from bot.rendering.blocks.messages import digest_message, doubt, reminder
from bot.rendering.blocks.recording import add as adding
from bot.rendering.blocks.recording import extend as extending
from bot.rendering.blocks.recording import grant as granting
from bot.rendering.blocks.recording import redact as redacting
from bot.rendering.blocks.recording import update_form
from bot.runtime.clock import Clock, clock_from
from bot.runtime.door import Server, door, nothing_here
from bot.runtime.door import serve as open_door
from bot.runtime.health import BEHIND, TOKEN_STANDS_FOR, Health, SlackAway, Token, TokenRefused
from bot.runtime.heartbeat import SILENT_AFTER, Heartbeat
from bot.runtime.metrics import Histogram
from bot.runtime.places import FewFormsAtOnce, FewLookedUpAtOnce, Places
from bot.runtime.pool import Pool
from bot.runtime.slack_answers import code_of, leaves_open
from bot.runtime.socket_frames import socket_mode
from bot.settings import Settings
from handlers import (
    add,
    ask,
    digest,
    errors,
    extend,
    grant,
    home,
    older,
    people,
    quoting,
    recs,
    remind,
    undo,
    update,
)
from storage import objects, schema
from storage.backup import before_migrating
from storage.database import FOR_LONG_WORK, Database
from storage.store import Store

log = logging.getLogger(__name__)

# Slack's own hooks, and where they are when another Web API stands in for Slack's.
_HOOKS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")
_LOOPBACK_HOOKS = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")

# With Bolt's default a cut connection went unnoticed for a minute.
_PING_EVERY = 5
_THREADS = 16
# Of these threads so many may wait for Slack at a time, to open a form and to look somebody up.
_OPENING, _LOOKING_UP = 10, 4
# In seconds, for all that is under way at the end: less than a supervisor waits before it kills.
_STOPS_WITHIN = 25.0
_BAD_REQUEST = 400


INSTALLED_FOR_ALL = (
    "the app is installed for a whole organisation, which is not supported."
    " Install it in one of its workspaces, and take the token from there."
)


class CannotStart(Exception):
    """One line a problem, each saying what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Identity:
    """Whom the bot token belongs to: `auth.test`."""

    team_id: str
    bot_user_id: str
    bot_id: str
    # The organisation that the workspace belongs to (Enterprise Grid); empty for a plain workspace.
    enterprise_id: str = ""


_NO_ANSWER = "Slack does not answer ({}). Check the network, then start again."


def identify(client: WebClient) -> Identity:
    """Raises CannotStart when Slack does not take the token or does not answer."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = code_of(error.response)
        if leaves_open(error.response):
            raise CannotStart(_NO_ANSWER.format(code)) from None
        raise CannotStart(
            f"SLACK_BOT_TOKEN: Slack does not take it ({code}). Copy it again from OAuth & Permissions."
        ) from None
    except (SlackClientError, OSError) as error:
        raise CannotStart(_NO_ANSWER.format(type(error).__name__)) from None
    if answer.get("is_enterprise_install"):
        raise CannotStart(f"SLACK_BOT_TOKEN: {INSTALLED_FOR_ALL}")
    return Identity(
        answer["team_id"],
        answer["user_id"],
        answer.get("bot_id") or "",
        answer.get("enterprise_id") or "",
    )


def web_client(settings: Settings, timeout: int) -> WebClient:
    """A client that tries once: a retry could post twice what Slack took the first time."""
    return WebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=timeout,
        retry_handlers=[],
    )


def _waiting_client(settings: Settings) -> WebClient:
    """A client for files, which waits where Slack has had too many requests: that is a no, so nothing is done
    twice."""
    client = web_client(settings, timeout=30)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
    return client


class _App(App):
    """Bolt's app, which also reads every command, and notes how long each answer took: that is what Slack and
    the person wait for."""

    def __init__(self, services: Services, acknowledged: Histogram, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._services = services
        self._acknowledged = acknowledged

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        began = time.perf_counter()
        try:
            return self._answered(_read_whole(req))
        finally:
            self._acknowledged.add(time.perf_counter() - began)

    def _answered(self, request: BoltRequest) -> BoltResponse:
        """What Slack would never send, Bolt's own parts may fail on, also where they hand errors on."""
        if not isinstance(request.body, dict):
            return BoltResponse(status=_BAD_REQUEST, body="")
        request.context["services"] = self._services
        try:
            return super().dispatch(request)
        except Exception as error:
            return _failed(error, request.body, self._services)


def _failed(error: Exception, body: dict[str, Any], services: Services) -> BoltResponse:
    """Bolt's error handler. That no listener takes a request is told as an error too."""
    if isinstance(error, BoltUnhandledRequestError):
        return older.acknowledged(body, services)
    return errors.failed(error, body, services)


class RequestHandler(SlackRequestHandler):
    """Bolt's WSGI app, which refuses what it cannot read."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        try:
            return super().dispatch(request)
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
            log.warning("a request could not be read: %s", type(error).__name__)
            return BoltResponse(status=_BAD_REQUEST, body="")


def _read_whole(request: BoltRequest) -> BoltRequest:
    """Bolt takes a form in which the word "payload" occurs for one that has a field of that name, and reads
    nothing of it: `/recs note 15: the payload …` would not be answered."""
    if request.body or request.mode != "http":
        return request
    fields = dict(parse_qsl(request.raw_body, keep_blank_values=True))
    read = BoltRequest(body=fields, query=request.query, headers=request.headers, mode="socket_mode")
    # It is still the request that was posted and signed.
    read.raw_body, read.mode = request.raw_body, "http"
    return read


def create_app(
    services: Services,
    client: WebClient,
    identity: Identity,
    signing_secret: str | None,
    acknowledged: Histogram | None = None,
) -> App:
    """The Bolt app that answers with `services`. Without a signing secret it serves Socket Mode only."""
    authorised = AuthorizeResult(
        enterprise_id=identity.enterprise_id or None,
        team_id=identity.team_id,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
    )
    app = _App(
        services,
        acknowledged or Histogram(),
        client=client,
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
        authorize=lambda: authorised,
        # The answer is the acknowledgement; Bolt's default waits in a loop that sleeps.
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    # First of all: each listener tried before the one that matches costs time.
    app.command("/recs")(recs.recs)
    app.action(re.compile(rf"^{buttons.UNDO}(:|$)"))(undo.undo_clicked)
    app.action(buttons.ALLOW_PUBLISHING)(quoting.allow_publishing)
    app.action(buttons.STOP_PUBLISHING)(quoting.stop_publishing)
    app.action(re.compile(rf"^{buttons.UPDATE}(:|$)"))(update.update_clicked)
    app.action(re.compile(rf"^{buttons.CORRECT}:\d+$"))(update.correct_clicked)
    app.action(re.compile(rf"^({update_form.RECOMMENDATION}|{update_form.BODY})$"))(update.chosen)
    app.view(update_form.NAME)(update.submitted)
    app.shortcut("record_progress")(update.record_progress)
    app.action(buttons.MORE)(recs.more)
    app.action(buttons.SHARE)(recs.share)
    app.action(re.compile(rf"^{buttons.SHOW}:"))(recs.show)
    app.action(re.compile(rf"^{buttons.CHOOSE}-\d+$"))(recs.choose)
    app.action(re.compile(rf"^{extending.GRANT}:\d+$"))(extend.grant_clicked)
    app.action(re.compile(rf"^{extending.REFUSE}:\d+$"))(extend.refuse_clicked)
    app.action(re.compile(rf"^{reminder.SNOOZE}:"))(remind.snooze_clicked)
    app.action(re.compile(rf"^{doubt.APPEARED}:"))(digest.appeared_clicked)
    app.action(re.compile(rf"^{doubt.SEND_AGAIN}:"))(digest.send_again_clicked)
    app.view(extending.REFUSE)(extend.refuse_sent)
    app.view(adding.REPORT)(add.report_sent)
    app.view(adding.RECOMMENDATION)(add.recommendation_sent)
    app.action(re.compile(rf"^{parts.PAGE}:"))(home.go)
    app.action(re.compile(rf"^{contact.PAUSE}:"))(home.pause_clicked)
    app.action(re.compile(rf"^{contact.RESUME}:"))(home.resume_clicked)
    app.action(coordinator.PREVIEW)(home.preview_clicked)
    app.action(re.compile(rf"^{coordinator.ASK}:\d+$"))(ask.ask_clicked)
    app.action(granting.GRANT_ROLE)(grant.grant_clicked)
    app.action(granting.REVOKE_ROLE)(grant.revoke_clicked)
    app.view(granting.GRANT_ROLE)(grant.grant_sent)
    app.view(granting.REVOKE_ROLE)(grant.revoke_sent)
    app.event("app_home_opened")(home.opened)
    app.event("user_change")(people.user_changed)
    app.error(_failed)
    return app


class Recbot:
    """A running recbot: it answers from `start` until `stop`. Both may raise only CannotStart."""

    def __init__(self, settings: Settings, work_database: Database) -> None:
        """Answers work on a database of their own, with shorter time-outs than the schedule's."""
        self.settings = settings
        self.clock: Clock = clock_from(settings.clock)
        self.client = web_client(settings, timeout=10)
        self.identity = identify(self.client)
        organisation = Organisation(self.identity.enterprise_id)
        # Every part has to know the same workspaces of the organisation.
        self._store = partial(store_of, settings, self.identity, organisation)
        self.database = Database(settings.database_url)
        self.store = self._store(self.database)
        # Apart from each other, so that a slow upload or Home holds up no form.
        self.replies = Pool("replies", threads=6, most=200)
        self.forms = Pool("forms", threads=6, most=60)
        self.home_drawings = Pool("homes", threads=3, most=1_000, most_of_owner=1)
        self.files = Pool("files", threads=2, most=50, most_of_owner=2)
        self.chores = Pool("chores", threads=1, most=100)
        self.unhurried_database = Database(settings.database_url, FOR_LONG_WORK)
        self.directory = FewLookedUpAtOnce(
            people.SlackDirectory(web_client(settings, timeout=1), self.store, self.clock),
            Places(_LOOKING_UP),
        )
        self.plan = replace(plan_of(settings), wake=self._wake)
        self.services = Services(
            store=self.store,
            clock=self.clock,
            directory=self.directory,
            names=NameBook(self.store),
            later=self.replies.submit,
            forms=lambda work, after: self.forms.submit(work, after=after),
            hooks=_LOOPBACK_HOOKS if settings.loopback_hooks else _HOOKS,
            digest=self.plan,
            views=FewFormsAtOnce(web_client(settings, timeout=2), Places(_OPENING)),
            files=_waiting_client(settings),
            slowly=self.files.submit,
            homes=Homes(self.home_drawings),
            unhurried=self._store(self.unhurried_database),
            real=RealTime(settle=settings.settle),
            changed=self._changed,
            pace=RateLimiter(AT_ONCE),
        )
        self._work_store = self._store(work_database)
        schedule = schedule_of(
            settings,
            self._work_store,
            self.clock,
            self.plan,
            self.client,
            self.identity,
            draw=lambda who: home.redraw(self.services, who),
        )
        self.loop = Loop(schedule.tick, self.clock)
        self.health = Health(
            self.store,
            self.clock,
            Token(
                lambda: _ask_about_token(web_client(settings, timeout=2)), TOKEN_STANDS_FOR * settings.settle
            ),
            connected=self._is_connected if settings.socket_mode else None,
            caught_up_at=lambda: schedule.caught_up_at,
            waiting=self._waiting,
        )
        secret = settings.signing_secret
        self.app = create_app(
            self.services,
            self.client,
            self.identity,
            secret.get_secret_value() if secret else None,
            self.health.acknowledged,
        )
        self._socket: SocketModeHandler | None = None
        self._server: Server | None = None
        self._heartbeat: Heartbeat | None = None

    def _wake(self) -> None:
        self.loop.wake()

    def _waiting(self) -> dict[str, int]:
        pools = (self.replies, self.forms, self.home_drawings, self.files, self.chores)
        return {pool.name: pool.waiting for pool in pools}

    def _changed(self, who: PersonKey, body_code: str | None) -> None:
        home.changed(self.services, who, body_code)

    def start(self, died: Callable[[], None]) -> None:
        """`died` is called when recbot hears nobody any more and should end, to be started anew."""
        # What is recorded after this is told by a digest; what comes before is not owed.
        digests.record_start(self._work_store, self.clock.now())
        # The first person to ask should not wait for what every question needs.
        self.services.names.current()
        self.chores.submit(lambda: introduce_all(self.store, self.directory, self.clock.now()))
        self.loop.start()
        if self.settings.socket_mode:
            self._socket = self._connect()
            self._heartbeat = Heartbeat(self._is_connected, died)
            self._heartbeat.start()
        if not self.settings.socket_mode or self.settings.port_is_set:
            self._server = self._open()
            log.info("listening on port %s", self._server.port)

    def stop(self) -> None:
        """Takes nothing new and finishes what is under way, but for what takes too long."""
        until = time.monotonic() + _STOPS_WITHIN
        self.loop.stop(until)
        if self._heartbeat:
            self._heartbeat.stop()
        if self._socket:
            self._socket.close()  # type: ignore[no-untyped-call]
        if self._server:
            self._server.close()
        self.replies.close(until)
        self.forms.close(until)
        # Whoever waits for a file that is not begun is told so by the message that was written before.
        self.files.close(until, begins_more=False)
        self.home_drawings.close(until)
        self.chores.close(until)
        self.database.close()
        self.unhurried_database.close()
        log.info("stopped")

    @property
    def is_dead(self) -> bool:
        """Whether `died` was called."""
        return self._heartbeat is not None and self._heartbeat.is_dead

    def _is_connected(self) -> bool:
        """Whether the Socket Mode connection stands, and answered a ping lately."""
        if self._socket is None:
            return False
        session = self._socket.client.current_session
        if session is None or not session.is_active():
            return False
        heard = session.last_ping_pong_time
        return heard is None or time.time() - heard < SILENT_AFTER

    def _connect(self) -> SocketModeHandler:
        token = self.settings.app_token
        handler = socket_mode(
            self.app,
            token.get_secret_value() if token else None,
            ping_interval=_PING_EVERY,
            concurrency=_THREADS,
        )
        try:
            handler.connect()  # type: ignore[no-untyped-call]
        except (SlackApiError, SlackClientError, OSError) as error:
            raise CannotStart(
                f"SLACK_APP_TOKEN: Slack did not open a connection ({type(error).__name__})."
                " The token needs the scope connections:write."
            ) from None
        log.info("connected to Slack by Socket Mode")
        return handler

    def _open(self) -> Server:
        try:
            app = nothing_here if self.settings.socket_mode else RequestHandler(self.app)
            return open_door(
                door(app, self.health.problems, self.health.metrics),
                self.settings.host,
                self.settings.port,
                threads=_THREADS,
            )
        except OSError as error:
            raise CannotStart(
                f"HOST and PORT: {self.settings.host}:{self.settings.port} cannot be had ({error.strerror})."
            ) from None


def tick(settings: Settings, database: Database) -> None:
    """One round of the schedule, to its end: what is due is sent, and what became of it is found out.

    Safe beside `serve` and other ticks. Raises CannotStart, Busy."""
    must_be_current(database)
    must_be_guarded(database)
    client = web_client(settings, timeout=10)
    identity = identify(client)
    store = store_of(settings, identity, Organisation(identity.enterprise_id), database)
    clock = clock_from(settings.clock)
    plan = plan_of(settings)
    services = Services(
        store=store,
        clock=clock,
        directory=people.SlackDirectory(web_client(settings, timeout=1), store, clock),
        names=NameBook(store),
        later=NoQueue().submit,
        hooks=(),
        digest=plan,
        views=web_client(settings, timeout=2),
    )
    schedule = schedule_of(
        settings, store, clock, plan, client, identity, draw=lambda who: home.redraw(services, who)
    )
    run_to_rest(schedule, settings.settle)


def store_of(settings: Settings, identity: Identity, organisation: Organisation, database: Database) -> Store:
    return Store(database, identity.team_id, frozenset(settings.coordinators), organisation)


def plan_of(settings: Settings) -> DigestPlan:
    return DigestPlan(
        channel=settings.digest_channel,
        rule=settings.digest_rule,
        names_bodies=settings.digest_names == "names",
    )


def schedule_of(
    settings: Settings,
    store: Store,
    clock: Clock,
    plan: DigestPlan,
    client: WebClient,
    identity: Identity,
    *,
    draw: Callable[[PersonKey], None],
) -> Schedule:
    real = RealTime(settle=settings.settle)
    return Schedule(
        store,
        clock,
        plan=plan,
        render=digest_message.messages,
        notices=Notices(in_doubt=doubt.question, blocked=doubt.blocked),
        poster=Poster(client),
        history=History(client, identity.bot_user_id),
        upkeep=Upkeep(store, client, redacting.not_edited, draw, real),
        real=real,
    )


def prepare(database: Database) -> None:
    """Brings a SQLite store's schema up to date; raises CannotStart for a PostgreSQL one that is behind."""
    if database.is_sqlite and not schema.is_current(database):
        with closing(Database(database.url, FOR_LONG_WORK)) as unhurried:
            before_migrating(unhurried)
            schema.upgrade(unhurried)
    must_be_current(database)
    must_be_guarded(database)


def must_be_guarded(database: Database) -> None:
    """Raises CannotStart where a trigger that guards the history is missing, or one is there that is not
    recbot's, and so could rewrite what is recorded."""
    if failing := objects.guards_that_fail(database):
        raise CannotStart(*(f"DATABASE_URL: {name}." for name in failing), objects.REMEDY)


def must_be_current(database: Database) -> None:
    """Raises CannotStart for a schema that is behind."""
    if not schema.is_current(database):
        raise CannotStart(f"DATABASE_URL: {BEHIND}")


def _ask_about_token(client: WebClient) -> None:
    """Raises TokenRefused, SlackAway."""
    try:
        client.auth_test()
    except SlackApiError as error:
        code = code_of(error.response)
        if code not in _TOKEN_ERRORS:
            raise SlackAway from None
        raise TokenRefused(
            f"Slack does not take the bot token ({code}): install the app again, set SLACK_BOT_TOKEN"
            " and restart."
        ) from None
    except (SlackClientError, OSError):
        raise SlackAway from None


# https://docs.slack.dev/reference/methods/auth.test
_TOKEN_ERRORS = ("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed")
