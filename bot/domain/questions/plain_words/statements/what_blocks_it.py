"""What blocks a recommendation, parted from the words that say that it is blocked: "16 is stuck with procurement",
"blocked on the CPS for 25", "vetting is holding up 15"."""

from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind

# What is recorded, and the pieces that say on what it waits.
Blocked = tuple[tuple[Piece, ...], tuple[Piece, ...]]

_LEADS_TO_IT = ("on", "by", "with", "over", "behind")
_OF_WHICH = frozenset(("on", "for", "with", "re", "about", "regarding"))
_ARTICLES = frozenset(("the", "a", "an", "our", "their", "its", "this", "some"))
_JOINS = frozenset(("and", "rec", "recommendation", "recs", "recommendations"))
_HOLDS_UP = frozenset(
    (
        "blocking",
        "holding up",
        "holding back",
        "is holding up",
        "are holding up",
        "is the hold up on",
        "is the hold up with",
        "are the hold up on",
        "is what is holding up",
        "is what is blocking",
        "is the sticking point on",
    )
)
_THE_BLOCKER = frozenset(("blocker", "blockage", "block", "obstacle", "bottleneck", "hurdle"))


def what_blocks_it(pieces: Sequence[Piece]) -> Blocked | None:
    """Return the statement and what blocks it; None where nothing does, or where it names a body or a day."""
    place = next((place for place, piece in enumerate(pieces) if piece.means(M.BLOCKED)), None)
    if place is None:
        return None
    return _after_it(pieces, place) or _before_it(pieces, place) or _the_blocker_is(pieces, place)


def _after_it(pieces: Sequence[Piece], place: int) -> Blocked | None:
    start = place + 1
    if start < len(pieces) and pieces[start].key in _LEADS_TO_IT:
        start += 1
    elif pieces[place].key.split(" ")[-1] not in (*_LEADS_TO_IT, "because"):
        return None
    before, after = pieces[: place + 1], pieces[start:]
    numbers = _numbers_at_the_end(after)
    if numbers and any(piece.kind is PieceKind.REF for piece in before):
        return None
    blockers = tuple(after[: len(after) - len(numbers)])
    is_a_reason = pieces[place].key.endswith(" because") and bool(blockers)
    if not (_is_a_clause(blockers) if is_a_reason else _says_what_blocks(blockers)):
        return None
    return (*before, *(piece for piece in numbers if piece.ref)), blockers


def _before_it(pieces: Sequence[Piece], place: int) -> Blocked | None:
    """Part "vetting is holding up 15"."""
    numbers = pieces[place + 1 :]
    blockers = tuple(pieces[:place])
    while blockers and blockers[-1].key in ("is", "are", "still", "currently", "now"):
        blockers = blockers[:-1]
    is_numbered = any(piece.kind is PieceKind.REF for piece in numbers) and all(
        _may_number(piece) or piece.key == "up" for piece in numbers
    )
    if pieces[place].key not in _HOLDS_UP or not is_numbered or not _says_what_blocks(blockers):
        return None
    return (pieces[place], *(piece for piece in numbers if piece.ref)), blockers


def _the_blocker_is(pieces: Sequence[Piece], place: int) -> Blocked | None:
    """Part "the blocker on 16 is the data sharing agreement"."""
    verb = next((index for index, piece in enumerate(pieces) if piece.key == "is" and index > place), None)
    if pieces[place].key not in _THE_BLOCKER or verb is None:
        return None
    between, blockers = pieces[place + 1 : verb], tuple(pieces[verb + 1 :])
    is_of_one = any(piece.kind is PieceKind.REF for piece in between) and all(
        _may_number(piece) or piece.key in _OF_WHICH for piece in between
    )
    return (tuple(pieces[:verb]), blockers) if is_of_one and _says_what_blocks(blockers) else None


def _says_what_blocks(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces can be what blocks it: no number, name or day, nobody of one's own, and no denial."""
    if not pieces:
        return False
    first = pieces[0]
    names_it = first.kind is PieceKind.UNKNOWN or first.means(M.OUTSIDE)
    if not (names_it or first.key.split(" ")[0] in _ARTICLES):
        return False
    names = (PieceKind.REF, PieceKind.NAME, PieceKind.DAY, PieceKind.PART)
    return not any(
        piece.kind in names
        or piece.means(M.OWN, M.NOT, M.NO_LONGER, M.UNBLOCKED, M.WHO, M.WHAT, M.WHETHER)
        or piece.key in _MAY_TURN_IT
        for piece in pieces
    )


def _is_a_clause(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces say why: of no other recommendation or body, and not that it is over."""
    others = (PieceKind.REF, PieceKind.NAME, PieceKind.PART)
    return not any(
        piece.kind in others or piece.means(M.NO_LONGER, M.UNBLOCKED) or piece.key in ("but", "now")
        for piece in pieces
    )


_MAY_TURN_IT = frozenset(("but", "now", "if", "nothing", "nobody", "unless", "what if"))


def _may_number(piece: Piece) -> bool:
    return piece.kind in (PieceKind.REF, PieceKind.MARK) or piece.key in _JOINS


def _numbers_at_the_end(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the end "for 15 and 16"; nothing where no number ends the sentence."""
    start = len(pieces)
    while start and _may_number(pieces[start - 1]):
        start -= 1
    has_number = any(piece.kind is PieceKind.REF for piece in pieces[start:])
    return pieces[start - 1 :] if has_number and start and pieces[start - 1].key in _OF_WHICH else ()


def without_asking_why(pieces: Sequence[Piece]) -> list[Piece]:
    """Take "held up by" for no question where it is said by what."""
    done = list(pieces)
    for place, piece in enumerate(pieces[:-1]):
        asks_why = piece.means(M.BLOCKED) and piece.means(M.WHY)
        if asks_why and (_says_what_blocks(pieces[place + 1 : place + 3]) or _before_it(pieces, place)):
            done[place] = Piece(piece.kind, piece.start, piece.end, piece.key, piece.meanings - {M.WHY})
    return done
