"""Statements that would record: "Kent has accepted 15", "we're stuck on 25 because of vetting".

They are offered as the exact command, with all the person's words; nothing is done until it is pressed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.domain.questions.grammar.certainty import doubts_in
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.corrections import as_it_is_now
from bot.domain.questions.plain_words.doubts import (
    denies,
    is_doubtful,
    may_be_no_answer_yet,
    says_what_may_be,
)
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import begun_by, nearest, not_understood
from bot.domain.questions.plain_words.recorders import by_wording, joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, state_of
from bot.domain.questions.plain_words.times import ahead, behind
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)


class Recording(Enum):
    """What can be recorded; the value is its command, before and after the recommendations and the body."""

    ACCEPT = ("accept", "")
    PARTLY = ("partly", "")
    DECLINE = ("decline", "")
    COMPLETE = ("complete", "")
    IN_PROGRESS = ("progress", "in progress")
    NOT_STARTED = ("not started", "")
    BLOCKED = ("blocked", "")

    def command(self, refs: str, slug: str, text: str) -> str:
        before, after = self.value
        return with_text(joined(before, refs, slug, after), text)


@dataclass(frozen=True, slots=True)
class Statement:
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
    r"^(?:(?:the |our )?(?:reasons?|why)(?: is| was|:)?|because of|because|since|as|due to|owing to|saying|says|say|so|but|that|with|from|on account of)\s+",
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
_MAY_STAND = (
    *(
        *STAGES,
        *ANSWERS,
        M.NOT,
        M.NO_LONGER,
        M.OWN,
        M.MARK,
        M.BODY_WORD,
        M.REC_WORD,
        M.CHANGES,
        M.STATUS,
        M.EXCEPT,
    ),
    *(
        M.WHETHER,
        M.RECORDED,
        M.NOTE,
        M.EVERYONE,
        M.RESPOND,
        M.FORM,
        M.TELL,
        M.OUTSTANDING,
        M.WORDING,
        M.REPORT_WORD,
    ),
)


def statement_of(sentence: Sentence) -> Statement:
    """Part a sentence at the comma, dash, colon or "because" after which its text begins."""
    pieces = _without_emphasis(sentence)
    if (reasoned := _reason_first(sentence)) is not None:
        return reasoned
    while len(pieces) > 2 and (pieces[0].key in _OPENERS or pieces[0].kind is PieceKind.MARK):
        pieces = pieces[1:]
    for place, piece in enumerate(pieces):
        before, after = pieces[:place], pieces[place + 1 :]
        if (
            not after
            or not (_parts(piece) or _says_why_it_is_blocked(before, piece, after))
            or not any(earlier.means(*_SAYS_WHAT) for earlier in before)
        ):
            continue
        if piece.key == "," and _goes_on(before, after):
            continue
        start = after[0].start if piece.kind is PieceKind.MARK else piece.start
        return Statement(
            sentence.with_pieces(before),
            as_text(sentence.text[start:]),
            sentence.with_pieces(after),
            piece.key.split(" ")[0],
        )
    return Statement(sentence.with_pieces(pieces), "", sentence.with_pieces(()))


def _without_emphasis(sentence: Sentence) -> tuple[Piece, ...]:
    """Return the pieces without what only stresses a refusal: "and never will"."""
    match = _NEVER_WILL.search(sentence.text)
    if match is None:
        return sentence.pieces
    return tuple(piece for piece in sentence.pieces if piece.start < match.start())


def _reason_first(sentence: Sentence) -> Statement | None:
    """Part a sentence that gives its reason before what it says: "the ICB has not signed so 25 is stuck"."""
    for place, piece in enumerate(sentence.pieces):
        before, after = sentence.pieces[:place], sentence.pieces[place + 1 :]
        if piece.key not in _SO or not before or not after:
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


def as_text(words: str) -> str:
    """Return the words without what only leads on to them ("because", "saying")."""
    text = _TEXT_BEGINS.sub("", words.strip(" ,;:–—-\t\n"), count=1)
    return text.removesuffix(")") if "(" not in text else text


# After "blocked" these lead to what blocks it; after "complete" they would take the most of it back.
_BLOCKED_BY = frozenset(("pending", "awaiting", "waiting", "since", "while", "by"))


def _says_why_it_is_blocked(before: Sequence[Piece], piece: Piece, after: Sequence[Piece]) -> bool:
    leads_on = piece.key.split(" ")[0] in _BLOCKED_BY and after[0].kind is not PieceKind.DAY
    return leads_on and any(earlier.means(M.BLOCKED) for earlier in before)


def _parts(piece: Piece) -> bool:
    if piece.kind is PieceKind.MARK:
        return piece.key in _DASHES
    return piece.kind in (PieceKind.WORDS, PieceKind.UNKNOWN) and piece.key.split(" ")[0] in _TURNS


def _goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a comma parts no text: "15, 16 and 25", "yes, put 15 down as done"."""
    if before[-1].kind is PieceKind.NAME and after[0].kind is PieceKind.NAME:
        return True
    if all(piece.kind in (PieceKind.NAME, PieceKind.MARK) or piece.means(M.NEUTRAL) for piece in after):
        # "Kent accepted 15, Surrey too".
        return any(piece.bodies for piece in after) and any(piece.bodies for piece in before)
    numbers_before = any(piece.kind is PieceKind.REF for piece in before)
    numbers_after = any(piece.kind is PieceKind.REF for piece in after)
    return after[0].kind is PieceKind.REF or (numbers_after and not numbers_before)


