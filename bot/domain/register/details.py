"""What is recorded beside a state and a text: a link to evidence, who decided, and on which day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.free_text import TextTooLong
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.update import Change, Update, Via

LONGEST_LINK = 500
LONGEST_DECIDED_BY = 120
LONGEST_TITLE = 200
# What changes are called that say when a page was seen, and in place of which update's link one stands.
SEEN_ON = "evidence seen"
FOLLOWS = "evidence follows"
_QUOTATION_MARKS = ' "“”„«»'


class NotALink(Refusal):
    """Evidence is linked by an http or https address."""


class GivenInFuture(Refusal):
    """Nothing can be given on a day that has not come."""


@dataclass
class NoLinkToFollow(Refusal):
    """Update `seq` has no link of this body on this recommendation, so none can stand in its place."""

    seq: int


@dataclass
class GivenTooEarly(Refusal):
    """Nothing can be given before the report was published, on a London date."""

    published_on: date


@dataclass
class SaidBeforeTakingOver(Refusal):
    """A body cannot say how it stands from a day before it took another's place, a London date."""

    body_name: str
    since: date


class Details(Struct, frozen=True):
    """All of it may be left out."""

    evidence_url: str = ""
    decided_by: str = ""
    decided_on: date | None = None  # London; None for the day of recording
    evidence_title: str = ""  # of the page behind the link
    seen_on: date | None = None  # London, when the page was seen; None for the day of recording
    follows: int | None = None  # the update whose link is dead: this one stands in its place, and both stay

    def must_be_well_formed(self, published_on: date, today: date) -> None:
        """Raises TextTooLong, NotALink, GivenInFuture, GivenTooEarly."""
        if len(self.decided_by) > LONGEST_DECIDED_BY:
            raise TextTooLong("decided by", len(self.decided_by), LONGEST_DECIDED_BY)
        if len(self.evidence_url) > LONGEST_LINK:
            raise TextTooLong("evidence link", len(self.evidence_url), LONGEST_LINK)
        if len(self.evidence_title) > LONGEST_TITLE:
            raise TextTooLong("title of the evidence", len(self.evidence_title), LONGEST_TITLE)
        if self.evidence_url and not is_link(self.evidence_url):
            raise NotALink
        if self.seen_on and self.seen_on > today:
            raise GivenInFuture
        if self.decided_on and self.decided_on > today:
            raise GivenInFuture
        if self.decided_on and self.decided_on < published_on:
            raise GivenTooEarly(published_on)

    @property
    def texts(self) -> dict[str, str]:
        """The free words, which may identify somebody, by the field they stand in."""
        return {
            "evidence_url": self.evidence_url,
            "evidence_title": self.evidence_title,
            "decided_by": self.decided_by,
        }

    @property
    def changes(self) -> tuple[Change, ...]:
        """What an update says of its link besides the address and the title."""
        seen = Change(SEEN_ON, "", self.seen_on.isoformat()) if self.seen_on else None
        follows = Change(FOLLOWS, "", str(self.follows)) if self.follows else None
        return tuple(change for change in (seen, follows) if change)


NO_DETAILS = Details()


def seen_on(update: Update) -> date | None:
    """Return the London date on which the page behind an update's link was seen; None where nobody says."""
    if stated := _value(update, SEEN_ON):
        return date.fromisoformat(stated)
    # Whoever types a link has it before them; who imports one says so.
    return None if update.draft.via is Via.IMPORT else london_date(update.recorded_at)


def follows(update: Update) -> int | None:
    """Return the number of the update whose link this one's stands in place of; None for none."""
    stated = _value(update, FOLLOWS)
    return int(stated) if stated else None


def _value(update: Update, change_name: str) -> str:
    return next((change.now for change in update.draft.changes if change.what == change_name), "")


def read_evidence(text: str) -> tuple[str, str]:
    """Return the address and the title in "https://… “Minutes of March”", or without quotation marks."""
    address, _, title = text.strip().partition(" ")
    return address, " ".join(title.strip(_QUOTATION_MARKS).split())


def written_evidence(url: str, title: str) -> str:
    """Write evidence as `read_evidence` reads it."""
    return f"{url} “{title}”" if title else url


def is_link(text: str) -> bool:
    """Return whether it is a whole http or https address."""
    try:
        address = urlsplit(text)
        return (
            address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))
        )
    except ValueError:
        return False
