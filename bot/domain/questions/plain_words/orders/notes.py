"""Notes and forms, and what a body waits for: "note on 15: met the provider", "let me fill in 16"."""

import re

from bot.domain.questions.plain_words.doubts import leaves_doubt
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import SUBJECT_KINDS, PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, recorders, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import NotAnswered, Offered, Understanding

_BESIDE_A_FORM = (
    *(
        M.FORM,
        M.OWN,
        M.EVIDENCE,
        M.STATUS,
        M.ADD,
        M.TELL,
        M.BODY_WORD,
        M.REC_WORD,
        M.RECORDED,
        M.CHANGES,
        M.MARK,
    ),
    *(M.NOTE, M.HEDGE, M.OUTSTANDING, M.SEND),
)
_WAITS = ("waiting for", "waiting on", "awaiting", "still waiting", "held up waiting")


def waiting_for(sentence: Sentence) -> Understanding | None:
    """Offer to record what a body is blocked on: "on 16 we're waiting for the force to sign"."""
    waiting = next((piece for piece in sentence.pieces if piece.key in _WAITS), None)
    if waiting is None or not sentence.has(M.OWN) or sentence.has(*STAGES, *ANSWERS, M.NOT):
        return None
    head = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < waiting.start))
    text = sentence.text[waiting.start :].strip()
    if (
        not head.refs
        or not head.has(M.OWN)
        or head.names
        or head.of_kind(PieceKind.UNKNOWN)
        or leaves_doubt(head)
    ):
        return None
    return offered(head, head.refs, lambda refs, slug: with_text(joined("blocked", refs, slug), text))


def form(sentence: Sentence) -> Understanding | None:
    """Offer the form: "let me fill in 16 for Cheshire"."""
    if (
        not sentence.has(M.FORM)
        or sentence.has(M.NOT)
        or not sentence.is_accounted_for(_BESIDE_A_FORM, SUBJECT_KINDS)
    ):
        return None
    if not sentence.refs:
        bodies = recorders(sentence)
        if isinstance(bodies, NotAnswered):
            return bodies
        return Offered(tuple(joined("update", body.slug) for body in bodies) or ("update",))
    return offered(sentence, sentence.refs[:1], lambda refs, slug: joined("update", refs, slug))


_NOTES = re.compile(r"\b(?:note|jot|comment|remark)\b")
# "Add to 16: new post advertised"
_ADDS_TO = re.compile(
    r"(?:please |pls )?add (?:this |that |the following )?(?:to|on|against) [^:]*[0-9][a-z]?\s*:"
)
_NOTES_A_STATE = re.compile(r"(?:please |pls |kindly |do )*note (?:that )?(?!on\b|to\b|for\b|against\b)[a-z]")
_BEFORE_NOTE = re.compile(r"^(?:[\s,;:–—-]+|(?:that|saying|to say)\s+)+")


def noting(sentence: Sentence) -> Understanding | None:
    head = sentence.lower.split(":")[0]
    if _NOTES_A_STATE.match(sentence.lower) and sentence.has(*STAGES, *ANSWERS) and ":" not in sentence.text:
        # "Please note that Suffolk accepted 25" says how it stands.
        return None
    is_note = (_NOTES.search(head) and sentence.has(M.NOTE)) or _ADDS_TO.match(sentence.lower)
    if not is_note or sentence.has_question_mark:
        return None
    if not sentence.refs and ":" not in sentence.text:
        return None
    start = _end_of_note_head(sentence)
    text = _BEFORE_NOTE.sub("", sentence.text[start:]).strip()
    if not text:
        return None
    head_only = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < start))
    return offered(head_only, head_only.refs[:1], lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


_NOTES_THAT = re.compile(
    r"(?:(?:please|pls|can you|could you|kindly) )*(?:for the record[,:]? |(?:log|note|record|minute|jot down|make a note|add a note|add|put down)"
    r"(?: (?:to|on|for|against) [^:]{1,30}?)? that )(?P<text>\S.*)"
)


def noting_that(sentence: Sentence) -> Understanding | None:
    """Offer a note for what is told of a recommendation without a state: "log that we met the ICB on 25"."""
    match = _NOTES_THAT.match(sentence.lower)
    if (
        not match
        or len(sentence.named_refs) != 1
        or sentence.has(*STAGES, *ANSWERS)
        or sentence.has_question_mark
    ):
        return None
    text = " ".join(sentence.text.split())[match.start("text") :]
    return offered(sentence, sentence.named_refs, lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


def _end_of_note_head(sentence: Sentence) -> int:
    """Return where the note begins: after the colon, or after its recommendation and a body right beside it."""
    colon = sentence.text.find(":")
    if colon >= 0:
        return colon
    numbered = sentence.of_kind(PieceKind.REF, PieceKind.PART)
    last = numbered[-1] if numbered else next(piece for piece in sentence.pieces if piece.means(M.NOTE))
    beside = [piece.end for piece in sentence.names if last.start < piece.start < last.end + 12]
    return max([*beside, last.end])
