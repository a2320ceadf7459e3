"""Orders but those that record an answer or progress: undo, a note, more time, a reminder, the digest, forms.

Each is offered as its command, to whoever may do it."""

import re
from collections.abc import Callable
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.unfinished import PLACE
from bot.domain.questions.plain_words.doubts import leaves_doubt, leaves_doubt_or_hedges
from bot.domain.questions.plain_words.joined_statements import statements_in
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import named_places, nearest, not_understood, not_yours
from bot.domain.questions.plain_words.recorders import joined, offered, recorders, with_text
from bot.domain.questions.plain_words.recording import as_text, recording_of, statement_of
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.times import ahead, behind
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)
from bot.domain.questions.written import day_words

_ABOUT = (PieceKind.REF, PieceKind.NAME)


def order_in(sentence: Sentence) -> Understanding | None:
    """Offer what a sentence orders or states; None for a question that is no polite order."""
    sentence = _as_done(_without_how_it_was_told(_without_how_it_came(sentence)))
    if not sentence.has_question_mark and (closed := _close(sentence)):
        return closed
    if (put := _ask(sentence)) is not None:
        return put
    if not sentence.has_question_mark and (expected := _expect(sentence)) is not None:
        return expected
    if _asks(sentence) and not sentence.asks_politely and not _orders_all_the_same(sentence):
        return None
    sentence = sentence.as_a_statement()
    if len(sentence.named_refs) > 1 and _TAKES_ONE.match(sentence.lower):
        # Each would be half of what is wanted.
        return not_understood(sentence)
    for order in _ORDERS:
        if (understood := order(sentence)) is not None:
            return understood
    return None


# "Had Dorset on the phone:", "email from Essex -", "just spoke to Suffolk,"
_HOW_IT_CAME = re.compile(
    r"(?:just |i |we |i've |we've |have |had |got |a |an |the |new |from |off |back |been |in |another |quick |good news |news )*"
    r"(?:spoke|spoken|heard|on the phone|the phone|phone|phoned|rang|call|called|email|e-mail|emailed|message|messaged|letter|note|word"
    r"|news|update|reply|chat|text|line|met|meeting|touch)\b[^:,;–—]*?[:,;–—](?: -)?"
)


_WISHES = re.compile(
    r"(?:(?:please|pls|hi|hello|so|ok|yes)[ ,]+)*(?:(?:i|we)(?:'d| would)? (?:like|want|wish|need|love) to|(?:i am|i'm|we are|we're) (?:ready|able) to"
    r"|let (?:us|me)) (?=(?:accept|agree|decline|reject|refuse|partly|partially|say (?:yes|no))\b)"
)


def _as_done(sentence: Sentence) -> Sentence:
    """Return "we accept 15" for "I'd like to accept 15": who says so does so."""
    match = _WISHES.match(sentence.lower)
    text = " ".join(sentence.text.replace("’", "'").split())
    if not match or sentence.has_question_mark or sentence.has(M.NOT, M.NO_LONGER):
        return sentence
    return Sentence.of(f"we {text[match.end() :]}", sentence.asker, sentence.around)


def _without_how_it_came(sentence: Sentence) -> Sentence:
    """Return what was told, and by whom; "had Dorset on the phone: they accept 15" is "Dorset: they accept 15"."""
    match = _HOW_IT_CAME.match(sentence.lower) or _HAD_ON_THE_PHONE.match(sentence.lower)
    if not match or sentence.text.casefold().find(sentence.lower[: match.end()]) != 0:
        return sentence
    lead = tuple(piece for piece in sentence.pieces if piece.end <= match.end())
    names = tuple(piece for piece in lead if piece.kind is PieceKind.NAME)
    if len(names) != 1 or any(piece.ref or piece.means(M.NOT, *STAGES, *ANSWERS) for piece in lead):
        return sentence
    return sentence.with_pieces((*names, *(piece for piece in sentence.pieces if piece.end > match.end())))


