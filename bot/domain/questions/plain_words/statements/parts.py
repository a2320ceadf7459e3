"""A statement in its parts: what is recorded, and after a comma, a dash or "because" the text beside it."""

import itertools
import re
from collections.abc import Sequence

from msgspec import Struct

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.what_blocks_it import what_blocks_it
from bot.domain.questions.plain_words.states import ANSWERS, STAGES


class Statement(Struct, frozen=True):
    """The pieces that say what is recorded, and the text after them with its own pieces.

    `turns_with` is the mark or word between them; empty where all is said in the head."""

    head: Sentence
    text: str
    tail: Sentence
    turns_with: str = ""


_TURNS = frozenset(
    ("because", "until", "apart", "except", "saying", "say", "says", "due", "owing", "but", "as")
)
_DASHES = frozenset((",", "-", "–", "—", ":", ";", "(", "…", ".", "!"))
_TEXT_BEGINS = re.compile(
    r"^(?:(?:the |our )?(?:reasons?|why)(?: given)?(?: is| was| being|:)?|because of|because|since|as|due to|owing to|given(?: that)?|saying|says|say|so|but|that|with|from|on account of|on the grounds (?:of|that))\s+",
    re.IGNORECASE,
)
_SO = frozenset(("so", "hence", "therefore", "thus", "which means", "meaning", "that means", "and so"))
_NEVER_WILL = re.compile(
    r",? (?:and never (?:will|would|shall|have)|now or ever|full stop|end of(?: story)?|and that'?s (?:final|that)|no ifs(?:,? no| or) buts)[.!]*$",
    re.IGNORECASE,
)
_SAYS_WHAT = (*STAGES, *ANSWERS, M.EXTEND, M.REOPEN, M.WITHDRAW, M.NOTE, M.REMIND)
# What somebody begins with who has something to say.
_OPENERS = frozenset(
    (
        *(
            "yes",
            "no",
            "yep",
            "yeah",
            "yup",
            "aye",
            "ok",
            "okay",
            "right",
            "so",
            "well",
            "fyi",
            "update",
            "news",
        ),
        *(
            "hi",
            "hello",
            "hey",
            "morning",
            "good morning",
            "afternoon",
            "oh",
            "ah",
            "finally",
            "at last",
            "sorry",
        ),
    )
)


def statement_of(sentence: Sentence) -> Statement:
    """Part a sentence at the comma, dash, colon or "because" after which its text begins."""
    pieces = _without_emphasis(sentence)
    if (reasoned := _reason_first(sentence) or _number_first(sentence)) is not None:
        return reasoned
    while len(pieces) > 2 and (pieces[0].key in _OPENERS or pieces[0].kind is PieceKind.MARK):
        pieces = pieces[1:]
    if (blocked := _blocked_on(sentence, pieces)) is not None:
        return blocked
    for place, piece in enumerate(pieces):
        before, after = pieces[:place], pieces[place + 1 :]
        parts_it = _begins_a_reason(sentence, piece) or (
            bool(after)
            and (
                _parts(piece)
                or _says_why(before, piece, after)
                or (piece.key == "?" and sentence.asks_politely)
            )
        )
        if not parts_it or not any(earlier.means(*_SAYS_WHAT) for earlier in before):
            continue
        if piece.key == "," and _goes_on(before, after):
            continue
        if piece.key == "as" and (
            all(other.key in _LIKEWISE for other in after) or after[0].means(*STAGES, *ANSWERS)
        ):
            # "Sign off 15 as complete"
            continue
        start = after[0].start if piece.kind is PieceKind.MARK else piece.start
        return Statement(
            sentence.with_pieces(before),
            as_text(sentence.text[start:]),
            sentence.with_pieces(after),
            piece.key.split(" ")[0],
        )
    return Statement(sentence.with_pieces(pieces), "", sentence.with_pieces(()))


def _blocked_on(sentence: Sentence, pieces: Sequence[Piece]) -> Statement | None:
    parted = what_blocks_it(pieces)
    if parted is None:
        return None
    says, blockers = parted
    text = as_text(sentence.text[blockers[0].start : blockers[-1].end])
    return Statement(sentence.with_pieces(says), text, sentence.with_pieces(blockers), "because")


def _without_emphasis(sentence: Sentence) -> tuple[Piece, ...]:
    """Return the pieces without what only stresses a refusal: "and never will"."""
    match = _NEVER_WILL.search(sentence.text)
    if match is None:
        return sentence.pieces
    return tuple(piece for piece in sentence.pieces if piece.start < match.start())


def _reason_first(sentence: Sentence) -> Statement | None:
    """Part a sentence that gives its reason before what it says: "the ICB has not signed so 25 is stuck"."""
    for place, piece in enumerate(sentence.pieces):
        if piece.key not in _SO:
            continue
        before, after = sentence.pieces[:place], sentence.pieces[place + 1 :]
        if not before or not after:
            continue
        says = sentence.with_pieces(after)
        names_it = any(other.kind is PieceKind.REF for other in after)
        has_it_before = any(other.kind is PieceKind.REF for other in before)
        if not names_it or has_it_before or not says.has(*STAGES, *ANSWERS):
            continue
        names = tuple(other for other in before if other.kind is PieceKind.NAME)
        if not says.names:
            says = sentence.with_pieces((*names, *after))
        return Statement(says, sentence.text.strip(), sentence.with_pieces(()), "because")
    return None


