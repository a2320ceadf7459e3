"""How far a body is with each part of a recommendation, as the history and files write it: `a=complete`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Addressee, BlockedOnWhat, ClosedByInspectorate, Stage
from bot.domain.register.recommendation import Part, PartKind, Recommendation
from bot.domain.register.transition import is_of_parts, read_states, written_states
from bot.domain.register.update import Change, Update
from bot.domain.values import replace

# Before the label of the part that an update is about, in its changes.
PART = "of part "


@dataclass
class NoSuchPart(Refusal):
    """The recommendation has no part with this label; `labels` are those it has. `asks` where it was asked
    about, and not recorded."""

    recommendation: str
    label: str
    labels: tuple[str, ...]
    asks: bool = False


@dataclass
class PartsOpen(Refusal):
    """A body calls complete what has parts that are duties and still open, and does not say why."""

    recommendation_id: str
    body_name: str
    labels: tuple[str, ...]


def state_of(addressee: Addressee, label: str) -> Stage:
    """Return how far the body is with a part."""
    return states_of(addressee).get(label, Stage.NOT_STARTED)


def states_of(addressee: Addressee) -> dict[str, Stage]:
    """Return the state of each part that is begun, by its label, in the order of the labels."""
    done = dict.fromkeys(addressee.parts_addressed, Stage.COMPLETE)
    return dict(sorted({**done, **dict(addressee.part_states)}.items()))


def with_states(addressee: Addressee, states: Mapping[str, Stage]) -> Addressee:
    """Return the addressee with these states of its parts, and no others."""
    begun_states = {label: stage for label, stage in states.items() if stage is not Stage.NOT_STARTED}
    return replace(
        addressee,
        parts_addressed=tuple(label for label, stage in begun_states.items() if stage is Stage.COMPLETE),
        part_states=tuple(pair for pair in sorted(begun_states.items()) if pair[1] is not Stage.COMPLETE),
    )


def with_part(
    addressee: Addressee, recommendation: Recommendation, label: str, stage: Stage, text: str
) -> Addressee:
    """Record how far the body is with one part. Raises NoSuchPart, BlockedOnWhat, ClosedByInspectorate."""
    labels = tuple(part.label for part in recommendation.parts)
    if label not in labels:
        raise NoSuchPart(recommendation.title, label, labels)
    if addressee.stage.facts.is_inspectorates_word:
        raise ClosedByInspectorate(addressee.recommendation_id, addressee.body_name, addressee.closed_on)
    if stage.is_stuck and not text.strip():
        raise BlockedOnWhat(addressee.recommendation_id, addressee.body_name, stage)
    now = {**states_of(addressee), label: stage}
    return with_states(addressee, {known: now[known] for known in labels if known in now})


def open_duties(addressee: Addressee, parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the labels of the parts that are to be done and are not complete."""
    return tuple(
        part.label
        for part in parts
        if part.kind is PartKind.DUTY and not state_of(addressee, part.label).is_done
    )


def must_say_why(addressee: Addressee, stage: Stage, text: str, parts: Iterable[Part]) -> None:
    """Raises PartsOpen for what is called complete without a text while a part that is a duty is open."""
    if stage is not Stage.COMPLETE or text.strip():
        return
    if labels := open_duties(addressee, parts):
        raise PartsOpen(addressee.recommendation_id, addressee.body_name, labels)


def must_say_on_what(before: Addressee, after: Addressee, text: str) -> None:
    """Raises BlockedOnWhat where a part is stuck that was not before, and no text says on what."""
    for label, stage in states_of(after).items():
        if stage.is_stuck and state_of(before, label) is not stage and not text.strip():
            raise BlockedOnWhat(after.recommendation_id, after.body_name, stage)


def change_of(before: Addressee, label: str, stage: Stage) -> Change:
    """Return what an update about one part says of it."""
    return Change(f"{PART}{label}", state_of(before, label), stage)


def latest_of_parts(updates: Iterable[Update]) -> dict[str, Update]:
    """Return the last update that moved each part, by its label, of updates that count, oldest first."""
    latest: dict[str, Update] = {}
    for update in updates:
        for change in update.draft.changes:
            if change.what.startswith(PART):
                latest[change.what.removeprefix(PART)] = update
            elif is_of_parts(change):
                moved_parts = set(read_states(change.was).items()) ^ set(read_states(change.now).items())
                latest.update({label: update for label, _ in moved_parts})
    return latest


def written(addressee: Addressee) -> tuple[str, ...]:
    """Return the states of the parts that are begun, each as in `a=complete`."""
    return tuple(written_states(states_of(addressee)).split())
