"""Answers any question about the register, as it stands or as it stood: a list, a count, a percentage."""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import assert_never

from bot.domain.questions.answers import (
    BodyContacts,
    ChangeList,
    ContactList,
    PersonContacts,
)
from bot.domain.questions.holding import Facts
from bot.domain.questions.model import (
    AllTime,
    AsAt,
    AskedState,
    Aspect,
    Before,
    Between,
    Condition,
    From,
    Now,
    Question,
    Scope,
    Shape,
    Since,
    Time,
    Within,
    aspect_of,
    of_addressees,
)
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Page
from bot.domain.questions.question_answer import (
    Answered,
    DeadlinesOf,
    Line,
    ListHasChanged,
    Measure,
)
from bot.domain.questions.selection import Selection, Share
from bot.domain.questions.sense import must_make_sense
from bot.domain.questions.written import canonical
from bot.domain.register.addressee import Addressee
from bot.domain.register.net_changes import Event
from bot.domain.register.part_states import NoSuchPart
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Themes, place_of_id
from bot.domain.register.succession import Origin, PassedOn
from bot.domain.values import replace
from bot.operations.questions import changes, contacts
from bot.operations.questions.answerable import must_be_answerable
from bot.operations.questions.period import period_of
from bot.operations.questions.subjects import Subjects
from bot.operations.register.of_part import RegisterOfPart
from bot.operations.register.opening import register_on
from bot.operations.register.register import Key, Register
from bot.operations.register.subjects import deadlines_of
from bot.operations.request import actors
from storage import people, succession, updates
from storage.database import Connection
from storage.store import Store

# As many lines as fit on one screen, and as many as a button acts on: 60 recommendations with all 43 bodies.
LINES = 25
MOST_ACTED_ON = 2_600
# Fewer new updates than these are read whole, and what they are about is looked at here.
_MANY_UPDATES = 5_000


def answer(store: Store, request: Request, question: Question) -> Answered:
    """Answer a question with a list, a count or a percentage. Raises MakesNoSense, CannotBeAnswered,
    DayToCome, NotPublishedYet, NotRecordable, UnknownRecommendation, HasEnded, WhichReport, NotAContactOf,
    CannotSee."""
    with _asking(store, request, question) as answering:
        return answering.answered()


def contacts_of(store: Store, request: Request, question: Question) -> ContactList:
    """Return the contacts of the bodies that a question selects. Raises what `answer` raises."""
    with _asking(store, request, question) as answering:
        return answering.contacts(store)


def person_in(store: Store, request: Request, question: Question) -> PersonContacts:
    """Return for whom a person records. Raises what `answer` raises."""
    must_make_sense(question, request.today)
    return contacts.of_person(store, request, question)


def changes_of(store: Store, request: Request, question: Question) -> ChangeList:
    """Return what changed of what a question selects. Raises what `answer` raises."""
    with _asking(store, request, question) as answering:
        return answering.changes()


def deadlines_in(store: Store, request: Request, question: Question) -> DeadlinesOf:
    """Return the deadlines of what a question selects. Raises what `answer` raises."""
    with _asking(store, request, question) as answering:
        return answering.deadlines()


@contextmanager
def _asking(store: Store, request: Request, question: Question) -> Iterator["Answering"]:
    with store.reading() as connection:
        yield Answering(connection, actors.load(connection, store, request), request, question)