# "Kent confirmed by email that", "Kent has been in touch,"
_HOW_IT_WAS_TOLD = re.compile(
    r"(?:'s (?:office|team|people|chief exec|pcc|commissioner|deputy))? (?:have |has |'ve )?(?:just |now |also |since )?"
    r"(?:confirmed|emailed|e-mailed|written|wrote|rung|rang|called|phoned|advised|told (?:us|me)|reported|been in touch|got in touch"
    r"|let (?:us|me) know|messaged|texted)(?: (?:us|me|in|back))?"
    r"(?: (?:by|via|in|on|over) (?:an |the )?(?:e-?mail|phone|letter|writing|message|text|telephone))?"
    r"(?: (?:yesterday|today|this morning))?(?: to (?:say|confirm|report))? ?(?:that |[:,;–—-]+ ?)",
    re.IGNORECASE,
)


def _without_how_it_was_told(sentence: Sentence) -> Sentence:
    """Return "Kent: 15 is done" for "Kent confirmed by email that 15 is done"."""
    names = sentence.names
    if len(names) != 1 or any(piece.ref for piece in sentence.pieces if piece.start < names[0].start):
        return sentence
    match = _HOW_IT_WAS_TOLD.match(sentence.text.replace("’", "'"), names[0].end)
    if not match:
        return sentence
    after = tuple(piece for piece in sentence.pieces if piece.start >= match.end())
    return sentence.with_pieces((names[0], *after)) if any(piece.ref for piece in after) else sentence


_HAD_ON_THE_PHONE = re.compile(
    r"(?:i |we |i've |we've |have |just )*(?:had|got|have) [^:,;–—]* on (?:the )?(?:phone|line|email)[:,;–—]"
)


def _asks(sentence: Sentence) -> bool:
    """Whether it asks before its text begins: "we cannot accept 16 because the force does it", "15 is done: what was
    missing is in place"."""
    if not sentence.asks or (sentence.has_question_mark and not _asks_before_its_text(sentence)):
        return sentence.asks
    statement = statement_of(sentence.as_a_statement())
    if statement.turns_with == "but" and statement.head.has(M.OWN):
        return statement.head.asks or statement.tail.has(*_ASKING_WORDS)
    if statement.turns_with in ("because", "due", "owing", ":"):
        return statement.head.asks
    return statement.head.asks or not statement.turns_with or _begins_by_asking(statement.tail)


def _asks_before_its_text(sentence: Sentence) -> bool:
    """Whether its mark stands before its text: "can we have another month on 16? Procurement was held up"."""
    last = next((piece for piece in reversed(sentence.pieces)), None)
    return sentence.asks_politely and last is not None and last.key != "?"


def _begins_by_asking(tail: Sentence) -> bool:
    """Whether what follows a comma or a dash asks: "15 is done in Kent, who else"; "they say it was easy" does not."""
    if tail.has_question_mark or tail.begins_with_an_auxiliary or tail.asks_in_a_later_clause:
        return True
    if _WHAT_IS_A_SUBJECT.match(tail.spelt_out) or _GIVES_ITS_REASON.match(tail.head):
        return False
    return tail.begins_clauses_with(*_ASKING_WORDS, M.TELL) or _only_hearsay(tail)


_GIVES_ITS_REASON = re.compile(r"(?:the |our |their )?reasons? ?(?::|is\b|was\b|being\b)")
# "What was missing is in place now" asks nothing.
_WHAT_IS_A_SUBJECT = re.compile(
    r"what(?:ever)? (?:was|were|is|had been|we|they|it)\b.*\b(?:is|are|has|have|was|were|will)\b"
)


def _only_hearsay(tail: Sentence) -> bool:
    """Whether it only tells what somebody said: "they say"; with words of its own it is a reason."""
    return all(piece.kind is PieceKind.MARK or piece.means(M.HEARSAY, M.NEUTRAL) for piece in tail.pieces)


