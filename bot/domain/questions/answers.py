"""What lookups answer: the register at one moment, as one reader may see it.

In each class `typed` is the command that asks for the same again, as a button carries it, and `today` is the
London date of the lookup."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct, field

from bot.domain.questions.grammar.command import Asker
from bot.domain.questions.pages import FIRST_PAGE, Listing, Page
from bot.domain.questions.question_subject import EVERYTHING, QuestionSubject
from bot.domain.register.addressee import Addressee, AddresseeKey, Answer, Duty, Stage
from bot.domain.register.approval import NO_APPROVALS, Approvals
from bot.domain.register.party import PartyStanding
from bot.domain.register.people import ContactKind, Membership
from bot.domain.register.published_response import PublishedResponse, PublishedResponses
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, Tally
from bot.domain.register.succession import Ending, Handover, Origin, Predecessor
from bot.domain.register.update import Change, Update


class RecommendationStanding(Struct, frozen=True, dict=True):
    """One recommendation across the bodies that it is addressed to."""

    recommendation: Recommendation
    tally: Tally
    addressees: tuple[Addressee, ...]
    today: date
    derived_from: tuple[tuple[Recommendation, Tally], ...] = ()  # those whose answers a derived one rests on
    region: str = ""  # where only the bodies of one region are counted
    origin: Origin | None = None  # of whom the count is, since bodies ended
    parties: tuple[PartyStanding, ...] = ()  # the others whom it is addressed to, who are in no count
    # By heir, in whose place each stands, where only the bodies of one region are counted.
    predecessors: Mapping[AddresseeKey, tuple[Predecessor, ...]] = field(default_factory=dict)

    @cached_property
    def _overdue(self) -> dict[Duty, tuple[Addressee, ...]]:
        return {}

    def with_answer(self, answer: Answer) -> tuple[Addressee, ...]:
        return tuple([addressee for addressee in self.addressees if addressee.answer is answer])

    def at_stage(self, stage: Stage) -> tuple[Addressee, ...]:
        return tuple([addressee for addressee in self.addressees if addressee.stage is stage])

    def overdue(self, duty: Duty) -> tuple[Addressee, ...]:
        # Several lines of one screen ask.
        if duty not in self._overdue:
            self._overdue[duty] = tuple([row for row in self.addressees if row.is_overdue(duty, self.today)])
        return self._overdue[duty]

    @property
    def answers_in(self) -> int:
        return sum(tally.responded for _, tally in self.derived_from)

    @property
    def answers_expected(self) -> int:
        return sum(tally.addressed for _, tally in self.derived_from)


class BodyStanding(Struct, frozen=True):
    """One recommendation as it stands with one body."""

    recommendation: Recommendation
    addressee: Addressee
    updates: tuple[Update, ...]  # the latest, newest first
    response: Update | None  # the update from which the response stands
    today: date
    asked_until: date | None = None  # the later deadline that the body asks for, while it is not decided
    approvals: Approvals = NO_APPROVALS
    may_record: bool = False  # whether the reader may record for this body
    total: int = 0  # all updates
    unanswered: tuple[
        Update, ...
    ] = ()  # what the association asks and the body has not answered, oldest first
    predecessors: tuple[Predecessor, ...] = ()  # in whose place the body stands
    parts: Mapping[str, Update] = field(default_factory=dict)  # by label, the last update that moved each
    ending: Ending | None = None  # where another body stands in its place

    @property
    def earlier(self) -> int:
        """Count the updates that are not shown, neither among the latest nor as the response that stands."""
        shown_seqs = {update.seq for update in (*self.updates, self.own_response) if update}
        return max(0, self.total - len(shown_seqs))

    @property
    def own_response(self) -> Update | None:
        """The update by which its response stands; None where a predecessor's does."""
        if self.response is None or self.response.draft.body_code != self.addressee.body_code:
            return None
        return self.response


class Deadline(Struct, frozen=True):
    """A London date by which bodies have to do one duty on a recommendation."""

    recommendation: Recommendation
    duty: Duty
    on: date
    addressed: int  # bodies with this deadline
    owed: int  # those of them that have not done it


