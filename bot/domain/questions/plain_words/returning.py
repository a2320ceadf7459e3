"""A workbook for a body to fill in without Slack: "I need the spreadsheet for Lincs to fill in"."""

import re

from bot.domain.questions.plain_words.recorders import joined
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Answerable, Understanding

_A_FORM = r"(?:something|spreadsheet|workbook|excel|template|form|sheet|return|table|document|copy)"
_TO_FILL_IN = re.compile(
    rf"\b{_A_FORM}\b.*\b(?:to|can|could|will|may) (?:be filled (?:in|out)|fill (?:in|out|it in|it out)|complete (?:it|themselves|by hand|offline|and (?:return|send))|send (?:it )?back|return)\b"
    rf"|\b(?:return|blank|empty|reporting) {_A_FORM}\b|\breturn (?:for|to send to)\b|\b(?:excel|spreadsheet) returns?\b|\b{_A_FORM}\b.*\b(?:without slack|not on slack|no slack|offline)\b"
)


def return_in(sentence: Sentence) -> Understanding | None:
    """Answer with the workbook of the one body that is named, or of the asker's only one."""
    if not _TO_FILL_IN.search(sentence.lower) or sentence.days or sentence.named_refs:
        return None
    is_ones_own = not sentence.names and sentence.says(r"\b(?:our|my|we|us|me|i)\b|^something\b")
    bodies = tuple(dict.fromkeys(sentence.bodies)) or (sentence.asker.bodies if is_ones_own else ())
    if len(bodies) != 1:
        return None
    return Answerable(joined("return", bodies[0].slug))
