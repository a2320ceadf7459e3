"""What an update does to an addressee, and what it says of it in the history.

Recording, undoing, looking back, importing and checking the history all ask here, so that they agree. A new
value of an addressee is a member of `Value`; the type checker then names what else has to know of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum, StrEnum, auto
from typing import TypedDict, assert_never

from bot.domain.register.addressee import Addressee, Answer, Duty, LatestUpdate, Stage
from bot.domain.register.update import RECORDINGS, Change, Draft, Update, UpdateKind, excerpt
from bot.domain.values import replace

# The body, by its code, to which duties passed, and the one from which they came.
PASSED_TO = "passed to"
PASSED_FROM = "passed from"
# The heir is addressed since then, and was not before.
JOINED = "joined"
# The updates of predecessors by which an heir's response and progress stand, and the days they stand from.
RESPONSE_UPDATE = "response update"
PROGRESS_UPDATE = "progress update"
# How often, and by how many days in all, its date slipped and its expectation moved.
SLIPS = {"slips": "slips", "slip days": "slip_days", "expectation moves": "expectation_moves"}
ANSWER_SINCE = "answer since"
STAGE_SINCE = "stage since"
# The deadline for a response, which only a correction of the recommendation moves.
RESPOND_BY = "respond_by"


class Value(StrEnum):
    """What updates change of an addressee, as the history names it for good."""

    ANSWER = "answer"
    STAGE = "stage"
    PARTS_ADDRESSED = "parts addressed"
    PART_STATES = "part states"
    DUE_ON = "due_on"
    EXPECTED_ON = "expected_on"
    CLOSED_ON = "closed_on"
    CLOSING_LEVEL = "closing_level"
    MOVED_ON = "moved_on"
    UNDECIDED = "undecided"


class _Values(TypedDict, total=False):
    """Fields of an addressee with new values."""

    answer: Answer
    stage: Stage
    parts_addressed: tuple[str, ...]
    part_states: tuple[tuple[str, Stage], ...]
    due_on: date | None
    expected_on: date | None
    slips: int
    slip_days: int
    expectation_moves: int
    closed_on: date | None
    closing_level: str
    moved_on: date | None
    undecided: tuple[Duty, ...]
    live: bool
    passed_to: str | None


# Stands in an update of its kind even where it only confirms what stood.
_STATED = {UpdateKind.RESPONSE: Value.ANSWER, UpdateKind.PROGRESS: Value.STAGE}
_VALUES = {value.value: value for value in Value}


def is_of_parts(change: Change) -> bool:
    """Whether it is of the parts addressed, or of the states of parts: the names of both begin so."""
    return change.what.startswith("part")


def difference(before: Addressee, after: Addressee, kind: UpdateKind) -> tuple[Change, ...]:
    """Return the changes that an update of a kind records to make one addressee into the other."""
    if before == after and kind not in _STATED:
        return ()
    changes = (Change(value, _written(before, value), _written(after, value)) for value in Value)
    return tuple(change for change in changes if change.was != change.now or change.what == _STATED.get(kind))


def drafted(before: Addressee, after: Addressee, draft: Draft) -> Draft:
    """Add to a draft's changes what makes `before` into `after`, with the day on which it moved."""
    if draft.kind in RECORDINGS:
        after = replace(after, moved_on=_day_moved(before, draft))
    already_named = {change.what for change in draft.changes}
    changes = (change for change in difference(before, after, draft.kind) if change.what not in already_named)
    return replace(draft, changes=(*draft.changes, *changes))


def stated(before: Addressee, after: Addressee) -> tuple[Change, ...]:
    """Return all values of an addressee as changes, also those that stay the same, so that whatever counts on
    an earlier day is then as this update says."""
    values = (Change(value, _written(before, value), _written(after, value)) for value in Value)
    slips = (Change(change_name, "", str(getattr(after, field))) for change_name, field in SLIPS.items())
    return (*values, *slips)


def moved(addressee: Addressee, draft: Draft) -> Addressee:
    """Give an addressee the values that a draft holds. Raises ValueError for what no recbot writes."""
    return replace(addressee, **_made(addressee, draft))