class OverdueSummary(Struct, frozen=True):
    """How much is overdue."""

    recommendations: int = 0  # on which anything is overdue
    oldest: date | None = None  # the earliest deadline that was missed


class OverviewRow(Struct, frozen=True):
    """One recommendation in an overview."""

    recommendation: Recommendation
    tally: Tally  # empty for a derived recommendation
    answers_in: int = 0  # of a derived recommendation: on those that it rests on
    answers_expected: int = 0


class RegisterTotals(Struct, frozen=True):
    """What is counted over the whole register."""

    live: Mapping[RecommendationKind, int]  # recommendations
    late: OverdueSummary
    next_due: date | None  # the next deadline of anything that is owed, a London date
    has_heirs: bool  # whether a body stands in the place of one that ended


class RegisterOverview(Struct, frozen=True):
    """The live recommendations: all, those of one report, or some that were named."""

    rows: tuple[OverviewRow, ...]  # those on this page
    addressed: int  # on all pages, addressed to bodies
    derived: int  # on all pages, derived from others
    late: OverdueSummary
    next_due: date | None  # London: the first deadline ahead of anything still owed
    today: date
    typed: str
    report: Report | None = None  # where one report was asked for
    chosen: bool = False  # whether the recommendations were named
    page: Page = FIRST_PAGE
    origins: Mapping[str, Origin] = field(default_factory=dict)  # by recommendation, where bodies have ended
    # By report, where it asks for published ones.
    published_responses: Mapping[str, PublishedResponses] = field(default_factory=dict)


class StandingRow(Struct, frozen=True):
    """One recommendation with one body, as a row of a list."""

    recommendation: Recommendation
    addressee: Addressee
    latest: Update | None = None  # as the reader may read it
    asked_until: date | None = None  # as in BodyStanding
    predecessors: tuple[Predecessor, ...] = ()  # in whose place the body stands


class BodyCounts(Struct, frozen=True):
    """What some bodies answered and did, over all live recommendations. Each field counts addressees."""

    addressed: int = 0
    accepted: int = 0
    answered: int = 0
    done: int = 0
    checked: int = 0  # those of `done` that the association has checked
    closed: int = 0  # those of `done` that the inspectorate has closed
    owing: int = 0  # those that owe a response or completion
    late: OverdueSummary = OverdueSummary()

    def plus(self, other: "BodyCounts", times: int) -> "BodyCounts":
        """Add so many times what is counted of other recommendations."""
        return BodyCounts(
            addressed=self.addressed + other.addressed * times,
            accepted=self.accepted + other.accepted * times,
            answered=self.answered + other.answered * times,
            done=self.done + other.done * times,
            checked=self.checked + other.checked * times,
            closed=self.closed + other.closed * times,
            owing=self.owing + other.owing * times,
            late=OverdueSummary(
                recommendations=self.late.recommendations + other.late.recommendations * times,
                oldest=min(filter(None, (self.late.oldest, other.late.oldest)), default=None),
            ),
        )

    @classmethod
    def of(cls, addressees: Sequence[Addressee], today: date) -> "BodyCounts":
        owing = [addressee for addressee in addressees if any(map(addressee.owes, Duty))]
        late = [
            (addressee, duty)
            for addressee in addressees
            for duty in Duty
            if addressee.is_overdue(duty, today)
        ]
        deadlines = [deadline for addressee, duty in late if (deadline := addressee.deadline(duty))]
        return cls(
            addressed=len(addressees),
            accepted=sum(addressee.answer is Answer.ACCEPTED for addressee in addressees),
            answered=sum(addressee.answer.is_given for addressee in addressees),
            done=sum(addressee.stage.is_done for addressee in addressees),
            checked=sum(addressee.stage is Stage.CHECKED for addressee in addressees),
            closed=sum(addressee.stage is Stage.CLOSED for addressee in addressees),
            owing=len(owing),
            late=OverdueSummary(
                recommendations=len({addressee.recommendation_id for addressee, _ in late}),
                oldest=min(deadlines, default=None),
            ),
        )


