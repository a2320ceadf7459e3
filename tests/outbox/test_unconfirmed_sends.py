"""When to look for a message that may have been posted, and what the pages read so far tell of it."""

from datetime import timedelta

import pytest

from bot.domain.messages.delivery import BEFORE_START, Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.outbox.channel_history import Page, Unreadable
from bot.outbox.unconfirmed_sends import Finding, UnconfirmedSends
from tests.outbox.rig import MONDAY, ClockByHand, Stopwatch

NOTHING = Page(())
AWAY = Unreadable("TimeoutError")
CLOSED = Unreadable("not_in_channel", closed=True)


def delivery(
    key: str = "digest", error: str = "TimeoutError", state: DeliveryState = DeliveryState.UNKNOWN
) -> Delivery:
    return Delivery(
        key, DeliveryKind.DIGEST, Slot.at(MONDAY), "C0COORD", MONDAY, MONDAY, state=state, error=error
    )


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def sends(stopwatch: Stopwatch) -> UnconfirmedSends:
    return UnconfirmedSends(ClockByHand(stopwatch=stopwatch))


def test_a_message_is_looked_for_two_minutes_after_its_request(
    sends: UnconfirmedSends, stopwatch: Stopwatch
) -> None:
    assert sends.next_in() is None
    sends.watch([delivery()])
    assert (sends.next(), sends.next_in()) == (None, 120)
    stopwatch.seconds += 120
    assert (sends.next(), sends.next_in()) == ((delivery(), ""), 0)


def test_one_of_before_the_start_is_looked_for_at_once_and_one_read_tells_all(
    sends: UnconfirmedSends,
) -> None:
    old = delivery(error=BEFORE_START)
    sends.watch([old])
    assert sends.next() == (old, "")
    assert sends.record_page(old, NOTHING) is Finding.NOT_POSTED


def test_two_complete_reads_a_minute_apart_must_miss_it(
    sends: UnconfirmedSends, stopwatch: Stopwatch
) -> None:
    sends.watch([delivery()])
    stopwatch.seconds += 120
    assert sends.record_page(delivery(), Page((), cursor="15")) is Finding.NOT_KNOWN_YET
    assert sends.next() == (delivery(), "15")
    assert sends.record_page(delivery(), NOTHING) is Finding.NOT_KNOWN_YET
    assert (sends.next(), sends.next_in()) == (None, 60)
    stopwatch.seconds += 60
    assert sends.next() == (delivery(), "")
    assert sends.record_page(delivery(), NOTHING) is Finding.NOT_POSTED


def test_what_stands_on_any_page_was_posted(sends: UnconfirmedSends) -> None:
    sends.watch([delivery()])
    assert sends.record_page(delivery(), Page(("1741597200.000100",), cursor="15")) is Finding.POSTED


def test_the_wait_of_each_goes_on_while_it_is_unconfirmed_and_begins_anew_after(
    sends: UnconfirmedSends, stopwatch: Stopwatch
) -> None:
    sends.watch([delivery("a")])
    stopwatch.seconds += 50
    sends.watch([delivery("a", error="another"), delivery("b")])
    assert sends.next_in() == 70
    stopwatch.seconds += 120
    assert sends.next() == (delivery("a", error="another"), "")
    sends.watch([delivery("b")])
    sends.watch([delivery("a"), delivery("b")])
    assert sends.next() == (delivery("b"), "")
    assert sends.next_in() == 0


@pytest.mark.parametrize(
    ("unreadable", "state", "seconds"),
    [
        (AWAY, DeliveryState.UNKNOWN, 60),
        (CLOSED, DeliveryState.UNKNOWN, 60),
        (Unreadable("ratelimited", wait=7), DeliveryState.UNKNOWN, 7),
        (CLOSED, DeliveryState.NEEDS_HUMAN, 300),
    ],
)
def test_a_history_that_was_not_shown_is_tried_again(
    sends: UnconfirmedSends, unreadable: Unreadable, state: DeliveryState, seconds: float
) -> None:
    looked_for = delivery(state=state)
    sends.watch([looked_for])
    assert not sends.record_unreadable(looked_for, unreadable)
    assert sends.next_in() == seconds


def test_asked_to_slow_down_it_goes_on_where_it_was_and_else_begins_anew(
    sends: UnconfirmedSends, stopwatch: Stopwatch
) -> None:
    sends.watch([delivery()])
    sends.record_page(delivery(), Page((), cursor="15"))
    sends.record_unreadable(delivery(), Unreadable("ratelimited", wait=0))
    assert sends.next() == (delivery(), "15")
    sends.record_unreadable(delivery(), AWAY)
    stopwatch.seconds += 60
    assert sends.next() == (delivery(), "")


def test_a_person_is_asked_once_ten_minutes_passed_without_a_look(
    sends: UnconfirmedSends, stopwatch: Stopwatch
) -> None:
    sends.watch([delivery()])
    assert not sends.record_unreadable(delivery(), CLOSED)
    stopwatch.seconds += 599
    assert not sends.record_unreadable(delivery(), CLOSED)
    stopwatch.seconds += 1
    assert sends.record_unreadable(delivery(), CLOSED)
    assert not sends.record_unreadable(delivery(state=DeliveryState.NEEDS_HUMAN), CLOSED)
    sends.record_page(delivery(), Page((), cursor="15"))
    assert not sends.record_unreadable(delivery(), CLOSED)


def test_slack_being_away_counts_towards_nothing(sends: UnconfirmedSends, stopwatch: Stopwatch) -> None:
    sends.watch([delivery()])
    for _ in range(20):
        assert not sends.record_unreadable(delivery(), AWAY)
        stopwatch.seconds += timedelta(minutes=1).total_seconds()
