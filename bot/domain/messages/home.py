"""What Home shows: to contacts what they owe and recorded, to coordinators what waits for them, to all else
the live recommendations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.messages.digest import DigestOutlook
from bot.domain.questions.answers import Mine, Overdue, Overview, Page, UpdateView


class Topic(StrEnum):
    """The lists of Home that can be longer than it has room for."""

    OWED = "owed"
    REMINDERS = "reminders"
    LIVE = "live"
    LATE = "late"
    REQUESTS = "requests"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in Home its reader is: at the front, where every list begins, or at a page of one of them."""

    topic: Topic | None = None
    page: int = 1

    @classmethod
    def named(cls, name: str) -> "Place":
        """The place whose `name` this is; the front for any other words."""
        topic, _, page = name.partition(" ")
        if topic not in tuple(Topic) or not (page.isascii() and page.isdigit()):
            return cls()
        return cls(Topic(topic), max(1, int(page)))

    @property
    def name(self) -> str:
        return f"{self.topic} {self.page}" if self.topic else ""

    def page_of(self, topic: Topic) -> int:
        return self.page if topic is self.topic else 1


class Remedy(StrEnum):
    """What its author can still do about an update: take it back, and after `UNDO_WITHIN` correct it."""

    UNDO = "undo"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Own:
    """An update that the reader recorded; None for what neither undoing nor correcting is for.

    `together` is all that undoing takes back, in the order of recording, where it is more than this."""

    told: UpdateView
    remedy: Remedy | None = None
    together: tuple[UpdateView, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminding:
    """Whether the reader is reminded of what a body owes; `can_pause` where somebody else is too."""

    body_code: str
    body_name: str
    paused: bool
    can_pause: bool


@dataclass(frozen=True, slots=True)
class ContactPart:
    """A page of what the reader's bodies owe, nearest deadline first, without what is done."""

    owed: Mine
    reminders: tuple[Reminding, ...]
    reminders_page: Page


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text of a body that may not be quoted yet; `asked_at` is the UTC instant at which leave was asked."""

    told: UpdateView
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoordinatorPart:
    """Requests come oldest first, texts newest first; of both there may be more after this page."""

    live: Overview
    late: Overdue
    without_contact: tuple[str, ...]
    requests: tuple[UpdateView, ...]
    more_requests: int
    texts: tuple[Waiting, ...]
    more_texts: int
    digest: DigestOutlook


@dataclass(frozen=True, slots=True)
class Home:
    """A person can have both parts; `live` is for whoever has neither. `recent` is what they recorded last,
    newest first."""

    place: Place
    contact: ContactPart | None = None
    coordinator: CoordinatorPart | None = None
    live: Overview | None = None
    recent: tuple[Own, ...] = ()
