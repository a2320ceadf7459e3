"""What an import would do, worked out in memory: what it would record, and everything that is wrong."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.free_text import TextTooLong
from bot.domain.personal_data.kinds import Finding
from bot.domain.questions.names import Body
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import Field, Unfit
from bot.domain.register.addressee import Addressee
from bot.domain.register.guard import CONFIRMED, MayIdentify, findings_in
from bot.domain.register.imports import FilePlace, Notice, NotImportable, Row, Wrong
from bot.domain.register.people import Actor, Person, PersonKey
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Report
from bot.domain.register.update import STATEMENTS, Change, Draft, RequestKey, Via
from bot.domain.values import replace
from bot.operations.imports.picture import Picture
from bot.operations.request import name_book
from storage.imports import NewGrant

LONGEST_SOURCE = 200
_COLUMN_OF_FIELD = {
    Field.PUBLISHED: "published_on",
    Field.PUBLISH_BY: "publish_by",
    Field.BODIES: "addressed_to",
    Field.RESPOND_BY: "respond_by",
    Field.DUE_ON: "due_on",
    Field.JOINT_WITH: "joint_with",
    Field.QUOTED_FROM: "quoted_from",
    Field.SHORT_FORM: "short_form",
    Field.OTHERS: "also_addressed_to",
    Field.THEMES: "themes",
}


class TextCheck:
    """Looks each text over for personal data once, however often the same one comes."""

    def __init__(self) -> None:
        self._findings: dict[str, tuple[Finding, ...]] = {}

    def findings(self, text: str) -> tuple[Finding, ...]:
        if text not in self._findings:
            self._findings[text] = findings_in(text)
        return self._findings[text]


class Planned(Struct, frozen=True):
    """One update to record."""

    place: FilePlace  # the row that says it
    about: str  # what it concerns, by name
    draft: Draft
    addressee_key: tuple[str, str] | None = None  # of the addressee that it changes


@dataclass
class Writes:
    """What is to be written beside the history."""

    # Bodies as they are to stand, by code.
    bodies: dict[str, PolicingBody] = field(default_factory=dict)
    new_bodies: set[str] = field(default_factory=set)
    reports: list[Report] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    addressees: list[Addressee] = field(default_factory=list)
    grants: list[NewGrant] = field(default_factory=list)


class Plan:
    def __init__(
        self,
        picture: Picture,
        instant: datetime,
        digest: str,
        home_team: str,
        texts: TextCheck,
        author: Actor | None = None,
        people: Mapping[PersonKey, Person] | None = None,
    ) -> None:
        """Begin with an empty plan. `author` is who imports, where that is known; `people` are those whom the
        rows name, as Slack describes them."""
        self.author = author
        self.people = people or {}
        self.picture = picture
        self.instant = instant
        self.home_team = home_team
        self.names = name_book.names_of(picture.bodies.values(), picture.reports.values())
        self.planned: list[Planned] = []
        self.writes = Writes()
        self.faults: list[Wrong] = []
        self.notices: list[Notice] = []
        self._digest = digest
        self._texts = texts
        self._keys_given: Counter[str] = Counter()
        self._spoilt: set[str] = set()
        self._first_of: dict[object, FilePlace] = {}
        self._bodies_by_name: dict[str, tuple[Body, ...]] = {}

    @property
    def today(self) -> date:
        return london_date(self.instant)

    def key(self, row: Row) -> str:
        """Return the key by which a row is known again when the same file comes a second time.

        Rows that stand in one line, or in files of one kind, are told apart by their order."""
        if row.own_key:
            return row.own_key
        key = f"{prefix(self._digest)}{row.place.table}:{row.place.row}"
        self._keys_given[key] += 1
        turn = self._keys_given[key]
        return key if turn == 1 else f"{key}:{turn}"

    def new_key(self, row: Row) -> str | None:
        """Return the row's key; None where it was recorded before, or another row says the same."""
        key = self.key(row)
        return None if key in self.picture.done or self.is_said_again(row) else key

    # What is wrong

    def refuse(self, row: Row, column: str, refusal: Refusal | str) -> None:
        """Note what is wrong in a column; nothing, where the column could not even be read."""
        if column in row.unread:
            return
        why = NotImportable(column, refusal) if isinstance(refusal, str) else refusal
        self.faults.append(Wrong(row.place, column, why))

    def refuse_unfit(self, row: Row, unfit: Unfit) -> None:
        for wrong, fault in unfit.faults.items():
            self.refuse(row, _COLUMN_OF_FIELD.get(wrong, wrong.value), Unfit({wrong: fault}))

    def notice(self, row: Row, column: str, text: str) -> None:
        self.notices.append(Notice(row.place, column, text))

    def spoil(self, *names: str) -> None:
        """Remember what was refused under these names, so that what rests on it is not refused for that."""
        self._spoilt.update(name.casefold() for name in names if name)

    def is_spoilt(self, name: str) -> bool:
        return name.casefold() in self._spoilt

    def first_place(self, row: Row, statement: object) -> FilePlace | None:
        """Return the row of this import that says the same already; None where this one is the first."""
        place = self._first_of.setdefault(statement, row.place)
        return None if place is row.place else place

    def is_said_again(self, row: Row) -> bool:
        """Tell whether another row says exactly this, and note which."""
        other = self.first_place(row, replace(row, place=_NOWHERE))
        if other:
            self.notice(row, "", f"{other_row(row, other)} says the same, so this one adds nothing.")
        return other is not None

    def confirmed(self, row: Row, texts: Mapping[str, str], *, may_be_confirmed: bool) -> tuple[Change, ...]:
        """Return the change to record with a row's texts (by column). Refuses what may identify a victim."""
        findings_by_column = {
            column: findings for column, text in texts.items() if (findings := self._texts.findings(text))
        }
        if findings_by_column and not may_be_confirmed:
            for column in findings_by_column:
                self.refuse(row, column, MayIdentify(texts, findings_by_column))
        return (CONFIRMED,) if findings_by_column else ()

    def must_be_a_source(self, row: Row, source: str) -> None:
        """Refuse a source that is too long or may identify somebody.

        Nobody can vouch for it, since it cannot be erased from the history."""
        if len(source) > LONGEST_SOURCE:
            self.refuse(row, "source", TextTooLong("source", len(source), LONGEST_SOURCE))
        self.confirmed(row, {"source": source}, may_be_confirmed=False)

    # What is meant

    def body(self, row: Row, name: str, column: str) -> Body | None:
        """Return the body of this name; None where that is refused, or rests on what was refused."""
        if self.is_spoilt(name):
            return None
        if name not in self._bodies_by_name:
            self._bodies_by_name[name] = self.names.bodies_exact(name)
        matches = self._bodies_by_name[name]
        if len(matches) == 1:
            return matches[0]
        if matches:
            options = " or ".join(body.short_name for body in matches)
            self.refuse(row, column, f"“{name}” can be {options}. Write the one that is meant.")
            return None
        near = [body.short_name for body in self.names.near(name, (Body,)) if isinstance(body, Body)]
        advice = f"Did you mean {' or '.join(near)}?" if near else "Add it to the bodies, or correct it."
        self.refuse(row, column, f"There is no body “{name}”. {advice}" if name else "Name the body.")
        return None

    def report(self, row: Row, key: str) -> Report | None:
        if self.is_spoilt(key):
            return None
        report = self.picture.reports.get(key)
        if report is None:
            self.refuse(row, "report", f"There is no report “{key}”. Give its key, or add it to the reports.")
        return report

    def names_changed(self) -> None:
        self.names = name_book.names_of(self.picture.bodies.values(), self.picture.reports.values())
        self._bodies_by_name.clear()

    # What would be recorded

    def record(self, row: Row, key: str, about: str, draft: Draft) -> None:
        """Plan an update that changes no addressee."""
        self.planned.append(Planned(row.place, about, self.drafted(key, draft)))

    def drafted(self, key: str, draft: Draft, item: int = 0) -> Draft:
        draft = replace(draft, via=Via.IMPORT, request=RequestKey(key, item))
        if self.author is None:
            return draft
        is_for_another = draft.kind in STATEMENTS and self.author.speaks_on_behalf_of(draft.body_code or "")
        return replace(draft, by=self.author.key, on_behalf=is_for_another)

    def fingerprint(self) -> str:
        """Return what tells this plan from one of another file, or that would record something else."""
        planned = [
            (planned_update.place, planned_update.about, replace(planned_update.draft, request=None, by=None))
            for planned_update in self.planned
        ]
        identity = (self._digest, planned, self.notices)
        return hashlib.sha256(repr(identity).encode()).hexdigest()[:24]


def prefix(digest: str) -> str:
    """Return how the request keys of a file's rows begin."""
    return f"import:{digest}:"


def other_row(row: Row, place: FilePlace) -> str:
    """Name another row beside this one: Row 3, or with its file and table."""
    if (place.file, place.table) == (row.place.file, row.place.table):
        return f"Row {place.row}"
    return f"“{place}”"


_NOWHERE = FilePlace("", "", 0)