def recording_of(sentence: Sentence) -> Understanding | None:
    """Offer what a statement or an order says of a body's answer or progress."""
    statement = statement_of(as_it_is_now(sentence))
    head = statement.head
    if not head.has(*STAGES, *ANSWERS) or _names_many(head) or _joins_conditions(sentence):
        return None
    if _speaks_of_no_body(sentence) and head.has(M.CONTACT, M.FILE, M.XLSX, M.MAP, M.CHART):
        # "E-mails for everyone not started on 25".
        return None
    if re.search(r"\bgive (?:our|my|everyone|all)\b", head.head):
        return None
    if is_doubtful(head) or _says_more_than_is_recorded(statement):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    recording, text = _what(head, statement.text)
    if recording is None and _speaks_of_no_body(sentence):
        # "25. Not done. Names."
        return None
    if recording is None:
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence)) if denies(head) else None
    return _offered_of(head, recording, text)


def _speaks_of_no_body(sentence: Sentence) -> bool:
    """Whether a coordinator says it of nobody: then it asks for a list."""
    is_of_nobody = (
        not sentence.names and not sentence.has(M.OWN, M.MARK) and not sentence.of_kind(PieceKind.UNKNOWN)
    )
    return sentence.asker.is_coordinator and not sentence.asker.bodies and is_of_nobody


def _joins_conditions(sentence: Sentence) -> bool:
    """Whether it lists those of whom two states hold ("complete without evidence", "accepted but not
    started"), since it says neither of whom nor of what."""
    # A coordinator who names no body records nothing.
    records_for_itself = bool(sentence.asker.bodies) or not sentence.asker.is_coordinator
    says_of_what = (sentence.refs and records_for_itself) or sentence.names or sentence.has(M.OWN, M.MARK)
    states = [piece for piece in sentence.pieces if state_of(piece)]
    beside = (M.EVIDENCE, M.OVERDUE, M.CONTACT, M.EXTENSION, M.SILENT)
    return not says_of_what and bool(states) and (sentence.has(*beside) or len(states) > 1)


_BODIES = r"(?:(?:policing|police) )?(?:bodies|bods|forces|pccs|areas|offices|commissioners|members|mayors|regions|those)"


