"""The frames of letters, one for each report: the texts are in the history, and here by which update each
stands."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.register.letter_frame import FrameField, FrameKey, FrameTexts, FrameVersion, LetterFrame
from storage import updates
from storage.tables.reports import letter_texts

_OF_REPORT = select(letter_texts).where(letter_texts.c.report_key == bindparam("report_key"))


def frame(connection: Connection, report_key: str) -> LetterFrame:
    """Return the frame of a report's letter; an empty one where none was saved."""
    rows = connection.execute(_OF_REPORT, {"report_key": report_key}).all()
    if not rows:
        return LetterFrame(report_key)
    by_seq = updates.by_seq(connection, (row.seq for row in rows))
    latest = by_seq[max(row.seq for row in rows)]
    return LetterFrame(
        report_key,
        FrameTexts.of({FrameField(row.field): by_seq[row.seq].draft.text for row in rows}),
        version=max(row.version for row in rows),
        saved_by=latest.author_name,
        saved_at=latest.recorded_at,
    )


def save(connection: Connection, texts: Iterable[tuple[FrameKey, FrameVersion]]) -> None:
    """Record by which updates these texts stand from now on."""
    for key, version in texts:
        place = {"report_key": key.report_key, "field": key.field.value}
        connection.execute(
            delete(letter_texts).where(
                letter_texts.c.report_key == key.report_key, letter_texts.c.field == key.field.value
            )
        )
        connection.execute(insert(letter_texts), place | {"seq": version.seq, "version": version.version})
