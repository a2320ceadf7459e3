"""What the update form shows: what stands, for one actor, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals.addressees import NotAddressed, NothingToRecord
from bot.domain.refusals.taking_back import NothingToCorrect
from bot.domain.register.addressee import Addressee, Answer, Duty
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind, name_of_id, place_of_id
from bot.domain.register.update import RECORDINGS, Update, UpdateKind
from bot.domain.register.update_form import (
    Correction,
    Entry,
    Form,
    Offered,
    Shown,
    beginning,
    merged,
    must_be_correctable,
)
from bot.domain.values import replace
from bot.operations.request import actors, resolve
from storage import addressees, bodies, chain, recommendations, register_tallies, updates
from storage.database import Connection
from storage.store import Store

# As many as a menu in Slack holds.
_MOST_OPTIONS = 100
# Of so many recommendations the parts are shown; more would not fit beside the rest.
_MOST_WITH_PARTS = 5
# A form in Slack has at most 100 blocks, of which the other fields need some thirty.
_MOST_PARTS = 60
# A reader takes in the newest; all are in the history.
_MOST_MEANWHILE = 5
_LOOK_BACK = 50


class About(Struct, frozen=True):
    """What a form is about, as far as it is known. Without `recommendations` it is about all that the body
    has open, or where it `is_picking` about what its reader will tick, with what is due next ticked already
    where it `ticks_next`; `corrects` is the number of the update
    that is corrected, and `is_answering` asks for the response where it is given already. All of it is
    untrusted."""

    recommendations: tuple[Ref, ...] = ()
    body_code: str | None = None
    corrects: int | None = None
    is_answering: bool = False
    is_picking: bool = False
    ticks_next: bool = False


def form(store: Store, request: Request, about: About, typed: Entry | None = None) -> Form:
    """Return the form as it opens; the free words and the stage `typed` before a choice was made in it are
    kept.

    Raises NotAContactOf, NotAddressed, NothingToRecord, NothingToCorrect, NotYours, CannotSee, and what
    `resolve` raises."""
    filled = _opened(store, request, about)
    return filled if typed is None else _with_words(filled, typed)


def form_with_entries(store: Store, request: Request, about: About, entry: Entry, form_shown: Shown) -> Form:
    """Return the form with more fields, and all that was entered in those that were shown. Raises what
    `form` raises."""
    with store.reading() as connection:
        opening = Opening(connection, actors.load(connection, store, request), request.today)
        filled = opening.form(about)
        reason = opening.reason(form_shown.response_seq)
    return replace(filled, entry=merged(entry, form_shown, reason, filled.entry))


def _opened(store: Store, request: Request, about: About) -> Form:
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return Opening(connection, actor, request.today).form(about)


class Opening(Struct, frozen=True):
    """`today` is a London date."""

    connection: Connection
    actor: Actor
    today: date

    def form(self, about: About) -> Form:
        if about.corrects is not None:
            about = self._about_correction(about.corrects)
        distinct = resolve.each_recordable(self.connection, about.recommendations)
        its_bodies = self._bodies(distinct)
        code = self._chosen_body(distinct, its_bodies, about.body_code)
        asking = Form(
            today=self.today,
            bodies=its_bodies if len(its_bodies) > 1 and about.corrects is None else {},
            opened_from=tuple(recommendation.id for recommendation in distinct),
            is_about_all=not distinct and not about.is_picking,
            is_picking=about.is_picking,
            ticks_next=about.ticks_next,
        )
        return asking if code is None else self._filled(asking, code, distinct, about)

    def again(self, about: About, entry: Entry, form_shown: Shown) -> Form:
        """Return the form anew, with what was recorded since it was shown on top and the person's own
        entries."""
        filled = self.form(about)
        own = merged(entry, form_shown, self.reason(form_shown.response_seq), filled.entry)
        since = [
            (row.recommendation, update)
            for row in filled.offered
            if row.addressee.version != form_shown.versions.get(row.recommendation.id)
            for update in updates.of_addressee(self.connection, *row.addressee.key, _LOOK_BACK)
            if update.seq > form_shown.seq and _moves(update)
        ]
        newest = sorted(since, key=lambda pair: -pair[1].seq)[:_MOST_MEANWHILE]
        return replace(filled, entry=own, meanwhile=tuple(newest))

    def correction(self, addressee: Addressee, seq: int | None) -> Correction | None:
        """Return the correction of an update by its author; None where nothing is corrected. Raises
        NothingToCorrect, NotYours."""
        if seq is None:
            return None
        update = must_be_correctable(updates.get(self.connection, seq), self.actor.key)
        its_own = (update.draft.recommendation_id, update.draft.body_code)
        if its_own != addressee.key:
            raise NothingToCorrect
        return Correction.made(update, addressee)

    def reason(self, response_seq: int | None) -> str:
        """Return the words of a response. Whoever records for the body may read them."""
        response = updates.get(self.connection, response_seq) if response_seq else None
        return response.draft.text if response else ""

    def _about_correction(self, seq: int) -> About:
        draft = must_be_correctable(updates.get(self.connection, seq), self.actor.key).draft
        ref = ref_of(draft.recommendation_id or "")
        return About((ref,) if ref else (), draft.body_code, corrects=seq)

    def _bodies(self, recommendations: Sequence[Recommendation]) -> Mapping[str, str]:
        """Return the bodies that the person can record for, and to which all of these are addressed: their
        short names by code."""
        if not recommendations:
            return self._bodies_of_all()
        names: dict[str, str] = {}
        for place, recommendation in enumerate(recommendations):
            its_own = {
                addressee.body_code: addressee.body_name
                for addressee in addressees.standing(self.connection, recommendation)
                if self.actor.may_record_for(addressee.body_code)
            }
            names = its_own if place == 0 else {code: names[code] for code in names if code in its_own}
        return names

    def _bodies_of_all(self) -> Mapping[str, str]:
        if not self.actor.is_coordinator:
            self._must_be_a_contact()
            return dict(sorted(self.actor.may_mean.items(), key=lambda body: body[1]))
        if not register_tallies.live_by_kind(self.connection)[RecommendationKind.ADDRESSED]:
            raise NothingToRecord
        existing = bodies.existing_on(self.connection, self.today)
        return {body.code: body.short_name for body in existing}

    def _chosen_body(
        self, recommendations: Sequence[Recommendation], its_bodies: Mapping[str, str], named_code: str | None
    ) -> str | None:
        """Return the body to record for; None where there are several and the person has to say which."""
        title = recommendations[0].title if recommendations else ""
        if named_code:
            name = bodies.names(self.connection, [named_code]).get(named_code, "")
            self.actor.must_speak_for(named_code, name)
            if named_code not in its_bodies:
                raise NotAddressed(title, name) if title else NothingToRecord((name,))
            return named_code
        if not self.actor.is_coordinator:
            self._must_be_a_contact()
        if not its_bodies:
            raise NotAddressed(title, ", ".join(sorted(self.actor.speaks_for.values())))
        own = [code for code in its_bodies if code in self.actor.speaks_for] or list(its_bodies)
        return own[0] if len(own) == 1 else None

    def _filled(
        self, asking: Form, code: str, recommendations: Sequence[Recommendation], about: About
    ) -> Form:
        # First the number, then what stands: an update between the two is seen rather than missed.
        seq, _ = chain.head(self.connection)
        offered_rows, ticked = self._offered(code, recommendations, about)
        if not offered_rows:
            raise NothingToRecord((bodies.names(self.connection, [code]).get(code, ""),))
        ticking = [row.addressee for row in offered_rows if row.recommendation.id in ticked]
        correction = self.correction(ticking[0], about.corrects) if about.corrects else None
        is_answering = _is_answering(about, ticking, correction)
        response_seq = ticking[0].response_seq if len(ticking) == 1 and is_answering else None
        entry = beginning(
            ticking,
            self.reason(response_seq),
            correction,
            is_answering=is_answering,
            with_parts=_with_room(offered_rows),
        )
        return replace(
            asking,
            body_code=code,
            body_name=offered_rows[0].addressee.body_name,
            offered=offered_rows,
            ticked=ticked,
            entry=entry,
            as_shown=_as_shown(seq, offered_rows, entry, response_seq),
            correction=correction,
            is_answering=is_answering,
            may_check=self.actor.is_coordinator,
        )

    def _offered(
        self, code: str, opened: Sequence[Recommendation], about: About
    ) -> tuple[tuple[Offered, ...], frozenset[str]]:
        """Return what can be ticked, by report and number, and the ids of what is ticked: what was wanted, or
        all that the body has open.

        Beside that everything is offered that is open; where nothing is, whatever there is."""
        by_id = {row.recommendation_id: row for row in addressees.of_bodies(self.connection, [code])}
        for recommendation in opened:
            if recommendation.id not in by_id:
                raise NotAddressed(recommendation.title, self.actor.speaks_for.get(code, ""))
        has_open = [codes_open for codes_open, row in by_id.items() if any(map(row.owes, Duty))]
        if about.corrects is not None:
            has_open = []
        of_all = [] if about.is_picking else has_open
        if about.ticks_next and has_open:
            of_all = [min(has_open, key=lambda codes_open: _how_near(by_id[codes_open]))]
        ticked = [recommendation.id for recommendation in opened] or of_all
        offering = list(dict.fromkeys((*ticked, *has_open)))[:_MOST_OPTIONS] or list(by_id)[:_MOST_OPTIONS]
        if len(offering) == 1:
            ticked = offering
        stated = recommendations.by_ids(self.connection, offering)
        stated |= recommendations.with_parts(self.connection, ticked[:_MOST_WITH_PARTS])
        in_order = sorted(stated.values(), key=lambda recommendation: recommendation.place)
        rows = tuple(Offered(recommendation, by_id[recommendation.id]) for recommendation in in_order)
        return rows, frozenset(ticked) & frozenset(offering)

    def _must_be_a_contact(self) -> None:
        if not self.actor.is_contact:
            self.actor.must_speak_for("", "")


def _as_shown(seq: int, offered_rows: Sequence[Offered], entry: Entry, response_seq: int | None) -> Shown:
    """Return what the form has to carry, so that what was recorded since is noticed."""
    return Shown(
        seq=seq,
        versions={row.recommendation.id: row.addressee.version for row in offered_rows},
        answer=entry.answer,
        stage=entry.stage,
        expected_on=entry.expected_on,
        parts=entry.parts,
        response_seq=response_seq,
    )


def _is_answering(about: About, ticking: Sequence[Addressee], correction: Correction | None) -> bool:
    """Return whether the form asks for the response, which need not be asked for where all have accepted."""
    return (
        about.is_answering
        or any(addressee.answer is not Answer.ACCEPTED for addressee in ticking)
        or (correction is not None and correction.by is UpdateKind.RESPONSE)
    )


def _how_near(row: Addressee) -> tuple[date, date, tuple[str, int]]:
    """Return by what one who has one thing to say is asked first: the nearest deadline, past ones before, and
    of those alike what has not moved for longest."""
    return row.owed_by or date.max, row.moved_on or date.min, place_of_id(row.recommendation_id)


def _with_room(offered_rows: Sequence[Offered]) -> list[str]:
    """Return the ids of the recommendations whose parts fit beside the other fields."""
    ids, fields = list[str](), 0
    for row in offered_rows:
        fields += len(row.recommendation.parts)
        if row.recommendation.parts and fields <= _MOST_PARTS:
            ids.append(row.recommendation.id)
    return ids


def ref_of(recommendation_id: str) -> Ref | None:
    """Return the recommendation `stalking-15`, as forms and buttons carry it; None for what is none."""
    name = name_of_id(recommendation_id)
    return Ref(name.report_key, name.number) if name.report_key else None


def _with_words(filled: Form, typed: Entry) -> Form:
    own = replace(
        filled.entry,
        stage=typed.stage or filled.entry.stage,
        note=typed.note or filled.entry.note,
        evidence_url=typed.evidence_url,
        evidence_title=typed.evidence_title,
        given_on=typed.given_on,
        decided_by=typed.decided_by,
        quotable=typed.quotable,
    )
    return replace(filled, entry=own)


def _moves(update: Update) -> bool:
    return update.draft.kind in (*RECORDINGS, UpdateKind.UNDO)
