"""Who is late, was done late, will be late or asked for more time."""

import re

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Shape
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.marks import with_condition
from bot.domain.questions.plain_words.asking.states import several_conditions
from bot.domain.questions.plain_words.asking.subjects import (
    AT_ANY_TIME,
    Built,
    about,
    at_any_time,
    bodies_meant,
    counted,
)
from bot.domain.questions.plain_words.conditions import conditions_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import answered_for_places, is_excepting
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import is_negated

# "Done, but after the date" is still of what was done.
_JOINED = r"\b(?:and|or|but(?! (?:only |just )?(?:after|late|past)\b))\b"
_DONE = re.compile(r"(?:ed|done|shed)$")


def _was_done_late(sentence: Sentence) -> bool:
    """Tell what was done late ("finished after the deadline") from what is not done ("late with
    finishing")."""
    done = next(
        (piece for piece in sentence.pieces if piece.means(M.COMPLETE) and _DONE.search(piece.key)), None
    )
    if done is None or (
        sentence.has(M.NOT, M.SHOULD_BY_NOW) and not sentence.says(r"after the (?:deadline|date)")
    ):
        return False
    return not is_negated(sentence) and any(
        piece.means(M.OVERDUE) and piece.start > done.start and not sentence.says(_JOINED)
        for piece in sentence.pieces
    )


_WILL_BE_LATE = re.compile(
    r"\b(?:will|might|could|may|going to|likely to)\b.*\b(?:be|run|go|running) (?:late|overdue|behind)\b"
)


# "Who is planning to finish 15 after the deadline"
_WILL_FINISH_LATE = re.compile(
    r"\b(?:expect\w*|plan\w*|aim\w*|will|going|due|set|likely|hop\w*|intend\w*) (?:to )?(?:be )?(?:finish\w*|done|complete\w*|ready|deliver\w*)\b"
    r".*\b(?:after|past|beyond) (?:the|its|their) (?:deadline|date|due date)\b"
)


# "16 is delayed", said by a contact
_SAYS_IT_IS_LATE = re.compile(
    r"\b(?:is|are|was|am|has been|have been) (?:now |already |still |a bit |slightly |running )*(?:late|delayed|behind|overdue)\b"
)
# "Who should have finished 16 and has not"
_SHOULD_BUT_HAS_NOT = re.compile(
    r"\b(?:should|ought to|supposed to|meant to|had to) (?:have|be)\b.*\b(?:and|but|yet)\b.*\b(?:has|have|did|is|are) not(?: yet| done (?:so|it))?\W*$"
)
# "Who was late but has since finished"
_WAS_LATE_BUT_DID_IT = re.compile(
    r"\b(?:was|were|been) (?:\w+ )?(?:late|overdue|behind)\b.*\b(?:but|and|then|though|yet)\b.*\b(?:has|have|is|are|did|since|now|eventually|finally|later)\b"
)


# "How many were on time and how many late", "two weeks before 15 is due who was not done"
_IS_OF_ANOTHER_TIME = re.compile(
    r"\b(?:on|in) time\b.*\b(?:late|overdue)\b|\b(?:late|overdue)\b.*\b(?:on|in) time\b|\b(?:days?|weeks?|months?) before\b.*\bdue\b"
)


def overdue(sentence: Sentence) -> Built:
    if AT_ANY_TIME.search(sentence.lower):
        return at_any_time(sentence)
    states_it = sentence.asker.bodies and not sentence.asks
    if (states_it and _SAYS_IT_IS_LATE.search(sentence.spelt_out)) or _IS_OF_ANOTHER_TIME.search(
        sentence.spelt_out
    ):
        return None
    if _WILL_BE_LATE.search(sentence.spelt_out) or _WILL_FINISH_LATE.search(sentence.spelt_out):
        is_denied_of_all = is_negated(sentence) and not bodies_meant(sentence)
        if is_denied_of_all or not (sentence.asks or sentence.has(M.LISTED, M.BODY_WORD)):
            # "16 might be late" asks nothing.
            return None
        return about(sentence) if bodies_meant(sentence) else with_condition(State.EXPECTED_LATE)(sentence)
    if _SHOULD_BUT_HAS_NOT.search(sentence.spelt_out):
        return counted(sentence, about(sentence, conditions=(State.OVERDUE,))) if not sentence.days else None
    if (
        _WAS_LATE_BUT_DID_IT.search(sentence.spelt_out)
        and sentence.has(M.COMPLETE)
        and not is_negated(sentence)
    ):
        return with_condition(State.DONE_LATE)(sentence) if not bodies_meant(sentence) else about(sentence)
    conditions = conditions_in(sentence)
    if State.NOT_OVERDUE in conditions and len(conditions) > 1:
        return several_conditions(sentence)
    if _was_done_late(sentence):
        return with_condition(State.DONE_LATE)(sentence) if not bodies_meant(sentence) else about(sentence)
    if not sentence.has(M.OVERDUE) and not (sentence.has(M.NOT) and sentence.has(M.COMPLETE)):
        return None
    if is_negated(sentence) and not sentence.has(M.COMPLETE, M.RESPOND, M.STARTED, M.SHOULD_BY_NOW):
        if sentence.has(M.BY_REGION):
            return about(sentence, conditions=(State.OVERDUE,), shape=Shape.BY_REGION)
        return about(sentence, conditions=(State.NOT_OVERDUE,))
    time = times.overdue_as_at(sentence)
    if time is None:
        return None
    question = about(sentence, conditions=(State.OVERDUE,), time=time)
    return counted(sentence, question)


