"""The weekly digest: what is due, what it says, and `/recs digest`, `digest preview`, `digest send`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.messages.delivery import (
    MISSED,
    Delivery,
    DeliveryKind,
    Payload,
    digest_key,
    key_by_hand,
    part_key,
)
from bot.domain.messages.delivery_state import TROUBLED, WAITING, DeliveryState
from bot.domain.messages.digest import Digest, DigestOutlook, Posted
from bot.domain.messages.slots import Slot, catch_up, next_slot, slots
from bot.domain.register.people import Request
from bot.domain.register.update import Draft, RequestKey, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.messages import digest_contents
from bot.operations.messages.claiming import Claimed, claim_in
from bot.operations.request import actors
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.schedule_plan import SchedulePlan
from bot.operations.request.writing import HistoryLedger
from bot.runtime.clock import Clock
from storage import chain, deliveries, updates
from storage.database import Connection
from storage.store import Store

# Words a digest, given the key of its delivery: its first message, then those of its thread.
Render = Callable[[Digest, str], Sequence[Payload]]

_LAST_SHOWN = 5
_STARTED = RequestKey("started")


def record_start(store: Store, instant: datetime) -> None:
    """Record, once in a register's life, that the schedule runs: slots before that are not owed.

    Raises Busy."""
    with store.reading() as connection:
        if updates.first_of_kind(connection, UpdateKind.STARTED):
            return
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        if not updates.of_request(connection, _STARTED.key):
            ledger.append(Draft(UpdateKind.STARTED, london_date(instant), Via.SCHEDULE, request=_STARTED))


def note_due(store: Store, plan: SchedulePlan, instant: datetime) -> None:
    """Make a delivery for the slot that has come, and note those that were missed. Raises Busy."""
    if plan.channel is None:
        return
    missed = catch_up(_missed(store, plan, instant), instant)
    due = [(slot, DeliveryState.SKIPPED, MISSED) for slot in missed.skip]
    if missed.post is not None:
        due.append((missed.post, DeliveryState.DUE, ""))
    if not due:
        return
    with store.begin() as connection:
        for slot, state, error in due:
            key = digest_key(store.home_team, slot)
            new = Delivery(
                key, DeliveryKind.DIGEST, slot, plan.channel, instant, instant, state=state, error=error
            )
            deliveries.add(connection, new)


def claim(
    store: Store,
    seen: Delivery,
    plan: SchedulePlan,
    render: Render,
    owner: str,
    clock: Clock,
) -> Claimed | None:
    """Take a digest for sending: read and render it, and make the deliveries of its thread, in the commit of
    the claim. None when another process was quicker. Raises Busy."""
    instant = clock.now()
    with store.reading() as connection:
        # Before the history is locked, since it goes through all of a report's.
        charts = digest_contents.charts(connection, london_date(instant))
    with store.begin() as connection:
        # Locked, the history has no update that this digest does not see and the next one would leave out.
        history = HistoryLedger(connection, instant).chain
        due = deliveries.get(connection, seen.key, for_update=True)
        if due is None or due.state not in WAITING or due.payload is not None:
            return None
        deliveries.supersede(connection, due, instant)
        digest = digest_contents.read(
            connection, london_date(instant), history.seq, history.hash, names_bodies=plan.names_bodies
        )
        if due.slot.is_late(instant):
            digest = replace(digest, late_from=due.slot)
        digest = replace(digest, charts=charts)
        return claim_in(connection, _with_thread(connection, due, digest, render, instant), owner, clock)


def _with_thread(
    connection: Connection, due: Delivery, digest: Digest, render: Render, instant: datetime
) -> Delivery:
    """Return the delivery with its message, and add those of its thread."""
    head, *thread = render(digest, due.key)
    for number, payload in enumerate(thread, start=2):
        deliveries.add(connection, _part(due, number, payload, instant))
    return replace(due, payload=head, through_seq=digest.through_seq, says=digest.fingerprints())


def outlook(store: Store, request: Request, plan: SchedulePlan) -> DigestOutlook:
    """Return when the next digest comes and how the last ones went. Raises NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        return outlook_in(connection, plan, request.instant)


def outlook_in(
    connection: Connection, plan: SchedulePlan, instant: datetime, last: int = _LAST_SHOWN
) -> DigestOutlook:
    """Return when the next digest comes after a UTC instant, and how the `last` digests went, in a
    transaction."""
    heads = deliveries.last_digests(connection, last)
    parts = deliveries.parts_of(connection, [delivery.key for delivery in heads])
    troubled = [part for part in parts if part.state in TROUBLED]
    last_digest = deliveries.last_told(connection)
    through = last_digest.through_seq if last_digest else None
    return DigestOutlook(
        has_channel=plan.channel is not None,
        next_slot=next_slot(plan.rule, instant) if plan.channel else None,
        last=tuple(
            Posted(delivery, tuple(part for part in troubled if part.follows == delivery.key))
            for delivery in heads
        ),
        anchor=(through, chain.hash_of(connection, through) or "") if through else None,
    )


def preview(store: Store, request: Request, plan: SchedulePlan) -> Digest:
    """Return what would be posted now. Raises NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        return _read_now(connection, request.instant, plan)


def as_it_would_be(store: Store, instant: datetime, plan: SchedulePlan) -> Digest:
    """Return what would be posted now, for whoever runs recbot."""
    with store.reading() as connection:
        return _read_now(connection, instant, plan)


def send(store: Store, request: Request, plan: SchedulePlan) -> bool:
    """Make a digest due now, once for each request; False when no channel is set. Raises NotACoordinator."""
    with store.begin() as connection:
        actors.load(connection, store, request).must_coordinate()
        ordered = _make_due(connection, key_by_hand(request.key), request.instant, plan)
    plan.wake()
    return ordered


def order(store: Store, instant: datetime, plan: SchedulePlan) -> bool:
    """Make a digest due now for whoever runs recbot, once for each instant; False when no channel is set."""
    with store.begin() as connection:
        return _make_due(connection, key_by_hand(f"command line:{instant.isoformat()}"), instant, plan)


def _read_now(connection: Connection, instant: datetime, plan: SchedulePlan) -> Digest:
    seq, anchor = chain.head(connection)
    return digest_contents.read(connection, london_date(instant), seq, anchor, names_bodies=plan.names_bodies)


def _make_due(connection: Connection, key: str, instant: datetime, plan: SchedulePlan) -> bool:
    if plan.channel is None:
        return False
    deliveries.add(
        connection, Delivery(key, DeliveryKind.DIGEST, Slot.at(instant), plan.channel, instant, instant)
    )
    return True


def _missed(store: Store, plan: SchedulePlan, instant: datetime) -> tuple[Slot, ...]:
    with store.reading() as connection:
        started = updates.first_of_kind(connection, UpdateKind.STARTED)
        last = deliveries.last_slot(connection, Slot.at(instant))
    if started is None:
        return ()
    after = max(started.recorded_at, last.instant) if last else started.recorded_at
    return slots(plan.rule, after, instant)


def _part(head: Delivery, number: int, payload: Payload, instant: datetime) -> Delivery:
    return Delivery(
        key=part_key(head.key, number),
        kind=DeliveryKind.DIGEST_PART,
        slot=head.slot,
        channel=head.channel,
        created_at=instant,
        updated_at=instant,
        follows=head.key,
        payload=payload,
    )
