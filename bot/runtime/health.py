"""What stands in the way of work, and the figures of `/metrics`: for whoever runs recbot."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry

from bot.operations.recording import redact
from bot.runtime import version
from bot.runtime.clock import Clock, elapsed
from bot.runtime.metrics import Figure, counter, durations, gauge, gauges, text
from storage import delivery_counts, owed, schema
from storage.database import Busy, Database
from storage.store import Store

# In seconds: Slack is asked about the token at most this often, however often somebody asks after recbot.
TOKEN_STANDS_FOR = 60.0

BEHIND = "the database's schema is not the one this version needs: run recbot migrate."
NEWER = "the database's schema is of a newer recbot: install that version, or restore a copy of before."

UNCLEAN = (
    "Erased words may still stand in the database's files: recbot cleans them as soon as nobody else holds"
    " them. If this stays, run recbot redact without a number, as the database's owner."
)


def of_schema(database: Database) -> str:
    """Return what is wrong with the database's schema, and what to do about it; "" where nothing is.

    Raises Busy."""
    present = schema.present(database)
    if present == schema.needed():
        return ""
    return BEHIND if present is None or schema.is_known(present) else NEWER


class SlackAway(Exception):
    """Slack did not answer, so nothing is known of the token."""


class TokenRefused(Exception):
    """Slack does not take the token; the words say what to do."""


class Token:
    """Whether Slack takes the bot token, as it last said, which stands for so many seconds.

    `ask` raises TokenRefused, SlackAway."""

    def __init__(
        self,
        ask: Callable[[], object],
        stands_for: float = TOKEN_STANDS_FOR,
        now: Callable[[], float] = elapsed,
    ) -> None:
        self._ask = ask
        self._stands_for = stands_for
        self._now = now
        self._lock = threading.Lock()
        # The start asked.
        self._asked_at = now()
        self._problem: str | None = None
        self._slack_answers = True

    def look(self) -> tuple[str | None, bool]:
        """Return what is wrong with the token, if anything, and whether Slack answered when it was last
        asked."""
        with self._lock:
            if self._now() - self._asked_at >= self._stands_for:
                self._look_again()
            return self._problem, self._slack_answers

    def _look_again(self) -> None:
        try:
            self._ask()
            self._problem, self._slack_answers = None, True
        except TokenRefused as refusal:
            self._problem, self._slack_answers = str(refusal), True
        except SlackAway:
            self._slack_answers = False
        self._asked_at = self._now()


class Publishing(Protocol):
    """What publishes the register by itself, as far as health is concerned."""

    has_failed: bool
    published_at: datetime | None


@dataclass(eq=False)
class Health:
    """What stands in the way of work, and the figures, which are read when somebody looks."""

    store: Store
    clock: Clock
    token: Token
    # Whether the Socket Mode connection stands; None where requests come by HTTP.
    connected: Callable[[], bool] | None = None
    # A UTC instant of recbot's clock: all that was due before it has been sent. None until that is so.
    caught_up_at: Callable[[], datetime | None] = lambda: None
    # How many pieces of work wait, by queue.
    waiting: Callable[[], Mapping[str, int]] = dict
    # What publishes the register by itself; None where nothing does.
    publishing: Publishing | None = None

    def __post_init__(self) -> None:
        # Not the registry of the whole process: there may be several apps in it.
        self.registry = CollectorRegistry()
        # The app observes in it how many seconds each answer took.
        self.acknowledged = durations(
            self.registry,
            "recbot_acknowledgement_seconds",
            "From a request's arrival to recbot's answer, which is the acknowledgement.",
        )
        self.registry.register(self)

    def problems(self) -> list[str]:
        """Return a line for each problem, with what to do: `/readyz`."""
        database = list(self._database())
        return [*database, *([] if database else self._files()), *self._slack()]

    def metrics(self) -> str:
        """Return all figures: `/metrics`."""
        return text(self.registry)

    def collect(self) -> Iterator[Figure]:
        """Read the figures that stand at this moment, for the registry."""
        yield gauges("recbot_build_info", "1, with the version.", "version", {version.installed(): 1})
        token_refused, slack_answers = self.token.look()
        yield gauge("recbot_ready", "1 when nothing stands in the way of work.", not self.problems())
        yield gauge("recbot_slack_answers", "1 when Slack answered the last check.", slack_answers)
        yield gauge("recbot_token_accepted", "1 when Slack takes the bot token.", token_refused is None)
        if self.connected is not None:
            yield gauge("recbot_socket_connected", "1 when Socket Mode is connected.", self.connected())
        if caught_up_at := self.caught_up_at():
            yield gauge(
                "recbot_schedule_timestamp_seconds",
                "Up to when all that was due has gone, in Unix time.",
                caught_up_at.timestamp(),
            )
        if waiting := self.waiting():
            yield gauges(
                "recbot_waiting", "Pieces of work that wait for a thread, by queue.", "queue", waiting
            )
        yield from self._published()
        yield from self._deliveries()

    def _published(self) -> Iterator[Figure]:
        # Whoever asks in Slack is answered all the same, so recbot is ready nevertheless.
        if self.publishing is None:
            return
        failed = self.publishing.has_failed
        yield gauge("recbot_publishing_failed", "1 when the site could not be written the last time.", failed)
        if published_at := self.publishing.published_at:
            yield gauge(
                "recbot_published_timestamp_seconds",
                "Up to when the published site holds all that was recorded, in Unix time.",
                published_at.timestamp(),
            )

    def _database(self) -> Iterator[str]:
        try:
            if problem := of_schema(self.store.database):
                yield problem[0].upper() + problem[1:]
        except Busy:
            yield "The database does not answer: nothing is saved and nothing is posted until it does."

    def _files(self) -> Iterator[str]:
        try:
            is_owed = redact.is_cleaning_owed(self.store)
        except Busy:
            # It went away between two looks: the next one tells of it.
            return
        if is_owed:
            yield UNCLEAN

    def _slack(self) -> Iterator[str]:
        token_refused, _ = self.token.look()
        if token_refused is not None:
            yield token_refused
        if self.connected is not None and not self.connected():
            yield "Slack's Socket Mode connection is down: recbot hears nobody until it is back."

    def _deliveries(self) -> Iterator[Figure]:
        try:
            with self.store.reading() as connection:
                counts = delivery_counts.read(connection)
                owed_after_erasing = owed.counts(connection)
        except Busy:
            yield gauge("recbot_database_answers", "1 when the database answers.", 0)
            return
        yield gauge("recbot_database_answers", "1 when the database answers.", 1)
        yield from self._delivery_figures(counts)
        yield gauges(
            "recbot_erasing_owed",
            "What is still to be done about erased words: the database's files, posts and Homes.",
            "what",
            owed_after_erasing,
        )

    def _delivery_figures(self, counts: delivery_counts.DeliveryCounts) -> Iterator[Figure]:
        yield gauges(
            "recbot_deliveries",
            "Digests, reminders and other messages, by how far they have got.",
            "state",
            {state.value: count for state, count in counts.by_state.items()},
        )
        yield counter(
            "recbot_duplicates_removed",
            "Messages that stood in Slack twice, of which the later one was removed.",
            counts.duplicates_removed,
        )
        waits = (self.clock.now() - counts.oldest_due).total_seconds() if counts.oldest_due else 0.0
        yield gauge("recbot_oldest_due_seconds", "How long the oldest unsent message has waited.", waits)
        if counts.last_digest is not None:
            yield gauge(
                "recbot_last_digest_timestamp_seconds",
                "When the last digest went out, in Unix time.",
                counts.last_digest.timestamp(),
            )
