"""Words by which a sentence leaves open whether something is so: nothing said so is offered to be recorded."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

# In an order to send, add or move something.
_IN_AN_ORDER = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|nearly|almost|mostly|half|partly|soon|hardly|barely|should be|never|not"
    r"|no longer|except|yet|whether)\b"
)
_SUBJECTS = frozenset(("we", "i", "they", "who", "which", "that", "both"))
_YET = re.compile(r"\byet\b")
# "Has not accepted" may be no answer yet, and "is not accepted" too; "does not accept" is an answer.
_NO_ANSWER_PERHAPS = re.compile(
    r"\b(?:has|have|had|is|was|were|been) not (?:\w+ )?(?:accept|agree)(?:ed|s)?\b|\bnot yet\b"
)
# "Cannot begin" and "should not accept" say what may be, and not what is.
_WHAT_MAY_BE = re.compile(r"\b(?:can|could|will|would|shall|should|must|may|might|need) not\b")


def leaves_doubt(sentence: Sentence) -> bool:
    """Whether an order that records no state is doubted, denied or asked."""
    return _IN_AN_ORDER.search(sentence.spelt_out) is not None


def is_doubtful(head: Sentence) -> bool:
    """Whether a statement is hedged, forbidden, or has a word before its state that may deny it."""
    return (
        _is_hedged(head)
        or _is_forbidden(head)
        or _has_a_strange_word_before_its_state(head)
        or _excepts_its_own_body(head)
        or (_YET.search(head.spelt_out) is not None and not denies(head))
    )


def denies(head: Sentence) -> bool:
    """Whether a "not" stands beside the states, apart from those that say it already."""
    return head.has(M.NO_LONGER) or any(
        piece.means(M.NOT) and not piece.means(M.DECLINE, M.NOT_STARTED, M.OUTSTANDING)
        for piece in head.pieces
    )


def says_what_may_be(head: Sentence) -> bool:
    """Whether a denial is of what may be; "cannot accept" and "will not accept" are answers."""
    return not any(piece.key.startswith(("can not", "will not")) for piece in head.pieces) and _says_may(head)


def _says_may(head: Sentence) -> bool:
    return _WHAT_MAY_BE.search(head.spelt_out) is not None


def may_be_no_answer_yet(head: Sentence) -> bool:
    return _NO_ANSWER_PERHAPS.search(head.spelt_out) is not None


def _is_hedged(head: Sentence) -> bool:
    """Whether it may not be so, or not yet: "we might", "next week", "nearly"."""
    return any(
        piece.means(M.HEDGE, M.SHOULD_BY_NOW) and not piece.means(M.NEUTRAL, *STAGES, *ANSWERS)
        for piece in head.pieces
    )


def _is_forbidden(head: Sentence) -> bool:
    """ "Don't accept 15" is no refusal, and "never accept" neither; "we don't accept 15" is one."""
    for before, piece, after in zip((None, *head.pieces), head.pieces, head.pieces[1:], strict=False):
        forbids = piece.key == "do" and after.means(M.NOT, M.DECLINE) and after.key.startswith("not")
        says_who = before is not None and (before.kind is PieceKind.NAME or before.key in _SUBJECTS)
        if forbids and not says_who:
            return True
    says_who = any(piece.kind is PieceKind.NAME or piece.key in _SUBJECTS for piece in head.pieces[:2])
    return not says_who and re.search(r"\b(?:do not|never) (?:accept|agree)\b", head.spelt_out) is not None


def _has_a_strange_word_before_its_state(head: Sentence) -> bool:
    """A word that is not known may deny what follows it: "we wudnt accept 15"."""
    before: Piece | None = None
    for piece in head.pieces:
        if piece.means(*STAGES, *ANSWERS):
            return before is not None and before.kind is PieceKind.UNKNOWN
        if piece.kind is PieceKind.MARK:
            before = None
        elif not (piece.means(M.NEUTRAL) or piece.kind is PieceKind.REF):
            before = piece
    return False


def _excepts_its_own_body(head: Sentence) -> bool:
    """ "Done except Kent" is not said of Kent; what is left of a state but completion is no state at all."""
    if not head.has(M.EXCEPT):
        return False
    names = (body for piece in named_places(head).excepted for body in piece.bodies if body.slug == piece.key)
    return not head.has(M.COMPLETE) or any(names)
