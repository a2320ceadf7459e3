"""The account: what the register says, told outside Slack, in a published or an internal form.

The published form holds only what may be quoted, and names nobody who recorded it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import assert_never

from msgspec import Struct, field

from bot.domain.questions.names import Body
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.approval import NO_APPROVALS, Approvals
from bot.domain.register.party import PartyStanding
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponse, PublishedResponses
from bot.domain.register.recommendation import Recommendation, Report, Tally
from bot.domain.register.succession import Origin
from bot.domain.register.update import BOOKKEEPING, CORRECTABLE, MOVES_STAGE, Update, UpdateKind
from bot.domain.values import replace

_DIGITS_OF_ANCHOR = 16


class Form(StrEnum):
    PUBLISHED = "published"
    INTERNAL = "internal"


class Format(StrEnum):
    """The value is the ending of the file's name too."""

    DOCX = "docx"
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JSON = "json"

    @property
    def is_table(self) -> bool:
        """Whether it holds rows alone; a document has sentences too."""
        match self:
            case Format.XLSX | Format.ODS | Format.CSV | Format.JSON:
                return True
            case Format.DOCX:
                return False
            case _:
                assert_never(self)


class Entry(Struct, frozen=True):
    """One recommendation as it stands with one body on the London day `day`. `updates` are those that the
    form tells, oldest first."""

    recommendation: Recommendation
    addressee: Addressee
    body: PolicingBody
    day: date
    successor_name: str = ""
    updates: tuple[Update, ...] = ()
    # In whose place the body stands, by name, and how they stood.
    predecessors: tuple["Entry", ...] = ()
    # Of a predecessor, the last day on which it stood for itself, a London date.
    until: date | None = None
    approvals: Approvals = NO_APPROVALS
    # The numbers of updates that were published, or might have been, and are no longer told in full.
    withdrawn: tuple[int, ...] = ()

    @property
    def response(self) -> Update | None:
        """The update by which the response stands as it does."""
        return self._update(self.addressee.response_seq)

    @property
    def response_on(self) -> date | None:
        """The London date from which the response stands; None while it is awaited."""
        if self.response is None or not self.addressee.answer.is_given:
            return None
        return self.response.draft.stands_from

    @property
    def progress(self) -> Update | None:
        """The update in which the body last said how far it is."""
        return self._update(self.addressee.progress_seq)

    @property
    def closing(self) -> Update | None:
        """The update that says where the inspectorate closed it; None where it has not."""
        if self.addressee.closed_on is None:
            return None
        closings = [update for update in self.updates if update.draft.kind is UpdateKind.CLOSE]
        return next((update for update in reversed(closings) if not update.undone), None)

    @property
    def progress_on(self) -> date | None:
        """The London date from which the progress stands as it does, which may be that of a check."""
        moves = [
            update.draft.stands_from
            for update in self.updates
            if update.draft.kind in MOVES_STAGE and not update.undone
        ]
        if not moves and self.progress is not None:
            return self.progress.draft.stands_from
        return moves[-1] if moves else None

    @property
    def shown(self) -> tuple[Update, ...]:
        """The updates by which it stands as it does, oldest first."""
        dated = [update for update in self.updates if update.draft.kind in MOVES_STAGE and not update.undone]
        standing = [update for update in (self.response, self.progress, *dated[-1:]) if update]
        by_seq = {update.seq: update for update in standing}
        return tuple(by_seq[seq] for seq in sorted(by_seq))

    @property
    def notes(self) -> tuple[Update, ...]:
        """Notes with a text, oldest first, without those taken back or corrected since."""
        corrected = {
            update.draft.about_seq
            for update in self.updates
            if update.draft.kind in CORRECTABLE and not update.undone
        }
        return tuple(
            update
            for update in self.updates
            if update.draft.kind is UpdateKind.NOTE
            and update.draft.text
            and not update.undone
            and update.seq not in corrected
        )

    @property
    def moves(self) -> tuple[Update, ...]:
        """The updates by which the progress stands as it does, oldest first."""
        return tuple(update for update in self.shown if update.draft.kind in MOVES_STAGE)

    def overdue_by(self, duty: Duty) -> int | None:
        """Return by how many days it is overdue; None where it is not."""
        deadline = self.addressee.deadline(duty)
        if deadline is None or not self.addressee.is_overdue(duty, self.day):
            return None
        return (self.day - deadline).days

    def _update(self, seq: int | None) -> Update | None:
        with_predecessors = chain(self.updates, *(predecessor.updates for predecessor in self.predecessors))
        return next((update for update in with_predecessors if update.seq == seq), None)

    @property
    def all_updates(self) -> tuple[Update, ...]:
        """Its updates and those of its predecessors, oldest first."""
        with_predecessors = [
            *self.updates,
            *(update for predecessor in self.predecessors for update in predecessor.updates),
        ]
        return tuple(
            sorted(
                {update.seq: update for update in with_predecessors}.values(), key=lambda update: update.seq
            )
        )


class Source(Struct, frozen=True):
    """One of the recommendations on which a derived one rests, and how it stands with all bodies."""

    recommendation: Recommendation
    tally: Tally