def _names_many(head: Sentence) -> bool:
    """Whether it lists bodies ("refusals anywhere", "the blocked ones"); only a sentence about a body states
    something."""
    lists_bodies = re.match(rf"(?:only\b|(?:the |all |any )*{_BODIES}\b)", head.head) is not None
    return (
        lists_bodies
        or head.has(M.LISTED, M.BY_REGION, M.PERCENT)
        or re.search(
            r"\b(?:acceptances|refusals|rejections|completions|responses|answers|blockers|blockages|objections|stragglers)\b",
            head.head,
        )
        is not None
    )


def _offered_of(head: Sentence, recording: Recording, text: str) -> Understanding | None:
    refs = head.refs
    kinds = (PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.DAY)
    unknown = [piece for piece in head.left_over(_MAY_STAND, kinds) if piece.kind is PieceKind.UNKNOWN]
    unknown = [piece for piece in unknown if not begun_by(piece.key, head.around)]
    if unknown and not refs:
        refs = by_wording(head, unknown)
        if not refs:
            return not_understood(head)
    if head.has(M.EVERYONE) and not head.names and not _says_it_of_all(head):
        return None
    if _NAMES_MORE.match(text):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(head))
    if not refs and text and _is_bare_state(head):
        return Asked(
            About.RECOMMENDATION,
            tuple(
                recording.command(str(ref), body.slug, text)
                for body in head.asker.bodies
                for ref in head.around.addressed
            ),
        )
    # "Accept" takes no text, so words around it are no part of its command.
    is_bare = recording is Recording.ACCEPT and not text
    words = "" if is_bare else _whole_text(head, text, bool(unknown))
    if recording is Recording.ACCEPT and words:
        return _accepted_with_words(head, refs, words)
    return offered(head, refs, lambda numbers, slug: recording.command(numbers, slug, words))


def _accepted_with_words(head: Sentence, refs: Sequence[Ref], words: str) -> Understanding:
    """Offer the acceptance, which takes no text, and the words as a note beside it; "subject to funding" takes
    back a part of what is accepted."""
    if doubts_in(words):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(head))
    accepted = offered(head, refs, lambda numbers, slug: Recording.ACCEPT.command(numbers, slug, ""))
    noted = offered(head, refs, lambda numbers, slug: with_text(joined("note", numbers, slug), words))
    if isinstance(accepted, Asked) and accepted.without_body:
        # Its text is asked about once its body is known.
        return Asked(accepted.about, (), with_text(accepted.without_body, words))
    if not (isinstance(accepted, Offered) and isinstance(noted, Offered)) or len(refs) != 1:
        return accepted
    return Offered((*accepted.commands, *noted.commands))


def _is_bare_state(head: Sentence) -> bool:
    """Whether a contact says nothing but a state before its text: "blocked, waiting on the ICB"."""
    content = [
        piece for piece in head.pieces if not piece.means(M.NEUTRAL) and piece.kind is not PieceKind.MARK
    ]
    return (
        bool(head.asker.bodies)
        and len(content) == 1
        and content[0].means(M.BLOCKED, M.STARTED, M.NOT_STARTED)
    )


def _says_it_of_all(head: Sentence) -> bool:
    """Whether "all of them" are the recommendations: "agree to all of them", and not "everyone agrees to them"."""
    first = next((piece for piece in head.pieces if not piece.means(M.NEUTRAL, M.OWN)), None)
    return bool(head.refs) and not head.named_refs and first is not None and first.means(*STAGES, *ANSWERS)


# "Accepts 15, not 25" says two things.
_NAMES_MORE = re.compile(
    r"(?:but )?(?:not|and|declines?|rejects?|accepts?) (?:rec\w* )?#?[0-9]", re.IGNORECASE
)


def _whole_text(head: Sentence, text: str, says_more: bool) -> str:
    """Return the text; the whole sentence where its head says more, or on which day it was."""
    has_day = any("today" not in piece.key for piece in head.days)
    return head.text.strip() if says_more or has_day else text


