"""Adding a report, or a recommendation in one: what is entered, and what is wrong with it."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from bot.domain.free_text import LIMIT
from bot.domain.questions.names import Names
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import (
    Part,
    PartKind,
    Recommendation,
    RecommendationKind,
    Report,
    recommendation_id,
)
from bot.domain.register.recommendation_number import NUMBER, parse_number

LONGEST_KEY = 30
LONGEST_TITLE = 300
LONGEST_URL = 500
LONGEST_JOINT = 200
LONGEST_SHORT_FORM = 80
LONGEST_QUOTED_FROM = 200
# Characters of a theme, and how many themes a recommendation may have.
LONGEST_THEME = 30
MOST_THEMES = 8
# Characters of the name of another that it is addressed to, and how many others there may be.
LONGEST_OTHER = 60
MOST_OTHERS = 12

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Words that the command reads as something else than a report's key.
_TAKEN_WORDS = frozenset(
    ("report", "body", "region", "rec", "recs", "no", "recommendation", "recommendations")
)
_KINDS = {**{kind.value: kind for kind in PartKind}, "do": PartKind.DUTY}
_PART = re.compile(rf"({'|'.join(_KINDS)})\s*:\s*(\S.*)", re.IGNORECASE)
_LABELS = "abcdefghijklmnopqrstuvwxyz"
MOST_PARTS = len(_LABELS)


class Field(StrEnum):
    KEY = "key"
    TITLE = "title"
    PUBLISHERS = "publishers"
    PUBLISHED = "published"
    URL = "url"
    PUBLISH_BY = "publish-by"
    NUMBER = "number"
    WORDING = "wording"
    BODIES = "bodies"
    RESPOND_BY = "respond-by"
    DUE_ON = "due-on"
    JOINT_WITH = "joint-with"
    QUOTED_FROM = "quoted-from"
    SHORT_FORM = "short-form"
    OTHERS = "others"
    THEMES = "themes"
    PRIORITY = "priority"
    PARTS = "parts"


class Fault(StrEnum):
    MISSING = "missing"
    NOT_A_KEY = "not a key"
    TAKEN = "taken"
    MEANS_SOMETHING_ELSE = "means something else"
    NOT_A_NUMBER = "not a number"
    NOT_A_LINK = "not a link"
    IN_THE_FUTURE = "in the future"
    BEFORE_PUBLICATION = "before publication"
    NO_BODY = "no body"
    NOT_A_PART = "not a part"
    NOT_A_THEME = "not a theme"
    TOO_LONG = "too long"


@dataclass
class Unfit(Refusal):
    """What is wrong, by the field it stands in."""

    faults: Mapping[Field, Fault]


class AddresseeScope(StrEnum):
    """Whom a recommendation is addressed to, of the bodies that exist today."""

    ALL = "all"
    ENGLAND = "England"
    WALES = "Wales"
    CHOSEN = "chosen"


class ReportEntry(Struct, frozen=True):
    """As it was entered; `published_on` is a London date, and so is `publish_by`, None where bodies are not
    asked to publish their response."""

    key: str
    title: str
    publishers: str
    published_on: date | None
    url: str = ""
    publish_by: date | None = None

    def report(self, names: Names, verbs: Collection[str], keys: Collection[str], today: date) -> Report:
        """Make the report of what was entered. `verbs` and `names` are what the key must not be taken for,
        `keys` those of the reports there are. Raises Unfit."""
        faults = {
            Field.KEY: _key_fault(self.key, names, verbs, keys),
            Field.TITLE: _text_fault(self.title, LONGEST_TITLE),
            Field.PUBLISHERS: _text_fault(self.publishers, LONGEST_TITLE),
            Field.PUBLISHED: _published_fault(self.published_on, today),
            Field.URL: _url_fault(self.url),
            Field.PUBLISH_BY: _publish_by_fault(self.publish_by, self.published_on),
        }
        _must_be_fit(faults)
        published_on = self.published_on or today
        return Report(self.key, self.title, self.publishers, published_on, self.url, self.publish_by)


class RecommendationEntry(Struct, frozen=True):
    """As it was entered. `parts` has one part a line ("do: …", "consider: …"); `chosen` are the codes of the
    bodies where the scope leaves it to them; dates are London dates."""

    number: str
    wording: str
    scope: AddresseeScope
    chosen: tuple[str, ...] = ()
    respond_by: date | None = None
    due_on: date | None = None
    joint_with: str = ""
    parts: str = ""
    quoted_from: str = ""
    short_form: str = ""
    others: str = ""  # names with semicolons between them
    themes: str = ""  # words with spaces, commas or semicolons between them
    priority: bool = False

    @property
    def texts(self) -> Mapping[str, str]:
        """What was written in it freely, by field."""
        return {
            Field.WORDING: self.wording,
            Field.QUOTED_FROM: self.quoted_from,
            Field.SHORT_FORM: self.short_form,
            Field.JOINT_WITH: self.joint_with,
            Field.OTHERS: self.others,
            Field.THEMES: self.themes,
            Field.PARTS: self.parts,
        }

    def recommendation(self, report: Report, ids: Collection[str]) -> Recommendation:
        """Make the recommendation of what was entered. `ids` are those of the report's recommendations, live
        or ended. Raises Unfit."""
        number = self.number.lower()
        faults = {
            Field.NUMBER: _number_fault(number, recommendation_id(report.key, number) in ids),
            Field.WORDING: _text_fault(self.wording, LIMIT),
            Field.RESPOND_BY: _deadline_fault(self.respond_by, report),
            Field.DUE_ON: _deadline_fault(self.due_on, report),
            Field.QUOTED_FROM: _length_fault(self.quoted_from, LONGEST_QUOTED_FROM),
            Field.SHORT_FORM: _length_fault(self.short_form, LONGEST_SHORT_FORM),
            Field.JOINT_WITH: _length_fault(self.joint_with, LONGEST_JOINT),
            Field.OTHERS: _others_fault(self.others),
            Field.THEMES: _themes_fault(self.themes),
            Field.PARTS: _parts_fault(self.parts),
            Field.BODIES: Fault.NO_BODY if self.scope is AddresseeScope.CHOSEN and not self.chosen else None,
        }
        _must_be_fit(faults)
        return Recommendation(
            report=report,
            number=number,
            kind=RecommendationKind.ADDRESSED,
            wording=self.wording,
            joint_with=self.joint_with,
            respond_by=self.respond_by,
            due_on=self.due_on,
            parts=parts(self.parts),
            quoted_from=self.quoted_from,
            short_form=in_one_line(self.short_form),
            others_addressed=names_in(self.others),
            themes=themes_in(self.themes),
            priority=self.priority,
        )

    def addressed(self, everyone: Collection[PolicingBody], today: date) -> tuple[PolicingBody, ...]:
        """Return the bodies to which it is addressed on a London date. Raises Unfit when it is nobody."""
        exist = (body for body in everyone if body.exists_on(today))
        bodies = tuple(body for body in exist if self._is_addressed(body))
        if not bodies:
            raise Unfit({Field.BODIES: Fault.NO_BODY})
        return bodies

    def _is_addressed(self, body: PolicingBody) -> bool:
        if self.scope is AddresseeScope.CHOSEN:
            return body.code in self.chosen
        return self.scope is AddresseeScope.ALL or body.country == self.scope.value


class Addition(Struct, frozen=True):
    """A recommendation as it would be added, and the bodies that it is addressed to, by name."""

    recommendation: Recommendation
    body_names: tuple[str, ...]
    of_all: bool

    @property
    def acts_before_it_answers(self) -> bool:
        """Possible, and worth a second look."""
        recommendation = self.recommendation
        return (
            recommendation.respond_by is not None
            and recommendation.due_on is not None
            and recommendation.due_on < recommendation.respond_by
        )


def mark_of(seen: ReportEntry | RecommendationEntry | Recommendation) -> str:
    """Return a digest, by which it shows whether what is sent is what was looked at."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def parts(lines: str) -> tuple[Part, ...]:
    """Read the parts, one a line, and label them a, b, c. Lines that are no part are left out."""
    matches = [match for line in lines.splitlines() if (match := _PART.fullmatch(line.strip()))]
    return tuple(
        Part(label, _KINDS[match[1].lower()], match[2])
        for label, match in zip(_LABELS, matches, strict=False)
    )


