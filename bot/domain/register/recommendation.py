"""Reports and the recommendations in them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, field

from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation_number import place_of


class RecommendationKind(StrEnum):
    """Addressed to bodies, or derived: the association's own duty, built from others' answers."""

    ADDRESSED = "addressed"
    DERIVED = "derived"


class RecommendationStatus(StrEnum):
    LIVE = "live"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class PartKind(StrEnum):
    DUTY = "duty"
    CONSIDER = "consider"


class Report(Struct, frozen=True):
    """`key` is the short word people type (`stalking`); `published_on` a London date. `publish_by` is the
    London date by which bodies publish their response, as the report states it; None where it does not ask
    for one."""

    key: str
    title: str
    publishers: str
    published_on: date
    url: str = ""
    publish_by: date | None = None


class Part(Struct, frozen=True):
    """A numbered sub-point of a recommendation."""

    label: str
    kind: PartKind
    text: str


class RecommendationName(Struct, frozen=True):
    """All that is needed to name a recommendation: the key of its report, and its number there."""

    report_key: str
    number: str

    @property
    def title(self) -> str:
        return f"{self.report_key} {self.number}" if self.report_key else self.number


Themes = tuple[str, ...]
"""Words of a report's own list (victims, training) that a recommendation has, in alphabetical order."""


class Recommendation(Struct, frozen=True):
    """`id` is `stalking-15`, `title` what is said of it: "Stalking 15"; `superseded_by` is another one's id.
    Dates are London dates as the report states them, never recomputed.

    `wording` is the report's own where `quoted_from` says in which document it stands, else a paraphrase."""

    report: Report
    number: str
    kind: RecommendationKind
    wording: str
    status: RecommendationStatus = RecommendationStatus.LIVE
    superseded_by: str | None = None
    joint_with: str = ""
    respond_by: date | None = None
    due_on: date | None = None
    derived_from: tuple[str, ...] = ()
    source: str = ""
    parts: tuple[Part, ...] = ()
    quoted_from: str = ""  # where the official wording stands; empty where the words are the association's
    short_form: str = ""  # what it is about, in a few words: "specialist services for victims"
    others_addressed: tuple[str, ...] = ()  # who else, besides those in `joint_with`: "the Home Office"
    themes: Themes = ()
    priority: bool = False

    @property
    def id(self) -> str:
        return recommendation_id(self.report.key, self.number)

    @property
    def report_key(self) -> str:
        return self.report.key

    @property
    def title(self) -> str:
        return f"{self.report.key} {self.number}"

    @property
    def is_quoted(self) -> bool:
        """Whether the wording is the official one."""
        return bool(self.quoted_from)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody else whom it is addressed to, jointly or not: never counted among the bodies."""
        joint = filter(None, map(str.strip, re.split("[,;]", self.joint_with)))
        return tuple(dict.fromkeys((*joint, *self.others_addressed)))

    @property
    def about(self) -> str:
        """What it is about, in a few words where somebody gave them, else in its wording."""
        return self.short_form or self.wording

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The ids of those that a derived one is built from."""
        return tuple(recommendation_id(self.report.key, number) for number in self.derived_from)

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands among all recommendations: by report, then as the report numbers them."""
        return self.report.key, place_of(self.number)

    @property
    def live(self) -> bool:
        return self.status is RecommendationStatus.LIVE

    @property
    def how_it_ended(self) -> str:
        """withdrawn; superseded by stalking 28."""
        by = self.superseded_by
        return f"{self.status} by {name_of_id(by).title}" if by else self.status.value

    def addressed_to(self, body: PolicingBody) -> Addressee:
        """Make what stands with a body to which it is newly addressed: nothing answered, nothing begun."""
        return Addressee(
            recommendation_id=self.id,
            body_code=body.code,
            body_name=body.short_name,
            respond_by=self.respond_by,
            due_on=self.due_on,
        )

    def deadline(self, duty: Duty) -> date | None:
        return duty.deadline(self.respond_by, self.due_on)


def recommendation_id(report_key: str, number: str) -> str:
    return f"{report_key}-{number}"


def name_of_id(recommendation_id: str) -> RecommendationName:
    """Return the name of a recommendation of which only the id is known, such as `stalking-15`; what is no id
    is taken for a number without a report."""
    report_key, _, number = recommendation_id.rpartition("-")
    return RecommendationName(report_key, number)


# A long list is sorted by them each time it is asked for.
@lru_cache(maxsize=16_384)
def place_of_id(recommendation_id: str) -> tuple[str, int]:
    """Return the `place` of a recommendation of which only the id is known, such as `stalking-15`."""
    name = name_of_id(recommendation_id)
    return name.report_key, place_of(name.number)


class Tally(Struct, frozen=True):
    """How many of the bodies addressed stand where."""

    answers: Mapping[Answer, int] = field(default_factory=dict)
    stages: Mapping[Stage, int] = field(default_factory=dict)

    @classmethod
    def of(cls, addressees: Iterable[Addressee]) -> "Tally":
        """Count them."""
        rows = tuple(addressees)
        return cls(Counter([row.answer for row in rows]), Counter([row.stage for row in rows]))

    @property
    def addressed(self) -> int:
        return sum(self.answers.values())

    @property
    def responded(self) -> int:
        return sum(bodies for answer, bodies in self.answers.items() if answer.is_given)

    @property
    def accepted(self) -> int:
        return self.answers.get(Answer.ACCEPTED, 0)

    @property
    def done(self) -> int:
        return sum(bodies for stage, bodies in self.stages.items() if stage.is_done)
