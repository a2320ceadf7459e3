"""One question about the register: of what, on which condition, at what time, in what shape.

Every lookup, however it is asked, is one `Question`. `written.py` writes it as the one text that asks for it,
`grammar/written_questions.py` reads that text, and `sense.py` says which combinations make no sense."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum, StrEnum, auto

from msgspec import Struct
from msgspec.structs import force_setattr

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Region, ReportName


class Group(StrEnum):
    """Bodies that have something in common but their region. The value is how it is typed."""

    ENGLAND = "england"
    MAYORS = "mayors"  # kinds `mayor` and `mopac`
    COMMISSIONERS = "commissioners"  # kinds `pcc` and `pfcc`
    FIRE_COMMISSIONERS = "fire commissioners"  # kind `pfcc`


Place = Body | Region | Group


class Scope(Struct, frozen=True):
    """Of what is asked. Several recommendations or reports, and several places, each widen what is meant;
    with none of them it is all that is live, and all bodies."""

    recommendations: tuple[Ref, ...] = ()
    reports: tuple[ReportName, ...] = ()
    places: tuple[Place, ...] = ()
    # Taken away from the places, or from all bodies.
    excepted: tuple[Place, ...] = ()
    # The asker's own bodies, as their grants say; never beside `places`.
    mine: bool = False
    # The letter of a part (`a`), beside exactly one recommendation.
    part: str = ""

    def __post_init__(self) -> None:
        # Their order carries no meaning; a report's name before a number would belong to those after it too.
        refs = sorted(dict.fromkeys(self.recommendations), key=lambda ref: ref.report is not None)
        force_setattr(self, "recommendations", tuple(refs))
        force_setattr(self, "reports", tuple(dict.fromkeys(self.reports)))
        for name in ("places", "excepted"):
            places = sorted(dict.fromkeys(getattr(self, name)), key=lambda place: isinstance(place, Group))
            force_setattr(self, name, tuple(places))


class AskedState(StrEnum):
    """What can hold of one recommendation with one body, on a day. The value is how it is typed."""

    # Its answer.
    ACCEPTED = "accepted"
    NOT_YET_ACCEPTED = "not yet accepted"  # any answer but accepted, or none
    IN_PART = "accepted in part"
    NOT_ACCEPTED = "not accepted"
    WAITING = "waiting"  # no answer yet
    RESPONDED = "responded"  # any answer
    # Its progress.
    NOT_STARTED = "not started"
    STARTED = "begun"  # any progress but not started
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    NOT_BLOCKED = "not blocked"
    COMPLETE = "complete"  # or checked
    NOT_COMPLETE = "not complete"
    CHECKED = "checked"
    NOT_CHECKED = "not checked"  # complete, and nobody has checked it
    # Its deadline.
    OVERDUE = "overdue"
    NOT_OVERDUE = "not overdue"
    DONE_LATE = "done late"  # done, after its deadline
    EXTENDED = "extended"
    EXTENSION_ASKED = "asked for time"  # an extension asked for, and not decided
    EXTENSIONS = "extensions"  # either of these two
    EXPECTED_LATE = "expected late"  # the body itself expects a day after the deadline
    MOVED_TWICE = "moved twice"  # extended twice, or expected on a later day twice
    # What is recorded beside it.
    EVIDENCE = "evidence"
    NO_EVIDENCE = "no evidence"
    CONTACT = "with contact"  # the body has a contact
    NO_CONTACT = "no contact"
    APPROVED = "approved"
    NOT_APPROVED = "for approval"  # or sent back
    QUOTABLE = "quotable"  # the latest text may be published
    NOT_QUOTABLE = "not quotable"
    CLOSED = "closed"  # by the inspectorate
    NOT_CLOSED = "not closed"


class NoNews(Struct, frozen=True):
    """Nothing recorded in the last `days` days."""

    days: int


class Theme(Struct, frozen=True):
    """A word of the report's own list of themes."""

    word: str


class Priority(Struct, frozen=True):
    """The recommendation is marked as a priority."""


Condition = AskedState | NoNews | Theme | Priority


class Aspect(Enum):
    """What a state is about. Of two states of one aspect only one can hold."""

    PROGRESS = auto()
    ANSWER = auto()
    DEADLINE = auto()
    BESIDE = auto()


