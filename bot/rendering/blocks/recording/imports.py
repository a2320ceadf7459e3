"""`/recs import`: the form for a table, a look at what it would change, what is wrong with it, and the
receipt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from bot.domain.register.correcting import ADDRESSED_TO
from bot.domain.register.imports import Effect, FilePlace, FileRefused, Imported
from bot.domain.register.update import Draft, UpdateKind
from bot.rendering import imports, words
from bot.rendering.form import TEXT, FormFrame, choice_field, paragraph, text_field
from bot.rendering.limits import BYTES, shortened
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Block, Screen, actions, button, in_sections, plain_section, screen

IMPORT = "import"
RECORD_ALL = "record-all"
TABLE, HOLDS = "table", "holds"
# What is chosen where recbot is to find out.
ANY = "any"

IMPORT_FRAME = FormFrame("Import", IMPORT)
_HOLDS = (
    (ANY, "Recognise it"),
    ("contacts", "Contacts"),
    ("reports", "Reports"),
    ("recommendations", "Recommendations"),
    ("register", "Returns: answers and progress"),
    ("notes", "Notes"),
    ("bodies", "Policing bodies"),
)
_HINT = (
    "Paste from a spreadsheet. The first row names the columns; a list of contacts needs no such row, only a"
    " person (mention, member id, e-mail address or full name) and a body in each line."
)
_NOT_UNDONE = (
    "An import has no Undo: what is wrong in it is put right by another one, or one by one. Both stay in the"
    " history."
)
_MOST_LINES = 120
_MOST_CHARACTERS = 8_000
# Of a text in a list, in characters.
_MOST_OF_TEXT = 60
_MANY = {
    UpdateKind.BODY_ADDED: ("new body", "new bodies"),
    UpdateKind.BODY_CHANGED: ("changed body", "changed bodies"),
    UpdateKind.REPORT_ADDED: ("report", "reports"),
    UpdateKind.RECOMMENDATION_ADDED: ("recommendation", "recommendations"),
    UpdateKind.GRANT: ("contact", "contacts"),
    UpdateKind.RESPONSE: ("response", "responses"),
    UpdateKind.PROGRESS: ("progress update", "progress updates"),
    UpdateKind.NOTE: ("note", "notes"),
    UpdateKind.EXPECTED: ("expected day", "expected days"),
    UpdateKind.PASSED_ON: ("handover to a successor", "handovers to a successor"),
}
_OTHER = ("other change", "other changes")


class ImportReport(Struct, frozen=True):
    """What is said of an import: one sentence, and lines of plain text. `can_be_recorded` where something
    would be, and nothing is wrong; `fingerprint` tells that from anything else. `is_outcome` where it is
    over."""

    first: str
    lines: tuple[str, ...] = ()
    can_be_recorded: bool = False
    fingerprint: str = ""
    is_outcome: bool = False


def of_look(imported: Imported, *, has_changed: bool = False) -> ImportReport:
    """Show what an import would do; `has_changed` where something else was shown before."""
    if not imported.effects:
        return of_outcome(imported)
    first = f"This would record {_counted(imported)}. Nothing is recorded yet."
    if has_changed:
        first = f"The register has changed since you looked, so nothing was recorded. {first}"
    lines = (*_lines(imported), _NOT_UNDONE)
    return ImportReport(first, lines, can_be_recorded=True, fingerprint=imported.fingerprint)


def of_outcome(imported: Imported) -> ImportReport:
    if imported.effects and imported.done:
        lines = (*_lines(imported), _NOT_UNDONE)
        return ImportReport(f"Recorded: {_counted(imported)}.", lines, is_outcome=True)
    if imported.again:
        return ImportReport("All of it was recorded already, once.", is_outcome=True)
    if imported.notices:
        return ImportReport("There is nothing to record. Please see what was not taken.", _lines(imported))
    return ImportReport("The register holds all of it already: there is nothing to record.")


def of_faults(refusal: FileRefused) -> ImportReport:
    """List everything that is to be put right, each with its place."""
    fault_count = words.count(len(refusal.faults), "thing has", "things have")
    first = f"{fault_count} to be put right first. Nothing was recorded."
    return ImportReport(
        first,
        _bounded(
            f"{_place(wrong.place, wrong.column)}{imports.what_is_wrong(wrong)}" for wrong in refusal.faults
        ),
    )


# The form


def import_form(
    metadata: str = "", text: str = "", holds: str = ANY, report: ImportReport | None = None
) -> dict[str, Any]:
    """Return the form to paste into: empty at first, then with what was found in the table."""
    fields = [
        choice_field(HOLDS, "What it holds", _HOLDS, holds, mark=holds),
        text_field(TABLE, "Table", text, lines=True, hint=_HINT),
    ]
    can_be_recorded = report is not None and report.can_be_recorded
    return IMPORT_FRAME.holding(
        [*(_report_blocks(report) if report else _introduction()), *fields],
        submit="Record all" if can_be_recorded else "Preview",
        metadata=metadata,
    )


def working_form(*, records: bool) -> dict[str, Any]:
    """Return the form that stands while a table is looked over, or recorded."""
    text = "Recording…" if records else "Looking it over…"
    return IMPORT_FRAME.holding([paragraph(text)])


def outcome_form(report: ImportReport) -> dict[str, Any]:
    return IMPORT_FRAME.holding(_report_blocks(report))


# The answer to a file


def shown(report: ImportReport, value: str = "", name: str = "") -> Screen:
    """Show what an import would record. `value` goes with **Record all**, `name` is the file's."""
    record = button("Record all", RECORD_ALL, value, f"Record all of {name}") if value else None
    first = f"{name}: {report.first}" if name else report.first
    return screen(first, *_sections(report.lines), actions(record) if report.can_be_recorded else None)


