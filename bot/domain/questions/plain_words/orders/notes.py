"""Notes and forms, and what a body waits for: "note on 15: met the provider", "let me fill in 16"."""

import re

from bot.domain.questions.plain_words.doubts import leaves_doubt
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import SUBJECT_KINDS, Piece, PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, recorders, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.offering import recording_of
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import About, Asked, NotAnswered, Offered, Understanding

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


def _waits_at_the_beginning(sentence: Sentence) -> bool:
    """Whether a contact says nothing but what it waits for: "waiting on the CPS for 16"."""
    first = next((piece for piece in sentence.pieces if not piece.means(M.NEUTRAL)), None)
    return (
        bool(sentence.asker.bodies)
        and first is not None
        and first.key in _WAITS
        and len(sentence.named_refs) == 1
        and bool(sentence.of_kind(PieceKind.UNKNOWN))
        and not sentence.names
        and not sentence.has_question_mark
    )


def waiting_for(sentence: Sentence) -> Understanding | None:
    """Offer to record what a body is blocked on: "on 16 we're waiting for the force to sign"."""
    if _waits_at_the_beginning(sentence) and not sentence.has(*STAGES, *ANSWERS, M.NOT):
        text = sentence.text.strip()
        return offered(
            sentence, sentence.refs, lambda refs, slug: with_text(joined("blocked", refs, slug), text)
        )
    waiting = next((piece for piece in sentence.pieces if piece.key in _WAITS), None)
    if (
        waiting is None
        or sentence.has(*STAGES, *ANSWERS, M.NOT, M.WHO, M.WHICH)
        or sentence.has_question_mark
    ):
        return None
    if (understood := _waits_for_somebody(sentence, waiting)) is not None:
        return understood
    if not sentence.has(M.OWN):
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


_NUMBER_AT_THE_END = re.compile(
    r" (?:for|on|with|re|about|regarding|before (?:we|they) can .{0,30}?) (?:rec\w* )?#?\d+[a-z]?[.! ]*$",
    re.IGNORECASE,
)


def _waits_for_somebody(sentence: Sentence, waiting: Piece) -> Understanding | None:
    """Offer what a body waits for where its number stands before or at the end: "16 waiting on Victim Support", "Essex
    are waiting on the NHS for 15"."""
    before = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.end <= waiting.start))
    after = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start >= waiting.end))
    is_whose = bool(before.bodies) or (bool(sentence.asker.bodies) and not sentence.names)
    if len(sentence.named_refs) != 1 or not is_whose or before.of_kind(PieceKind.UNKNOWN) or after.names:
        return None
    if before.left_over((M.OWN, M.REC_WORD), SUBJECT_KINDS) or not after.of_kind(PieceKind.UNKNOWN):
        return None
    text = sentence.text[waiting.start :].strip()
    if not before.named_refs:
        number = _NUMBER_AT_THE_END.search(text)
        if number is None:
            return None
        text = text[: number.start()] if "before" not in number[0] else text
    subject = sentence.with_pieces((*before.pieces, *after.of_kind(PieceKind.REF)))
    return offered(
        subject, sentence.named_refs, lambda refs, slug: with_text(joined("blocked", refs, slug), text)
    )


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


# A note that is named is one, whatever it says.
_A_NOTE_IS_MEANT = re.compile(
    r"for the record (?:on|for|about) (?:rec\w* )?#?\d|(?:(?:please|pls|can you|could you|kindly) )*(?:make|add|put|leave|jot|stick|pop|take|drop) (?:down )?(?:a |in a )?(?:quick |short )?note\b"
)
_NOTES = re.compile(r"\b(?:note|jot|comment|remark|write down|scribble|minute|put on (?:file|record))\b")
# "Add to 16: new post advertised"
_ADDS_TO = re.compile(
    r"(?:please |pls )?(?:add|log|put|jot|record|write|minute) (?:this |that |the following |down )?(?:to|on|against|for|under) [^:]*[0-9][a-z]?\s*:"
)
_NOTES_A_STATE = re.compile(r"(?:please |pls |kindly |do )*note (?:that )?(?!on\b|to\b|for\b|against\b)[a-z]")
_BEFORE_NOTE = re.compile(r"^(?:[\s,;:–—-]+|(?:that|saying|to say)\s+)+")


