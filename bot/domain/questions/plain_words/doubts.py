"""Words by which a sentence leaves open whether something is so: nothing said so is offered to be recorded."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import begun_by
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

_HALF_MEANT = "maybe|perhaps|possibly|probably|nearly|almost|mostly|half|partly|soon|hardly|except|yet"
# In an order to send, add or move something.
_IN_AN_ORDER = re.compile(rf"\b(?:{_HALF_MEANT}|barely|should be|never|not|no longer|whether)\b")
# In an order to give or take away access, where "not" and "no longer" say which.
_IN_A_GRANT = rf"\b(?:{_HALF_MEANT})\b"
_SUBJECTS = frozenset(("we", "i", "they", "who", "which", "that", "both"))
_YET = re.compile(r"\byet\b")
_STILL = re.compile(r"\bstill\b")
# "Has not accepted" may be no answer yet, and "is not accepted" too; "does not accept" is an answer.
_NO_ANSWER_PERHAPS = re.compile(
    r"\b(?:has|have|had|is|was|were|been) not (?:\w+ )?(?:accept|agree)(?:ed|s)?\b"
)
_STILL_NOT = re.compile(r"\bstill not (?:on board|signed up|agreed|accepted|in agreement)\b")
# "Cannot begin" and "should not accept" say what may be, and not what is.
_WHAT_MAY_BE = re.compile(r"\b(?:can|could|will|would|shall|should|must|may|might|need) not\b")


def leaves_doubt(sentence: Sentence) -> bool:
    """Return whether an order that records no state is doubted, denied or asked."""
    return _IN_AN_ORDER.search(sentence.spelt_out) is not None


def leaves_doubt_or_hedges(sentence: Sentence) -> bool:
    """Return whether an order that leads to no day is doubted, denied or asked; before a day "until" is no
    hedge."""
    return sentence.has(M.HEDGE) or leaves_doubt(sentence)


def is_a_doubtful_grant(sentence: Sentence) -> bool:
    return sentence.says(_IN_A_GRANT)


def is_doubtful(head: Sentence) -> bool:
    """Return whether a statement is hedged, forbidden, still open, or has a word before its state that may
    deny it."""
    return (
        _is_hedged(head)
        or _is_forbidden(head)
        or _has_a_strange_word_before_its_state(head)
        or _is_still_open(head)
    )


def denies(head: Sentence) -> bool:
    """Return whether a "not" stands beside the states, apart from those that say it already."""
    return head.has(M.NO_LONGER) or any(
        piece.means(M.NOT) and not piece.means(M.DECLINE, M.NOT_STARTED, M.OUTSTANDING)
        for piece in head.pieces
    )


def says_what_may_be(head: Sentence) -> bool:
    """Return whether a denial is of what may be; "cannot accept" and "will not accept" are answers."""
    is_an_answer = any(piece.key.startswith(("can not", "will not")) for piece in head.pieces)
    return not is_an_answer and _WHAT_MAY_BE.search(head.spelt_out) is not None


def may_be_no_answer_yet(head: Sentence) -> bool:
    return (
        _NO_ANSWER_PERHAPS.search(head.spelt_out) is not None or _STILL_NOT.search(head.spelt_out) is not None
    )


def _is_hedged(head: Sentence) -> bool:
    """Return whether it may not be so, or not yet: "we might", "next week", "nearly"."""
    return any(
        piece.means(M.HEDGE, M.SHOULD_BY_NOW) and not piece.means(M.NEUTRAL, *STAGES, *ANSWERS)
        for piece in head.pieces
    )


def _is_forbidden(head: Sentence) -> bool:
    """Whether something is forbidden: "don't accept 15" and "never accept" refuse nothing, as "we don't
    accept 15" does."""
    for before, piece, after in zip((None, *head.pieces), head.pieces, head.pieces[1:], strict=False):
        forbids = piece.key == "do" and after.means(M.NOT, M.DECLINE) and after.key.startswith("not")
        says_who = before is not None and (before.kind is PieceKind.NAME or before.key in _SUBJECTS)
        if forbids and not says_who:
            return True
    says_who = any(piece.kind is PieceKind.NAME or piece.key in _SUBJECTS for piece in head.pieces[:2])
    says_who = says_who or _SAYS_WHO_DOES_NOT.search(head.spelt_out) is not None
    return not says_who and re.search(r"\b(?:do not|never) (?:accept|agree)\b", head.spelt_out) is not None


# "Our position on 15 is that we do not accept it"
_SAYS_WHO_DOES_NOT = re.compile(r"\bthat (?:we|they) (?:do not|never) (?:accept|agree)\b")


def _has_a_strange_word_before_its_state(head: Sentence) -> bool:
    """Whether a word that is not known comes before the state, which it may deny: "we wudnt accept 15"."""
    before: Piece | None = None
    for piece in head.pieces:
        if piece.key == "only" and head.has(M.PARTLY):
            # "We only accept 15 in part" says no less than "in part".
            continue
        if piece.means(*STAGES, *ANSWERS):
            return (
                before is not None
                and (before.kind is PieceKind.UNKNOWN or before.key in _THINGS_OF_ITS_OWN)
                and not _excepts_it(head, before, piece)
                and not begun_by(before.key, head.around)
                and before.key not in _DECIDES
                and not _is_a_thing_of_it(head, before, piece)
            )
        if piece.kind is PieceKind.MARK or piece.key in ("so", "hence", "therefore"):
            before = None
        elif not (piece.means(M.NEUTRAL) or piece.kind is PieceKind.REF):
            before = piece
    return False


# "The service closed" tells of the service.
_THINGS_OF_ITS_OWN = frozenset(("the service", "service"))


def _excepts_it(head: Sentence, word: Piece, state: Piece) -> bool:
    """Whether the word is what is still left: "everything on 25 bar the training is finished"."""
    excepting = next((piece for piece in head.pieces if piece.means(M.EXCEPT)), None)
    number = next((piece for piece in head.pieces if piece.kind is PieceKind.REF), None)
    if excepting is None or number is None or not state.means(M.COMPLETE):
        return False
    return number.start < excepting.start < word.start


def _is_a_thing_of_it(head: Sentence, word: Piece, state: Piece) -> bool:
    """Whether the word is something that belongs to a recommendation, and has begun or is stuck: "recruitment for 15
    is under way"."""
    between = [piece for piece in head.pieces if word.end <= piece.start < state.start]
    leads_to_it = len(between) > 1 and between[0].key in _OF_IT and between[1].kind is PieceKind.REF
    return leads_to_it and state.means(M.STARTED, M.BLOCKED) and not state.means(M.NOT_STARTED)


# "Durham's board turned 15 down"
_DECIDES = frozenset(("board", "committee", "panel", "cabinet", "chair", "deputy", "executive", "exec"))
_OF_IT = frozenset(("for", "on", "of", "under"))


def _is_still_open(head: Sentence) -> bool:
    """Whether it leaves open what will be answered: "has yet to accept", "still does not accept". "Has not
    started yet" is plain."""
    refuses = head.has(M.DECLINE) or (head.has(M.ACCEPT) and denies(head))
    if _YET.search(head.spelt_out):
        return refuses or not (denies(head) or head.has(M.NOT_STARTED))
    return refuses and _STILL.search(head.spelt_out) is not None