class StateWords(Struct, frozen=True):
    """How people type a state beside its value; whether it stands first (`overdue 15`); its opposite."""

    aspect: Aspect
    synonyms: tuple[str, ...] = ()
    stands_first: bool = False
    opposite: AskedState | None = None


_P, _A, _D, _B = Aspect.PROGRESS, Aspect.ANSWER, Aspect.DEADLINE, Aspect.BESIDE
_S = AskedState

STATES: Mapping[AskedState, StateWords] = {
    _S.NOT_STARTED: StateWords(_P, ("not begun", "unstarted"), opposite=_S.STARTED),
    _S.STARTED: StateWords(_P, ("started",), opposite=_S.NOT_STARTED),
    _S.IN_PROGRESS: StateWords(_P, ("under way", "underway")),
    _S.BLOCKED: StateWords(_P, ("stuck",), opposite=_S.NOT_BLOCKED),
    _S.NOT_BLOCKED: StateWords(_P, ("unblocked",), opposite=_S.BLOCKED),
    _S.COMPLETE: StateWords(_P, ("completed", "done", "finished"), opposite=_S.NOT_COMPLETE),
    _S.NOT_COMPLETE: StateWords(
        _P, ("not completed", "not done", "not finished", "incomplete", "unfinished"), opposite=_S.COMPLETE
    ),
    _S.CHECKED: StateWords(_P, opposite=_S.NOT_CHECKED),
    _S.NOT_CHECKED: StateWords(_P, ("unchecked",), opposite=_S.CHECKED),
    _S.ACCEPTED: StateWords(_A, ("agreed",), opposite=_S.NOT_YET_ACCEPTED),
    _S.NOT_YET_ACCEPTED: StateWords(_A, opposite=_S.ACCEPTED),
    _S.IN_PART: StateWords(_A, ("in part", "partly accepted", "partly")),
    _S.NOT_ACCEPTED: StateWords(_A, ("declined", "rejected", "refused")),
    _S.WAITING: StateWords(_A, ("awaiting", "not responded"), stands_first=True, opposite=_S.RESPONDED),
    _S.RESPONDED: StateWords(_A, ("answered", "replied"), opposite=_S.WAITING),
    _S.OVERDUE: StateWords(_D, ("late",), stands_first=True, opposite=_S.NOT_OVERDUE),
    _S.NOT_OVERDUE: StateWords(_D, ("not late",), opposite=_S.OVERDUE),
    _S.DONE_LATE: StateWords(_D),
    _S.EXTENDED: StateWords(_D),
    _S.EXTENSION_ASKED: StateWords(_D, ("asked for more time",)),
    _S.EXTENSIONS: StateWords(_D, stands_first=True),
    _S.EXPECTED_LATE: StateWords(_D),
    _S.MOVED_TWICE: StateWords(_D, ("date moved twice", "dates moved twice"), stands_first=True),
    _S.EVIDENCE: StateWords(_B, ("with evidence",), stands_first=True, opposite=_S.NO_EVIDENCE),
    _S.NO_EVIDENCE: StateWords(
        _B,
        ("without evidence", "awaiting evidence", "missing evidence"),
        stands_first=True,
        opposite=_S.EVIDENCE,
    ),
    _S.CONTACT: StateWords(_B, ("with a contact",), opposite=_S.NO_CONTACT),
    _S.NO_CONTACT: StateWords(_B, ("without contact", "no contacts"), stands_first=True, opposite=_S.CONTACT),
    _S.APPROVED: StateWords(_B, opposite=_S.NOT_APPROVED),
    _S.NOT_APPROVED: StateWords(_B, ("not approved", "unapproved"), opposite=_S.APPROVED),
    _S.QUOTABLE: StateWords(_B, stands_first=True, opposite=_S.NOT_QUOTABLE),
    _S.NOT_QUOTABLE: StateWords(_B, stands_first=True, opposite=_S.QUOTABLE),
    _S.CLOSED: StateWords(_B, opposite=_S.NOT_CLOSED),
    _S.NOT_CLOSED: StateWords(_B, opposite=_S.CLOSED),
}


def aspect_of(condition: Condition) -> Aspect:
    return STATES[condition].aspect if isinstance(condition, AskedState) else Aspect.BESIDE


