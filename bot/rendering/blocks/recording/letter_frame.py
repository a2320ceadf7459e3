"""The form in which a letter's frame is kept."""

from typing import Any

from bot.domain.register.guard import MayIdentify
from bot.domain.register.letter_frame import GREETING, LONGEST_LINE, FrameField, FrameTexts, LetterFrame
from bot.domain.register.recommendation import Report
from bot.rendering import words
from bot.rendering.form import (
    TEXT,
    FormFrame,
    no_victim_field,
    paragraph,
    text_field,
    what_was_found,
)
from bot.rendering.screen import Block

FRAME = "letter-frame"
LETTER_FRAME = FormFrame("Frame of the letter", FRAME)

_LABELS = {
    FrameField.ADDRESSEES: "Addressees",
    FrameField.GREETING: "Greeting",
    FrameField.SUBJECT: "Subject",
    FrameField.OPENING: "Opening",
    FrameField.POSITION: "Position",
    FrameField.CLOSING: "Closing",
    FrameField.SIGNATORY: "Signatory",
    FrameField.OFFICE: "Office of the signatory",
}
_HINTS = {
    FrameField.ADDRESSEES: "Name and office, each on a line of its own; a blank line before the next person.",
    FrameField.GREETING: f"“{GREETING}” where nothing is written.",
    FrameField.SUBJECT: "The report's title where nothing is written.",
    FrameField.OPENING: "Comes before the recommendations.",
    FrameField.POSITION: "What the association holds of the whole; comes after the recommendations.",
    FrameField.CLOSING: "Comes before “Yours sincerely”.",
    FrameField.SIGNATORY: "The name of whoever signs.",
    FrameField.OFFICE: "As it stands under the name.",
}


def frame_form(
    metadata: str,
    report: Report,
    frame: LetterFrame,
    entry: FrameTexts | None = None,
    *,
    may_identify: MayIdentify | None = None,
    changed: bool = False,
) -> dict[str, Any]:
    """Return the form filled with what stands, or with what was written; `changed` when somebody saved
    another frame meanwhile."""
    first = [paragraph(_about(report, frame))]
    if changed:
        first.append(paragraph(_changed(frame)))
    if may_identify:
        first.append(paragraph(what_was_found(may_identify)))
    texts = entry or frame.texts
    fields = [_field(name, texts.text(name)) for name in FrameField]
    confirm = [no_victim_field()] if may_identify or '"asked"' in metadata else []
    return LETTER_FRAME.holding([*first, *fields, *confirm], submit="Save", metadata=metadata)


def saved(report: Report, frame: LetterFrame) -> dict[str, Any]:
    text = (
        f"The frame of the letter on {report.key} is saved as version {frame.version}."
        f" /recs letter {report.key} makes the letter."
    )
    return LETTER_FRAME.holding([paragraph(text)])


def _about(report: Report, frame: LetterFrame) -> str:
    text = f"What stands round the answers in the letter on {report.key}."
    if frame.saved_at is None:
        return text
    by = f" by {frame.saved_by}" if frame.saved_by else ""
    return f"{text} Version {frame.version} was saved{by} on {words.moment(frame.saved_at)}."


def _changed(frame: LetterFrame) -> str:
    by = frame.saved_by or "Somebody"
    return (
        f"{by} saved version {frame.version} while you were writing."
        " Save again to put your words in its place."
    )


def _field(name: FrameField, text: str) -> Block:
    return text_field(
        name.value,
        _LABELS[name],
        text,
        lines=name.facts.has_lines,
        hint=_HINTS[name],
        optional=True,
        longest=TEXT if name.facts.has_lines else LONGEST_LINE,
    )
