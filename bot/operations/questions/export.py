"""The account, read from the register as it is written: only the recommendation at hand is held."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.messages.calendar import london_date
from bot.domain.questions.account import Account, Chapter, Entry, Source, must_be_allowed, told
from bot.domain.questions.grammar.requests import Export, Ref
from bot.domain.questions.names import Body, ReportName
from bot.domain.refusals import (
    DayToCome,
    NoSuchBodyThen,
    NotAddressed,
    NotPublishedYet,
    NotRecordable,
)
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    Report,
    Tally,
    recommendation_id,
)
from bot.domain.register.update import Update
from bot.operations.questions.as_at import RegisterAt
from bot.operations.request import actors, finding
from storage import account as storage
from storage import addressees, bodies, recommendations, tallies, updates
from storage.chain import head
from storage.database import Connection
from storage.store import Store


def must_be_allowed_to(store: Store, occasion: Request, asked: Export) -> None:
    """Whether the account will be made, and of what is known before it is.

    Raises InternalFormRefused, DayToCome, NotPublishedYet, NoSuchBodyThen, UnknownRecommendation,
    WhichReport, NotAddressed, NotRecordable, CannotSee."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, occasion), asked.form, asked.body)
        _Reading(connection, asked, occasion.at).account()


@contextmanager
def opened(store: Store, occasion: Request, asked: Export) -> Iterator[Account]:
    """The account, to be read inside of the transaction. Raises what `must_be_allowed_to` raises."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, occasion), asked.form, asked.body)
        yield _Reading(connection, asked, occasion.at).account()


@contextmanager
def opened_by_operator(store: Store, at: datetime, asked: Export) -> Iterator[Account]:
    """The account for whoever holds the database, and so may read all of it."""
    with store.reading() as connection:
        yield _Reading(connection, asked, at).account()


@dataclass(frozen=True)
class _Reading:
    """One account being read, from one snapshot of the register."""

    connection: Connection
    asked: Export
    at: datetime

    def account(self) -> Account:
        today = london_date(self.at)
        if self.asked.as_at is not None and self.asked.as_at > today:
            raise DayToCome(self.asked.as_at)
        everyone = {body.code: body for body in bodies.everyone(self.connection)}
        body = everyone[self.asked.body.code] if self.asked.body else None
        if body and self.asked.as_at and not body.exists_on(self.asked.as_at):
            raise NoSuchBodyThen(body.short_name, self.asked.as_at, body.first_day, body.last_day)
        of, some = self._subject(body)
        return Account(
            form=self.asked.form,
            made_at=self.at,
            day=self.asked.as_at or today,
            through_seq=head(self.connection)[0],
            size=len(some),
            chapters=self._chapters(some, everyone),
            of=of,
            body=body,
            looks_back=self.asked.as_at is not None,
            known=self.asked.known,
        )

    def _subject(
        self, body: PolicingBody | None
    ) -> tuple[Recommendation | Report | None, list[Recommendation]]:
        """What the account is about, and its recommendations in order."""
        match self.asked.of:
            case Ref() as ref:
                one = finding.recommendation(self.connection, ref)
                self._must_be_there(one, body)
                return one, [one]
            case ReportName() as named:
                report = recommendations.report(self.connection, named.key)
                return report, [one for one in self._all(body) if one.report == report]
            case None:
                return None, self._all(body)

    def _all(self, body: PolicingBody | None) -> list[Recommendation]:
        """All that is live, or was on the day; with a body, whatever was ever addressed to it."""
        day = self.asked.as_at
        addressed = None if body is None else storage.ids_of_body(self.connection, body.code)
        if day is not None:
            there = RegisterAt(self.connection, day).recommendations()
            return [one for one in there if addressed is None or one.id in addressed]
        if addressed is not None:
            return list(recommendations.by_ids(self.connection, addressed).values())
        return list(recommendations.live(self.connection, limit=recommendations.count_live(self.connection)))

    def _must_be_there(self, one: Recommendation, body: PolicingBody | None) -> None:
        day = self.asked.as_at
        if day is not None and day < one.report.published_on:
            raise NotPublishedYet(one.title, day, one.report.published_on)
        if body is None:
            return
        if one.kind is RecommendationKind.DERIVED:
            raise NotRecordable(one.title, one.derived_from)
        if addressees.get(self.connection, one.id, body.code) is None:
            raise NotAddressed(one.title, body.short_name)

    def _chapters(
        self, some: Iterable[Recommendation], everyone: dict[str, PolicingBody]
    ) -> Iterator[Chapter]:
        day = self.asked.as_at
        register = (
            _Now(self.connection, london_date(self.at))
            if day is None
            else _Then(self.connection, day, self.asked.known)
        )
        for one in some:
            with_parts = recommendations.get(self.connection, one.id) or one
            yield self._chapter(register, register.recommendation(with_parts), everyone)

    def _chapter(
        self, register: "_Now | _Then", one: Recommendation, everyone: dict[str, PolicingBody]
    ) -> Chapter:
        body = self.asked.body
        addressed = register.addressees(one) if body is None else register.of_body(one, body)
        return Chapter(
            recommendation=one,
            addressees=addressed,
            tally=register.tally(one, addressed) if body is None else _counted(addressed),
            entries=(self._entry(register, one, at, everyone) for at in addressed),
            sources=tuple(self._sources(register, one)),
        )

    def _entry(
        self, register: "_Now | _Then", one: Recommendation, at: Addressee, everyone: dict[str, PolicingBody]
    ) -> Entry:
        body = everyone[at.body_code]
        successor = everyone.get(body.successor_code or "")
        return Entry(
            recommendation=one,
            addressee=at,
            body=body,
            day=register.day,
            successor_name=successor.short_name if successor else "",
            updates=told(register.updates(one, at, body), self.asked.form),
        )

    def _sources(self, register: "_Now | _Then", one: Recommendation) -> Iterator[Source]:
        ids = [recommendation_id(one.report.key, number) for number in one.derived_from]
        found = recommendations.by_ids(self.connection, ids)
        for id_ in ids:
            if id_ in found:
                rests_on = register.recommendation(found[id_])
                yield Source(rests_on, register.tally(rests_on, register.addressees(rests_on)))


class _Now:
    """The register as it stands."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self.day = today

    def recommendation(self, one: Recommendation) -> Recommendation:
        return one

    def addressees(self, one: Recommendation) -> tuple[Addressee, ...]:
        return addressees.standing(self._connection, one)

    def of_body(self, one: Recommendation, body: Body) -> tuple[Addressee, ...]:
        """Also where its duties have passed on: its history stays."""
        addressed = addressees.get(self._connection, one.id, body.code)
        return () if addressed is None else (addressed,)

    def tally(self, one: Recommendation, _addressed: tuple[Addressee, ...]) -> Tally:
        """The register's own count."""
        return tallies.of(self._connection, [one.id])[one.id]

    def updates(self, one: Recommendation, at: Addressee, _body: PolicingBody) -> Iterable[Update]:
        if at.version == 0:
            return ()
        return updates.each_of_addressees(self._connection, recommendation_id=one.id, body_code=at.body_code)


