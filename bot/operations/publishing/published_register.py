"""Reading the register as it is published, all of it from one snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.questions.account import Account, Chapter
from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.names import Body
from bot.domain.questions.published_register import (
    MONTHS_TOLD,
    CountsOn,
    PublishedRegister,
    ends_of_months,
)
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation
from bot.operations.questions.export import account_of
from storage import account, recommendations, updates
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
            history=self._history(whole.day),
        )

    def _whole(self) -> Account:
        return self._account(Export(approved_only=self._approved_only), with_ended=True)

    def _of_body(self, body: PolicingBody) -> Account:
        body_name = Body(body.code, body.slug, body.short_name)
        return self._account(Export(body=body_name, approved_only=self._approved_only))

    def _account(self, export: Export, *, with_ended: bool = False) -> Account:
        read = account_of(self._connection, self._instant, export, with_ended=with_ended)
        return replace(read, made_at=self._recorded_at)

    def _history(self, today: date) -> dict[str, tuple[CountsOn, ...]]:
        days = self._days(today)
        if not days:
            return {}
        all_recommendations = recommendations.by_ids(
            self._connection, account.all_ids(self._connection)
        ).values()
        return {
            recommendation.id: tuple(self._counts(recommendation, days))
            for recommendation in all_recommendations
        }

    def _counts(self, recommendation: Recommendation, days: Sequence[date]) -> Iterator[CountsOn]:
        """Yield the counts at the ends of the months in which it was live. A month in which nothing moved
        stands as the one before, so that the history is not gone through for it."""
        ended_on = self._ended_on(recommendation)
        days_moved = updates.days_moved(self._connection, recommendation.id)
        stood: Chapter | None = None
        before = date.min
        for day in days:
            if not recommendation.report.published_on <= day < (ended_on or date.max):
                continue
            if stood is None or any(before < on <= day for on in days_moved):
                stood = self._chapter(recommendation, day)
            before = day
            yield CountsOn.of(stood, day)

    def _chapter(self, recommendation: Recommendation, day: date) -> Chapter:
        ref = Ref(recommendation.report.key, recommendation.number)
        export = Export(subject=ref, as_at=day, approved_only=self._approved_only)
        (chapter,) = account_of(self._connection, self._instant, export).chapters
        return chapter

    def _ended_on(self, recommendation: Recommendation) -> date | None:
        """Return the London day on which it ended; None while it is live."""
        if recommendation.live:
            return None
        ending = updates.ending_of(self._connection, recommendation.id)
        return ending.draft.stands_from if ending else date.min

    def _days(self, today: date) -> tuple[date, ...]:
        published = [report.published_on for report in recommendations.all_reports(self._connection)]
        if not published:
            return ()
        return tuple(ends_of_months(min(published), today))[-MONTHS_TOLD:]
