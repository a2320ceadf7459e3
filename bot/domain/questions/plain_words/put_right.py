"""What is put right in the same breath: "Dorset on 25 - no wait, Devon", "how is Kent, no, Surrey, doing"."""

from collections.abc import Sequence

from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_PUTS_RIGHT = frozenset(
    (
        *(
            "wait",
            "i mean",
            "i meant",
            "mean",
            "meant",
            "sorry i mean",
            "i mean to say",
            "correction",
            "scratch that",
            "make that",
        ),
        *("scrap that", "no sorry", "sorry no", "or rather", "actually"),
    )
)
# Beside those; alone "no" denies what comes after it, or takes it away.
_BESIDE = frozenset(
    (
        "no",
        "sorry",
        "oh",
        "er",
        "erm",
        "um",
        "hang on",
        "actually",
        "that",
        "i",
        "rather",
        "or",
        "not",
        "the",
        "is",
    )
)
_MOST_BETWEEN = 7
_KINDS = (PieceKind.NAME, PieceKind.REF)
_STRICKEN = "no"


def with_what_is_put_right(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the body or the number that another takes the place of.

    A bare "no" between two of a kind ("15, no 16") may deny the second, and becomes a word that is not known."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.kind not in _KINDS or not place:
            continue
        start = _start_of_what_leads_to(pieces, place)
        between = pieces[start:place]
        words = [other.key for other in between if other.kind is not PieceKind.MARK]
        earlier = _last_of_a_kind(pieces[:start], piece)
        if earlier is None or not words or between[0].kind is not PieceKind.MARK:
            continue
        if not _PUTS_RIGHT.isdisjoint(words):
            left = [*pieces[:earlier], *pieces[earlier + 1 : start], *pieces[place:]]
            return with_what_is_put_right(left)
        if words == [_STRICKEN] and _is_of_one(piece) and _is_of_one(pieces[earlier]):
            no = next(index for index in range(start, place) if pieces[index].key == _STRICKEN)
            done[no] = replace(pieces[no], kind=PieceKind.UNKNOWN, meanings=frozenset())
    return done


def _start_of_what_leads_to(pieces: Sequence[Piece], end: int) -> int:
    """Return where the marks and words begin that lead to a piece and may put something right."""
    start = end
    while start and end - start < _MOST_BETWEEN:
        before = pieces[start - 1]
        if before.kind is not PieceKind.MARK and before.key not in _PUTS_RIGHT and before.key not in _BESIDE:
            break
        start -= 1
    return start


def _last_of_a_kind(before: Sequence[Piece], piece: Piece) -> int | None:
    numbers = (place for place in range(len(before) - 1, -1, -1) if before[place].kind is piece.kind)
    return next(numbers, None)


def _is_of_one(piece: Piece) -> bool:
    """Return whether it is one number or one body: of a region "no" takes a part away."""
    return piece.kind is PieceKind.REF or (len(piece.bodies) == 1 and not piece.regions)
