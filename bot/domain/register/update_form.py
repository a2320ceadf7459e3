"""The form to record in: what stands with one body, what a person enters, and what of it becomes updates.

It is about one recommendation or about several, and what is entered holds for each that is ticked. Nothing is
overwritten unseen: what stood when the form was shown comes back with it, and only what differs from that is
the person's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from msgspec import Struct, field

from bot.domain.free_text import checked
from bot.domain.personal_data.kinds import Finding
from bot.domain.refusals.recording import NothingChanged
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.taking_back import NothingToCorrect, NotYours
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.details import Details
from bot.domain.register.part_states import must_say_on_what, must_say_why, with_states, written
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Part, Recommendation
from bot.domain.register.transition import latest_seq, read_states
from bot.domain.register.update import CORRECTABLE, Update, UpdateKind
from bot.domain.values import replace

Parts = Mapping[str, tuple[str, ...]]
"""How far the body is with each part that is begun, as `part_states.written` has it, by the id of their
recommendation, of those in the form."""

_State = TypeVar("_State", Answer, Stage)
_Value = TypeVar("_Value")


class Entry(Struct, frozen=True):
    """What stands in the fields. `answer` and `stage` are None where each recommendation keeps its own;
    `given_on` is a London date, today where it is None; `no_victim` when the person said that no victim can
    be identified. `expected_on` is a London date, None where nothing is said of it."""

    answer: Answer | None = None
    reason: str = ""
    stage: Stage | None = None
    parts: Parts = field(default_factory=dict)
    note: str = ""
    evidence_url: str = ""
    evidence_title: str = ""
    given_on: date | None = None
    decided_by: str = ""
    quotable: bool = False
    no_victim: bool = False
    expected_on: date | None = None

    @property
    def details(self) -> Details:
        return Details(self.evidence_url, self.decided_by, self.given_on, self.evidence_title)

    @property
    def evidence(self) -> tuple[str, str]:
        return self.evidence_url, self.evidence_title

    def must_be_well_formed(self, published_on: date, today: date) -> None:
        """Raises TextTooLong, NotALink, GivenInFuture, GivenTooEarly."""
        checked(self.reason, "reason")
        checked(self.note, "note")
        self.details.must_be_well_formed(published_on, today)


class Shown(Struct, frozen=True):
    """What stood in the form of those that it offered: their versions by the id of the recommendation, and
    of those ticked what they have in common. `seq` was then the last number in the history, `response_seq`
    the update whose words stood as the reason."""

    seq: int = 0
    versions: Mapping[str, int] = field(default_factory=dict)
    answer: Answer | None = None
    stage: Stage | None = None
    parts: Parts = field(default_factory=dict)
    response_seq: int | None = None
    expected_on: date | None = None


class Correction(Struct, frozen=True):
    """Update `of` is corrected, by an update of the kind `by`: the same, unless what it said of the response
    or the progress has been overtaken. Then only its words can still be put right, by a note."""

    update: Update
    by: UpdateKind

    @classmethod
    def made(cls, update: Update, addressee: Addressee) -> "Correction":
        kind = update.draft.kind
        return cls(update, kind if latest_seq(addressee, kind) == update.seq else UpdateKind.NOTE)


class Offered(Struct, frozen=True):
    """A recommendation that can be ticked, as it stands with the body."""

    recommendation: Recommendation
    addressee: Addressee


class Form(Struct, frozen=True):
    """A form for one reader. Without a body it only asks which of `bodies` (short names by code), which is
    empty where there is nothing to choose.

    `is_answering` tells that it asks for the response too, `may_check` that a coordinator can call it
    checked. `meanwhile` is what others recorded since it was first shown, `found` what looks as if a victim
    could be identified, by field."""

    today: date
    body_code: str = ""
    body_name: str = ""
    bodies: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[Offered, ...] = ()
    ticked: frozenset[str] = frozenset()  # ids of recommendations
    opened_from: tuple[str, ...] = ()  # ids of the recommendations that it was opened from
    is_about_all: bool = False  # opened for whatever the body has open
    is_picking: bool = False  # opened for what is ticked in it
    ticks_next: bool = False  # opened with what is due next ticked
    entry: Entry = field(default_factory=Entry)
    as_shown: Shown = field(default_factory=Shown)
    correction: Correction | None = None
    is_answering: bool = True
    may_check: bool = False
    meanwhile: tuple[tuple[Recommendation, Update], ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def about(self) -> tuple[Offered, ...]:
        """Those that are ticked."""
        return tuple(row for row in self.offered if row.recommendation.id in self.ticked)


@dataclass
class ChangedMeanwhile(Refusal):
    """Somebody changed the addressee after the form was shown. `form` shows what changed, asks again, and
    keeps the person's own entries."""

    form: Form


class NothingTicked(Refusal):
    """The form to record in was sent with no recommendation ticked."""


