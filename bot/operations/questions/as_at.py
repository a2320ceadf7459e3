"""The register as it stood at the end of an earlier day, folded from the history."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from bot.domain.calendar import london_date
from bot.domain.questions.answers import (
    BodyCounts,
    BodyOverview,
    BodyStanding,
    Deadline,
    Overview,
    OverviewRow,
    Page,
    RecommendationStanding,
    RegionOverview,
    Standing,
)
from bot.domain.questions.as_it_stood import AsItStood, Found
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.requests import AsAt, Ref
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.refusals import DayToCome, NoSuchBodyThen, NotAddressed, NotPublishedYet, NotRecordable
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.fold import Past, state_at
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Report,
    Tally,
    recommendation_id,
)
from bot.domain.register.update import Update
from bot.operations.request import actors, finding
from storage import addressees, bodies, recommendations, updates
from storage.database import Connection
from storage.store import Store

# As many updates, and as many recommendations, as fit on one screen.
_LATEST = 5
_SHOWN = 15

Shown = TypeVar("Shown")


class RegisterAt:
    """The register at the end of a London day; with `known`, as the register had it then.

    The history is read addressee by addressee, so that memory does not grow with it."""

    def __init__(self, connection: Connection, day: date, *, known: bool = False) -> None:
        self.day = day
        self.known = known
        self.connection = connection
        self._bodies = {body.code: body for body in bodies.everyone(connection)}
        self._ended_later = updates.ended_after(connection, day)

    def recommendation(self, one: Recommendation) -> Recommendation:
        """As live as it was."""
        if one.id not in self._ended_later:
            return one
        return replace(one, status=RecommendationStatus.LIVE, superseded_by=None)

    def recommendations(self) -> tuple[Recommendation, ...]:
        """Those of the reports of that day that were live, by report and number."""
        now = recommendations.live(self.connection, limit=recommendations.count_live(self.connection))
        found = recommendations.by_ids(self.connection, {*(one.id for one in now), *self._ended_later})
        return tuple(
            self.recommendation(one) for one in found.values() if one.report.published_on <= self.day
        )

    def each_body(self, one: Recommendation) -> Iterator[Past]:
        """Every body of that day to which a recommendation is addressed, in no order."""
        asked = {
            row.body_code: self._as_asked(one, row)
            for row in addressees.of_recommendation(self.connection, one.id)
            if self._had_body(row.body_code)
        }
        history = updates.each_of_addressees(self.connection, recommendation_id=one.id)
        for code, told in groupby(history, lambda update: update.draft.body_code or ""):
            if code in asked:
                yield state_at(asked.pop(code), told, self.day, known=self.known)
        yield from map(Past, asked.values())

    def each_recommendation(self, body_code: str) -> Iterator[tuple[Recommendation, Past]]:
        """What the recommendations that were live asked of a body, in no order."""
        found = {one.id: one for one in self.recommendations()}
        asked = {
            row.recommendation_id: self._as_asked(found[row.recommendation_id], row)
            for row in addressees.of_recommendations(self.connection, found, [body_code])
        }
        history = updates.each_of_addressees(self.connection, body_code=body_code)
        for id_, told in groupby(history, lambda update: update.draft.recommendation_id or ""):
            if id_ in asked:
                yield found[id_], state_at(asked.pop(id_), told, self.day, known=self.known)
        for id_, addressee in asked.items():
            yield found[id_], Past(addressee)

    def with_body(self, one: Recommendation, body: Body) -> Past:
        """Raises NotAddressed, NoSuchBodyThen."""
        row = addressees.get(self.connection, one.id, body.code)
        if row is None:
            raise NotAddressed(one.title, body.short_name)
        self.must_have_body(body)
        told = updates.each_of_addressees(self.connection, recommendation_id=one.id, body_code=body.code)
        return state_at(self._as_asked(one, row), told, self.day, known=self.known)

    def must_have_body(self, body: Body) -> None:
        """Raises NoSuchBodyThen."""
        if not self._had_body(body.code):
            there = self._bodies[body.code]
            raise NoSuchBodyThen(body.short_name, self.day, there.first_day, there.last_day)

    def bodies_of(self, region: Region) -> dict[str, str]:
        """The short names of the bodies that a region had, by code, in alphabetical order."""
        named = bodies.of_region(self.connection, region.name)
        return {code: name for code, name in named.items() if self._had_body(code)}

    def _had_body(self, code: str) -> bool:
        return self._bodies[code].exists_on(self.day)

    def _as_asked(self, one: Recommendation, row: Addressee) -> Addressee:
        """The addressee before anything was recorded of it."""
        return Addressee(
            recommendation_id=row.recommendation_id,
            body_code=row.body_code,
            body_name=row.body_name,
            live=self.recommendation(one).live,
            respond_by=row.respond_by,
            due_on=one.due_on,
        )


@dataclass
class _Folded:
    """What has been folded for one answer, each recommendation once, and how many updates that took."""

    register: RegisterAt
    counted: int = 0
    recorded_later: int = 0
    of: dict[str, list[Addressee]] = field(default_factory=dict)

    def add(self, past: Past) -> Addressee:
        self.counted += len(past.updates)
        self.recorded_later += past.recorded_later
        self.of.setdefault(past.addressee.recommendation_id, []).append(past.addressee)
        return past.addressee

    def addressees(self, one: Recommendation) -> tuple[Addressee, ...]:
        """The bodies addressed, by name; none for a derived recommendation."""
        if one.id not in self.of:
            self.of[one.id] = []
            for past in self.register.each_body(one):
                self.add(past)
        return tuple(sorted(self.of[one.id], key=lambda addressee: addressee.body_name))

    def tally(self, one: Recommendation) -> Tally:
        some = self.addressees(one)
        return Tally(
            Counter(addressee.answer for addressee in some), Counter(addressee.stage for addressee in some)
        )

    def sources(self, one: Recommendation) -> tuple[tuple[Recommendation, Tally], ...]:
        """What a derived recommendation rests on."""
        ids = [recommendation_id(one.report.key, number) for number in one.derived_from]
        found = recommendations.by_ids(self.register.connection, ids)
        return tuple(
            (self.register.recommendation(found[id_]), self.tally(found[id_])) for id_ in ids if id_ in found
        )

    def as_it_stood(self, found: Found, subject: str, body_code: str | None = None) -> AsItStood[Found]:
        begun = None
        if self.register.known and not self.counted:
            begun = updates.first_recorded(
                self.register.connection, recommendation_ids=self.of, body_code=body_code
            )
        return AsItStood(
            found=found,
            subject=subject,
            day=self.register.day,
            known=self.register.known,
            counted=self.counted,
            recorded_later=self.recorded_later,
            begun_on=london_date(begun) if begun else None,
        )


def recommendation(
    store: Store, request: Request, as_at: AsAt, ref: Ref
) -> AsItStood[RecommendationStanding]:
    """Raises DayToCome, NotPublishedYet, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        found = register.recommendation(finding.recommendation(connection, ref))
        _must_be_published(found.title, found.report, as_at.day)
        folded = _Folded(register)
        standing = RecommendationStanding(
            recommendation=found,
            tally=folded.tally(found),
            addressees=folded.addressees(found),
            today=as_at.day,
            derived_from=folded.sources(found),
        )
        return folded.as_it_stood(standing, found.title)


