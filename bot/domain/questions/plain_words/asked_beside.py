"""Words whose sense the question tells in which they stand: "how do they look for 15", "who made 25"."""

import itertools
from collections.abc import Sequence

from bot.domain.questions.plain_words.groups_beside import NEUTRAL, SAYS_HOW_IT_STANDS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.values import replace

_WORDING = frozenset((M.WORDING,))

# --- "How do Kent and Surrey look for 15"

_LOOKS = frozenset(("look for", "looking for", "look at"))


def with_how_they_look(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "look for" after somebody, in a question how, as how they stand, and as no search."""
    done = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.key not in _LOOKS:
            continue
        before = pieces[place - 1] if place else piece
        is_of_somebody = before.kind is PieceKind.NAME or before.means(
            M.OWN, M.BODY_WORD, M.EVERYONE, M.MAYORS, M.WELSH, M.ENGLISH
        )
        is_numbered = place + 1 < len(pieces) and pieces[place + 1].kind is PieceKind.REF
        asks_how = is_numbered and any(other.means(M.HOW) for other in pieces[:place])
        if asks_how and before.key != "i" and (is_of_somebody or before.key in ("they", "things", "it")):
            done[place] = replace(piece, meanings=frozenset((M.STATUS,)))
    return done


# --- "What does 16 require PCCs to do"

_WHOM = (M.BODY_WORD, M.OWN, M.EVERYONE, M.MAYORS, M.COMMISSIONERS)


def with_what_is_asked_of_whom(pieces: Sequence[Piece]) -> list[Piece]:
    """Pass over a "to do" after those of whom a recommendation asks it."""
    done = list(pieces)
    for place in range(2, len(pieces)):
        asks, addressee, to_do = pieces[place - 2], pieces[place - 1], pieces[place]
        if to_do.key != "to do":
            continue
        is_of_them = (
            addressee.means(*_WHOM)
            or addressee.kind is PieceKind.NAME
            or addressee.key in ("them", "people", "us")
        )
        if is_of_them and (asks.means(M.WORDING) or asks.key in ("need", "needs", "expect", "expects")):
            done[place] = replace(to_do, meanings=NEUTRAL)
            done[place - 2] = replace(asks, kind=PieceKind.WORDS, meanings=_WORDING)
    return done


# --- "Who made recommendation 25"

_MADE = frozenset(
    (
        "made",
        "wrote",
        "published",
        "issued",
        "produced",
        "drafted",
        "drew up",
        "came up with",
        "authored",
        "wrote up",
    )
)


def with_who_made_it(pieces: Sequence[Piece]) -> list[Piece]:
    """Read who made or published a recommendation, which is all that is named, as a question for its own screen."""
    words = [piece for piece in pieces if piece.kind is not PieceKind.MARK and piece.key != "it"]
    if not words or not words[0].means(M.WHO, M.HISTORY) or words[-1].kind is not PieceKind.REF:
        return list(pieces)
    verb = " ".join(piece.key for piece in words[:-1] if not piece.means(M.REC_WORD) and piece.key != "who")
    if verb.removeprefix("who ") not in _MADE:
        return list(pieces)
    return [
        replace(piece, kind=PieceKind.WORDS, meanings=_WORDING)
        if piece.kind not in (PieceKind.REF, PieceKind.MARK) and not piece.means(M.REC_WORD, M.WHO)
        else piece
        for piece in pieces
    ]


# --- "16, done by how many"


def with_done_by_whom(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "done by" before whoever did it as done, and as no deadline."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        if piece.key in ("done by", "completed by", "finished by") and pieces[place + 1].means(
            M.WHO, M.HOW_MANY, M.WHICH, M.PERCENT
        ):
            done[place] = replace(piece, meanings=frozenset((M.COMPLETE,)))
    return done


# --- "Who says they've done 16"

_SAYS = frozenset(("says", "say", "said", "saying", "claims", "claim", "reports", "report"))


def with_what_they_say_of_themselves(pieces: Sequence[Piece]) -> list[Piece]:
    """Read a "says" of what those say who are asked for as hearsay, and as no wording."""
    done = list(pieces)
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        if piece.key not in _SAYS:
            continue
        is_asked = any(other.means(M.WHO, M.WHICH, M.HOW_MANY, M.ANY) for other in pieces[:place])
        is_of_those = is_asked and before.means(M.WHO, M.WHICH, M.BODY_WORD, M.LISTED, M.ANY, M.HOW_MANY)
        is_of_them = after.ref is not None or after.key in ("they", "it", "that they", "that")
        if is_of_those and is_of_them:
            done[place] = replace(piece, meanings=frozenset((M.HEARSAY,)))
    return done


# --- "How's 16 going in Wales"

_GOES_IN = frozenset(("going in", "goes in", "go in"))


def with_goings_on_in_a_place(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "going in" before a place as how it stands there, and as nothing that goes into a post."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        if piece.key not in _GOES_IN:
            continue
        after = next(
            (other for other in pieces[place + 1 :] if other.key not in ("the", "all", "all of")), piece
        )
        is_a_place = after.kind is PieceKind.NAME or after.means(
            M.WELSH, M.ENGLISH, M.MAYORS, M.BODY_WORD, M.BY_REGION
        )
        if is_a_place:
            done[place] = replace(piece, meanings=frozenset((M.STATUS,)))
    return done


# --- "Number blocked on 16"


def with_numbers_in_a_state(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a "number" before a state for how many: "number blocked on 16"."""
    done = list(pieces)
    for place, (piece, after) in enumerate(itertools.pairwise(pieces)):
        if piece.key not in ("number", "the number", "numbers") or after.ref:
            continue
        if after.means(*SAYS_HOW_IT_STANDS) or after.key in ("still", "yet", "not"):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.HOW_MANY,)))
    return done


# --- "Who's still got to do 16"


def with_what_they_have_got_to_do(pieces: Sequence[Piece]) -> list[Piece]:
    """Read "do" after what is still to be done as "complete": "who's still got to do 16"."""
    done = list(pieces)
    for place, (before, piece) in enumerate(itertools.pairwise(pieces), start=1):
        if (
            piece.key == "do"
            and before.means(M.NOT)
            and before.key.startswith(("still", "yet", "has yet", "have yet"))
        ):
            done[place] = replace(piece, kind=PieceKind.WORDS, meanings=frozenset((M.COMPLETE,)))
    return done


# --- "What's happening in Kent"

_GOES_ON = frozenset(("happening", "going on"))
_IS = frozenset(("is", "are", "is it", "is that"))


def with_what_is_going_on(pieces: Sequence[Piece]) -> list[Piece]:
    """Read what is happening now with something that is named as how it stands, and as no change."""
    done = list(pieces)
    if not any(piece.ref or piece.named for piece in pieces) or any(
        piece.kind is PieceKind.DAY or piece.means(M.DIGEST, M.HISTORY) for piece in pieces
    ):
        return done
    for place, (before, piece) in enumerate(itertools.pairwise(pieces), start=1):
        if piece.key in _GOES_ON and (before.key in _IS or before.kind in (PieceKind.REF, PieceKind.NAME)):
            done[place] = replace(piece, meanings=frozenset((M.STATUS,)))
    if pieces[0].key == "what is going on":
        done[0] = replace(pieces[0], meanings=frozenset((M.STATUS,)))
    return done
