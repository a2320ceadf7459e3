import hashlib
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.messages.delivery import TOLD_LATER, Delivery, DeliveryKind, Outcome, part_key
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from storage import deliveries
from storage.store import Store
from tests import cast

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
PAYLOAD = {"text": "Week to 10 March 2025 · £", "blocks": []}


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = cast.migrated(database_url)
    yield made
    made.database.close()


def due(key: str = "digest:T0HOME:a", instant: datetime = NOW, **other: object) -> Delivery:
    return replace(Delivery(key, DeliveryKind.DIGEST, Slot.at(instant), "C0COORD", instant, instant), **other)


def added(store: Store, *new: Delivery) -> Delivery:
    with store.begin() as connection:
        for delivery in new:
            assert deliveries.add(connection, delivery)
    return new[0]


def claimed(store: Store, seen: Delivery, through: int | None = None) -> Delivery | None:
    with store.begin() as connection:
        rendered = replace(seen, payload=PAYLOAD, through_seq=through)
        return deliveries.claim(connection, rendered, "host:1", NOW, NOW)


def record(store: Store, seen: Delivery, outcome: Outcome) -> bool:
    with store.begin() as connection:
        return deliveries.record_outcome(connection, seen, outcome, None, NOW)


def row(store: Store, key: str = "digest:T0HOME:a") -> Delivery:
    with store.reading() as connection:
        delivery = deliveries.get(connection, key)
    assert delivery is not None
    return delivery


def test_a_row_comes_back_as_it_was_written(store: Store) -> None:
    written = due(
        follows="digest:T0HOME:b",
        through_seq=7,
        payload=PAYLOAD,
        state=DeliveryState.BLOCKED,
        fence=2,
        attempts=3,
        first_send_at=NOW,
        not_before=NOW + timedelta(minutes=5),
        ts="1.0",
        error="not_in_channel",
    )
    added(store, written)
    assert row(store) == written


def test_there_is_one_row_for_each_key(store: Store) -> None:
    added(store, due())
    with store.begin() as connection:
        assert not deliveries.add(connection, due(state=DeliveryState.SKIPPED))
    assert row(store).state is DeliveryState.DUE


def test_a_claim_keeps_what_is_sent_before_it_is_sent(store: Store) -> None:
    added(store, due())
    taken = claimed(store, row(store), through=130)
    assert taken == row(store)
    assert (taken.state, taken.fence, taken.attempts) == (DeliveryState.SENDING, 1, 1)
    assert (taken.payload, taken.through_seq, taken.first_send_at) == (PAYLOAD, 130, NOW)
    assert taken.first_real_at == NOW
    with store.reading() as connection:
        stored = connection.exec_driver_sql("SELECT payload_json, payload_sha, owner FROM deliveries").one()
    assert json.loads(stored[0]) == PAYLOAD
    assert stored[1] == hashlib.sha256(stored[0].encode()).hexdigest()
    assert stored[2] == "host:1"


def test_whoever_saw_an_older_state_claims_nothing(store: Store) -> None:
    seen = added(store, due())
    assert claimed(store, seen)
    assert claimed(store, seen) is None
    assert row(store).fence == 1


def test_of_eight_that_claim_at_once_one_wins(store: Store) -> None:
    seen = added(store, due())
    together = threading.Barrier(8)
    won: list[Delivery] = []

    def race() -> None:
        together.wait()
        if taken := claimed(store, seen):
            won.append(taken)

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(won) == 1
    assert row(store).fence == 1


def test_an_outcome_is_not_written_over_a_later_claim(store: Store) -> None:
    added(store, due())
    first = claimed(store, row(store))
    assert first is not None
    assert record(store, first, Outcome(DeliveryState.DUE))
    assert claimed(store, row(store))
    assert not record(store, first, Outcome(DeliveryState.UNKNOWN))
    assert row(store).state is DeliveryState.SENDING


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.UNKNOWN])
def test_only_what_waits_is_claimed(store: Store, state: DeliveryState) -> None:
    added(store, due(state=state))
    with pytest.raises(ValueError, match="does not become sending"):
        claimed(store, row(store))
    assert row(store).fence == 0


