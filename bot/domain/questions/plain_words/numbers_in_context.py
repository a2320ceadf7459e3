"""Recommendations that only the register can tell: "15 to 25", "all but 25", "the commissioning one", the association's
own."""

import itertools
import re
from collections.abc import Sequence

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.groups_beside import SAYS_HOW_IT_STANDS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.values import replace

_NEUTRAL = frozenset((M.NEUTRAL,))


# --- "15 to 25"

_LEADS_UP_TO = frozenset(("to", "-", "–", "through", "up to", "till", "until", "to rec", "thru"))

# "The difference between 15 and 25" is of these two.
_ALL_BETWEEN = frozenset(
    (
        "everything",
        "all",
        "anything",
        "recs",
        "recommendations",
        "those",
        "numbers",
        "any",
        "every one",
        "the recs",
        "all recs",
    )
)


def with_numbers_between(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put in the recommendations that lie between two: "15 to 25", "everything between 15 and 25"."""
    for place, (first, joint, last) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False)):
        before = [other.key for other in pieces[max(0, place - 2) : place]]
        lists_them = joint.key in ("and", "&") and before[-1:] == ["between"] and before[0] in _ALL_BETWEEN
        is_range = joint.key in _LEADS_UP_TO or lists_them
        if not is_range or first.kind is not PieceKind.REF or last.kind is not PieceKind.REF:
            continue
        between = _between(first, last, around)
        if between:
            return [*pieces[: place + 1], *between, *pieces[place + 2 :]]
    return pieces


def _between(first: Piece, last: Piece, around: Surroundings) -> list[Piece]:
    if not (first.ref and last.ref and first.ref.number.isdigit() and last.ref.number.isdigit()):
        return []
    bounds = int(first.ref.number), int(last.ref.number)
    refs = [
        ref
        for ref in around.addressed
        if ref.number.isdigit()
        and bounds[0] < int(ref.number) < bounds[1]
        and (not first.ref.report or ref.report == first.ref.report)
    ]
    return [replace(first, key=ref.number, ref=ref) for ref in refs]


# --- "All but 25"

_ALL = frozenset(
    (
        *("all", "everything", "everyone", "all of them", "all of it", "all three", "all the recs"),
        *("the lot", "the whole lot", "all recs", "all recommendations", "every one"),
    )
)
_SAYS_ALL = ("all ", "every")
_BETWEEN = frozenset(("and", "or", ",", "&", "for", "of", "it", "them", "the", "recs", "recommendations"))


def without_numbers_taken_away(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put the other recommendations in the place of "all of it apart from 25"."""
    place = next((place for place, piece in enumerate(pieces) if piece.means(M.EXCEPT)), None)
    if place is None or any(piece.ref for piece in pieces[:place]):
        return pieces
    if not _says_all(pieces, place) and not _asks_beside_a_number(pieces, place):
        return pieces
    end = place + 1
    while end < len(pieces) and (pieces[end].kind is PieceKind.REF or pieces[end].key in _BETWEEN):
        end += 1
    taken_away = {piece.ref.number for piece in pieces[place:end] if piece.ref}
    left = [ref for ref in around.addressed if ref.number not in taken_away]
    if not taken_away or not left or len(left) == len(around.addressed):
        return pieces
    start, last = pieces[place].start, pieces[end - 1].end
    others = [Piece(PieceKind.REF, start, last, ref.number, ref=ref) for ref in left]
    before = [
        replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL) if piece.key in _ALL else piece
        for piece in pieces[:place]
    ]
    return [*before, *others, *pieces[end:]]


def _says_all(pieces: Sequence[Piece], place: int) -> bool:
    if pieces[place].key.startswith(_SAYS_ALL):
        return True
    before = [piece for piece in pieces[:place] if piece.key not in _BETWEEN]
    return bool(before) and before[-1].key in _ALL


_NOTHING = frozenset(("nothing", "none", "nobody", "no one", "nothing else"))
_ASKS = (M.WHO, M.WHICH, M.WHAT, M.HOW_MANY, M.ANY, M.HOW, M.WHERE)
_ASKED_OF_ALL = (M.OVERDUE, M.WAITING, M.DUE, M.OUTSTANDING, M.STATUS, M.RESPOND, *SAYS_HOW_IT_STANDS)


