"""What a question finds: whom it is about, how many, and a line for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from bot.domain.questions.answers import Deadline
from bot.domain.questions.model import Condition, Question, Time, of_addressees
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Page
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.questions.selection import Share
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import Origin, Predecessor
from bot.domain.register.update import Update


class Line(Struct, frozen=True):
    """One recommendation with one body, as one reader may read it."""

    recommendation: Recommendation
    addressee: Addressee
    since: date | None  # the London date from which the state stands that was asked about
    update: Update | None  # whose words say why; None where the state needs none
    contacts: tuple[str, ...]  # the names of those who can be asked
    asked_until: date | None  # a later deadline that is asked for, and not decided
    predecessors: tuple[Predecessor, ...] = ()  # in whose place the body stands, by name


class Measure(Struct, frozen=True):
    """How many bodies meet the conditions; where there is none, how many have accepted and completed."""

    conditions: tuple[Condition, ...]
    bodies: tuple[Share, ...]  # all bodies asked, by name
    reports: tuple[Share, ...] = ()  # by key, where it is asked for by report
    themes: tuple[Share, ...] = ()  # by theme, where it is asked so; the one without a name is of no theme
    has_several_themes: bool = False  # whether any recommendation is counted in several of them

    @property
    def addressed(self) -> int:
        return sum(body.addressed for body in self.bodies)

    @property
    def matching(self) -> int:
        return sum(body.matching for body in self.bodies)

    @property
    def holding(self) -> tuple[Share, ...]:
        """The bodies of which it holds at least once."""
        return tuple(body for body in self.bodies if body.matching)


class Answered(Struct, frozen=True):
    """The register looked at on the London date `day`; `looks_back` where it stands so no longer, and `known`
    where it is as it was known then. `typed` asks for the same again."""

    question: Question
    typed: str
    subject: QuestionSubject
    measures: tuple[Measure, ...]
    day: date
    page: Page
    lines: tuple[Line, ...] = ()
    region_of: Mapping[str, str] = field(default_factory=dict)  # by the code of the body
    looks_back: bool = False
    known: bool = False
    # Tells this very list from one that came to be since; empty where it is too long to be acted on.
    fingerprint: str = ""
    may_remind: bool = False
    # The reader's own bodies among those asked: for these it can be recorded.
    own: tuple[Body, ...] = ()
    # Of whom the count is, where bodies have ended that one recommendation was addressed to.
    origin: Origin | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those that hold of a recommendation with one body: others narrow the subject."""
        return of_addressees(self.question.conditions)

    @property
    def is_one_body(self) -> bool:
        return len(self.measures[0].bodies) == 1

    @property
    def is_one_recommendation(self) -> bool:
        return len(self.subject.recommendations) == 1


class DeadlinesOf(Struct, frozen=True):
    """What is still owed of a subject, in order of its deadlines, of those that `time` asks for."""

    rows: tuple[Deadline, ...]
    subject: QuestionSubject
    time: Time
    today: date
    typed: str
    page: Page


# Of the nearest questions that a refusal can offer, so many are buttons.
MOST_NEAREST = 4


class WhyUnanswered(StrEnum):
    """Why a question that makes sense has no answer."""

    NOT_RECORDED = "not recorded"  # the register does not hold it
    NOT_OF_THE_PAST = "not of the past"  # it is known as it is today alone
    PART = "part"  # a part has no answer, deadline or history of its own
    SHAPE = "shape"  # it cannot be shown so
    NO_FILE = "no file"  # a file tells how things stand, and holds no contacts, deadlines, changes or history
    MAP = "map"  # a map is of one recommendation with all bodies
    NO_SUCH_THEME = "no such theme"  # no recommendation that is asked about has it
    NO_PRIORITY = "no priority"  # none that is asked about is marked
    NOBODY_CALLED = "nobody called"  # no contact, coordinator or author has the name
    WHICH_PERSON = "which person"  # several have it


@dataclass
class CannotBeAnswered(Refusal):
    """`nearest` are questions that can be, the nearest first."""

    why: WhyUnanswered
    typed: str
    nearest: tuple[Question, ...] = ()
    conditions: tuple[Condition, ...] = ()  # those that cannot be told
    person: str = ""  # the name that is nobody's, or that of several


@dataclass
class ListHasChanged(Refusal):
    """What was pressed stood under a list that is another now: `typed` shows it as it is."""

    typed: str