class BodyOverview(Struct, frozen=True):
    """The live recommendations with one body: what is owed, nearest deadline first, then what is done; of a
    body that has ended, as it left them."""

    body_name: str
    rows: tuple[StandingRow, ...]
    sums: BodyCounts
    next_due: date | None  # London: the first deadline ahead of anything still owed
    today: date
    typed: str
    page: Page = FIRST_PAGE
    ending: Ending | None = None  # where another body stands in its place
    heirs: tuple[str, ...] = ()  # then the short names of all that stand there, for what is shown
    # Its responses to reports that ask for published ones.
    published_responses: tuple[PublishedResponse, ...] = ()


class RegionOverview(Struct, frozen=True):
    """The live recommendations with the bodies of a region, recommendation by recommendation."""

    name: str
    body_names: tuple[str, ...]
    rows: tuple[tuple[Recommendation, tuple[Addressee, ...]], ...]
    sums: BodyCounts
    next_due: date | None  # London: the first deadline ahead of anything still owed
    today: date
    typed: str
    page: Page = FIRST_PAGE


class EndedBody(Struct, frozen=True):
    """A body of the reader's that is no more, and who stands in its place."""

    body_name: str
    last_day: date  # London
    heirs: tuple[str, ...]  # short names, the successor first
    waits_for_answer: bool  # whether a coordinator has to say yet if its contacts become the successor's


class OwnOverview(Struct, frozen=True):
    """The live recommendations with the reader's own bodies, in the order of BodyOverview."""

    bodies: tuple[str, ...]  # short names of those that go on; empty for somebody who is no contact
    rows: tuple[StandingRow, ...]
    sums: BodyCounts
    next_due: date | None  # London: the first deadline ahead of anything still owed
    today: date
    ended: tuple[EndedBody, ...] = ()  # those of the reader's bodies that are no more
    is_coordinator: bool = False
    coordinators: tuple[str, ...] = ()  # the names of those who can add a contact
    page: Page = FIRST_PAGE
    # Responses to reports that are not published and copied yet.
    published_responses: tuple[PublishedResponse, ...] = ()


class DeadlineList(Struct, frozen=True):
    """The deadlines ahead."""

    rows: tuple[Deadline, ...]  # those on this page, in order of date
    total: int  # on all pages
    late: OverdueSummary
    nearest: tuple[Deadline, ...]  # the next ones, all on one date; empty on a further page
    today: date
    until: date | None  # the last London date that was asked for; None for all
    typed: str
    page: Page = FIRST_PAGE


class OwingBodies(Struct, frozen=True):
    """The bodies that owe one duty on one recommendation."""

    recommendation: Recommendation
    duty: Duty
    addressees: tuple[Addressee, ...]  # by the body's name
    heirs: int = 0  # how many of them stand in the place of bodies that ended
    # By heir, in whose place each stands, where there are not many.
    predecessors: Mapping[AddresseeKey, tuple[Predecessor, ...]] = field(default_factory=dict)


class OverdueList(Struct, frozen=True):
    """What is overdue, and with whom."""

    groups: tuple[OwingBodies, ...]
    listing: Listing
    late: OverdueSummary
    newly: int  # those of the recommendations in `late` that came to be overdue since `since`
    since: date  # London
    nearest: tuple[Deadline, ...]  # the next deadlines, all on one date, where nothing is overdue
    today: date
    typed: str
    subject: str = ""  # the body, region, report or recommendation asked about; empty for all


class AwaitedResponses(Struct, frozen=True):
    """The responses that are awaited, and from whom."""

    groups: tuple[OwingBodies, ...]
    listing: Listing
    awaiting: int  # on all pages
    today: date
    typed: str
    subject: str = ""  # as in OverdueList


class UpdateView(Struct, frozen=True):
    """An update with what it is about; a name is empty where it is about no body or person."""

    update: Update
    recommendation: Recommendation | None = None
    body_name: str = ""
    person_name: str = ""


