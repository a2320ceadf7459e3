"""Deliveries: one row for each message to send, moved on only by whoever finds it as they last saw it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select, update

from bot.domain.messages.delivery import TOLD_LATER, Delivery, DeliveryKind, Outbox, Outcome, Payload
from bot.domain.messages.delivery_state import OPEN, TOLD, WAITING, DeliveryState, may_follow
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from storage import upserts
from storage.tables.deliveries import deliveries

_BY_HAND = "digest:manual:%"
_NEXT_SWEEP: Select[Any] = (
    select(deliveries).where(deliveries.c.sweep_at.is_not(None)).order_by(deliveries.c.sweep_at).limit(1)
)
_OPEN = select(deliveries).where(deliveries.c.state.in_([state.value for state in OPEN]))
_DIGESTS: Select[Any] = select(deliveries).where(deliveries.c.kind == DeliveryKind.DIGEST.value)
_LAST_TOLD = (
    _DIGESTS.where(
        deliveries.c.state.in_([state.value for state in TOLD]), deliveries.c.through_seq.is_not(None)
    )
    .order_by(deliveries.c.through_seq.desc(), deliveries.c.created_at.desc())
    .limit(1)
)
LAST_MADE: Select[Any] = _LAST_TOLD.with_only_columns(deliveries.c.created_at).where(
    deliveries.c.created_at < bindparam("before")
)
_LAST_SLOT = (
    _DIGESTS.where(deliveries.c.key.not_like(_BY_HAND), deliveries.c.slot_local <= bindparam("until"))
    .order_by(deliveries.c.slot_local.desc())
    .limit(1)
)


def add(connection: Connection, new: Delivery) -> bool:
    """Write a row, unless there is one with its key already. Return whether it did."""
    statement = upserts.insert(connection, deliveries).on_conflict_do_nothing(index_elements=["key"])
    # PostgreSQL does not count what an INSERT wrote.
    return connection.execute(statement.returning(deliveries.c.key), _row(new)).first() is not None


def get(connection: Connection, key: str, *, for_update: bool = False) -> Delivery | None:
    """Return the delivery with a key, locked for the rest of the transaction where it is `for_update`."""
    statement = select(deliveries).where(deliveries.c.key == key)
    return _first(connection.execute(statement.with_for_update() if for_update else statement))


def existing(connection: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Return those of some keys that have a delivery, in whatever state."""
    statement = select(deliveries.c.key).where(deliveries.c.key.in_(list(keys)))
    return frozenset(connection.execute(statement).scalars())


def direct_messages_since(connection: Connection, beginning: str, instant: datetime) -> tuple[str, ...]:
    """Return the keys, with this beginning, of the direct messages made since a UTC instant, whatever became
    of them."""
    statement = select(deliveries.c.key).where(
        deliveries.c.kind == DeliveryKind.DIRECT_MESSAGE.value,
        deliveries.c.created_at >= instant,
        deliveries.c.key.startswith(beginning, autoescape=True),
    )
    return tuple(connection.execute(statement).scalars())


def outbox(connection: Connection) -> Outbox:
    """Return the deliveries whose state is not final."""
    open_deliveries = tuple(map(_delivery, connection.execute(_OPEN).all()))
    heads = {delivery.follows for delivery in open_deliveries if delivery.follows is not None}
    if not heads:
        return Outbox(open_deliveries)
    sent = select(deliveries.c.key, deliveries.c.ts).where(
        deliveries.c.key.in_(heads), deliveries.c.state == DeliveryState.SENT.value
    )
    return Outbox(open_deliveries, {key: ts for key, ts in connection.execute(sent).all() if ts is not None})


def last_digest_before(connection: Connection, instant: datetime) -> datetime | None:
    """Return the UTC instant at which the last digest was made that told updates, of those made before an
    instant."""
    return connection.execute(LAST_MADE, {"before": instant}).scalar_one_or_none()


def last_told(connection: Connection) -> Delivery | None:
    """Return the digest that told the latest updates; the next one's period begins after its
    `through_seq`."""
    return _first(connection.execute(_LAST_TOLD))


def last_told_in(connection: Connection, kind: DeliveryKind, channel: str, quiet: str) -> Delivery | None:
    """Return the last delivery of a kind in a channel (its id, or a person's) that told of updates, or was
    passed over with the reason `quiet` since there was nothing to tell."""
    statement = (
        select(deliveries)
        .where(
            deliveries.c.kind == kind.value,
            deliveries.c.channel == channel,
            deliveries.c.through_seq.is_not(None),
            or_(deliveries.c.state.in_([state.value for state in TOLD]), deliveries.c.error == quiet),
        )
        .order_by(deliveries.c.created_at.desc())
        .limit(1)
    )
    return _first(connection.execute(statement))