class Chapter(Struct, frozen=True):
    """One recommendation with the bodies that the account is about, by name: all those addressed, or one.

    `entries` are read from the store as they are asked for, once."""

    recommendation: Recommendation
    addressees: tuple[Addressee, ...]
    tally: Tally
    entries: Iterator[Entry]
    sources: tuple[Source, ...] = ()
    parties: tuple[PartyStanding, ...] = ()  # the others whom it is addressed to, who are in no count
    origin: Origin | None = None  # of whom the tally is, since bodies ended


class Account(Struct, frozen=True):
    """How the register stood at the end of the London day `day`, or stands on it now; with `known`, as it was
    known then. `of` says what it is about; without it, all that is live.

    `chapters` are read from the store as they are asked for, once; there are `size` of them. `through_seq` is
    the last update that the register held when it was read, at the UTC instant `made_at`."""

    form: Form
    made_at: datetime
    day: date
    through_seq: int
    size: int
    chapters: Iterator[Chapter]
    subject: Recommendation | Report | None = None
    body: PolicingBody | None = None
    bodies: tuple[PolicingBody, ...] = ()  # all that ever were, as each was called on the day
    looks_back: bool = False
    known: bool = False
    approved_only: bool = False  # whether what needs approval counts only once it is approved
    # Of a list that was asked for, the question as it is typed: only what is listed is in it.
    question: str = ""
    history_hash: str = ""  # the hash of update `through_seq`, which anchors the history
    # By report, of those that ask for published responses: how far these are with the bodies it is about.
    published_responses: Mapping[str, PublishedResponses] = field(default_factory=dict)
    # Reads progress over time of what the account is about.
    charts: Callable[[], tuple[ProgressOverTime, ...]] = tuple

    @property
    def anchor(self) -> str:
        """What `recbot verify-history --anchor` takes: the number of the last update, and as much of its hash
        as no other can begin with by chance."""
        return f"{self.through_seq},{self.history_hash[:_DIGITS_OF_ANCHOR]}" if self.history_hash else ""

    def published_response(self, entry: Entry) -> PublishedResponse | None:
        """Return how far the body's response is; None where the report asks for no published one."""
        of_report = self.published_responses.get(entry.recommendation.report.key)
        return of_report.by_body.get(entry.body.code) if of_report else None

    @property
    def is_internal(self) -> bool:
        return self.form is Form.INTERNAL

    @property
    def has_history(self) -> bool:
        """Whether each update is told: a body's whole history answers a request for disclosure."""
        return self.is_internal or self.body is not None


def updates_in_form(updates: Iterable[Update], form: Form) -> tuple[Update, ...]:
    """Return the updates as the form tells them: the internal one all, the published one what stands, without
    who recorded it, and words only where they may be quoted."""
    if form is Form.INTERNAL:
        return tuple(updates)
    return tuple(_published(update) for update in updates if _may_be_published(update))


def withdrawn_from(updates: Iterable[Update]) -> tuple[int, ...]:
    """Return the numbers of the updates of an addressee that everybody may have read, and that are no longer
    published in full: they were taken back, publishing was stopped, or their words were erased."""
    of_addressee = tuple(updates)
    allowed = {
        update.draft.about_seq for update in of_addressee if update.draft.kind is UpdateKind.QUOTING_ALLOWED
    }
    return tuple(
        update.seq
        for update in of_addressee
        if update.draft.kind not in BOOKKEEPING and _was_withdrawn(update, update.seq in allowed)
    )


def _was_withdrawn(update: Update, was_allowed: bool) -> bool:
    was_quotable = update.draft.quotable or was_allowed
    if update.undone:
        return was_quotable or update.draft.kind is not UpdateKind.NOTE
    return was_quotable and (update.words_erased or not update.quotable)


def _may_be_published(update: Update) -> bool:
    if update.undone or update.draft.kind in BOOKKEEPING:
        return False
    return update.quotable or update.draft.kind is not UpdateKind.NOTE


def _published(update: Update) -> Update:
    draft = replace(update.draft, by=None, on_behalf=False)
    if update.quotable:
        return replace(update, draft=draft, author_name="")
    withheld = bool(draft.free_words)
    return replace(update, draft=draft.without_free_words(), author_name="", withheld=withheld)


@dataclass
class InternalFormRefused(Refusal):
    """The internal form of an account is for coordinators, and for a body's contacts where it is about that
    body alone; `speaks_for` are the short names of the asker's own bodies."""

    speaks_for: tuple[str, ...] = ()


def must_be_allowed(actor: Actor, form: Form, body: Body | None) -> None:
    """Let everybody who sees the register have the published form; the internal one only coordinators, and a
    body's own contacts where it is about that body alone.

    Raises InternalFormRefused, CannotSee."""
    actor.must_see()
    if form is Form.PUBLISHED or actor.is_coordinator:
        return
    if body is None or body.code not in actor.speaks_for:
        raise InternalFormRefused(tuple(sorted(actor.speaks_for.values())))
