"""A policing body has ended: what it still owes passes to its successor, and its history stays."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.register.addressee import Addressee
from bot.domain.register.imports import Effect
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.succession import ended_before, inherit, is_open, new_heir, passes_on
from bot.domain.register.transition import PASSED_FROM, PASSED_TO
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.operations.request.writing import HistoryLedger
from storage import addressees, bodies, recommendations, succession
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
    return sum(effect.update.draft.kind is UpdateKind.PASSED_ON for effect in effects) // 2


def pass_on_all(ledger: HistoryLedger, via: Via) -> list[Effect]:
    """Do the same inside a transaction; return what was recorded."""
    everyone = {body.code: body for body in bodies.everyone(ledger.connection)}
    effects: list[Effect] = []
    for body in ended_before(everyone.values(), london_date(ledger.instant)):
        passing = _Passing(ledger, via, body, everyone[body.successor_code or ""])
        for recommendation_id in succession.live_of_body(ledger.connection, body.code):
            effects += passing.of(recommendation_id)
    return effects


def _waiting(connection: Connection, today: date) -> bool:
    return any(
        is_open(addressee)
        for body in ended_before(bodies.everyone(connection), today)
        for addressee in addressees.of_bodies(connection, [body.code])
    )


@dataclass(frozen=True)
class _Passing:
    """Passes the duties of one body on to another."""

    ledger: HistoryLedger
    via: Via
    body: PolicingBody
    heir: PolicingBody

    def of(self, recommendation_id: str) -> list[Effect]:
        """Pass on what the body owes: nothing where it owes nothing, since what it did stays its own."""
        connection = self.ledger.connection
        recommendation = recommendations.get(connection, recommendation_id)
        ended = addressees.get(connection, recommendation_id, self.body.code, for_update=True)
        if recommendation is None or ended is None or not is_open(ended):
            return []
        closed = self._record(ended, replace(ended, live=False), Change(PASSED_TO, "", self.heir.code))
        before, after = self._inheriting(recommendation, ended)
        took = self._record(before, after, Change(PASSED_FROM, "", self.body.code))
        succession.recount(connection, recommendation_id)
        about = f"{self.body.short_name} to {self.heir.short_name}, {recommendation.title}"
        return [Effect(None, about, update) for update in (closed, took)]

    def _inheriting(self, recommendation: Recommendation, ended: Addressee) -> tuple[Addressee, Addressee]:
        """Return the heir as it stands and as it will."""
        connection = self.ledger.connection
        there = addressees.get(connection, recommendation.id, self.heir.code, for_update=True)
        if there is not None:
            return there, replace(inherit(there, ended), live=True)
        blank = Addressee(
            recommendation_id=recommendation.id,
            body_code=self.heir.code,
            body_name=self.heir.short_name,
            respond_by=ended.respond_by,
            due_on=recommendation.due_on,
        )
        succession.join(connection, blank)
        return blank, new_heir(blank, ended)

    def _record(self, before: Addressee, after: Addressee, change: Change) -> Update:
        draft = Draft(
            kind=UpdateKind.PASSED_ON,
            stands_from=passes_on(self.body),
            via=self.via,
            recommendation_id=before.recommendation_id,
            body_code=before.body_code,
            changes=(change,),
        )
        return self.ledger.record(before, after, draft)[1]
