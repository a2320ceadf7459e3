from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.messages.delivery import (
    ABANDONED,
    BEFORE_START,
    CLOCKS_DIFFER_BY,
    FROM_HISTORY,
    MISSED,
    NOT_FOUND,
    SAID_BY_A_PERSON,
    TOLD_LATER,
    Delivery,
    DeliveryKind,
    Outbox,
    Outcome,
    digest_key,
    key_by_hand,
    part_key,
    update_named_by,
)
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
HEAD = "digest:T0HOME:2025-03-10T09:00"


def delivery(key: str = HEAD, state: DeliveryState = DeliveryState.DUE, **other: object) -> Delivery:
    return replace(
        Delivery(key, DeliveryKind.DIGEST, Slot.at(NOW), "C0COORD", NOW, NOW, state=state), **other
    )


def part(number: int, state: DeliveryState = DeliveryState.DUE, **other: object) -> Delivery:
    return delivery(part_key(HEAD, number), state, follows=HEAD, **other)


def next_key(*deliveries: Delivery, sent: dict[str, str] | None = None) -> str | None:
    sendable = Outbox(deliveries, sent or {}).next(NOW)
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
    sendable = Outbox([part(2)], {HEAD: "1741597200.000100"}).next(NOW)
    assert sendable is not None
    assert sendable.thread_ts == "1741597200.000100"


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
    assert outbox.too_late(NOW + timedelta(days=3) - timedelta(seconds=1)) == ()
    assert outbox.too_late(NOW + timedelta(days=3)) == (waiting,)


def test_pauses_grow_up_to_five_minutes_and_an_unknown_one_is_not_tried_again() -> None:
    due = Outcome(DeliveryState.DUE)
    assert [due.pause(tries) for tries in (1, 2, 3, 50)] == [4, 8, 16, 300]
    assert Outcome(DeliveryState.BLOCKED).pause(1) == 300
    assert Outcome(DeliveryState.UNKNOWN).pause(1) is None


def test_a_thread_waits_for_what_is_looked_for_but_not_for_a_person() -> None:
    unknown, needs_human = part(2, DeliveryState.UNKNOWN), part(2, DeliveryState.NEEDS_HUMAN)
    assert next_key(unknown, part(3), sent={HEAD: "1.0"}) is None
    assert next_key(needs_human, part(3), sent={HEAD: "1.0"}) == part_key(HEAD, 3)


def test_what_nobody_can_tell_is_looked_for_until_it_is_too_late_to_send_it() -> None:
    needs_human = delivery(state=DeliveryState.NEEDS_HUMAN)
    assert Outbox([needs_human]).unconfirmed(NOW + timedelta(days=2)) == (needs_human,)
    assert Outbox([needs_human]).unconfirmed(NOW + timedelta(days=3)) == ()


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-1), timedelta(hours=1), timedelta(minutes=5)])
@pytest.mark.parametrize("which", ["first_send_at", "first_real_at"])
def test_a_clock_that_was_wrong_when_it_was_sent_hides_it_from_nobody(
    which: str, wrong_by: timedelta
) -> None:
    sent = replace(delivery(first_send_at=NOW, first_real_at=NOW), **{which: NOW + wrong_by})
    assert sent.may_stand_from(NOW) < NOW - timedelta(minutes=55)


def test_what_was_never_sent_as_far_as_is_known_is_looked_for_since_its_slot() -> None:
    two_days_later = NOW + timedelta(days=2)
    missed = delivery(created_at=two_days_later)
    assert missed.may_stand_from(two_days_later) < NOW


HOUR_BEFORE = Slot.at(NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("delivery", "before"),
    [
        (delivery(slot=HOUR_BEFORE), True),
        (delivery("reminder", kind=DeliveryKind.REMINDER, slot=HOUR_BEFORE), True),
        (delivery(), False),
        (delivery(key_by_hand("x"), slot=HOUR_BEFORE), False),
        (part(2, kind=DeliveryKind.DIGEST_PART, slot=HOUR_BEFORE), False),
        (delivery("told", kind=DeliveryKind.DIRECT_MESSAGE, slot=HOUR_BEFORE), False),
    ],
)
def test_what_the_calendar_asks_for_may_have_been_sent_before_its_row_was_made(
    delivery: Delivery, before: bool
) -> None:
    assert delivery.was_requested_before(NOW) is before


def test_the_register_keeps_each_kind_and_reason_in_the_word_it_always_did() -> None:
    assert [*DeliveryKind] == [
        *("digest", "digest part", "direct message", "reminder", "shared answer", "welcome", "new report"),
        *("followed", "followed in a channel", "approval"),
    ]
    assert [MISSED, TOLD_LATER, ABANDONED] == ["missed", "told later", "left_behind"]
    assert BEFORE_START == "before_start"
    assert [NOT_FOUND, FROM_HISTORY, SAID_BY_A_PERSON] == ["not_found", "from_history", "said_by_a_person"]


def test_a_digest_what_is_shared_and_what_a_channel_follows_go_to_a_channel() -> None:
    assert {kind for kind in DeliveryKind if not delivery(kind=kind).is_to_a_person} == {
        DeliveryKind.DIGEST,
        DeliveryKind.DIGEST_PART,
        DeliveryKind.SHARED,
        DeliveryKind.FOLLOWED_IN_CHANNEL,
    }


