"""What asks for a weekly message: "tell me weekly about Kent", "please follow 15"."""

import re

from bot.domain.questions.grammar.command import unmistakable
from bot.domain.questions.names import Named
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Offered, Understanding

_ORDERS = re.compile(
    r"(?:(?:please|pls|can you|could you|can i|could i|i'd like to|i would like to|i want to|we want to) )*"
    r"(?:follow|subscribe(?: me| us)? to|(?P<tell>(?:tell|inform|update|notify|message|send|give|write to)"
    r" (?:me|us)|let (?:me|us) know|keep (?:me|us) (?:posted|informed|updated|up to date)))(?= |$)"
)
_WEEKLY = re.compile(r"\b(?:weekly|(?:every|each|once a|once per|per) week)\b")
# Beside what is followed nothing else may be said.
_SMALL_WORDS = re.compile(
    r"(?:\b(?:what|how|that|which|has|have|is|are|any|all|the|a|an|one|about|on|of|with|for|in|to|me|us|please|pls"
    r"|thanks|changes?|changed|changing|moves?|moved|happens|happening|happened|goes|going|doing|gets|getting"
    r"|news|updates?|progress|message|summary|note|line|everything|anything|recommendations?|recs?|report|body)\b"
    r"|[\s.,!?])*"
)


def follow_in(sentence: Sentence) -> Understanding | None:
    """Offer a weekly message about the one thing that is named; None where anything else is said."""
    match = _ORDERS.match(sentence.lower)
    if match is None or (match["tell"] and not _WEEKLY.search(sentence.lower)):
        return None
    subjects = sentence.of_kind(PieceKind.REF, PieceKind.NAME)
    if len(subjects) != 1:
        return None
    (subject,) = subjects
    beside = f"{sentence.text[: subject.start]} {sentence.text[subject.end :]}"
    words = " ".join(beside.casefold().replace("’", "'").split()).removeprefix(match[0].strip())
    if not _SMALL_WORDS.fullmatch(_WEEKLY.sub(" ", words)):
        return None
    if subject.ref:
        return Offered((joined("follow", subject.ref),))
    named: tuple[Named, ...] = (*subject.bodies, *subject.regions, *subject.reports)
    return Offered(tuple(joined("follow", unmistakable(meaning)) for meaning in named))
