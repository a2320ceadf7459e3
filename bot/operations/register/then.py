"""The register as it stood at the end of an earlier day, folded from the history."""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import ClassVar

from bot.domain.calendar import beginning_of
from bot.domain.questions.answers import BodyCounts, OverdueSummary
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.holding import Facts, facts_of, holds
from bot.domain.questions.names import Body, Region
from bot.domain.questions.selection import Selection, Share
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.refusals.questions import NoSuchBodyThen, NotPublishedYet
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.approval import Approvals, approvals_by_seq
from bot.domain.register.body_facts import as_they_were
from bot.domain.register.correcting import before_corrections, bodies_joined, bodies_left
from bot.domain.register.due import Due, due_of, nearest_of
from bot.domain.register.fold import Past, counting, state_at, states_on
from bot.domain.register.party import PartyStanding, standings
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponse, setting_of
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Report,
    Tally,
    place_of_id,
)
from bot.domain.register.succession import Ending, Origin, Predecessor
from bot.domain.register.update import Update
from bot.operations.recording.published_responses import published_responses_of
from bot.operations.register.lineage import Lineage, ReadHistory
from bot.operations.register.register import Key, LatestUpdates
from bot.operations.register.scope import LookupScope
from bot.operations.request import resolve
from storage import addressees, bodies, parties, published_responses, recommendations, succession, updates
from storage.database import Connection


@dataclass(frozen=True, slots=True)
class _Folded:
    """An addressee as it stood; how many updates made it, how many of these were recorded after the day, and
    the last of them. The updates themselves are let go of: memory does not grow with the history."""

    addressee: Addressee
    counted: int
    recorded_later: int
    last_seq: int | None
    facts: Facts
    counts: bool  # whether counts include it: addressed by then, and its duties not passed on


