"""Bodies grouped by what they owe, for lookups that name them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter

from bot.domain.questions.answers import OwingBodies
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Addressee, AddresseeKey, Duty
from bot.domain.register.recommendation import Recommendation, place_of_id
from bot.domain.values import replace
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope

# What their predecessors said is read from the history of each.
_MOST_HEIRS_NAMED = 4
_ONE_DAY = timedelta(days=1)

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


def page_of(
    register: RegisterNow,
    scope: LookupScope,
    duties: Iterable[Duty],
    number: int,
    before: date | None = None,
) -> tuple[Listing, list[Key], int]:
    """Return a page of what `counts` has within a scope, its keys in order, and how many bodies owe in all,
    summed over the keys."""
    wanted = tuple(duties)
    if scope.codes is None or scope.ids is not None:
        counted = counts(register, scope, wanted, before)
        keys = keys_in_order(counted)
        listing = Listing.at(number, len(keys))
        return listing, keys[listing.first : listing.first + listing.size], sum(counted.values())
    sizes = [register.size_owed(duty, scope.codes, before) for duty in wanted]
    listing = Listing.at(number, sum(recommendations for recommendations, _ in sizes))
    end = listing.first + listing.size
    # Of a long list few days are read for its first pages.
    last = register.day_of_so_many_owed(scope.codes, end, before) if end < listing.total else None
    counted = counts(register, scope, wanted, last + _ONE_DAY if last else before)
    return listing, keys_in_order(counted)[listing.first : end], sum(rows for _, rows in sizes)


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
