"""The register as it stood at the end of an earlier day, folded from the history."""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from bot.domain.questions.answers import BodyCounts, OverdueSummary, RegisterTotals
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.holding import Facts, holds
from bot.domain.questions.names import Body, Region
from bot.domain.questions.pages import Page
from bot.domain.questions.selection import Selection, Share
from bot.domain.refusals.questions import NotPublishedYet
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.approval import Approvals, approvals_by_seq
from bot.domain.register.due import Due, due_of, nearest_of
from bot.domain.register.fold import counting
from bot.domain.register.party import PartyStanding, standings
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponse, setting_of
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationKind,
    Report,
    Tally,
    Themes,
    place_of_id,
)
from bot.domain.register.succession import Ending, Origin, Predecessor
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.recording.published_responses import published_responses_of
from bot.operations.register.folded_history import FoldedHistory, sorted_by_name
from bot.operations.register.lineage import Lineage
from bot.operations.register.register import Key, LatestUpdates
from bot.operations.register.scope import LookupScope
from bot.operations.request import resolve
from storage import parties, published_responses, recommendations, succession, updates


class RegisterAt(FoldedHistory):
    """A `Register` at the end of a London day; with `known`, as the register had it then."""

    is_past: ClassVar[bool] = True

    # Recommendations

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

    def live_with_theme(self, theme: str) -> tuple[Recommendation, ...]:
        return tuple(stated for stated in self.live() if theme in stated.themes)

    def live_page(self, *, limit: int, offset: int) -> tuple[Recommendation, ...]:
        return self.live()[offset : offset + limit]

    def first_addressed(self, limit: int) -> tuple[Recommendation, ...]:
        addressed = [stated for stated in self.live() if stated.kind is RecommendationKind.ADDRESSED]
        return tuple(sorted(addressed, key=lambda stated: stated.place)[:limit])

    def count_live_by_kind(self) -> dict[RecommendationKind, int]:
        kinds = [recommendation.kind for recommendation in self.live()]
        return {kind: kinds.count(kind) for kind in RecommendationKind}

    def totals(self) -> RegisterTotals:
        return RegisterTotals(
            live=self.count_live_by_kind(),
            late=self.late(self.day),
            next_due=self.next_due(LookupScope()),
            has_heirs=bool(self.with_heirs(self.live())),
        )

    # Addressees

    def with_bodies(self, ids: Iterable[str], codes: Sequence[str] | None) -> tuple[Addressee, ...]:
        recommendations_asked = self.recommendations(ids).values()
        if codes is None:
            return sorted_by_name(
                row for recommendation in recommendations_asked for row in self.addressees(recommendation)
            )
        return sorted_by_name(
            self._of_both(
                {recommendation.id: recommendation for recommendation in recommendations_asked}, codes
            )
        )

    def page_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[Addressee, ...]:
        if len(codes) == 1:
            return self._page_of_body(codes[0], limit, offset)
        return tuple(sorted(self._of_bodies(codes), key=_owed_first))[offset : offset + limit]

    def _page_of_body(self, code: str, limit: int, offset: int) -> tuple[Addressee, ...]:
        past = self.past_of_body(code)
        rows = sorted([*past.recorded, *past.first_blank(offset + limit)], key=_owed_first)
        page = tuple(rows[offset : offset + limit])
        for row in page:
            self.keep_blank(row)
        return page

    def count_recommendations_of_bodies(self, codes: Sequence[str]) -> int:
        return len({row.recommendation_id for row in self._of_bodies(codes)})

    def recommendations_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[str, ...]:
        addressed = {row.recommendation_id for row in self._of_bodies(codes)}
        ids = tuple(recommendation.id for recommendation in self.live() if recommendation.id in addressed)
        return ids[offset : offset + limit]

    def bodies(self) -> dict[str, PolicingBody]:
        return self._bodies

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
        if len(codes) == 1:
            return self.past_of_body(codes[0]).sums(self.day)
        return BodyCounts.of(self._of_bodies(codes), self.day)

    def late(self, before: date, ids: Sequence[str] | None = None) -> OverdueSummary:
        return BodyCounts.of(self._within(LookupScope(ids=None if ids is None else tuple(ids))), before).late

    def next_due(self, scope: LookupScope) -> date | None:
        if scope.ids is None and scope.codes is not None and len(scope.codes) == 1:
            examples = due_of(self.past_of_body(scope.codes[0]).examples())
            return min((due.deadline for due in nearest_of(examples, self.day)), default=None)
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

    def due_page_within(
        self, selection: Selection, from_day: date, before: date, number: int, size: int
    ) -> tuple[Page, Sequence[Due]]:
        deadlines = self.due_within(selection, from_day, before)
        page = Page.at(number, len(deadlines), size)
        return page, page.of(deadlines)

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

    def shares_of_themes(self, selection: Selection) -> dict[Themes, Share]:
        live = self.live()
        themes = {stated.id: " ".join(stated.themes) for stated in live}
        rows = [(themes[row.recommendation_id], row) for row in self._addressed_by(selection)]
        names = {themes[stated.id]: "" for stated in live if stated.kind is RecommendationKind.ADDRESSED}
        return {tuple(share.key.split()): share for share in self._shares(selection, names, rows)}

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
        ids, keys = selection.ids, selection.report_keys
        if ids is None and keys is not None:
            ids = tuple(recommendation.id for key in keys for recommendation in self.live(key))
        return [
            row
            for row in self._within(LookupScope(ids=ids, codes=selection.body_codes))
            if keys is None or place_of_id(row.recommendation_id)[0] in keys
        ]

    def _is_selected(self, selection: Selection, row: Addressee) -> bool:
        facts = self._facts_of(row)
        return all(holds(condition, row, facts, selection.day) for condition in selection.conditions)

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
        readable = {update.seq: _as_read_by(reader, update) for update in reversed(self._counting(addressee))}
        return LatestUpdates(
            updates=tuple(readable.values())[:limit],
            response=readable.get(addressee.response_seq or 0),
            total=len(readable),
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


def _as_read_by(reader: Actor, update: Update) -> Update:
    """Hide what the reader may not read today; whether it was taken back is as it was on that day."""
    return replace(update.as_read_by(reader), undone=False)


def _by_deadline(row: Addressee, duty: Duty) -> tuple[date, tuple[str, int]]:
    """Order by deadline; what has none comes last."""
    return row.deadline(duty) or date.max, place_of_id(row.recommendation_id)


def _owed_first(row: Addressee) -> tuple[bool, date, tuple[str, int]]:
    """Order by deadline what is owed, then what is done; what has no deadline comes last."""
    return row.owed_by is None, row.owed_by or date.max, place_of_id(row.recommendation_id)
