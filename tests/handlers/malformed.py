"""Payloads in which one part is missing, null or of another kind."""

import copy
from collections.abc import Iterator
from typing import Any

from tests.handlers.recorded import FOLDER, Json, recorded

PAYLOADS = sorted(file.stem for file in FOLDER.glob("*.json") if file.stem not in ("grid_user", "ssl_check"))
# In turn, in the place of each part.
OTHERS: tuple[Any, ...] = ("x", [], {}, 7, True, [None], [[]], {"x": None}, "", 1.5, ["x"], [{}])


def places(node: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every part of a payload, by the way to it."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in steps:
        yield (*before, step)
        yield from places(child, (*before, step))


def without(payload: Json, place: tuple[Any, ...]) -> Json:
    changed = copy.deepcopy(payload)
    del holder(changed, place)[place[-1]]
    return changed


def having(payload: Json, place: tuple[Any, ...], part: Any) -> Json:
    changed = copy.deepcopy(payload)
    holder(changed, place)[place[-1]] = part
    return changed


def holder(node: Any, place: tuple[Any, ...]) -> Any:
    for step in place[:-1]:
        node = node[step]
    return node


def variants(name: str) -> Iterator[tuple[str, Json]]:
    payload = recorded(name)
    for number, place in enumerate(places(payload)):
        yield f"{place} is missing", without(payload, place)
        yield f"{place} is null", having(payload, place, None)
        for part in (OTHERS[number % len(OTHERS)], OTHERS[(number + 5) % len(OTHERS)]):
            yield f"{place} is {part!r}", having(payload, place, part)


def kind_of(name: str) -> str:
    """As what it comes by Socket Mode."""
    return "slash_commands" if "command" in name else "interactive"
