"""Words that compare two things, and words that say how far and no further: "Kent or Surrey, who is further on",
"only started"."""

import itertools
from collections.abc import Sequence

from bot.domain.questions.plain_words.groups_beside import NEUTRAL
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_NAMED = (PieceKind.NAME, PieceKind.REF)
_COMPARE = frozenset((M.COMPARE,))


def _is_named(piece: Piece) -> bool:
    return piece.kind in _NAMED or piece.means(M.WELSH, M.ENGLISH, M.MAYORS, M.COMMISSIONERS)


# --- "The difference between Kent and Surrey"

_DIFFERENCES = frozenset(("difference", "differences", "the difference", "the differences", "gap", "the gap"))


def with_differences_between(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a difference between two places for a comparison, and for no change."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-2]):
        if piece.key not in _DIFFERENCES:
            continue
        between = [other for other in pieces[place + 1 : place + 4] if other.key not in ("in", "the")]
        if between[0].key == "between" and any(map(_is_named, between[1:])):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_COMPARE)
    return done


# --- "Put Kent next to Surrey"


def with_things_put_together(pieces: Sequence[Piece]) -> list[Piece]:
    """Read a "put" before two things that are put beside each other as no order."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        if piece.key not in ("put", "set", "stand", "hold") or not _is_named(pieces[place + 1]):
            continue
        if any(other.means(M.COMPARE) for other in pieces):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=NEUTRAL)
    return done


# --- "Is Kent doing better than Surrey"

_DEGREES = frozenset(
    (
        *("better", "worse", "further", "faster", "quicker", "slower", "further on", "further along"),
        *("ahead", "behind", "further ahead", "further behind", "furthest behind", "furthest ahead"),
        *("furthest", "furthest on", "furthest along", "ahead of", "best", "worst"),
        *("lagging behind", "lagging", "trailing", "trailing behind", "falling behind"),
    )
)


def with_degrees_of_two(pieces: Sequence[Piece]) -> list[Piece]:
    """Take what is better, or further, of two named things for how both stand: "which is doing better, 15 or 16"."""
    done = list(pieces)
    named = [place for place, piece in enumerate(pieces) if _is_named(piece)]
    for place, piece in enumerate(pieces):
        if piece.key not in _DEGREES or piece.means(M.COMPARE):
            continue
        after = pieces[place + 1] if place + 1 < len(pieces) else piece
        is_between_them = _is_named(after) and any(other.kind is after.kind for other in pieces[:place])
        is_than = is_between_them or any(
            pieces[before].key in ("than", "of") and _is_named(pieces[before + 1])
            for before in range(place + 1, min(len(pieces) - 1, place + 5))
        )
        is_or = any(
            pieces[first + 1].key in ("or", "and") and second == first + 2
            for first, second in itertools.pairwise(named)
        )
        is_of_two = is_than or (
            is_or
            and any(other.means(M.WHO, M.WHICH, M.WHAT) or other.key.startswith("which ") for other in pieces)
        )
        if is_of_two and len(named) > 1:
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=_COMPARE)
    return done


# --- "Who has only started", "begun 15 and got no further"

_ONLY = frozenset(("only", "only just", "merely", "barely", "no more than", "no further than"))
_NO_FURTHER = (
    *("no further", "gone no further", "got no further", "no more", "nothing more", "not any further"),
    *("nothing else", "that is all", "that is it", "not a lot more", "stopped there"),
)


def with_only_begun(pieces: Sequence[Piece]) -> list[Piece]:
    """Read what has begun and come no further as in progress."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if not piece.means(M.STARTED) or piece.means(M.NOT_STARTED):
            continue
        before = next((other.key for other in reversed(pieces[:place]) if other.key != "just"), "")
        ends = next((end for end in range(place + 1, len(pieces)) if pieces[end].key in _NO_FURTHER), None)
        joins = ends is not None and any(
            other.key in ("and", "but", "then") for other in pieces[place + 1 : ends]
        )
        if (before in _ONLY and before != "just") or joins:
            done[place] = replace(piece, key="in progress", meanings=frozenset((M.STARTED,)))
        if ends is not None and joins:
            done[ends] = replace(pieces[ends], kind=PieceKind.WORDS, meanings=NEUTRAL)
    return done
