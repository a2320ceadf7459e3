"""How addressees stood at the end of an earlier day, folded from their updates."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby, islice

from msgspec import Struct

from bot.domain.calendar import beginning_of
from bot.domain.questions.holding import Facts, facts_of
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.refusals.questions import NoSuchBodyThen
from bot.domain.register.addressee import Addressee
from bot.domain.register.body_facts import as_they_were
from bot.domain.register.correcting import before_corrections, bodies_joined, bodies_left
from bot.domain.register.fold import Past, state_at, states_on
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import (
    Recommendation,
    RecommendationStatus,
)
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.register.lineage import ReadHistory
from bot.operations.register.past_of_body import PastOfBody
from bot.operations.register.register import Key
from bot.operations.register.scope import LookupScope
from storage import addressees, bodies, past_updates, recommendations, updates
from storage.asked_of_body import asked_of_body
from storage.database import Connection

# Up to so many recommendations with bodies are read one by one, and of more all that the bodies said.
_FEW = 500


class _Folded(Struct, frozen=True):
    """An addressee as it stood. The updates that made it are let go of: memory does not grow with the
    history."""

    addressee: Addressee
    counted: int  # updates that made it
    recorded_later: int  # of these, how many were recorded after the day
    last_seq: int | None  # the last of them
    facts: Facts
    counts: bool  # whether counts include it: addressed by then, and its duties not passed on


class FoldedHistory:
    """The addressees of recommendations, as they stood at the end of a London day; with `known`, as the
    register had it then.

    The history is read addressee by addressee, and each addressee once."""

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
        self._all_live_by_id: Mapping[str, Recommendation] | None = None
        self.forget()

    def forget(self) -> None:
        """Let go of all that has been folded."""
        # What has been folded, by recommendation, then by body; the sets name what has been folded whole.
        self._folded: dict[str, dict[str, _Folded]] = {}
        self._whole_recommendations: set[str] = set()
        self._whole_bodies: set[str] = set()
        self._past_of_bodies: dict[str, PastOfBody] = {}

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
        # Of a body whose past was read in short, those too of which nothing was recorded.
        self._fold_bodies(self._past_of_bodies)
        return frozenset(self._folded)

    # What stood there to be asked of, and whom

    def as_it_was(self, recommendation: Recommendation) -> Recommendation:
        """Return the recommendation with the status that it had then; as it was known then, without what was
        corrected since."""
        if corrections := self._corrected_later.get(recommendation.id):
            recommendation = before_corrections(recommendation, corrections)
        if recommendation.id not in self._ended_later:
            return recommendation
        return replace(recommendation, status=RecommendationStatus.LIVE, superseded_by=None)

    def recommendations(self, ids: Iterable[str]) -> dict[str, Recommendation]:
        return {
            id_: self.as_it_was(recommendation)
            for id_, recommendation in recommendations.by_ids(self.connection, ids).items()
        }

    def live(self, report_key: str | None = None) -> tuple[Recommendation, ...]:
        if self._all_live is None:
            now = recommendations.live(self.connection, limit=recommendations.count_live(self.connection))
            ids = {recommendation.id for recommendation in now}
            # What has ended since takes its place among them.
            then = (
                self.recommendations(ids | self._ended_later).values()
                if self._ended_later - ids
                else map(self.as_it_was, now)
            )
            self._all_live = tuple(
                recommendation for recommendation in then if recommendation.report.published_on <= self.day
            )
        return tuple(
            recommendation
            for recommendation in self._all_live
            if report_key is None or recommendation.report.key == report_key
        )

    def bodies_on(self, day: date) -> dict[str, PolicingBody]:
        """Return the bodies as they were at the end of a London day, by all that is known here of them."""
        return as_they_were(
            self._everyone, self._changes_of_bodies, day, recorded_before=self._recorded_before
        )

    def must_have_body(self, body: Body) -> None:
        """Refuse a body that was asked nothing on that day. One that has ended since is accepted, since what
        it said stays. Raises NoSuchBodyThen."""
        if not self._could_be_asked(body.code, self.day):
            known = self._bodies[body.code]
            raise NoSuchBodyThen(body.short_name, self.day, known.first_day, known.last_day)

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
        return sorted_by_name(folded.addressee for folded in by_body.values() if folded.counts)

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
            for row in sorted_by_name(replace(self._as_asked(recommendation, row), live=True) for row in rows)
        }
        history = self._read_history(self.connection, recommendation_id=recommendation.id)
        histories = {
            key: tuple(its_updates)
            for key, its_updates in groupby(history, lambda update: update.draft.addressee_key)
        }
        turning = self._turning_days(days, blanks, chain.from_iterable(histories.values()))
        # By addressee, as it stood on each of these; None where it did not count.
        by_name = [
            self._stood_on(blank, histories.get(key, ()), turning, approved_only)
            for key, blank in blanks.items()
        ]
        stood = [tuple(row for row in on_day if row is not None) for on_day in zip(*by_name, strict=True)]
        return tuple(stood[bisect_right(turning, day) - 1] if stood else () for day in days)

    def _turning_days(
        self, days: Sequence[date], keys: Iterable[Key], history: Iterable[Update]
    ) -> list[date]:
        """Return those of some days, in order, on which addressees may stand otherwise than on the day before
        among them: for long times nothing moves."""
        moves = {update.draft.stands_from for update in history}
        for _, code in keys:
            for edge in (self._bodies[code].first_day, self._bodies[code].last_day):
                if edge is not None:
                    moves |= {edge, edge + timedelta(days=1)}
        places = {bisect_left(days, moved) for moved in moves}
        return [day for place, day in enumerate(days) if place == 0 or place in places]

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

    def past_of_body(self, code: str) -> PastOfBody:
        """Return how a body stood, without folding that of which nothing had been recorded yet."""
        if code not in self._past_of_bodies:
            recorded = self._fold_recorded(code)
            is_asked = self._could_be_asked(code, self.day)
            self._past_of_bodies[code] = PastOfBody(
                body_code=code,
                body_name=self._names[code],
                recorded=[
                    by_body[code].addressee
                    for id_ in recorded
                    if code in (by_body := self._folded.get(id_, {})) and by_body[code].counts
                ],
                blank=asked_of_body(self.connection, code, self.day, besides=recorded) if is_asked else {},
            )
        return self._past_of_bodies[code]

    def _fold_recorded(self, code: str) -> set[str]:
        """Fold what anything had been recorded of with a body, and what has ended or was corrected since.
        Return the ids of all such recommendations."""
        history = past_updates.of_body_until(self.connection, code, self.day, self._recorded_before)
        groups = (
            (id_, tuple(its_updates))
            for id_, its_updates in groupby(history, lambda update: update.draft.recommendation_id or "")
        )
        recorded: set[str] = set()
        while batch := dict(islice(groups, _FEW)):
            recorded |= batch.keys()
            self._fold_live(batch, code, chain.from_iterable(batch.values()))
        others = {*self._ended_later, *self._corrected_later} - recorded
        self._fold_live(others, code, ())
        return recorded | others

    def _fold_live(self, ids: Iterable[str], code: str, history: Iterable[Update]) -> None:
        """Fold those of some recommendations that were live, with one body."""
        live = {
            id_: stated
            for id_, stated in self.recommendations(ids).items()
            if stated.live and stated.report.published_on <= self.day
        }
        self._fold(live, self._addressed_with(live, [code]), history)

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
        live = self._live_by_id()
        ended = [recommendation for id_, recommendation in recommendations_asked.items() if id_ not in live]
        in_order = [id_ for id_ in live if id_ in recommendations_asked]
        asked_live = {id_: live[id_] for id_ in in_order}
        if len(asked_live) * len(codes) <= _FEW:
            self._fold_each(asked_live, codes)
        else:
            self._fold_bodies(codes)
        return [
            *(
                by_body[code].addressee
                for code in codes
                for id_ in in_order
                if code in (by_body := self._folded.get(id_, {})) and by_body[code].counts
            ),
            *(
                row
                for recommendation in ended
                for row in self.addressees(recommendation)
                if row.body_code in codes
            ),
        ]

    def _of_bodies(self, codes: Sequence[str]) -> list[Addressee]:
        """Return what live recommendations asked of the bodies there were, body by body."""
        self._fold_bodies(codes)
        return [
            by_body[code].addressee
            for code in codes
            for id_ in self._live_by_id()
            if code in (by_body := self._folded.get(id_, {})) and by_body[code].counts
        ]

    def _live_by_id(self) -> Mapping[str, Recommendation]:
        """Return what was live, by id and in the order of `live`."""
        if self._all_live_by_id is None:
            self._all_live_by_id = {recommendation.id: recommendation for recommendation in self.live()}
        return self._all_live_by_id

    # Folding

    def _fold_bodies(self, codes: Iterable[str]) -> None:
        for code in codes:
            if code not in self._whole_bodies:
                self._whole_bodies.add(code)
                self._fold_body(code)

    def _fold_each(self, recommendations_asked: Mapping[str, Recommendation], codes: Sequence[str]) -> None:
        """Fold these recommendations with these bodies, each from its own updates."""
        for row in self._addressed_with(recommendations_asked, codes):
            id_ = row.recommendation_id
            if row.body_code not in self._folded.get(id_, {}):
                self._fold({id_: recommendations_asked[id_]}, [row], self._history(row))

    def _fold_body(self, code: str) -> None:
        live = self._live_by_id()
        rows = self._addressed_with(live, [code])
        # Of what came later nothing is asked, and most of a long history may have come later.
        history = past_updates.of_body_until(self.connection, code, self.day, self._recorded_before)
        self._fold(live, rows, history)

    def _addressed_with(
        self, recommendations_asked: Mapping[str, Recommendation], codes: Sequence[str]
    ) -> list[Addressee]:
        """Return the addressees of recommendations with some bodies, as `_addressed` has them."""
        rows_by_id: dict[str, list[Addressee]] = {}
        for row in addressees.of_recommendations(self.connection, recommendations_asked, codes):
            rows_by_id.setdefault(row.recommendation_id, []).append(row)
        return [
            row
            for id_, recommendation in recommendations_asked.items()
            for row in self._addressed(recommendation, rows_by_id.get(id_, ()), codes)
        ]

    def _fold(
        self,
        recommendations_asked: Mapping[str, Recommendation],
        rows: Iterable[Addressee],
        history: Iterable[Update],
    ) -> None:
        """Fold and keep these addressees of the wanted recommendations, which are by id. `history` holds
        their updates, grouped by addressee, and may hold those of others."""
        fresh = {row.key: self._as_asked(recommendations_asked[row.recommendation_id], row) for row in rows}
        for key, its_updates in groupby(history, lambda update: update.draft.addressee_key):
            if key in fresh:
                past = state_at(fresh.pop(key), its_updates, self.day, known=self.known)
                self._keep(past, recommendations_asked[key[0]].due_on)
        for key, addressee in fresh.items():
            self._keep(Past(addressee), recommendations_asked[key[0]].due_on)

    def keep_blank(self, row: Addressee) -> None:
        """Keep a row of which nothing had been recorded, for whoever asks more of it."""
        if row.body_code not in self._folded.get(row.recommendation_id, {}):
            self._keep(Past(row), row.due_on)

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

    def _facts_of(self, row: Addressee) -> Facts:
        return self._folded[row.recommendation_id][row.body_code].facts

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

    def _history(self, row: Addressee) -> Iterable[Update]:
        return self._read_history(
            self.connection, recommendation_id=row.recommendation_id, body_code=row.body_code
        )


def _by_recommendation(corrections: Iterable[Update]) -> dict[str, list[Update]]:
    by_id: dict[str, list[Update]] = {}
    for update in corrections:
        by_id.setdefault(update.draft.recommendation_id or "", []).append(update)
    return by_id


def sorted_by_name(rows: Iterable[Addressee]) -> tuple[Addressee, ...]:
    return tuple(sorted(rows, key=lambda row: row.body_name))
