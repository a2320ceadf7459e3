"""A schedule on a real store, with a clock moved by hand and a Slack that answers as it is told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.domain.messages.delivery import Delivery
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.people import PersonKey, Role
from bot.domain.values import replace
from bot.operations.messages.doubt import Notices
from bot.operations.request.schedule_plan import SchedulePlan
from bot.outbox.channel_history import History
from bot.outbox.poster import Poster
from bot.outbox.schedule import Schedule, Wording
from bot.outbox.upkeep import Upkeep
from bot.rendering.blocks.messages import digest_message, doubt, endings, following, newcomers, reminder
from bot.rendering.blocks.recording import approve, redact
from bot.runtime.clock import Clock
from storage import deliveries, people
from storage.database import Busy
from storage.store import Store
from tests import cast

CHANNEL = "C0COORD"
MONDAYS = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
PLAN = SchedulePlan(CHANNEL, MONDAYS)
NOTICES = Notices(in_doubt=doubt.question, blocked=doubt.blocked)
WORDING = Wording(
    digest=digest_message.messages,
    reminder=reminder.reminder_message,
    leaver=reminder.leaver_message,
    welcome=newcomers.welcome,
    announcement=newcomers.announcement,
    followed=following.message,
    approval=approve.request_message,
    ending=endings.notice,
    notices=NOTICES,
)
RECBOT = "U0RECBOT"
SUNDAY = datetime(2025, 3, 9, 12, tzinfo=UTC)
MONDAY = datetime(2025, 3, 10, 9, tzinfo=UTC)
HEAD = "digest:T0HOME:2025-03-10T09:00"
_FAR_TOO_MANY = 200


class Stopwatch:
    """Real time, which stands still until it is moved (seconds)."""

    BEGAN = datetime(2025, 3, 9, tzinfo=UTC)

    def __init__(self, seconds: float = 1000.0) -> None:
        self.seconds = seconds
        self.moves_at_each_look = 0.0

    def now(self) -> datetime:
        return self.BEGAN + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        self.seconds += self.moves_at_each_look
        return self.seconds


class ClockByHand(Clock):
    """Shows what it is set to; with a stopwatch, real time passes by that."""

    can_jump = True

    def __init__(
        self, shown: datetime = SUNDAY, stopwatch: Stopwatch | None = None, wait_factor: float = 1.0
    ) -> None:
        self.shown = shown
        self.stopwatch = stopwatch
        self.wait_factor = wait_factor

    def now(self) -> datetime:
        return self.shown

    def real_now(self) -> datetime:
        return super().real_now() if self.stopwatch is None else self.stopwatch.now()

    def monotonic(self) -> float:
        return super().monotonic() if self.stopwatch is None else self.stopwatch.monotonic()

    def sleep(self, seconds: float) -> None:
        if self.stopwatch is None:
            super().sleep(seconds)


@dataclass
class Post:
    channel: str
    text: str
    thread_ts: str | None
    key: str
    arguments: Mapping[str, Any]
    ts: str = ""
    user: str = RECBOT


@dataclass
class FakeSlack:
    """Takes messages, unless it was told what to raise instead; `takes_first` has it take that one too.

    `hidden` keeps what was posted out of the histories, and `closed` is raised in their place."""

    posts: list[Post] = field(default_factory=list)
    hidden: bool = False
    closed: Exception | None = None
    reads: list[Mapping[str, Any]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    edits: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    a_page: int = 15
    raises: list[Exception] = field(default_factory=list)
    takes_first: bool = False
    requests: int = 0  # to post
    left: set[str] = field(default_factory=set)
    opening: list[Exception] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        self.requests += 1
        error = self.raises.pop(0) if self.raises else None
        if error is None or self.takes_first:
            ts = self.add(channel, arguments)
        if error is not None:
            raise error
        return {"ok": True, "ts": ts}

    def add(self, channel: str, arguments: Mapping[str, Any], user: str = RECBOT) -> str:
        """Have a message stand in a channel, however it came. Return its ts."""
        ts = f"1741597200.{len(self.posts) + 1:06}"
        key = arguments.get("metadata", {}).get("event_payload", {}).get("key", "")
        thread_ts = arguments.get("thread_ts")
        self.posts.append(Post(channel, arguments["text"], thread_ts, key, arguments, ts, user))
        return ts

    def conversations_history(self, *, channel: str, **arguments: Any) -> Any:
        return self._read(channel, None, arguments)

    def conversations_replies(self, *, channel: str, ts: str, **arguments: Any) -> Any:
        return self._read(channel, ts, arguments)

    def _read(self, channel: str, thread_ts: str | None, arguments: Mapping[str, Any]) -> Any:
        self.reads.append(arguments)
        if self.closed is not None:
            raise self.closed
        there = [post for post in self.standing(channel) if post.thread_ts == thread_ts and not self.hidden]
        start = int(arguments.get("cursor", 0))
        page = there[::-1][start : start + self.a_page]
        more = len(there) > start + self.a_page
        return {
            "messages": [
                {"user": post.user, "ts": post.ts, "text": post.text, "blocks": post.arguments.get("blocks")}
                | ({"metadata": post.arguments["metadata"]} if "metadata" in post.arguments else {})
                for post in page
            ],
            "response_metadata": {"next_cursor": str(start + self.a_page) if more else ""},
        }

    def standing(self, channel: str) -> list[Post]:
        """Return what can be read in a channel, its threads included."""
        return [post for post in self.posts if post.channel == channel and post.ts not in self.deleted]

    def chat_update(self, *, channel: str, ts: str, **arguments: Any) -> Any:
        if self.raises:
            raise self.raises.pop(0)
        self.edits[ts] = {"channel": channel, **arguments}
        return {"ok": True}

    def chat_delete(self, *, channel: str, ts: str) -> Any:
        if ts in self.deleted:
            raise refusal("message_not_found")
        self.deleted.append(ts)
        return {"ok": True}

    def conversations_open(self, *, users: str) -> Any:
        """Open a conversation as Slack does, unless it was told what to raise; whoever has `left` is
        refused."""
        self.opened.append(users)
        if self.opening:
            raise self.opening.pop(0)
        if users in self.left:
            raise refusal("user_disabled")
        return {"ok": True, "channel": {"id": f"D{users[1:]}"}}

    @property
    def keys(self) -> list[str]:
        return [post.key for post in self.posts]


def draw_nothing(_who: PersonKey) -> None:
    """Draw no Home: nobody has one."""


def refusal(error: str | None, status: int = 200, headers: Mapping[str, str] | None = None) -> SlackApiError:
    """Return what slack_sdk raises for an answer that is not a yes; without a code where `error` is None."""
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data={"ok": False, "error": error},
        headers=dict(headers or {}),
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]


@dataclass
class Rig:
    store: Store
    clock: ClockByHand = field(default_factory=ClockByHand)
    slack: FakeSlack = field(default_factory=FakeSlack)
    stopwatch: Stopwatch = field(default_factory=Stopwatch)  # the clock's
    plan: SchedulePlan = PLAN
    draw: Callable[[PersonKey], None] = draw_nothing

    def __post_init__(self) -> None:
        self.clock.stopwatch = self.stopwatch

    def schedule(self) -> Schedule:
        """Return the schedule of a new process: what another has seen so far is gone."""
        return Schedule(
            self.store,
            self.clock,
            plan=self.plan,
            wording=WORDING,
            poster=Poster(self.slack),
            history=History(self.slack, RECBOT),
            upkeep=Upkeep(self.store, self.slack, redact.not_edited, self.draw, self.clock),
        )

    def run(self, schedule: Schedule | None = None) -> float:
        """Do rounds until there is nothing left to do at once. Return in how many seconds there is."""
        schedule = schedule or self.schedule()
        for _ in range(_FAR_TOO_MANY):
            number = self.slack.requests
            pause = schedule.tick()
            if pause > 0 and self.slack.requests == number:
                return pause
        raise AssertionError("it does not come to rest")

    def wait(self, schedule: Schedule, seconds: float) -> None:
        """Let so much real time pass, and the process go on."""
        self.stopwatch.seconds += seconds
        self.run(schedule)

    def row(self, key: str = HEAD) -> Delivery:
        with self.store.reading() as connection:
            delivery = deliveries.get(connection, key)
        assert delivery is not None
        return delivery

    def states(self) -> dict[str, DeliveryState]:
        """Return the states of the digests' first messages, newest first."""
        with self.store.reading() as connection:
            return {delivery.key: delivery.state for delivery in deliveries.last_digests(connection, 100)}

    def left_in_sending(self) -> None:
        """Have a process claim Monday's digest and be killed before it posts."""
        self.clock.shown = MONDAY
        self.stopwatch.moves_at_each_look = 3
        schedule = self.schedule()
        schedule.tick()
        self.stopwatch.moves_at_each_look = 0
        assert self.row().state is DeliveryState.SENDING


@contextmanager
def on_sunday(url: str, *, with_contacts: bool = False) -> Iterator[Rig]:
    """Give a rig on the stalking case, whose schedule has run for the first time on a Sunday. Without
    contacts nobody is reminded of anything, and what comes is the digest."""
    store = cast.stalking_case(url).store
    if not with_contacts:
        revoke_contacts(store)
    rig = Rig(store)
    rig.run()
    yield rig
    store.database.close()


def revoke_contacts(store: Store) -> None:
    """Have nobody be reminded of anything."""
    with store.begin() as connection:
        for holder in people.contacts(connection):
            people.revoke(connection, holder.who, Role.CONTACT, holder.body_code)


class AwayAfter:
    """A store whose database goes away when Slack has taken a message, for some attempts to write."""

    def __init__(self, rig: Rig, attempts: int) -> None:
        self._store = rig.store
        self._slack = rig.slack
        self._left = attempts
        self.store = replace(rig.store, database=self)  # type: ignore[arg-type]

    def begin(self) -> Any:
        if self._slack.posts and self._left:
            self._left -= 1
            raise Busy("OperationalError")
        return self._store.begin()

    def reading(self) -> Any:
        return self._store.reading()
