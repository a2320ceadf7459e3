"""How an order or a statement came, which is left out: "had Dorset on the phone:", "I'd like to"."""

import itertools
import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.said_around import end_of_what_leads_to_a_statement
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

# "Had Dorset on the phone:", "email from Essex -", "just spoke to Suffolk,"
_HOW_IT_CAME = re.compile(
    r"(?:just |i |we |i've |we've |have |had |got |a |an |the |new |from |off |back |been |in |another |quick |good news |news )*"
    r"(?:spoke|spoken|heard|on the phone|the phone|phone|phoned|rang|call|called|email|e-mail|emailed|message|messaged|letter|note|word"
    r"|news|update|reply|chat|text|line|met|meeting|touch)\b[^:,;–—]*?(?:[:,;–—](?: -)?| -(?= ))"
)
# "Letter in from Dorset accepting 25", "had an email from Essex saying 15 is done"
_SAYS_SO = re.compile(
    r"(?: (?:today|just now|yesterday|this (?:morning|afternoon)|in))? (?:(?:saying|to say|stating|confirming|to confirm|telling (?:us|me)|which says|that says|who says|who say)(?: that)? "
    r"|(?=(?:accepting|declining|rejecting|refusing|agreeing|partly|partially|turning)\b))"
)
_WISHES = re.compile(
    r"(?:(?:please|pls|hi|hello|so|ok|yes)[ ,]+)*(?:(?:i|we)(?:'?d| would)? (?:like|want|wish|need|love) to|(?:i am|i'm|we are|we're) (?:ready|able) to"
    r"|let (?:us|me)) (?=[a-z])"
)


def as_done(sentence: Sentence) -> Sentence:
    """Return "we accept 15" for "I'd like to accept 15": who says so does so."""
    match = _WISHES.match(sentence.lower)
    text = " ".join(sentence.straight.split())
    if not match or sentence.has_question_mark:
        return sentence
    first = itertools.takewhile(lambda piece: piece.kind is not PieceKind.MARK, sentence.pieces)
    if any(piece.means(M.NOT, M.NO_LONGER) for piece in first):
        return sentence
    done = Sentence.of(f"we {text[match.end() :]}", sentence.asker, sentence.around)
    if len(done.pieces) < 2 or not done.pieces[1].means(*ANSWERS):
        return sentence
    # "We want to accept 15 but not yet"
    says_no = done.pieces[1].means(M.DECLINE, M.PARTLY)
    return done if says_no or not sentence.has(M.NOT, M.NO_LONGER) else sentence


def without_what_leads_to_it(sentence: Sentence) -> Sentence:
    """Return what is stated without what leads to it: "happy to report that 15 is done", "as agreed, we accept 16"."""
    text = sentence.text.strip()
    start = 0
    while end := end_of_what_leads_to_a_statement(text[start:]):
        start += end
    if not start or "?" in text:
        return sentence
    rest = Sentence.of(text[start:], sentence.asker, sentence.around)
    is_stated = rest.has(*STAGES, *ANSWERS) or rest.named_refs
    return rest if is_stated and rest.named_refs == sentence.named_refs else sentence


# "Bob rang.", "Jo Smith at Essex emailed this morning:"
_SOMEBODY_CALLED = re.compile(
    r"(?P<who>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?: (?:at|from|in|over at) (?P<where>[^.,:;]+?))? (?:(?:has|have|had|just|'s) )*"
    r"(?:rang|rung|called|phoned|emailed|e-mailed|messaged|texted|wrote|written|been on|was on|got in touch|been in touch|dropped (?:me|us) a line)"
    r"(?: (?:me|us|in|back))?(?: (?:earlier|today|this morning|this afternoon|just now|yesterday|again))*(?:(?: to say)?(?: that)? (?=[A-Z])|\s*[.,:;–—-]+\s*)"
)
# "Ed at Essex says they're done"
_SOMEBODY_SAYS = re.compile(
    r"(?P<who>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:at|from|in|over at) (?P<where>[^.,:;]+?) (?:has |have |just )*"
    r"(?:says|said|tells (?:me|us)|told (?:me|us)|confirms|confirmed|reports|reported|reckons)(?: that)? (?=they|it|we|\d|rec)"
)