def too_much_waits() -> Screen:
    return screen("Too much is being worked on just now. Nothing was recorded. Please try again in a minute.")


def _introduction() -> list[Block]:
    return [
        paragraph(
            f"Paste up to {TEXT:,} characters of a table: contacts, recommendations, reports or returns."
            " You see what it would change before anything is recorded. A longer table: drop its file on"
            " recbot in a direct message."
        )
    ]


def _report_blocks(report: ImportReport) -> list[Block]:
    return [paragraph(report.first), *_sections(report.lines)]


def _sections(lines: Sequence[str]) -> list[Block]:
    return [plain_section("\n".join(section)) for section in in_sections(map(escaped, lines)) if section]


def _counted(imported: Imported) -> str:
    """Count what is recorded: 86 contacts and 2 notes."""
    counts: Counter[tuple[str, str]] = Counter(
        _MANY.get(effect.update.draft.kind, _OTHER) for effect in imported.effects
    )
    return words.both([words.count(n, name, many) for (name, many), n in counts.items()])


def _lines(imported: Imported) -> tuple[str, ...]:
    return _bounded(
        (
            *(f"{_place(notice.place, notice.column)}{notice.text}" for notice in imported.notices),
            *map(_effect_line, imported.effects),
        )
    )


def _effect_line(effect: Effect) -> str:
    """Word what an effect concerns, what changes, and the first words of its text."""
    draft = effect.update.draft
    words_of_text = (
        f": “{shortened(' '.join(draft.text.split()), _MOST_OF_TEXT, BYTES)}”" if draft.text else ""
    )
    if draft.kind is UpdateKind.RECOMMENDATION_ADDED:
        return f"{effect.about}{_addressed_and_due(draft)}{words_of_text}"
    return f"{imports.what_is_recorded(effect)}{words_of_text}"


def _addressed_and_due(draft: Draft) -> str:
    """Say to whom and until when, after what is added: , to 43 bodies, due 30 Sep 2025"""
    values = {change.what: change.now for change in draft.changes}
    bodies = len(values.get(ADDRESSED_TO, "").split())
    due = values.get("due_on", "")
    return "".join(
        (
            f", to {words.bodies(bodies)}" if bodies else "",
            f", due {words.short_day(date.fromisoformat(due))}" if due else "",
        )
    )


def _place(place: FilePlace, column: str) -> str:
    """Say where in the table, as its reader counts: Row 3, body"""
    row = f"row {place.row}" if place.row else ""
    cell = ", ".join(filter(None, (row, column)))
    return f"{words.capital(cell)}: " if cell else ""


def _bounded(lines: Iterable[str]) -> tuple[str, ...]:
    """Return as many lines as a message holds, and say how many more there are."""
    first_lines: list[str] = []
    all_lines = list(lines)
    size = 0
    for line in all_lines:
        size += len(line) + 1
        if len(first_lines) == _MOST_LINES or size > _MOST_CHARACTERS:
            first_lines.append(f"… and {len(all_lines) - len(first_lines)} more.")
            break
        first_lines.append(line)
    return tuple(first_lines)
