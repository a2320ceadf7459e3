"""What is recorded beside a state and a text: a link to evidence, who decided, and on which day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.domain.free_text import TextTooLong
from bot.domain.refusals.refusal import Refusal

LONGEST_LINK = 500
LONGEST_DECIDED_BY = 120
LONGEST_TITLE = 200


class NotALink(Refusal):
    """Evidence is linked by an http or https address."""


class GivenInFuture(Refusal):
    """Nothing can be given on a day that has not come."""


@dataclass
class GivenTooEarly(Refusal):
    """Nothing can be given before the report was published, on a London date."""

    published_on: date


@dataclass
class SaidBeforeTakingOver(Refusal):
    """A body cannot say how it stands from a day before it took another's place, a London date."""

    body_name: str
    since: date


@dataclass(frozen=True, slots=True)
class Details:
    """All of it may be left out."""

    evidence_url: str = ""
    decided_by: str = ""
    decided_on: date | None = None  # London; None for the day of recording
    evidence_title: str = ""  # of the page behind the link

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
        if self.decided_on and self.decided_on > today:
            raise GivenInFuture
        if self.decided_on and self.decided_on < published_on:
            raise GivenTooEarly(published_on)


NO_DETAILS = Details()


def is_link(text: str) -> bool:
    """Return whether it is a whole http or https address."""
    try:
        address = urlsplit(text)
        return (
            address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))
        )
    except ValueError:
        return False