def without_who_called(sentence: Sentence) -> Sentence:
    """Return what somebody told on behalf of a body: "Bob rang. Surrey accepts 15", "Ed at Essex says they're done"."""
    text = sentence.straight
    match = _SOMEBODY_CALLED.match(text) or _SOMEBODY_SAYS.match(text)
    if match is None or sentence.has_question_mark:
        return sentence
    caller = Sentence.of(match["who"], sentence.asker, sentence.around)
    lead = tuple(piece for piece in sentence.pieces if piece.start < match.end())
    names = tuple(piece for piece in lead if piece.kind is PieceKind.NAME)
    after = tuple(piece for piece in sentence.pieces if piece.start >= match.end())
    if (
        caller.names
        or len(names) > 1
        or bool(names) != bool(match["where"])
        or any(piece.ref for piece in lead)
    ):
        return sentence
    names_after = [body for piece in after for body in piece.bodies]
    if names and names_after:
        return sentence
    rest = sentence.text[match.end() :]
    office = f"{match['where']}: " if names else ""
    return Sentence.of(f"{office}{rest}", sentence.asker, sentence.around)


def without_how_it_came(sentence: Sentence) -> Sentence:
    """Return what was told, and by whom; "had Dorset on the phone: they accept 15" is "Dorset: they accept 15"."""
    if (content := _said_in_it(sentence)) is not None:
        return content
    match = _HOW_IT_CAME.match(sentence.lower) or _HAD_ON_THE_PHONE.match(sentence.lower)
    if not match or sentence.text.casefold().find(sentence.lower[: match.end()]) != 0:
        return sentence
    lead = tuple(piece for piece in sentence.pieces if piece.end <= match.end())
    names = tuple(piece for piece in lead if piece.kind is PieceKind.NAME)
    if len(names) != 1 or any(piece.ref or piece.means(M.NOT, *STAGES, *ANSWERS) for piece in lead):
        return sentence
    after = tuple(piece for piece in sentence.pieces if piece.end > match.end())
    if after and after[0].key in _TELLS:
        after = after[1:]
    return sentence.with_pieces((*names, *after))


def _said_in_it(sentence: Sentence) -> Sentence | None:
    """Return "Essex: 15 is done" for "had an email from Essex saying 15 is done"."""
    if len(sentence.names) != 1 or sentence.has_question_mark:
        return None
    name = sentence.names[0]
    text = sentence.straight
    match = _SAYS_SO.match(text.casefold(), name.end)
    if match is None or not _CAME.fullmatch(" ".join(text[: name.start].casefold().split())):
        return None
    after = tuple(piece for piece in sentence.pieces if piece.start >= match.end())
    return sentence.with_pieces((name, *after)) if any(piece.ref for piece in after) else None


_CAME = re.compile(
    r"(?:(?:just|i|we|i've|we've|have|had|got|a|an|the|new|back|been|in|another|quick|good news|received|there is|there's|hi|ok)[ ,]+)*"
    r"(?:heard|call|email|e-mail|message|letter|note|word|news|reply|text|line|response) (?:(?:back|in|just in|through|today|this morning|yesterday) )*from(?: the)?"
)


# "Kent confirmed by email that", "Kent has been in touch,"
_HOW_IT_WAS_TOLD = re.compile(
    r"(?:'s (?:office|team|people|chief exec|pcc|commissioner|deputy))? (?:have |has |'ve )?(?:just |now |also |since )?"
    r"(?:confirmed|emailed|e-mailed|written|wrote|rung|rang|called|phoned|advised|told (?:us|me)|reported|been in touch|got in touch"
    r"|let (?:us|me) know|messaged|texted)(?: (?:us|me|in|back))?"
    r"(?: (?:by|via|in|on|over) (?:an |the )?(?:e-?mail|phone|letter|writing|message|text|telephone))?"
    r"(?: (?:yesterday|today|this morning))?(?: to (?:say|confirm|report))? ?(?:that |[:,;–—-]+ ?|(?=(?:they|it)(?:'ve|'re|'s| have| are| is| has)\b))",
    re.IGNORECASE,
)


def without_how_it_was_told(sentence: Sentence) -> Sentence:
    """Return "Kent: 15 is done" for "Kent confirmed by email that 15 is done"."""
    names = sentence.names
    if len(names) != 1 or any(piece.ref for piece in sentence.pieces if piece.start < names[0].start):
        return sentence
    match = _HOW_IT_WAS_TOLD.match(sentence.straight, names[0].end)
    if not match:
        return sentence
    after = tuple(piece for piece in sentence.pieces if piece.start >= match.end())
    if after and after[0].key in _TELLS:
        after = after[1:]
    return sentence.with_pieces((names[0], *after)) if any(piece.ref for piece in after) else sentence


_TELLS = frozenset(("they say", "it says", "she says", "he says"))
_HAD_ON_THE_PHONE = re.compile(
    r"(?:i |we |i've |we've |have |just )*(?:had|got|have) [^:,;–—]* on(?: (?:the )?(?:phone|line|email))?(?:[:,;–—]| -(?= ))"
)