# After these the text gives a reason, or is set apart by whoever typed it.
_GIVES_A_REASON = frozenset((":", "because", "due", "owing", "saying", "say", "says", "as"))
_A_PART = re.compile(r"\(?[a-z]\)")
_IN_THE_PAST = re.compile(r"\b(?:had|used to)\b")
_WAS = re.compile(r"\b(?:was|were|had been|have been|has been)\b")
_ON_CONDITION = re.compile(
    r"\b(?:if(?! (?:i'?m|i am|we'?re|we are) honest)|when|whether|provided|providing|(?:so|as) long as|on condition)\b"
)
_TO_COME = frozenset(("by", "until", "till", "before", "from"))


def _says_more_than_is_recorded(statement: Statement) -> bool:
    """Whether a command could not hold it: a part, a day to come, a condition, what was once so, another
    recommendation that stands differently, or another order."""
    head = statement.head
    return (
        bool(head.of_kind(PieceKind.PART) or _A_PART.match(statement.text))
        or any(_is_to_come(head, piece) for piece in head.days)
        or _ON_CONDITION.search(head.head) is not None
        or _was_once(head)
        or _is_still_to_be_done(head)
        or _takes_away(head)
        or _takes_away_a_body(statement)
        or _says_otherwise(statement)
        or _takes_it_back(statement)
        or _says_what_was_not_said(statement)
        or _orders_something_else(head)
        or _speaks_of_something_else(head)
        or _says_each_differently(head)
        or _leaves_open_who(head)
    )


def _leaves_open_who(head: Sentence) -> bool:
    """Whether it says it of neither of two bodies: "either Kent or Essex has done 15"."""
    return len(set(head.bodies)) > 1 and re.search(r"\b(?:or|either|one of)\b", head.head) is not None


def _says_each_differently(head: Sentence) -> bool:
    """Whether it would take several recordings: "we accept 15 in full and 16 in part", "15 yes, 16 no"."""
    meanings = {meaning for piece in head.pieces if (meaning := _meaning_said(piece))}
    if _only_says_yes(head) and not meanings & {M.PARTLY, M.DECLINE}:
        # "Yes, 15 and 16 are done".
        meanings.discard(M.ACCEPT)
    return len(head.named_refs) > 1 and len(meanings) > 1 and not _turns_round(head)


_GOES_ON_FINISHING = re.compile(
    r"^(?:finish|complet|deliver|implement|clos|conclud|achiev|discharg|fulfil|wrapp)\w*ing\b"
)
_A_PAPER = re.compile(r"\b(?:form|survey|return|questionnaire|template|paperwork|spreadsheet|application)\b")


def _speaks_of_something_else(head: Sentence) -> bool:
    """Whether it says something else than it begins with: "we are finishing 15" is not done, and "accepts the
    premise of 15" is no acceptance."""
    if not head.has(M.MARK) and any(
        piece.means(M.COMPLETE) and _GOES_ON_FINISHING.match(piece.key) for piece in head.pieces
    ):
        return True
    between = _between_state_and_number(head)
    accepts_another_thing = any(piece.kind is PieceKind.UNKNOWN or piece.key == "that" for piece in between)
    return accepts_another_thing or any(_A_PAPER.search(piece.key) for piece in between)


def _between_state_and_number(head: Sentence) -> tuple[Piece, ...]:
    """Return what stands between an answer, or "complete", and the number after it; of "complete" only papers count."""
    state = next((piece for piece in head.pieces if piece.means(M.ACCEPT, M.DECLINE, M.COMPLETE)), None)
    number = next((piece for piece in head.pieces if piece.kind is PieceKind.REF), None)
    if state is None or number is None or number.start < state.start:
        return ()
    between = (piece for piece in head.pieces if state.end <= piece.start < number.start)
    if state.means(M.COMPLETE):
        return tuple(piece for piece in between if piece.kind is not PieceKind.UNKNOWN)
    return tuple(between)


