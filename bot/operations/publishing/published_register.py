"""Reading the register as it is published, all of it from one snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.account import Account
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.names import Body
from bot.domain.questions.published_register import PublishedRegister
from bot.domain.register.addressee import Addressee
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace
from bot.operations.questions.export import account_of
from bot.operations.register.over_time import addressees_on, ended_on
from bot.operations.register.reading_ahead import HistoryOfRecommendation
from bot.operations.register.then import RegisterAt
from storage import updates
from storage.chain import hash_of, head
from storage.database import Connection
from storage.store import Store


@contextmanager
def opened(store: Store, instant: datetime, *, approved_only: bool = False) -> Iterator[PublishedRegister]:
    """Yield what is published on the London day of a UTC instant, to be read inside of the transaction; with
    `approved_only`, what a body wants approved counts only once it is."""
    with store.reading() as connection:
        yield _Reading(connection, instant, approved_only).register()


def state(store: Store, instant: datetime) -> tuple[date, int]:
    """Return by what one site of a register differs from another: the London day, and the number of the last
    update."""
    with store.reading() as connection:
        return london_date(instant), head(connection)[0]


class _Reading:
    def __init__(self, connection: Connection, instant: datetime, approved_only: bool) -> None:
        self._connection = connection
        self._instant = instant
        self._approved_only = approved_only
        # What stands and how it stood come from the same updates.
        self._read_history = HistoryOfRecommendation()
        self._register = RegisterAt(connection, london_date(instant), read_history=self._read_history)
        seq, _ = head(connection)
        last = updates.get(connection, seq)
        # What is published says when the register last changed, never when it was written out.
        self._recorded_at = last.recorded_at if last else instant

    def register(self) -> PublishedRegister:
        whole = self._whole()
        return PublishedRegister(
            day=whole.day,
            through_seq=whole.through_seq,
            recorded_at=self._recorded_at,
            anchor=whole.anchor,
            identity=hash_of(self._connection, 1) or "",
            approved_only=self._approved_only,
            bodies=tuple(sorted(whole.bodies, key=lambda body: body.short_name)),
            account=self._whole,
            account_of=self._of_body,
            standing_on=self._standing_on,
        )

    def _whole(self) -> Account:
        return self._account(Export(approved_only=self._approved_only), with_ended=True)

    def _of_body(self, body: PolicingBody) -> Account:
        body_name = Body.of(body)
        return self._account(Export(body=body_name, approved_only=self._approved_only))

    def _account(self, export: Export, *, with_ended: bool = False) -> Account:
        read = account_of(
            self._connection, self._instant, export, with_ended=with_ended, read_history=self._read_history
        )
        return replace(read, made_at=self._recorded_at)

    def _standing_on(
        self, recommendation: Recommendation, days: Sequence[date]
    ) -> tuple[tuple[Addressee, ...], ...]:
        ending = ended_on(self._connection, recommendation)
        return addressees_on(self._register, recommendation, ending, days, approved_only=self._approved_only)