def pass_over(
    connection: Connection, seen: Delivery, reason: str, through_seq: int | None, instant: datetime
) -> bool:
    """Pass over a delivery that has nothing to tell up to update `through_seq`; False when it is no longer as
    it was seen. Raises ValueError for what does not wait to be sent."""
    _must_lead_to(seen, DeliveryState.SKIPPED)
    return _moved(
        connection,
        seen,
        state=DeliveryState.SKIPPED.value,
        error=reason,
        through_seq=through_seq,
        not_before=None,
        updated_at=instant,
    )


def last_slot(connection: Connection, until: Slot) -> Slot | None:
    """Return the latest slot, up to one, that has a digest of its own, in whatever state."""
    delivery = _first(connection.execute(_LAST_SLOT, {"until": until.name}))
    return delivery.slot if delivery else None


def reminders_sent(connection: Connection, after: datetime, until: Slot) -> tuple[tuple[str, Slot], ...]:
    """Return the keys and slots of the reminders made after a UTC instant for slots up to one, that were
    sent."""
    statement = select(deliveries.c.key, deliveries.c.slot_local).where(
        deliveries.c.kind == DeliveryKind.REMINDER.value,
        deliveries.c.created_at > after,
        deliveries.c.slot_local <= until.name,
        deliveries.c.state == DeliveryState.SENT.value,
    )
    return tuple((row.key, Slot.named(row.slot_local)) for row in connection.execute(statement).all())


def last_digests(connection: Connection, limit: int) -> tuple[Delivery, ...]:
    """Return the last digests, newest first."""
    statement = _DIGESTS.order_by(deliveries.c.slot_local.desc(), deliveries.c.created_at.desc()).limit(limit)
    return tuple(map(_delivery, connection.execute(statement).all()))


def parts_of(connection: Connection, heads: Iterable[str]) -> tuple[Delivery, ...]:
    """Return the deliveries that follow one of these, by their keys."""
    statement = select(deliveries).where(deliveries.c.follows.in_(list(heads)))
    return tuple(map(_delivery, connection.execute(statement).all()))


def claim(
    connection: Connection, seen: Delivery, owner: str, instant: datetime, real_at: datetime
) -> Delivery | None:
    """Take a delivery, rendered, for sending; None if it is no longer as it was seen.

    `instant` is of recbot's clock, `real_at` the same in real time, both UTC. Nothing may go over the network
    before this is committed. Raises ValueError for what does not wait to be sent."""
    _must_lead_to(seen, DeliveryState.SENDING)
    payload = _written(seen.payload)
    claimed = replace(
        seen,
        state=DeliveryState.SENDING,
        fence=seen.fence + 1,
        attempts=seen.attempts + 1,
        first_send_at=seen.first_send_at or instant,
        first_real_at=seen.first_real_at or real_at,
        not_before=None,
        updated_at=instant,
    )
    has_moved = _moved(
        connection,
        seen,
        state=claimed.state.value,
        fence=claimed.fence,
        conversation=claimed.conversation,
        owner=owner,
        attempts=claimed.attempts,
        payload_json=payload,
        payload_sha=hashlib.sha256(payload.encode()).hexdigest(),
        through_seq=claimed.through_seq,
        says_json=json.dumps(claimed.says, sort_keys=True) if claimed.says else None,
        first_send_at=claimed.first_send_at,
        first_real_at=claimed.first_real_at,
        not_before=None,
        updated_at=instant,
    )
    return claimed if has_moved else None


def record_sent(
    connection: Connection,
    key: str,
    ts: str,
    instant: datetime,
    sweep_at: datetime | None = None,
    error: str = "",
) -> bool:
    """Record that Slack took a message, from whatever state: it is the truth, even when it comes late. Return
    whether that was news. `error` says how it is known, where Slack's own answer was not heard."""
    statement = (
        update(deliveries)
        .where(deliveries.c.key == key, deliveries.c.state != DeliveryState.SENT.value)
        .values(
            state=DeliveryState.SENT.value,
            ts=ts,
            error=error,
            not_before=None,
            sweeps=0,
            sweep_at=sweep_at,
            updated_at=instant,
        )
    )
    return connection.execute(statement).rowcount == 1


def move(connection: Connection, seen: Delivery, channel: str, instant: datetime) -> bool:
    """Send an unsent digest, and what waits to follow it, to another channel, where it is to be looked for
    anew; False, and nothing is changed, where it is no longer as it was seen. Raises ValueError for what is
    being sent or was."""
    _must_lead_to(seen, DeliveryState.DUE)
    has_moved = _moved(
        connection,
        seen,
        channel=channel,
        # Whoever saw it in the other channel can claim it no more.
        fence=seen.fence + 1,
        state=DeliveryState.DUE.value,
        error="",
        not_before=None,
        updated_at=instant,
    )
    if has_moved:
        waiting = [state.value for state in WAITING]
        connection.execute(
            update(deliveries)
            .where(deliveries.c.follows == seen.key, deliveries.c.state.in_(waiting))
            .values(channel=channel, updated_at=instant)
        )
    return has_moved


def next_sweep(connection: Connection) -> Delivery | None:
    """Return the sent message that is to be swept for duplicates first."""
    return _first(connection.execute(_NEXT_SWEEP))