def _orders_something_else(head: Sentence) -> bool:
    """Whether words are left over that may turn it into something else: "we refused to extend 15" declines
    nothing."""
    left = head.left_over((*_MAY_STAND, M.SEARCH), (PieceKind.REF, PieceKind.NAME, PieceKind.DAY))
    # "Accepted by Kent": a day after "by" is looked at elsewhere.
    return any(piece.kind is PieceKind.WORDS and piece.key != "by" for piece in left)


def _says_what_was_not_said(statement: Statement) -> bool:
    """Whether it tells what somebody said, or did not say: "Kent has not said that it accepts", "Kent says
    that Surrey has finished"."""
    head = statement.head
    reports = re.search(r"\b(?:say|says|said|saying)\b(?! (?:yes|no)\b)", head.head) is not None
    is_indirect = (
        re.search(r"\b(?:refus|declin)\w* to (?:say|comment|answer|reply|respond)\b", head.text.casefold())
        is not None
        or re.match(r"(?:whether|if|how|when|why)\b", statement.text.casefold()) is not None
        or re.search(r"\b(?:us|me|them|want|wants|wanted|asked|told) to say\b", head.head) is not None
    )
    return is_indirect or (reports and (len(set(head.bodies)) > 1 or head.has(M.NOT)))


def _is_to_come(head: Sentence, day: Piece) -> bool:
    span = behind(day)
    if _begins_then(head):
        return span is None or not span.is_day or ahead(day) != span
    return span is None or span.first > head.around.today or head.word_before(day) in _TO_COME


_IN_THE_PRESENT = re.compile(r"(?:begin|start|commence|kick|finish|complete|end|conclude)s?\b(?!ed)")


def _begins_then(head: Sentence) -> bool:
    """Whether it is told in the present: "25 begins in April" is still to come."""
    return any(
        piece.means(M.STARTED, M.COMPLETE) and _IN_THE_PRESENT.match(piece.key) and piece.key != "complete"
        for piece in head.pieces
    )


def _was_once(head: Sentence) -> bool:
    """Whether it says how it was ("we had accepted 15", "15 was blocked"), not how it is."""
    if _IN_THE_PAST.search(head.head):
        return True
    return head.has(M.BLOCKED, M.NOT_STARTED) and _WAS.search(head.head) is not None


_MOVES_TO_A_STATE = re.compile(
    r"(?:(?:please|pls|can you|could you) )*(?:change|move|update|switch|set|put|turn)\b"
)
# "You can tick off 16" is an order.
_LETS = re.compile(r"(?:so |ok |yes |right )*(?:you can|feel free to|go ahead and|you may|just)\b")
_TO_BE_DONE = re.compile(r"\b(?:to|must|can)\s*$")


def _is_still_to_be_done(head: Sentence) -> bool:
    """Whether it says what is wanted: "Kent must finish 15", "ask Kent to accept 15"."""
    if (
        head.has(M.MARK)
        or _turns_round(head)
        or _MOVES_TO_A_STATE.match(head.spelt_out)
        or _LETS.match(head.head)
    ):
        return False
    return any(
        piece.means(M.ACCEPT, M.DECLINE, M.COMPLETE, M.STARTED)
        and not piece.means(M.NOT_STARTED)
        and _TO_BE_DONE.search(head.text[: piece.start].casefold())
        for piece in head.pieces
    )


def _takes_away(head: Sentence) -> bool:
    """Whether it takes away a recommendation or a body ("all but 16", "done except Kent"), or a part of any
    state but completion."""
    if head.has(M.EXCEPT) and not head.has(M.COMPLETE):
        return True
    after_except = False
    for piece in head.pieces:
        if after_except and piece.kind in (PieceKind.REF, PieceKind.PART, PieceKind.NAME):
            return True
        after_except = after_except or piece.means(M.EXCEPT)
    return False