_ASKING_WORDS = (M.WHO, M.WHICH, M.WHAT, M.WHEN, M.WHERE, M.WHY, M.HOW, M.HOW_MANY, M.ANY, M.WHETHER)


_TELL_IN_ORDERS = ("give", "let", "show us as", "can we have", "could we have", "can i have")
_TAKES_ONE = re.compile(
    r"(?:please |pls |can you |could you )?(?:extend|reopen|re-open|withdraw|retire|scrap|drop|note|jot|move|push)\b[^:]*$"
)


def _orders_all_the_same(sentence: Sentence) -> bool:
    """Whether it is an order although it may look like a question: "give Kent till 30 April", "let me know
    that we've done 15"."""
    if sentence.has_question_mark or sentence.has_asking_word or sentence.asks_in_a_later_clause:
        return False
    telling = (piece for piece in sentence.pieces if piece.means(M.TELL) and not piece.means(M.NEUTRAL))
    if not all(piece.key.startswith(_TELL_IN_ORDERS) for piece in telling):
        return False
    return not sentence.begins_with_an_auxiliary or sentence.says(r"^do(?: not|n'?t)\b")


_NEVER_MIND = re.compile(r"(?:ok |no |oh |ah |actually )*(?:forget (?:it|that|this)|never ?mind)[.!]*")
# "Scrub that last one", "delete what I just put"
_TAKES_BACK = re.compile(
    r"(?:(?:please|pls|sorry|oops|no|can you|could you)[ ,]+)*"
    r"(?:undo|take|scrub|scrap|bin|ditch|kill|zap|lose|wind back|roll back|walk back|strike|cancel|reverse|revert|delete|remove|retract|take back|ignore|disregard|forget) "
    r"(?:that|this|it|(?:(?:that|the|my) )?last(?: (?:one|entry|update|note|thing|bit))?"
    r"|what (?:i|we)(?:'ve| have)?(?: just)? (?:said|put|typed|wrote|recorded|entered|sent|done|did))"
    r"(?: back)?(?: (?:please|pls|i (?:made|sent|entered|recorded|put|typed|added)(?: in)?))*[.!]*(?: ?[,;:–-] ?[^?]*)?"
)


def _undo(sentence: Sentence) -> Understanding | None:
    if _NEVER_MIND.fullmatch(sentence.lower):
        # It speaks of what was asked, and takes nothing back.
        return None
    if not sentence.has(M.UNDO) and not _TAKES_BACK.fullmatch(sentence.lower):
        return None
    if sentence.says(r"\b(?:everything|all|history|everyone|register)\b"):
        return NotAnswered(WhyNot.NOT_KNOWN)
    if leaves_doubt_or_hedges(sentence):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    return Offered(("undo",)) if sentence.asker.records else not_yours(sentence)


def _send_digest(sentence: Sentence) -> Understanding | None:
    if not (sentence.has(M.DIGEST) and sentence.has(M.SEND)) or sentence.has(M.PREVIEW):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    goes_elsewhere_or_later = sentence.names or any(map(_is_later, sentence.days))
    was_sent = sentence.says(r"\b(?:was|were|been|is|we|i|they|have|has) sent\b")
    is_hedged = was_sent or (sentence.has(M.NOT, M.HEDGE, M.EXCEPT) and not sentence.asks_politely)
    if is_hedged or leaves_doubt(sentence) or goes_elsewhere_or_later:
        return NotAnswered(WhyNot.NOT_CERTAIN, ("digest",))
    return Offered(("digest send",))


def _is_later(day: Piece) -> bool:
    """Whether a day that is to come is meant: "this week's digest" is sent now."""
    return day.day is not None and (day.day.ahead is None or ("this" not in day.key and day.key != "today"))