class Effect(Enum):
    """Which addressees an update changes, and how much of them."""

    # What the update is about: the values that it gives, and all that is told of the latest update.
    RECORDED = auto()
    # What the update is about: whether the words of its latest update are shown.
    SHOWN = auto()
    # All of a recommendation: they end, or get other deadlines; some may come or go.
    ENDED = auto()
    CORRECTED = auto()
    # Those that begin with it.
    ADDRESSED = auto()
    # None: it changes roles, or something that no addressee holds.
    ROLES = auto()
    NONE = auto()


def _effect_of(kind: UpdateKind) -> Effect:
    """Return what a kind of update changes of addressees: the one table."""
    match kind:
        case (
            UpdateKind.RESPONSE
            | UpdateKind.PROGRESS
            | UpdateKind.PART
            | UpdateKind.NOTE
            | UpdateKind.CHECK
            | UpdateKind.CLOSE
            | UpdateKind.REOPEN
            | UpdateKind.EXTENSION_ASKED
            | UpdateKind.EXTENSION_GRANTED
            | UpdateKind.EXTENSION_REFUSED
            | UpdateKind.EXPECTED
            | UpdateKind.UNDO
            | UpdateKind.PASSED_ON
        ):
            return Effect.RECORDED
        case UpdateKind.QUOTING_ALLOWED | UpdateKind.QUOTING_STOPPED | UpdateKind.REDACTED:
            return Effect.SHOWN
        case UpdateKind.RECOMMENDATION_ENDED:
            return Effect.ENDED
        case UpdateKind.RECOMMENDATION_CORRECTED:
            return Effect.CORRECTED
        case UpdateKind.RECOMMENDATION_ADDED | UpdateKind.SEALED:
            return Effect.ADDRESSED
        case UpdateKind.GRANT | UpdateKind.REVOKE:
            return Effect.ROLES
        case (
            UpdateKind.QUOTING_ASKED
            | UpdateKind.QUESTION_ASKED
            | UpdateKind.QUESTION_ANSWERED
            | UpdateKind.REPORT_ADDED
            | UpdateKind.BODY_ADDED
            | UpdateKind.BODY_CHANGED
            | UpdateKind.REMINDED
            | UpdateKind.STARTED
            | UpdateKind.REMINDERS_CHANGED
            | UpdateKind.LETTER_FRAMED
            | UpdateKind.PARTY_REPORTED
            | UpdateKind.APPROVAL_ASKED
            | UpdateKind.APPROVED
            | UpdateKind.SENT_BACK
            | UpdateKind.HOLD_PLACED
            | UpdateKind.HOLD_LIFTED
            | UpdateKind.FOLLOWING_CHANGED
            | UpdateKind.PUBLISHED_RESPONSE
            | UpdateKind.REPORT_CHANGED
        ):
            return Effect.NONE
    assert_never(kind)


EFFECTS = {kind: _effect_of(kind) for kind in UpdateKind}


def apply(addressee: Addressee, update: Update, previous: int | None = None) -> Addressee:
    """Return the addressee after an update about it; where that takes back a response or a progress,
    `previous` is the one that stands again. Raises ValueError for a value that no recbot writes."""
    draft = update.draft
    effect = EFFECTS[draft.kind]
    match effect:
        case Effect.RECORDED:
            response_seq, progress_seq = _standing(addressee, update, previous)
            return replace(
                addressee,
                **_made(addressee, draft) | _slipped(addressee, draft),
                version=addressee.version + 1,
                response_seq=response_seq,
                progress_seq=progress_seq,
                latest_update=_in_short(update),
            )
        case Effect.SHOWN:
            return _with_words_shown(addressee, draft)
        case Effect.ENDED:
            return replace(addressee, live=False)
        case Effect.CORRECTED:
            return _with_corrected_dates(addressee, draft)
        case Effect.ADDRESSED | Effect.ROLES | Effect.NONE:
            return addressee
    assert_never(effect)


def _with_words_shown(addressee: Addressee, draft: Draft) -> Addressee:
    """Show the words of the latest update, or show them no more, where an update is about that one."""
    latest = addressee.latest_update
    if latest is None or latest.seq != draft.about_seq:
        return addressee
    if draft.kind is UpdateKind.REDACTED:
        return replace(addressee, latest_update=replace(latest, excerpt=""))
    return replace(
        addressee, latest_update=replace(latest, quotable=draft.kind is UpdateKind.QUOTING_ALLOWED)
    )


