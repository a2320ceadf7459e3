"""What an import changed, and what is wrong with a file, in lines of plain text."""

from collections.abc import Iterator

from bot.domain.free_text import TextTooLong, from_slack
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.adding import Unfit
from bot.domain.register.content import CONTENT
from bot.domain.register.guard import MayIdentify
from bot.domain.register.imports import Effect, FilePlace, Imported, NotImportable, Wrong
from bot.domain.register.update import CORRECTABLE, UpdateKind
from bot.rendering import words
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.blocks.recording import add
from bot.rendering.blocks.recording.guard import kind_alone
from bot.rendering.blocks.refusals.refused import in_words
from bot.rendering.blocks.refusals.wording import RefusalContext

_VOUCH = " If you are sure that no victim can be identified, write yes in the column no_victim_identified."


def faults(wrong_cells: tuple[Wrong, ...]) -> Iterator[str]:
    """Return one line for each fault: where it is, and what to do."""
    for wrong in wrong_cells:
        yield f"{_where(wrong.place, wrong.column)}: {what_is_wrong(wrong)}"
    cell_count = words.count(len(wrong_cells), "thing is", "things are")
    yield f"Nothing was changed: {cell_count} to be put right first."


def outcome(imported: Imported) -> Iterator[str]:
    yield from map(_effect, imported.effects)
    for notice in imported.notices:
        yield f"{_where(notice.place, notice.column)}: {notice.text}"
    n = words.count(len(imported.effects), "change")
    rows = words.count(imported.rows, "row")
    if not imported.effects and imported.notices:
        yield f"No change from {rows}. See above what was not taken as it stands in the file."
    elif not imported.effects:
        yield f"The register holds all of it already: {rows}, no change."
    elif imported.done:
        yield f"Imported: {n} recorded from {rows}."
    else:
        yield f"Dry run: {n} would be recorded from {rows}. Nothing was changed."


def _where(place: FilePlace, column: str) -> str:
    parts = (place.file, place.table, f"row {place.row}" if place.row else "", column)
    return ", ".join(filter(None, parts))


def _effect(effect: Effect) -> str:
    place = f"{effect.place}: " if effect.place else ""
    return f"{place}{what_is_recorded(effect)}"


def what_is_recorded(effect: Effect) -> str:
    """Say what it concerns, and what changes."""
    return f"{effect.about}: {_change(effect)}"


def _change(effect: Effect) -> str:
    draft = effect.update.draft
    if draft.kind is UpdateKind.BODY_CHANGED:
        moved_words = [
            f"{change.what} {change.was or 'empty'} → {change.now or 'empty'}"
            for change in draft.changes
            if not change.what.startswith(CONTENT)
        ]
        return "; ".join(moved_words)
    day = words.short_day(draft.stands_from)
    if draft.kind is UpdateKind.PASSED_ON:
        passed = any(change.what == "passed to" for change in draft.changes)
        return f"what is owed passes on, from {day}" if passed else f"the successor owes it, from {day}"
    text = what_changed(effect.update, "the person")
    return f"{text}, from {day}" if draft.kind in CORRECTABLE else text


def what_is_wrong(wrong: Wrong) -> str:
    """Say what is wrong with a cell, and what to do about it."""
    return _what_is_wrong(wrong.refusal, wrong.column)


def _what_is_wrong(refusal: Refusal, column: str) -> str:
    match refusal:
        case NotImportable():
            return refusal.text
        case Unfit():
            return " ".join(add.errors(refusal).values())
        case TextTooLong():
            return f"It has {refusal.length:,} characters of at most {refusal.limit:,}. Shorten it."
        case MayIdentify():
            # Not the words themselves: what is printed may be kept in a log.
            match = words.both(
                list(dict.fromkeys(kind_alone(finding.kind) for finding in refusal.findings[column]))
            )
            return f"This looks as if it held personal data: {match}. Write it in other words." + (
                "" if column == "source" else _VOUCH
            )
    return f"{from_slack(in_words(refusal, RefusalContext('')).first)} Leave the row out, or correct it."
