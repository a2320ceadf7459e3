"""Why recbot does not do what it was asked, by what is refused.

The words stand in `bot/rendering/blocks/refusals`, in a file for each heading here. A refusal whose rule
stands elsewhere in the domain is declared beside its rule."""

from dataclasses import dataclass
from datetime import date, datetime


class Refusal(Exception):
    """Nothing was saved, and the person is told why and what to do."""


# Who may ask at all, and how much at once


@dataclass
class NotIntroduced(Exception):
    """The register does not know this person, or not freshly enough: ask Slack, then try again."""

    known: bool
    granted: bool


class NotReachable(Refusal):
    """Slack did not say who this is, and the register does not know either."""


class CannotSee(Refusal):
    """A guest or a person of another organisation whom nobody has granted a role."""


class NotACoordinator(Refusal):
    """Only coordinators may do this."""


class TooMuchAtOnce(Refusal):
    """One person has written more in a short time than anybody types."""


@dataclass
class TooManyFiles(Refusal):
    """As many files wait to be made as may: of this person's (`theirs`), or in all."""

    theirs: bool


# What was typed that is not there, or is there several times


@dataclass
class UnknownRecommendation(Refusal):
    """No live report has it; `live` are the recommendations that exist, as `stalking 15`."""

    asked: str
    live: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """A recommendation that is `withdrawn`, or `superseded` by another, since a London date, if that is
    known; `by` and `reason` are empty where nobody said, or what was said was erased."""

    recommendation: str
    how: str
    on: date | None = None
    by: str = ""
    reason: str = ""


@dataclass
class HasEnded(Refusal):
    """The number belongs to no live recommendation any more, and the report was not named."""

    ended: tuple[Ended, ...]


@dataclass
class WhichReport(Refusal):
    """Several live reports have this number; `options` are their keys."""

    number: str
    options: tuple[str, ...]


# What cannot be answered


@dataclass
class DayToCome(Refusal):
    """How it stood is asked for a London date that is still to come."""

    day: date


@dataclass
class NotPublishedYet(Refusal):
    """How something stood is asked for a day before its report was published, both London dates."""

    subject: str
    day: date
    published_on: date


@dataclass
class NoSuchBodyThen(Refusal):
    """The body did not exist on a London date: it began later, or had ended."""

    body_name: str
    day: date
    first_day: date | None = None
    last_day: date | None = None


@dataclass
class InternalFormRefused(Refusal):
    """The internal form of an account is for coordinators, and for a body's contacts where it is about that
    body alone; `speaks_for` are the short names of the asker's own bodies."""

    speaks_for: tuple[str, ...] = ()


# For whom nothing can be recorded, and on what


@dataclass
class NotAContactOf(Refusal):
    """The person records for a body that is not theirs; `speaks_for` are the names of their own."""

    body_name: str
    speaks_for: tuple[str, ...] = ()


@dataclass
class BodyRequired(Refusal):
    """A contact of several bodies, or a coordinator, did not say which body; `options` are short names."""

    options: tuple[str, ...] = ()


@dataclass
class NotAddressed(Refusal):
    """The recommendation is not addressed to this body."""

    recommendation: str
    body_name: str


@dataclass
class NotRecordable(Refusal):
    """A derived recommendation gets its answers from others (27 from 15, 16 and 25)."""

    recommendation: str
    derived_from: tuple[str, ...]


@dataclass
class Withdrawn(Refusal):
    recommendation: str


@dataclass
class BodyEnded(Refusal):
    """The policing body has ended, and its open duties have passed on to its successor."""

    body_name: str


@dataclass
class NothingToRecord(Refusal):
    """There is no recommendation that the person could record for; `speaks_for` are the short names of their
    own bodies, none for a coordinator who is no contact."""

    speaks_for: tuple[str, ...] = ()


class NoBodies(Refusal):
    """There is no policing body that a recommendation could be addressed to."""


@dataclass
class NothingIsOpen(Refusal):
    """Nobody asks anything of the body that it has not answered and done."""

    body_name: str


