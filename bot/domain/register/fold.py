"""How an addressee stood at the end of an earlier day, folded from its updates.

There are two questions. `as at`: how did it stand, by all that is known now? `as known at`: what did the
register say of it then? An update counts from the London day that it stands from. Of those that count the
last one recorded holds, as it does for what stands now, so that both answers meet the present."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.calendar import beginning_of
from bot.domain.register.addressee import Addressee
from bot.domain.register.transition import JOINED, PASSED_FROM, apply
from bot.domain.register.update import ABOUT_UPDATES, Update, UpdateKind

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """An addressee as it stood, without version and face. `updates` are those that count, oldest first; of
    them `recorded_later` were recorded only after the day. `is_asked` tells whether it was addressed by
    then: a successor is from the day on which duties passed to it."""

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
    stood = addressee
    for update in counted:
        stood = apply(stood, update)
    # Whether the recommendation was live is its own history to say.
    live = addressee.live and stood.passed_to is None
    stood = replace(stood, live=live, version=0, face=None)
    later = beginning_of(day + _ONE_DAY)
    return Past(
        addressee=stood,
        updates=counted,
        recorded_later=sum(update.recorded_at >= later for update in counted),
        is_asked=any(map(_joins, counted)) or not any(map(_joins, history)),
    )


def _joins(update: Update) -> bool:
    return any(change.what == JOINED for change in update.draft.changes)


def counting(updates: Iterable[Update], day: date, *, known: bool = False) -> tuple[Update, ...]:
    """Return the updates of an addressee that count at the end of a London day.

    What was taken back does not, unless `known` asks for a time before that."""
    later = beginning_of(day + _ONE_DAY)
    counted = [update for update in updates if not known or update.recorded_at < later]
    taken_back = {update.draft.about_seq for update in counted if update.draft.kind is UpdateKind.UNDO}
    return tuple(
        update
        for update in counted
        if update.draft.stands_from <= day
        and update.draft.kind not in ABOUT_UPDATES
        and update.seq not in taken_back
    )
