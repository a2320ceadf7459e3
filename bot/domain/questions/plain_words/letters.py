"""The letter that answers a report: "I need the letter for Donna to sign", "run off the stalking letter", "edit its frame"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import not_yours
from bot.domain.questions.plain_words.recorders import joined
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.times import behind
from bot.domain.questions.plain_words.understanding import Answerable, Understanding
from bot.domain.questions.written import day_words

# A letter as the form of a file, and a letter of somebody else's.
_ANOTHER = re.compile(
    r"\b(?:as a letter|letter (?:format|version|form)|in a letter|their letter|his letter|her letter|letters? from|by letter|my letter|see (?:the |our )?letter|letterhead|cover(?:ing)? letter|letter (?:i|we|they|he|she) )"
)
# Beside the letter, its report and its day nothing else may be said.
_SMALL_WORDS = re.compile(
    r"(?:\b(?:please|pls|thanks|thank you|hi|hello|ok|can|could|may|would|like|love|i|we|you|me|us|to|for|of|on|in|the|a|an|our|this|that|and|it|as|at|is|has|be|been"
    r"|get|give|send|show|have|see|need|want|bring|pull|up|run|off|out|print|produce|generate|make|create|do|draw|prepare|open|find|where|where's|what|does|look|looks|like|say|says"
    r"|letter|response|reply|formal|final|official|association|association's|apcc|apcc's|report|word|document|file|copy|ready|yet|done|finished|sign|signed|signing|signature|now|today|as|it|stood|was|were|did|late|latest|current|next"
    r"|inspectorate|hmicfrs|iopc|home secretary|register)\b|[\s.,!?'’])*"
)
_FOR_SOMEBODY_TO_SIGN = re.compile(r"\bfor (?:the )?[a-z]+(?: [a-z]+)? to sign\b")
_FRAME = re.compile(
    r"(?:(?:please|pls|can you|could you|can i|could i|i want to|i need to|i'd like to|we need to|let me|how about we)[ ,]+)*(?:change|edit|alter|update|set|write|amend|open|see|show|fill in|correct|fix|reword|put)\b"
    r".*\b(?:letter'?s? frame|frame of the letter|frame for the letter|(?:opening|closing|signatory|addressees?|position|signature|wording|text)(?: block)? (?:of|on|in|for) (?:the |our )?(?:[a-z]+ )?letter|letter'?s (?:opening|closing|signatory|addressees?|position))\b"
)


def letter_in(sentence: Sentence) -> Understanding | None:
    """Answer with the letter or the form of its frame; None where another letter is meant."""
    text = sentence.lower
    if not re.search(r"\bletter\b", text) or _ANOTHER.search(text):
        return None
    if sentence.bodies or sentence.named_refs or sentence.has(M.NOT, M.NO_LONGER):
        return None
    is_frame = _FRAME.match(text) is not None
    if not is_frame and not _SMALL_WORDS.fullmatch(_beside_what_is_named(sentence)):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    report = sentence.reports[0].key if sentence.reports else ""
    if is_frame:
        return Answerable(joined("letter frame", report))
    spans = [behind(day) for day in sentence.days]
    if not spans:
        return Answerable(joined("letter", report))
    span = spans[0]
    return Answerable(joined("letter", report, f"as at {day_words(span.last)}")) if span else None


def _beside_what_is_named(sentence: Sentence) -> str:
    """Return the words beside the report and the day, and beside who is to sign."""
    words = sentence.text
    for piece in reversed(sentence.of_kind(PieceKind.NAME, PieceKind.DAY)):
        words = f"{words[: piece.start]} {words[piece.end :]}"
    return _FOR_SOMEBODY_TO_SIGN.sub("", words.casefold().replace("’", "'"))
