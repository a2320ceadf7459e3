"""Bodies grouped by what they owe, for lookups that name them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter

from bot.domain.questions.answers import OwingBodies
from bot.domain.register.addressee import Addressee, AddresseeKey, Duty
from bot.domain.register.recommendation import Recommendation, place_of_id
from bot.domain.values import replace
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope

# What their predecessors said is read from the history of each.
_MOST_HEIRS_NAMED = 4

Key = tuple[Duty, str]
Owing = tuple[Duty, Addressee]
Counts = dict[tuple[Duty, date | None, str], int]


def counts(
    register: RegisterNow, scope: LookupScope, duties: Iterable[Duty], before: date | None = None
) -> Counts:
    """Count the bodies within a scope that owe these duties, by deadline and recommendation id; with
    `before`, a London date, only those whose deadline is earlier."""
    return {
        (duty, deadline, recommendation_id): bodies
        for duty in duties
        for (deadline, recommendation_id), bodies in register.count_owing(duty, scope, before).items()
    }


def of_keys(
    register: RegisterNow, scope: LookupScope, keys: Iterable[Key], before: date | None = None
) -> tuple[OwingBodies, ...]:
    """Return the bodies within a scope of each key, by name, as `counts` counts them."""
    all_keys = tuple(keys)
    rows = [
        (duty, addressee)
        for duty in Duty
        if (ids := tuple(id_ for of_duty, id_ in all_keys if of_duty is duty))
        for addressee in register.owing(duty, replace(scope, ids=ids), before)
    ]
    return grouped(register, all_keys, rows)


def key_of(owing: Owing) -> tuple[Duty, date | None, str]:
    duty, addressee = owing
    return duty, addressee.deadline(duty), addressee.recommendation_id


def keys_in_order(owed: Iterable[tuple[Duty, date | None, str]]) -> list[Key]:
    """Return each duty on each recommendation once, earliest deadline first, those without one last."""
    first: dict[Key, date] = {}
    for duty, deadline, recommendation_id in owed:
        key = duty, recommendation_id
        first[key] = min(first.get(key, date.max), deadline or date.max)
    order = {(duty, id_): (day, place_of_id(id_), duty is Duty.ACTION) for (duty, id_), day in first.items()}
    return sorted(order, key=order.__getitem__)


def grouped(register: RegisterNow, keys: Iterable[Key], rows: Iterable[Owing]) -> tuple[OwingBodies, ...]:
    """Return the bodies of each key, by name."""
    all_keys = tuple(keys)
    ids = {recommendation_id for _, recommendation_id in all_keys}
    return in_groups(register, all_keys, rows, register.recommendations(ids), register.heirs(ids))


def in_groups(
    register: RegisterNow,
    keys: Iterable[Key],
    rows: Iterable[Owing],
    recommendations: Mapping[str, Recommendation],
    heirs: Collection[AddresseeKey],
) -> tuple[OwingBodies, ...]:
    """Return the bodies of each key, by name; `recommendations` are those of the keys, by id, and `heirs` the
    bodies in the place of others."""
    bodies: dict[Key, list[Addressee]] = {key: [] for key in keys}
    for duty, addressee in rows:
        if (duty, addressee.recommendation_id) in bodies:
            bodies[duty, addressee.recommendation_id].append(addressee)
    groups = []
    for (duty, recommendation_id), with_them in bodies.items():
        if with_them:
            by_name = sorted(with_them, key=attrgetter("body_name"))
            heirs_here = [row for row in by_name if row.key in heirs] if heirs else []
            heirs_to_name = heirs_here if len(heirs_here) <= _MOST_HEIRS_NAMED else []
            groups.append(
                OwingBodies(
                    recommendations[recommendation_id],
                    duty,
                    tuple(by_name),
                    heirs=len(heirs_here),
                    predecessors=register.predecessors(heirs_to_name) if heirs_to_name else {},
                )
            )
    return tuple(groups)
