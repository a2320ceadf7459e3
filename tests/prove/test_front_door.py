"""Rows 11 and 12: whatever is typed is answered, and whatever is not from Slack is turned away."""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.register.people import PersonKey
from bot.runtime.http.door import door as behind_the_door
from bot.runtime.wiring.bolt_workarounds import ForgivingRequestHandler
from tests.cast import ALICE, CORA, VIC
from tests.handlers.front_door import SECRET, FrontDoor, front_door
from tests.prove.payloads import Signed, command, post, signed
from tests.prove.size import size
from tests.prove.test_fuzz import typed
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

TEXTS = size(2_000, 100_000)
FORGED, MALFORMED = 10_000, 1_000
TOO_OLD = 301  # seconds


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('door') / 'recbot.db'}") as door:
        yield door


@pytest.fixture(autouse=True)
def nothing_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    failures = [
        get_record for get_record in caplog.get_records("call") if get_record.levelno >= logging.ERROR
    ]
    assert [
        failure.getMessage() for failure in failures if failure.name.startswith(("bot", "handlers"))
    ] == []


@settings(
    max_examples=TEXTS,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(who=st.sampled_from((VIC, ALICE, CORA)), text=typed())
def test_whatever_is_typed_there_is_a_valid_reply(door: FrontDoor, who: PersonKey, text: str) -> None:
    door.types(who, text)


Forge = Callable[[random.Random, Signed], Signed]


def a_made_up_signature(chance: random.Random, request: Signed) -> Signed:
    return Signed(request.body, request.timestamp, f"v0={chance.getrandbits(256):064x}")


def one_digit_changed(chance: random.Random, request: Signed) -> Signed:
    place = chance.randrange(3, 67)
    other = chance.choice([digit for digit in "0123456789abcdef" if digit != request.signature[place]])
    return Signed(
        request.body, request.timestamp, request.signature[:place] + other + request.signature[place + 1 :]
    )


def another_body(chance: random.Random, request: Signed) -> Signed:
    body = bytearray(request.body)
    body[chance.randrange(len(body))] ^= 1
    return Signed(bytes(body), request.timestamp, request.signature)


def another_time(chance: random.Random, request: Signed) -> Signed:
    return Signed(
        request.body, str(int(request.timestamp) + chance.choice((-1, 1, 7, -60))), request.signature
    )


def another_secret(chance: random.Random, request: Signed) -> Signed:
    return signed(_ordinary(chance), f"another secret {chance.random()}")


def too_old(chance: random.Random, _request: Signed) -> Signed:
    return signed(_ordinary(chance), SECRET, time.time() - TOO_OLD - chance.randrange(10_000_000))


def from_the_future(chance: random.Random, _request: Signed) -> Signed:
    return signed(_ordinary(chance), SECRET, time.time() + TOO_OLD + chance.randrange(10_000_000))


FORGERIES: tuple[Forge, ...] = (
    a_made_up_signature,
    one_digit_changed,
    another_body,
    another_time,
    another_secret,
    too_old,
    from_the_future,
)
JUNK = (
    None, "", " ", "now", "NaN", "1e9", "-1", "1.5", "0x10", "١٢٣", "²", "\x00", "\n", "é", "ÿ" * 64,
    "v0", "v0=", "v1=" + "0" * 64, "v0=" + "g" * 64, "v0=" + "A" * 64, "v0=" + "0" * 63, "v0=" + "0" * 65,
    "v0=" + "\xe9" * 64, "sha256=" + "0" * 64, "9" * 30, "v0=" + "0" * 100_000,
)  # fmt: skip


def test_what_is_forged_or_malformed_is_refused_before_anything_runs(sqlite_url: str) -> None:
    chance = random.Random(12)
    with front_door(sqlite_url) as door:
        reached: list[Any] = []

        def note(body: Any, next: Callable[[], Any]) -> None:
            reached.append(body)
            next()

        door.app.use(note)
        app: WSGIApplication = behind_the_door(ForgivingRequestHandler(door.app), list)
        before = audit(sqlite_url)
        answers: Counter[int] = Counter()
        for number in range(FORGED):
            request = signed(_ordinary(chance), SECRET)
            answers[post(app, FORGERIES[number % len(FORGERIES)](chance, request)).status] += 1
        assert answers == {401: FORGED}
        answers.clear()
        for _ in range(MALFORMED):
            answers[_malformed(chance, app)] += 1
        assert answers == {401: MALFORMED}
        assert reached == []
        assert audit(sqlite_url) == before
        # The same door lets the genuine one in: what was refused was refused for what was wrong with it.
        assert post(app, signed(_ordinary(chance), SECRET)).status == 200
        assert len(reached) == 1
        assert len(audit(sqlite_url)) == len(before) + 1
    print(f"{FORGED} forged and {MALFORMED} malformed requests: none accepted, all 401")


def _malformed(chance: random.Random, app: WSGIApplication) -> int:
    """Return the status that a request gets which no Slack would send."""
    request = signed(_ordinary(chance), SECRET)
    fault = chance.choice(("timestamp", "signature", "both", "body"))
    junk = chance.choice(JUNK)
    if fault == "body":
        return post(app, Signed(request.body + b"\xff", request.timestamp, request.signature)).status
    if fault == "both":
        return post(app, request, timestamp=junk, signature=chance.choice(JUNK)).status
    return post(app, request, **{fault: junk}).status


def _ordinary(chance: random.Random) -> dict[str, Any]:
    return command(CORA, "note 15 kent: a note", f"1.2.{chance.getrandbits(64)}")
