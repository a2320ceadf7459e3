from datetime import UTC, datetime, timedelta

from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState, Outbox, Outcome, part_key
from bot.domain.slots import Slot

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
HEAD = "digest:T0HOME:2025-03-10T09:00"


def delivery(key: str = HEAD, state: DeliveryState = DeliveryState.DUE, **other: object) -> Delivery:
    made = Delivery(key, DeliveryKind.DIGEST, Slot.at(NOW), "C0COORD", NOW, NOW, state=state)
    for name, value in other.items():
        object.__setattr__(made, name, value)
    return made


def part(number: int, state: DeliveryState = DeliveryState.DUE, **other: object) -> Delivery:
    return delivery(part_key(HEAD, number), state, follows=HEAD, **other)


def next_key(*of: Delivery, sent: dict[str, str] | None = None) -> str | None:
    sendable = Outbox(of, sent or {}).next(NOW)
    return sendable.delivery.key if sendable else None


def test_the_oldest_goes_first() -> None:
    older = delivery("digest:manual:x", created_at=NOW - timedelta(seconds=1))
    assert next_key(delivery(), older) == "digest:manual:x"


def test_nothing_goes_before_its_moment() -> None:
    waiting = delivery(not_before=NOW + timedelta(seconds=1))
    assert next_key(waiting) is None
    assert Outbox([waiting]).next_at() == NOW + timedelta(seconds=1)


def test_a_blocked_one_is_tried_again_when_its_moment_has_come() -> None:
    assert next_key(delivery(state=DeliveryState.BLOCKED, not_before=NOW)) == HEAD


def test_a_part_waits_until_its_head_is_sent() -> None:
    assert next_key(part(2)) is None
    found = Outbox([part(2)], {HEAD: "1741597200.000100"}).next(NOW)
    assert found is not None
    assert found.thread_ts == "1741597200.000100"


def test_parts_go_in_order_even_the_tenth() -> None:
    assert next_key(part(10), part(3), sent={HEAD: "1.0"}) == part_key(HEAD, 3)


def test_a_part_that_waits_or_is_being_sent_holds_back_those_after_it() -> None:
    later = NOW + timedelta(seconds=30)
    assert next_key(part(2, not_before=later), part(3), sent={HEAD: "1.0"}) is None
    assert next_key(part(2, DeliveryState.SENDING), part(3), sent={HEAD: "1.0"}) is None


def test_what_is_being_sent_is_not_sent_by_another() -> None:
    assert next_key(delivery(state=DeliveryState.SENDING)) is None


def test_after_three_days_what_waits_is_over() -> None:
    waiting, sending = delivery(), part(2, DeliveryState.SENDING)
    outbox = Outbox([waiting, sending])
    assert outbox.over(NOW + timedelta(days=3) - timedelta(seconds=1)) == ()
    assert outbox.over(NOW + timedelta(days=3)) == (waiting,)


def test_pauses_grow_up_to_five_minutes_and_an_unknown_one_is_not_tried_again() -> None:
    due = Outcome(DeliveryState.DUE)
    assert [due.pause(tries) for tries in (1, 2, 3, 50)] == [4, 8, 16, 300]
    assert Outcome(DeliveryState.BLOCKED).pause(1) == 300
    assert Outcome(DeliveryState.UNKNOWN).pause(1) is None