def _add(sentence: Sentence) -> Understanding | None:
    if not sentence.has(M.ADD) or sentence.has(M.NOTE, M.FORM, M.EVIDENCE) or leaves_doubt(sentence):
        return None
    if sentence.named_refs:
        return None
    if sentence.has(M.REC_WORD) and sentence.reports:
        command = f"add {sentence.reports[0].key}"
    elif sentence.has(M.REPORT_WORD) and not sentence.has(M.REC_WORD):
        command = "add report"
    else:
        return None
    return Offered((command,)) if sentence.asker.is_coordinator else not_yours(sentence)


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


def _waits(sentence: Sentence) -> Understanding | None:
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


def _form(sentence: Sentence) -> Understanding | None:
    """Offer the form: "let me fill in 16 for Cheshire"."""
    if (
        not sentence.has(M.FORM)
        or sentence.has(M.NOT)
        or not sentence.is_accounted_for(_BESIDE_A_FORM, _ABOUT)
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


def _note(sentence: Sentence) -> Understanding | None:
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


def _note_that(sentence: Sentence) -> Understanding | None:
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


_MOVES_A_DEADLINE = re.compile(
    r"^(?:please |pls |can you |could you )?(?:move|change|push|put|shift|extend|set|make|hold|bump|slide|delay|defer|postpone)\b.*\b(?:deadline|date|back|to|until|till)\b"
)


def _last_end(sentence: Sentence) -> int:
    """Return where the last day or number ends: a text comes after it."""
    ends = [piece.end for piece in (*sentence.days, *sentence.of_kind(PieceKind.REF, PieceKind.PART))]
    return max(ends, default=0)


def _extend(sentence: Sentence) -> Understanding | None:
    before = sentence.with_pieces(
        tuple(piece for piece in sentence.pieces if piece.start <= _last_end(sentence))
    )
    is_meant = (
        before.has(M.EXTEND, M.EXTENSION)
        or (_GIVES_UNTIL.match(sentence.lower) and sentence.bodies)
        or _asks_for_a_day(sentence)
        or _MOVES_A_DEADLINE.match(sentence.spelt_out)
        or (sentence.days and _LONGER.search(sentence.days[-1].key))
    )
    if not is_meant or before.has(*STAGES, *ANSWERS) or not sentence.days or leaves_doubt(before):
        return None
    if not sentence.refs:
        return _extension_of_which(sentence)
    until = _until(sentence, sentence.refs[0])
    if until is None:
        return None
    end = max(piece.end for piece in (sentence.days[-1], *sentence.of_kind(PieceKind.REF, PieceKind.PART)))
    text = as_text(sentence.text[end:].lstrip(" ?!."))
    head = sentence
    if _ADDS_NOTHING.fullmatch(text.casefold()):
        text = ""
    else:
        head = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < end))
    return offered(
        head,
        sentence.refs[:1],
        lambda refs, slug: with_text(joined("extend", refs, slug, day_words(until)), text),
    )


_ASKS_FOR = re.compile(
    r"\b(?:asked for|asking for|wants?|needs?|requested|would like|proposed?|proposing) (?:until )?(?:the )?$"
)


def _asks_for_a_day(sentence: Sentence) -> bool:
    """Whether a day is asked for by a body: "Surrey have asked for 2 June on 16"."""
    if not sentence.days or not (sentence.bodies or sentence.own_bodies):
        return False
    day = sentence.days[-1]
    says_until = _ASKS_FOR.search(sentence.text[: day.start].casefold()) is not None
    return says_until and day.day is not None and day.day.length is None


_GIVES_UNTIL = re.compile(
    r"(?:(?:please|pls|can you|could you|ok|yes) )*(?:give|grant|let|allow|can|could|may)\b.*\b(?:to|until|till|til|up to|have)\b"
)
_LONGER = re.compile(r"\b(?:more|extra|further|additional|another)\b")
_ADDS_NOTHING = re.compile(r"(?:for (?:us|me|[a-z]+)|please|pls|thanks|thx)?[.!]*")


