"""People who type whatever can be typed about recording, at random but the same from the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.register.people import PersonKey, Request
from bot.operations.request.context import Services
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.recs import ask
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC

WHO = (ALICE, BOB, ED, CORA, CORA, CORA, VIC)
_OWN = {ALICE: "kent", BOB: "surrey", ED: "essex"}
RECORDINGS = (
    "accept {r} {b}",
    "accept 15 16 25 {b}",
    "partly {r} {b}: only {n} of the parts",
    "decline {r} {b}: because of {n}",
    "progress {r} {b} in progress: step {n}",
    "progress {r} {b} blocked: waits for {n}",
    "complete {r} {b}: done {n}",
    "not started {r} {b}",
    "note {r} {b}: note {n}",
    "undo",
    "extend {r} {b} 30 May 2025: {n} more weeks",
    "check {r} {b}",
    "reopen {r} {b}: {n} is missing",
    "redact {n} anyway: wrong person",
)
LOOKUPS = (
    "",
    "15",
    "16 {b}",
    "{b}",
    "overdue",
    "waiting {r}",
    "mine",
    "history {r} {b}",
    "changes since 1 Mar",
    "27",
)
_BODIES = ("kent", "surrey", "essex", "gwent")
_RECOMMENDATIONS = ("15", "16", "25")


@dataclass(frozen=True, slots=True)
class Typed:
    who: PersonKey
    text: str
    instant: datetime
    key: str


def trace(seed: int, many: int, kinds: Sequence[str] = RECORDINGS, *, name: str = "") -> Iterator[Typed]:
    """Yield requests half a minute apart; one in twenty is delivered twice."""
    chance = random.Random(seed)
    typed: Typed | None = None
    for number in range(many):
        if typed is None or chance.random() > 0.05:
            who = chance.choice(WHO)
            # Now and then a contact names a body that is not theirs.
            body = chance.choice(_BODIES) if who not in _OWN or chance.random() < 0.1 else _OWN[who]
            text = chance.choice(kinds).format(
                r=chance.choice(_RECOMMENDATIONS), b=body, n=chance.randint(1, 400)
            )
            instant = NOW + timedelta(seconds=30 * number)
            typed = Typed(who, text, instant, f"{name}{seed}:{number}")
        yield typed


def reply(services: Services, typed: Typed) -> Screen | None:
    """Answer as the slash command is answered."""
    request = Request(typed.who, typed.instant, typed.key)
    return run(services, request, lambda again: ask(services, again, typed.text), typed.text)
