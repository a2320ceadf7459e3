"""What a person can ask for with `/recs`, once their words are understood.

Pages count from 1. Dates are London dates."""

from dataclasses import dataclass
from datetime import date

from bot.domain.questions.account import Form, Format
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.body_facts import BodyFact
from bot.domain.register.details import NO_DETAILS, Details
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.policing_body import Sureness
from bot.domain.register.published_response import Step
from bot.domain.register.redaction import Ground


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
class Respond:
    """`reason` may be empty: whether one is needed is the register's rule, not the reader's."""

    answer: Answer
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True)
class Progress:
    """`part` is the label of the part that it is about; empty for all of the recommendation."""

    stage: Stage
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    text: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS
    part: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    recommendation: Ref
    body: Body | None = None
    text: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True)
class UpdateForm:
    """The form to record in; without recommendations it is about all that the body has open. `note` and
    `stage` are what was typed already."""

    recommendations: tuple[Ref, ...] = ()
    body: Body | None = None
    note: str = ""
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    pass


@dataclass(frozen=True, slots=True)
class Grant:
    """Each person gets the role for each body; `bodies` are empty exactly when the role is coordinator, and
    `kind` is None where it was not said."""

    people: tuple[Mention, ...]
    role: Role
    bodies: tuple[Body, ...] = ()
    kind: ContactKind | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """`even_the_last` when the person said "anyway": then a body may be left without a contact."""

    person: Mention
    role: Role
    body: Body | None = None
    even_the_last: bool = False


@dataclass(frozen=True, slots=True)
class Extend:
    """`until` is a London date. `no_victim` when the person said that the text identifies nobody."""

    recommendation: Ref
    until: date
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """`on` is the London date on which the body expects to be done. `no_victim` when the person said that the
    text identifies nobody."""

    on: date
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class AskBody:
    """`no_victim` when the person said that the text identifies nobody."""

    recommendation: Ref
    body: Body | None = None
    text: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    recommendations: tuple[Ref, ...]
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve what waits for approval with a body."""

    recommendations: tuple[Ref, ...]
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send back what waits for approval with a body."""

    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """`on` is the London date on which the inspectorate closed it, `level` its own word for how far it was
    convinced. `no_victim` when the person said that the text identifies nobody."""

    on: date
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    level: str = ""
    source: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class Reopen:
    recommendation: Ref
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class ReportOfParty:
    """What one of the others whom a recommendation is addressed to reported on a London day, or somebody
    reported for it; `party` is empty where whoever reported is the one, or there is only one."""

    recommendation: Ref
    reported_by: str
    on: date
    text: str
    party: str = ""
    corrects: int | None = None  # the number of the report that it puts right
    no_victim: bool = False
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True)
class RecordPublishedResponse:
    """A step of a body's published response to a report, taken on a London day (None for today): the chief
    officer's comments invited by another (`comments_by`), published at `url`, or copied to whom `text`
    names. `no_victim` when the person said that the text identifies nobody."""

    step: Step
    report: ReportName
    body: Body | None = None
    on: date | None = None
    comments_by: date | None = None
    url: str = ""
    text: str = ""
    no_victim: bool = False


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
class SetReport:
    """The London day by which a report asks bodies to publish their response; None for none. `confirmed`
    when the person has seen what it changes and said "anyway"."""

    report: ReportName
    publish_by: date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """`confirmed` when the person has seen what it changes and said "anyway"."""

    recommendation: Ref
    superseded_by: Ref | None = None
    reason: str = ""
    confirmed: bool = False
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class ListEndings:
    """Which bodies end, or have ended, and who stands in their place."""


@dataclass(frozen=True, slots=True)
class ChangeEnding:
    """The end of a body as a coordinator says it; what is None stays as it is. With `refs` these alone pass
    to `heir`. `confirmed` when the person has seen what it changes and said "anyway"."""

    body: Body
    last_day: date | None = None  # London
    heir: Body | None = None
    sureness: Sureness | None = None
    source: str = ""
    refs: tuple[Ref, ...] = ()
    is_withdrawn: bool = False
    contacts_pass: bool | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ShowBody:
    """What a body is called and is, what it was, and what it is to be."""

    body: Body


@dataclass(frozen=True, slots=True)
class ChangeBody:
    """What a body is called, or is, from a London day on; from today where none was said. `is_withdrawn`
    takes back what is planned. `confirmed` when the person has seen what it changes and said "anyway"."""

    body: Body
    facts: tuple[tuple[BodyFact, str], ...] = ()
    from_day: date | None = None
    source: str = ""
    is_withdrawn: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Redact:
    """`confirmed` when the person has seen what would be erased and said "anyway"."""

    seq: int
    ground: Ground | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AddReport:
    pass


@dataclass(frozen=True, slots=True)
class AddRecommendation:
    report: ReportName


@dataclass(frozen=True, slots=True)
class ImportTable:
    """The form in which a table is pasted."""


@dataclass(frozen=True, slots=True)
class CorrectRecommendation:
    recommendation: Ref


@dataclass(frozen=True, slots=True)
class Search:
    """`words` are as they were typed, parted by single spaces; `ref` where they name a recommendation."""

    words: str
    page: int = 1
    ref: Ref | None = None


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
class LetterFrameForm:
    """The form in which the frame of a report's letter is kept."""

    report: ReportName


@dataclass(frozen=True, slots=True)
class MyCalendar:
    """The asker's deadlines as a calendar file."""


@dataclass(frozen=True, slots=True)
class Remind:
    recommendation: Ref
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """`until` is the London date from which the asker is back."""

    until: date


@dataclass(frozen=True, slots=True)
class Back:
    pass


@dataclass(frozen=True, slots=True)
class ChannelMention:
    """A channel that Slack itself has resolved: `<#C0COORD|coordinators>`. `name` may be empty."""

    channel: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StartFollowing:
    """A weekly message about a subject, to the asker or to a channel."""

    subject: Ref | Named
    channel: ChannelMention | None = None


@dataclass(frozen=True, slots=True)
class StopFollowing:
    subject: Ref | Named
    channel: ChannelMention | None = None


@dataclass(frozen=True, slots=True)
class ListFollowed:
    """What the asker follows."""


@dataclass(frozen=True, slots=True)
class DigestNext:
    pass


@dataclass(frozen=True, slots=True)
class DigestPreview:
    pass


@dataclass(frozen=True, slots=True)
class DigestSend:
    pass


TypedCommand = (
    Overview
    | Status
    | InRegion
    | Standing
    | AsAt
    | ListEndings
    | ChangeEnding
    | ShowBody
    | ChangeBody
    | Deadlines
    | Overdue
    | Waiting
    | Changes
    | Mine
    | History
    | Contacts
    | Help
    | Respond
    | Progress
    | Note
    | UpdateForm
    | Undo
    | Grant
    | Revoke
    | Extend
    | Expect
    | AskBody
    | Check
    | Close
    | Approve
    | SendBack
    | Reopen
    | ReportOfParty
    | RecordPublishedResponse
    | Published
    | SetReport
    | Withdraw
    | Redact
    | AddReport
    | AddRecommendation
    | CorrectRecommendation
    | ImportTable
    | Search
    | Export
    | Map
    | Chart
    | BodyReturn
    | Letter
    | LetterFrameForm
    | MyCalendar
    | Remind
    | Away
    | Back
    | StartFollowing
    | StopFollowing
    | ListFollowed
    | DigestNext
    | DigestPreview
    | DigestSend
)
