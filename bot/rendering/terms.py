"""What the members of the register's enums are called on screen.

Their values are what the database, the history and exports hold, and what people type; another language is
written here. Each function ends in `assert_never`: a new member does not compile without a name."""

from datetime import date
from typing import assert_never

from bot.domain.questions.over_time import Series
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.body_facts import BodyFact
from bot.domain.register.letter_frame import FrameField
from bot.domain.register.people import ContactKind, Membership
from bot.domain.register.policing_body import BodyKind
from bot.domain.register.recommendation import PartKind, RecommendationStatus
from bot.rendering import words

# Of the act: what stands then is "in progress", which the body may not have said.
REOPENED = "reopened by the association"


def answer(state: Answer) -> str:
    """Call an answer as after a number, and after "is": accepted in part."""
    match state:
        case Answer.AWAITING:
            return "awaiting"
        case Answer.ACCEPTED:
            return "accepted"
        case Answer.ACCEPTED_IN_PART:
            return "accepted in part"
        case Answer.NOT_ACCEPTED:
            return "not accepted"
    assert_never(state)


def answer_in_short(state: Answer) -> str:
    """Call an answer as below a body's name on a map."""
    return "in part" if state is Answer.ACCEPTED_IN_PART else answer(state)


def series(counted: Series) -> str:
    """Call what is counted over time, as after a number: checked by the association."""
    match counted:
        case Series.ACCEPTED:
            return answer(Answer.ACCEPTED)
        case Series.IN_PROGRESS:
            return stage(Stage.IN_PROGRESS)
        case Series.COMPLETE:
            return stage(Stage.COMPLETE)
        case Series.CHECKED:
            return stage(Stage.CHECKED)
        case Series.OVERDUE:
            return "overdue"
    assert_never(counted)


def stage(state: Stage) -> str:
    """Call a stage as after a number, and after "is": checked by the association."""
    match state:
        case Stage.NOT_STARTED:
            return "not started"
        case Stage.IN_PROGRESS:
            return "in progress"
        case Stage.BLOCKED:
            return "blocked"
        case Stage.COMPLETE:
            return "complete"
        case Stage.CHECKED:
            return "checked by the association"
        case Stage.CLOSED:
            return "closed by the inspectorate"
    assert_never(state)


def stage_in_short(state: Stage) -> str:
    """Call a stage as below a body's name on a map."""
    return stage(state) if state.facts.is_bodys_word else state.value


def closing_level(level: str) -> str:
    """Say the inspectorate's own word: level 2; empty where it gave none."""
    return f"level {level}" if level else ""


def what_it_waits_on(state: Stage) -> str:
    """Ask a body that is stuck and has not said so on what it waits."""
    match state:
        case Stage.BLOCKED:
            return "Say what it is blocked on"
        case Stage.NOT_STARTED | Stage.IN_PROGRESS | Stage.COMPLETE | Stage.CHECKED | Stage.CLOSED:
            return "Say more about it"
    assert_never(state)


def duty(owed: Duty) -> str:
    match owed:
        case Duty.RESPONSE:
            return "response"
        case Duty.ACTION:
            return "action"
    assert_never(owed)


def owed(due: Duty, title: str) -> str:
    """Call a duty by what it is about, at the beginning of a line: Answers on stalking 15; Stalking 15."""
    match due:
        case Duty.RESPONSE:
            return f"Answers on {title}"
        case Duty.ACTION:
            return words.capital(title)
    assert_never(due)


def not_done(owed: Duty) -> str:
    """Call an open duty as after a number: not answered."""
    match owed:
        case Duty.RESPONSE:
            return "not answered"
        case Duty.ACTION:
            return "not complete"
    assert_never(owed)


def due_on(due: Duty, deadline: date) -> str:
    """Say until when a duty is due: by 22 November 2024; on 27 March 2025."""
    match due:
        case Duty.RESPONSE:
            return f"by {words.day(deadline)}"
        case Duty.ACTION:
            return f"on {words.day(deadline)}"
    assert_never(due)


def status(state: RecommendationStatus) -> str:
    """Call a status as after "is"."""
    match state:
        case RecommendationStatus.LIVE:
            return "live"
        case RecommendationStatus.WITHDRAWN:
            return "withdrawn"
        case RecommendationStatus.SUPERSEDED:
            return "superseded"
    assert_never(state)


def part_kind(kind: PartKind) -> str:
    """Say what a part of this kind asks: to do, or to consider."""
    match kind:
        case PartKind.DUTY:
            return "to do"
        case PartKind.CONSIDER:
            return "to consider"
    assert_never(kind)


def contact_kind(kind: ContactKind) -> str:
    match kind:
        case ContactKind.MAIN:
            return "main"
        case ContactKind.DEPUTY:
            return "second contact"
        case ContactKind.APPROVER:
            return "approver"
    assert_never(kind)


# Whether they get reminders.
SECOND_CONTACTS = (
    "Second contacts are reminded while no first one can be, or after two weeks without news from the body."
)


def contact(kind: ContactKind) -> str:
    """Say what somebody is made: a second contact."""
    match kind:
        case ContactKind.MAIN:
            return "a contact"
        case ContactKind.DEPUTY:
            return "a second contact"
        case ContactKind.APPROVER:
            return "an approver"
    assert_never(kind)


def membership(known: Membership | None) -> str:
    """Say what is to be known of a person before their role is relied on; empty where nothing is."""
    match known:
        case None:
            return "not known to Slack yet"
        case Membership.DEACTIVATED:
            return "has left Slack"
        case Membership.GUEST:
            return "guest"
        case Membership.MEMBER | Membership.STRANGER | Membership.BOT:
            return ""
    assert_never(known)


def frame_field(name: FrameField) -> str:
    """Call a field as after "its": opening."""
    match name:
        case FrameField.ADDRESSEES:
            return "addressees"
        case FrameField.GREETING:
            return "greeting"
        case FrameField.SUBJECT:
            return "subject"
        case FrameField.OPENING:
            return "opening"
        case FrameField.POSITION:
            return "position"
        case FrameField.CLOSING:
            return "closing"
        case FrameField.SIGNATORY:
            return "signatory"
        case FrameField.OFFICE:
            return "signatory's office"
    assert_never(name)


def body_kind(kind: str) -> str:
    """Call a kind of body as in brackets after its name; one that only an import has brought, as it came."""
    if kind not in list(BodyKind):
        return kind
    match BodyKind(kind):
        case BodyKind.PCC:
            return "Police and Crime Commissioner"
        case BodyKind.PFCC:
            return "Police, Fire and Crime Commissioner"
        case BodyKind.MAYOR:
            return "mayor"
        case BodyKind.MOPAC:
            return "Mayor's Office for Policing and Crime"
        case BodyKind.COMMON_COUNCIL:
            return "Common Council"
        case BodyKind.BOARD:
            return "policing and crime board"
    assert_never(kind)


def body_fact(fact: BodyFact, value: str) -> str:
    """Tell a fact of a body: Mayor of Kent; shown as Kent Mayor; mayor; code E47000020."""
    match fact:
        case BodyFact.NAME:
            return value
        case BodyFact.SHORT_NAME:
            return f"shown as {value}"
        case BodyFact.KIND:
            return body_kind(value)
        case BodyFact.CODE:
            return f"code {value}"
    assert_never(fact)
