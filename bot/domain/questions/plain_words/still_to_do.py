"""What is still to be done, told by its infinitive: "those still to complete 16", "who's got to start 25"."""

from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_TO_BE_DONE = frozenset(
    (
        *("start", "begin", "commence", "complete", "finish", "deliver", "implement", "close", "conclude"),
        *(
            "accept",
            "agree",
            "reply",
            "respond",
            "answer",
            "check",
            "make a start",
            "get started",
            "get going",
        ),
    )
)
# After these something is still to be done, and has not been: "those still to", "who is to".
_LEFT = frozenset(
    (
        *("who", "whose"),
        *("still", "yet", "left", "remaining", "remain", "remains", "outstanding", "those", "ones", "bodies"),
        *(
            "forces",
            "pccs",
            "offices",
            "areas",
            "commissioners",
            "anyone",
            "anybody",
            "is",
            "are",
            "was",
            "were",
        ),
    )
)
# After these it must be done, and may be done already where a body says it of itself.
_MUST = frozenset(("got", "has", "have", "had", "need", "needs", "needed", "needing"))


def with_what_is_still_to_do(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the "to" before a verb for a "not" where the thing is still to be done."""
    done = list(pieces)
    for place, piece in enumerate(pieces[1:-1], start=1):
        is_to = piece.key == "to" or piece.key.endswith(" to")
        if not is_to or piece.means(M.NOT) or not _is_to_be_done(pieces[place + 1]):
            continue
        words = f"{_before_what_is_to_do(pieces[:place])} {piece.key}".split()
        meanings = _meanings_after(words[-2]) if len(words) > 1 else frozenset()
        if meanings:
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=meanings)
    return done


def _before_what_is_to_do(pieces: Sequence[Piece]) -> str:
    """Return the word before a "to", over what is to be done: "who's still got 15 and 16 to finish"."""
    end = len(pieces)
    while end and (
        pieces[end - 1].kind is PieceKind.REF or (end < len(pieces) and pieces[end - 1].key in _JOINS)
    ):
        end -= 1
    return pieces[end - 1].key if end else ""


_JOINS = ("and", ",", "&", "both")


def _is_to_be_done(piece: Piece) -> bool:
    return piece.key in _TO_BE_DONE or piece.key.split(" ")[0] in ("start", "begin")


def _meanings_after(word: str) -> frozenset[M]:
    if word in _LEFT:
        return frozenset((M.NOT,))
    return frozenset((M.NOT, M.HEDGE)) if word in _MUST else frozenset()
