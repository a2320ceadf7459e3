"""The register as it stands: read from the kept state and counts, never from the history's length."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar

from msgspec import Struct

from bot.domain.questions.answers import BodyCounts, OverdueSummary, RegisterTotals
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.holding import Facts, facts_of
from bot.domain.questions.names import Body, Region
from bot.domain.questions.pages import Page
from bot.domain.questions.selection import Selection, Share
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.approval import Approvals
from bot.domain.register.due import Due
from bot.domain.register.fold import counting
from bot.domain.register.party import PartyStanding, standings
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponse
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Tally, Themes
from bot.domain.register.succession import Ending, Origin, Predecessor
from bot.domain.register.update import Update
from bot.operations.recording.published_responses import published_responses_now
from bot.operations.recording.waiting_requests import asked_until
from bot.operations.register.lineage import Lineage, ReadHistory
from bot.operations.register.register import Key, LatestUpdates
from bot.operations.register.scope import LookupScope
from bot.operations.request import resolve
from storage import (
    addressees,
    approvals,
    bodies,
    due_of_bodies,
    duties,
    late_duties,
    parties,
    recommendations,
    register_tallies,
    selecting,
    succession,
    tallies,
    updates,
)
from storage.database import Connection


class RegisterNow(Struct, frozen=True, dict=True):
    """A `Register`; `day` is today's London date."""

    connection: Connection
    day: date
    read_history: ReadHistory = updates.each_of_addressees
    is_past: ClassVar[bool] = False

    @cached_property
    def _shares(self) -> dict[Selection, tuple[Share, ...]]:
        return {}

    @cached_property
    def _stated(self) -> dict[frozenset[str], dict[str, Recommendation]]:
        """By their ids, for a list and for what is told of its lines."""
        return {}

    @cached_property
    def _has_heirs(self) -> dict[str, bool]:
        """By id, whether a body of the recommendation has ended, where its addressees were read."""
        return {}

    def find(self, ref: Ref) -> Recommendation:
        return resolve.recommendation(self.connection, ref)

    def with_parts(self, recommendation: Recommendation) -> Recommendation:
        return recommendations.get(self.connection, recommendation.id) or recommendation

    def recommendations(self, ids: Iterable[str]) -> dict[str, Recommendation]:
        wanted = frozenset(ids)
        if wanted not in self._stated:
            self._stated[wanted] = recommendations.by_ids(self.connection, wanted)
        return self._stated[wanted]

    def live(self, report_key: str | None = None) -> tuple[Recommendation, ...]:
        if report_key is not None:
            return recommendations.live_of_report(self.connection, report_key)
        return recommendations.live(self.connection, limit=recommendations.count_live(self.connection))

    def live_with_theme(self, theme: str) -> tuple[Recommendation, ...]:
        return recommendations.live_with_theme(self.connection, theme)

    def live_page(self, *, limit: int, offset: int) -> tuple[Recommendation, ...]:
        return recommendations.live(self.connection, limit=limit, offset=offset)

    def first_addressed(self, limit: int) -> tuple[Recommendation, ...]:
        return recommendations.first_addressed(self.connection, limit)

    def count_live_by_kind(self) -> dict[RecommendationKind, int]:
        return register_tallies.live_by_kind(self.connection)

    def totals(self) -> RegisterTotals:
        return tallies.totals(self.connection, self.day)

    def addressees(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        everyone = addressees.of_recommendation(self.connection, recommendation.id)
        self._has_heirs[recommendation.id] = any(row.passed_to is not None for row in everyone)
        return addressees.that_stand(everyone, recommendation)

    def with_body(self, recommendation: Recommendation, body: Body) -> Addressee:
        addressee = addressees.get(self.connection, recommendation.id, body.code)
        if addressee is None:
            raise NotAddressed(recommendation.title, body.short_name)
        return addressee

    def with_bodies(self, ids: Iterable[str], codes: Sequence[str] | None) -> tuple[Addressee, ...]:
        return addressees.of_recommendations(self.connection, ids, codes)

    def page_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[Addressee, ...]:
        return addressees.page_of_bodies(self.connection, codes, limit=limit, offset=offset)

    def count_recommendations_of_bodies(self, codes: Sequence[str]) -> int:
        return addressees.count_recommendations_of_bodies(self.connection, codes)

    def recommendations_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[str, ...]:
        return addressees.recommendations_of_bodies(self.connection, codes, limit=limit, offset=offset)

    def must_have_body(self, body: Body) -> None:
        """Let every body be looked up by its name: where it has ended, its history stays."""

    def bodies(self) -> dict[str, PolicingBody]:
        return bodies.by_code(self.connection)

    def name_of(self, body: Body) -> str:
        return body.short_name

    def bodies_of(self, region: Region) -> dict[str, str]:
        return bodies.of_region(self.connection, region.name)

    def tallies(self, ids: Iterable[str]) -> dict[str, Tally]:
        return tallies.of(self.connection, ids)

    def sums(self, codes: Sequence[str]) -> BodyCounts:
        return addressees.sums_of_bodies(self.connection, codes, self.day)

    def late(self, before: date, ids: Sequence[str] | None = None) -> OverdueSummary:
        return tallies.late(self.connection, before, ids=ids)

    def late_page(self, since: date, *, limit: int, offset: int) -> late_duties.LatePage:
        """Read a page of what is late, of everything, with how much of it was late on an earlier London
        date."""
        return late_duties.page(self.connection, self.day, since, limit=limit, offset=offset)

    def late_with(
        self, due: Iterable[tuple[Duty, date, str]]
    ) -> tuple[list[tuple[Duty, Addressee]], frozenset[Key]]:
        """Return who is late with some duties, each with its deadline and its recommendation's id, and which
        of them are heirs of bodies that ended."""
        return late_duties.late_with(self.connection, due, self.day)

    def next_due(self, scope: LookupScope) -> date | None:
        if scope.codes is not None:
            return duties.next_due_of_bodies(self.connection, scope.codes, self.day, ids=scope.ids)
        return tallies.next_due(self.connection, self.day, ids=scope.ids)

    def nearest(self, scope: LookupScope) -> tuple[Due, ...]:
        if scope.codes is not None:
            return duties.nearest_of_bodies(self.connection, scope.codes, self.day, ids=scope.ids)
        return tallies.nearest(self.connection, self.day, ids=scope.ids)

    def count_due(self, *, from_day: date | None = None, before: date | None = None) -> int:
        return tallies.count_due(self.connection, from_day=from_day, before=before)

    def due_page(
        self, *, from_day: date | None = None, before: date | None = None, limit: int, offset: int
    ) -> tuple[Due, ...]:
        return tallies.due_page(self.connection, from_day=from_day, before=before, limit=limit, offset=offset)

    def owing(self, duty: Duty, scope: LookupScope, before: date | None = None) -> tuple[Addressee, ...]:
        return duties.owing(
            self.connection, duty, recommendation_ids=scope.ids, body_codes=scope.codes, before=before
        )

    def count_owing(
        self, duty: Duty, scope: LookupScope, before: date | None = None
    ) -> dict[tuple[date | None, str], int]:
        return duties.count_owing(
            self.connection, duty, recommendation_ids=scope.ids, body_codes=scope.codes, before=before
        )

    def size_owed(self, duty: Duty, codes: Sequence[str], before: date | None = None) -> tuple[int, int]:
        """Count the recommendations on which bodies owe a duty, and what `count_owing` has in all."""
        return duties.size(self.connection, duty, codes, before)

    def day_of_so_many_owed(
        self, codes: Sequence[str], least: int, before: date | None = None
    ) -> date | None:
        """Return a day by whose end bodies owe at least so many recommendations, as `duties` has it."""
        return duties.day_of_so_many(self.connection, codes, least, before)

    def late_of_bodies(self, codes: Sequence[str], since: date) -> tuple[OverdueSummary, int]:
        """Count what is late with bodies, and how much of it was late on an earlier London date."""
        return duties.late_of_bodies(self.connection, codes, self.day, since)

    def due_within(self, selection: Selection, from_day: date, before: date) -> tuple[Due, ...]:
        return selecting.due_within(self.connection, selection, from_day, before)

    def due_page_within(
        self, selection: Selection, from_day: date, before: date, number: int, size: int
    ) -> tuple[Page, Sequence[Due]]:
        codes = selection.body_codes
        # What nothing but bodies narrows is counted in the database, and a page of it read.
        of_bodies = Selection(selection.day, body_codes=codes, with_contact=selection.with_contact)
        if codes is None or selection != of_bodies:
            deadlines = self.due_within(selection, from_day, before)
            page = Page.at(number, len(deadlines), size)
            return page, page.of(deadlines)
        total = due_of_bodies.count(self.connection, codes, from_day, before)
        page = Page.at(number, total, size)
        return page, due_of_bodies.page(
            self.connection, codes, from_day, before, limit=size, offset=page.first
        )

    def without_response(self, *, limit: int, offset: int) -> tuple[tuple[date | None, str], ...]:
        return tallies.without_response(self.connection, limit=limit, offset=offset)

    def count_without_response(self) -> tuple[int, int]:
        return tallies.count_without_response(self.connection)

    def shares_of_bodies(self, selection: Selection) -> tuple[Share, ...]:
        # One snapshot: they are asked for a list, for its page and for what its buttons act on.
        shares = self._shares.get(selection)
        if shares is None:
            shares = self._shares[selection] = selecting.shares_of_bodies(self.connection, selection)
        return shares

    def shares_of_reports(self, selection: Selection) -> tuple[Share, ...]:
        return selecting.shares_of_reports(self.connection, selection)

    def shares_of_themes(self, selection: Selection) -> dict[Themes, Share]:
        return selecting.shares_of_themes(self.connection, selection)

    def selected_keys(self, selection: Selection, limit: int) -> tuple[Key, ...]:
        return selecting.keys(self.connection, selection, self.shares_of_bodies(selection), limit)

    def selected(self, selection: Selection, *, limit: int, offset: int = 0) -> tuple[Addressee, ...]:
        shares = self.shares_of_bodies(selection)
        return selecting.page(self.connection, selection, shares, limit=limit, offset=offset)

    def approvals(self, addressee: Addressee) -> Approvals:
        by_seq = approvals.of_updates(self.connection, (addressee.response_seq, addressee.progress_seq))
        return Approvals.of(addressee, by_seq)

    def facts(self, addressees: Sequence[Addressee]) -> dict[Key, Facts]:
        stated = self.recommendations({row.recommendation_id for row in addressees})
        keys = [row.key for row in addressees]
        return {
            key: facts_of(counting(history, self.day), stated[key[0]].due_on)
            for key, history in selecting.updates_of(self.connection, keys).items()
        }

    def parties(self, recommendation: Recommendation) -> tuple[PartyStanding, ...]:
        if not recommendation.parties:
            return ()
        history = parties.history(self.connection, recommendation.id)
        return standings(recommendation, counting(history, self.day))

    def published_responses(
        self, codes: Sequence[str] | None = None, report_keys: Collection[str] | None = None
    ) -> tuple[PublishedResponse, ...]:
        return published_responses_now(self.connection, self.day, codes, report_keys)

    def read_updates(self, seqs: Iterable[int], reader: Actor) -> dict[int, Update]:
        by_seq = updates.by_seq(self.connection, seqs)
        return {seq: update.as_read_by(reader) for seq, update in by_seq.items()}

    def each_update(self, addressee: Addressee) -> Iterable[Update]:
        if addressee.version == 0:
            return ()
        return self.read_history(
            self.connection, recommendation_id=addressee.recommendation_id, body_code=addressee.body_code
        )

    def latest(self, addressee: Addressee, limit: int, reader: Actor) -> LatestUpdates:
        key = addressee.key
        latest_updates = updates.of_addressee(self.connection, *key, limit)
        seq = addressee.response_seq
        response = updates.get(self.connection, seq) if seq else None
        return LatestUpdates(
            updates=tuple(update.as_read_by(reader) for update in latest_updates),
            response=response.as_read_by(reader) if response else None,
            total=updates.count(self.connection, updates.Wanted((key[0],), body_codes=(key[1],))),
        )

    def last_of_each(self, addressees: Sequence[Addressee], reader: Actor) -> dict[Key, Update]:
        latest_seqs = {
            addressee.key: addressee.latest_update.seq for addressee in addressees if addressee.latest_update
        }
        latest = updates.by_seq(self.connection, latest_seqs.values())
        return {key: latest[seq].as_read_by(reader) for key, seq in latest_seqs.items()}

    def asked_until(self, addressees: Sequence[Addressee]) -> dict[Key, date]:
        return asked_until(self.connection, addressees)

    def predecessors(
        self, addressees: Sequence[Addressee], reader: Actor | None = None
    ) -> dict[Key, tuple[Predecessor, ...]]:
        lineage = Lineage(self.connection, self.day, read_history=self.read_history)
        return lineage.predecessors(addressees, self.recommendations, reader)

    def heirs(self, ids: Iterable[str]) -> frozenset[Key]:
        """Return those of some recommendations with a body that stands in another's place."""
        return succession.heirs(self.connection, ids)

    def ending(self, addressee: Addressee, recommendation: Recommendation) -> Ending | None:
        return Lineage(self.connection, self.day).ending(addressee, recommendation)

    def with_heirs(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        ids = succession.with_heirs(self.connection, [stated.id for stated in recommendations])
        return tuple(recommendation for recommendation in recommendations if recommendation.id in ids)

    def left_by(self, body: Body) -> tuple[Addressee, ...]:
        return succession.left_by(self.connection, body.code)

    def origin(self, recommendation: Recommendation) -> Origin | None:
        # Few recommendations have an heir among their bodies, and only of those the addressees are read.
        has_heirs = self._has_heirs.get(recommendation.id)
        if has_heirs is False or (has_heirs is None and not self.with_heirs((recommendation,))):
            return None
        return Lineage(self.connection, self.day).origin(self.addressees(recommendation), recommendation)

    def forget(self) -> None:
        """Do nothing, since it holds nothing."""
