"""What a person can look up with `/recs`, and what they name in it, once their words are understood.

`typed_recordings.py` has what they can record. Pages count from 1. Dates are London dates."""

from dataclasses import dataclass
from datetime import date

from bot.domain.questions.account import Form, Format
from bot.domain.questions.names import Body, Named, Region, ReportName


@dataclass(frozen=True, slots=True)
class Ref:
    """A recommendation as it was typed: `number` is `15` or `3a`; `report` is the key of the report, or
    None where the person did not say and the register has to find it."""

    report: str | None
    number: str

    def __str__(self) -> str:
        return f"{self.report} {self.number}" if self.report else self.number


@dataclass(frozen=True, slots=True)
class Mention:
    """A person whom Slack itself has resolved: `<@U0KIM|kim>`. `name` may be empty."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Overview:
    page: int = 1


@dataclass(frozen=True, slots=True)
class Status:
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class InRegion:
    """How one recommendation stands with the bodies of a region that it is addressed to."""

    recommendation: Ref
    region: Region


@dataclass(frozen=True, slots=True)
class Standing:
    """How a body, a region or a whole report stands."""

    subject: Named
    page: int = 1


@dataclass(frozen=True, slots=True)
class AsAt:
    """How recommendations (with a body or with all), a report, a body or a region stood at the end of a
    London day; `known` when only what had been recorded by then counts."""

    subject: tuple[Ref, ...] | Named
    day: date
    known: bool = False
    body: Body | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`within_days` from today, or `before` a day (that day left out); `everything` when all was asked.
    With none of the three the person left it to us."""

    within_days: int | None = None
    before: date | None = None
    everything: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Overdue:
    """`body` or `region` only beside a recommendation."""

    subject: Ref | Named | None = None
    page: int = 1
    body: Body | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """`body` or `region` only beside a recommendation."""

    subject: Ref | Named | None = None
    page: int = 1
    body: Body | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """`since` the beginning of that day; None means since the last digest."""

    since: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Mine:
    page: int = 1


@dataclass(frozen=True, slots=True)
class History:
    recommendation: Ref | None = None
    body: Body | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Contacts:
    subject: Body | Region | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Help:
    """`verb` is the first word of a row in the table of verbs; without one what is needed most is on page 1,
    and every verb on page 2."""

    verb: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Published:
    """Who has published their response to a report, or to all that ask for one; of a body or a region, or of
    all; as it stands, or stood at the end of a London day (`known` when only what had been recorded by then
    counts)."""

    report: ReportName | None = None
    scope: Body | Region | None = None
    as_at: date | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class ListEndings:
    """Which bodies end, or have ended, and who stands in their place."""


@dataclass(frozen=True, slots=True)
class ShowBody:
    """What a body is called and is, what it was, and what it is to be."""

    body: Body


@dataclass(frozen=True, slots=True)
class Search:
    """`words` are as they were typed, parted by single spaces; `ref` where they name a recommendation."""

    words: str
    page: int = 1
    ref: Ref | None = None
    body: Body | None = None  # whose texts alone are searched: `search kent: housing`


@dataclass(frozen=True, slots=True)
class Export:
    """An account of a recommendation, of a report or of all that is live, with all bodies or with one; as it
    stands, or stood at the end of a London day (`known` when only what had been recorded by then counts)."""

    subject: Ref | ReportName | None = None
    body: Body | None = None
    format: Format = Format.DOCX
    form: Form = Form.PUBLISHED
    as_at: date | None = None
    known: bool = False
    approved_only: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """How a recommendation stands in each area; or stood at the end of a London day (`known` when only what
    had been recorded by then counts)."""

    recommendation: Ref
    as_at: date | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Progress over time of a recommendation or a report, until today or the end of a London day (`known`
    when only what had been recorded by then counts)."""

    subject: Ref | ReportName
    as_at: date | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class BodyReturn:
    """The form on which a body answers without Slack."""

    body: Body


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that answers a report, as its recommendations stand or stood at the end of a London day
    (`known` when only what had been recorded by then counts). `anyway` when the person has seen what is
    missing in it."""

    report: ReportName
    as_at: date | None = None
    known: bool = False
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class MyCalendar:
    """The asker's deadlines as a calendar file."""


@dataclass(frozen=True, slots=True)
class ChannelMention:
    """A channel that Slack itself has resolved: `<#C0COORD|coordinators>`. `name` may be empty."""

    channel: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListFollowed:
    """What the asker follows."""


@dataclass(frozen=True, slots=True)
class DigestNext:
    pass


@dataclass(frozen=True, slots=True)
class DigestPreview:
    pass


Lookup = (
    Overview
    | Status
    | InRegion
    | Standing
    | AsAt
    | ListEndings
    | ShowBody
    | Deadlines
    | Overdue
    | Waiting
    | Changes
    | Mine
    | History
    | Contacts
    | Help
    | Published
    | Search
    | Export
    | Map
    | Chart
    | BodyReturn
    | Letter
    | MyCalendar
    | ListFollowed
    | DigestNext
    | DigestPreview
)