def _with_corrected_dates(addressee: Addressee, draft: Draft) -> Addressee:
    """Put right the dates that the recommendation states; one that the body was given itself stays."""
    for change in draft.changes:
        if change.what not in (RESPOND_BY, Value.DUE_ON):
            continue
        was = date.fromisoformat(change.was) if change.was else None
        now = date.fromisoformat(change.now) if change.now else None
        if change.what == RESPOND_BY and addressee.respond_by == was:
            addressee = replace(addressee, respond_by=now)
        if change.what == Value.DUE_ON and addressee.due_on == was:
            addressee = replace(addressee, due_on=now)
    return addressee


def still_stands(addressee: Addressee, update: Update) -> bool:
    """Return whether everything that an update changed still has the value that it gave, and no later update
    stands in its place. The day may differ: a note moves it and leaves everything else alone."""
    kind = update.draft.kind
    overtaken = kind in _STATED and latest_seq(addressee, kind) != update.seq
    return not overtaken and replace(addressee, **_values_of(_states(update))) == addressee


def latest_seq(addressee: Addressee, kind: UpdateKind) -> int | None:
    """Return the number of the update by which the response, or the progress, stands; None for any other
    kind."""
    if kind is UpdateKind.RESPONSE:
        return addressee.response_seq
    return addressee.progress_seq if kind is UpdateKind.PROGRESS else None


def without(addressee: Addressee, update: Update, moved_on: date | None) -> Addressee:
    """Return the addressee as it was before an update. `moved_on` is the London date from which the latest of
    the others stands: somebody may have recorded since."""
    reversed_changes = (Change(change.what, change.now, change.was) for change in _states(update))
    return replace(addressee, **_values_of(reversed_changes) | {"moved_on": moved_on})


def _made(before: Addressee, draft: Draft) -> _Values:
    values = _values_of(draft.changes)
    if draft.kind in RECORDINGS:
        values["moved_on"] = _day_moved(before, draft)
    return values


def _slipped(addressee: Addressee, draft: Draft) -> _Values:
    """Return the addressee with its slips counted: one more for an extension or an expectation that moved to
    a later day, one less where that is taken back."""
    match draft.kind:
        case UpdateKind.EXTENSION_GRANTED | UpdateKind.EXPECTED:
            step = 1
        case UpdateKind.UNDO:
            step = -1
        case _:
            return {}
    values: _Values = {}
    for change in draft.changes:
        if not (change.was and change.now):
            continue
        if change.what == Value.DUE_ON and addressee.slips + step >= 0:
            values["slips"] = addressee.slips + step
            values["slip_days"] = addressee.slip_days + _days_between(change)
        elif change.what == Value.EXPECTED_ON and _days_between(change) * step > 0:
            values["expectation_moves"] = max(0, addressee.expectation_moves + step)
    return values


def _days_between(change: Change) -> int:
    """Return by how many days a date moved; less than 0 where it moved to an earlier day."""
    return (date.fromisoformat(change.now) - date.fromisoformat(change.was)).days


def _states(update: Update) -> Iterable[Change]:
    return (change for change in update.draft.changes if change.what != Value.MOVED_ON)


def _day_moved(before: Addressee, draft: Draft) -> date:
    return max(draft.stands_from, before.moved_on or draft.stands_from)


def _standing(addressee: Addressee, update: Update, previous: int | None) -> tuple[int | None, int | None]:
    """Return the numbers of the response and the progress that stand after an update."""
    response_seq, progress_seq = addressee.response_seq, addressee.progress_seq
    match update.draft.kind:
        case UpdateKind.RESPONSE:
            return update.seq, progress_seq
        case UpdateKind.PROGRESS:
            return response_seq, update.seq
        case UpdateKind.PASSED_ON:
            return (
                _inherited(update, RESPONSE_UPDATE, response_seq),
                _inherited(update, PROGRESS_UPDATE, progress_seq),
            )
        case UpdateKind.UNDO if update.draft.about_seq == response_seq:
            return previous, progress_seq
        case UpdateKind.UNDO if update.draft.about_seq == progress_seq:
            return response_seq, previous
        case _:
            return response_seq, progress_seq