def _asks_beside_a_number(pieces: Sequence[Piece], place: int) -> bool:
    """Whether it asks of all but a number, and names no other: "apart from 25, what's late"."""
    after = [piece for piece in pieces[place + 1 :] if not piece.means(M.NEUTRAL, M.REC_WORD)]
    if not after or not after[0].ref or any(piece.key in _NOTHING for piece in pieces[:place]):
        return False
    others = itertools.dropwhile(lambda piece: piece.ref or piece.key in _BETWEEN, after)
    asks = any(piece.means(*_ASKS) for piece in pieces) and any(
        piece.means(*_ASKED_OF_ALL) for piece in pieces
    )
    return asks and not any(piece.ref or piece.kind is PieceKind.UNKNOWN for piece in others)


# --- "What does the association itself have to do"

_ASSOCIATION = frozenset(("association", "apcc", "at the association", "in the association", "at apcc"))
_ASKED_OF_IT = (M.OUTSTANDING, M.STATUS, M.REC_WORD, M.DUE, M.COMPLETE, M.STARTED, M.NOT_STARTED, M.BLOCKED)


def with_the_associations_own(pieces: list[Piece], around: Surroundings) -> list[Piece]:
    """Put what the association answers for itself in the place of its name, where it is asked what it has to do."""
    own = [around.short(live.ref) for live in around.live if not live.is_addressed]
    place = next((place for place, piece in enumerate(pieces) if piece.key in _ASSOCIATION), None)
    if place is None or len(own) != 1 or not any(piece.means(*_ASKED_OF_IT) for piece in pieces):
        return pieces
    if any(piece.named or piece.ref or piece.means(M.WHO, M.CONTACT, M.WHETHER) for piece in pieces):
        return pieces
    done = [
        replace(piece, kind=PieceKind.WORDS, meanings=_NEUTRAL)
        if piece.key in ("itself", "own", "its own") or piece.means(M.OWN)
        else piece
        for piece in pieces
    ]
    done[place] = replace(
        pieces[place], kind=PieceKind.REF, key=own[0].number, meanings=frozenset(), ref=own[0]
    )
    return done


# --- "The commissioning one"

_LEADS_TO_IT = frozenset(("the", "that", "this"))


def with_numbers_for_wording(pieces: Sequence[Piece], around: Surroundings) -> tuple[Piece, ...] | None:
    """Put a recommendation in the place of words of its wording: "the commissioning one", "the one about training".

    None where no words describe exactly one."""
    if not around.live.has_all_words or any(piece.ref for piece in pieces):
        return None
    for place, piece in enumerate(pieces):
        if piece.kind is not PieceKind.UNKNOWN:
            continue
        end = place
        while end < len(pieces) and pieces[end].kind is PieceKind.UNKNOWN:
            end += 1
        before, after = pieces[:place], pieces[end:]
        while before and before[-1].key in _LEADS_TO_IT:
            before = before[:-1]
        names_it_after = bool(after) and (after[0].key == "one" or after[0].means(M.REC_WORD))
        names_it_before = bool(before) and before[-1].means(M.SEARCH) and "one" in before[-1].key.split()
        if not (names_it_after or names_it_before):
            return None
        ref = worded(around, pieces[place:end])
        if ref is None:
            return None
        number = Piece(PieceKind.REF, piece.start, pieces[end - 1].end, ref.number, ref=ref)
        return (
            *(before[:-1] if names_it_before else before),
            number,
            *(after[1:] if names_it_after else after),
        )
    return None


def worded(around: Surroundings, words: Sequence[Piece]) -> Ref | None:
    """Return the one recommendation in whose wording most of these words stand; None where there is none."""
    stems = {_stem(word) for piece in words for word in piece.key.split("-")}
    shared = {
        live: len(stems & {_stem(part) for word in live.words for part in word.split("-")})
        for live in around.live
    }
    most = max(shared.values(), default=0)
    fits = [live for live, count in shared.items() if count == most]
    return around.short(fits[0].ref) if most and len(fits) == 1 else None


def _stem(word: str) -> str:
    # Who is trained is not what training is about.
    return re.sub(r"(?:ioning|ioned|ions|ion|ing|es|s)$", "", word) if len(word) > 5 else word
