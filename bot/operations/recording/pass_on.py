"""A policing body has ended: all that was asked of it passes to its successor, and its history stays."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.register.addressee import Addressee
from bot.domain.register.fold import state_at
from bot.domain.register.imports import Effect
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import combined, ended_before, passes_on
from bot.domain.register.transition import (
    ANSWER_SINCE,
    JOINED,
    PASSED_FROM,
    PASSED_TO,
    PROGRESS_UPDATE,
    RESPONSE_UPDATE,
    STAGE_SINCE,
    Value,
    stated,
)
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.recording.pass_contacts import pass_contacts
from bot.operations.request.writing import HistoryLedger
from storage import addressees, bodies, recommendations, succession, updates
from storage.database import Connection
from storage.store import Store


def pass_on(store: Store, instant: datetime) -> int:
    """Pass on the duties of every body that has ended by a UTC instant, once however often it is called;
    return how many duties passed. Raises Busy."""
    # Most days nobody ends, and then nobody is held up.
    with store.reading() as connection:
        if not _waiting(connection, london_date(instant)):
            return 0
    with store.begin() as connection:
        effects = pass_on_all(HistoryLedger(connection, instant), Via.SCHEDULE)
    return sum(any(change.what == PASSED_TO for change in effect.update.draft.changes) for effect in effects)


def pass_on_all(ledger: HistoryLedger, via: Via) -> list[Effect]:
    """Pass on the duties of every body that has ended, inside a transaction; return what was recorded.

    Bodies that end on one day pass on together, so that their order makes no difference."""
    everyone = bodies.by_code(ledger.connection)
    effects: list[Effect] = []
    ended = ended_before(everyone.values(), london_date(ledger.instant))
    for _, of_one_day in groupby(ended, key=lambda body: body.last_day):
        passing = _Passing(ledger, via, everyone, tuple(of_one_day))
        passed = passing.all()
        effects += passed
        if passed:
            for body in passing.ended:
                for update in pass_contacts(ledger, via, body):
                    effects.append(Effect(None, everyone[update.draft.body_code or ""].short_name, update))
    return effects


def _waiting(connection: Connection, today: date) -> bool:
    ended = ended_before(bodies.everyone(connection), today)
    return bool(addressees.of_bodies(connection, [body.code for body in ended]))


class _Row(Struct, frozen=True):
    """An addressee with all its updates, by which it is known how it stood on each day."""

    addressee: Addressee
    blank: Addressee  # before anything was recorded of it
    history: tuple[Update, ...]

    def on(self, day: date) -> Addressee | None:
        """Return the row at the end of a London day; None where it was not addressed by then."""
        past = state_at(self.blank, self.history, day)
        return past.addressee if past.is_asked else None

    def days_from(self, day: date) -> set[date]:
        return {update.draft.stands_from for update in self.history if update.draft.stands_from > day}


class _Passing(Struct, frozen=True):
    """Passes on the duties of the bodies that ended on one day."""

    ledger: HistoryLedger
    via: Via
    everyone: dict[str, PolicingBody]
    ended: tuple[PolicingBody, ...]

    def all(self) -> list[Effect]:
        connection = self.ledger.connection
        predecessors: defaultdict[tuple[str, str], list[PolicingBody]] = defaultdict(list)
        for body in self.ended:
            for recommendation_id in succession.live_of_body(connection, body.code):
                heir = body.heir_of(recommendation_id)
                if heir is not None:
                    predecessors[recommendation_id, heir].append(body)
        effects: list[Effect] = []
        for (recommendation_id, code), its_bodies in predecessors.items():
            recommendation = recommendations.get(connection, recommendation_id)
            if recommendation is not None:
                effects += self._pass(recommendation, self.everyone[code], its_bodies)
                succession.recount(connection, recommendation_id)
        return effects

    def _pass(
        self, recommendation: Recommendation, heir: PolicingBody, its_bodies: Sequence[PolicingBody]
    ) -> list[Effect]:
        """Close the rows of bodies that ended, and let their heir's row stand for them."""
        ended = [self._row(recommendation, body) for body in its_bodies]
        rows = [row for row in ended if row is not None]
        heirs_own = self._row(recommendation, heir)
        recorded = [self._close(row.addressee, heir) for row in rows]
        recorded += self._inherit(recommendation, heir, heirs_own, rows)
        names = " and ".join(row.addressee.body_name for row in rows)
        about = f"{names} to {heir.short_name}, {recommendation.title}"
        return [Effect(None, about, update) for update in recorded]

    @property
    def _day(self) -> date:
        return passes_on(self.ended[0])

    def _row(self, recommendation: Recommendation, body: PolicingBody) -> _Row | None:
        connection = self.ledger.connection
        addressee = addressees.get(connection, recommendation.id, body.code, for_update=True)
        if addressee is None:
            return None
        history = updates.each_of_addressees(
            connection, recommendation_id=recommendation.id, body_code=body.code
        )
        return _Row(addressee, recommendation.addressed_to(body), tuple(history))

    def _close(self, ended: Addressee, heir: PolicingBody) -> Update:
        after = replace(ended, live=False, passed_to=heir.code)
        return self._record(ended, after, self._day, (Change(PASSED_TO, "", heir.code),))[1]

    def _inherit(
        self,
        recommendation: Recommendation,
        heir: PolicingBody,
        heirs_own: _Row | None,
        ended: Sequence[_Row],
    ) -> list[Update]:
        """Record how the heir stands on the day, and again for each later day on which any of them moved:
        an end may be recorded long after it came."""
        blank = recommendation.addressed_to(heir)
        self._address(blank, heirs_own)
        now = heirs_own.addressee if heirs_own else blank
        rows = [*ended, *([heirs_own] if heirs_own else [])]
        codes = tuple(Change(PASSED_FROM, "", row.addressee.body_code) for row in ended)
        if heirs_own is None or heirs_own.on(self._day) is None:
            codes += (Change(JOINED, "", recommendation.id),)
        own = heirs_own.history if heirs_own else ()
        moved_before = any(change.what == Value.DUE_ON for update in own for change in update.draft.changes)
        recorded = []
        for day in sorted({self._day}.union(*(row.days_from(self._day) for row in rows))):
            stood = [row for row in (row.on(day) for row in rows) if row is not None]
            after, inherited = self._stands(now, stood)
            values = stated(now, after)
            if after.due_on == blank.due_on and not moved_before:
                # It keeps what the recommendation states, also when that is put right later.
                values = tuple(change for change in values if change.what != Value.DUE_ON)
            changes = (*codes, *inherited, *values)
            moved_before = moved_before or after.due_on != blank.due_on
            now, update = self._record(now, after, day, changes)
            recorded.append(update)
        return recorded

    def _address(self, blank: Addressee, heirs_own: _Row | None) -> None:
        """Have the heir addressed, if it was not before or is no more."""
        if heirs_own is None:
            succession.join(self.ledger.connection, blank)
        elif not heirs_own.addressee.live:
            succession.stand_again(self.ledger.connection, heirs_own.addressee)

    def _stands(self, now: Addressee, stood: Sequence[Addressee]) -> tuple[Addressee, tuple[Change, ...]]:
        """Return the heir as it stands for these rows, and by which updates of theirs."""
        days = self._days(stood)
        after = combined(now, stood, days.get)
        response, progress = after.response_seq, after.progress_seq
        return after, (
            Change(RESPONSE_UPDATE, "", str(response or "")),
            Change(PROGRESS_UPDATE, "", str(progress or "")),
            Change(ANSWER_SINCE, "", str(days.get(response or 0) or "")),
            Change(STAGE_SINCE, "", str(days.get(progress or 0) or "")),
        )

    def _days(self, stood: Iterable[Addressee]) -> dict[int, date]:
        seqs = {seq for row in stood for seq in (row.response_seq, row.progress_seq) if seq}
        return {
            seq: update.draft.stands_from
            for seq, update in updates.by_seq(self.ledger.connection, seqs).items()
        }

    def _record(
        self, before: Addressee, after: Addressee, day: date, changes: tuple[Change, ...]
    ) -> tuple[Addressee, Update]:
        draft = Draft(
            kind=UpdateKind.PASSED_ON,
            stands_from=day,
            via=self.via,
            recommendation_id=before.recommendation_id,
            body_code=before.body_code,
            changes=changes,
        )
        return self.ledger.record(before, after, draft)
