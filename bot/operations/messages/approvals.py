"""Asking approvers: the message says what of a request still waits when it is sent."""

from collections.abc import Callable
from datetime import date

from bot.domain.messages.approvals import ApprovalRequest, asked_in
from bot.domain.messages.delivery import Delivery, Payload
from bot.domain.register.approval import ApprovalState, ForApproval, stands
from bot.domain.register.people import PersonKey
from bot.domain.register.update import Update
from bot.operations.messages.claiming import Claimed, claim_worded
from bot.operations.recording.approve import with_addressee
from bot.runtime.clock import Clock
from storage import approvals, people, updates
from storage.database import Connection
from storage.store import Store

# Why a message is passed over: somebody decided before it was sent, or its reader approves no more.
DECIDED = "decided before"

RenderRequest = Callable[[ApprovalRequest, str], Payload]


def claim(store: Store, seen: Delivery, render: RenderRequest, owner: str, clock: Clock) -> Claimed | None:
    """Take the message for sending, read and rendered in the commit of the claim. None when another process
    was quicker, or nothing of it waits any more. Raises Busy."""

    def word(connection: Connection, due: Delivery, _today: date) -> Payload | None:
        recordings = _still_waiting(connection, store, due.key)
        return render(ApprovalRequest(recordings), due.key) if recordings else None

    return claim_worded(store, seen, word, DECIDED, owner, clock)


def _still_waiting(connection: Connection, store: Store, key: str) -> tuple[ForApproval, ...]:
    seq, reader = asked_in(key)
    recorded = updates.get(connection, seq)
    if recorded is None or not _approves(connection, store, reader, recorded):
        return ()
    request = recorded.draft.request
    together = updates.of_request(connection, request.key) if request else (recorded,)
    states = approvals.of_updates(connection, [update.seq for update in together])
    waiting = (
        update
        for update in together
        if update.seq in states and states[update.seq].state is ApprovalState.ASKED and not update.undone
    )
    return tuple(recording for update in waiting if (recording := for_approval(connection, update)))


def _approves(connection: Connection, store: Store, person: PersonKey, recorded: Update) -> bool:
    actor = people.actor(connection, store, person)
    return actor is not None and (recorded.draft.body_code or "") in actor.approves_for


def for_approval(connection: Connection, update: Update) -> ForApproval | None:
    """Return a recording with what it is about; None where it stands no longer."""
    recorded = with_addressee(connection, update)
    return recorded[0] if recorded and stands(update.seq, recorded[1]) else None