def is_of_recommendations(condition: Condition) -> bool:
    """Whether it holds of a recommendation, whatever the body, and so narrows what is asked about."""
    return isinstance(condition, Theme | Priority)


def of_addressees(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return those that hold of a recommendation with one body."""
    return tuple(condition for condition in conditions if not is_of_recommendations(condition))


def opposite_of(state: AskedState) -> AskedState | None:
    """Return the state that holds where `state` does not; None where no word says it."""
    return STATES[state].opposite


class Now(Struct, frozen=True):
    """As it stands; for changes since the last digest, for deadlines what comes next."""


class AsAt(Struct, frozen=True):
    """At the end of the London day `day`; `known` when only what had been recorded by then counts."""

    day: date
    known: bool = False


class Since(Struct, frozen=True):
    """From the beginning of the London day `day` until now."""

    day: date


class Between(Struct, frozen=True):
    """From the beginning of `first` to the end of `last`, both London days; a month is the days it has."""

    first: date
    last: date


class Within(Struct, frozen=True):
    """The next `days` days, today and the last of them included."""

    days: int


class Before(Struct, frozen=True):
    """Until the end of the day before the London day `day`."""

    day: date


class From(Struct, frozen=True):
    """From the London day `day` on, without an end."""

    day: date


class AllTime(Struct, frozen=True):
    """Past and future alike."""


Time = Now | AsAt | Since | Between | Within | Before | From | AllTime


class Shape(StrEnum):
    """What the answer looks like. The value is how it is typed; a list needs no word."""

    LIST = ""
    COUNT = "count"
    PERCENT = "percent"
    BY_REGION = "by region"
    BY_REPORT = "by report"
    BY_THEME = "by theme"
    DEADLINES = "deadlines"
    CHANGES = "changes"
    HISTORY = "history"
    CONTACTS = "contacts"
    MAP = "map"
    CHART = "chart"


class ShapeWords(Struct, frozen=True):
    """How people type a shape, beside its value, and whether it stands first, as in `map 15`."""

    stands_first: bool
    synonyms: tuple[str, ...] = ()


SHAPES: Mapping[Shape, ShapeWords] = {
    Shape.LIST: ShapeWords(stands_first=False),
    Shape.COUNT: ShapeWords(stands_first=False, synonyms=("how many",)),
    Shape.PERCENT: ShapeWords(stands_first=False, synonyms=("percentage", "%")),
    Shape.BY_REGION: ShapeWords(stands_first=False),
    Shape.BY_REPORT: ShapeWords(stands_first=False),
    Shape.BY_THEME: ShapeWords(stands_first=False, synonyms=("by themes", "themes")),
    Shape.DEADLINES: ShapeWords(stands_first=True, synonyms=("deadline",)),
    Shape.CHANGES: ShapeWords(stands_first=True, synonyms=("changed",)),
    Shape.HISTORY: ShapeWords(stands_first=True),
    Shape.CONTACTS: ShapeWords(stands_first=True),
    Shape.MAP: ShapeWords(stands_first=True),
    Shape.CHART: ShapeWords(stands_first=True),
}


class File(Struct, frozen=True):
    """The answer as a file. A document (DOCX) is the account; a list is a table or JSON."""

    format: Format
    form: Form = Form.PUBLISHED


# The asker, in the place of a person's name.
MYSELF = "me"


class Question(Struct, frozen=True):
    """What is asked. Of several conditions all must hold. Pages count from 1."""

    scope: Scope = Scope()
    conditions: tuple[Condition, ...] = ()
    time: Time = Now()
    shape: Shape = Shape.LIST
    file: File | None = None
    page: int = 1
    # Who recorded it, or is a contact: a name as it is typed, or Slack's user id. Empty for everybody.
    by: str = ""

    def __post_init__(self) -> None:
        # Their order carries no meaning, so that equal questions are equal.
        conditions = sorted(dict.fromkeys(self.conditions), key=_place_of)
        force_setattr(self, "conditions", tuple(conditions))


_STATES_IN_ORDER = tuple(AskedState)


def _place_of(condition: Condition) -> tuple[int, int, str]:
    match condition:
        case AskedState():
            return 0, _STATES_IN_ORDER.index(condition), ""
        case NoNews():
            return 1, condition.days, ""
        case Theme():
            return 2, 0, condition.word
        case Priority():
            return 3, 0, ""