_POINTS_BACK = frozenset(("that", "it", "this", "which", "so it", "so that"))


def _number_first(sentence: Sentence) -> Statement | None:
    """Part a sentence that names its number in a clause before what it says: "met the force about 16, that's in
    progress now"."""
    for place, piece in enumerate(sentence.pieces):
        if piece.key not in (",", "-", "–", "—", ";", "."):
            continue
        before, after = sentence.pieces[:place], sentence.pieces[place + 1 :]
        if not after or after[0].key not in _POINTS_BACK:
            continue
        first = next((start for start, piece in enumerate(before) if piece.key not in _OPENERS), 0)
        lead, says = sentence.with_pieces(before[first:]), sentence.with_pieces(after)
        if len(lead.named_refs) != 1 or says.named_refs or lead.has(*_SAYS_WHAT, M.NOT, M.HEDGE, M.EXCEPT):
            continue
        if not says.has(*STAGES, *ANSWERS) or says.has(M.HEDGE):
            continue
        subjects = (other for other in before if other.kind in (PieceKind.REF, PieceKind.NAME))
        head = sentence.with_pieces((*subjects, *after))
        return Statement(head, sentence.text.strip(), sentence.with_pieces(()), "because")
    return None


_COURTESY = re.compile(r"^(?:please|pls|plz|thanks|thank you|thx|ta)\b[\s,.;:–—-]*", re.IGNORECASE)


def as_text(words: str) -> str:
    """Return the words without what only leads on to them ("because", "saying")."""
    if not any(sign.isalnum() for sign in words):
        # "Job done on 15!!"
        return ""
    text = _COURTESY.sub("", words.strip(" ,;:–—-\t\n").lstrip("!.… "), count=1)
    text = _TEXT_BEGINS.sub("", text, count=1)
    return text.removesuffix(")") if "(" not in text else text


# After "blocked" these lead to what blocks it; after "complete" they would take the most of it back.
_BLOCKED_BY = frozenset(
    ("without", "pending", "awaiting", "waiting", "since", "while", "by", "before", "till", "til")
)
# After a no, or half a yes, to why.
_ANSWERED_SO = frozenset(("since", "given", "citing", "considering"))


def _says_why(before: Sequence[Piece], piece: Piece, after: Sequence[Piece]) -> bool:
    """Whether a word leads to why something is blocked, or not accepted."""
    first = piece.key.split(" ")[0]
    if after[0].kind is PieceKind.DAY:
        return False
    is_why_blocked = first in _BLOCKED_BY and any(earlier.means(M.BLOCKED) for earlier in before)
    is_why_not = first in _ANSWERED_SO and any(earlier.means(M.DECLINE, M.PARTLY) for earlier in before)
    return is_why_blocked or is_why_not


_REASONS = re.compile(
    r"on (?:the )?(?:[\w'-]+ )?grounds?\b|on account of\b|for (?:want|lack|reasons) of\b|in (?:the )?(?:view|light) of\b|for [\w'-]+ reasons\b",
    re.IGNORECASE,
)


def _begins_a_reason(sentence: Sentence, piece: Piece) -> bool:
    """Whether a reason begins here that no mark parts from its statement: "on the grounds of cost"."""
    return (
        piece.key.split(" ")[0] in ("on", "for", "in")
        and _REASONS.match(sentence.text, piece.start) is not None
    )


def _parts(piece: Piece) -> bool:
    if piece.kind is PieceKind.MARK:
        return piece.key in _DASHES
    if piece.key in ("as of", "as at", "as yet"):
        # "Done as of 3 March" says when, "not begun as yet" nothing.
        return False
    return piece.kind in (PieceKind.WORDS, PieceKind.UNKNOWN) and piece.key.split(" ")[0] in _TURNS


_LIKEWISE = frozenset(
    (
        *(
            "too",
            "also",
            "as well",
            "as",
            "well",
            "likewise",
            "both",
            "and",
            "&",
            "the",
            "same",
            "the same",
            "so",
        ),
        *("has", "have", "is", "are"),
    )
)


def _goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a comma parts no text: "15, 16 and 25", "yes, put 15 down as done"."""
    if before[-1].kind is PieceKind.NAME and after[0].kind is PieceKind.NAME:
        # "15 is done for Kent, Essex still going" says something else of the second.
        listed = itertools.takewhile(
            lambda piece: piece.kind is not PieceKind.MARK or piece.key == ",", after
        )
        return all(
            piece.kind in (PieceKind.NAME, PieceKind.MARK) or piece.key in _LIKEWISE for piece in listed
        )
    if all(piece.kind in (PieceKind.NAME, PieceKind.MARK) or piece.key in _LIKEWISE for piece in after):
        # "Kent accepted 15, Surrey too".
        return any(piece.bodies for piece in after) and any(piece.bodies for piece in before)
    numbers_before = any(piece.kind is PieceKind.REF for piece in before)
    numbers_after = any(piece.kind is PieceKind.REF for piece in after)
    return after[0].kind is PieceKind.REF or (numbers_after and not numbers_before)
