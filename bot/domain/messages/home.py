"""What Home shows: to contacts what they owe and recorded, to coordinators what waits for them, to all else
the live recommendations."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.messages.digest import DigestOutlook, ExpectedLate, ReportStanding
from bot.domain.messages.following import NamedSubject
from bot.domain.questions.answers import OverdueList, OwnOverview, RegisterOverview, StandingRow, UpdateView
from bot.domain.questions.pages import Page
from bot.domain.register.approval import ForApproval

# Texts without leave to publish are counted up to here, since there may be as many as updates.
MOST_TEXTS = 1_000


class Topic(StrEnum):
    """A list of Home that can be longer than Home has room for."""

    OWED = "owed"
    REMINDERS = "reminders"
    LIVE = "live"
    LATE = "late"
    REQUESTS = "requests"
    NO_CONTACT = "no-contact"
    TEXTS = "texts"
    QUESTIONS = "questions"
    DIFFERING = "differing"


class HomePlace(Struct, frozen=True):
    """Where in Home its reader is."""

    topic: Topic | None = None  # None at the front, where every list begins
    page: int = 1

    @classmethod
    def named(cls, name: str) -> "HomePlace":
        """Return the place whose `name` this is; the front for any other words."""
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
    """What its author can still do about an update: undo it, and after `UNDO_WITHIN` correct it."""

    UNDO = "undo"
    CORRECT = "correct"


class Own(Struct, frozen=True):
    """An update that the reader recorded."""

    view: UpdateView
    remedy: Remedy | None = None  # None for what neither undoing nor correcting is for
    together: tuple[UpdateView, ...] = ()  # all that undoing takes back, in order, where it is more than this


class Reminding(Struct, frozen=True):
    """Whether the reader is reminded of what a body owes."""

    body_code: str
    body_name: str
    paused: bool
    can_pause: bool  # only where somebody else is reminded too
    is_only_contact: bool = False  # whether the body has no other contact who is there


class ContactPart(Struct, frozen=True):
    """A page of what the reader's bodies owe, nearest deadline first, without what is done."""

    owed: OwnOverview
    reminders: tuple[Reminding, ...]
    reminders_page: Page
    away_until: date | None = None  # a London date: until then no reminders come
    questions: tuple[UpdateView, ...] = ()  # the first that the association asks and nobody has answered
    # What waits for the reader's approval, the oldest first: each group was recorded together.
    approvals: tuple[tuple[ForApproval, ...], ...] = ()
    more_approvals: int = 0  # how many recordings come after these


class UnquotedText(Struct, frozen=True):
    """A text of a body that may not be quoted yet."""

    view: UpdateView
    asked_at: datetime | None = None  # the UTC instant at which leave to quote it was asked for


class CoordinatorPart(Struct, frozen=True):
    """What waits for the coordinators."""

    reports: tuple[ReportStanding, ...]  # nearest deadline first
    live: RegisterOverview
    late: OverdueList
    without_contact: tuple[str, ...]  # names of bodies
    requests: tuple[UpdateView, ...]  # a page, oldest first
    more_requests: int  # how many come after this page
    texts: tuple[UnquotedText, ...]  # a page, newest first
    more_texts: int  # how many come after this page, counted no further than to one more than `MOST_TEXTS`
    digest: DigestOutlook
    questions: tuple[UpdateView, ...] = ()  # a page of those that no body has answered, oldest first
    more_questions: int = 0  # how many come after this page
    # A page of those whose predecessors differ, while nobody has said how they stand.
    differing: tuple[StandingRow, ...] = ()
    more_differing: int = 0  # how many come after this page
    endings_to_answer: int = 0  # ends of bodies on whose contacts no coordinator has answered
    expected_late: tuple[ExpectedLate, ...] = ()  # in the order of the reports
    for_approval: int = 0  # how many recordings wait for bodies' approvers


class Home(Struct, frozen=True):
    """What a person's Home shows. A person can have both parts."""

    place: HomePlace
    contact: ContactPart | None = None
    coordinator: CoordinatorPart | None = None
    live: RegisterOverview | None = None  # for whoever has neither part
    recent: tuple[Own, ...] = ()  # what they recorded last, newest first
    follows: tuple[NamedSubject, ...] = ()
