"""What "it" is where nothing was named: "how many have accepted it" asks which recommendation is meant."""

from collections.abc import Callable
from itertools import pairwise

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Understanding
from bot.domain.values import replace

_NAMES_IT = (PieceKind.REF, PieceKind.PART, PieceKind.PERSON)
_ASKS_WHO = (M.WHO, M.WHICH, M.HOW_MANY, M.PERCENT, M.ANY, M.EVERYONE, M.BODY_WORD)
# As many as a message has room for, each with its button.
_MOST = 25
_IT = frozenset(("it", "that one", "this one", "that rec", "this rec"))


def which_is_it(
    sentence: Sentence, understand: Callable[[Sentence], Understanding | None]
) -> Understanding | None:
    """Ask which recommendation "it" is after a state, with what is asked of each; None where something is named, where
    only one recommendation is live, or more are than anybody chooses from."""
    place = _place_of_it(sentence)
    if place is None or not sentence.asks or not sentence.has(*_ASKS_WHO):
        return None
    if sentence.of_kind(*_NAMES_IT) or sentence.reports or sentence.own_bodies:
        return None
    # They are gone through only now: a register may have ten thousand.
    addressed = sentence.around.addressed
    if not 1 < len(addressed) <= _MOST:
        return None
    pronoun = sentence.pieces[place]
    before, after = sentence.pieces[:place], sentence.pieces[place + 1 :]
    meant = [
        replace(pronoun, kind=PieceKind.REF, key=str(ref), meanings=frozenset(), ref=ref) for ref in addressed
    ]
    understood = [understand(sentence.with_pieces((*before, named, *after))) for named in meant]
    commands = tuple(answer.command for answer in understood if isinstance(answer, Answerable))
    return Asked(About.RECOMMENDATION, commands) if len(commands) == len(meant) else None


def _place_of_it(sentence: Sentence) -> int | None:
    """Return where an "it" stands right after a state: "accepted it"."""
    return next(
        (
            place
            for place, (before, piece) in enumerate(pairwise(sentence.pieces), start=1)
            if _is_it(piece) and before.means(*STATES)
        ),
        None,
    )


def _is_it(piece: Piece) -> bool:
    return piece.kind is PieceKind.WORDS and piece.key in _IT