def take_sweep(connection: Connection, seen: Delivery, until: datetime) -> bool:
    """Keep others from a sweep until an instant of real time; False when another was quicker."""
    return _swept(connection, seen, deliveries.c.sweep_at == seen.sweep_at, sweep_at=until)


def record_sweep(connection: Connection, seen: Delivery, removed: int, next_at: datetime | None) -> bool:
    """Record a sweep, and how many duplicates it removed; False when another recorded it before."""
    return _swept(
        connection,
        seen,
        sweeps=seen.sweeps + 1,
        sweep_at=next_at,
        duplicates=deliveries.c.duplicates + removed,
    )


def _swept(connection: Connection, seen: Delivery, *conditions: Any, **values: Any) -> bool:
    matches = (deliveries.c.key == seen.key, deliveries.c.sweeps == seen.sweeps, *conditions)
    return connection.execute(update(deliveries).where(*matches).values(**values)).rowcount == 1


def record_outcome(
    connection: Connection, seen: Delivery, outcome: Outcome, not_before: datetime | None, instant: datetime
) -> bool:
    """Move a delivery to the state of an outcome; False when it is no longer as it was seen.

    `not_before` is the instant of real time before which it is not tried again. Raises ValueError for a state
    that may not follow."""
    _must_lead_to(seen, outcome.state)
    return _moved(
        connection,
        seen,
        state=outcome.state.value,
        error=outcome.error,
        not_before=not_before,
        updated_at=instant,
    )


def supersede(connection: Connection, by: Delivery, instant: datetime) -> None:
    """Pass over digests that were rendered and not posted: the one being claimed tells their period."""
    heads = (
        select(deliveries.c.key)
        .where(
            deliveries.c.kind == DeliveryKind.DIGEST.value,
            deliveries.c.state.in_([state.value for state in WAITING]),
            deliveries.c.payload_json.is_not(None),
            deliveries.c.key != by.key,
        )
        .with_for_update()
    )
    passed_over = tuple(connection.execute(heads).scalars())
    if not passed_over:
        return
    connection.execute(
        update(deliveries)
        .where(
            or_(deliveries.c.key.in_(passed_over), deliveries.c.follows.in_(passed_over)),
            deliveries.c.state.in_([state.value for state in WAITING]),
        )
        .values(state=DeliveryState.SKIPPED.value, error=TOLD_LATER, not_before=None, updated_at=instant)
    )


def _must_lead_to(seen: Delivery, state: DeliveryState) -> None:
    """Refuse a state that may not follow. Raises ValueError."""
    if not may_follow(seen.state, state):
        raise ValueError(f"a delivery that is {seen.state} does not become {state}")


def _moved(connection: Connection, seen: Delivery, **values: Any) -> bool:
    statement = (
        update(deliveries)
        .where(
            deliveries.c.key == seen.key,
            deliveries.c.state == seen.state.value,
            deliveries.c.fence == seen.fence,
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def _written(payload: Payload | None) -> str:
    if payload is None:
        raise ValueError("a delivery is rendered before it is claimed")
    return json.dumps(payload, ensure_ascii=False, sort_keys=True)


def _row(new: Delivery) -> dict[str, Any]:
    payload = None if new.payload is None else _written(new.payload)
    return {
        "key": new.key,
        "kind": new.kind.value,
        "slot_local": new.slot.name,
        "channel": new.channel,
        "conversation": new.conversation,
        "follows": new.follows,
        "through_seq": new.through_seq,
        "says_json": json.dumps(new.says, sort_keys=True) if new.says else None,
        "payload_json": payload,
        "payload_sha": hashlib.sha256(payload.encode()).hexdigest() if payload else "",
        "state": new.state.value,
        "fence": new.fence,
        "owner": "",
        "attempts": new.attempts,
        "first_send_at": new.first_send_at,
        "first_real_at": new.first_real_at,
        "not_before": new.not_before,
        "ts": new.ts,
        "error": new.error,
        "sweeps": new.sweeps,
        "sweep_at": new.sweep_at,
        "created_at": new.created_at,
        "updated_at": new.updated_at,
    }


def _first(rows: Iterable[Any]) -> Delivery | None:
    return next(map(_delivery, rows), None)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        key=row.key,
        kind=DeliveryKind(row.kind),
        slot=Slot.named(row.slot_local),
        channel=row.channel,
        created_at=row.created_at,
        updated_at=row.updated_at,
        follows=row.follows,
        through_seq=row.through_seq,
        says={} if row.says_json is None else json.loads(row.says_json),
        payload=None if row.payload_json is None else json.loads(row.payload_json),
        state=DeliveryState(row.state),
        fence=row.fence,
        attempts=row.attempts,
        first_send_at=row.first_send_at,
        first_real_at=row.first_real_at,
        not_before=row.not_before,
        ts=row.ts,
        error=row.error,
        sweeps=row.sweeps,
        sweep_at=row.sweep_at,
        conversation=row.conversation,
    )
