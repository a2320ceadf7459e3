"""A recommendation and a body in one question: all that is kept of the two stands on one screen.

"Has Kent changed its mind about 15 at any point" is answered by it, whatever small words stand in it; what is not
kept (money, people, advice, what is to come) is not."""

import re

from bot.domain.questions.plain_words.asking.subjects import about
from bot.domain.questions.plain_words.conditions import CONDITIONS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import answered_for_places, is_excepting, named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import state_of
from bot.domain.questions.plain_words.understanding import Answerable, Understanding

# What is asked must be something that is kept.
_KEPT = (*CONDITIONS, M.STATUS, M.CHANGES, M.HISTORY, M.OUTSTANDING, M.WORDING, M.NOTE, M.WAITING, M.RECORDED)
_NOT_KEPT = (
    *(M.JUDGEMENT, M.WRITE, M.OUTSIDE, M.HOW_MANY, M.PERCENT, M.WHO, M.FILE, M.MAP, M.CHART, M.CONTACT),
    *(
        M.COORDINATOR,
        M.DIGEST,
        M.REMIND,
        M.GRANT,
        M.REVOKE,
        M.UNDO,
        M.REDACT,
        M.REFERS_BACK,
        M.LISTED,
    ),
    *(M.XLSX, M.DOCX, M.CSV, M.JSON, M.PDF, M.ODS, M.BY_REGION, M.SEND, M.EVERYONE, M.COMPARE),
)
_SUPPOSES = re.compile(
    r"\b(?:if|unless|suppose|supposing|should|would|could|ought|might|shall|can|must|may|will|going to|than|let us)\b"
)
_MOST_UNKNOWN = 4


def known_of_a_pair(sentence: Sentence) -> Understanding | None:
    """Return how the named bodies stand with the named recommendations; None where anything else is asked."""
    places = named_places(sentence)
    if (
        not sentence.named_refs
        or not _asks(sentence)
        or (is_excepting(sentence) and not _is_apart_from_a_state(sentence))
    ):
        return None
    if not places.meant:
        return _known_of_ones_own(sentence)
    if any(piece.kind is PieceKind.NAME and len(piece.bodies) != 1 for piece in sentence.pieces):
        return None
    is_of_bodies = all(piece.bodies and not piece.regions for piece in places.meant)
    return _answered(sentence, sentence) if is_of_bodies else None


def _is_apart_from_a_state(sentence: Sentence) -> bool:
    """Whether only what is known of a state is left out: "anything from us on 15 apart from the acceptance"."""
    place = next((place for place, piece in enumerate(sentence.pieces) if piece.means(M.EXCEPT)), None)
    if place is None or not sentence.has(M.ANY, M.WHAT):
        return False
    after = [piece for piece in sentence.pieces[place + 1 :] if not piece.means(M.NEUTRAL)]
    return (
        bool(after)
        and state_of(after[0]) is not None
        and not any(piece.kind in (PieceKind.NAME, PieceKind.REF) for piece in after)
    )


_SOMEBODY_DID = re.compile(r"(?:did|has|have) [A-Z][a-z]+(?:,? (?:or|and) [A-Z][a-z]+)? ")


def _known_of_ones_own(sentence: Sentence) -> Understanding | None:
    """Return how the asker's own body stands: "did Priya put our return in for 16"."""
    speaks_of_own = sentence.own_bodies or _SOMEBODY_DID.match(
        sentence.text[:1].casefold() + sentence.text[1:]
    )
    if not sentence.asker.bodies or not speaks_of_own:
        return None
    own = tuple(Piece(PieceKind.NAME, 0, 0, body.slug, named=(body,)) for body in sentence.asker.bodies)
    return _answered(sentence, sentence.with_pieces((*own, *sentence.pieces)))


def _answered(sentence: Sentence, with_bodies: Sentence) -> Understanding | None:
    if sentence.days or sentence.of_kind(PieceKind.PERSON, PieceKind.STRANGE):
        return None
    if len(sentence.of_kind(PieceKind.UNKNOWN)) > _MOST_UNKNOWN or not sentence.has(*_KEPT):
        return None
    if sentence.has(*_NOT_KEPT) or _SUPPOSES.search(sentence.spelt_out):
        return None
    # What is left out is known too, and stands on the same screen.
    pieces = tuple(piece for piece in with_bodies.pieces if not piece.means(M.EXCEPT))
    with_bodies = with_bodies.with_pieces(pieces)
    answer = answered_for_places(with_bodies, about(with_bodies))
    return answer if isinstance(answer, Answerable) else None


def _asks(sentence: Sentence) -> bool:
    """Whether a person asks: by a mark, by the order of the words, or by a clause that begins with a question word."""
    return (
        sentence.has_question_mark
        or sentence.begins_with_an_auxiliary
        or sentence.asks_in_a_later_clause
        or sentence.begins_clauses_with(M.WHAT, M.WHY, M.WHERE, M.HOW, M.WHETHER)
    )
