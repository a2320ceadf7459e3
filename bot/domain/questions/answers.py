"""What a lookup finds: the register at one moment, ready to be shown to one reader.

`typed` is the command that asks for the same again, as a button carries it; `today` a London date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.domain.questions.grammar.command import Asker
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.people import Actor, ContactKind, Membership
from bot.domain.register.recommendation import Recommendation, Report, Tally
from bot.domain.register.update import Change, Update


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` of `of`, both counted from 1, of `total` things shown `size` at a time."""

    number: int = 1
    of: int = 1
    total: int = 0
    size: int = 0

    @property
    def has_more(self) -> bool:
        return self.number < self.of

    @classmethod
    def at(cls, number: int, total: int, size: int) -> "Page":
        """The page asked for, or the last one there is, of `total` things shown `size` at a time."""
        of = max(1, -(-total // size))
        return cls(min(number, of), of, total, size)

    @property
    def more(self) -> int:
        """How many things come after this page."""
        return self.left_of(self.total)

    def left_of(self, total: int) -> int:
        """How many of `total` things come after this page, where several lists are paged together."""
        return max(0, total - self.number * self.size) if self.size else 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of `total` groups of names: page 1 in short, and from page 2 on with every name in it."""

    number: int
    total: int

    IN_SHORT: ClassVar[int] = 12
    IN_FULL: ClassVar[int] = 10

    @classmethod
    def at(cls, number: int, total: int) -> "Listing":
        return cls(min(number, 1 + max(1, -(-total // cls.IN_FULL))), total)

    @property
    def in_full(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        """How many groups come before this page."""
        return (self.number - 2) * self.IN_FULL if self.in_full else 0

    @property
    def size(self) -> int:
        return self.IN_FULL if self.in_full else self.IN_SHORT

    @property
    def reaches_the_end(self) -> bool:
        return self.more == 0

    @property
    def more(self) -> int:
        """How many groups come after this page."""
        return max(0, self.total - self.first - self.size)

    @property
    def is_whole(self) -> bool:
        """Whether every group is on this page."""
        return self.first == 0 and self.reaches_the_end


@dataclass(frozen=True, slots=True)
class RecommendationStanding:
    """One recommendation across the bodies addressed; for a derived one, the answers of those it is from.

    With a `region`, its bodies alone."""

    recommendation: Recommendation
    tally: Tally
    addressees: tuple[Addressee, ...]
    today: date
    derived_from: tuple[tuple[Recommendation, Tally], ...] = ()
    region: str = ""

    def with_answer(self, answer: Answer) -> tuple[Addressee, ...]:
        return tuple(addressee for addressee in self.addressees if addressee.answer is answer)

    def at_stage(self, stage: Stage) -> tuple[Addressee, ...]:
        return tuple(addressee for addressee in self.addressees if addressee.stage is stage)

    def overdue(self, duty: Duty) -> tuple[Addressee, ...]:
        return tuple(addressee for addressee in self.addressees if addressee.is_overdue(duty, self.today))

    @property
    def answers_in(self) -> int:
        return sum(tally.responded for _, tally in self.derived_from)

    @property
    def answers_expected(self) -> int:
        return sum(tally.addressed for _, tally in self.derived_from)


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """One recommendation as it stands with one body, and the latest updates, newest first; `asked_until` is
    the later deadline that the body asks for, where that waits for a decision. `may_record` tells that the
    reader can record it; `total` counts all updates."""

    recommendation: Recommendation
    addressee: Addressee
    updates: tuple[Update, ...]
    response: Update | None
    today: date
    asked_until: date | None = None
    may_record: bool = False
    total: int = 0

    @property
    def earlier(self) -> int:
        """How many updates are not shown: neither among the latest nor as the response that stands."""
        shown = {update.seq for update in (*self.updates, self.response) if update}
        return max(0, self.total - len(shown))


@dataclass(frozen=True, slots=True)
class Deadline:
    """By `on`, `addressed` bodies have to do their duty on a recommendation; `owed` of them have not."""

    recommendation: Recommendation
    duty: Duty
    on: date
    addressed: int
    owed: int


@dataclass(frozen=True, slots=True)
class OverdueSummary:
    """On how many recommendations anything is overdue, and the oldest of its deadlines."""

    recommendations: int = 0
    oldest: date | None = None


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """`answers_in` of `answers_expected` for a derived recommendation, which has no tally of its own."""

    recommendation: Recommendation
    tally: Tally
    answers_in: int = 0
    answers_expected: int = 0


@dataclass(frozen=True, slots=True)
class RegisterOverview:
    """Live recommendations, `addressed` to bodies and `derived`, all counted; `report` when only one
    report was asked for, `chosen` when some recommendations were. `nearest` are the next deadlines, all on
    one date."""

    rows: tuple[OverviewRow, ...]
    addressed: int
    derived: int
    late: OverdueSummary
    nearest: tuple[Deadline, ...]
    today: date
    typed: str
    report: Report | None = None
    chosen: bool = False
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A recommendation with one body, and the update that its face shows, as the reader may read it;
    `asked_until` as with BodyStanding."""

    recommendation: Recommendation
    addressee: Addressee
    latest: Update | None = None
    asked_until: date | None = None


@dataclass(frozen=True, slots=True)
class BodyCounts:
    """What some bodies answered and did, over all live recommendations; of the `done`, `checked` many are
    checked by the association; `owing` counts addressees that owe anything."""

    addressed: int = 0
    accepted: int = 0
    answered: int = 0
    done: int = 0
    checked: int = 0
    owing: int = 0
    late: OverdueSummary = OverdueSummary()

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
            owing=len(owing),
            late=OverdueSummary(
                recommendations=len({addressee.recommendation_id for addressee, _ in late}),
                oldest=min(deadlines, default=None),
            ),
        )


@dataclass(frozen=True, slots=True)
class BodyOverview:
    """What live recommendations ask of one body: what is owed by its deadline, then what is done."""

    body_name: str
    rows: tuple[StandingRow, ...]
    sums: BodyCounts
    nearest: tuple[Deadline, ...]
    today: date
    typed: str
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class RegionOverview:
    """What live recommendations ask of the bodies of a region, recommendation by recommendation."""

    name: str
    body_names: tuple[str, ...]
    rows: tuple[tuple[Recommendation, tuple[Addressee, ...]], ...]
    sums: BodyCounts
    nearest: tuple[Deadline, ...]
    today: date
    typed: str
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class OwnOverview:
    """What the reader's own bodies owe, nearest deadline first, and then what is done. Without a body there
    is nothing, and `coordinators` can help."""

    bodies: tuple[str, ...]
    rows: tuple[StandingRow, ...]
    sums: BodyCounts
    nearest: tuple[Deadline, ...]
    today: date
    is_coordinator: bool = False
    coordinators: tuple[str, ...] = ()
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class DeadlineList:
    """In order of date, `total` of them. `until` is the last London date looked at, None for all;
    `nearest` the first deadlines after that where nothing falls due before."""

    rows: tuple[Deadline, ...]
    total: int
    late: OverdueSummary
    nearest: tuple[Deadline, ...]
    today: date
    until: date | None
    typed: str
    page: Page = Page()


@dataclass(frozen=True, slots=True)
class OwingBodies:
    """The bodies that owe one duty on one recommendation, by name."""

    recommendation: Recommendation
    duty: Duty
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class OverdueList:
    """What is late and with whom; `of` names the body, region, report or recommendation asked about.

    Of the recommendations in `late`, `newly` many came to be late since the London date `since`."""

    groups: tuple[OwingBodies, ...]
    listing: Listing
    late: OverdueSummary
    newly: int
    since: date
    nearest: tuple[Deadline, ...]
    today: date
    typed: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class AwaitedResponses:
    """Who has not responded, `awaiting` in all; `of` as with Overdue."""

    groups: tuple[OwingBodies, ...]
    listing: Listing
    awaiting: int
    today: date
    typed: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class UpdateView:
    """An update with the recommendation, the body and the person it is about, by name where there is one."""

    update: Update
    recommendation: Recommendation | None = None
    body_name: str = ""
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What changed of a recommendation with one body, and the update that last changed it; of a note no value
    changed. `taken_back` tells that what an update had changed was taken back."""

    told: UpdateView
    values: tuple[Change, ...] = ()
    taken_back: bool = False

    @property
    def update(self) -> Update:
        return self.told.update


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What changed and which notes the reader may read, newest first: since the beginning of the London day
    `since`, or since the instant of the last digest, or all there are. `total` counts changes with `bodies`
    bodies, `notes` all notes, of which `hidden` many are not for the reader."""

    changes: tuple[ToldChange, ...]
    total: int
    bodies: int
    today: date
    typed: str
    since: date | None = None
    since_digest: datetime | None = None
    page: Page = Page()
    notes: int = 0
    hidden: int = 0
    # Of what alone is told, as it is typed, and until the end of which London day; empty for all, until now.
    of: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class UpdateHistory:
    """Every update of what was asked (`of`, empty for all), newest first, `total` of them. `may_redact` tells
    that the reader can have words erased."""

    updates: tuple[UpdateView, ...]
    total: int
    typed: str
    of: str = ""
    page: Page = Page()
    may_redact: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """In what all of the `words` stand: bodies by name, a page of recommendations, and one of texts, newest
    first, as the reader may read them. `names` is what is typed to see the recommendation that the words
    name themselves, if they do."""

    words: str
    bodies: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    recommendation_total: int
    texts: tuple[UpdateView, ...]
    text_total: int
    typed: str
    page: Page = Page()
    names: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """`membership` is None for somebody Slack has not told of yet, `recorded_at` (UTC) for somebody who has
    recorded nothing for the body. `user_id` is Slack's."""

    name: str
    membership: Membership | None = None
    kind: ContactKind = ContactKind.MAIN
    recorded_at: datetime | None = None
    user_id: str = ""

    @property
    def is_active(self) -> bool:
        """Whether they can still record: a person who left Slack cannot."""
        return self.membership is not Membership.DEACTIVATED


@dataclass(frozen=True, slots=True)
class BodyContacts:
    body_name: str
    contacts: tuple[Contact, ...]

    @property
    def has_one(self) -> bool:
        return any(contact.is_active for contact in self.contacts)


@dataclass(frozen=True, slots=True)
class ContactList:
    """Who records for which body, by the body's name; `of` a body's or a region's name, empty for all.
    `in_full` names every body without a contact."""

    bodies: tuple[BodyContacts, ...]
    coordinators: tuple[str, ...]
    typed: str
    of: str = ""
    is_one_body: bool = False
    in_full: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for help: the role that says which commands work for them, and their own bodies."""

    role: Asker
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepBack:
    """A recommendation of which less is answered or done than before the recording."""

    recommendation: Recommendation
    was: Answer | Stage
    since: date | None  # London; None where no update says


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording wrote: an addressee and its update for each recommendation, and the `steps_back` that
    these made.

    `again` tells that the same request had been recorded before and nothing new was written."""

    actor: Actor
    body_name: str
    on_behalf: bool
    items: tuple[tuple[Recommendation, Addressee, Update], ...]
    again: bool = False
    steps_back: tuple[StepBack, ...] = ()
