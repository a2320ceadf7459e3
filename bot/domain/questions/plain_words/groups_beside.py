"""Groups of meanings and pieces that several rules about neighbours look for."""

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind

NEUTRAL = frozenset((M.NEUTRAL,))
SAYS_HOW_IT_STANDS = (
    *(M.NOT, M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED, M.ACCEPT),
    *(M.PARTLY, M.DECLINE, M.RESPOND, M.OVERDUE, M.NOT_CHECKED),
)
PLACES = (M.WELSH, M.ENGLISH, M.MAYORS, M.FIRE_COMMISSIONERS)


def is_a_place(piece: Piece) -> bool:
    return piece.names_a_place or piece.means(*PLACES)


BETWEEN_PARTS = frozenset(("and", ",", "&", "it", "them", "that", "this", "the", "rec", "recommendation"))
NOTHING = Piece(PieceKind.MARK, 0, 0)