def test_words_that_are_erased_later_may_be_in_what_repeats_them_to_a_person() -> None:
    assert {kind for kind in DeliveryKind if kind.facts.keeps_free_words} == {
        DeliveryKind.DIRECT_MESSAGE,
        DeliveryKind.REMINDER,
        DeliveryKind.APPROVAL,
    }


def test_the_calendar_asks_for_all_but_parts_and_what_somebody_did() -> None:
    assert {kind for kind in DeliveryKind if not kind.facts.by_calendar} == {
        DeliveryKind.DIGEST_PART,
        DeliveryKind.DIRECT_MESSAGE,
        DeliveryKind.SHARED,
        DeliveryKind.APPROVAL,
    }


def test_coordinators_are_told_where_a_channel_refuses_what_many_wait_for() -> None:
    assert {kind for kind in DeliveryKind if kind.facts.is_missed_by_many} == {
        DeliveryKind.DIGEST,
        DeliveryKind.FOLLOWED_IN_CHANNEL,
    }


def test_each_claim_of_a_message_is_told_from_the_next() -> None:
    assert delivery(fence=3).claim == (HEAD, 3)


def test_a_reminder_is_over_once_its_working_day_is() -> None:
    reminder = delivery(kind=DeliveryKind.REMINDER)
    five = NOW + timedelta(hours=8)
    assert not reminder.is_over(five - timedelta(seconds=1))
    assert reminder.is_over(five)


@pytest.mark.parametrize(
    ("state", "minutes", "late"),
    [(DeliveryState.SENT, 16, True), (DeliveryState.SENT, 15, False), (DeliveryState.DUE, 16, False)],
)
def test_what_is_sent_a_quarter_of_an_hour_after_its_slot_was_late(
    state: DeliveryState, minutes: int, late: bool
) -> None:
    assert delivery(state=state, updated_at=NOW + timedelta(minutes=minutes)).was_late is late


HOURS = [NOW + timedelta(hours=hours) for hours in range(4)]


@pytest.mark.parametrize(
    ("facts", "real_now", "earliest"),
    [
        ({"first_send_at": HOURS[1], "first_real_at": HOURS[2]}, HOURS[3], HOURS[1]),
        ({"first_send_at": HOURS[2], "first_real_at": HOURS[1]}, HOURS[3], HOURS[1]),
        ({"first_send_at": HOURS[1]}, HOURS[3], HOURS[1]),
        ({"slot": Slot.at(HOURS[1]), "created_at": HOURS[2]}, HOURS[3], HOURS[1]),
        ({"slot": Slot.at(HOURS[2]), "created_at": HOURS[1]}, HOURS[3], HOURS[1]),
        ({"slot": Slot.at(HOURS[2]), "created_at": HOURS[3]}, HOURS[1], HOURS[1]),
    ],
)
def test_a_message_can_stand_since_the_earliest_of_what_any_clock_said(
    facts: dict[str, Any], real_now: datetime, earliest: datetime
) -> None:
    assert delivery(**facts).may_stand_from(real_now) == earliest - CLOCKS_DIFFER_BY


def test_the_first_moment_is_that_of_what_waits_for_one() -> None:
    assert Outbox([]).next_at() is None
    assert Outbox([delivery()]).next_at() is None
    later, latest = (NOW + timedelta(hours=hours) for hours in (1, 2))
    waiting = [delivery("a", not_before=latest), delivery("b", not_before=later), delivery("c")]
    assert Outbox(waiting).next_at() == later


def test_what_is_being_sent_is_what_a_process_has_claimed() -> None:
    sending = delivery("b", DeliveryState.SENDING)
    assert Outbox([delivery("a"), sending]).sending == (sending,)


def test_what_is_looked_for_comes_oldest_first() -> None:
    older = delivery("b", DeliveryState.UNKNOWN, created_at=NOW - timedelta(seconds=1))
    newer = delivery("a", DeliveryState.UNKNOWN)
    assert Outbox([newer, older]).unconfirmed(NOW) == (older, newer)


def test_of_one_moment_the_shorter_key_goes_first_and_else_the_earlier_letter() -> None:
    assert next_key(delivery("b"), delivery("a")) == "a"
    assert next_key(delivery("aa"), delivery("b")) == "b"


def test_a_part_whose_head_is_not_sent_holds_back_no_other_message() -> None:
    orphan = part(2, created_at=NOW - timedelta(hours=1))
    assert next_key(orphan, delivery("another")) == "another"


def test_a_digest_is_known_by_its_team_and_slot() -> None:
    assert digest_key("T0HOME", Slot.at(NOW)) == HEAD


@pytest.mark.parametrize(
    "about",
    [
        *("extension-asked", "extension-decided", "reopened", "ask"),
        *("question-asked", "question-answered", "approval", "approval-decided"),
    ],
)
def test_a_message_about_an_update_names_its_number(about: str) -> None:
    assert update_named_by(f"{about}:137:T0HOME/U0ALICE") == 137
    assert update_named_by(f"{about}:137") == 137


@pytest.mark.parametrize("key", [HEAD, "digest:137:x", "approval:", "approval:x", "approval:²", "approval:٣"])
def test_any_other_message_names_no_update(key: str) -> None:
    assert update_named_by(key) == 0
