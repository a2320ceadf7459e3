"""What comes by itself: the schedule for `serve`, and one round of it for `recbot tick`."""

from collections.abc import Callable

from slack_sdk import WebClient

from bot.domain.register.membership import Organisation
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.messages.doubt import Notices
from bot.operations.request.context import Services
from bot.operations.request.homes import NoQueue
from bot.operations.request.name_book import NameBook
from bot.operations.request.native_charts import NativeCharts
from bot.operations.request.schedule_plan import SchedulePlan
from bot.outbox.channel_history import History
from bot.outbox.loop import run_to_rest
from bot.outbox.poster import Poster
from bot.outbox.schedule import Schedule, Wording
from bot.outbox.upkeep import Upkeep
from bot.rendering.blocks.messages import digest_message, doubt, endings, following, newcomers, reminder
from bot.rendering.blocks.recording import approve, redact
from bot.runtime.clock import Clock, clock_from
from bot.runtime.wiring.publishing import publisher_of
from bot.runtime.wiring.slack_clients import Identity, identify, web_client
from bot.runtime.wiring.starting import must_be_current, must_be_guarded
from bot.settings import Settings
from handlers import home, people
from storage.database import FOR_LONG_WORK, Database
from storage.store import Store


def tick(settings: Settings, database: Database) -> None:
    """Do one round of the schedule, to its end: what is due is sent, and what became of it is found out.

    Safe beside `serve` and other ticks. Raises CannotStart, Busy."""
    must_be_current(database)
    must_be_guarded(database)
    client = web_client(settings, timeout=10)
    identity = identify(client)
    store = store_of(settings, identity, Organisation(identity.enterprise_id), database)
    clock = clock_from(settings.clock, settings.wait_factor)
    plan = plan_of(settings)
    services = Services(
        store=store,
        clock=clock,
        directory=people.SlackDirectory(web_client(settings, timeout=1), store, clock),
        names=NameBook(store),
        later=NoQueue().submit,
        hooks=(),
        schedule=plan,
        views=web_client(settings, timeout=2),
    )
    schedule = schedule_of(
        settings, store, clock, plan, client, identity, draw=lambda person: home.redraw(services, person)
    )
    run_to_rest(schedule, clock)
    unhurried = Database(settings.database_url, FOR_LONG_WORK)
    if publisher := publisher_of(settings, replace(store, database=unhurried), clock):
        publisher.tick()
    unhurried.close()


def store_of(settings: Settings, identity: Identity, organisation: Organisation, database: Database) -> Store:
    return Store(database, identity.team_id, frozenset(settings.coordinators), organisation)


def plan_of(settings: Settings) -> SchedulePlan:
    return SchedulePlan(
        channel=settings.digest_channel,
        rule=settings.digest_rule,
        names_bodies=settings.digest_names == "names",
        reminder_rule=settings.reminder_rule,
    )


def schedule_of(
    settings: Settings,
    store: Store,
    clock: Clock,
    plan: SchedulePlan,
    client: WebClient,
    identity: Identity,
    *,
    draw: Callable[[PersonKey], None],
    charts: NativeCharts | None = None,
) -> Schedule:
    """Return the schedule; `draw` has somebody's Home drawn anew, and `charts` knows whether the workspace
    has Slack's own charts."""
    return Schedule(
        store,
        clock,
        plan=plan,
        wording=Wording(
            digest=digest_message.messages,
            reminder=reminder.reminder_message,
            leaver=reminder.leaver_message,
            welcome=newcomers.welcome,
            announcement=newcomers.announcement,
            followed=following.message,
            approval=approve.request_message,
            ending=endings.notice,
            notices=Notices(in_doubt=doubt.question, blocked=doubt.blocked),
        ),
        poster=Poster(client),
        history=History(client, identity.bot_user_id),
        upkeep=Upkeep(store, client, redact.not_edited, draw, clock),
        charts=charts,
    )