_EXTENDS = re.compile(r"(?:(?:please|pls|can you|could you) )*(?:extend|defer|postpone)\b")


def _extension_of_which(sentence: Sentence) -> Understanding | None:
    """Offer a new deadline where no recommendation is named; None where no day is, since a length adds to a
    deadline."""
    span = ahead(sentence.days[-1])
    day = sentence.days[-1].day
    if day and day.length and sentence.bodies and not sentence.of_kind(PieceKind.UNKNOWN):
        return _longer_by(sentence, day.length.delta)
    is_meant = sentence.has(M.DUE, M.EXTENSION) or _EXTENDS.match(sentence.lower)
    if span is None or not span.is_day or not is_meant:
        return None
    return offered(sentence, (), lambda refs, slug: joined("extend", refs, slug, day_words(span.last)))


def _longer_by(sentence: Sentence, delta: relativedelta) -> Understanding:
    """Ask which recommendation is meant by "give Suffolk another fortnight", each with its own new day."""
    bodies = recorders(sentence)
    if isinstance(bodies, NotAnswered):
        return bodies
    commands = (
        joined("extend", sentence.around.short(live.ref), body.slug, day_words(live.due_on + delta))
        for body in bodies
        for live in sentence.around.live
        if live.is_addressed and live.due_on
    )
    return Asked(About.RECOMMENDATION, tuple(commands))


def _until(sentence: Sentence, ref: Ref) -> date | None:
    """Return the day that is named, or the deadline and so much longer."""
    day = sentence.days[-1].day
    if day is None:
        return None
    if day.length is not None:
        due = next((live.due_on for live in sentence.around.live.with_number(ref.number)), None)
        return due + day.length.delta if due else None
    span = ahead(sentence.days[-1])
    return span.last if span and span.last > sentence.around.today else None


_EXPECTS = re.compile(
    r"\b(?:expects?|expecting|aims?|aiming|plans?|planning|intends?|intending|on (?:course|track|target) (?:to|for)"
    r"|due to|scheduled (?:to|for)|pencil us in for|target for|will (?:be|finish|complete|have))\b"
)
_HOPES = re.compile(
    r"\b(?:might|may|could|maybe|perhaps|possibly|probably|hope|hopes|hoping|hopefully|if|unless|when|once|not|never|nothing|half|part)\b"
)
_BESIDE_AN_EXPECTATION = (
    *(
        M.HEDGE,
        M.COMPLETE,
        M.DUE,
        M.OWN,
        M.BODY_WORD,
        M.REC_WORD,
        M.STATUS,
        M.MARK,
        M.EXPECTED_LATE,
        M.TIME_WORD,
        M.FILLER,
    ),
    *(M.NO_LONGER, M.TELL, M.EXTEND, M.OUTSTANDING),
)
_RECKONS = re.compile(r"^(?:so |and |ok )?(?:we|i) (?:think|reckon|believe|guess)\b")


def _expect(sentence: Sentence) -> Understanding | None:
    """Offer to record the day by which the body itself expects to be done: "we expect to finish 16 by 30
    June"."""
    if (
        not sentence.refs
        or len(sentence.days) != 1
        or sentence.has_question_word
        or not _EXPECTS.search(sentence.spelt_out)
    ):
        return None
    day = sentence.days[0]
    end = _last_end(sentence)
    head = sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < end))
    span = ahead(day)
    says_done = head.has(M.COMPLETE, M.DUE) or head.says(r"\b(?:for|at) ")
    beside = (*_BESIDE_AN_EXPECTATION, M.HEARSAY) if _RECKONS.match(head.head) else _BESIDE_AN_EXPECTATION
    is_plain = head.is_accounted_for(beside, (*_ABOUT, PieceKind.DAY))
    said_before = " ".join(piece.key for piece in head.pieces if piece.kind is not PieceKind.DAY)
    if span is None or span.last <= sentence.around.today or not says_done or not is_plain:
        return None
    if _HOPES.search(said_before):
        return None
    # A day after the deadline needs a reason: without one the sentence is kept whole.
    text = as_text(sentence.text[end:]) or sentence.text.strip()
    return offered(
        head,
        sentence.refs,
        lambda refs, slug: with_text(joined("expect", refs, slug, day_words(span.last)), text),
    )