@dataclass
class PartsNotTicked(Refusal):
    """Parts were changed of a recommendation that is not ticked; `recommendation_id` is stalking-25."""

    recommendation_id: str


class ResponseRequired(Refusal):
    """A reason was given, and no response that it explains."""


@dataclass
class StandOtherwise(Refusal):
    """A state was left as the form showed it, and `recommendation`, ticked since, stands otherwise."""

    recommendation: str
    stands: Answer | Stage


class Step(Struct, frozen=True):
    """One update to record, and the addressee it makes. The parts and the evidence go with one of them."""

    kind: UpdateKind
    becomes: Addressee
    text: str
    evidence_url: str = ""
    evidence_title: str = ""
    about_seq: int | None = None


def beginning(
    about: Sequence[Addressee],
    reason: str = "",
    correction: Correction | None = None,
    *,
    is_answering: bool = True,
    with_parts: Iterable[str] = (),
) -> Entry:
    """Return what the form holds at first: what those that it is about have in common, and the words of the
    update that is corrected. `with_parts` are the ids of those whose parts it shows."""
    shown_parts = frozenset(with_parts)
    entry = Entry(
        answer=_common(addressee.answer for addressee in about) if is_answering else None,
        reason=reason if is_answering else "",
        stage=_common(addressee.stage for addressee in about),
        expected_on=_common(addressee.expects for addressee in about),
        parts={
            addressee.recommendation_id: written(addressee)
            for addressee in about
            if addressee.recommendation_id in shown_parts
        },
    )
    if correction is None:
        return entry
    draft = correction.update.draft
    entry = replace(
        entry,
        evidence_url=draft.evidence_url,
        evidence_title=draft.evidence_title,
        given_on=draft.stands_from,
        decided_by=draft.decided_by,
        quotable=correction.update.quotable,
    )
    if correction.by is UpdateKind.RESPONSE:
        return entry
    return replace(entry, note=draft.text)


def merged(entry: Entry, form_shown: Shown, shown_reason: str, now: Entry) -> Entry:
    """Return a person's own entries, with the values `now` in the fields that they left as the form showed
    them."""
    return replace(
        entry,
        answer=now.answer if entry.answer is form_shown.answer else entry.answer,
        reason=now.reason if entry.reason == shown_reason else entry.reason,
        stage=now.stage if entry.stage is form_shown.stage else entry.stage,
        expected_on=now.expected_on if entry.expected_on == form_shown.expected_on else entry.expected_on,
        parts={
            id_: stands if entry.parts.get(id_) in (None, form_shown.parts.get(id_)) else entry.parts[id_]
            for id_, stands in now.parts.items()
        },
    )


def must_hold_of_each(entry: Entry, form_shown: Shown, ticked: Sequence[Offered]) -> None:
    """Refuse a value that was left as the form showed it, if it is not so of a recommendation that was ticked
    since.

    Raises NothingTicked, PartsNotTicked, StandOtherwise."""
    if not ticked:
        raise NothingTicked
    ids = {row.recommendation.id for row in ticked}
    for recommendation_id, addressed in entry.parts.items():
        if recommendation_id not in ids and addressed != form_shown.parts.get(recommendation_id):
            raise PartsNotTicked(recommendation_id)
    if entry.stage is not None and entry.stage is form_shown.stage:
        _must_stand(entry.stage, [(row, row.addressee.stage) for row in ticked])
    if entry.answer is not None and entry.answer is form_shown.answer and entry.answer.is_given:
        _must_stand(entry.answer, [(row, row.addressee.answer) for row in ticked])


def _must_stand(state: _State, ticked: Sequence[tuple[Offered, _State]]) -> None:
    otherwise = [(row, stands) for row, stands in ticked if stands is not state]
    if otherwise:
        first, stands = otherwise[0]
        raise StandOtherwise(first.recommendation.title, stands)


def _common(states: Iterable[_Value]) -> _Value | None:
    """Return the state that all of them have in common; None where they differ."""
    different = set(states)
    return different.pop() if len(different) == 1 else None