# What cannot be recorded as it stands


@dataclass
class ReasonRequired(Refusal):
    """`answer` is the response, or what else needs a reason; with the body it is for, where it is for one."""

    answer: str
    recommendation_id: str = ""
    body_name: str = ""


@dataclass
class TextRequired(Refusal):
    """A note without a text."""

    verb: str
    recommendation_id: str
    body_name: str


@dataclass
class DateNotLater(Refusal):
    """An extension to a day that is no later than the deadline (a London date), or without a deadline."""

    recommendation_id: str
    body_name: str
    due_on: date | None


@dataclass
class AskedAlready(Refusal):
    """The body's request for more time, until a London date, still waits for a decision."""

    recommendation: str
    body_name: str
    until: date


class NothingToDecide(Refusal):
    """The request was taken back, or there is none."""


@dataclass
class NoSuccessor(Refusal):
    """A recommendation cannot be superseded by itself, or by one that has ended."""

    recommendation: str
    successor: str


class NothingToAnswer(Refusal):
    """There is no such question."""


# What a form says beside its fields


class NothingChanged(Refusal):
    """A form was sent with everything in it as it stood."""


class NothingTicked(Refusal):
    """The form to record in was sent with no recommendation ticked."""


@dataclass
class PartsNotTicked(Refusal):
    """Parts were changed of a recommendation that is not ticked; `recommendation_id` is stalking-25."""

    recommendation_id: str


class ResponseRequired(Refusal):
    """A reason was given, and no response that it explains."""


class NotALink(Refusal):
    """Evidence is linked by an http or https address."""


class GivenInFuture(Refusal):
    """Nothing can be given on a day that has not come."""


@dataclass
class GivenTooEarly(Refusal):
    """Nothing can be given before the report was published, on a London date."""

    published_on: date


# What cannot be taken back, corrected, published or erased


class NothingToUndo(Refusal):
    """The person has recorded nothing that still stands."""


@dataclass
class TooLateToUndo(Refusal):
    """One's own last recording is older than `UNDO_WITHIN`; `recorded_at` is its UTC instant.

    `correctable` are the numbers of its updates that can be corrected instead."""

    recorded_at: datetime
    correctable: tuple[int, ...] = ()


@dataclass
class ChangedSince(Refusal):
    """An update cannot be taken back because somebody recorded over it."""

    recommendation: str
    body_name: str
    by: str


class NotYours(Refusal):
    """Only whoever recorded an update can take it back or correct it."""


class NothingToCorrect(Refusal):
    """The update was taken back, its words were erased, or it is none of a body's own words."""


@dataclass
class NothingToQuote(Refusal):
    """The update has no text, or was taken back."""


@dataclass
class NothingToErase(Refusal):
    """There is no update `seq`, or none with free words of its own: they were erased before, or it never had
    any, or they are the report's."""

    seq: int


# Who cannot be granted a role, lose one, or be asked


@dataclass
class UnknownPerson(Refusal):
    """Slack does not know the person named."""

    name: str


@dataclass
class NotAPerson(Refusal):
    """An app, a bot or Slackbot can hold no role."""

    name: str


@dataclass
class HasLeftSlack(Refusal):
    """Somebody whose account is deactivated can be granted nothing."""

    person: str


@dataclass
class AlreadyGranted(Refusal):
    person: str
    role: str


@dataclass
class NothingToRevoke(Refusal):
    person: str
    role: str


@dataclass
class AlwaysCoordinator(Refusal):
    """The settings name this person as a coordinator, so nobody can revoke it here."""

    person: str


@dataclass
class NoContact(Refusal):
    """A body has nobody who could answer."""

    body_name: str


@dataclass
class OnlyContact(Refusal):
    """Reminders of what a body owes can be paused only where another contact still gets them."""

    body_name: str


@dataclass
class LastContact(Refusal):
    """Revoking would leave a body without a contact, which is done only when said so."""

    person: str
    body_name: str