def names_in(text: str) -> tuple[str, ...]:
    """Return each of the names between semicolons or on lines once: "CPS; the Home Office"."""
    by_name: dict[str, str] = {}
    for name in filter(None, map(in_one_line, re.split("[;\n]", text))):
        by_name.setdefault(name.casefold(), name)
    return tuple(by_name.values())


def themes_in(text: str) -> tuple[str, ...]:
    """Return each theme of a list once, in alphabetical order: "training, victims"."""
    return tuple(sorted(set(re.split(r"[\s,;]+", text.casefold().strip())) - {""}))


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def _must_be_fit(faults: Mapping[Field, Fault | None]) -> None:
    wrong = {field: fault for field, fault in faults.items() if fault}
    if wrong:
        raise Unfit(wrong)


def _key_fault(key: str, names: Names, verbs: Collection[str], keys: Collection[str]) -> Fault | None:
    if not key:
        return Fault.MISSING
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        return Fault.NOT_A_KEY
    if key in keys:
        return Fault.TAKEN
    plain_key = key.replace("-", " ")
    if plain_key in verbs or key in _TAKEN_WORDS or names.exact(key):
        return Fault.MEANS_SOMETHING_ELSE
    # "r15" and "rec2" are recommendations.
    return Fault.MEANS_SOMETHING_ELSE if re.fullmatch(rf"(?:r|recs?|no){NUMBER}", key) else None


