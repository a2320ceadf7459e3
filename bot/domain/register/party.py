"""Others whom a recommendation is addressed to, besides the bodies: chief constables, the NPCC, the CPS.
A coordinator records what one of them reported, or somebody for it, with the day. No body count has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Change, Update
from bot.domain.values import replace

# What the changes of an update are called that says what was reported: for whom, and by whom.
FOR = "party"
BY = "reported by"
LONGEST_NAME = 60

_ARTICLE = "the "


@dataclass
class NoOthersAddressed(Refusal):
    """A recommendation is addressed to bodies alone; `recommendation` is its title."""

    recommendation: str


@dataclass
class WhichParty(Refusal):
    """A recommendation is addressed to several others, and none of them is called `name_given`."""

    recommendation: str
    name_given: str
    parties: tuple[str, ...]


@dataclass
class NotACorrection(Refusal):
    """Update `seq` is no report of a party on this recommendation, so it cannot be put right by one."""

    recommendation: str
    seq: int


@dataclass
class ReportedAtWrongTime(Refusal):
    """Nobody reports before a report was published, or on a day that is to come; London dates."""

    on: date
    published_on: date


class PartyStanding(Struct, frozen=True):
    """What was last reported of one of the others."""

    name: str
    reported_by: str = ""
    update: Update | None = None  # None where nothing was reported

    @property
    def reporter(self) -> str:
        """Whoever reported, as in a sentence: the NPCC; chief constables."""
        name = self.reported_by
        return (
            f"{_ARTICLE}{name}" if name[:1].isupper() and not name.casefold().startswith(_ARTICLE) else name
        )

    @property
    def reported_itself(self) -> bool:
        return _alike(self.name) == _alike(self.reported_by)


class PartyReported(Struct, frozen=True):
    """What came of a recording, or of taking it back: how the party then stands."""

    recommendation: Recommendation
    standing: PartyStanding
    seq: int  # of the update that was recorded, or taken back
    again: bool = False  # whether the same request had been recorded before, so that nothing was written


def party_meant(recommendation: Recommendation, reported_by: str, name_given: str) -> str:
    """Return the party for whom a report is: `name_given`, else whoever reported, else the only one there is.

    Raises NoOthersAddressed, WhichParty."""
    parties = recommendation.parties
    if not parties:
        raise NoOthersAddressed(recommendation.title)
    by_name = {_alike(name): name for name in parties}
    if name_given:
        match = by_name.get(_alike(name_given))
    else:
        match = by_name.get(_alike(reported_by)) or (parties[0] if len(parties) == 1 else None)
    if match is None:
        raise WhichParty(recommendation.title, name_given or reported_by, parties)
    return match


def must_be_a_day(on: date, published_on: date, today: date) -> None:
    """Raises ReportedAtWrongTime."""
    if not published_on <= on <= today:
        raise ReportedAtWrongTime(on, published_on)


def changes(party: str, reported_by: str) -> tuple[Change, ...]:
    """Return what an update says of who reported for whom."""
    return Change(FOR, "", party), Change(BY, "", reported_by)


def standing_of(update: Update) -> PartyStanding:
    """Return what one update reported."""
    return replace(standing_in(update.draft.changes), update=update)


def standing_in(changes: Sequence[Change]) -> PartyStanding:
    """Return for whom, and by whom, these changes say that something was reported, or taken back."""
    values = {change.what: change.now or change.was for change in changes}
    return PartyStanding(values.get(FOR, ""), values.get(BY, ""))


def standings(recommendation: Recommendation, updates: Sequence[Update]) -> tuple[PartyStanding, ...]:
    """Return each of the others in the order in which the recommendation names them, then whoever it names no
    more. `updates` are those that count on a day: of one party the latest day holds, and of that the last."""
    corrected = {update.draft.about_seq for update in updates}
    standing = [update for update in updates if update.seq not in corrected]
    latest: dict[str, PartyStanding] = {}
    for update in sorted(standing, key=lambda update: (update.draft.stands_from, update.seq)):
        reported = standing_of(update)
        latest[_alike(reported.name)] = reported
    by_name = {_alike(name): PartyStanding(name) for name in recommendation.parties}
    return tuple({**by_name, **latest}.values())


def _alike(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix(_ARTICLE)
