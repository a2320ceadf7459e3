"""The frame of whatever changes the register: one transaction, in which all of it is recorded or nothing.

The chain is locked first, then the actor's rights are read, then what the same request wrote before. Order of
locks: chain, addressee, counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.messages.approvals import approval_key
from bot.domain.messages.delivery import DeliveryKind, Payload, key_by_hand
from bot.domain.refusals.addressees import BodyEnded, NotAddressed
from bot.domain.register.addressee import Addressee
from bot.domain.register.approval import needs_approval
from bot.domain.register.details import SaidBeforeTakingOver
from bot.domain.register.people import PersonKey, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import apply, drafted
from bot.domain.register.update import STATEMENTS, Draft, RequestKey, Update, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.request import actors
from bot.operations.request.direct_messages import enqueue, enqueue_by_kind
from storage import addressees, approvals, bodies, deliveries, updates
from storage.appending import Chain
from storage.database import Connection
from storage.store import Store


class WrittenBefore(Exception):
    """A request that comes again is answered from `Work.written`; this one was about to be recorded twice."""


class HistoryLedger:
    """The history, locked until the transaction ends. Everything in it is recorded at one UTC `instant`."""

    def __init__(self, connection: Connection, instant: datetime) -> None:
        self.connection = connection
        self.instant = instant
        self.chain = Chain(connection)

    def append(self, draft: Draft) -> Update:
        """Record an update that moves no addressee."""
        return self.chain.append(draft, self.instant)

    def record(
        self, before: Addressee, after: Addressee, draft: Draft, previous: int | None = None
    ) -> tuple[Addressee, Update]:
        """Record an update that moves an addressee; return the addressee that it makes. `before` is
        locked; `previous` is the update that stands again where this one takes another back.

        Raises SaidBeforeTakingOver."""
        if draft.kind in STATEMENTS and draft.stands_from < london_date(self.instant):
            self._must_follow_taking_over(before, draft.stands_from)
        update = self.append(drafted(before, after, draft))
        now = apply(before, update, previous)
        addressees.save(self.connection, before, now, moved_by=update)
        return now, update

    def _must_follow_taking_over(self, addressee: Addressee, day: date) -> None:
        """Refuse a recording that stands from a day before the body took over: it would count for its
        predecessors too."""
        since = updates.taken_over_on(self.connection, *addressee.key)
        if since is not None and day < since:
            raise SaidBeforeTakingOver(addressee.body_name, since)


class Work(HistoryLedger):
    """Changes the register for one request. `written` holds what the same request wrote before; if there is
    any, the request is answered from it and writes nothing."""

    def __init__(self, connection: Connection, store: Store, request: Request) -> None:
        """Load who acts, and what the same request has written before. Raises NotIntroduced, CannotSee."""
        super().__init__(connection, request.instant)
        self.request = request
        self.store = store
        self.actor, is_repeated = actors.load_with_repeat(connection, store, request)
        self.written = updates.of_request(connection, request.key) if is_repeated else ()
        self._appended = 0
        # Whether anything that the request recorded waits for an approver.
        self.asks_for_approval = False

    def addressee(self, recommendation: Recommendation, body_code: str, body_name: str) -> Addressee:
        """Lock and return the addressee. Raises NotAddressed, BodyEnded where its duties have passed on."""
        addressee = addressees.get(self.connection, recommendation.id, body_code, for_update=True)
        if addressee is None:
            raise NotAddressed(recommendation.title, body_name)
        if not addressee.live:
            heirs = bodies.names(self.connection, [addressee.passed_to] if addressee.passed_to else [])
            raise BodyEnded(body_name, "".join(heirs.values()))
        return addressee

    def draft(self, kind: UpdateKind, addressee: Addressee | None = None) -> Draft:
        """Return what all updates of the request have in common; the rest is added with `replace`."""
        return Draft(
            kind=kind,
            stands_from=self.request.today,
            via=Via.SLACK,
            by=self.actor.key,
            recommendation_id=addressee.recommendation_id if addressee else None,
            body_code=addressee.body_code if addressee else None,
            request=RequestKey(self.request.key, self._appended),
        )

    def append(self, draft: Draft) -> Update:
        """Record an update that moves no addressee. Raises WrittenBefore."""
        if self.written:
            raise WrittenBefore
        self._appended += 1
        return super().append(draft)

    def record(
        self, before: Addressee, after: Addressee, draft: Draft, previous: int | None = None
    ) -> tuple[Addressee, Update]:
        """Record an update that moves an addressee; where the body has approvers, an answer or a completion
        waits for one of them.

        Raises WrittenBefore, SaidBeforeTakingOver."""
        now, update = super().record(before, after, draft, previous)
        if needs_approval(draft.kind, now) and approvals.is_wanted(self.connection, now.body_code):
            self._ask_for_approval(now, update)
        return now, update

    def _ask_for_approval(self, addressee: Addressee, update: Update) -> None:
        # It belongs to the recording, and not among what the request itself recorded.
        draft = replace(self.draft(UpdateKind.APPROVAL_ASKED, addressee), about_seq=update.seq, request=None)
        super().append(draft)
        if self.asks_for_approval:
            return
        # One message tells of all that the request recorded.
        self.asks_for_approval = True
        for approver in approvals.approvers(self.connection, addressee.body_code):
            if approver.is_active and approver.who != self.actor.key:
                key = approval_key(update.seq, approver.who)
                enqueue_by_kind(self.connection, key, DeliveryKind.APPROVAL, approver.who, self.instant)

    def tell(self, person: PersonKey, key: str, payload: Payload) -> None:
        """Send a direct message once this is recorded, one for each key."""
        enqueue(self.connection, key=key, person=person, payload=payload, instant=self.instant)


@contextmanager
def writing(store: Store, request: Request, *, is_short: bool = False) -> Iterator[Work]:
    """Open the frame for one request; what writes little `is_short`, and may share its commit with others.

    Raises NotIntroduced, CannotSee, Busy."""
    with store.begin_short() if is_short else store.begin() as connection:
        yield Work(connection, store, request)


@contextmanager
def coordinating(store: Store, request: Request) -> Iterator[Work]:
    """Open the frame for what only coordinators do, in their own name.

    Raises NotACoordinator, NotIntroduced, CannotSee, Busy."""
    with writing(store, request) as work:
        work.actor.must_coordinate()
        yield work


def was_carried_out(store: Store, request: Request) -> bool:
    """Return whether the request left an update in the history, or made a digest due. Raises Busy."""
    with store.reading() as connection:
        recorded = bool(updates.of_request(connection, request.key))
        return recorded or deliveries.get(connection, key_by_hand(request.key)) is not None