class ToldChange(Struct, frozen=True):
    """What changed of a recommendation with one body."""

    view: UpdateView  # the update that changed it last
    values: tuple[Change, ...] = ()  # empty for a note
    taken_back: bool = False  # whether it was changed by taking an update back

    @property
    def update(self) -> Update:
        return self.view.update


class ChangeList(Struct, frozen=True):
    """What changed, and the notes that the reader may read; without `since` and `since_digest` from the
    beginning."""

    changes: tuple[ToldChange, ...]  # those on this page, newest first
    total: int  # changes on all pages
    bodies: int  # with how many bodies
    today: date
    typed: str
    since: date | None = None  # the first London day that was asked for
    since_digest: datetime | None = None  # the UTC instant of the last digest
    page: Page = FIRST_PAGE
    notes: int = 0  # notes on all pages
    hidden: int = 0  # those of `notes` that the reader may not read
    subject: str = ""  # what alone was asked about, as it is typed; empty for all
    until: date | None = None  # the last London day that was asked for; None until now
    reports: int = 0  # what others reported whom recommendations are addressed to, on all pages
    handovers: tuple[Handover, ...] = ()  # from bodies that ended, the latest first


class UpdateHistory(Struct, frozen=True):
    """The updates of what was asked about."""

    updates: tuple[UpdateView, ...]  # those on this page, newest first
    total: int  # on all pages
    typed: str
    subject: QuestionSubject = EVERYTHING
    named_once: tuple[str, ...] = ()  # by the headline, for all updates: not told again with each
    page: Page = FIRST_PAGE
    may_redact: bool = False  # whether the reader can have words erased
    by: str = ""  # the name of whoever recorded them, where only theirs were asked for
    since: date | None = None  # the first London day that was asked for
    until: date | None = None  # the last London day that was asked for; None until now


class SearchResult(Struct, frozen=True):
    """What holds every one of the words that were searched for."""

    words: str
    bodies: tuple[str, ...]  # by name
    recommendations: tuple[Recommendation, ...]  # those on this page
    recommendation_total: int  # on all pages
    texts: tuple[UpdateView, ...]  # those on this page, newest first, as the reader may read them
    text_total: int  # on all pages
    typed: str
    page: Page = FIRST_PAGE
    names: str = ""  # the command that shows the recommendation which the words name, if they name one
    latest: int = 0  # of how many of the latest updates the texts were read; 0 where all were
    read_back_to: date | None = None  # the London date of the first of those
    of_body: str = ""  # the name of the body whose texts alone were searched


class Contact(Struct, frozen=True):
    """Somebody who records for a body."""

    name: str
    membership: Membership | None = None  # None until Slack has told
    kind: ContactKind = ContactKind.MAIN
    recorded_at: datetime | None = None  # UTC, of the last recording for this body
    user_id: str = ""  # Slack's

    @property
    def is_active(self) -> bool:
        """Tell whether they can still record, which a person who left Slack cannot."""
        return self.membership is not Membership.DEACTIVATED


class BodyContacts(Struct, frozen=True):
    body_name: str
    contacts: tuple[Contact, ...]

    @property
    def has_one(self) -> bool:
        return any(contact.is_active for contact in self.contacts)


class ContactList(Struct, frozen=True):
    """Who records for which body."""

    bodies: tuple[BodyContacts, ...]  # by the body's name
    coordinators: tuple[str, ...]
    typed: str
    subject: str = ""  # the body's or the region's name; empty for all
    is_one_body: bool = False
    in_full: bool = False  # whether every body without a contact is named


class PersonContacts(Struct, frozen=True):
    """For whom a person records."""

    name: str
    bodies: tuple[tuple[str, Contact], ...]  # a body's name, and what they are to it; by the name
    is_coordinator: bool
    typed: str
    is_active: bool = True  # False for somebody who has left Slack
    history: str = ""  # the command that shows what they recorded


class Asking(Struct, frozen=True):
    """Somebody who asks for help."""

    role: Asker  # which says what commands work for them
    bodies: tuple[str, ...] = ()  # their own, by short name