def _inherited(update: Update, change_name: str, otherwise: int | None) -> int | None:
    numbers = [change.now for change in update.draft.changes if change.what == change_name]
    if not numbers:
        return otherwise
    return int(numbers[-1]) if numbers[-1] else None


def _in_short(update: Update) -> LatestUpdate:
    draft = update.draft
    return LatestUpdate(
        seq=update.seq,
        kind=draft.kind.value,
        author_team=draft.by.team_id if draft.by else "",
        author_user=draft.by.user_id if draft.by else "",
        recorded_at=update.recorded_at,
        excerpt=excerpt(draft.text),
        quotable=draft.quotable,
    )


def _written(addressee: Addressee, value: Value) -> str:
    match value:
        case Value.ANSWER:
            return addressee.answer
        case Value.STAGE:
            return addressee.stage
        case Value.PARTS_ADDRESSED:
            return " ".join(addressee.parts_addressed)
        case Value.PART_STATES:
            return written_states(dict(addressee.part_states))
        case Value.DUE_ON:
            return str(addressee.due_on or "")
        case Value.EXPECTED_ON:
            return str(addressee.expected_on or "")
        case Value.CLOSED_ON:
            return str(addressee.closed_on or "")
        case Value.CLOSING_LEVEL:
            return addressee.closing_level
        case Value.MOVED_ON:
            return str(addressee.moved_on or "")
        case Value.UNDECIDED:
            return " ".join(addressee.undecided)
        case _:
            assert_never(value)


def answer_in(update: Update) -> Answer | None:
    """Return the answer that an update made; None where it made none."""
    return next(
        (Answer(change.now) for change in update.draft.changes if change.what == Value.ANSWER and change.now),
        None,
    )


def _values_of(changes: Iterable[Change]) -> _Values:
    """Read the new values of fields from changes. Changes of anything else are left out."""
    values: _Values = {}
    for change in changes:
        if value := _VALUES.get(change.what):
            values.update(_read(value, change.now))
        elif change.what in SLIPS:
            values |= _counted(change)
        elif change.what == PASSED_TO:
            values |= {"live": False, "passed_to": change.now}
        elif change.what == PASSED_FROM:
            values |= {"live": True, "passed_to": None}
    return values


def _counted(change: Change) -> _Values:
    number = int(change.now)
    match SLIPS[change.what]:
        case "slips":
            return {"slips": number}
        case "slip_days":
            return {"slip_days": number}
        case _:
            return {"expectation_moves": number}


def _read(value: Value, text: str) -> _Values:
    match value:
        case Value.ANSWER:
            return {"answer": Answer(text)}
        case Value.STAGE:
            return {"stage": Stage(text)}
        case Value.PARTS_ADDRESSED:
            return {"parts_addressed": tuple(text.split())}
        case Value.PART_STATES:
            return {"part_states": tuple(read_states(text).items())}
        case Value.DUE_ON:
            return {"due_on": date.fromisoformat(text) if text else None}
        case Value.EXPECTED_ON:
            return {"expected_on": date.fromisoformat(text) if text else None}
        case Value.CLOSED_ON:
            return {"closed_on": date.fromisoformat(text) if text else None}
        case Value.CLOSING_LEVEL:
            return {"closing_level": text}
        case Value.MOVED_ON:
            return {"moved_on": date.fromisoformat(text) if text else None}
        case Value.UNDECIDED:
            return {"undecided": tuple(map(Duty, text.split()))}
        case _:
            assert_never(value)


def written_states(states: Mapping[str, Stage]) -> str:
    """Write states as in `a=complete b=in_progress`."""
    return " ".join(f"{label}={stage.value.replace(' ', '_')}" for label, stage in states.items())


def read_states(text: str) -> dict[str, Stage]:
    """Read what `written_states` wrote; a label alone is of a part that is complete. Raises ValueError."""
    states = {}
    for word in text.split():
        label, _, stage = word.partition("=")
        states[label] = Stage(stage.replace("_", " ")) if stage else Stage.COMPLETE
    return states