_BESIDE_A_REMINDER = (
    *(M.REMIND, M.OVERDUE, M.WAITING, M.BODY_WORD, M.OUTSTANDING, M.REC_WORD, M.EVERYONE, M.CONTACT, M.SEND),
    *(M.RESPOND, M.STATUS, M.LISTED, M.NOT, M.COMPLETE, M.SILENT, M.NOT_STARTED, M.STARTED),
)


def _but_for_responses(sentence: Sentence) -> Sentence:
    """Return the sentence without whom to remind: "those who have not replied"."""
    start = next(
        (piece.start for piece in sentence.pieces if piece.means(M.LISTED, M.EVERYONE, M.BODY_WORD)), None
    )
    if start is None:
        return sentence
    return sentence.with_pieces(tuple(piece for piece in sentence.pieces if piece.start < start))


def _remind(sentence: Sentence) -> Understanding | None:
    if (
        not sentence.has(M.REMIND)
        or leaves_doubt(_but_for_responses(sentence))
        or sentence.says(r"\bremind (?:me|us)\b")
    ):
        return None
    if not sentence.is_accounted_for(_BESIDE_A_REMINDER, _ABOUT):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    slugs = [body.slug for body in sentence.bodies] or [""]
    meant = [ref for typed in sentence.refs for ref in sentence.around.meant_by(typed)]
    refs = meant or list(sentence.around.addressed)
    commands = tuple(joined("remind", ref, slug) for ref in refs for slug in slugs)
    return (
        Offered(commands)
        if sentence.refs and len(refs) == len(sentence.refs)
        else Asked(About.RECOMMENDATION, commands)
    )


_CHECKS = re.compile(
    r"^(?:(?:please|pls|ok|yes|right|so|and) )*(?:check|verify|mark (?:[\w'’]+ ){1,4}(?:as )?checked"
    r"|tick .*\bas checked|(?:tick off|record|log|do|mark) (?:our|the|a) check|(?:we|i)(?:'ve| have)?(?: now| just| also)? (?:checked|verified))\b"
)


_SATISFIED = frozenset(
    (
        "fine",
        "satisfied",
        "good",
        "ok",
        "happy",
        "happy with",
        "content",
        "content with",
        "fine with",
        "order",
        "genuine",
        "real",
        "true",
        "correct",
    )
)


def _check(sentence: Sentence) -> Understanding | None:
    allowed = (M.CHECK, M.CHECKED, M.MARK, M.BODY_WORD, M.REC_WORD, M.OWN, M.COMPLETE)
    bodies = sentence.bodies
    left = sentence.left_over(allowed, _ABOUT)
    if not bodies or not _CHECKS.search(sentence.lower) or any(piece.key not in _SATISFIED for piece in left):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    if leaves_doubt(sentence):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if sentence.refs:
        return Offered(tuple(joined("check", *sentence.refs, body.slug) for body in bodies))
    commands = (joined("check", ref, bodies[0].slug) for ref in sentence.around.addressed)
    return Asked(About.RECOMMENDATION, (*commands, bodies[0].slug))


def _reopen(sentence: Sentence) -> Understanding | None:
    statement = statement_of(sentence)
    if not sentence.has(M.REOPEN) or not sentence.refs or leaves_doubt_or_hedges(statement.head):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    bodies = [body.slug for piece in named_places(statement.head).meant for body in piece.bodies]
    if not bodies:
        unfinished = with_text(joined("reopen", sentence.refs[0], PLACE), statement.text)
        return Asked(About.BODY, (), unfinished)
    return Offered(
        tuple(with_text(joined("reopen", sentence.refs[0], slug), statement.text) for slug in bodies)
    )


