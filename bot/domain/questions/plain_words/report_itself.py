"""The report itself, and where it is published: "link to the report?", "where can I read the super-complaint"."""

import re

from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Understanding

_LEADS = (
    r"(?:(?:please|pls|so|and|ok|hi|can you|could you|can i|could i|may i|i need|i want|have you|do you|have we|do we|is there|got|get|have|give me"
    r"|send me|show me|share|what is|what's|whats|where is|where's|wheres|find|me|us|an?|the|see|any)[ ,]+)*"
)
_REPORT = (
    r"(?:the |that |this )?(?:(?:original|full|published|actual|real|whole|inspectorate|inspectorates|inspectorate's) )*(?:(?P<{name}>[a-z][\w-]*) )??"
    r"(?:report|super-?complaint|publication)(?: itself)?(?: (?:please|pls|thanks|online|on the web))*[?.! ]*"
)
_ITSELF = re.compile(
    rf"{_LEADS}(?:links?|url|web ?address|hyperlink|web ?page) (?:to|for|of) {_REPORT.format(name='linked')}"
    rf"|{_LEADS}(?:where(?:'s| is| can i (?:find|read|see|get)| do i (?:find|read|get))) {_REPORT.format(name='sought')}"
    rf"|{_LEADS}(?=.* itself\\b){_REPORT.format(name='wanted')}"
    rf"|(?:the )?(?:(?P<first>[a-z][\w-]*) )??report (?:link|url|web ?address)[?.! ]*"
)
_OF_NO_REPORT = frozenset(
    ("a", "my", "our", "weekly", "digest", "progress", "status", "last", "latest", "new")
)


def report_itself(sentence: Sentence) -> Understanding | None:
    """Show the report that is asked for; where none is named and several are live, ask which."""
    match = _ITSELF.fullmatch(sentence.lower)
    if match is None:
        return None
    keys = sorted(sentence.around.live.report_keys)
    name = match["linked"] or match["sought"] or match["wanted"] or match["first"] or ""
    if name in _OF_NO_REPORT or (name and name not in keys):
        return None
    if name or len(keys) == 1:
        return Answerable(name or keys[0])
    return Asked(About.NAME, tuple(keys)) if keys else None