class RegisterAt:
    """A `Register` at the end of a London day; with `known`, as the register had it then.

    The history is read addressee by addressee, and each addressee once."""

    is_past: ClassVar[bool] = True

    def __init__(
        self,
        connection: Connection,
        day: date,
        *,
        known: bool = False,
        read_history: ReadHistory = updates.each_of_addressees,
    ) -> None:
        self.connection = connection
        self.day = day
        self.known = known
        self._read_history = read_history
        later = beginning_of(day + timedelta(days=1))
        # A UTC instant: what was recorded from then on does not count; None where all of it does.
        self._recorded_before = later if known else None
        self._everyone = bodies.everyone(connection)
        self._changes_of_bodies = updates.changes_of_bodies(connection)
        self._bodies = self.bodies_on(day)
        self._names = {code: body.short_name for code, body in self._bodies.items()}
        self._ended_later = updates.ended_after(connection, day)
        corrections = updates.corrections_after(connection, later) if known else ()
        self._corrected_later = _by_recommendation(corrections)
        self._all_live: tuple[Recommendation, ...] | None = None
        self.forget()

    def forget(self) -> None:
        # What has been folded, by recommendation, then by body; the sets name what has been folded whole.
        self._folded: dict[str, dict[str, _Folded]] = {}
        self._whole_recommendations: set[str] = set()
        self._whole_bodies: set[str] = set()

    # How much of the history it has taken

    @property
    def counted(self) -> int:
        return sum(folded.counted for by_body in self._folded.values() for folded in by_body.values())

    @property
    def recorded_later(self) -> int:
        return sum(folded.recorded_later for by_body in self._folded.values() for folded in by_body.values())

    @property
    def looked_at(self) -> frozenset[str]:
        """The ids of the recommendations that it was asked about."""
        return frozenset(self._folded)

    # Recommendations

    def as_it_was(self, recommendation: Recommendation) -> Recommendation:
        """Return the recommendation with the status that it had then; as it was known then, without what was
        corrected since."""
        if corrections := self._corrected_later.get(recommendation.id):
            recommendation = before_corrections(recommendation, corrections)
        if recommendation.id not in self._ended_later:
            return recommendation
        return replace(recommendation, status=RecommendationStatus.LIVE, superseded_by=None)

    def find(self, ref: Ref) -> Recommendation:
        recommendation = resolve.recommendation(self.connection, ref)
        self.must_be_published(recommendation.title, recommendation.report)
        return self.as_it_was(recommendation)

    def must_be_published(self, subject: str, report: Report) -> None:
        """Raises NotPublishedYet."""
        if self.day < report.published_on:
            raise NotPublishedYet(subject, self.day, report.published_on)

    def with_parts(self, recommendation: Recommendation) -> Recommendation:
        return self.as_it_was(recommendations.get(self.connection, recommendation.id) or recommendation)

    def recommendations(self, ids: Iterable[str]) -> dict[str, Recommendation]:
        return {
            id_: self.as_it_was(recommendation)
            for id_, recommendation in recommendations.by_ids(self.connection, ids).items()
        }

    def live(self, report_key: str | None = None) -> tuple[Recommendation, ...]:
        if self._all_live is None:
            now = recommendations.live(self.connection, limit=recommendations.count_live(self.connection))
            ids = {*(recommendation.id for recommendation in now), *self._ended_later}
            self._all_live = tuple(
                recommendation
                for recommendation in self.recommendations(ids).values()
                if recommendation.report.published_on <= self.day
            )
        return tuple(
            recommendation
            for recommendation in self._all_live
            if report_key is None or recommendation.report.key == report_key
        )

    def live_page(self, *, limit: int, offset: int) -> tuple[Recommendation, ...]:
        return self.live()[offset : offset + limit]

    def count_live_by_kind(self) -> dict[RecommendationKind, int]:
        kinds = [recommendation.kind for recommendation in self.live()]
        return {kind: kinds.count(kind) for kind in RecommendationKind}

    # Addressees

    def addressees(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        by_body = self._folded.setdefault(recommendation.id, {})
        if recommendation.id not in self._whole_recommendations:
            self._whole_recommendations.add(recommendation.id)
            rows = self._addressed(
                recommendation, addressees.of_recommendation(self.connection, recommendation.id)
            )
            history = self._read_history(self.connection, recommendation_id=recommendation.id)
            self._fold({recommendation.id: recommendation}, rows, history)
        return _by_name(folded.addressee for folded in by_body.values() if folded.counts)

    def addressees_on(
        self, recommendation: Recommendation, days: Sequence[date], *, approved_only: bool = False
    ) -> tuple[tuple[Addressee, ...], ...]:
        """Return the addressees of a recommendation that counted at the end of each of some London days, as
        `addressees` on each of these days would, from one reading of the history.

        The days come in order, none of them after `day`, and the recommendation is live on all of them. With
        `approved_only`, what needs a second person's yes counts once it has that."""
        rows = self._addressed(
            recommendation, addressees.of_recommendation(self.connection, recommendation.id)
        )
        blanks = {
            row.key: row
            for row in _by_name(replace(self._as_asked(recommendation, row), live=True) for row in rows)
        }
        # By addressee, as it stood on each day; None where it did not count.
        stood: dict[Key, list[Addressee | None]] = {}
        history = self._read_history(self.connection, recommendation_id=recommendation.id)
        for key, its_updates in groupby(history, _key_of):
            if key in blanks:
                stood[key] = self._stood_on(blanks[key], its_updates, days, approved_only)
        by_name = [stood.get(key) or self._stood_on(blanks[key], (), days, approved_only) for key in blanks]
        return tuple(
            tuple(row for row in on_day if row is not None) for on_day in zip(*by_name, strict=True)
        ) or tuple(() for _ in days)

    def _stood_on(
        self, blank: Addressee, history: Iterable[Update], days: Sequence[date], approved_only: bool
    ) -> list[Addressee | None]:
        pasts = states_on(
            blank, history, days, recorded_before=self._recorded_before, approved_only=approved_only
        )
        return [
            past.addressee
            if past.counts and (self._could_be_asked(blank.body_code, day) or past.has_inherited)
            else None
            for day, past in zip(days, pasts, strict=True)
        ]

    def with_body(self, recommendation: Recommendation, body: Body) -> Addressee:
        row = addressees.get(self.connection, recommendation.id, body.code)
        rows = self._addressed(recommendation, [row] if row else [], [body.code])
        row = rows[0] if rows else None
        if row is None:
            raise NotAddressed(recommendation.title, body.short_name)
        self.must_have_body(body)
        if body.code not in self._folded.get(recommendation.id, {}):
            self._fold({recommendation.id: recommendation}, [row], self._history(row))
        folded = self._folded[recommendation.id][body.code]
        if not folded.counts and folded.addressee.passed_to is None:
            raise NotAddressed(recommendation.title, body.short_name)
        return folded.addressee

    def with_bodies(self, ids: Iterable[str], codes: Sequence[str] | None) -> tuple[Addressee, ...]:
        recommendations_asked = self.recommendations(ids).values()
        if codes is None:
            return _by_name(
                row for recommendation in recommendations_asked for row in self.addressees(recommendation)
            )
        return _by_name(
            self._of_both(
                {recommendation.id: recommendation for recommendation in recommendations_asked}, codes
            )
        )

    def page_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[Addressee, ...]:
        return tuple(sorted(self._of_bodies(codes), key=_owed_first))[offset : offset + limit]

    def count_recommendations_of_bodies(self, codes: Sequence[str]) -> int:
        return len({row.recommendation_id for row in self._of_bodies(codes)})

    def recommendations_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[str, ...]:
        addressed = {row.recommendation_id for row in self._of_bodies(codes)}
        ids = tuple(recommendation.id for recommendation in self.live() if recommendation.id in addressed)
        return ids[offset : offset + limit]

    def must_have_body(self, body: Body) -> None:
        """Refuse a body that was asked nothing on that day. One that has ended since is accepted, since what
        it said stays. Raises NoSuchBodyThen."""
        if not self._could_be_asked(body.code, self.day):
            known = self._bodies[body.code]
            raise NoSuchBodyThen(body.short_name, self.day, known.first_day, known.last_day)

    def bodies(self) -> dict[str, PolicingBody]:
        return self._bodies

    def bodies_on(self, day: date) -> dict[str, PolicingBody]:
        """Return the bodies as they were at the end of a London day, by all that is known here of them."""
        return as_they_were(
            self._everyone, self._changes_of_bodies, day, recorded_before=self._recorded_before
        )

    def name_of(self, body: Body) -> str:
        return self._names[body.code]

    def bodies_of(self, region: Region) -> dict[str, str]:
        in_region = [body for body in self._bodies.values() if body.region == region.name]
        by_name = sorted((body.short_name, body.code) for body in in_region if body.exists_on(self.day))
        return {code: name for name, code in by_name}

    # Counts and deadlines

    def tallies(self, ids: Iterable[str]) -> dict[str, Tally]:
        all_ids = list(ids)
        known = self.recommendations(all_ids)
        return {id_: Tally.of(self.addressees(known[id_])) if id_ in known else Tally() for id_ in all_ids}

    def sums(self, codes: Sequence[str]) -> BodyCounts:
        return BodyCounts.of(self._of_bodies(codes), self.day)

    def late(self, before: date, ids: Sequence[str] | None = None) -> OverdueSummary:
        return BodyCounts.of(self._within(LookupScope(ids=None if ids is None else tuple(ids))), before).late

    def next_due(self, scope: LookupScope) -> date | None:
        return min((due.deadline for due in self.nearest(scope)), default=None)

    def nearest(self, scope: LookupScope) -> tuple[Due, ...]:
        return nearest_of(due_of(self._within(scope)), self.day)

    def count_due(self, *, from_day: date | None = None, before: date | None = None) -> int:
        return len(self._due(from_day, before))

    def due_page(
        self, *, from_day: date | None = None, before: date | None = None, limit: int, offset: int
    ) -> tuple[Due, ...]:
        return self._due(from_day, before)[offset : offset + limit]

    def _due(self, from_day: date | None, before: date | None) -> tuple[Due, ...]:
        first, end = from_day or date.min, before or date.max
        return tuple(due for due in due_of(self._within(LookupScope())) if first <= due.deadline < end)

    def overdue(self, ids: Iterable[str]) -> tuple[Addressee, ...]:
        return tuple(
            row for row in self.with_bodies(ids, None) if any(row.is_overdue(duty, self.day) for duty in Duty)
        )

    def owing(self, duty: Duty, scope: LookupScope, before: date | None = None) -> tuple[Addressee, ...]:
        rows = [row for row in self._within(scope) if row.owes(duty)]
        if before is not None:
            rows = [row for row in rows if (row.deadline(duty) or date.max) < before]
        return tuple(sorted(rows, key=lambda row: (*_by_deadline(row, duty), row.body_name)))

    def count_owing(
        self, duty: Duty, scope: LookupScope, before: date | None = None
    ) -> dict[tuple[date | None, str], int]:
        return Counter((row.deadline(duty), row.recommendation_id) for row in self.owing(duty, scope, before))

    def due_within(self, selection: Selection, from_day: date, before: date) -> tuple[Due, ...]:
        rows = due_of(self.selected(selection, limit=sys.maxsize))
        return tuple(due for due in rows if from_day <= due.deadline < before)

    def without_response(self, *, limit: int, offset: int) -> tuple[tuple[date | None, str], ...]:
        waiting = {
            (row.respond_by, row.recommendation_id): _by_deadline(row, Duty.RESPONSE)
            for row in self.owing(Duty.RESPONSE, LookupScope())
        }
        return tuple(sorted(waiting, key=lambda key: waiting[key]))[offset : offset + limit]

    def count_without_response(self) -> tuple[int, int]:
        rows = self.owing(Duty.RESPONSE, LookupScope())
        return len({(row.respond_by, row.recommendation_id) for row in rows}), len(rows)

    # What a question selects

    def shares_of_bodies(self, selection: Selection) -> tuple[Share, ...]:
        rows = self._addressed_by(selection)
        names = {row.body_code: row.body_name for row in rows}
        return self._shares(selection, names, [(row.body_code, row) for row in rows])

    def shares_of_reports(self, selection: Selection) -> tuple[Share, ...]:
        rows = [(place_of_id(row.recommendation_id)[0], row) for row in self._addressed_by(selection)]
        return self._shares(selection, {key: key for key, _ in rows}, rows)

    def _shares(
        self, selection: Selection, names: Mapping[str, str], rows: Sequence[tuple[str, Addressee]]
    ) -> tuple[Share, ...]:
        addressed = Counter(key for key, _ in rows)
        matching = Counter(key for key, row in rows if self._is_selected(selection, row))
        return tuple(
            Share(key, name, addressed[key], matching[key])
            for key, name in sorted(names.items(), key=lambda key_and_name: key_and_name[1])
        )

    def selected_keys(self, selection: Selection, limit: int) -> tuple[Key, ...]:
        rows = self.selected(selection, limit=limit)
        return tuple(row.key for row in rows)

    def selected(self, selection: Selection, *, limit: int, offset: int = 0) -> tuple[Addressee, ...]:
        rows = [row for row in self._addressed_by(selection) if self._is_selected(selection, row)]
        ordered = sorted(rows, key=lambda row: (row.body_name, place_of_id(row.recommendation_id)))
        return tuple(ordered[offset : offset + limit])

    def approvals(self, addressee: Addressee) -> Approvals:
        return Approvals.of(addressee, approvals_by_seq(self._counting(addressee)))

    def facts(self, addressees: Sequence[Addressee]) -> dict[Key, Facts]:
        return {row.key: self._facts_of(row) for row in addressees}

    def _addressed_by(self, selection: Selection) -> list[Addressee]:
        return [
            row
            for row in self._within(LookupScope(ids=selection.ids, codes=selection.body_codes))
            if selection.report_keys is None or place_of_id(row.recommendation_id)[0] in selection.report_keys
        ]

    def _is_selected(self, selection: Selection, row: Addressee) -> bool:
        facts = self._facts_of(row)
        return all(holds(condition, row, facts, selection.day) for condition in selection.conditions)

    def _facts_of(self, row: Addressee) -> Facts:
        return self._folded[row.recommendation_id][row.body_code].facts

    # What was said

    def parties(self, recommendation: Recommendation) -> tuple[PartyStanding, ...]:
        if not recommendation.parties:
            return ()
        history = parties.history(self.connection, recommendation.id)
        return standings(recommendation, counting(history, self.day, known=self.known))

    def published_responses(
        self, codes: Sequence[str] | None = None, report_keys: Collection[str] | None = None
    ) -> tuple[PublishedResponse, ...]:
        asking = self._asking_to_publish()
        reports = {key: asking[key] for key in asking if report_keys is None or key in report_keys}
        if not reports:
            return ()
        rows = (
            self._of_bodies(codes)
            if codes is not None
            else [row for key in reports for stated in self.live(key) for row in self.addressees(stated)]
        )
        addressed: dict[str, dict[str, str]] = {key: {} for key in reports}
        for row in rows:
            addressed.get(place_of_id(row.recommendation_id)[0], {})[row.body_code] = row.body_name
        return published_responses_of(self.connection, reports, addressed, self.day, known=self.known)

    def _asking_to_publish(self) -> dict[str, Report]:
        """Return the reports that ask for published responses, by key. With `known`, each has the day that
        was set by then."""
        reports = published_responses.asking(self.connection)
        if self._recorded_before:
            reports_by_key = {report.key: report for report in recommendations.all_reports(self.connection)}
            settings = published_responses.settings_after(self.connection, self._recorded_before)
            for update in reversed(settings):
                if setting := setting_of(update.draft):
                    key, was, _ = setting
                    reports[key] = replace(reports_by_key[key], publish_by=was)
        return {
            key: report
            for key, report in reports.items()
            if report.publish_by and report.published_on <= self.day
        }

    def read_updates(self, seqs: Iterable[int], reader: Actor) -> dict[int, Update]:
        by_seq = updates.by_seq(self.connection, seqs)
        return {seq: _as_read_by(reader, update) for seq, update in by_seq.items()}

    def each_update(self, addressee: Addressee) -> Iterable[Update]:
        """Read the updates; one that was undone later may not be quoted."""
        return (
            replace(update, quotable=update.quotable and not update.undone)
            for update in self._counting(addressee)
        )

    def latest(self, addressee: Addressee, limit: int, reader: Actor) -> LatestUpdates:
        shown = {update.seq: _as_read_by(reader, update) for update in reversed(self._counting(addressee))}
        return LatestUpdates(
            updates=tuple(shown.values())[:limit],
            response=shown.get(addressee.response_seq or 0),
            total=len(shown),
        )

    def last_of_each(self, addressees: Sequence[Addressee], reader: Actor) -> dict[Key, Update]:
        keys = [addressee.key for addressee in addressees]
        last = {key: seq for key in keys if (seq := self._folded[key[0]][key[1]].last_seq) is not None}
        by_seq = updates.by_seq(self.connection, last.values())
        return {key: _as_read_by(reader, by_seq[seq]) for key, seq in last.items()}

    def asked_until(self, addressees: Sequence[Addressee]) -> dict[Key, date]:
        """Return nothing: the past has no open requests."""
        return {}

    def predecessors(
        self, addressees: Sequence[Addressee], reader: Actor | None = None
    ) -> dict[Key, tuple[Predecessor, ...]]:
        return self._lineage.predecessors(addressees, self.recommendations, reader)

    def ending(self, addressee: Addressee, recommendation: Recommendation) -> Ending | None:
        return self._lineage.ending(addressee, recommendation)

    def with_heirs(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        ids = succession.with_heirs(self.connection, [stated.id for stated in recommendations])
        return tuple(recommendation for recommendation in recommendations if recommendation.id in ids)

    def left_by(self, body: Body) -> tuple[Addressee, ...]:
        self._of_bodies([body.code])
        return tuple(
            by_body[body.code].addressee
            for recommendation in self.live()
            if body.code in (by_body := self._folded.get(recommendation.id, {}))
            and by_body[body.code].addressee.passed_to is not None
        )

    def origin(self, recommendation: Recommendation) -> Origin | None:
        return self._lineage.origin(self.addressees(recommendation), recommendation)

    @property
    def _lineage(self) -> Lineage:
        return Lineage(self.connection, self.day, self.known, self._names, self._read_history)

    def _counting(self, addressee: Addressee) -> tuple[Update, ...]:
        return counting(self._history(addressee), self.day, known=self.known)

    def _history(self, row: Addressee) -> Iterable[Update]:
        return self._read_history(
            self.connection, recommendation_id=row.recommendation_id, body_code=row.body_code
        )

    # Folding

    def _within(self, scope: LookupScope) -> list[Addressee]:
        """Return the addressees within a scope. A scope without bodies and recommendations has those of all
        live recommendations."""
        if scope.codes is not None and scope.ids is not None:
            return self._of_both(self.recommendations(scope.ids), scope.codes)
        if scope.codes is not None:
            return self._of_bodies(scope.codes)
        recommendations_asked = self.live() if scope.ids is None else self.recommendations(scope.ids).values()
        return [row for recommendation in recommendations_asked for row in self.addressees(recommendation)]

    def _of_both(
        self, recommendations_asked: Mapping[str, Recommendation], codes: Sequence[str]
    ) -> list[Addressee]:
        """Return the addressees of these recommendations with these bodies. Recommendations that had ended
        are read one by one."""
        live = {recommendation.id for recommendation in self.live()}
        ended = [recommendation for id_, recommendation in recommendations_asked.items() if id_ not in live]
        return [
            *(row for row in self._of_bodies(codes) if row.recommendation_id in recommendations_asked),
            *(
                row
                for recommendation in ended
                for row in self.addressees(recommendation)
                if row.body_code in codes
            ),
        ]

    def _of_bodies(self, codes: Sequence[str]) -> list[Addressee]:
        """Return what live recommendations asked of the bodies there were, body by body."""
        for code in codes:
            if code not in self._whole_bodies:
                self._whole_bodies.add(code)
                self._fold_body(code)
        return [
            by_body[code].addressee
            for code in codes
            for recommendation in self.live()
            if code in (by_body := self._folded.get(recommendation.id, {})) and by_body[code].counts
        ]

    def _fold_body(self, code: str) -> None:
        live = {recommendation.id: recommendation for recommendation in self.live()}
        stand = addressees.of_recommendations(self.connection, live, [code])
        rows = [
            row
            for recommendation in live.values()
            for row in self._addressed(
                recommendation, [row for row in stand if row.recommendation_id == recommendation.id], [code]
            )
        ]
        self._fold(live, rows, self._read_history(self.connection, body_code=code))

    def _fold(
        self,
        recommendations_asked: Mapping[str, Recommendation],
        rows: Iterable[Addressee],
        history: Iterable[Update],
    ) -> None:
        """Fold and keep these addressees of the wanted recommendations, which are by id. `history` holds
        their updates, grouped by addressee, and may hold those of others."""
        fresh = {row.key: self._as_asked(recommendations_asked[row.recommendation_id], row) for row in rows}
        for key, its_updates in groupby(history, _key_of):
            if key in fresh:
                past = state_at(fresh.pop(key), its_updates, self.day, known=self.known)
                self._keep(past, recommendations_asked[key[0]].due_on)
        for key, addressee in fresh.items():
            self._keep(Past(addressee), recommendations_asked[key[0]].due_on)

    def _keep(self, past: Past, stated_due_on: date | None) -> None:
        addressee = past.addressee
        self._folded.setdefault(addressee.recommendation_id, {})[addressee.body_code] = _Folded(
            addressee=addressee,
            counted=len(past.updates),
            recorded_later=past.recorded_later,
            last_seq=past.updates[-1].seq if past.updates else None,
            facts=facts_of(past.updates, stated_due_on),
            counts=past.counts
            and (self._could_be_asked(addressee.body_code, self.day) or past.has_inherited),
        )

    def _addressed(
        self, recommendation: Recommendation, rows: Sequence[Addressee], codes: Sequence[str] | None = None
    ) -> list[Addressee]:
        """Return those addressed, of some bodies or all: as it was known then, without those that a later
        correction added, and with those that it took out."""
        corrections = self._corrected_later.get(recommendation.id, [])
        joined, left = bodies_joined(corrections), bodies_left(corrections)
        added_back = [
            recommendation.addressed_to(self._bodies[code])
            for code in sorted(left - joined)
            if codes is None or code in codes
        ]
        return [*(row for row in rows if row.body_code not in joined), *added_back]

    def _could_be_asked(self, code: str, day: date) -> bool:
        """Whether the body had begun; one that has ended is asked until its duties have passed on."""
        body = self._bodies[code]
        has_begun = body.first_day is None or body.first_day <= day
        return has_begun and (body.successor_code is not None or not body.has_ended_by(day))

    def _as_asked(self, stated: Recommendation, row: Addressee) -> Addressee:
        """Return the addressee before anything was recorded of it, with the dates that are stated."""
        return Addressee(
            recommendation_id=row.recommendation_id,
            body_code=row.body_code,
            body_name=self._names[row.body_code],
            live=self.as_it_was(stated).live,
            respond_by=stated.respond_by if stated.id in self._corrected_later else row.respond_by,
            due_on=stated.due_on,
        )


def _by_recommendation(corrections: Iterable[Update]) -> dict[str, list[Update]]:
    by_id: dict[str, list[Update]] = {}
    for update in corrections:
        by_id.setdefault(update.draft.recommendation_id or "", []).append(update)
    return by_id


def _as_read_by(reader: Actor, update: Update) -> Update:
    """Hide what the reader may not read today; whether it was taken back is as it was on that day."""
    return replace(update.as_read_by(reader), undone=False)


def _key_of(update: Update) -> Key:
    return update.draft.recommendation_id or "", update.draft.body_code or ""


def _by_name(rows: Iterable[Addressee]) -> tuple[Addressee, ...]:
    return tuple(sorted(rows, key=lambda row: row.body_name))


def _by_deadline(row: Addressee, duty: Duty) -> tuple[date, tuple[str, int]]:
    """Order by deadline; what has none comes last."""
    return row.deadline(duty) or date.max, place_of_id(row.recommendation_id)


def _owed_first(row: Addressee) -> tuple[bool, date, tuple[str, int]]:
    """Order by deadline what is owed, then what is done; what has no deadline comes last."""
    return row.owed_by is None, row.owed_by or date.max, place_of_id(row.recommendation_id)