_WITHDRAWS = re.compile(r"^(?:please |pls |can you |could you )?(?:withdraw|drop|retire|scrap)\b")


def _withdraw(sentence: Sentence) -> Understanding | None:
    statement = statement_of(sentence)
    is_meant = _WITHDRAWS.search(sentence.lower) and not leaves_doubt_or_hedges(statement.head)
    if not is_meant or not sentence.refs:
        return None
    if any(piece.bodies or piece.regions for piece in statement.head.names):
        # It is withdrawn for all or for nobody.
        return not_understood(sentence)
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Offered((with_text(joined("withdraw", sentence.refs[0]), statement.text),))


def _erase(sentence: Sentence) -> Understanding | None:
    """Refuse to delete: nothing is deleted by plain words."""
    erases = any(piece.means(M.REDACT) and not piece.means(M.UNDO) for piece in sentence.pieces)
    return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence)) if erases else None


_IS_AWAY = re.compile(
    r"(?:(?:i am|i'm|im|i will be|i'll be|ill be|i shall be|going to be|please note|note that|hi|hello)[ ,]+)*"
    r"(?:on (?:annual |maternity |paternity |sick |study )?leave|on holiday|on hols|away|out of (?:the )?office|out|off(?: work| sick)?|not in|ooo)"
    r"(?: from [a-z0-9 ]{2,20}?)? (?:until|till|til|to|through) "
)


def _away(sentence: Sentence) -> Understanding | None:
    """Offer to have another contact reminded until somebody is back: "I'm on leave until 28 March"."""
    if (
        not _IS_AWAY.match(sentence.lower)
        or sentence.refs
        or sentence.names
        or len(sentence.days) not in (1, 2)
    ):
        return None
    last = ahead(sentence.days[-1])
    if last is None or last.last <= sentence.around.today or leaves_doubt(sentence):
        return None
    return Offered((f"away until {day_words(last.last)}",)) if sentence.asker.bodies else not_yours(sentence)


_INSPECTORS = r"(?P<who>(?:the )?(?:hmicfrs|hmic|inspectorate|inspectors?|iopc|hmi))(?:'s)?"
_CLOSES = r"(?:closed?|closing|closure|signed? off|signing off|discharged?)"
_CLOSED_BY = re.compile(
    rf"\b(?:{_INSPECTORS}\b.*\b{_CLOSES}|{_CLOSES}\b.*\b{_INSPECTORS.replace('who', 'whose')})\b"
)


def _close(sentence: Sentence) -> Understanding | None:
    """Offer the inspectorate's own word with its day: "HMICFRS has closed 15 for Sussex, their letter of 3 March"."""
    match = _CLOSED_BY.search(sentence.lower)
    if not match or len(sentence.days) > 1 or _HOPES.search(sentence.lower) or not sentence.bodies:
        return None
    span = behind(sentence.days[0]) if sentence.days else None
    if sentence.asks and not (span or sentence.asks_politely):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    if span is None or not span.is_day:
        understood = offered(sentence, sentence.refs, lambda refs, slug: joined("close", refs, slug))
        return Asked(About.DAY, understood.commands) if isinstance(understood, Offered) else understood
    start = _last_number_or_name(sentence)
    says_more = any(
        piece.kind is PieceKind.UNKNOWN or piece.meanings - {M.NEUTRAL, M.TIME_WORD}
        for piece in sentence.pieces
        if piece.start >= start
    )
    after = sentence.text[start:].strip(" ,;:–—-")
    text = as_text(_CLOSED.sub("", after)) if says_more else match["who"] or match["whose"]
    day = day_words(span.first)
    return offered(
        sentence, sentence.refs, lambda refs, slug: with_text(joined("close", refs, slug, day), text)
    )


