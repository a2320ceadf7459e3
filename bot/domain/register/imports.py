"""What stands in an imported file: plain rows, where each stands, and what is wrong with one.

The names of the fields are those of the columns; `docs/import-format.md` says what each holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import ContactKind
from bot.domain.register.update import Update


class FilePlace(Struct, frozen=True):
    """`row` is counted as a spreadsheet counts it, from 1; in YAML it is the line."""

    file: str
    table: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}, {self.table}, row {self.row}"


class Row(Struct, frozen=True, kw_only=True):
    """`unread` are the columns that could not be read: what the fields hold in their place means nothing.
    `own_key` is the request key of a row that is known again wherever it stands; others go by their place."""

    place: FilePlace
    unread: frozenset[str] = frozenset()
    own_key: str = ""


_OF_ANY_ROW = frozenset(Row.__struct_fields__)


def columns_of(row: type[Row]) -> tuple[str, ...]:
    """Return the fields of a table's rows that stand in its columns, in their order."""
    return tuple(name for name in row.__struct_fields__ if name not in _OF_ANY_ROW)


class BodyRow(Row, frozen=True, kw_only=True):
    """What is empty is left as it is. `continues` takes a last day and a successor away again. Names, type
    and official code hold from `changed_on`, a London date, or from the day of the import."""

    code: str
    slug: str = ""
    short_name: str = ""
    force_name: str = ""
    area_name: str = ""
    body_name: str = ""
    body_type: str = ""
    region: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    successor: str = ""
    continues: bool = False
    tile_row: int | None = None
    tile_col: int | None = None
    official_code: str = ""
    changed_on: date | None = None


class ReportRow(Row, frozen=True, kw_only=True):
    key: str
    title: str
    publishers: str
    published_on: date
    url: str = ""
    publish_by: date | None = None


class RecommendationRow(Row, frozen=True, kw_only=True):
    """`addressed_to` is "all", "England", "Wales" or names of bodies; nobody where it is derived."""

    report: str
    number: str
    wording: str
    addressed_to: tuple[str, ...] = ()
    derived_from: str = ""
    respond_by: date | None = None
    due_on: date | None = None
    joint_with: str = ""
    parts: str = ""
    source: str = ""
    quoted_from: str = ""
    short_form: str = ""
    also_addressed_to: str = ""
    themes: str = ""
    priority: bool = False
    no_victim_identified: bool = False


class ContactRow(Row, frozen=True, kw_only=True):
    """`user` and `team` are Slack's ids; without a team it is the home workspace."""

    user: str
    body: str
    kind: ContactKind | None = None
    team: str = ""


class AboutBody(Row, frozen=True, kw_only=True):
    """Something that a body did or said; `body_code` comes before `body`, which is any name of it."""

    report: str
    recommendation: str
    body_code: str = ""
    body: str = ""
    evidence: str = ""
    evidence_title: str = ""
    evidence_seen_on: date | None = None
    source: str = ""
    decided_by: str = ""
    may_be_quoted: bool = False
    no_victim_identified: bool = False


class RegisterRow(AboutBody, frozen=True, kw_only=True):
    """How an addressee stands, each from a London date on."""

    response: Answer | None = None
    response_on: date | None = None
    response_text: str = ""
    progress: Stage | None = None
    progress_on: date | None = None
    progress_text: str = ""
    parts_addressed: str = ""
    part_states: str = ""
    expected_on: date | None = None
    # Of an account that comes back: they are held against the register, and never taken.
    recommendation_status: str = ""
    body_name: str = ""
    region: str = ""
    country: str = ""
    respond_by: date | None = None
    due_on: date | None = None
    due_on_stated: date | None = None
    body_last_day: date | None = None
    successor: str = ""


class NoteRow(AboutBody, frozen=True, kw_only=True):
    stands_from: date
    text: str


class PartyRow(Row, frozen=True, kw_only=True):
    """What one of the others has reported whom a recommendation is addressed to, or somebody for it."""

    report: str
    recommendation: str
    party: str = ""
    reported_by: str = ""
    reported_on: date
    text: str
    evidence: str = ""
    evidence_title: str = ""
    source: str = ""
    no_victim_identified: bool = False


class ReturnRow(Row, frozen=True, kw_only=True):
    """A row of a return form. recbot wrote its first columns, of which `code` is checked and the others are
    for whoever fills it in; what is left empty says nothing."""

    code: str
    report: str
    recommendation: str
    body: str = ""
    what_it_asks: str = ""
    due_on: str = ""
    stands_now: str = ""
    answer: Answer | None = None
    reason: str = ""
    progress: Stage | None = None
    what_was_done: str = ""
    parts_addressed: str = ""
    part_states: str = ""
    expected_to_be_done_on: date | None = None
    evidence: str = ""
    decided_by: str = ""
    day: date | None = None
    may_be_published: bool = False
    no_victim_identified: bool = False
    filled_in_by: str = ""
    even_if_changed: bool = False

    @property
    def is_filled_in(self) -> bool:
        return bool(
            self.answer
            or self.reason
            or self.progress
            or self.what_was_done
            or self.parts_addressed
            or self.part_states
            or self.expected_to_be_done_on
            or self.evidence
        )


R = TypeVar("R", bound=Row)


class Wrong(Struct, frozen=True):
    """A fault in the file: where, and why it is refused."""

    place: FilePlace
    column: str
    refusal: Refusal


class Notice(Struct, frozen=True):
    """Something that whoever imports should know, and that keeps nothing out. `text` is a sentence."""

    place: FilePlace
    column: str
    text: str


class Batch(Struct, frozen=True):
    """A whole file. `digest` is its SHA-256, `faults` is what could not be read of it, and `passed_over` says
    which parts were not looked at, in sentences."""

    digest: str
    rows: tuple[Row, ...]
    passed_over: tuple[str, ...] = ()
    faults: tuple[Wrong, ...] = ()
    notices: tuple[Notice, ...] = ()

    def of(self, kind: type[R]) -> Iterator[R]:
        return (row for row in self.rows if isinstance(row, kind))


@dataclass
class NotImportable(Refusal):
    """`text` is what is wrong and what to do about it, in a sentence or two."""

    column: str
    text: str


@dataclass
class FileRefused(Exception):
    """Nothing was changed: everything that is wrong with the file."""

    faults: tuple[Wrong, ...]


class Effect(Struct, frozen=True):
    """One update that an import records, or would; `about` names what it concerns. `place` is None for what
    follows from the day alone."""

    place: FilePlace | None
    about: str
    update: Update


class Imported(Struct, frozen=True):
    """What an import changed or, if not `done`, would change; `rows` were read. `notices` are cells that
    differ from the register and were not taken, and rows that say again what another one says.
    `fingerprint` tells it from one that changes something else; `again` tells that the same import was
    recorded before."""

    rows: int
    effects: tuple[Effect, ...]
    done: bool
    notices: tuple[Notice, ...] = ()
    fingerprint: str = ""
    again: bool = False


@dataclass
class NotAsShown(Exception):
    """Nothing was changed: the register has changed since its sender was shown what the import would do.
    `now` is what it would do."""

    now: Imported