def _takes_away_a_body(statement: Statement) -> bool:
    """Whether its text takes away a body of the register: "done 15 except Kent"."""
    text = statement.text.casefold()
    after = re.match(r"(?:except|apart from|bar|but for|other than) (?:for )?([\w-]+)\W*$", text)
    return after is not None and any(body.slug == after[1] for body in statement.head.around.bodies)


def _says_otherwise(statement: Statement) -> bool:
    """Whether the text says another thing of it, or speaks of another recommendation: "15 is done, 16 is not"."""
    if statement.turns_with in _GIVES_A_REASON:
        return False
    tail = statement.tail
    meant = {meaning for piece in statement.head.pieces if (meaning := _meaning_said(piece))}
    also = {meaning for piece in _said_of_the_same(tail) if (meaning := _meaning_said(piece))}
    if meant & {M.DECLINE, M.PARTLY}:
        # Why it is not accepted, or not all of it: "it is done elsewhere".
        also -= {M.STARTED, M.COMPLETE, M.BLOCKED, M.NOT_STARTED}
    return bool(tail.named_refs or also - meant or _names_another_body(statement))


def _said_of_the_same(tail: Sentence) -> tuple[Piece, ...]:
    """Return the pieces of a text but those that say what else has begun or is done: "the last ISAC started Monday"."""
    subject = next((piece for piece in tail.pieces if not piece.means(M.NEUTRAL, M.TIME_WORD)), None)
    is_of_something_else = (
        subject is not None
        and subject.kind is PieceKind.UNKNOWN
        and not tail.has(M.NOT, M.HEDGE, M.NO_LONGER)
    )
    if not is_of_something_else:
        return tail.pieces
    return tuple(piece for piece in tail.pieces if not piece.means(M.STARTED, M.COMPLETE, M.ACCEPT))


def _takes_it_back(statement: Statement) -> bool:
    """Whether the end takes back the beginning: "15 was done but isn't any more", "15 is done, or not"."""
    tail = statement.tail
    if tail.has(M.NO_LONGER):
        return True
    says = [piece for piece in tail.pieces if piece.kind is not PieceKind.MARK]
    return bool(says) and tail.has(M.NOT) and all(piece.means(M.NOT, M.NEUTRAL) for piece in says)


def _names_another_body(statement: Statement) -> bool:
    """Whether its end is about another body: "Kent has done 15, but not Surrey". "Apart from Medway" is
    within Kent."""
    head = statement.head
    own = set(head.bodies or head.asker.bodies)
    is_apart = statement.turns_with in ("but", "except", "apart", "bar")
    return is_apart and any(set(piece.bodies) - own for piece in statement.tail.names)


def _denies_twice(head: Sentence) -> bool:
    """Whether two denials make it no refusal: "we do not decline 15"."""
    denials = [piece for piece in head.pieces if piece.means(M.NOT, M.DECLINE, M.NOT_STARTED)]
    return len(denials) > 1


_NOBODY = frozenset(("nobody", "no one", "noone", "none", "neither"))


def _speaks_of_nobody(head: Sentence) -> bool:
    """Whether it is about nobody, so about no body's own answer: "nobody has accepted 15"."""
    return any(piece.key in _NOBODY for piece in head.pieces)


