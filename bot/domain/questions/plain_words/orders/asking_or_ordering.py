"""Whether a sentence asks or orders: "give Kent till 30 April" orders, "15 is done in Kent, who else" asks."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.parts import statement_of


def asks_before_its_text(sentence: Sentence) -> bool:
    """Whether it asks before its text begins: "we cannot accept 16 because the force does it", "15 is done: what was
    missing is in place"."""
    if not sentence.asks or (
        sentence.has_question_mark and not _marks_its_question_before_its_text(sentence)
    ):
        return sentence.asks
    statement = statement_of(sentence.as_a_statement())
    if statement.turns_with == "but" and statement.head.has(M.OWN):
        return statement.head.asks or statement.tail.has(*_ASKING_WORDS)
    if statement.turns_with in _LEADS_TO_A_REASON:
        return statement.head.asks
    return statement.head.asks or not statement.turns_with or _begins_by_asking(statement.tail)


_LEADS_TO_A_REASON = frozenset(
    ("because", "due", "owing", ":", "on", "for", "in", "since", "given", "citing", "considering")
)


def _marks_its_question_before_its_text(sentence: Sentence) -> bool:
    """Whether its mark stands before its text: "can we have another month on 16? Procurement was held up"."""
    last = next((piece for piece in reversed(sentence.pieces)), None)
    return sentence.asks_politely and last is not None and last.key != "?"


def _begins_by_asking(tail: Sentence) -> bool:
    """Whether what follows a comma or a dash asks: "15 is done in Kent, who else"; "they say it was easy" does not."""
    if tail.has_question_mark or tail.asks_in_a_later_clause:
        return True
    if tail.begins_with_an_auxiliary and not _HAD_A_THING.match(tail.head):
        return True
    if _WHAT_IS_A_SUBJECT.match(tail.spelt_out) or _GIVES_ITS_REASON.match(tail.head):
        return False
    if tail.begins_clauses_with(*_ASKING_WORDS) or _only_hearsay(tail):
        return True
    return tail.begins_clauses_with(M.TELL) and not _BEGINS_WITH_A_SUBJECT.match(tail.head)


# "They already run a panel" tells what they do.
_BEGINS_WITH_A_SUBJECT = re.compile(r"(?:as |that )?(?:they|we|he|she|it|i|the|our|their|there)\b")


# "Had the first meeting on Thursday" tells, and "had the force accepted" asks.
_HAD_A_THING = re.compile(
    r"(?:had|have) (?:a|an|our|my|one|two|three|(?:the )?(?:first|second|last|next|final|kick[ -]?off|opening|initial))\b"
)
_GIVES_ITS_REASON = re.compile(r"(?:the |our |their )?reasons? ?(?::|is\b|was\b|being\b)")
# "What was missing is in place now" asks nothing.
_WHAT_IS_A_SUBJECT = re.compile(
    r"what(?:ever)? (?:was|were|is|had been|we|they|it)\b.*\b(?:is|are|has|have|was|were|will)\b"
)


def _only_hearsay(tail: Sentence) -> bool:
    """Whether it only tells what somebody said: "they say"; with words of its own it is a reason."""
    return all(piece.kind is PieceKind.MARK or piece.means(M.HEARSAY, M.NEUTRAL) for piece in tail.pieces)


_ASKING_WORDS = (M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.WHY, M.HOW, M.HOW_MANY, M.ANY, M.WHETHER)
_TELL_IN_ORDERS = ("give", "open", "let", "show us as", "can we have", "could we have", "can i have")


def orders_although_it_seems_to_ask(sentence: Sentence) -> bool:
    """Whether it is an order although it may look like a question: "give Kent till 30 April", "let me know
    that we've done 15"."""
    if sentence.has_question_mark or sentence.has_asking_word or sentence.asks_in_a_later_clause:
        return False
    telling = (piece for piece in sentence.pieces if piece.means(M.TELL) and not piece.means(M.NEUTRAL))
    if not all(piece.key.startswith(_TELL_IN_ORDERS) for piece in telling):
        return False
    says_it_of_itself = bool(sentence.asker.bodies) and _HAS_DONE.match(sentence.lower) is not None
    return not sentence.begins_with_an_auxiliary or says_it_of_itself or sentence.says(r"^do(?: not|n'?t)\b")


# "Have started work on 15", of somebody who speaks for a body
_HAS_DONE = re.compile(
    r"(?:have|has) (?:now |just |also |already )*(?:started|begun|finished|completed|accepted|agreed|declined|rejected|delivered|made a start|kicked off)\b"
)
