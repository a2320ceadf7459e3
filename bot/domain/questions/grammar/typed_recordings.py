"""What a person can record or change with `/recs`, once their words are understood.

`typed_commands.py` has what they can look up. Dates are London dates. `no_victim` is set when the person said
that the text identifies nobody, `confirmed` when they have seen what it changes and said "anyway"."""

from dataclasses import dataclass
from datetime import date

from bot.domain.questions.grammar.typed_commands import ChannelMention, Mention, Ref
from bot.domain.questions.names import Body, Named, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.body_facts import BodyFact
from bot.domain.register.details import NO_DETAILS, Details
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.policing_body import Sureness
from bot.domain.register.published_response import Step
from bot.domain.register.redaction import Ground


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
    """`until` is a London date."""

    recommendation: Ref
    until: date
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """`on` is the London date on which the body expects to be done."""

    on: date
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class AskBody:
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
    convinced."""

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
    names."""

    step: Step
    report: ReportName
    body: Body | None = None
    on: date | None = None
    comments_by: date | None = None
    url: str = ""
    text: str = ""
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class SetReport:
    """The London day by which a report asks bodies to publish their response; None for none."""

    report: ReportName
    publish_by: date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    recommendation: Ref
    superseded_by: Ref | None = None
    reason: str = ""
    confirmed: bool = False
    no_victim: bool = False


@dataclass(frozen=True, slots=True)
class ChangeEnding:
    """The end of a body as a coordinator says it; what is None stays as it is. With `refs` these alone pass
    to `heir`."""

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
class ChangeBody:
    """What a body is called, or is, from a London day on; from today where none was said. `is_withdrawn`
    takes back what is planned."""

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
class LetterFrameForm:
    """The form in which the frame of a report's letter is kept."""

    report: ReportName


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
class StartFollowing:
    """A weekly message about a subject, to the asker or to a channel."""

    subject: Ref | Named
    channel: ChannelMention | None = None


@dataclass(frozen=True, slots=True)
class StopFollowing:
    subject: Ref | Named
    channel: ChannelMention | None = None


@dataclass(frozen=True, slots=True)
class DigestSend:
    pass


Recording = (
    ChangeEnding
    | ChangeBody
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
    | SetReport
    | Withdraw
    | Redact
    | AddReport
    | AddRecommendation
    | CorrectRecommendation
    | ImportTable
    | LetterFrameForm
    | Remind
    | Away
    | Back
    | StartFollowing
    | StopFollowing
    | DigestSend
)
