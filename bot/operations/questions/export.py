"""The account, read from the register as it is written: only the recommendation at hand is held."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.questions.account import (
    Account,
    Chapter,
    Entry,
    Form,
    Source,
    must_be_allowed,
    updates_in_form,
    withdrawn_from,
)
from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.names import ReportName
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.refusals.addressees import NotRecordable
from bot.domain.register.addressee import Addressee
from bot.domain.register.approval import Approvals, approvals_by_seq, not_approved
from bot.domain.register.fold import state_at
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponses, by_report
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, Tally
from bot.domain.register.succession import Predecessor
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.register.lineage import ReadHistory
from bot.operations.register.now import RegisterNow
from bot.operations.register.opening import looking_back, register_on
from bot.operations.register.over_time import progress, progress_of_report
from bot.operations.register.reading_ahead import HistoryOfRecommendation, RegisterOfBody
from bot.operations.register.register import Register
from bot.operations.request import actors
from storage import account as storage
from storage import recommendations
from storage.chain import head
from storage.database import Connection
from storage.store import Store

# Of so many reports an account has charts.
_MOST_CHARTS = 3


def must_be_allowed_to(store: Store, request: Request, export: Export) -> None:
    """Refuse an account that the asker may not have, or that cannot be made, before it is begun.

    Raises InternalFormRefused, DayToCome, NotPublishedYet, NoSuchBodyThen, UnknownRecommendation,
    WhichReport, NotAddressed, NotRecordable, CannotSee."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, request), export.form, export.body)
        _Reading(connection, export, request.instant).account()


@contextmanager
def opened(store: Store, request: Request, export: Export) -> Iterator[Account]:
    """Yield the account, to be read inside of the transaction. Raises what `must_be_allowed_to` raises."""
    with store.reading() as connection:
        must_be_allowed(actors.load(connection, store, request), export.form, export.body)
        yield _Reading(connection, export, request.instant).account()


@contextmanager
def opened_by_operator(store: Store, instant: datetime, request: Export) -> Iterator[Account]:
    """Yield the account for whoever holds the database, and so may read all of it."""
    with store.reading() as connection:
        yield _Reading(connection, request, instant).account()


def account_of(
    connection: Connection,
    instant: datetime,
    export: Export,
    *,
    with_ended: bool = False,
    read_history: ReadHistory | None = None,
) -> Account:
    """Return the account, to be read while the connection is open; `with_ended` also of recommendations that
    have ended, where it is of everything. `read_history` is given by whoever reads the same updates for
    something else. Raises what `must_be_allowed_to` raises, but for what the asker may not see."""
    return _Reading(connection, export, instant, with_ended=with_ended, read_history=read_history).account()


