"""Places as they are read beside other words: "not Kent", "down south", "the rest of the south east", "leaving Kent aside"."""

import itertools
import re
from collections.abc import Sequence

from bot.domain.questions.plain_words.groups_beside import (
    NEUTRAL,
    NOTHING,
    PLACES,
    SAYS_HOW_IT_STANDS,
    is_a_place,
)
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_TAKES_AWAY = frozenset(("not", "but not", "and not"))
_BEFORE_NOT = frozenset(("but", "and", "please", "pls", "plz", "only", "just", "thanks", "ta"))


def with_places_taken_away(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "no" right before a name, after something else, for "except": "25 only, no Wales, no London"; and a
    "not" after a mark: "who is done, not Kent"."""
    done = list(pieces)
    if len(pieces) > 1 and pieces[0].key == "without":
        first = pieces[2] if pieces[1].key == "the" and len(pieces) > 2 else pieces[1]
        if is_a_place(first):
            done[0] = replace(pieces[0], meanings=frozenset((M.EXCEPT,)))
    for place in range(1, len(pieces) - 1):
        piece, before = pieces[place], pieces[place - 1]
        names = [other for other in pieces[place + 1 : place + 3] if other.key != "the"]
        if not names or not is_a_place(names[0]):
            continue
        is_apart = _ends_before_not(before) or piece.key != "not"
        if piece.key in ("no", "without"):
            done[place] = replace(piece, meanings=frozenset((M.EXCEPT,)))
        elif piece.key in _TAKES_AWAY and (
            _says_who_it_is(pieces[:place]) or (is_apart and not _ends_in_a_state(pieces[place + 1 :]))
        ):
            done[place] = replace(piece, key="except", meanings=frozenset((M.EXCEPT,)))
            if before.key in ("but", "and"):
                done[place - 1] = replace(before, kind=PieceKind.WORDS, meanings=NEUTRAL)
    return done


def _ends_before_not(before: Piece) -> bool:
    """Whether what stands before a "not" is said already: "overdue not Wales", "16 not Kent"."""
    stands = before.means(*SAYS_HOW_IT_STANDS, M.WAITING, M.EVERYONE) and not before.means(M.NOT)
    return before.kind in (PieceKind.MARK, PieceKind.REF) or before.key in _BEFORE_NOT or stands


def _says_who_it_is(pieces: Sequence[Piece]) -> bool:
    """Whether the words before a "not" say who somebody is: "who is not Kent", "those that are not in Wales"."""
    if len(pieces) < 2 or pieces[-1].key not in ("is", "are", "was", "were"):
        return False
    return pieces[-2].means(M.WHO, M.LISTED) or pieces[-2].key in ("that", "which", "who")


def _ends_in_a_state(pieces: Sequence[Piece]) -> bool:
    """Whether something is said of the places after a "not": "not Kent started 16"."""
    return any(piece.means(*SAYS_HOW_IT_STANDS) for piece in pieces)


# What compares: of regions it is answered by how each stands, of bodies it is an opinion.
_RANKS = frozenset(
    (
        *(
            "best",
            "worst",
            "better",
            "worse",
            "most",
            "least",
            "good",
            "bad",
            "slowest",
            "fastest",
            "quickest",
        ),
        *(
            "furthest",
            "farthest",
            "highest",
            "lowest",
            "top",
            "bottom",
            "leading",
            "ahead",
            "first",
            "strongest",
        ),
        *("weakest", "winning", "losing", "ranking", "rank", "ranked"),
        *("leads", "tops", "furthest on", "furthest along", "weakest", "strongest"),
        *("furthest behind", "furthest ahead", "most behind", "lagging", "lagging behind", "trailing"),
    )
)
_REGIONS = frozenset(("region", "regions"))


def with_regions_compared(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a rank beside regions for a question how each region stands: "which region is doing best"."""
    if _RANKS.isdisjoint([piece.key for piece in pieces]):
        return list(pieces)
    if not any(piece.means(M.BY_REGION) or piece.key in _REGIONS for piece in pieces):
        return list(pieces)
    done = [
        replace(piece, kind=PieceKind.WORDS, meanings=NEUTRAL)
        if piece.key in _RANKS or (piece.key == "on with" and before.key in _RANKS)
        else piece
        for before, piece in zip((NOTHING, *pieces), pieces, strict=False)
    ]
    return [
        replace(piece, meanings=frozenset((M.BY_REGION,))) if piece.key in _REGIONS else piece
        for piece in done
    ]


_SETS = frozenset(
    ("leave", "leaving", "set", "setting", "put", "putting", "take", "taking", "keep", "keeping")
)
_ASIDE = frozenset(("aside", "out", "apart", "to one side", "off", "excepted", "excluded", "out of it"))


def with_places_set_aside(pieces: Sequence[Piece]) -> list[Piece]:
    """Take away the places that are set aside: "leaving Kent aside", "take Wales out", "Kent aside"."""
    if (later := _with_places_that_can_wait(pieces)) is not None:
        return later
    done = list(pieces)
    for place, aside in enumerate(pieces):
        words = aside.key if aside.key != "to" else " ".join(piece.key for piece in pieces[place : place + 3])
        if words not in _ASIDE or (first := _first_of_the_names_before(pieces, place)) == place:
            continue
        verb = pieces[first - 1] if first else None
        if verb is not None and verb.key in _SETS:
            done[first - 1] = replace(verb, kind=PieceKind.WORDS, meanings=frozenset((M.EXCEPT,)))
        elif words in ("aside", "apart", "excepted", "excluded") and first == 0:
            start = pieces[0].start
            done.insert(0, Piece(PieceKind.WORDS, start, start, "except", frozenset((M.EXCEPT,))))
        else:
            continue
        return [
            replace(piece, kind=PieceKind.WORDS, meanings=NEUTRAL)
            if aside.start <= piece.start < aside.start + len(words)
            else piece
            for piece in done
        ]
    return done


_CAN_WAIT = re.compile(
    r"can (?:certainly |well |all )?wait|does not matter|do not matter|is not urgent|are not urgent|can keep"
)


def _with_places_that_can_wait(pieces: Sequence[Piece]) -> list[Piece] | None:
    """Leave out a first clause that sets bodies aside: "Essex can wait, how is Kent doing"."""
    mark = next((place for place, piece in enumerate(pieces) if piece.kind is PieceKind.MARK), None)
    if mark is None or mark < 2 or not pieces[0].named:
        return None
    first = _first_of_the_names_before(pieces, _end_of_the_names(pieces))
    rest = " ".join(piece.key for piece in pieces[_end_of_the_names(pieces) : mark])
    if first or not _CAN_WAIT.fullmatch(rest) or not any(piece.named for piece in pieces[mark:]):
        return None
    return list(pieces[mark + 1 :])


def _end_of_the_names(pieces: Sequence[Piece]) -> int:
    return next(
        (
            place
            for place, piece in enumerate(pieces)
            if not piece.named and piece.key not in ("and", ",", "&")
        ),
        len(pieces),
    )


def _first_of_the_names_before(pieces: Sequence[Piece], end: int) -> int:
    """Return where the run of names begins that ends before `end`; `end` where there is none."""
    first = end
    while first and (
        pieces[first - 1].names_a_place
        or pieces[first - 1].means(M.WELSH, M.MAYORS, M.ENGLISH)
        or (first < end and pieces[first - 1].key in ("and", ",", "&", "the"))
    ):
        first -= 1
    while first < end and pieces[first].key in ("and", ",", "&", "the"):
        first += 1
    return first


_COMPASS = frozenset(("north", "south", "east", "west"))
_WAYS = frozenset(("down", "up", "out", "over", "way"))


def with_ways_to_go(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out a word that only says which way a part of the country lies: "down south", "up north"."""
    return [
        piece
        for piece, after in itertools.zip_longest(pieces, pieces[1:], fillvalue=NOTHING)
        if not (piece.key in _WAYS and after.kind is PieceKind.UNKNOWN and after.key in _COMPASS)
    ]


_FEW = frozenset(("two", "three", "four", "five", "six", "2", "3", "4", "both"))


def with_how_many_of_ours(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over how many bodies are one's own: "which of our two areas"."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        if piece.key in _FEW and before.means(M.OWN) and after.means(M.BODY_WORD):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=NEUTRAL)
    return done


def with_one_after_the_other(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over the order in which places are to come: "25 for Essex first, then Kent"."""
    done = list(pieces)
    if not any(piece.key in ("then", "and then", "followed by") for piece in pieces):
        return done
    for place, (before, piece) in enumerate(itertools.pairwise(pieces)):
        if piece.key == "first" and (before.kind in (PieceKind.NAME, PieceKind.REF) or before.means(*PLACES)):
            done[place + 1] = replace(piece, meanings=NEUTRAL)
    return done


def with_the_rest_of_a_place(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "the rest of" before a region for the region: "how are the rest of the south east doing"."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key not in ("the rest", "rest", "the others", "others"):
            continue
        names = [other for other in pieces[place + 1 : place + 4] if other.key not in ("of", "the", "in")]
        if names and _is_a_region(names[0]):
            done[place] = replace(piece, meanings=NEUTRAL)
    return done


def _is_a_region(piece: Piece) -> bool:
    return bool(piece.regions) or piece.means(*PLACES)
