"""What would hold if something came about, which no register tells: "if Gwent pull out, are we still all 43"."""

import re
from itertools import pairwise

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import nearest, not_understood
from bot.domain.questions.plain_words.sentence import AUXILIARIES, QUESTION_WORDS, Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.questions.plain_words.understanding import NotAnswered, Understanding, WhyNot

# "If Essex decline 16 do we have to tell the inspectorate"
_WHAT_WOULD_FOLLOW = re.compile(
    r"(?:so |and |but )*(?:if|supposing|suppose|say|assuming) (?P<who>[\w&' -]{2,40}?) (?:\w+s?|do(?:es)? not \w+|say \w+|says \w+) .*\b(?:do|should|must|can|will|would|does|could|shall|may) (?:we|i|it|they|you|the|he|she|anyone|anybody)\b"
)
# "Say we accepted 16, would that count"
_SUPPOSES = re.compile(
    r"(?:so |ok |and )?(?:say|suppose|imagine|pretend|if) (?:we|they|i|[a-z-]+)\b.*\b(?:would|could|might)\b"
)
# "Unless it is overdue", "who would be late if it were due today"; not "I would be glad if you could"
_ON_CONDITION = re.compile(
    r"\bunless\b|\bwould (?!you\b|like\b|be (?:grateful|glad|good|useful|helpful|nice|great|pleased)\b)[^?]*\bif (?!you\b|i\b|we (?:could|can|may)\b|possible\b)"
    r"|\bif (?:it|they|that|this|everyone|everybody|nobody|all of them) (?:were|was|had been)\b"
)
# "If I could see the Kent list", "if it's not too much trouble" ask politely.
_IS_POLITE = re.compile(
    r"\bif (?:(?:i|we) (?:could|can|may|might|am not|are not)|it is not|that is|it is (?:ok|okay|easier|possible))\b"
)
_WHO_MAY_DO_IT = (M.OWN, M.EVERYONE, M.BODY_WORD, M.MAYORS, M.COMMISSIONERS, M.WELSH, M.ENGLISH)
_THEY = frozenset(("they", "it", "he", "she", "that", "this", "a", "an", "another", "somebody", "someone"))
_JOINS = frozenset(("and", "but", "so", "ok", "then", "also"))
_DENIAL = frozenset((M.NOT,))
_ASKED_BEFORE = frozenset((*STATES, M.OVERDUE, M.WAITING, M.DUE, M.EVERYONE, M.BODY_WORD)) - {
    M.CHECKED,
    M.NOT_CHECKED,
}


def what_would_follow(sentence: Sentence) -> Understanding | None:
    """Answer nothing to what would follow if something came about: it asks for advice, and not how it stands."""
    if sentence.names and sentence.has(*STATES) and _WHAT_WOULD_FOLLOW.match(sentence.lower):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if sentence.asks and _ON_CONDITION.search(sentence.spelt_out):
        return not_understood(sentence)
    if _SUPPOSES.match(sentence.lower) or (sentence.asks and _depends_on_what_somebody_does(sentence)):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    return None


def _depends_on_what_somebody_does(sentence: Sentence) -> bool:
    """Whether a clause says with "if" on what an answer depends; "tell me if Kent has accepted" asks whether."""
    if _IS_POLITE.search(sentence.spelt_out):
        return False
    pieces = [piece for piece in sentence.pieces if piece.meanings != _DENIAL]
    return any(
        first.key == "if"
        and _may_do_it(second)
        and (_asks_before(pieces[:place]) or _asks_after(pieces[:place], pieces[place + 2 :]))
        for place, (first, second) in enumerate(pairwise(pieces))
    )


def _may_do_it(piece: Piece) -> bool:
    return piece.kind is PieceKind.NAME or piece.means(*_WHO_MAY_DO_IT) or piece.key in _THEY


def _asks_before(before: list[Piece]) -> bool:
    """Whether a whole question stands before "if": "are we late if we …", and not "do we know if we …"."""
    return (
        any(piece.kind is PieceKind.REF or piece.means(*_ASKED_BEFORE) for piece in before)
        and before[-1].kind is not PieceKind.MARK
        and not before[-1].means(M.TELL, M.WHETHER, M.HEDGE, M.WORDING)
    )


def _asks_after(before: list[Piece], after: list[Piece]) -> bool:
    """Whether "if" begins its sentence and a question follows in it: "if Gwent pull out do we …"."""
    begins = all(piece.kind is PieceKind.MARK or piece.key in _JOINS for piece in before)
    return begins and any(
        first.means(*QUESTION_WORDS) or (first.key in AUXILIARIES and _may_do_it(second))
        for first, second in pairwise(after)
    )
