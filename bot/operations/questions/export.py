"""The account, read from the register as it is written: only the recommendation at hand is held."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.calendar import london_date
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


def must_be_allowed_to(store: Store, request: Request, export: Export) -> None:
    """Whether the account will be made, and of what is known before it is.

    Raises InternalFormRefused, DayToCome, NotPublishedYet, NoSuchBodyThen, UnknownRecommendation,
    WhichReport, NotAddressed, NotRecordable, CannotSee."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, request), export.form, export.body)
        _Reading(connection, export, request.at).account()


@contextmanager
def opened(store: Store, request: Request, export: Export) -> Iterator[Account]:
    """The account, to be read inside of the transaction. Raises what `must_be_allowed_to` raises."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, request), export.form, export.body)
        yield _Reading(connection, export, request.at).account()


@contextmanager
def opened_by_operator(store: Store, instant: datetime, request: Export) -> Iterator[Account]:
    """The account for whoever holds the database, and so may read all of it."""
    with store.reading() as connection:
        yield _Reading(connection, request, instant).account()


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
                recommendation = finding.recommendation(self.connection, ref)
                self._must_be_there(recommendation, body)
                return recommendation, [recommendation]
            case ReportName() as named:
                report = recommendations.report(self.connection, named.key)
                return report, [
                    recommendation for recommendation in self._all(body) if recommendation.report == report
                ]
            case None:
                return None, self._all(body)

    def _all(self, body: PolicingBody | None) -> list[Recommendation]:
        """All that is live, or was on the day; with a body, whatever was ever addressed to it."""
        day = self.asked.as_at
        addressed = None if body is None else storage.ids_of_body(self.connection, body.code)
        if day is not None:
            there = RegisterAt(self.connection, day).recommendations()
            return [
                recommendation
                for recommendation in there
                if addressed is None or recommendation.id in addressed
            ]
        if addressed is not None:
            return list(recommendations.by_ids(self.connection, addressed).values())
        return list(recommendations.live(self.connection, limit=recommendations.count_live(self.connection)))

    def _must_be_there(self, recommendation: Recommendation, body: PolicingBody | None) -> None:
        day = self.asked.as_at
        if day is not None and day < recommendation.report.published_on:
            raise NotPublishedYet(recommendation.title, day, recommendation.report.published_on)
        if body is None:
            return
        if recommendation.kind is RecommendationKind.DERIVED:
            raise NotRecordable(recommendation.title, recommendation.derived_from)
        if addressees.get(self.connection, recommendation.id, body.code) is None:
            raise NotAddressed(recommendation.title, body.short_name)

    def _chapters(
        self, some: Iterable[Recommendation], everyone: dict[str, PolicingBody]
    ) -> Iterator[Chapter]:
        day = self.asked.as_at
        register = (
            _Now(self.connection, london_date(self.at))
            if day is None
            else _Then(self.connection, day, self.asked.known)
        )
        for recommendation in some:
            with_parts = recommendations.get(self.connection, recommendation.id) or recommendation
            yield self._chapter(register, register.recommendation(with_parts), everyone)

    def _chapter(
        self, register: "_Now | _Then", recommendation: Recommendation, everyone: dict[str, PolicingBody]
    ) -> Chapter:
        body = self.asked.body
        addressed = (
            register.addressees(recommendation) if body is None else register.of_body(recommendation, body)
        )
        return Chapter(
            recommendation=recommendation,
            addressees=addressed,
            tally=register.tally(recommendation, addressed) if body is None else _counted(addressed),
            entries=(self._entry(register, recommendation, addressee, everyone) for addressee in addressed),
            sources=tuple(self._sources(register, recommendation)),
        )

    def _entry(
        self,
        register: "_Now | _Then",
        recommendation: Recommendation,
        addressee: Addressee,
        everyone: dict[str, PolicingBody],
    ) -> Entry:
        body = everyone[addressee.body_code]
        successor = everyone.get(body.successor_code or "")
        return Entry(
            recommendation=recommendation,
            addressee=addressee,
            body=body,
            day=register.day,
            successor_name=successor.short_name if successor else "",
            updates=told(register.updates(recommendation, addressee, body), self.asked.form),
        )

    def _sources(self, register: "_Now | _Then", recommendation: Recommendation) -> Iterator[Source]:
        ids = [recommendation_id(recommendation.report.key, number) for number in recommendation.derived_from]
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

    def recommendation(self, recommendation: Recommendation) -> Recommendation:
        return recommendation

    def addressees(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        return addressees.standing(self._connection, recommendation)

    def of_body(self, recommendation: Recommendation, body: Body) -> tuple[Addressee, ...]:
        """Also where its duties have passed on: its history stays."""
        addressed = addressees.get(self._connection, recommendation.id, body.code)
        return () if addressed is None else (addressed,)

    def tally(self, recommendation: Recommendation, _addressed: tuple[Addressee, ...]) -> Tally:
        """The register's own count."""
        return tallies.of(self._connection, [recommendation.id])[recommendation.id]

    def updates(
        self, recommendation: Recommendation, addressee: Addressee, _body: PolicingBody
    ) -> Iterable[Update]:
        if addressee.version == 0:
            return ()
        return updates.each_of_addressees(
            self._connection, recommendation_id=recommendation.id, body_code=addressee.body_code
        )


class _Then:
    """The register as it stood at the end of a London day."""

    def __init__(self, connection: Connection, day: date, known: bool) -> None:
        self._connection = connection
        self._register = RegisterAt(connection, day, known=known)
        self.day = day

    def recommendation(self, recommendation: Recommendation) -> Recommendation:
        return self._register.recommendation(recommendation)

    def addressees(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        stood = (past.addressee for past in self._register.each_body(recommendation))
        return tuple(sorted(stood, key=lambda addressee: addressee.body_name))

    def of_body(self, recommendation: Recommendation, body: Body) -> tuple[Addressee, ...]:
        return (self._register.with_body(recommendation, body).addressee,)

    def tally(self, _one: Recommendation, addressed: tuple[Addressee, ...]) -> Tally:
        return _counted(addressed)

    def updates(self, recommendation: Recommendation, _at: Addressee, body: PolicingBody) -> Iterable[Update]:
        """Those that counted then. What has been taken back since may be quoted no more."""
        named = Body(body.code, body.slug, body.short_name)
        counted = self._register.with_body(recommendation, named).updates
        as_now = updates.by_seq(self._connection, [update.seq for update in counted])
        return [
            replace(update, quotable=update.quotable and not as_now[update.seq].undone) for update in counted
        ]


def _counted(some: Iterable[Addressee]) -> Tally:
    listed = tuple(some)
    return Tally(
        Counter(addressee.answer for addressee in listed), Counter(addressee.stage for addressee in listed)
    )
