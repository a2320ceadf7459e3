"""What a period changed, however often something was recorded: for a recommendation with one body one line,
from what to what. What ended as it began did not change."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from bot.domain.register.transition import Value, is_of_parts
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace

# The values that count as a change of the register.
STATES = (Value.ANSWER, Value.STAGE, Value.DUE_ON, Value.EXPECTED_ON)


class Event(Struct, frozen=True):
    """An update of the period that stands, or one from before that was taken back in it.

    `seq` is that of the update, or of its undoing; then `changes` lead from what it had made to what was
    before. `has_words` tells that it holds a text or a link, `quotable` that everybody may read them.
    `body_code` is empty where somebody else reported, `stands_from` a London date."""

    seq: int
    kind: UpdateKind
    recommendation_id: str
    body_code: str
    changes: tuple[Change, ...] = ()
    taken_back: bool = False
    has_words: bool = False
    quotable: bool = False
    stands_from: date | None = None

    @property
    def is_report(self) -> bool:
        """Whether it is what another reported whom the recommendation is addressed to, or the taking back of
        that."""
        return self.kind is UpdateKind.PARTY_REPORTED

    @property
    def moves(self) -> tuple[Change, ...]:
        """The values of `STATES` that it altered."""
        return tuple(change for change in self.changes if change.what in STATES and change.was != change.now)

    @property
    def is_note(self) -> bool:
        """Whether it says something and alters no state: a note, parts addressed, the same state again with a
        text."""
        says_something = self.has_words or any(map(is_of_parts, self.changes))
        return says_something and not self.taken_back and not self.moves and not self.is_report


class NetChange(Struct, frozen=True):
    """What of a recommendation with one body is another at the end of a period than at its beginning; `last`
    is the last event that altered it."""

    values: tuple[Change, ...]
    last: Event


def net_changes(events: Iterable[Event]) -> tuple[NetChange, ...]:
    """Sum events up by addressee, in the order of the last event of each; `events` come in order of `seq`."""
    altered: dict[tuple[str, str], dict[str, tuple[Change, Event]]] = {}
    for event in events:
        values = altered.setdefault((event.recommendation_id, event.body_code), {})
        for change in event.moves:
            first = values[change.what][0] if change.what in values else change
            values[change.what] = replace(first, now=change.now), event
    changes = []
    for values in altered.values():
        differing = [
            values[state_name]
            for state_name in STATES
            if state_name in values and _differs(values[state_name][0])
        ]
        if differing:
            last = max((event for _, event in differing), key=_place)
            changes.append(NetChange(tuple(change for change, _ in differing), last))
    return tuple(sorted(changes, key=lambda net: net.last.seq))


def _differs(change: Change) -> bool:
    return change.was != change.now


def _place(event: Event) -> int:
    return event.seq
