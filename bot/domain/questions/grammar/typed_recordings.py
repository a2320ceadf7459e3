"""What a person can record or change with `/recs`, once their words are understood.

`typed_commands.py` has what they can look up. Dates are London dates. `no_victim` is set when the person said
that the text identifies nobody, `confirmed` when they have seen what it changes and said "anyway"."""

from datetime import date

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import ChannelMention, Mention, Ref
from bot.domain.questions.names import Body, Named, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.body_facts import BodyFact
from bot.domain.register.details import NO_DETAILS, Details
from bot.domain.register.people import ContactKind, Role
from bot.domain.register.policing_body import Sureness
from bot.domain.register.published_response import Step
from bot.domain.register.redaction import Ground


class Respond(Struct, frozen=True):
    """`reason` may be empty: whether one is needed is the register's rule, not the reader's."""

    answer: Answer
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS


class Progress(Struct, frozen=True):
    """`part` is the label of the part that it is about; empty for all of the recommendation."""

    stage: Stage
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    text: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS
    part: str = ""


class Note(Struct, frozen=True):
    recommendation: Ref
    body: Body | None = None
    text: str = ""
    no_victim: bool = False
    details: Details = NO_DETAILS


class UpdateForm(Struct, frozen=True):
    """The form to record in; without recommendations it is about all that the body has open. `note` and
    `stage` are what was typed already."""

    recommendations: tuple[Ref, ...] = ()
    body: Body | None = None
    note: str = ""
    stage: Stage | None = None


class Undo(Struct, frozen=True):
    pass


class Grant(Struct, frozen=True):
    """Each person gets the role for each body; `bodies` are empty exactly when the role is coordinator, and
    `kind` is None where it was not said."""

    people: tuple[Mention, ...]
    role: Role
    bodies: tuple[Body, ...] = ()
    kind: ContactKind | None = None


class Revoke(Struct, frozen=True):
    """`even_the_last` when the person said "anyway": then a body may be left without a contact."""

    person: Mention
    role: Role
    body: Body | None = None
    even_the_last: bool = False


class Extend(Struct, frozen=True):
    """`until` is a London date."""

    recommendation: Ref
    until: date
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


class Expect(Struct, frozen=True):
    """`on` is the London date on which the body expects to be done."""

    on: date
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


class AskBody(Struct, frozen=True):
    recommendation: Ref
    body: Body | None = None
    text: str = ""
    no_victim: bool = False


class Check(Struct, frozen=True):
    recommendations: tuple[Ref, ...]
    body: Body | None = None


class Approve(Struct, frozen=True):
    """Approve what waits for approval with a body."""

    recommendations: tuple[Ref, ...]
    body: Body | None = None


class SendBack(Struct, frozen=True):
    """Send back what waits for approval with a body."""

    recommendations: tuple[Ref, ...]
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


class Close(Struct, frozen=True):
    """`on` is the London date on which the inspectorate closed it, `level` its own word for how far it was
    convinced."""

    on: date
    recommendations: tuple[Ref, ...]
    body: Body | None = None
    level: str = ""
    source: str = ""
    no_victim: bool = False


class Reopen(Struct, frozen=True):
    recommendation: Ref
    body: Body | None = None
    reason: str = ""
    no_victim: bool = False


class ReportOfParty(Struct, frozen=True):
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


class RecordPublishedResponse(Struct, frozen=True):
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


class SetReport(Struct, frozen=True):
    """The London day by which a report asks bodies to publish their response; None for none."""

    report: ReportName
    publish_by: date | None = None
    confirmed: bool = False


class Withdraw(Struct, frozen=True):
    recommendation: Ref
    superseded_by: Ref | None = None
    reason: str = ""
    confirmed: bool = False
    no_victim: bool = False


class ChangeEnding(Struct, frozen=True):
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


class ChangeBody(Struct, frozen=True):
    """What a body is called, or is, from a London day on; from today where none was said. `is_withdrawn`
    takes back what is planned."""

    body: Body
    facts: tuple[tuple[BodyFact, str], ...] = ()
    from_day: date | None = None
    source: str = ""
    is_withdrawn: bool = False
    confirmed: bool = False


class Redact(Struct, frozen=True):
    """`confirmed` when the person has seen what would be erased and said "anyway"."""

    seq: int
    ground: Ground | None = None
    confirmed: bool = False


class AddReport(Struct, frozen=True):
    pass


class AddRecommendation(Struct, frozen=True):
    report: ReportName


class ImportTable(Struct, frozen=True):
    """The form in which a table is pasted."""


class CorrectRecommendation(Struct, frozen=True):
    recommendation: Ref


class LetterFrameForm(Struct, frozen=True):
    """The form in which the frame of a report's letter is kept."""

    report: ReportName


class Remind(Struct, frozen=True):
    recommendation: Ref
    body: Body | None = None


class Away(Struct, frozen=True):
    """`until` is the London date from which the asker is back."""

    until: date


class Back(Struct, frozen=True):
    pass


class StartFollowing(Struct, frozen=True):
    """A weekly message about a subject, to the asker or to a channel."""

    subject: Ref | Named
    channel: ChannelMention | None = None


class StopFollowing(Struct, frozen=True):
    subject: Ref | Named
    channel: ChannelMention | None = None


class DigestSend(Struct, frozen=True):
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
