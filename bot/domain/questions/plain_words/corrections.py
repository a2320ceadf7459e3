"""What was said first and is put right in the same sentence: "we said in progress but it's complete now"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, state_of
from bot.domain.values import replace

_TURNS = frozenset(("but", ",", "-", "–", "—", "and", ";", "."))
# What was put down, thought or so before.
_BEFORE = re.compile(
    r"\b(?:disregard|ignore|forget|earlier|previous(?:ly)?|originally|initially|at first|formerly|did (?:say|put)|said|had said|put|had put|put down|told you|thought|had (?:it|this|that|us|them)|have (?:it|this|that|us|them|got)"
    r"|was|were|no longer|got over|past the|used to be|down as|marked|recorded|shown|showing|shows|says)\b"
)
_NOW = re.compile(
    r"\b(?:now|actually|in fact|really|should (?:be|say|read)|meant|turns out|it is|it's|its|they are|they're|make (?:it|that)|instead|back (?:in|to|on)|again)\b"
)


def as_it_is_now(sentence: Sentence) -> Sentence:
    """Return the sentence without the state that is no longer so, where a later one puts it right."""
    sentence = _without_what_it_is_not(_without_what_came_before(sentence))
    for place, piece in enumerate(sentence.pieces):
        if piece.key not in _TURNS:
            continue
        before, after = sentence.pieces[:place], sentence.pieces[place + 1 :]
        if not (any(map(state_of, before)) and any(map(state_of, after))):
            continue
        first, then = sentence.with_pieces(before), sentence.with_pieces(after)
        numbers_after = any(other.kind is PieceKind.REF for other in after)
        is_put_right = _BEFORE.search(first.spelt_out) and _NOW.search(then.spelt_out)
        if numbers_after or not (is_put_right or _is_not_but(first, then)):
            continue
        subjects = tuple(
            other
            for other in before
            if other.kind in (PieceKind.REF, PieceKind.NAME) or _is_subject(other.key)
        )
        if first.has(M.BLOCKED):
            after = tuple(_as_out_of_the_way(other) for other in after)
        return sentence.with_pieces((*subjects, *after))
    return sentence


# "16 was stuck on procurement, sorted now": what was in its way is, and not the recommendation.
_OUT_OF_THE_WAY = ("sorted", "all sorted", "resolved", "cleared", "fixed")


def _as_out_of_the_way(piece: Piece) -> Piece:
    is_sorted = piece.means(M.COMPLETE) and piece.key.startswith(_OUT_OF_THE_WAY)
    return replace(piece, meanings=frozenset((M.UNBLOCKED,))) if is_sorted else piece


def _is_not_but(first: Sentence, then: Sentence) -> bool:
    """Whether a state is denied and another of its kind said instead: "they aren't refusing 16, they accept it"."""
    before = [piece for piece in first.pieces if state_of(piece)]
    after = [piece for piece in then.pieces if state_of(piece)]
    if len(before) != 1 or len(after) != 1 or not first.has(M.NOT) or then.has(M.NOT, M.NO_LONGER, M.HEDGE):
        return False
    is_of_a_kind = any(before[0].means(*kind) and after[0].means(*kind) for kind in (ANSWERS, STAGES))
    is_another = before[0].meanings.isdisjoint(after[0].meanings)
    denial = next(piece for piece in first.pieces if piece.means(M.NOT))
    goes_on = next((piece for piece in then.pieces if not piece.means(M.OWN)), None)
    says_who = bool(then.pieces) and (then.pieces[0].key in _SAYS_WHO or goes_on is after[0])
    return is_of_a_kind and is_another and denial.end <= before[0].start and says_who


_SAYS_WHO = frozenset(("they", "it", "we", "he", "she", "that", "this", "it is", "they are", "we are"))
_AFTER_BEING = re.compile(
    r"\b(?:after (?:being|having been|a (?:while|time|spell|period) (?:of )?(?:being )?|weeks (?:of )?|months (?:of )?|a )|having been)\b"
    r"|[,;(–-] ?(?:it |they |we |that |which )?(?:was|were|had been|previously|formerly|used to be)\b(?: (?:previously|formerly|before|only))?",
    re.IGNORECASE,
)


def _without_what_came_before(sentence: Sentence) -> Sentence:
    """Return "back on track with 25" for "back on track with 25 after being blocked"."""
    match = _AFTER_BEING.search(sentence.text)
    if match is None:
        return sentence
    before = tuple(piece for piece in sentence.pieces if piece.end <= match.start())
    after = tuple(piece for piece in sentence.pieces if piece.start >= match.end())
    is_told_before = any(map(state_of, before)) and any(piece.kind is PieceKind.REF for piece in before)
    only_says_what_it_was = (
        len(after) > 0 and state_of(after[0]) is not None and not any(p.ref for p in after)
    )
    return sentence.with_pieces(before) if is_told_before and only_says_what_it_was else sentence


def _without_what_it_is_not(sentence: Sentence) -> Sentence:
    """Return "25 should read in progress" for "25 should read in progress not blocked"."""
    pieces = [piece for piece in sentence.pieces if piece.kind is not PieceKind.MARK]
    if len(pieces) < 4 or not sentence.has(M.MARK):
        return sentence
    state, denial, denied = pieces[-3:]
    says_both = state_of(state) is not None and state_of(denied) is not None
    if not says_both or denial.key != "not" or not state.meanings.isdisjoint(denied.meanings):
        return sentence
    if any(state_of(piece) or piece.means(M.NOT, M.NO_LONGER, M.HEDGE) for piece in pieces[:-3]):
        return sentence
    return sentence.with_pieces(tuple(pieces[:-2]))


def _is_subject(key: str) -> bool:
    return key.split(" ", maxsplit=1)[0] in ("we", "our", "us", "i", "my")
