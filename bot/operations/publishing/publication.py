"""Reading the register as it is published, all of it from one snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.account import Account
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.names import Body
from bot.domain.questions.publication import MONTHS_TOLD, CountsOn, Publication, ends_of_months
from bot.domain.register.policing_body import PolicingBody
from bot.operations.questions.export import account_of
from storage import bodies, recommendations, updates
from storage.chain import hash_of, head
from storage.database import Connection
from storage.store import Store


@contextmanager
def opened(store: Store, instant: datetime, *, approved_only: bool = False) -> Iterator[Publication]:
    """Yield the publication of the London day of a UTC instant, to be read inside of the transaction; with
    `approved_only`, what a body wants approved counts only once it is."""
    with store.reading() as connection:
        yield _Reading(connection, instant, approved_only).publication()


def state(store: Store, instant: datetime) -> tuple[date, int]:
    """Return by what a publication differs from another of the same register: the London day, and the number
    of the last update."""
    with store.reading() as connection:
        return london_date(instant), head(connection)[0]


class _Reading:
    def __init__(self, connection: Connection, instant: datetime, approved_only: bool) -> None:
        self._connection = connection
        self._instant = instant
        self._approved_only = approved_only
        seq, _ = head(connection)
        last = updates.get(connection, seq)
        # What is published says when the register last changed, never when it was written out.
        self._recorded_at = last.recorded_at if last else instant

    def publication(self) -> Publication:
        whole = self._whole()
        return Publication(
            day=whole.day,
            through_seq=whole.through_seq,
            recorded_at=self._recorded_at,
            anchor=whole.anchor,
            identity=hash_of(self._connection, 1) or "",
            approved_only=self._approved_only,
            bodies=tuple(sorted(bodies.everyone(self._connection), key=lambda body: body.short_name)),
            account=self._whole,
            account_of=self._of_body,
            history=self._history(whole.day),
        )

    def _whole(self) -> Account:
        return self._account(Export(approved_only=self._approved_only), with_ended=True)

    def _of_body(self, body: PolicingBody) -> Account:
        named = Body(body.code, body.slug, body.short_name)
        return self._account(Export(body=named, approved_only=self._approved_only))

    def _account(self, export: Export, *, with_ended: bool = False) -> Account:
        account = account_of(self._connection, self._instant, export, with_ended=with_ended)
        return replace(account, made_at=self._recorded_at)

    def _history(self, today: date) -> dict[str, tuple[CountsOn, ...]]:
        history: dict[str, list[CountsOn]] = {}
        for day in self._days(today):
            export = Export(as_at=day, approved_only=self._approved_only)
            for chapter in account_of(self._connection, self._instant, export).chapters:
                history.setdefault(chapter.recommendation.id, []).append(CountsOn.of(chapter, day))
        return {id_: tuple(counts) for id_, counts in history.items()}

    def _days(self, today: date) -> tuple[date, ...]:
        published = [report.published_on for report in recommendations.all_reports(self._connection)]
        if not published:
            return ()
        return tuple(ends_of_months(min(published), today))[-MONTHS_TOLD:]