class _Reading:
    """One account being read, from one snapshot of the register. Raises DayToCome."""

    def __init__(
        self,
        connection: Connection,
        export: Export,
        instant: datetime,
        *,
        with_ended: bool = False,
        read_history: ReadHistory | None = None,
    ) -> None:
        self._connection = connection
        self._asked = export
        self._with_ended = with_ended
        self._read_history = read_history or HistoryOfRecommendation()
        self._at = instant
        self._register = register_on(connection, london_date(instant), export.as_at, known=export.known)

    def account(self) -> Account:
        everyone = self._register.bodies()
        if self._asked.body:
            self._register.must_have_body(self._asked.body)
        subject, recommendations = self._subject()
        self._register = self._reading_ahead(recommendations)
        return Account(
            form=self._asked.form,
            made_at=self._at,
            day=self._register.day,
            through_seq=head(self._connection)[0],
            history_hash=head(self._connection)[1],
            size=len(recommendations),
            chapters=self._chapters(recommendations, everyone),
            subject=subject,
            body=everyone[self._asked.body.code] if self._asked.body else None,
            bodies=tuple(everyone.values()),
            looks_back=self._register.is_past,
            known=self._asked.known,
            approved_only=self._asked.approved_only,
            charts=lambda: tuple(self._charts(subject, recommendations)),
            published_responses=publications_in(
                self._register,
                {recommendation.report.key for recommendation in recommendations},
                [self._asked.body.code] if self._asked.body else None,
            ),
        )

    def _reading_ahead(self, recommendations: Sequence[Recommendation]) -> Register:
        """Return the register so that going through the recommendations takes few statements."""
        if self._register.is_past:
            return self._register
        connection, day = self._connection, self._register.day
        if self._asked.body is None:
            return RegisterNow(connection, day, self._read_history)
        ids = [recommendation.id for recommendation in recommendations]
        return RegisterOfBody(connection, day, body_code=self._asked.body.code, ids=ids)

    def _charts(
        self, subject: Recommendation | Report | None, recommendations: Sequence[Recommendation]
    ) -> Iterator[ProgressOverTime]:
        """Yield progress over time of the one recommendation that the account is about, or of its reports
        where these are few; of one body there is little to count."""
        keys = list(dict.fromkeys(stated.report.key for stated in recommendations))
        if self._asked.body or len(keys) > _MOST_CHARTS:
            return
        today = london_date(self._at)
        day = self._asked.as_at or today
        register = looking_back(self._connection, today, day, known=self._asked.known)
        approved_only, looks_back = self._asked.approved_only, day < today
        if isinstance(subject, Recommendation):
            if subject.kind is RecommendationKind.ADDRESSED:
                asked_about = QuestionSubject(recommendations=(subject,))
                yield progress(
                    register, asked_about, [subject], approved_only=approved_only, looks_back=looks_back
                )
            return
        for key in keys:
            yield progress_of_report(register, key, approved_only=approved_only, looks_back=looks_back)

    def _subject(self) -> tuple[Recommendation | Report | None, list[Recommendation]]:
        """Return the subject of the account, and its recommendations in order."""
        match self._asked.subject:
            case Ref() as ref:
                recommendation = self._register.find(ref)
                self._must_be_asked_of_body(recommendation)
                return recommendation, [recommendation]
            case ReportName() as report_name:
                report = recommendations.report(self._connection, report_name.key)
                return report, [
                    recommendation for recommendation in self._all() if recommendation.report == report
                ]
            case None:
                return None, self._all()

    def _all(self) -> list[Recommendation]:
        """Return all that is live, or was on the day; with a body, whatever was ever addressed to it."""
        if self._asked.body is None and self._with_ended:
            return list(self._register.recommendations(storage.all_ids(self._connection)).values())
        if self._asked.body is None:
            return list(self._register.live())
        addressed = storage.ids_of_body(self._connection, self._asked.body.code)
        if self._register.is_past:
            return [
                recommendation for recommendation in self._register.live() if recommendation.id in addressed
            ]
        return list(self._register.recommendations(addressed).values())

    def _must_be_asked_of_body(self, recommendation: Recommendation) -> None:
        if self._asked.body is None:
            return
        if recommendation.kind is RecommendationKind.DERIVED:
            raise NotRecordable(recommendation.title, recommendation.derived_from)
        self._register.with_body(recommendation, self._asked.body)

    def _chapters(
        self, recommendations: Iterable[Recommendation], everyone: Mapping[str, PolicingBody]
    ) -> Iterator[Chapter]:
        for recommendation in recommendations:
            self._register.forget()
            yield self._chapter(self._register.with_parts(recommendation), everyone)

    def _chapter(self, recommendation: Recommendation, everyone: Mapping[str, PolicingBody]) -> Chapter:
        rows = tuple(self._row(recommendation, row, everyone) for row in self._addressed(recommendation))
        addressed = tuple(row.addressee for row in rows)
        counted_here = self._asked.body or self._asked.approved_only
        before = self._register.predecessors(addressed)
        return Chapter(
            recommendation=recommendation,
            addressees=addressed,
            tally=Tally.of(addressed) if counted_here else self._tally(recommendation.id),
            entries=(
                entry_of(
                    self._register,
                    self._asked.form,
                    recommendation,
                    row.addressee,
                    everyone,
                    before.get(row.addressee.key, ()),
                    without=row.without,
                    history=row.history,
                )
                for row in rows
            ),
            sources=tuple(self._sources(recommendation)),
            parties=self._register.parties(recommendation),
            origin=self._register.origin(recommendation) if self._asked.body is None else None,
        )

    def _row(
        self, recommendation: Recommendation, addressee: Addressee, everyone: Mapping[str, PolicingBody]
    ) -> "_Row":
        if not self._asked.approved_only:
            return _Row(addressee)
        updates = tuple(self._register.each_update(addressee))
        without = not_approved(updates)
        if not without:
            return _Row(addressee, history=updates)
        fresh = recommendation.addressed_to(everyone[addressee.body_code])
        counted_updates = [update for update in updates if update.seq not in without]
        stood = state_at(fresh, counted_updates, self._register.day).addressee
        return _Row(replace(stood, live=addressee.live), without, updates)

    def _addressed(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        if self._asked.body is None:
            return self._register.addressees(recommendation)
        return (self._register.with_body(recommendation, self._asked.body),)

    def _tally(self, recommendation_id: str) -> Tally:
        """Return the register's own count."""
        return self._register.tallies([recommendation_id])[recommendation_id]

    def _sources(self, recommendation: Recommendation) -> Iterator[Source]:
        sources = self._register.recommendations(recommendation.rests_on)
        for id_ in recommendation.rests_on:
            if id_ in sources:
                yield Source(sources[id_], self._tally(id_))


def publications_in(
    register: Register, report_keys: Collection[str], codes: Sequence[str] | None
) -> dict[str, PublishedResponses]:
    """Return by report how far the responses are, of those of the reports that ask for published ones."""
    groups = by_report(register.published_responses(codes, report_keys))
    return {group.report.key: group for group in groups}


class _Row(Struct, frozen=True):
    """An addressee as the account counts it."""

    addressee: Addressee
    without: frozenset[int] = frozenset()  # the numbers of the updates that do not count
    history: tuple[Update, ...] | None = None  # its updates, where they were read to tell that


def entry_of(
    register: Register,
    form: Form,
    recommendation: Recommendation,
    addressee: Addressee,
    everyone: Mapping[str, PolicingBody],
    predecessors: Iterable[Predecessor] = (),
    *,
    without: Container[int] = (),
    history: tuple[Update, ...] | None = None,
) -> Entry:
    """Return what the form tells of one recommendation with one body, and with those in whose place it
    stands; `everyone` are all bodies by code, `without` the numbers of updates that are left out, and
    `history` its updates where they have been read."""
    updates = tuple(register.each_update(addressee)) if history is None else history
    body = everyone[addressee.body_code]
    successor = everyone.get(body.successor_code or "")
    return Entry(
        recommendation=recommendation,
        addressee=addressee,
        body=body,
        day=register.day,
        successor_name=successor.short_name if successor else "",
        updates=updates_in_form((update for update in updates if update.seq not in without), form),
        approvals=Approvals.of(addressee, approvals_by_seq(updates)),
        withdrawn=withdrawn_from(update for update in updates if update.seq not in without),
        predecessors=tuple(
            _of_predecessor(register, form, recommendation, predecessor, everyone, body)
            for predecessor in predecessors
        ),
    )


def _of_predecessor(
    register: Register,
    form: Form,
    recommendation: Recommendation,
    predecessor: Predecessor,
    everyone: Mapping[str, PolicingBody],
    heir: PolicingBody,
) -> Entry:
    return Entry(
        recommendation=recommendation,
        addressee=predecessor.addressee,
        body=everyone[predecessor.addressee.body_code],
        day=register.day,
        successor_name="" if predecessor.is_heir_itself else heir.short_name,
        updates=updates_in_form(reversed(predecessor.updates), form),
        until=predecessor.last_day,
    )
