"""What lies ahead, as the bot itself says when asked: the next digest, the next deadline, the commands."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.standin.delivery import CommandFailed, NoReply, OperationTimeout
from bot.standin.messages import Json, Reply
from bot.standin.moved_clock import LONDON
from bot.standin.people import Person
from bot.standin.reading import shown
from bot.standin.stand_in import StandIn

# Nobody looks there, so that nobody sees the demo's own questions.
ASIDE = "C0ASIDE"

_DATE = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})(?: at (\d{2}:\d{2}))?")
_COMMAND = re.compile(r"`(/\w+[^`]*)`")
_AROUND = " :·,"
_MORNING = time(9)
_LATER = timedelta(minutes=15)
# On Mondays, and on Tuesdays after bank holidays.
_DIGEST_DAYS = 2


@dataclass(frozen=True)
class Suggestion:
    """Something to type, and what it is for."""

    text: str
    purpose: str


# The first page by need, and then every verb.
_HELP = ("/recs help", "/recs help page 2")


class Almanac:
    """Asks aside, as `coordinator` where it is not about somebody."""

    def __init__(self, slack: StandIn, coordinator: Person) -> None:
        self._slack = slack
        self._coordinator = coordinator
        slack.add_channel(ASIDE, "aside", private=True)

    def next_digest(self, now: datetime) -> datetime | None:
        """Return the instant of the next one after `now`, None if none comes or the bot does not say."""
        return self._first_after("/recs digest", now)

    def next_deadline(self, now: datetime) -> datetime | None:
        """Return nine in the morning of the next day on which something falls due."""
        return self._first_after("/recs deadlines all", now)

    def suggestions(self, person: Person) -> list[Suggestion]:
        """Return what the bot's help offers this person, after the commands themselves."""
        own = [Suggestion(name, purpose) for name, purpose in self._slack.commands.items()]
        replies = (self._reply_to(person, question) for question in _HELP)
        examples = (example for reply in replies if reply for example in _examples(reply.blocks))
        # Of what is offered twice, the first words are kept: those by need.
        by_text: dict[str, Suggestion] = {}
        for suggestion in (*own, *examples):
            by_text.setdefault(suggestion.text, suggestion)
        return list(by_text.values())

    def _first_after(self, question: str, now: datetime) -> datetime | None:
        reply = self._reply_to(self._coordinator, question)
        instants = _instants(reply.all_text) if reply else iter(())
        return min((instant for instant in instants if instant > now), default=None)

    def _reply_to(self, person: Person, question: str) -> Reply | None:
        try:
            reply = person.types(question, ASIDE)
        except (CommandFailed, NoReply, OperationTimeout):
            return None
        self._slack.forget(person.id, reply)
        return reply


def mornings(after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield nine in London of every Monday to Friday between two instants."""
    day = after.astimezone(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
    while day < until:
        if day > after and day.isoweekday() <= 5:
            yield day
        day += timedelta(days=1)


def stops(after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield these mornings, and a quarter past nine on Mondays and Tuesdays: what is followed comes some
    minutes after the digest."""
    yield from (
        stop
        for morning in mornings(after - _LATER, until)
        for stop in (morning, *([morning + _LATER] if morning.isoweekday() <= _DIGEST_DAYS else []))
        if after < stop < until
    )


def _instants(text: str) -> Iterator[datetime]:
    """Yield every date in a text, with its time of day where one is said, else at nine; London's."""
    for day, month, year, hour in _DATE.findall(text):
        try:
            date = datetime.strptime(f"{day} {month} {year}", "%d %b %Y")
        except ValueError:
            continue
        moment = time.fromisoformat(hour) if hour else _MORNING
        yield datetime.combine(date, moment, LONDON)


def _examples(blocks: list[Json]) -> Iterator[Suggestion]:
    """Yield the commands in the lines of a help, each with the words before it, or else before the line's
    first."""
    lines = (line for block in blocks for line in str(block.get("text", {}).get("text", "")).split("\n"))
    for line in lines:
        first, *rest = _COMMAND.split(line)
        purpose = shown(first).strip(_AROUND)
        for command, before in zip(rest[::2], [first, *rest[1::2]], strict=False):
            own = shown(before).strip(_AROUND)
            yield Suggestion(html.unescape(command), own[:1].upper() + own[1:] or purpose)