def steps(
    before: Addressee,
    beginning: Entry,
    entry: Entry,
    correction: Correction | None,
    *,
    today: date = date.min,
    parts_asked: Sequence[Part] = (),
) -> tuple[Step, ...]:
    """Return one update for each thing that `entry` changes, of one addressee, of what the form held when it
    was begun.

    What was chosen where several differed is recorded of each of them. `today` is a London date,
    `parts_asked` are the parts of the recommendation.

    Raises NothingChanged, ResponseRequired, ReasonRequired, BlockedOnWhat, NotComplete, ClosedByInspectorate,
    NothingToExpect, ExpectedInThePast, PartsOpen."""
    parts = entry.parts.get(before.recommendation_id, written(before))
    responds, kind, expects = _what_is_said(before, beginning, entry, correction, parts)
    states = read_states(" ".join(parts))
    with_parts = with_states(before, states)
    must_say_on_what(before, with_parts, entry.note)
    must_say_why(with_parts, _new_stage(entry, beginning), entry.note, parts_asked)
    new_steps: list[Step] = []
    if expects and entry.expected_on:
        before = before.expect(entry.expected_on, entry.note, today)
        new_steps.append(Step(UpdateKind.EXPECTED, before, "" if kind else entry.note))
    corrects_response = correction is not None and correction.by is UpdateKind.RESPONSE
    corrected_seq = correction.update.seq if correction else None
    if responds:
        response = _response_step(before, entry, beginning, corrected_seq if corrects_response else None)
        before = response.becomes
        new_steps.append(response)
    if kind is not None:
        about = None if corrects_response else corrected_seq
        new_steps.append(Step(kind, _moved(before, entry, kind), entry.note, about_seq=about))
    # The last one carries what is said of parts, and the link.
    *others, last = new_steps
    with_link = replace(last, evidence_url=entry.evidence_url, evidence_title=entry.evidence_title)
    return *others, replace(with_link, becomes=with_states(last.becomes, states))


def _response_step(before: Addressee, entry: Entry, beginning: Entry, about: int | None) -> Step:
    """Return the update that records the response chosen. Raises ResponseRequired, ReasonRequired."""
    answer, reason = _response_of(entry, beginning)
    if answer is None or not answer.is_given:
        raise ResponseRequired
    return Step(UpdateKind.RESPONSE, before.respond(answer, reason), reason, about_seq=about)


def _what_is_said(
    before: Addressee,
    beginning: Entry,
    entry: Entry,
    correction: Correction | None,
    parts: tuple[str, ...],
) -> tuple[bool, UpdateKind | None, bool]:
    """Return whether a response is recorded, the kind of the update beside it, and whether an expected day
    is. Raises NothingChanged."""
    corrected = correction.by if correction else None
    details = (parts, entry.evidence) != (written(before), beginning.evidence)
    redone = correction is not None and _restated(entry, beginning)
    responds = _response_of(entry, beginning) != (beginning.answer, beginning.reason)
    responds = responds or (corrected is UpdateKind.RESPONSE and (details or redone))
    kind = _other_kind(entry, beginning, corrected, details=details and not responds, redone=redone)
    expects = correction is None and entry.expected_on not in (None, beginning.expected_on)
    if expects and kind is UpdateKind.NOTE and not details and not entry.evidence_url:
        # The note says why that day is expected.
        kind = None
    if not responds and kind is None and not expects:
        raise NothingChanged
    return responds, kind, expects


def must_be_correctable(update: Update | None, by: PersonKey) -> Update:
    """Raises NothingToCorrect, NotYours."""
    if update is None or update.undone or update.words_erased or update.draft.kind not in CORRECTABLE:
        raise NothingToCorrect
    if update.draft.by != by:
        raise NotYours
    return update


def _response_of(entry: Entry, beginning: Entry) -> tuple[Answer | None, str]:
    """Return the response chosen. A reason left as it stood explained the answer before, not an acceptance
    now."""
    answer = beginning.answer if entry.answer is None else entry.answer
    explains = answer is None or answer is beginning.answer or answer.facts.needs_reason
    return answer, entry.reason if explains or entry.reason != beginning.reason else ""


def _restated(entry: Entry, beginning: Entry) -> bool:
    """Return whether a correction gives another day, or another person who decided."""
    return (entry.given_on or beginning.given_on, entry.decided_by) != (
        beginning.given_on,
        beginning.decided_by,
    )


def _other_kind(
    entry: Entry, beginning: Entry, corrected: UpdateKind | None, *, details: bool, redone: bool
) -> UpdateKind | None:
    """Return the kind of the update beside a response, if there is one."""
    if entry.stage is not None and entry.stage is not beginning.stage:
        if entry.stage.facts.is_inspectorates_word:
            # Nobody says that in this form: it has a day and a source.
            raise NothingChanged
        return UpdateKind.PROGRESS if entry.stage.facts.is_bodys_word else UpdateKind.CHECK
    redone = redone and corrected is not UpdateKind.RESPONSE
    if entry.note == beginning.note and not details and not redone:
        return None
    if corrected is UpdateKind.PROGRESS:
        return UpdateKind.PROGRESS
    says_nothing = not entry.note and not details and not entry.evidence_url
    return None if says_nothing else UpdateKind.NOTE


def _new_stage(entry: Entry, beginning: Entry) -> Stage:
    """Return the progress that the body states anew; where it states none, that it has not started."""
    return entry.stage if entry.stage and entry.stage is not beginning.stage else Stage.NOT_STARTED


def _moved(before: Addressee, entry: Entry, kind: UpdateKind) -> Addressee:
    if kind is UpdateKind.CHECK:
        return before.check()
    if kind is not UpdateKind.PROGRESS:
        return before
    return before.progress(before.stage if entry.stage is None else entry.stage, entry.note)
