"""What a person or a channel follows, as the history keeps it: a weekly message tells what changed of it."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from bot.domain.register.people import PersonKey
from bot.domain.register.update import Change

_FOLLOWS = "followed by "
_YES = "yes"


class SubjectKind(StrEnum):
    """What can be followed."""

    RECOMMENDATION = "recommendation"
    REPORT = "report"
    BODY = "body"
    REGION = "region"


class Subject(Struct, frozen=True):
    """What is followed: `key` is a recommendation's id, a report's key, a body's code or a region's name."""

    kind: SubjectKind
    key: str

    def __str__(self) -> str:
        """Write it as the history has it, which `read` reads back."""
        return f"{self.kind}:{self.key}"

    @classmethod
    def read(cls, text: str) -> "Subject":
        """Read a subject from the text that the register holds. Raises ValueError for what is no such
        subject."""
        kind, colon, key = text.partition(":")
        if not (colon and key):
            raise ValueError(text)
        return cls(SubjectKind(kind), key)


class Reader(Struct, frozen=True):
    """Who gets the weekly message: a person, written T0HOME/U0KIM, or a channel by its id."""

    name: str

    @classmethod
    def of_person(cls, person: PersonKey) -> "Reader":
        return cls(str(person))

    @classmethod
    def of_channel(cls, channel: str) -> "Reader":
        return cls(channel)

    @property
    def person(self) -> PersonKey | None:
        """The person; None for a channel."""
        return PersonKey.read(self.name) if "/" in self.name else None

    @property
    def channel(self) -> str:
        """Where the message goes, as Slack takes it: a channel's id, or a person's."""
        return self.person.user_id if self.person else self.name


class Follow(Struct, frozen=True):
    """Who follows what."""

    reader: Reader
    subject: Subject

    def change(self, *, follows: bool = True) -> Change:
        """Return the change by which an update says so, or that it is so no longer."""
        was, now = ("", _YES) if follows else (_YES, "")
        return Change(f"{_FOLLOWS}{self.reader.name}: {self.subject}", was, now)


def follows_in(changes: Sequence[Change]) -> dict[Follow, bool]:
    """Return what the changes of an update say: whether each is followed from then on. Raises ValueError for
    what no recbot writes."""
    return {
        _follow(change.what.removeprefix(_FOLLOWS)): bool(change.now)
        for change in changes
        if change.what.startswith(_FOLLOWS)
    }


def _follow(text: str) -> Follow:
    reader, _, subject = text.partition(": ")
    return Follow(Reader(reader), Subject.read(subject))