def _number_fault(number: str, taken: bool) -> Fault | None:
    if not number:
        return Fault.MISSING
    if parse_number(number) != number:
        return Fault.NOT_A_NUMBER
    return Fault.TAKEN if taken else None


def _length_fault(text: str, longest: int) -> Fault | None:
    return Fault.TOO_LONG if len(text) > longest else None


def _others_fault(text: str) -> Fault | None:
    names = names_in(text)
    too_long = len(names) > MOST_OTHERS or any(len(name) > LONGEST_OTHER for name in names)
    return Fault.TOO_LONG if too_long else None


def _themes_fault(text: str) -> Fault | None:
    themes = themes_in(text)
    if len(themes) > MOST_THEMES or any(len(theme) > LONGEST_THEME for theme in themes):
        return Fault.TOO_LONG
    return None if all(map(_KEY.fullmatch, themes)) else Fault.NOT_A_THEME


def _text_fault(text: str, longest: int) -> Fault | None:
    if not text:
        return Fault.MISSING
    return Fault.TOO_LONG if len(text) > longest else None


def _published_fault(published_on: date | None, today: date) -> Fault | None:
    if published_on is None:
        return Fault.MISSING
    return Fault.IN_THE_FUTURE if published_on > today else None


def _publish_by_fault(publish_by: date | None, published_on: date | None) -> Fault | None:
    is_before = publish_by is not None and published_on is not None and publish_by < published_on
    return Fault.BEFORE_PUBLICATION if is_before else None


def _deadline_fault(deadline: date | None, report: Report) -> Fault | None:
    return Fault.BEFORE_PUBLICATION if deadline and deadline < report.published_on else None


def _url_fault(url: str) -> Fault | None:
    if not url:
        return None
    try:
        read = urlsplit(url)
        fit = read.scheme in ("http", "https") and bool(read.hostname) and not re.search(r"\s", url)
    except ValueError:
        fit = False
    if not fit:
        return Fault.NOT_A_LINK
    return Fault.TOO_LONG if len(url) > LONGEST_URL else None


def _parts_fault(lines: str) -> Fault | None:
    full_lines = [line for line in lines.splitlines() if line.strip()]
    if len(full_lines) > MOST_PARTS:
        return Fault.TOO_LONG
    return None if len(parts(lines)) == len(full_lines) else Fault.NOT_A_PART
