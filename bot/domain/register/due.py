"""What is still owed by a deadline, counted over the bodies addressed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import place_of_id


class Due(Struct, frozen=True):
    """How many bodies still owe a duty by a deadline (London date), of those it was addressed to."""

    duty: Duty
    deadline: date
    recommendation_id: str
    addressed: int
    owed: int


def due_of(addressees: Iterable[Addressee]) -> tuple[Due, ...]:
    """Count what these owe by each deadline, the nearest first, then by report and number."""
    addressed: Counter[tuple[date, str, Duty]] = Counter()
    owed: Counter[tuple[date, str, Duty]] = Counter()
    for addressee in addressees:
        for duty in Duty:
            if deadline := addressee.deadline(duty):
                addressed[deadline, addressee.recommendation_id, duty] += 1
                owed[deadline, addressee.recommendation_id, duty] += addressee.owes(duty)
    return tuple(
        Due(duty, deadline, id_, addressed[deadline, id_, duty], owing)
        for (deadline, id_, duty), owing in sorted(owed.items(), key=lambda row: _in_order(*row[0]))
        if owing
    )


def nearest_of(due: Iterable[Due], day: date) -> tuple[Due, ...]:
    """Keep what is owed by the first deadline on or after a London date."""
    coming = [row for row in due if row.deadline >= day]
    first = min((row.deadline for row in coming), default=None)
    return tuple(row for row in coming if row.deadline == first)


def _in_order(deadline: date, recommendation_id: str, duty: Duty) -> tuple[date, tuple[str, int], bool]:
    return deadline, place_of_id(recommendation_id), duty is Duty.ACTION
