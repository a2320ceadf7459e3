"""When a message that a process claimed counts as left behind."""

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.outbox.abandoned_claims import AbandonedClaims
from tests.outbox.rig import MONDAY, ClockByHand, Stopwatch

SENDING = Delivery(
    "digest",
    DeliveryKind.DIGEST,
    Slot.at(MONDAY),
    "C0COORD",
    MONDAY,
    MONDAY,
    state=DeliveryState.SENDING,
    fence=1,
)


def test_a_claim_is_abandoned_half_a_minute_after_this_process_first_saw_it() -> None:
    stopwatch = Stopwatch()
    claims = AbandonedClaims(ClockByHand(stopwatch=stopwatch))
    assert claims.among([]) == ()
    assert claims.next_in() is None
    assert claims.among([SENDING]) == ()
    stopwatch.seconds += 29
    assert claims.next_in() == 1
    assert claims.among([SENDING]) == ()
    stopwatch.seconds += 1
    assert claims.among([SENDING]) == (SENDING,)


def test_another_claim_of_the_same_message_is_waited_for_anew() -> None:
    stopwatch = Stopwatch()
    claims = AbandonedClaims(ClockByHand(stopwatch=stopwatch))
    claims.among([SENDING])
    stopwatch.seconds += 30
    again = replace(SENDING, fence=2)
    assert claims.among([again]) == ()
    assert claims.next_in() == 30
