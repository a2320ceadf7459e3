"""What a person can look up with `/recs`, and what they name in it, once their words are understood.

`typed_recordings.py` has what they can record. Pages count from 1. Dates are London dates."""

from datetime import date

from msgspec import Struct

from bot.domain.questions.account import Form, Format
from bot.domain.questions.names import Body, Named, Region, ReportName


class Ref(Struct, frozen=True):
    """A recommendation as it was typed: `number` is `15` or `3a`; `report` is the key of the report, or
    None where the person did not say and the register has to find it."""

    report: str | None
    number: str

    def __str__(self) -> str:
        return f"{self.report} {self.number}" if self.report else self.number


class Mention(Struct, frozen=True):
    """A person whom Slack itself has resolved: `<@U0KIM|kim>`. `name` may be empty."""

    user_id: str
    name: str


class Overview(Struct, frozen=True):
    page: int = 1


class Status(Struct, frozen=True):
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    page: int = 1


class InRegion(Struct, frozen=True):
    """How one recommendation stands with the bodies of a region that it is addressed to."""

    recommendation: Ref
    region: Region


class Standing(Struct, frozen=True):
    """How a body, a region or a whole report stands."""

    subject: Named
    page: int = 1


class AsAt(Struct, frozen=True):
    """How recommendations (with a body or with all), a report, a body or a region stood at the end of a
    London day; `known` when only what had been recorded by then counts."""

    subject: tuple[Ref, ...] | Named
    day: date
    known: bool = False
    body: Body | None = None
    page: int = 1


class Deadlines(Struct, frozen=True):
    """`within_days` from today, or `before` a day (that day left out); `everything` when all was asked.
    With none of the three the person left it to us."""

    within_days: int | None = None
    before: date | None = None
    everything: bool = False
    page: int = 1


class Overdue(Struct, frozen=True):
    """`body` or `region` only beside a recommendation."""

    subject: Ref | Named | None = None
    page: int = 1
    body: Body | None = None
    region: Region | None = None


class Waiting(Struct, frozen=True):
    """`body` or `region` only beside a recommendation."""

    subject: Ref | Named | None = None
    page: int = 1
    body: Body | None = None
    region: Region | None = None


class Changes(Struct, frozen=True):
    """`since` the beginning of that day; None means since the last digest."""

    since: date | None = None
    page: int = 1


class Mine(Struct, frozen=True):
    page: int = 1


class History(Struct, frozen=True):
    recommendation: Ref | None = None
    body: Body | None = None
    page: int = 1


class Contacts(Struct, frozen=True):
    subject: Body | Region | None = None
    page: int = 1


class Help(Struct, frozen=True):
    """`verb` is the first word of a row in the table of verbs; without one what is needed most is on page 1,
    and every verb on page 2."""

    verb: str | None = None
    page: int = 1


class Published(Struct, frozen=True):
    """Who has published their response to a report, or to all that ask for one; of a body or a region, or of
    all; as it stands, or stood at the end of a London day (`known` when only what had been recorded by then
    counts)."""

    report: ReportName | None = None
    scope: Body | Region | None = None
    as_at: date | None = None
    known: bool = False


class ListEndings(Struct, frozen=True):
    """Which bodies end, or have ended, and who stands in their place."""


class ShowBody(Struct, frozen=True):
    """What a body is called and is, what it was, and what it is to be."""

    body: Body


class Search(Struct, frozen=True):
    """`words` are as they were typed, parted by single spaces; `ref` where they name a recommendation."""

    words: str
    page: int = 1
    ref: Ref | None = None
    body: Body | None = None  # whose texts alone are searched: `search kent: housing`


class Export(Struct, frozen=True):
    """An account of a recommendation, of a report or of all that is live, with all bodies or with one; as it
    stands, or stood at the end of a London day (`known` when only what had been recorded by then counts)."""

    subject: Ref | ReportName | None = None
    body: Body | None = None
    format: Format = Format.DOCX
    form: Form = Form.PUBLISHED
    as_at: date | None = None
    known: bool = False
    approved_only: bool = False


class Map(Struct, frozen=True):
    """How a recommendation stands in each area; or stood at the end of a London day (`known` when only what
    had been recorded by then counts)."""

    recommendation: Ref
    as_at: date | None = None
    known: bool = False


class Chart(Struct, frozen=True):
    """Progress over time of a recommendation or a report, until today or the end of a London day (`known`
    when only what had been recorded by then counts)."""

    subject: Ref | ReportName
    as_at: date | None = None
    known: bool = False


class BodyReturn(Struct, frozen=True):
    """The form on which a body answers without Slack."""

    body: Body


class Letter(Struct, frozen=True):
    """The letter that answers a report, as its recommendations stand or stood at the end of a London day
    (`known` when only what had been recorded by then counts). `anyway` when the person has seen what is
    missing in it."""

    report: ReportName
    as_at: date | None = None
    known: bool = False
    anyway: bool = False


class MyCalendar(Struct, frozen=True):
    """The asker's deadlines as a calendar file."""


class ChannelMention(Struct, frozen=True):
    """A channel that Slack itself has resolved: `<#C0COORD|coordinators>`. `name` may be empty."""

    channel: str
    name: str = ""


class ListFollowed(Struct, frozen=True):
    """What the asker follows."""


class DigestNext(Struct, frozen=True):
    pass


class DigestPreview(Struct, frozen=True):
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