# "Log for Suffolk 16 - tender out"
_LOGS_AFTER_A_DASH = re.compile(
    r"(?:(?:please|pls|can you|could you) )*(?:log|record|note|minute|jot(?: down)?|put|put down|file|enter)(?: a note)?(?: (?:for|against|on|under|to))? (?P<about>[\w'& -]{2,40}?)\s*(?:\s[-–—]+\s|:|,)\s*(?P<text>\S.{3,})"
)


def _logged_after_a_dash(sentence: Sentence) -> Understanding | None:
    """Offer a note of what follows a body and its recommendation: "log for Suffolk 16 - tender out"."""
    match = _LOGS_AFTER_A_DASH.match(" ".join(sentence.straight.split()).casefold())
    if match is None or sentence.has_question_mark or sentence.has_question_word:
        return None
    about = Sentence.of(match["about"], sentence.asker, sentence.around)
    is_named = len(about.named_refs) == 1 and not about.left_over(
        (M.OWN, M.REC_WORD, M.BODY_WORD), SUBJECT_KINDS
    )
    text = " ".join(sentence.text.split())[match.start("text") :]
    says = Sentence.of(text, sentence.asker, sentence.around)
    if not is_named or says.has(*STAGES, *ANSWERS) or says.named_refs or says.names or says.asks:
        return None
    if len(text.split()) < _FEWEST_WORDS - 1 or not says.of_kind(PieceKind.UNKNOWN):
        return None
    return offered(about, about.named_refs, lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


def noting(sentence: Sentence) -> Understanding | None:
    if (logged := _logged_after_a_dash(sentence)) is not None:
        return logged
    head = sentence.lower.split(":")[0]
    if _NOTES_A_STATE.match(sentence.lower) and sentence.has(*STAGES, *ANSWERS) and ":" not in sentence.text:
        # "Please note that Suffolk accepted 25" says how it stands.
        return None
    if (named := _NOTES_THAT.match(sentence.lower)) and _BEGINS_WITH_ITS_NUMBER.match(named["text"]):
        # "Make a note that 16 is with legal": the number is a part of the text.
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
    if not sentence.refs and sentence.asker.bodies and not sentence.names:
        return _each_note(sentence, text)
    head_only = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < start))
    return offered(head_only, head_only.refs[:1], lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


_NOTES_THAT = re.compile(
    r"(?:(?:please|pls|can you|could you|kindly) )*(?:for the record(?: (?:on|for|about) (?:rec\w* )?#?\d+[a-z]?)?[,:]? |(?:log|note|record|minute|jot down|make a note|add a note|add|put down)"
    r"(?: (?:to|on|for|against) [^:]{1,30}?)? that )(?P<text>\S.*)"
)


def noting_that(sentence: Sentence) -> Understanding | None:
    """Offer a note for what is told of a recommendation without a state: "log that we met the ICB on 25".

    Where no recommendation is named, ask which."""
    match = (
        _NOTES_THAT.match(sentence.lower)
        or _WANTS_NOTED.match(sentence.lower)
        or _ON_IT_NOTES_THAT.match(sentence.lower)
    )
    names_its_number = match is not None and match.groupdict().get("number") is not None
    if match and not sentence.named_refs and not sentence.has_question_mark:
        return _note_on_which(sentence, match.start("text"))
    if (
        not match
        or len(sentence.named_refs) != 1
        or (
            sentence.has(*STAGES, *ANSWERS)
            and not (names_its_number or _A_NOTE_IS_MEANT.match(sentence.lower))
        )
        or sentence.has_question_mark
    ):
        return None
    text = " ".join(sentence.text.split())[match.start("text") :]
    text = _NUMBER_LAST.sub("", text)
    return offered(sentence, sentence.named_refs, lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


# "For 15, add that two officers start in April"
_ON_IT_NOTES_THAT = re.compile(
    r"(?P<number>(?:for|on|against|under|re) (?:rec\w* )?#?\d+[a-z]?)(?: (?:for|in) [\w' -]{2,30}?)?,? (?:(?:please|pls|can you|could you) )*(?:add|note|log|record|minute|put) that (?P<text>\S.*)"
)
# "…, rec 16"
_NUMBER_LAST = re.compile(
    r"\s*[,;–—-]\s*(?:(?:for|on|re|about) )?(?:recs?|recommendation) #?\d+[a-z]?[.! ]*$", re.IGNORECASE
)


_BEGINS_WITH_ITS_NUMBER = re.compile(r"(?:rec\w* )?#?\d+[a-z]?\b(?!\s*:)")


def orders_a_note(sentence: Sentence) -> bool:
    """Return whether its words, whatever they are, are to be noted: "make a note that 16 is with legal"."""
    return (_NOTES_THAT.match(sentence.lower) or _ON_IT_NOTES_THAT.match(sentence.lower)) is not None


# "We'd like it noted that", "let the record show that"
_WANTS_NOTED = re.compile(
    r"(?:(?:please|pls|kindly) )*(?:(?:i|we)(?:'d| would)? (?:like|want|wish|ask for) (?:it |this )?(?:to be )?(?:noted|recorded|minuted|logged|put on record|placed on record|on record)"
    r"|(?:could|can|may|might|let) (?:it|this) be (?:noted|recorded|minuted|logged|put on record)|let the record (?:show|state|reflect)|it should be noted"
    r"|(?:put|place) it on record|put (?:it )?on record)(?P<number> (?:on|against|for|about|under) (?:rec\w* )?#?\d+[a-z]?)?(?: that|[:,])? (?P<text>\S.*)"
)


def _note_on_which(sentence: Sentence, start: int) -> Understanding | None:
    if recording_of(sentence) is not None and not isinstance(recording_of(sentence), NotAnswered):
        return None
    text = " ".join(sentence.text.split())[start:]
    if sentence.asker.bodies and not sentence.names:
        return _each_note(sentence, text)
    return offered(sentence, (), lambda refs, slug: f"{joined('note', refs, slug)}: {text}")


def _each_note(sentence: Sentence, text: str) -> Asked:
    """Ask on which recommendation a note is meant."""
    notes = (
        f"{joined('note', ref, body.slug)}: {text}"
        for body in sentence.asker.bodies
        for ref in sentence.around.addressed
    )
    return Asked(About.RECOMMENDATION, tuple(notes))


# "16: tender out, award expected in June"
_TELLS_OF = re.compile(
    r"(?P<lead>(?:fyi|heads up|for info|for information|for your info|for your information|for the file|for the record)[ ,:]+)?(?:re |on |for |update on |news on )?(?:recs? |recommendations? |no\.? ?)?#?[0-9]+[a-z]? ?[:–—-] ?(?P<text>\S.*)"
)
_FEWEST_WORDS = 3
_OTHER_ORDERS = (
    *(
        M.EXTEND,
        M.EXTENSION,
        M.OVERDUE,
        M.REMIND,
        M.UNDO,
        M.REDACT,
        M.WITHDRAW,
        M.REOPEN,
        M.ADD,
        M.FORM,
        M.NOTE,
    ),
)
_ASKS_OR_ORDERS = (
    *(
        M.WHO,
        M.WHICH,
        M.WHAT,
        M.WHEN,
        M.WHERE,
        M.WHY,
        M.HOW,
        M.HOW_MANY,
        M.PERCENT,
        M.ANY,
        M.TELL,
        M.WHETHER,
        M.SEND,
    ),
    *(M.FILE, M.MAP, M.CHART, M.REMIND, M.CONTACT, M.HISTORY, M.WORDING, M.EXTEND, M.MARK),
)


def telling_of(sentence: Sentence) -> Understanding | None:
    """Offer as a note what a contact tells of a recommendation after its number and a colon."""
    match = _TELLS_OF.match(sentence.lower)
    if not match or len(sentence.named_refs) != 1 or not sentence.asker.bodies or sentence.names:
        return None
    text = " ".join(sentence.text.split())[match.start("text") :]
    asks = (
        sentence.has_question_mark
        or sentence.asks_in_a_later_clause
        or sentence.begins_clauses_with(*_ASKS_OR_ORDERS)
    )
    is_a_text = len(text.split()) >= _FEWEST_WORDS and len(sentence.of_kind(PieceKind.UNKNOWN)) > 1
    is_a_text = is_a_text or match["lead"] is not None
    if asks or not is_a_text or sentence.has(*STAGES, *ANSWERS, *_OTHER_ORDERS):
        return None
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
