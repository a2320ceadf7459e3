"""The frame of a report's letter, kept by the coordinators; each text that is saved is an update."""

from bot.domain.free_text import checked
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.letter_frame import (
    FrameChangedSince,
    FrameKey,
    FrameTexts,
    FrameVersion,
    LetterFrame,
    change,
)
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Report
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import coordinating
from storage import letters
from storage.store import Store


def frame(store: Store, request: Request, report_key: str) -> tuple[Report, LetterFrame]:
    """Return a report and the frame of its letter.

    Raises UnknownRecommendation, NotACoordinator, CannotSee."""
    with coordinator_reads(store, request) as connection:
        return resolve.report(connection, report_key), letters.frame(connection, report_key)


def save_frame(
    store: Store,
    request: Request,
    report_key: str,
    entry: FrameTexts,
    *,
    seen_version: int,
    no_victim: bool = False,
) -> LetterFrame:
    """Save the texts that differ from those that stand; return the frame. `seen_version` is what the writer
    saw.

    Raises FrameChangedSince, MayIdentify, TextTooLong, UnknownRecommendation, NotACoordinator, CannotSee."""
    with coordinating(store, request) as work:
        resolve.report(work.connection, report_key)
        before = letters.frame(work.connection, report_key)
        if work.written:
            return before
        if before.version != seen_version:
            raise FrameChangedSince(before)
        differing = {name: checked(entry.text(name), name.value) for name in entry.differing(before.texts)}
        confirmed = must_all_identify_nobody(
            {name.value: text for name, text in differing.items()}, no_victim
        )
        saved = []
        for name, text in differing.items():
            key = FrameKey(report_key, name)
            changes = (change(key, before.version, before.version + 1), *confirmed)
            update = work.append(replace(work.draft(UpdateKind.LETTER_FRAMED), text=text, changes=changes))
            saved.append((key, FrameVersion(update.seq, before.version + 1)))
        letters.save(work.connection, saved)
        return letters.frame(work.connection, report_key)
