"""Recommendations chosen by what they are grouped by: "which priority ones are late", "who is behind on victims".

What is said of them is read as if they were all; then the question is narrowed."""

from collections.abc import Callable

from bot.domain.questions.model import Condition, Priority, Question, Shape, Theme
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.questions.plain_words.understanding import Answerable, Understanding
from bot.domain.questions.written import canonical
from bot.domain.values import replace

_LEADS_TO_A_THEME = frozenset(("on", "for", "about", "of", "with", "theme", "themes", "tagged", "the", "a"))
_THEME_WORDS = frozenset(("theme", "themes"))
# Beside these alone all that is chosen is asked for: "what are our priorities".
_ASKS_FOR_ALL = (
    M.WHICH,
    M.WHAT,
    M.TELL,
    M.REC_WORD,
    M.NEUTRAL,
    M.FILLER,
    M.LISTED,
    M.ANY,
    M.STATUS,
    M.OWN,
    M.HOW,
)


_COUNTED = (
    *STATES,
    M.REC_WORD,
    M.BODY_WORD,
    M.OVERDUE,
    M.WAITING,
    M.RESPOND,
    M.DUE,
    M.WHO,
    M.OUTSTANDING,
    M.EXTENSION,
)


def chosen_in(
    sentence: Sentence, understand: Callable[[Sentence], Understanding | None]
) -> Understanding | None:
    """Return the question that a sentence asks of some recommendations; None where it chooses none, or asks
    nothing that all could be asked."""
    chosen = [_condition(piece, sentence) for piece in sentence.pieces]
    conditions = tuple(condition for condition in chosen if condition is not None)
    if not conditions and not sentence.has(M.BY_THEME):
        return None
    if sentence.has(M.HOW_MANY, M.PERCENT) and not sentence.has(*_COUNTED):
        # "How many stalking victims are there" counts people.
        return None
    if _asks_of_people(sentence.pieces, chosen):
        return None
    rest = sentence.with_pieces(tuple(_without(sentence.pieces, chosen)))
    question = _question(rest, understand)
    if question is None:
        return None
    if sentence.has(M.BY_THEME):
        if question.shape is not Shape.LIST:
            return None
        question = replace(question, shape=Shape.BY_THEME)
    narrowed = replace(question, conditions=(*question.conditions, *conditions))
    return Answerable(canonical(narrowed), narrowed)


def _asks_of_people(pieces: tuple[Piece, ...], chosen: list[Condition | None]) -> bool:
    """Whether a theme's word stands for people: "which victims are supported", and not "which victims recs"."""
    for place, condition in enumerate(chosen):
        if isinstance(condition, Theme) and place and pieces[place - 1].means(M.WHICH, M.HOW_MANY):
            return not any(piece.means(M.REC_WORD) for piece in pieces[place + 1 : place + 2])
        if isinstance(condition, Theme) and any(piece.key in _DO for piece in pieces[place + 1 : place + 2]):
            # "What evidence do victims need"
            return True
    return False


_DO = frozenset(("need", "needs", "want", "wants", "get", "say", "said", "think", "have", "had", "who"))


def _question(rest: Sentence, understand: Callable[[Sentence], Understanding | None]) -> Question | None:
    """Return what is asked beside the choice; where nothing is, it is how all that is chosen stands."""
    if all(piece.kind is PieceKind.MARK or _asks_for_all(piece) for piece in rest.pieces):
        return Question()
    understood = understand(rest)
    return understood.question if isinstance(understood, Answerable) else None


def _condition(piece: Piece, sentence: Sentence) -> Condition | None:
    if piece.means(M.PRIORITY):
        return Priority()
    is_theme = piece.kind is PieceKind.UNKNOWN and piece.key in sentence.around.names.themes
    return Theme(piece.key) if is_theme else None


def _without(pieces: tuple[Piece, ...], chosen: list[Condition | None]) -> list[Piece]:
    """Return the pieces without what is chosen by, and without the words that lead to it."""
    left: list[Piece] = []
    for piece, condition in zip(pieces, chosen, strict=True):
        if condition is None:
            left += [] if piece.means(M.BY_THEME) else [piece]
            continue
        while left and isinstance(condition, Theme) and left[-1].key in _LEADS_TO_A_THEME:
            left.pop()
    return left


def _asks_for_all(piece: Piece) -> bool:
    return piece.key in _THEME_WORDS or piece.means(*_ASKS_FOR_ALL)
