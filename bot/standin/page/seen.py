"""What one of the cast sees: the conversation, a thread, the files in it, and what is new elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from bot.standin.cast import CHANNEL, CHANNEL_NAME
from bot.standin.messages import Post, Reply, SharedFile
from bot.standin.moved_clock import LONDON
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

# As many messages as are shown of a conversation, the newest.
MOST_SHOWN = 150

_PICTURE = re.compile(r"\.(png|jpe?g|gif|webp|svg)$", re.IGNORECASE)


class Place(StrEnum):
    """Where one can be; the value stands in the page's address."""

    CHANNEL = "channel"
    MESSAGES = "messages"
    HOME = "home"

    @property
    def label(self) -> str:
        return {
            Place.CHANNEL: f"#{CHANNEL_NAME}",
            Place.MESSAGES: "Direct messages",
            Place.HOME: "Home",
        }[self]

    @property
    def heading(self) -> str:
        return {
            Place.CHANNEL: f"#{CHANNEL_NAME}",
            Place.MESSAGES: "Direct messages with recbot",
            Place.HOME: "Home of recbot",
        }[self]


@dataclass(frozen=True)
class Seen:
    """One message before a person; `answers` counts those in its thread."""

    message: Reply | Post
    author: str
    is_bot: bool
    answers: int = 0

    @property
    def key(self) -> str:
        return f"{'only-you' if self.is_only_theirs else 'post'}-{self.message.ts}"

    @property
    def is_only_theirs(self) -> bool:
        return isinstance(self.message, Reply)

    @property
    def is_edited(self) -> bool:
        return isinstance(self.message, Post) and self.message.edited

    @property
    def files(self) -> Sequence[SharedFile]:
        return self.message.files if isinstance(self.message, Post) else ()

    @property
    def sent_at(self) -> datetime:
        """London's time."""
        return datetime.fromtimestamp(float(self.message.ts), LONDON)


@dataclass(frozen=True)
class Thread:
    head: Seen
    answers: Sequence[Seen]


class Eyes:
    """One person's eyes, for one look."""

    def __init__(self, slack: StandIn, person: Person) -> None:
        self._slack = slack
        self._person = person

    @cached_property
    def names(self) -> Mapping[str, str]:
        return self._slack.names

    def conversation(self, place: Place) -> list[Seen]:
        """Return the messages outside threads, oldest first."""
        heads = [message for message in self._messages(place) if message.thread_ts in (None, message.ts)]
        answers = Counter(
            message.thread_ts for message in self._messages(place) if message.thread_ts != message.ts
        )
        return [self._seen(head, answers[head.ts]) for head in heads[-MOST_SHOWN:]]

    def thread(self, place: Place, ts: str) -> Thread | None:
        """Return a thread by its first message, None if there is no such message."""
        messages = self._messages(place)
        heads = [message for message in messages if message.ts == ts]
        answers = [self._seen(message) for message in messages if message.thread_ts == ts != message.ts]
        return Thread(self._seen(heads[0], len(answers)), answers) if heads else None

    def message(self, key: str) -> Reply | Post:
        """Return what this person may click in, by its key. Raises LookupError."""
        for place in (Place.CHANNEL, Place.MESSAGES):
            for message in self._messages(place):
                if self._seen(message).key == key:
                    return message
        raise LookupError("This message is not there any more.")

    def file(self, file_id: str) -> SharedFile:
        """Return a file shared where this person can see it. Raises LookupError."""
        for place in (Place.CHANNEL, Place.MESSAGES):
            for message in self._messages(place):
                for file in message.files if isinstance(message, Post) else ():
                    if file.id == file_id:
                        return file
        raise LookupError("This file is not there.")

    def latest(self, place: Place) -> str:
        """Return the newest message's time stamp, threads included."""
        return max((message.ts for message in self._messages(place)), default="")

    def count_since(self, place: Place, ts: str) -> int:
        return sum(message.ts > ts for message in self._messages(place))

    def _messages(self, place: Place) -> list[Reply | Post]:
        return {
            Place.CHANNEL: self._in_channel,
            Place.MESSAGES: self._in_direct_messages,
            Place.HOME: [],
        }[place]

    @cached_property
    def _in_channel(self) -> list[Reply | Post]:
        posts = self._slack.posts_and_answers(CHANNEL)
        return _by_time(
            [*posts, *(only_their for only_their in self._only_theirs if only_their.channel == CHANNEL)]
        )

    @cached_property
    def _in_direct_messages(self) -> list[Reply | Post]:
        posts = self._slack.direct_messages(self._person.id)
        return _by_time(
            [*posts, *(only_their for only_their in self._only_theirs if only_their.channel.startswith("D"))]
        )

    @cached_property
    def _only_theirs(self) -> list[Reply]:
        return self._slack.seen_by(self._person.id)

    def _seen(self, message: Reply | Post, answers: int = 0) -> Seen:
        user = message.user if isinstance(message, Post) else self._slack.bot_user_id
        return Seen(message, self.names.get(user, user), user == self._slack.bot_user_id, answers)


def is_picture(file: SharedFile) -> bool:
    return bool(_PICTURE.search(file.name))


def _by_time(messages: Iterable[Reply | Post]) -> list[Reply | Post]:
    return sorted(messages, key=lambda message: message.ts)
