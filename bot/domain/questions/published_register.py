"""The register as it is published for everybody: whatever its pages, files and feed tell.

All of it comes from accounts in their published form, so that nothing else can get in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.questions.account import Account
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Tally

# So many ends of months are told, the latest of them.
MONTHS_TOLD = 24


class CountsOn(Struct, frozen=True):
    """How many bodies stood where at the end of a London day, and how many of them were late with a duty."""

    day: date
    tally: Tally
    late: Mapping[Duty, int]

    @classmethod
    def of(cls, addressees: Collection[Addressee], day: date) -> "CountsOn":
        """Count those that a recommendation was addressed to on the day."""
        late = {duty: count_late(addressees, duty, day) for duty in Duty}
        return cls(day, Tally.of(addressees), late)


class PublishedRegister(Struct, frozen=True):
    """The register on the London day `day`, with all that was recorded up to update `through_seq`, at the UTC
    instant `recorded_at`. Everything is read from the store as it is asked for."""

    day: date
    through_seq: int
    recorded_at: datetime
    anchor: str
    identity: str  # tells this register from every other: the hash of its first update
    approved_only: bool
    bodies: tuple[PolicingBody, ...]  # all there ever were, by name
    # Each call reads anew: all recommendations, live and ended; what was ever asked of one body.
    account: Callable[[], Account]
    account_of: Callable[[PolicingBody], Account]
    # The bodies that answered a recommendation at the end of each of some London days, in order; none on days
    # on which it was not live.
    standing_on: Callable[[Recommendation, Sequence[date]], tuple[tuple[Addressee, ...], ...]]


def count_late(addressees: Iterable[Addressee], duty: Duty, day: date) -> int:
    """Count those that are overdue with a duty on a London date."""
    return sum(addressee.is_overdue(duty, day) for addressee in addressees)


def ends_of_months(first: date, last: date) -> Iterator[date]:
    """Yield the last days of the months from one London date to before another."""
    day = first.replace(day=1)
    while True:
        day = (day + timedelta(days=31)).replace(day=1)
        end = day - timedelta(days=1)
        if end >= last:
            return
        if end >= first:
            yield end


def months_told(published_on: date, today: date) -> tuple[date, ...]:
    """Return the ends of the months that are told of what was published on a London date."""
    return tuple(ends_of_months(published_on, today))[-MONTHS_TOLD:]
