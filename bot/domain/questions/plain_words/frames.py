"""What people say around a question and what asks nothing of its own: "press enquiry:", "for the panel on Thursday",
"so I can brief the minister", "thanks Kim".

A sentence that is not understood is read once more without it. What is left out names nothing, denies nothing and
narrows nothing; so an answer without it is an answer to all that was asked."""

import re

from bot.domain.questions.plain_words.frame_patterns import (
    BEGINNINGS,
    ENDINGS,
    INSERTIONS,
    REQUESTED,
    REQUESTS,
    WHAT_IS_FORGOTTEN,
)
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import QUESTION_WORDS, Sentence
from bot.domain.questions.plain_words.states import STATES

# What a label before a colon may be of; anything else may be what is asked about.
_LABEL = re.compile(
    r"\b(?:journalist|reporter|caller|councillor|mp\b|auditor|on the (?:line|phone)|calling|waiting on|enquir\w*|inquir\w*|quer(?:y|ies)|questions?|q|requests?|calls?|papers?|briefings?|meetings?|urgent|quick|prep|board|panel"
    r"|committee|minister\w*|commissioner\w*|chief\w*|boss\w*|press|media|pq|foi|reminder|one for|help|sanity check|check|curious"
    r"|morning|afternoon|hello|hi|fyi|note to self|thought|update needed|new here|me again|another one|last one|next one|ps|pps"
    r"|for info|for the)\b"
)
_SAYS_SOMETHING = (
    *(M.NOT, M.NO_LONGER, M.EXCEPT, M.HEDGE, M.SEARCH, M.OVERDUE, M.WAITING, M.EXTENSION, M.REMIND, M.GRANT),
    *(M.REVOKE, M.UNDO, M.REDACT, M.WITHDRAW, M.REOPEN, *STATES),
)


# Marks that a telephone has written out: "fifteen full stop we accept it".
_MARK_OF = {"full stop": ".", "question mark": "?", "exclamation mark": "!", "new line": ".", "comma": ","}
_DICTATED = re.compile(r"\s*\b(full stop|question mark|exclamation mark|new line|comma)\b", re.IGNORECASE)


def without_frames(sentence: Sentence) -> str:
    """Return the text without what is said around it; empty where nothing is."""
    text = sentence.straight.strip()
    text = _DICTATED.sub(lambda match: _MARK_OF[match[1].casefold()], text)
    left = _without_beginnings(text, sentence)
    for name, pattern in INSERTIONS.items():
        match = pattern.search(left)
        if match and match.start() and _names_nothing(match[0], sentence):
            left = left[: match.start()] + " " + left[match.end() :]
            left += "?" if name == WHAT_IS_FORGOTTEN else ""
    left = _without_a_request(left, sentence)
    for pattern in ENDINGS.values():
        match = pattern.search(left)
        if match is None or not match.start():
            continue
        is_denied_of_a_part = match.groupdict().get("denied") and _names_a_part(
            left[: match.start()], sentence
        )
        if is_denied_of_a_part or _says_nothing(match[0], None, sentence):
            left = left[: match.start()] + match["marks"]
    return left if left != sentence.straight.strip() and left.strip(" .!?,") else ""


def _without_beginnings(text: str, sentence: Sentence) -> str:
    left = text
    for pattern in BEGINNINGS.values():
        match = pattern.match(left)
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("mood"):
            says_nothing = _is_only_a_mood(groups["mood"], sentence)
        else:
            says_nothing = bool(
                groups.get("denied") or groups.get("set_aside") or groups.get("formal")
            ) or _says_nothing(match[0], groups.get("label"), sentence)
        if says_nothing:
            left = left[match.end() :]
    return left


_MOST_REQUESTS = 2


def _without_a_request(text: str, sentence: Sentence) -> str:
    """Return "tell me how 16 stands" for "could you kindly let me know how 16 stands": it stays a question."""
    left = text
    for _ in range(_MOST_REQUESTS):
        matches = (pattern.match(left) for pattern in REQUESTS.values())
        match = next((match for match in matches if match and _names_nothing(match[0], sentence)), None)
        if match is None or _wants_it_so(match[0], left[match.end() :], sentence):
            break
        left = left[match.end() :]
    return left if left == text else REQUESTED + left


_TO_HAVE = re.compile(
    r"(?!(?:so |and )*(?:is|can|could|may|would|will|do)\b).*\b(?:get|have|getting|having|say|saying|see|seeing|obtain)(?: (?:that|the))? $",
    re.IGNORECASE,
)


def _wants_it_so(request: str, left: str, sentence: Sentence) -> bool:
    """Whether a wish is for a state, and not to be told of it: "we're hoping to get" before "16 agreed"."""
    if _TO_HAVE.match(request) is None:
        return False
    wanted = Sentence.of(left, sentence.asker, sentence.around)
    return wanted.has(*STATES) and not wanted.has(M.LISTED, M.HISTORY, M.FILE, *QUESTION_WORDS)


def _is_only_a_mood(words: str, sentence: Sentence) -> bool:
    """Whether a sentence of its own before the question asks and says nothing that is known: "knackered."."""
    part = Sentence.of(words, sentence.asker, sentence.around)
    return all(piece.kind is PieceKind.UNKNOWN or piece.means(M.NEUTRAL, M.FILLER) for piece in part.pieces)


def _names_a_part(text: str, sentence: Sentence) -> bool:
    """Whether a text is of some body already, so that "not the whole lot" after it denies nothing."""
    part = Sentence.of(text, sentence.asker, sentence.around)
    return bool(part.names or part.own_bodies)


def _names_nothing(words: str, sentence: Sentence) -> bool:
    part = Sentence.of(words, sentence.asker, sentence.around)
    return not part.of_kind(
        PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.PERSON, PieceKind.STRANGE
    )


def _says_nothing(words: str, label: str | None, sentence: Sentence) -> bool:
    if label is not None and not _LABEL.search(label.casefold()):
        return False
    part = Sentence.of(words, sentence.asker, sentence.around)
    names = part.of_kind(PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.PERSON, PieceKind.STRANGE)
    return not names and not any(
        piece.means(*_SAYS_SOMETHING) and not piece.means(M.NEUTRAL, M.FILLER) for piece in part.pieces
    )