class Answering:
    """One question, asked by one person of one snapshot of the register. Raises what `answer` raises."""

    def __init__(self, connection: Connection, actor: Actor, request: Request, question: Question) -> None:
        must_make_sense(question, request.today)
        must_be_answerable(question)
        self.actor = actor
        self.asks_only = request.asks_only
        self.question = question
        # Conditions on recommendations (a theme, a priority) narrow the selection instead.
        self.conditions = of_addressees(question.conditions)
        time = question.time if isinstance(question.time, AsAt) else None
        self.known = time is not None and time.known
        self.register = register_on(connection, request.today, time.day if time else None, known=self.known)
        self.connection = connection
        self._contacts = _contacts(connection)
        self.subjects = subjects = Subjects(self.register, actor, question)
        self.subject = subjects.subject
        self.selection = Selection(
            day=self.register.day,
            ids=subjects.ids,
            themes=subjects.themes,
            report_keys=subjects.report_keys,
            body_codes=subjects.body_codes,
            conditions=self.conditions,
            with_contact=frozenset(self._contacts),
        )
        label = question.scope.part
        self.rows: Register | RegisterOfPart = self._of_part(label) if label else self.register

    def _of_part(self, label: str) -> RegisterOfPart:
        """Return how bodies stand with a part. Raises NoSuchPart."""
        recommendation = self.register.with_parts(self.subject.recommendations[0])
        labels = tuple(part.label for part in recommendation.parts)
        if label not in labels:
            raise NoSuchPart(recommendation.title, label, labels, asks=True)
        return RegisterOfPart(self.register, recommendation, label, self.selection.body_codes)

    def answered(self) -> Answered:
        is_list = self.question.shape is Shape.LIST
        measures = tuple(map(self._measure, self._measured()))
        # Where nothing is asked of them, all that are asked about are listed.
        total = measures[0].matching if self.conditions else measures[0].addressed
        page = Page.at(self.question.page, total, LINES)
        return Answered(
            question=self.question,
            typed=canonical(replace(self.question, page=1)),
            subject=self.subject,
            measures=measures,
            day=self.register.day,
            page=page if is_list else Page(),
            lines=self._lines(page) if is_list else (),
            region_of={code: body.region for code, body in self.subjects.everyone.items()},
            looks_back=self.register.is_past,
            known=self.known,
            fingerprint=self.fingerprint() if is_list and 0 < total <= MOST_ACTED_ON else "",
            may_remind=self.actor.is_coordinator and not self.register.is_past,
            own=tuple(self._own_bodies(measures[0].bodies)),
            origin=self._origin(),
        )

    def _origin(self) -> Origin | None:
        """Return of whom the count is when it is about all addressees of one recommendation; None for a part
        of them."""
        if len(self.subject.recommendations) != 1 or self.selection.body_codes is not None:
            return None
        return self.register.origin(self.subject.recommendations[0])

    def _own_bodies(self, shares: Iterable[Share]) -> Iterator[Body]:
        if self.register.is_past or self.asks_only:
            return
        for share in shares:
            if share.key in self.actor.speaks_for:
                body = self.subjects.everyone[share.key]
                yield Body.of(body)

    def _measured(self) -> tuple[tuple[Condition, ...], ...]:
        """Return the conditions that are counted: those asked about, or all that there are where none is."""
        if self.conditions:
            return (self.conditions,)
        return _OF_A_PART if self.question.scope.part else _WITHOUT_CONDITION

    def _measure(self, conditions: tuple[Condition, ...]) -> Measure:
        selection = replace(self.selection, conditions=conditions)
        by_report = self.question.shape is Shape.BY_REPORT
        by_theme = self.question.shape is Shape.BY_THEME
        themes, has_several_themes = self._by_theme(selection) if by_theme else ((), False)
        return Measure(
            conditions=conditions,
            bodies=self.rows.shares_of_bodies(selection),
            reports=self.register.shares_of_reports(selection) if by_report else (),
            themes=themes,
            has_several_themes=has_several_themes,
        )

    def _by_theme(self, selection: Selection) -> tuple[tuple[Share, ...], bool]:
        """Return a share for each theme of the recommendations that are asked about, then one for those
        without; and whether any of them has several themes."""
        if selection.ids is None and selection.report_keys is None:
            by_themes = self.register.shares_of_themes(selection)
            return _of_each_theme(by_themes), any(len(themes) > 1 for themes in by_themes)
        ids_by_theme: dict[str, list[str]] = {}
        recommendations = self.subjects.addressed()
        for recommendation in recommendations:
            for theme in recommendation.themes or ("",):
                ids_by_theme.setdefault(theme, []).append(recommendation.id)
        by_theme: dict[Themes, Share] = {
            (theme,) if theme else (): self._share(replace(selection, ids=tuple(ids), themes=None))
            for theme, ids in ids_by_theme.items()
        }
        return _of_each_theme(by_theme), any(len(stated.themes) > 1 for stated in recommendations)

    def _share(self, selection: Selection) -> Share:
        shares = self.register.shares_of_bodies(selection)
        addressed = sum(share.addressed for share in shares)
        return Share("", "", addressed, sum(share.matching for share in shares))

    def contacts(self, store: Store) -> ContactList:
        """List the contacts of the bodies that meet the conditions, or of all bodies asked about."""
        (measure, *_) = map(self._measure, self._measured())
        shares = measure.holding if self.conditions else measure.bodies
        holders = contacts.by_body(self.connection)
        return ContactList(
            bodies=tuple(BodyContacts(share.name, tuple(holders.get(share.key, ()))) for share in shares),
            coordinators=contacts.coordinators(self.connection, store),
            typed=canonical(replace(self.question, page=1)),
            subject=self.listed,
            in_full=self.question.page > 1,
        )

    @property
    def listed(self) -> str:
        """What is typed for the list of what is asked about; empty for everything."""
        question = Question(self.question.scope, self.question.conditions)
        return "" if question == Question() else canonical(question)

    def changes(self) -> ChangeList:
        """Return the changes of the recommendations and bodies asked about, newest first."""
        connection, page, time = self.connection, self.question.page, self.question.time
        typed = canonical(replace(self.question, page=1))
        period = period_of(connection, time, self.register.day)
        after, digest_at = (period.after, None) if period.since else changes.last_told(connection)
        events = updates.events_after(connection, after, through=period.through, wanted=self._wanted(after))
        changed = changes.change_list(
            connection, self.actor, filter(self._is_about, events), self.register.day, page, typed
        )
        passed = filter(self._concerns, succession.passed_on(connection, after, period.through))
        return replace(
            changed,
            since=period.since,
            since_digest=digest_at,
            until=period.until,
            subject=self.listed,
            handovers=succession.named(connection, list(passed)),
        )

    def _wanted(self, after: int) -> updates.Wanted | None:
        """Return what the database may narrow the updates after one to: where few are new, all of these are
        read sooner than all that was ever recorded of what is asked about."""
        if updates.last_seq(self.connection) - after < _MANY_UPDATES:
            return None
        selection = self.selection
        return updates.Wanted(selection.ids, selection.report_keys, selection.body_codes)

    def _is_about(self, event: Event) -> bool:
        codes = self.selection.body_codes
        return self._has(event.recommendation_id) and (codes is None or event.body_code in codes)

    def _concerns(self, row: PassedOn) -> bool:
        codes = self.selection.body_codes
        is_of_bodies = codes is None or not {row.body_code, row.heir_code}.isdisjoint(codes)
        return self._has(row.recommendation_id) and is_of_bodies

    def _has(self, recommendation_id: str) -> bool:
        selection = self.selection
        report_key, _ = place_of_id(recommendation_id)
        return (selection.ids is None or recommendation_id in selection.ids) and (
            selection.report_keys is None or report_key in selection.report_keys
        )

    def deadlines(self) -> DeadlinesOf:
        """Return what the recommendations and bodies asked about still owe, by deadline."""
        first, before = _days(self.question.time, self.register.day)
        if self.question.scope == Scope() and not self.question.conditions:
            total = self.register.count_due(from_day=first, before=before)
            page = Page.at(self.question.page, total, LINES)
            due = self.register.due_page(from_day=first, before=before, limit=page.size, offset=page.first)
        else:
            number = self.question.page
            page, rows = self.register.due_page_within(self.selection, first, before, number, LINES)
            due = tuple(rows)
        return DeadlinesOf(
            rows=deadlines_of(self.register, due),
            subject=self.subject,
            time=self.question.time,
            today=self.register.day,
            typed=canonical(replace(self.question, page=1)),
            page=page,
        )

    def keys(self) -> tuple[Key, ...]:
        """Return the keys of what is listed on all pages together, at most as many as one act may concern."""
        return self.rows.selected_keys(self.selection, MOST_ACTED_ON)

    def all_keys(self) -> tuple[Key, ...]:
        """Return all of them, however many there are."""
        return self.rows.selected_keys(self.selection, sys.maxsize)

    def fingerprint(self) -> str:
        return hashlib.sha256(repr(self.keys()).encode()).hexdigest()[:16]

    def must_be_as_listed(self, fingerprint: str) -> None:
        """Raises ListHasChanged."""
        if self.fingerprint() != fingerprint:
            raise ListHasChanged(canonical(replace(self.question, page=1, file=None)))

    def _lines(self, page: Page) -> tuple[Line, ...]:
        rows = self.rows.selected(self.selection, limit=page.size, offset=page.first)
        recommendations = self.register.recommendations({row.recommendation_id for row in rows})
        facts = self.rows.facts(rows)
        seqs = {row.key: seq for row in rows if (seq := self._seq(row))}
        readable = self.register.read_updates(seqs.values(), self.actor)
        before = self.register.predecessors(rows, self.actor)
        return tuple(
            Line(
                recommendation=recommendations[row.recommendation_id],
                addressee=row,
                since=self._since(row, facts[row.key]),
                update=readable.get(seqs.get(row.key, 0)),
                contacts=self._contacts.get(row.body_code, ()),
                asked_until=facts[row.key].asked_until,
                predecessors=before.get(row.key, ()),
            )
            for row in rows
        )

    def _is_about_answers(self, row: Addressee) -> bool:
        """Whether the answer is what is asked about, or all that there is to say."""
        aspects = {aspect_of(condition) for condition in self.conditions}
        return Aspect.ANSWER in aspects and Aspect.PROGRESS not in aspects

    def _seq(self, row: Addressee) -> int | None:
        return row.response_seq if self._is_about_answers(row) else row.progress_seq

    def _since(self, row: Addressee, facts: Facts) -> date | None:
        return facts.answer_since if self._is_about_answers(row) else facts.stage_since


