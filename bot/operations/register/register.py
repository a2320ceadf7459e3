"""The register at one moment: what every lookup asks, whether it stands now or stood on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from bot.domain.questions.answers import BodyCounts, OverdueSummary, RegisterTotals
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.holding import Facts
from bot.domain.questions.names import Body, Region
from bot.domain.questions.pages import Page
from bot.domain.questions.selection import Selection, Share
from bot.domain.register.addressee import Addressee, AddresseeKey, Duty
from bot.domain.register.approval import Approvals
from bot.domain.register.due import Due
from bot.domain.register.party import PartyStanding
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.published_response import PublishedResponse
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Tally, Themes
from bot.domain.register.succession import Ending, Origin, Predecessor
from bot.domain.register.update import Update
from bot.operations.register.scope import LookupScope

Key = AddresseeKey


class LatestUpdates(Struct, frozen=True):
    """What was last said of an addressee, as one reader may read it."""

    updates: tuple[Update, ...]  # newest first
    response: Update | None  # by which the response stands
    total: int  # of all its updates


class Register(Protocol):
    """The register, read from one snapshot."""

    @property
    def day(self) -> date:
        """The London date it is looked at on, from which deadlines and days left are reckoned."""

    @property
    def is_past(self) -> bool:
        """Whether it is as it stood on an earlier day: nothing can be recorded in it."""

    # Recommendations

    def find(self, ref: Ref) -> Recommendation:
        """Find the recommendation meant.

        Raises UnknownRecommendation, HasEnded, WhichReport, and NotPublishedYet in the past."""

    def with_parts(self, recommendation: Recommendation) -> Recommendation: ...

    def recommendations(self, ids: Iterable[str]) -> dict[str, Recommendation]:
        """Return recommendations by id, in order of report and number, without their parts."""

    def live(self, report_key: str | None = None) -> tuple[Recommendation, ...]:
        """Return the live recommendations of all reports or one, in the same order, without their parts."""

    def live_with_theme(self, theme: str) -> tuple[Recommendation, ...]:
        """Return those of all reports that have a theme, in the same order, without their parts."""

    def live_page(self, *, limit: int, offset: int) -> tuple[Recommendation, ...]: ...

    def first_addressed(self, limit: int) -> tuple[Recommendation, ...]:
        """Return the first live recommendations that are addressed to bodies, by report and number."""

    def count_live_by_kind(self) -> dict[RecommendationKind, int]: ...

    def totals(self) -> RegisterTotals: ...

    # Addressees

    def addressees(self, recommendation: Recommendation) -> tuple[Addressee, ...]:
        """Return the bodies that answer a recommendation, by name; none for a derived one."""

    def with_body(self, recommendation: Recommendation, body: Body) -> Addressee:
        """Return one addressee, also where its duties have passed on.

        Raises NotAddressed, and NoSuchBodyThen in the past."""

    def with_bodies(self, ids: Iterable[str], codes: Sequence[str] | None) -> tuple[Addressee, ...]:
        """Return the addressees of these recommendations, with these bodies or with all addressed, by name of
        the body."""

    def page_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[Addressee, ...]:
        """Return a page of these bodies' addressees: those that owe first, by deadline, then those done."""

    def count_recommendations_of_bodies(self, codes: Sequence[str]) -> int:
        """Count the live recommendations addressed to any of these bodies."""

    def recommendations_of_bodies(self, codes: Sequence[str], *, limit: int, offset: int) -> tuple[str, ...]:
        """Return the ids of a page of these, by report and number."""

    def must_have_body(self, body: Body) -> None:
        """Raises NoSuchBodyThen in the past."""

    def bodies(self) -> Mapping[str, PolicingBody]:
        """Return all bodies that ever were, by code and in the order of their names, each as it is called at
        that moment."""

    def name_of(self, body: Body) -> str:
        """Return the short name of a body at that moment."""

    def bodies_of(self, region: Region) -> dict[str, str]:
        """Return the short names of a region's bodies by code, in alphabetical order."""

    # Counts and deadlines

    def tallies(self, ids: Iterable[str]) -> dict[str, Tally]:
        """Return the tally of each recommendation; an empty one where nobody is addressed."""

    def sums(self, codes: Sequence[str]) -> BodyCounts: ...

    def late(self, before: date, ids: Sequence[str] | None = None) -> OverdueSummary:
        """Sum up the duties that were due before a London date, on some recommendations or all."""

    def next_due(self, scope: LookupScope) -> date | None:
        """Return the next deadline, a London date: the first from `day` on by which anything is owed."""

    def nearest(self, scope: LookupScope) -> tuple[Due, ...]:
        """Return the duties owed by the next deadline."""

    def count_due(self, *, from_day: date | None = None, before: date | None = None) -> int: ...

    def due_page(
        self, *, from_day: date | None = None, before: date | None = None, limit: int, offset: int
    ) -> tuple[Due, ...]:
        """Return a page of the duties due from one London date on and before another, nearest first."""

    def owing(self, duty: Duty, scope: LookupScope, before: date | None = None) -> tuple[Addressee, ...]:
        """Return those that owe a duty (due `before` a London date), earliest deadline first, by name."""

    def count_owing(
        self, duty: Duty, scope: LookupScope, before: date | None = None
    ) -> dict[tuple[date | None, str], int]:
        """Count the bodies that `owing` returns, by deadline and recommendation id."""

    def due_page_within(
        self, selection: Selection, from_day: date, before: date, number: int, size: int
    ) -> tuple[Page, Sequence[Due]]:
        """Return a page of what `due_within` has, and which one that is."""

    def due_within(self, selection: Selection, from_day: date, before: date) -> tuple[Due, ...]:
        """Return the duties of a selection due from one London date on and before another, nearest first."""

    def without_response(self, *, limit: int, offset: int) -> tuple[tuple[date | None, str], ...]:
        """Return a page of the recommendations that await responses: their deadline and id, nearest first."""

    def count_without_response(self) -> tuple[int, int]:
        """Count the rows of `without_response` on all pages, and the responses that are awaited."""

    # What a question selects

    def shares_of_bodies(self, selection: Selection) -> tuple[Share, ...]:
        """Count the addressees of each body, and those of which the conditions hold, by name of the body."""

    def shares_of_reports(self, selection: Selection) -> tuple[Share, ...]:
        """Count the addressees of each report, and those of which the conditions hold, by key."""

    def shares_of_themes(self, selection: Selection) -> Mapping[Themes, Share]:
        """Count by the themes of recommendations what is asked of bodies and what meets the conditions, for a
        selection that names no recommendations and no reports."""

    def selected_keys(self, selection: Selection, limit: int) -> tuple[Key, ...]:
        """Return the keys of what is selected, by name of the body, then by report and number."""

    def selected(self, selection: Selection, *, limit: int, offset: int = 0) -> tuple[Addressee, ...]:
        """Return a page of what is selected, in the order of `selected_keys`."""

    def approvals(self, addressee: Addressee) -> Approvals:
        """Return how far approval of what stands is."""

    def facts(self, addressees: Sequence[Addressee]) -> dict[Key, Facts]:
        """Return the facts that conditions ask about, of addressees that `selected` returned."""

    # What was said

    def parties(self, recommendation: Recommendation) -> tuple[PartyStanding, ...]:
        """Return what was last reported of each of the others whom a recommendation is addressed to."""

    def published_responses(
        self, codes: Sequence[str] | None = None, report_keys: Collection[str] | None = None
    ) -> tuple[PublishedResponse, ...]:
        """Return how far the published responses are that reports ask for, of some reports and bodies or all,
        nearest deadline first, by name."""

    def read_updates(self, seqs: Iterable[int], reader: Actor) -> dict[int, Update]:
        """Return the updates with these numbers, as the reader may read them."""

    def each_update(self, addressee: Addressee) -> Iterable[Update]:
        """Yield an addressee's updates that count, oldest first."""

    def latest(self, addressee: Addressee, limit: int, reader: Actor) -> LatestUpdates: ...

    def last_of_each(self, addressees: Sequence[Addressee], reader: Actor) -> dict[Key, Update]:
        """Return the last update of each, where it has any, as the reader may read it."""

    def asked_until(self, addressees: Sequence[Addressee]) -> dict[Key, date]:
        """Return the later deadlines (London dates) that bodies have asked for and nobody has decided on."""

    # Who stood there before

    def predecessors(
        self, addressees: Sequence[Addressee], reader: Actor | None = None
    ) -> dict[Key, tuple[Predecessor, ...]]:
        """Return what the bodies had said in whose place these stand, by name, as the reader may read it;
        nothing for those that stand in nobody's place."""

    def ending(self, addressee: Addressee, recommendation: Recommendation) -> Ending | None:
        """Return who stands in a body's place; None while it stands there itself."""

    def with_heirs(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """Return those of some recommendations in which a body has ended."""

    def left_by(self, body: Body) -> tuple[Addressee, ...]:
        """Return what live recommendations had asked of a body when it ended, by report and number; nothing
        before then."""

    def origin(self, recommendation: Recommendation) -> Origin | None:
        """Return which bodies a recommendation's count covers, and whom they replaced; None where none has
        ended."""

    def forget(self) -> None:
        """Let go of what was read: an account that reads on for long holds one recommendation at a time."""