def with_body(store: Store, request: Request, as_at: AsAt, ref: Ref, of: Body) -> AsItStood[BodyStanding]:
    """Raises NotAddressed, NotRecordable, NoSuchBodyThen, and what `recommendation` raises."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        found = register.recommendation(finding.recommendation(connection, ref))
        _must_be_answerable(found)
        _must_be_published(found.title, found.report, as_at.day)
        past = register.with_body(found, of)
        told = {update.seq: _as_read_by(actor, update) for update in reversed(past.updates)}
        folded = _Folded(register)
        addressee = folded.add(past)
        standing = BodyStanding(
            recommendation=found,
            addressee=addressee,
            updates=tuple(told.values())[:_LATEST],
            response=told.get(addressee.response_seq or 0),
            today=as_at.day,
            total=len(told),
        )
        return folded.as_it_stood(standing, command_of(found.title, of.slug), of.code)


def report(store: Store, request: Request, as_at: AsAt, report_name: ReportName) -> AsItStood[Overview]:
    """The recommendations of a report that were live. Raises DayToCome, NotPublishedYet, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        about = next(
            all_report
            for all_report in recommendations.all_reports(connection)
            if all_report.key == report_name.key
        )
        _must_be_published(f"report {about.key}", about, as_at.day)
        folded = _Folded(register)
        some = [one for one in register.recommendations() if one.report.key == about.key]
        overview = _overview(folded, some, as_at.page, unmistakable(report_name), about)
        return folded.as_it_stood(overview, overview.typed)


