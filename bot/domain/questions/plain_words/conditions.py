"""Several conditions in one sentence, of different kinds: "who accepted 15 but has gone quiet"."""

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Condition, NoNews, opposite_of
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES, state_of

# Who has recorded nothing for so many days has sent no news.
NO_NEWS_DAYS = 60
_CONDITION_OF: tuple[tuple[M, State], ...] = (
    (M.DONE_LATE, State.DONE_LATE),
    (M.EXPECTED_LATE, State.EXPECTED_LATE),
    (M.OVERDUE, State.OVERDUE),
    (M.WAITING, State.WAITING),
    (M.RESPOND, State.RESPONDED),
    (M.EVIDENCE, State.EVIDENCE),
    (M.CLOSED, State.CLOSED),
    (M.EXTENSION, State.EXTENSIONS),
)
CONDITIONS = (*STATES, *(meaning for meaning, _ in _CONDITION_OF), M.SILENT)


def conditions_in(sentence: Sentence) -> tuple[Condition, ...]:
    """Return all conditions that are named, in order; a "not" turns the one after it.

    Empty where one is denied that has no opposite: "late and no extension"."""
    conditions: list[Condition] = []
    negates = False
    for piece in sentence.pieces:
        condition = _condition_of(piece)
        if condition is not None:
            turned = _turned(condition) if negates else condition
            if turned is None:
                return ()
            conditions.append(turned)
            negates = False
        elif piece.means(M.NOT) or piece.key == "but not":
            negates = True
    return tuple(dict.fromkeys(conditions))


def _condition_of(piece: Piece) -> Condition | None:
    if (state := state_of(piece)) is not None:
        return state
    if piece.means(M.SILENT):
        return NoNews(NO_NEWS_DAYS)
    if piece.means(M.EVIDENCE) and piece.means(M.NOT):
        return State.NO_EVIDENCE
    return next((state for meaning, state in _CONDITION_OF if piece.means(meaning)), None)


def _turned(condition: Condition) -> Condition | None:
    """Return the opposite; what says "not" already stays as it is. None for what has no opposite."""
    if not isinstance(condition, State):
        return None
    if condition in (State.NOT_STARTED, State.NOT_ACCEPTED, State.NOT_CHECKED, State.NO_EVIDENCE):
        return condition
    if condition is State.IN_PROGRESS:
        return State.NOT_STARTED
    return opposite_of(condition)
