import pytest

from bot.domain.refusals.request import TooMuchAtOnce
from bot.domain.register.people import PersonKey
from bot.operations.messages import digest
from bot.operations.recording import note
from bot.operations.request.rate_limit import AT_ONCE, RateLimiter
from tests import cast
from tests.cast import ALICE, BOB, CORA, Register, occasion
from tests.outbox.rig import PLAN


class Seconds:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def register(sqlite_url: str) -> Register:
    return cast.stalking_case(sqlite_url)


def test_whoever_writes_too_much_at_once_is_asked_to_wait_and_nobody_else_is(
    register: Register, seconds: Seconds
) -> None:
    rate_limiter = RateLimiter(at_once=3, a_second=0.5, now=seconds)
    for _ in range(3):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    rate_limiter.must_allow(register.store, occasion(BOB))


def test_a_person_may_write_120_times_at_once_and_twice_a_second_after_that(
    register: Register, seconds: Seconds
) -> None:
    """As docs/faults.md tells whoever runs recbot."""
    rate_limiter = RateLimiter(AT_ONCE, now=seconds)
    for _ in range(120):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    seconds.now = 1
    for _ in range(2):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))


def test_after_a_while_they_may_write_again_and_never_save_up_more(
    register: Register, seconds: Seconds
) -> None:
    rate_limiter = RateLimiter(at_once=3, a_second=0.5, now=seconds)
    for _ in range(3):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    seconds.now = 2
    rate_limiter.must_allow(register.store, occasion(ALICE))
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    seconds.now = 1_000_000
    for _ in range(3):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))


def test_what_was_recorded_before_is_never_said_not_to_be(register: Register, seconds: Seconds) -> None:
    """Slack may deliver a request again: that nothing was saved would then be untrue."""
    rate_limiter = RateLimiter(at_once=0, a_second=0, now=seconds)
    again = occasion(ALICE, key="command:1")
    note.note(register.store, again, register.read("note 15: met"))  # type: ignore[arg-type]
    rate_limiter.must_allow(register.store, again)
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE, key="command:2"))


def test_a_digest_that_was_ordered_before_is_never_said_not_to_be(
    register: Register, seconds: Seconds
) -> None:
    """Nothing in the history tells of it: it is known by its delivery."""
    rate_limiter = RateLimiter(at_once=0, a_second=0, now=seconds)
    again = occasion(CORA, key="command:1")
    assert digest.send(register.store, again, PLAN)
    rate_limiter.must_allow(register.store, again)
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(CORA, key="command:2"))


def test_it_remembers_no_more_people_than_it_must(register: Register, seconds: Seconds) -> None:
    rate_limiter = RateLimiter(at_once=3, a_second=0, now=seconds, people=10)
    for _ in range(3):
        rate_limiter.must_allow(register.store, occasion(ALICE))
    for number in range(100):
        rate_limiter.must_allow(register.store, occasion(PersonKey(cast.HOME, f"U{number}")))
    assert len(rate_limiter) <= 10
    with pytest.raises(TooMuchAtOnce):
        rate_limiter.must_allow(register.store, occasion(ALICE))
