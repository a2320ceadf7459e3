"""The end of a body, recorded ahead: on which day, into whose hands, who says so and how sure it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.body_changes import changes_of
from bot.domain.register.policing_body import PolicingBody, Sureness, written_shares
from bot.domain.register.update import Change
from bot.domain.values import replace

# What updates say of them. Who says that a body ends is no part of it: it stands in the register alone.
_FIELDS = ("last_day", "successor_code", "ending_sureness", "divided", "contacts_pass", "official_code")


class EndingProblem(StrEnum):
    """Why an end cannot be recorded as it was said."""

    ITSELF = auto()  # a body cannot follow itself
    HAS_ENDED = auto()  # its duties have passed on already
    HEIR_ENDS = auto()  # the successor ends before, or on the same day
    HEIR_BEGINS_LATER = auto()  # nobody would stand there in between
    FOLLOWS_ANOTHER = auto()  # it ends before a body that it is to follow
    BEFORE_IT_BEGAN = auto()
    NOTHING_PLANNED = auto()
    SOURCE_MISSING = auto()
    NOT_ADDRESSED = auto()  # a duty is to pass that the body does not have
    MAY_IDENTIFY = auto()  # the source looks as if it named somebody


@dataclass
class EndingRefused(Refusal):
    """The end of a body cannot be recorded so; `other` is the body, or the recommendation, in its way."""

    problem: EndingProblem
    body_name: str
    other: str = ""
    day: date | None = None


class EndingView(Struct, frozen=True):
    """An end as it is looked at; `heirs` are names, the successor first, each with the titles of what passes
    to it where the duties are divided."""

    body: PolicingBody
    heirs: tuple[tuple[str, tuple[str, ...]], ...]
    addressed: int  # recommendations that ask something of the body
    contacts: tuple[str, ...]  # names of those who record for it
    has_passed: bool = False  # whether it has taken effect
    done: bool = False  # whether it was recorded just now

    @property
    def waits_for_answer(self) -> bool:
        """Whether a coordinator has to say yet if its contacts become its successor's."""
        return self.body.ends_by_itself and self.body.contacts_pass is None and bool(self.contacts)

    @property
    def sureness(self) -> Sureness:
        return Sureness(self.body.ending_sureness or Sureness.DECIDED)


def planned(
    body: PolicingBody,
    heir: PolicingBody,
    everyone: Collection[PolicingBody],
    *,
    last_day: date,
    sureness: Sureness,
    source: str,
) -> PolicingBody:
    """Return the body with its end. What was divided before stays so. Raises EndingRefused."""
    if not source.strip():
        raise EndingRefused(EndingProblem.SOURCE_MISSING, body.short_name)
    if body.first_day and last_day < body.first_day:
        raise EndingRefused(EndingProblem.BEFORE_IT_BEGAN, body.short_name, day=body.first_day)
    for other in everyone:
        follows = body.code in other.heirs and other.last_day is not None
        if follows and other.last_day and last_day <= other.last_day:
            raise EndingRefused(
                EndingProblem.FOLLOWS_ANOTHER, body.short_name, other.short_name, other.last_day
            )
    by_code = {other.code: other for other in everyone}
    for follower in (heir, *(by_code[code] for code in body.shares.values())):
        must_follow(body, follower, last_day)
    return replace(
        body,
        last_day=last_day,
        successor_code=heir.code,
        ending_sureness=sureness.value,
        ending_source=source.strip(),
    )


def must_follow(body: PolicingBody, heir: PolicingBody, last_day: date) -> None:
    """Raise EndingRefused where a body cannot stand in another's place from the day after its last one."""
    if heir.code == body.code:
        raise EndingRefused(EndingProblem.ITSELF, body.short_name)
    if heir.last_day is not None and heir.last_day <= last_day:
        raise EndingRefused(EndingProblem.HEIR_ENDS, body.short_name, heir.short_name, heir.last_day)
    if heir.first_day is not None and heir.first_day > last_day + timedelta(days=1):
        raise EndingRefused(EndingProblem.HEIR_BEGINS_LATER, body.short_name, heir.short_name, heir.first_day)


def withdrawn(body: PolicingBody) -> PolicingBody:
    """Return the body as it goes on. Raises EndingRefused where no end is planned."""
    if body.last_day is None:
        raise EndingRefused(EndingProblem.NOTHING_PLANNED, body.short_name)
    return replace(
        body,
        last_day=None,
        successor_code=None,
        ending_sureness=None,
        ending_source=None,
        divided=None,
        contacts_pass=None,
    )


def divided(body: PolicingBody, heir: PolicingBody, recommendation_ids: Iterable[str]) -> PolicingBody:
    """Return the body with some of its duties passing to another than before. Raises EndingRefused."""
    if body.last_day is None:
        raise EndingRefused(EndingProblem.NOTHING_PLANNED, body.short_name)
    must_follow(body, heir, body.last_day)
    shares = body.shares | dict.fromkeys(recommendation_ids, heir.code)
    other_shares = {id_: code for id_, code in shares.items() if code != body.successor_code}
    return replace(body, divided=written_shares(other_shares))


def with_contacts(body: PolicingBody, *, passing: bool) -> PolicingBody:
    """Return the body with the answer whether its contacts become its successor's. Raises EndingRefused."""
    if body.last_day is None:
        raise EndingRefused(EndingProblem.NOTHING_PLANNED, body.short_name)
    return replace(body, contacts_pass="yes" if passing else "no")


def changes(before: PolicingBody, after: PolicingBody) -> tuple[Change, ...]:
    """Return what an update says of the difference."""
    return changes_of(before, after, _FIELDS)


def heirs_of(
    body: PolicingBody, names: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of those to whom anything passes, each with the titles of what alone passes to it."""
    return tuple(
        (
            names.get(code, code),
            tuple(titles.get(id_, id_) for id_, share in sorted(body.shares.items()) if share == code),
        )
        for code in body.heirs
    )