def chosen(store: Store, request: Request, as_at: AsAt, refs: Iterable[Ref]) -> AsItStood[Overview]:
    """Several recommendations beside each other. Raises what `recommendation` raises."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        some = _chosen(register, refs)
        folded = _Folded(register)
        typed = command_of("status", *(one.title for one in some))
        return folded.as_it_stood(_overview(folded, some, as_at.page, typed), typed)


def chosen_with_body(
    store: Store, request: Request, as_at: AsAt, refs: Iterable[Ref], of: Body
) -> AsItStood[BodyOverview]:
    """Several recommendations with one body. Raises what `with_body` raises."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        some = _chosen(register, refs)
        for one in some:
            _must_be_answerable(one)
        folded = _Folded(register)
        rows = [_standing(folded, one, register.with_body(one, of), actor) for one in some]
        typed = command_of("status", *(one.title for one in some), of.slug)
        return folded.as_it_stood(_body_overview(of, rows, as_at, typed), typed, of.code)


def body(store: Store, request: Request, as_at: AsAt, of: Body) -> AsItStood[BodyOverview]:
    """What was owed first, by its deadline, then what was done.

    Raises DayToCome, NoSuchBodyThen, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        register.must_have_body(of)
        folded = _Folded(register)
        asked_of_it = register.each_recommendation(of.code)
        rows = [_standing(folded, one, past, actor) for one, past in asked_of_it]
        overview = _body_overview(of, sorted(rows, key=_owed_first), as_at, unmistakable(of))
        return folded.as_it_stood(overview, overview.typed, of.code)


def region(store: Store, request: Request, as_at: AsAt, of: Region) -> AsItStood[RegionOverview]:
    """The bodies that a region had, recommendation by recommendation. Raises DayToCome, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = _register(connection, request, as_at)
        folded = _Folded(register)
        names = register.bodies_of(of)
        found: dict[str, Recommendation] = {}
        for code in names:
            for one, past in register.each_recommendation(code):
                found[one.id] = one
                folded.add(past)
        ids = [one.id for one in register.recommendations() if one.id in found]
        everyone = [addressee for some in folded.of.values() for addressee in some]
        page = Page.at(as_at.page, len(ids), _SHOWN)
        overview = RegionOverview(
            name=of.name,
            body_names=tuple(names.values()),
            rows=tuple((found[id_], folded.addressees(found[id_])) for id_ in _of_page(ids, page)),
            sums=BodyCounts.of(everyone, as_at.day),
            nearest=_nearest(found, everyone, as_at.day),
            today=as_at.day,
            typed=unmistakable(of),
            page=page,
        )
        return folded.as_it_stood(overview, overview.typed)


def _register(connection: Connection, request: Request, as_at: AsAt) -> RegisterAt:
    if as_at.day > request.today:
        raise DayToCome(as_at.day)
    return RegisterAt(connection, as_at.day, known=as_at.known)


def _must_be_published(subject: str, report: Report, day: date) -> None:
    if day < report.published_on:
        raise NotPublishedYet(subject, day, report.published_on)


