"""What the update form shows: what stands, for one actor, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals import NotAddressed, NothingToCorrect, NothingToRecord
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.domain.register.update import RECORDINGS, Update, UpdateKind
from bot.domain.register.update_form import (
    Correction,
    Entry,
    Form,
    Shown,
    beginning,
    kept,
    must_be_correctable,
)
from bot.operations.request import actors, finding
from storage import addressees, bodies, chain, recommendations, updates
from storage.database import Connection
from storage.store import Store

# As many as a menu in Slack holds.
_MOST_OPTIONS = 100
# A reader takes in the newest; all are in the history.
_MOST_MEANWHILE = 5
_LOOK_BACK = 50


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about, as far as it is known: `choosing` when the person picks the recommendation in
    the form itself, `corrects` the number of the update that is corrected. All of it is untrusted."""

    recommendation: Ref | None = None
    body_code: str | None = None
    choosing: bool = False
    corrects: int | None = None


def form(store: Store, request: Request, about: About, typed: Entry | None = None) -> Form:
    """The form as it opens; the free words `typed` before a choice was made in it are kept.

    Raises NotAContactOf, NotAddressed, NothingToRecord, NothingToCorrect, NotYours, CannotSee, and what
    `finding` raises."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        opening = Opening(connection, actor, request.today)
        filled = opening.form(about)
    return filled if typed is None else _with_words(filled, typed)


@dataclass(frozen=True)
class Opening:
    """`today` is a London date."""

    connection: Connection
    actor: Actor
    today: date

    def form(self, about: About) -> Form:
        if about.corrects is not None:
            about = self._about_correction(about.corrects)
        offered = self._offered() if about.recommendation is None or about.choosing else ()
        ref = about.recommendation or (ref_of(offered[0].id) if len(offered) == 1 else None)
        if ref is None and not offered:
            raise NothingToRecord(self._own_bodies())
        if ref is None:
            return Form(today=self.today, recommendations=offered)
        recommendation = finding.recordable(self.connection, ref)
        its_bodies = self._bodies(recommendation)
        asking = Form(
            today=self.today,
            recommendation=recommendation,
            recommendations=offered,
            bodies=its_bodies if len(its_bodies) > 1 else {},
        )
        code = self._chosen_body(recommendation, its_bodies, about.body_code)
        return asking if code is None else self._filled(asking, recommendation, code, about.corrects)

    def again(self, about: About, entry: Entry, shown: Shown) -> Form:
        """The form anew, with what was recorded since it was `shown` on top and the person's own entries."""
        filled = self.form(about)
        if filled.recommendation is None or filled.addressee is None:
            return filled
        own = kept(entry, shown, self.reason(shown.response_seq), filled.entry)
        latest = updates.of_addressee(
            self.connection, filled.recommendation.id, filled.addressee.body_code, _LOOK_BACK
        )
        since = [update for update in latest if update.seq > shown.seq and _moves(update)]
        return replace(filled, entry=own, meanwhile=tuple(since[:_MOST_MEANWHILE]))

    def correction(self, addressee: Addressee, seq: int | None) -> Correction | None:
        """Raises NothingToCorrect, NotYours."""
        if seq is None:
            return None
        update = must_be_correctable(updates.get(self.connection, seq), self.actor.key)
        its_own = (update.draft.recommendation_id, update.draft.body_code)
        if its_own != addressee.key:
            raise NothingToCorrect
        return Correction.made(update, addressee)

    def reason(self, response_seq: int | None) -> str:
        """The words of a response. Whoever records for the body may read them."""
        response = updates.get(self.connection, response_seq) if response_seq else None
        return response.draft.text if response else ""

    def _about_correction(self, seq: int) -> About:
        draft = must_be_correctable(updates.get(self.connection, seq), self.actor.key).draft
        return About(ref_of(draft.recommendation_id or ""), draft.body_code, corrects=seq)

    def _offered(self) -> tuple[Recommendation, ...]:
        """The live recommendations that the person can record for, by report and number."""
        if self.actor.is_coordinator:
            live = recommendations.live(self.connection, limit=_MOST_OPTIONS)
            return tuple(
                recommendation
                for recommendation in live
                if recommendation.kind is RecommendationKind.ADDRESSED
            )
        self._must_be_a_contact()
        ids = addressees.recommendations_of_bodies(self.connection, sorted(self.actor.speaks_for))
        return tuple(recommendations.by_ids(self.connection, ids[:_MOST_OPTIONS]).values())

    def _bodies(self, recommendation: Recommendation) -> dict[str, str]:
        """The bodies addressed that the person can record for: their short names by code."""
        some = addressees.standing(self.connection, recommendation)
        return {
            addressee.body_code: addressee.body_name
            for addressee in some
            if self.actor.is_coordinator or addressee.body_code in self.actor.speaks_for
        }

    def _chosen_body(
        self, recommendation: Recommendation, its_bodies: Mapping[str, str], wanted: str | None
    ) -> str | None:
        """The body to record for; None where there are several and the person has to say which."""
        if wanted:
            name = bodies.names(self.connection, [wanted]).get(wanted, "")
            self.actor.must_speak_for(wanted, name)
            if wanted not in its_bodies:
                raise NotAddressed(recommendation.title, name)
            return wanted
        if not self.actor.is_coordinator:
            self._must_be_a_contact()
        if not its_bodies:
            raise NotAddressed(recommendation.title, ", ".join(sorted(self.actor.speaks_for.values())))
        own = [code for code in its_bodies if code in self.actor.speaks_for] or list(its_bodies)
        return own[0] if len(own) == 1 else None

    def _filled(self, asking: Form, recommendation: Recommendation, code: str, corrects: int | None) -> Form:
        # First the number, then what stands: an update between the two is seen rather than missed.
        seq, _ = chain.head(self.connection)
        addressee = addressees.get(self.connection, recommendation.id, code)
        if addressee is None:
            raise NotAddressed(recommendation.title, asking.bodies.get(code, ""))
        correction = self.correction(addressee, corrects)
        return replace(
            asking,
            addressee=addressee,
            entry=beginning(addressee, self.reason(addressee.response_seq), correction),
            shown=Shown.of(addressee, seq),
            correction=correction,
            may_check=self.actor.is_coordinator,
        )

    def _own_bodies(self) -> tuple[str, ...]:
        """The short names of those whose recommendations alone the person is offered."""
        return () if self.actor.is_coordinator else tuple(sorted(self.actor.speaks_for.values()))

    def _must_be_a_contact(self) -> None:
        if not self.actor.is_contact:
            self.actor.must_speak_for("", "")


def ref_of(recommendation_id: str) -> Ref | None:
    """The recommendation `stalking-15`, as forms and buttons carry it; None for what is none."""
    report, dash, number = recommendation_id.rpartition("-")
    return Ref(report, number) if dash else None


def _with_words(filled: Form, typed: Entry) -> Form:
    own = replace(
        filled.entry,
        note=typed.note or filled.entry.note,
        evidence_url=typed.evidence_url,
        given_on=typed.given_on,
        decided_by=typed.decided_by,
        quotable=typed.quotable,
    )
    return replace(filled, entry=own)


def _moves(update: Update) -> bool:
    return update.draft.kind in (*RECORDINGS, UpdateKind.UNDO)