def test_what_is_sent_does_not_wait_again(store: Store) -> None:
    added(store, due(state=DeliveryState.SENT))
    with pytest.raises(ValueError, match="does not become due"):
        record(store, row(store), Outcome(DeliveryState.DUE))
    assert row(store).state is DeliveryState.SENT


def test_that_slack_took_it_is_the_truth_even_when_it_comes_late(store: Store) -> None:
    added(store, due())
    taken = claimed(store, row(store))
    assert taken is not None
    record(store, taken, Outcome(DeliveryState.UNKNOWN, error="left_behind"))
    with store.begin() as connection:
        assert deliveries.record_sent(connection, taken.key, "1.0", NOW)
        assert not deliveries.record_sent(connection, taken.key, "2.0", NOW)
    assert (row(store).state, row(store).ts, row(store).error) == (DeliveryState.SENT, "1.0", "")


def test_the_outbox_holds_what_is_not_settled_and_the_ts_of_heads(store: Store) -> None:
    head = due(state=DeliveryState.SENT, ts="1.0")
    part = due(part_key(head.key, 2), kind=DeliveryKind.DIGEST_PART, follows=head.key, payload=PAYLOAD)
    orphan = due("digest:T0HOME:b:part2", kind=DeliveryKind.DIGEST_PART, follows="digest:T0HOME:b")
    skipped = due("digest:T0HOME:c", state=DeliveryState.SKIPPED)
    added(store, head, part, orphan, skipped)
    with store.reading() as connection:
        outbox = deliveries.outbox(connection)
    assert {delivery.key for delivery in outbox.open} == {part.key, orphan.key}
    assert outbox.sent_heads == {head.key: "1.0"}


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (DeliveryState.SENDING, True),
        (DeliveryState.SENT, True),
        (DeliveryState.UNKNOWN, False),
        (DeliveryState.NEEDS_HUMAN, False),
        (DeliveryState.DUE, False),
        (DeliveryState.BLOCKED, False),
        (DeliveryState.SKIPPED, False),
    ],
)
def test_what_the_channel_has_seen_counts_as_told_and_what_is_in_doubt_does_not(
    store: Store, state: DeliveryState, counts: bool
) -> None:
    before = due("digest:T0HOME:before", state=DeliveryState.SENT, through_seq=3)
    added(store, before, due(state=state, through_seq=9))
    with store.reading() as connection:
        last = deliveries.last_told(connection)
    assert last is not None
    assert last.through_seq == (9 if counts else 3)


def test_a_digest_by_hand_is_no_slot(store: Store) -> None:
    week = timedelta(weeks=1)
    added(store, due(), due("digest:manual:x", NOW + week), due("digest:T0HOME:later", NOW + 2 * week))
    with store.reading() as connection:
        assert deliveries.last_slot(connection, Slot.at(NOW + week)) == Slot.at(NOW)


def test_a_digest_that_was_not_posted_gives_way_to_the_one_that_tells_its_period(store: Store) -> None:
    blocked = due(state=DeliveryState.BLOCKED, payload=PAYLOAD, through_seq=5)
    its_part = due(part_key(blocked.key, 2), follows=blocked.key, kind=DeliveryKind.DIGEST_PART)
    sent = due("digest:T0HOME:b", state=DeliveryState.SENT, payload=PAYLOAD, ts="1.0")
    part_of_sent = due(
        part_key(sent.key, 2), follows=sent.key, kind=DeliveryKind.DIGEST_PART, payload=PAYLOAD
    )
    not_rendered = due("digest:T0HOME:c")
    new = due("digest:T0HOME:d")
    added(store, blocked, its_part, sent, part_of_sent, not_rendered, new)
    with store.begin() as connection:
        deliveries.supersede(connection, new, NOW)
    states = {key: row(store, key).state for key in (blocked.key, its_part.key)}
    assert set(states.values()) == {DeliveryState.SKIPPED}
    assert row(store).error == TOLD_LATER
    for still_due in (part_of_sent, not_rendered, new):
        assert row(store, still_due.key).state is DeliveryState.DUE


def test_what_was_not_rendered_cannot_be_claimed(store: Store) -> None:
    seen = added(store, due())
    with pytest.raises(ValueError, match="rendered"), store.begin() as connection:
        deliveries.claim(connection, seen, "host:1", NOW, NOW)