def _must_be_answerable(one: Recommendation) -> None:
    if one.kind is RecommendationKind.DERIVED:
        raise NotRecordable(one.title, one.derived_from)


def _chosen(register: RegisterAt, refs: Iterable[Ref]) -> list[Recommendation]:
    """Each once, in the order in which they were named."""
    found = {one.id: one for one in (finding.recommendation(register.connection, ref) for ref in refs)}
    for one in found.values():
        _must_be_published(one.title, one.report, register.day)
    return [register.recommendation(one) for one in found.values()]


def _overview(
    folded: _Folded, some: Sequence[Recommendation], page: int, typed: str, report: Report | None = None
) -> Overview:
    rows = [_row(folded, one) for one in some]
    everyone = [addressee for one in some for addressee in folded.addressees(one)]
    derived = sum(one.kind is RecommendationKind.DERIVED for one in some)
    day, at = folded.register.day, Page.at(page, len(rows), _SHOWN)
    return Overview(
        rows=tuple(_of_page(rows, at)),
        addressed=len(some) - derived,
        derived=derived,
        late=BodyCounts.of(everyone, day).late,
        nearest=_nearest({one.id: one for one in some}, everyone, day),
        today=day,
        typed=typed,
        report=report,
        chosen=report is None,
        page=at,
    )


def _body_overview(of: Body, rows: Sequence[Standing], request: AsAt, typed: str) -> BodyOverview:
    some = [row.addressee for row in rows]
    page = Page.at(request.page, len(rows), _SHOWN)
    return BodyOverview(
        body_name=of.short_name,
        rows=tuple(_of_page(rows, page)),
        sums=BodyCounts.of(some, request.day),
        nearest=_nearest({row.recommendation.id: row.recommendation for row in rows}, some, request.day),
        today=request.day,
        typed=typed,
        page=page,
    )


def _of_page(rows: Sequence[Shown], page: Page) -> Sequence[Shown]:
    return rows[_SHOWN * (page.number - 1) : _SHOWN * page.number]


def _standing(folded: _Folded, one: Recommendation, past: Past, reader: Actor) -> Standing:
    latest = _as_read_by(reader, past.updates[-1]) if past.updates else None
    return Standing(one, folded.add(past), latest)


def _as_read_by(reader: Actor, update: Update) -> Update:
    """Whether its text is shown is a question of today, and whether it was taken back one of that day."""
    return replace(update.as_read_by(reader), undone=False)


def _row(folded: _Folded, one: Recommendation) -> OverviewRow:
    sources = [tally for _, tally in folded.sources(one)]
    return OverviewRow(
        one,
        folded.tally(one),
        answers_in=sum(tally.responded for tally in sources),
        answers_expected=sum(tally.addressed for tally in sources),
    )


def _nearest(
    found: Mapping[str, Recommendation], some: Sequence[Addressee], day: date
) -> tuple[Deadline, ...]:
    """The first deadlines on or after a London day by which anything was still owed, all on one date."""
    addressed: Counter[tuple[date, str, Duty]] = Counter()
    owed: Counter[tuple[date, str, Duty]] = Counter()
    for addressee in some:
        for duty in Duty:
            deadline = addressee.deadline(duty)
            if deadline and deadline >= day:
                addressed[deadline, addressee.recommendation_id, duty] += 1
                owed[deadline, addressee.recommendation_id, duty] += addressee.owes(duty)
    first = min((on for (on, _, _), n in owed.items() if n), default=None)
    return tuple(
        Deadline(found[id_], duty, on, addressed[on, id_, duty], n)
        for (on, id_, duty), n in sorted(
            owed.items(), key=lambda row: (found[row[0][1]].place, row[0][2] is Duty.ACTION)
        )
        if on == first and n
    )


def _owed_first(row: Standing) -> tuple[bool, date, tuple[str, int]]:
    """What is owed by its deadline, then what is done; what has no deadline comes last."""
    owed = [row.addressee.deadline(duty) for duty in Duty if row.addressee.owes(duty)]
    return not owed, min(filter(None, owed), default=date.max), row.recommendation.place