_CLOSED = re.compile(
    r"^(?:can be|is|are|has been|was|to be|now)* ?(?:closed|signed off|discharged)\W*", re.IGNORECASE
)


def _last_number_or_name(sentence: Sentence) -> int:
    return max(piece.end for piece in sentence.of_kind(PieceKind.REF, PieceKind.NAME))


_IMPORTS = re.compile(
    r"\b(?:upload|load|import|importing|bring in|read in|feed in|drop in|bulk load|to put in|get in|paste in)\b"
)
_A_TABLE = re.compile(
    r"\b(?:spreadsheets?|excel|xlsx|csv|tables?|files?|returns|workbooks?|sheets?|data|list)\b"
)


def _import(sentence: Sentence) -> Understanding | None:
    """Offer the import: "I have a spreadsheet of returns to load"."""
    if not (_IMPORTS.search(sentence.lower) and _A_TABLE.search(sentence.lower)):
        return None
    if sentence.refs or sentence.has(M.NOT, M.NO_LONGER) or leaves_doubt(sentence):
        return None
    return Offered(("import",)) if sentence.asker.is_coordinator else not_yours(sentence)


_ASKS_A_BODY = re.compile(
    r"(?:(?:please|pls|can you|could you|will you|i have|i've|we have|put|raise|send) )*(?:a |this |another )?(?:ask|question (?:to|for)|query (?:to|for|with)) "
)
_LEADS_TO_WHAT = frozenset(
    ("on", "about", "for", "re", "regarding", "concerning", "and", "rec", "recommendation", "the")
)


def _ask(sentence: Sentence) -> Understanding | None:
    """Offer a question to a body: "ask Hampshire on 16 which provider they mean"."""
    if not _ASKS_A_BODY.match(sentence.lower) or len(sentence.named_refs) != 1 or len(sentence.bodies) != 1:
        return None
    named = sentence.of_kind(PieceKind.REF, PieceKind.NAME)
    start, end = named[0].start, named[-1].end
    between = [piece for piece in sentence.pieces if start <= piece.start < end and piece not in named]
    text = sentence.text[end:].strip(" ,;:–—-.")
    if len(text.split()) < 2 or any(piece.key not in _LEADS_TO_WHAT for piece in between):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Offered((f"{joined('ask', sentence.named_refs[0], sentence.bodies[0].slug)}: {text}",))


_NEEDS_LONGER = re.compile(
    r"\b(?:needs?|wants?|would like|could do with|asking for|asks for|asked for|after|require|requires|requesting|requests?)\b"
)


def _needs_longer(sentence: Sentence) -> Understanding | None:
    """Ask until when, where no day is said: "Durham needs an extension on 16"."""
    if not sentence.has(M.EXTENSION, M.EXTEND) or sentence.days or len(sentence.refs) > 1:
        return None
    if (
        not _NEEDS_LONGER.search(sentence.spelt_out)
        or leaves_doubt(sentence)
        or sentence.has(*STAGES, *ANSWERS)
    ):
        return None
    if not (sentence.bodies or sentence.own_bodies):
        return None
    if sentence.of_kind(PieceKind.UNKNOWN) and not sentence.refs:
        return None
    understood = offered(sentence, sentence.refs, lambda refs, slug: joined("extend", refs, slug))
    return Asked(About.DAY, understood.commands) if isinstance(understood, Offered) else understood


_ORDERS: tuple[Callable[[Sentence], Understanding | None], ...] = (
    _undo,
    _away,
    _send_digest,
    _add,
    _form,
    _note,
    _note_that,
    _extend,
    _expect,
    _import,
    _needs_longer,
    _remind,
    _check,
    _reopen,
    _withdraw,
    _erase,
    _waits,
    statements_in,
    recording_of,
)
