"""The form to record in: what stands, what a person enters, and what of it becomes updates.

Nothing is overwritten unseen: what stood when the form was shown comes back with it, and only what differs
from that is the person's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from bot.domain.free_text import TextTooLong, checked
from bot.domain.personal_data.kinds import Finding
from bot.domain.refusals import (
    GivenInFuture,
    GivenTooEarly,
    NotALink,
    NothingChanged,
    NothingToCorrect,
    NotYours,
    Refusal,
    ResponseRequired,
)
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import latest_seq
from bot.domain.register.update import CORRECTABLE, Update, UpdateKind

LONGEST_LINK = 500
LONGEST_DECIDED_BY = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the fields. `given_on` is a London date, today where it is None; `no_victim` when the
    person said that no victim can be identified."""

    answer: Answer = Answer.AWAITING
    reason: str = ""
    stage: Stage = Stage.NOT_STARTED
    parts: tuple[str, ...] = ()
    note: str = ""
    evidence_url: str = ""
    given_on: date | None = None
    decided_by: str = ""
    quotable: bool = False
    no_victim: bool = False

    def must_be_well_formed(self, published_on: date, today: date) -> None:
        """Raises TextTooLong, NotALink, GivenInFuture, GivenTooEarly."""
        checked(self.reason, "reason")
        checked(self.note, "note")
        if len(self.decided_by) > LONGEST_DECIDED_BY:
            raise TextTooLong("decided by", len(self.decided_by), LONGEST_DECIDED_BY)
        if len(self.evidence_url) > LONGEST_LINK:
            raise TextTooLong("evidence link", len(self.evidence_url), LONGEST_LINK)
        if self.evidence_url and not _is_link(self.evidence_url):
            raise NotALink
        if self.given_on and self.given_on > today:
            raise GivenInFuture
        if self.given_on and self.given_on < published_on:
            raise GivenTooEarly(published_on)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an addressee stood in the form; `seq` was then the last number in the history."""

    version: int = 0
    seq: int = 0
    answer: Answer = Answer.AWAITING
    stage: Stage = Stage.NOT_STARTED
    parts: tuple[str, ...] = ()
    response_seq: int | None = None

    @classmethod
    def of(cls, addressee: Addressee, seq: int) -> "Shown":
        return cls(
            version=addressee.version,
            seq=seq,
            answer=addressee.answer,
            stage=addressee.stage,
            parts=addressee.parts_addressed,
            response_seq=addressee.response_seq,
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """Update `of` is corrected, by an update of the kind `by`: the same, unless what it said of the response
    or the progress has been overtaken. Then only its words can still be put right, by a note."""

    of: Update
    by: UpdateKind

    @classmethod
    def made(cls, update: Update, addressee: Addressee) -> "Correction":
        kind = update.draft.kind
        return cls(update, kind if latest_seq(addressee, kind) == update.seq else UpdateKind.NOTE)


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one reader. Without a recommendation, or a body, it only asks which of `recommendations`
    or `bodies` (short names by code); empty where there is nothing to choose.

    `meanwhile` is what others recorded since it was first shown, `found` what looks as if it identified a
    victim, by field. `may_check` tells that a coordinator can call it checked."""

    today: date
    recommendation: Recommendation | None = None
    addressee: Addressee | None = None
    recommendations: tuple[Recommendation, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    entry: Entry = Entry()
    shown: Shown = Shown()
    correction: Correction | None = None
    may_check: bool = False
    meanwhile: tuple[Update, ...] = ()
    found: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


@dataclass
class ChangedMeanwhile(Refusal):
    """Somebody changed the addressee after the form was shown. `form` shows what changed, asks again, and
    keeps the person's own entries."""

    form: Form


@dataclass(frozen=True, slots=True)
class Step:
    """One update to record, and the addressee it makes. The parts and the evidence go with one of them."""

    kind: UpdateKind
    becomes: Addressee
    text: str
    evidence_url: str = ""
    about_seq: int | None = None


def beginning(addressee: Addressee, reason: str, correction: Correction | None = None) -> Entry:
    """What the form holds at first: what stands, and the words of the update that is corrected."""
    entry = Entry(
        answer=addressee.answer, reason=reason, stage=addressee.stage, parts=addressee.parts_addressed
    )
    if correction is None:
        return entry
    draft = correction.of.draft
    entry = replace(
        entry,
        evidence_url=draft.evidence_url,
        given_on=draft.stands_from,
        decided_by=draft.decided_by,
        quotable=correction.of.quotable,
    )
    if correction.by is UpdateKind.RESPONSE:
        return entry
    return replace(entry, note=draft.text)


def kept(entry: Entry, shown: Shown, shown_reason: str, now: Entry) -> Entry:
    """A person's own entries, and in the fields they left alone what stands `now`."""
    return replace(
        entry,
        answer=now.answer if entry.answer is shown.answer else entry.answer,
        reason=now.reason if entry.reason == shown_reason else entry.reason,
        stage=now.stage if entry.stage is shown.stage else entry.stage,
        parts=now.parts if entry.parts == shown.parts else entry.parts,
    )


def steps(before: Addressee, begun: Entry, entry: Entry, correction: Correction | None) -> tuple[Step, ...]:
    """One update for each thing that `entry` changes of what the form held when it was begun.

    Raises NothingChanged, ResponseRequired, ReasonRequired, BlockedOnWhat, NotComplete."""
    corrected = correction.by if correction else None
    details = (entry.parts, entry.evidence_url) != (begun.parts, begun.evidence_url)
    redone = correction is not None and _restated(entry, begun)
    responds = _response_of(entry, begun) != (begun.answer, begun.reason)
    responds = responds or (corrected is UpdateKind.RESPONSE and (details or redone))
    kind = _other_kind(entry, begun, corrected, details=details and not responds, redone=redone)
    if not responds and kind is None:
        raise NothingChanged
    made: list[Step] = []
    if responds:
        about = correction.of.seq if correction and corrected is UpdateKind.RESPONSE else None
        answer, reason = _response_of(entry, begun)
        if not answer.is_given:
            raise ResponseRequired
        before = before.respond(answer, reason)
        made.append(Step(UpdateKind.RESPONSE, before, reason, about_seq=about))
    if kind is not None:
        about = correction.of.seq if correction and corrected is not UpdateKind.RESPONSE else None
        after = _moved(before, entry, kind)
        made.append(Step(kind, after, entry.note, about_seq=about))
    carrying = replace(made[-1].becomes, parts_addressed=entry.parts)
    made[-1] = replace(made[-1], becomes=carrying, evidence_url=entry.evidence_url)
    return tuple(made)


def must_be_correctable(update: Update | None, by: PersonKey) -> Update:
    """Raises NothingToCorrect, NotYours."""
    if update is None or update.undone or update.words_erased or update.draft.kind not in CORRECTABLE:
        raise NothingToCorrect
    if update.draft.by != by:
        raise NotYours
    return update


def _response_of(entry: Entry, begun: Entry) -> tuple[Answer, str]:
    """A reason left as it stood explained the answer before, not an acceptance now."""
    changed = entry.answer is not begun.answer
    left = changed and not entry.answer.facts.needs_reason and entry.reason == begun.reason
    return entry.answer, "" if left else entry.reason


def _restated(entry: Entry, begun: Entry) -> bool:
    """Whether a correction says another day, or somebody else who decided."""
    return (entry.given_on or begun.given_on, entry.decided_by) != (begun.given_on, begun.decided_by)


def _other_kind(
    entry: Entry, begun: Entry, corrected: UpdateKind | None, *, details: bool, redone: bool
) -> UpdateKind | None:
    """The kind of the update beside a response, if there is one."""
    if entry.stage is not begun.stage:
        return UpdateKind.PROGRESS if entry.stage.facts.is_bodys_word else UpdateKind.CHECK
    redone = redone and corrected is not UpdateKind.RESPONSE
    if entry.note == begun.note and not details and not redone:
        return None
    if corrected is UpdateKind.PROGRESS:
        return UpdateKind.PROGRESS
    says_nothing = not entry.note and not details and not entry.evidence_url
    return None if says_nothing else UpdateKind.NOTE


def _moved(before: Addressee, entry: Entry, kind: UpdateKind) -> Addressee:
    if kind is UpdateKind.CHECK:
        return before.check()
    return before.progress(entry.stage, entry.note) if kind is UpdateKind.PROGRESS else before


def _is_link(text: str) -> bool:
    try:
        address = urlsplit(text)
        return (
            address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))
        )
    except ValueError:
        return False
