"""How an addressee stood at the end of an earlier day, folded from its updates.

There are two questions. `as at`: how did it stand, by all that is known now? `as known at`: what did the
register say of it then? An update counts from the London day that it stands from. Of those that count the
last one recorded holds, as it does for what stands now, so that both answers meet the present."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.calendar import beginning_of
from bot.domain.register.addressee import Addressee
from bot.domain.register.approval import not_approved
from bot.domain.register.transition import JOINED, PASSED_FROM, apply
from bot.domain.register.update import ABOUT_UPDATES, Update, UpdateKind
from bot.domain.values import replace

_ONE_DAY = timedelta(days=1)


class Past(Struct, frozen=True):
    """An addressee as it stood, without its version and latest update. `updates` are those that count, oldest
    first; of them `recorded_later` were recorded only after the day. `is_asked` tells whether it was
    addressed by then: a successor is from the day on which duties passed to it."""

    addressee: Addressee
    updates: tuple[Update, ...] = ()
    recorded_later: int = 0
    is_asked: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is one of those that a count is of: addressed, and nobody else in its place."""
        return self.is_asked and self.addressee.passed_to is None

    @property
    def has_inherited(self) -> bool:
        """Whether duties of another body had passed to it."""
        return any(change.what == PASSED_FROM for update in self.updates for change in update.draft.changes)


def state_at(addressee: Addressee, updates: Iterable[Update], day: date, *, known: bool = False) -> Past:
    """Return the state at the end of a London day; with `known`, as the register had it then.

    `addressee` is as it was before anything was recorded of it, with the deadlines that the report states;
    `updates` are all of its own, in order of seq."""
    history = tuple(updates)
    counted = counting(history, day, known=known)
    later = beginning_of(day + _ONE_DAY)
    return Past(
        addressee=_as_it_stood(addressee, _Carried(addressee).to(counted)),
        updates=counted,
        recorded_later=sum(update.recorded_at >= later for update in counted),
        is_asked=any(map(_joins, counted)) or not any(map(_joins, history)),
    )


def states_on(
    addressee: Addressee,
    updates: Iterable[Update],
    days: Iterable[date],
    *,
    recorded_before: datetime | None = None,
    approved_only: bool = False,
) -> Iterator[Past]:
    """Yield for each of some London days, the earliest first, what `state_at` returns for it, without
    counting what was recorded later.

    An update is applied once, and anew only where one comes before it that was recorded earlier and stands
    from a later day. With `recorded_before`, a UTC instant, only what had been recorded by then counts; with
    `approved_only`, what needs a second person's yes counts once it has that."""
    history = tuple(updates)
    to_come = sorted(_that_may_count(history, recorded_before), key=lambda update: update.draft.stands_from)
    to_come.reverse()
    asked_from_the_start = not any(map(_joins, history))
    carried = _Carried(addressee)
    counted: list[Update] = []
    past = Past(addressee=_as_it_stood(addressee, addressee), is_asked=asked_from_the_start)
    for day in days:
        if to_come and to_come[-1].draft.stands_from <= day:
            while to_come and to_come[-1].draft.stands_from <= day:
                insort(counted, to_come.pop(), key=lambda update: update.seq)
            without = not_approved(counted) if approved_only else frozenset()
            stood = carried.to([update for update in counted if update.seq not in without])
            past = Past(
                addressee=_as_it_stood(addressee, stood),
                updates=tuple(counted),
                is_asked=asked_from_the_start or any(map(_joins, counted)),
            )
        yield past


@dataclass(slots=True)
class _Carried:
    """An addressee with what has been applied to it, and how it stood after each."""

    addressee: Addressee
    applied: list[Update] = field(default_factory=list)
    states: list[Addressee] = field(default_factory=list)

    def to(self, updates: Sequence[Update]) -> Addressee:
        """Return how it stands by these updates, in order of seq: those that it stands by already are not
        applied again."""
        unmoved = 0
        while unmoved < min(len(self.applied), len(updates)) and self.applied[unmoved] is updates[unmoved]:
            unmoved += 1
        del self.applied[unmoved:], self.states[unmoved:]
        for update in updates[unmoved:]:
            self.applied.append(update)
            self.states.append(apply(self.states[-1] if self.states else self.addressee, update))
        return self.states[-1] if self.states else self.addressee


def _as_it_stood(blank: Addressee, stood: Addressee) -> Addressee:
    # Whether the recommendation was live is its own history to say.
    return replace(stood, live=blank.live and stood.passed_to is None, version=0, latest_update=None)


def _joins(update: Update) -> bool:
    return any(change.what == JOINED for change in update.draft.changes)


def counting(updates: Iterable[Update], day: date, *, known: bool = False) -> tuple[Update, ...]:
    """Return the updates of an addressee that count at the end of a London day.

    What was taken back does not, unless `known` asks for a time before that."""
    recorded_before = beginning_of(day + _ONE_DAY) if known else None
    return tuple(
        update for update in _that_may_count(updates, recorded_before) if update.draft.stands_from <= day
    )


def _that_may_count(updates: Iterable[Update], recorded_before: datetime | None) -> Iterator[Update]:
    """Yield the updates that count from the day on that each stands from."""
    recorded = [
        update for update in updates if recorded_before is None or update.recorded_at < recorded_before
    ]
    taken_back = {update.draft.about_seq for update in recorded if update.draft.kind is UpdateKind.UNDO}
    for update in recorded:
        if update.draft.kind not in ABOUT_UPDATES and update.seq not in taken_back:
            yield update