def _of_each_theme(by_themes: Mapping[Themes, Share]) -> tuple[Share, ...]:
    """Add up the shares of each theme, by its name; what has none comes last."""
    addressed: Counter[str] = Counter()
    matching: Counter[str] = Counter()
    for themes, share in by_themes.items():
        for theme in themes or ("",):
            addressed[theme] += share.addressed
            matching[theme] += share.matching
    in_order = sorted(addressed, key=lambda theme: (not theme, theme))
    return tuple(Share(theme, theme, addressed[theme], matching[theme]) for theme in in_order)


def _days(time: Time, today: date) -> tuple[date, date]:
    """Return the first London day of which deadlines are asked, and the day after the last."""
    match time:
        case Between():
            return time.first, _days_after(time.last, 1)
        case Within():
            return today, _days_after(today, time.days + 1)
        case Before():
            return today, time.day
        case From():
            return time.day, date.max
        case AllTime():
            return date.min, date.max
        case Now() | AsAt() | Since():
            return today, date.max
        case _:
            assert_never(time)


def _days_after(day: date, days: int) -> date:
    """Return the London date so many days later, at most the last date that there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


def _contacts(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """Return the names of those who can be asked, by the code of their body."""
    names: dict[str, list[str]] = {}
    for holder in people.active_contacts(connection):
        names.setdefault(holder.body_code, []).append(holder.display_name)
    return {code: tuple(holders) for code, holders in names.items()}


_OF_A_PART: tuple[tuple[Condition, ...], ...] = ((AskedState.COMPLETE,),)
_WITHOUT_CONDITION: tuple[tuple[Condition, ...], ...] = ((AskedState.ACCEPTED,), (AskedState.COMPLETE,))