def _misses_something_else(sentence: Sentence) -> bool:
    """Whether what is missed is no deadline: "who will miss the meeting", "who will miss Kent"."""
    place = next(
        (place for place, piece in enumerate(sentence.pieces) if piece.key.endswith(("miss", "missing"))),
        None,
    )
    if place is None:
        return False
    after = next((piece for piece in sentence.pieces[place + 1 :] if piece.key != "the"), None)
    is_a_deadline = (
        after is None
        or after.kind in (PieceKind.REF, PieceKind.DAY, PieceKind.MARK)
        or after.means(M.DUE, M.OVERDUE)
        or after.key in ("it", "theirs", "on", "with", "out", "this", "that")
    )
    return not is_a_deadline


def expected_late(sentence: Sentence) -> Built:
    """Ask who expects to be late; None for a body of which that is only said: "Kent think they'll be late on 15"."""
    if bodies_meant(sentence) and not (sentence.asks or sentence.has(M.LISTED)):
        return None
    if _misses_something_else(sentence):
        return None
    if sentence.days:
        # "Who is going to miss 27 March" names the deadline itself.
        is_its_own = all(times.is_a_deadline(day, sentence) for day in sentence.days)
        return about(sentence, conditions=(State.EXPECTED_LATE,)) if is_its_own else None
    return with_condition(State.EXPECTED_LATE)(sentence)


def extensions(sentence: Sentence) -> Built:
    if _TO_BE_DECIDED.match(sentence.lower):
        # "Approve the Surrey extension": it is decided where the requests are listed.
        return about(sentence, conditions=(State.EXTENSIONS,))
    if sentence.refs and bodies_meant(sentence):
        return about(sentence)
    if is_negated(sentence):
        return None
    is_given = _WAS_GIVEN.search(sentence.spelt_out) and not _WAS_ASKED.search(sentence.spelt_out)
    return about(sentence, conditions=(State.EXTENDED if is_given else State.EXTENSIONS,))


_TO_BE_DECIDED = re.compile(
    r"(?:please |pls |i want to |i'd like to )?(?:approve|grant|agree|agree to|allow|ok|okay|sign off|refuse|reject|decline|decide)\b"
)
_WAS_GIVEN = re.compile(
    r"\b(?:given|gave|granted|allowed|got|had|been extended|were extended|have been moved)\b"
)
_WAS_ASKED = re.compile(
    r"\b(?:ask\w*|request\w*|want\w*|need\w*|wait\w*|appl\w*|seek\w*|sought|decide|pending|put in)\b"
)


def late_but_not_extended(sentence: Sentence) -> Built:
    """Ask for what is overdue, without what is taken away: something extended is not late until its new
    day."""
    if not is_excepting(sentence) and not _denies_an_extension(sentence):
        return None
    rest = sentence.with_pieces(
        tuple(piece for piece in sentence.pieces if not piece.means(M.EXCEPT, M.EXTENSION, M.NOT))
    )
    return answered_for_places(rest, about(rest, conditions=(State.OVERDUE,)))


def _denies_an_extension(sentence: Sentence) -> bool:
    """Whether an extension is denied, and nothing else is: "late and no extension", "overdue without more time"."""
    denials = [
        place
        for place, piece in enumerate(sentence.pieces)
        if piece.means(M.NOT) or piece.key in ("but not", "and not")
    ]
    if len(denials) != 1:
        return False
    after = (
        piece
        for piece in sentence.pieces[denials[0] + 1 :]
        if not piece.means(M.NEUTRAL, M.GRANT, M.LISTED, M.OWN, M.WHO, M.EVERYONE)
    )
    denied = next(after, None)
    return denied is not None and denied.means(M.EXTENSION)