class _Then:
    """The register as it stood at the end of a London day."""

    def __init__(self, connection: Connection, day: date, known: bool) -> None:
        self._connection = connection
        self._register = RegisterAt(connection, day, known=known)
        self.day = day

    def recommendation(self, one: Recommendation) -> Recommendation:
        return self._register.recommendation(one)

    def addressees(self, one: Recommendation) -> tuple[Addressee, ...]:
        stood = (past.addressee for past in self._register.each_body(one))
        return tuple(sorted(stood, key=lambda at: at.body_name))

    def of_body(self, one: Recommendation, body: Body) -> tuple[Addressee, ...]:
        return (self._register.with_body(one, body).addressee,)

    def tally(self, _one: Recommendation, addressed: tuple[Addressee, ...]) -> Tally:
        return _counted(addressed)

    def updates(self, one: Recommendation, _at: Addressee, body: PolicingBody) -> Iterable[Update]:
        """Those that counted then. What has been taken back since may be quoted no more."""
        named = Body(body.code, body.slug, body.short_name)
        counted = self._register.with_body(one, named).updates
        as_now = updates.by_seq(self._connection, [update.seq for update in counted])
        return [
            replace(update, quotable=update.quotable and not as_now[update.seq].undone) for update in counted
        ]


def _counted(some: Iterable[Addressee]) -> Tally:
    listed = tuple(some)
    return Tally(Counter(at.answer for at in listed), Counter(at.stage for at in listed))
