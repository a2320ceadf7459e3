"""Bodies grouped by what they owe, for lookups that name them."""

from collections.abc import Iterable
from datetime import date

from bot.domain.questions.answers import OwingBodies
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import place_of_id
from bot.operations.register.register import Register
from bot.operations.register.scope import LookupScope

Key = tuple[Duty, str]
Owing = tuple[Duty, Addressee]


def owing(
    register: Register, scope: LookupScope, duties: Iterable[Duty], before: date | None = None
) -> list[Owing]:
    """Who owes these duties within a scope, by deadline, where one is asked for before a London date."""
    return [(duty, addressee) for duty in duties for addressee in register.owing(duty, scope, before)]


def keys_in_order(some: Iterable[Owing]) -> list[Key]:
    """Each duty on each recommendation once, the earliest deadline first; those without one come last."""
    first: dict[Key, date] = {}
    for duty, addressee in some:
        key, deadline = (duty, addressee.recommendation_id), addressee.deadline(duty) or date.max
        first[key] = min(first.get(key, date.max), deadline)
    return sorted(first, key=lambda key: (first[key], place_of_id(key[1]), key[0] is Duty.ACTION))


def grouped(register: Register, keys: Iterable[Key], some: Iterable[Owing]) -> tuple[OwingBodies, ...]:
    """The bodies of each key, by name."""
    bodies: dict[Key, list[Addressee]] = {key: [] for key in keys}
    for duty, addressee in some:
        if (duty, addressee.recommendation_id) in bodies:
            bodies[duty, addressee.recommendation_id].append(addressee)
    found = register.recommendations({key[1] for key in bodies})
    return tuple(
        OwingBodies(
            found[key[1]], key[0], tuple(sorted(with_them, key=lambda addressee: addressee.body_name))
        )
        for key, with_them in bodies.items()
        if with_them
    )