def _what(head: Sentence, text: str) -> tuple[Recording | None, str]:
    """Return what is recorded, and its text; None where it is denied, or says several things."""
    is_denied = denies(head)
    if says_what_may_be(head):
        return None, text
    if head.has(M.BLOCKED) and head.has(M.NO_LONGER):
        return Recording.IN_PROGRESS, text or "no longer blocked"
    if head.has(M.UNBLOCKED) and not is_denied:
        return Recording.IN_PROGRESS, text
    if head.has(M.NO_LONGER) or _denies_twice(head) or _speaks_of_nobody(head):
        return None, text
    meanings = [meaning for piece in head.pieces if (meaning := _meaning_said(piece))]
    if not meanings:
        return None, text
    if M.PARTLY in meanings:
        return (None if is_denied else Recording.PARTLY), text
    if {M.ACCEPT, M.DECLINE} <= set(meanings):
        return (_AS_SAID[meanings[-1]] if _turns_round(head) else None), text
    kinds = list(dict.fromkeys(meanings))
    if len(kinds) > 1 and M.ACCEPT in kinds and _only_says_yes(head):
        kinds.remove(M.ACCEPT)
    if len(kinds) > 1 and _turns_round(head) and not head.has(M.HISTORY):
        kinds = kinds[-1:]
    if len(kinds) > 1:
        return None, text
    return _one_thing(head, kinds[0], text, is_denied)


def _one_thing(head: Sentence, kind: M, text: str, is_denied: bool) -> tuple[Recording | None, str]:
    match kind:
        case M.ACCEPT if not is_denied and _BUT_ONLY.match(text.casefold()):
            return Recording.PARTLY, text
        case M.ACCEPT | M.DECLINE if may_be_no_answer_yet(head):
            return None, text
        case M.ACCEPT if is_denied:
            return (Recording.DECLINE if _is_denied_before(head, M.ACCEPT) else None), text
        case M.STARTED if is_denied:
            return Recording.NOT_STARTED, text
        case M.NOT_STARTED:
            return Recording.NOT_STARTED, text
    if is_denied:
        return None, text
    if kind is M.COMPLETE and (rest := _all_but(head, text)):
        return Recording.IN_PROGRESS, rest
    return _AS_SAID[kind], text


# "We accept 25 but only the first part"
_BUT_ONLY = re.compile(
    r"(?:but )?(?:only (?:the|in|for|part|half|some)|not (?:the|all|part)\b|except\b|apart from\b|other than\b)"
)


def _is_denied_before(head: Sentence, meaning: M) -> bool:
    """Whether the denial comes before what it denies, as in "we do not agree". "We agree, never" is no plain
    answer."""
    denial = next((piece.start for piece in head.pieces if piece.means(M.NOT)), None)
    start = next((piece.start for piece in head.pieces if piece.means(meaning)), None)
    return denial is not None and start is not None and denial < start


_AS_SAID = {
    M.ACCEPT: Recording.ACCEPT,
    M.DECLINE: Recording.DECLINE,
    M.COMPLETE: Recording.COMPLETE,
    M.STARTED: Recording.IN_PROGRESS,
    M.NOT_STARTED: Recording.NOT_STARTED,
    M.BLOCKED: Recording.BLOCKED,
}
_SAYS_MOST_FIRST = (M.PARTLY, M.NOT_STARTED, M.DECLINE, M.BLOCKED, M.ACCEPT, M.COMPLETE, M.STARTED)


def _meaning_said(piece: Piece) -> M | None:
    return next((meaning for meaning in _SAYS_MOST_FIRST if piece.means(meaning)), None)


def _turns_round(head: Sentence) -> bool:
    """Whether it says from what to what, of which the last counts: "from a no to a yes"."""
    return re.search(r"\bfrom\b.*\bto\b", head.head) is not None


def _only_says_yes(head: Sentence) -> bool:
    return all(
        piece.key in ("yes", "is in", "are in") for piece in head.pieces if _meaning_said(piece) is M.ACCEPT
    )


def _all_but(head: Sentence, text: str) -> str:
    """Return what is left of "done apart from Medway": it is not complete."""
    if re.match(r"(?:apart from|except|bar|other than|but for)\b", text.casefold()):
        return text
    excepting = next((piece for piece in head.pieces if piece.means(M.EXCEPT)), None)
    return head.text[excepting.start :].strip() if excepting else ""
