"""What two clauses tell together: "the PCC signed it off this morning, full acceptance of 15", "there's no money for 25,
put us down as declining", "we accept 15, Essex I mean, not Kent"."""

import re
from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.decisions import OFFICE
from bot.domain.questions.plain_words.states import ANSWERS, STAGES

_WHO_DECIDES = rf"(?:(?:hi|hello|ok|so|right|good news|morning|afternoon)[ ,.!]+)*(?:(?:the|our|their|his|her) )?{OFFICE}(?: here)?"
# "The PCC signed it off this morning,", "the Commissioner has now considered 15 and"
_DECIDED = re.compile(
    rf"{_WHO_DECIDES}(?:'s)? (?:(?:has|have|had|now|just|formally|finally|also|been|and)\b ?)*"
    r"(?:signed|agreed|approved|considered|reviewed|looked at|discussed|cleared|okayed|decided on|decided|met on|met about|met|read|ratified|been through|gone through)(?: off)?"
    r"(?: (?:it|this|that|them|(?:recs? |recommendations? )?#?(?P<ref>\d+[a-z]?)))?(?: off)?"
    r"(?: (?:this morning|today|this afternoon|just now|earlier today|earlier|first thing|at (?:the |our )?(?:board|meeting|panel)(?: this morning| today)?))?"
    r"(?:[,.;:!–—-]+ ?| [–—-]+ |,? (?=(?:so|and)\b))(?:(?:so|and|it is|it's|that's|which is|therefore)\b ?)*"
)


def with_the_answer_after_its_decision(sentence: Sentence) -> Sentence:
    """Return the answer where a clause before it says only who decided: "Commissioner signed off 25 today, so it's a
    yes from Kent" is "a yes from Kent on 25"."""
    text = " ".join(sentence.straight.split())
    match = _DECIDED.match(text.casefold())
    if match is None or sentence.asks:
        return sentence
    rest = text[match.end() :]
    number = match["ref"]
    answer = Sentence.of(rest, sentence.asker, sentence.around)
    if not answer.has(*ANSWERS) or answer.has(*STAGES):
        return sentence
    if answer.named_refs:
        return answer if number is None or str(answer.named_refs[0]) == number else sentence
    if number is None:
        return sentence
    says = _IT.sub(number, rest, count=1)
    says = says if says != rest else f"{_ENDS.sub('', rest)} on {number}"
    numbered = Sentence.of(says, sentence.asker, sentence.around)
    return numbered if numbered.named_refs == sentence.named_refs else sentence


_IT = re.compile(r"\b(?:it|this)\b(?! is\b|'s\b)", re.IGNORECASE)
_ENDS = re.compile(r"[.! ]+$")

# "There's no money for 25, record us as declining"
_ORDERED_LAST = re.compile(
    r"(?P<why>.{8,}?)\s*(?:[,.;:]|\s[–—-])\s*(?P<order>(?:(?:so|and|please|pls|can you|could you|would you)[ ,]+)*"
    r"(?:record|put|mark|log|show|set|class|count|have) (?:us|it|this|that|them) (?:down )?(?:as )?[\w ]{2,30}?)[.!? ]*",
    re.DOTALL | re.IGNORECASE,
)


def with_its_order_first(sentence: Sentence) -> Sentence:
    """Return the order before its reason: "we can't do 25, no money - record us as declining"."""
    text = sentence.straight.strip()
    match = _ORDERED_LAST.fullmatch(text)
    if match is None:
        return sentence
    order = Sentence.of(match["order"], sentence.asker, sentence.around)
    is_plain = order.has(*ANSWERS, M.BLOCKED) and not order.has(M.NOT, M.NO_LONGER, M.HEDGE, M.EXCEPT)
    if not is_plain or order.named_refs or order.names or len(sentence.named_refs) != 1:
        return sentence
    why = Sentence.of(match["why"], sentence.asker, sentence.around)
    is_hedged = any(
        piece.means(M.HEDGE)
        and not piece.means(M.NEUTRAL)
        and not (piece.key == "will" and after.means(M.NOT))
        for piece, after in zip(why.pieces, (*why.pieces[1:], why.pieces[-1]), strict=True)
    )
    if order.has(M.BLOCKED) and why.has(M.BLOCKED) and not why.asks and not why.has(M.NO_LONGER, M.UNBLOCKED):
        # "Northants are stuck on 15, no money, put them as blocked" says it twice.
        return why
    accepts = any(piece.means(M.ACCEPT) and piece.key != "for it" for piece in why.pieces)
    if why.asks or is_hedged or accepts or len(why.bodies) > 1 or _MAY_NOT_BE.search(why.spelt_out):
        return sentence
    names = " ".join(why.text[piece.start : piece.end].removesuffix("'s") for piece in why.names)
    for_them = f" for {names}" if names else ""
    reason = sentence.text.strip()[: match.end("why")]
    return Sentence.of(
        f"{_POLITELY.sub('', match['order'])} on {why.named_refs[0]}{for_them}: {_without_the_refusal(reason, why.names)}",
        sentence.asker,
        sentence.around,
    )


_POLITELY = re.compile(r"^(?:(?:so|and|please|pls|can you|could you|would you)[ ,]+)+", re.IGNORECASE)
_MAY_NOT_BE = re.compile(r"\b(?:if|unless|whether|might|may|should|would|maybe|perhaps)\b")
# "We can't do 25, there's no money": the first says no more than the order.
_REFUSES = re.compile(
    r"(?:we |they )?(?:can'?t|cannot|can not|won'?t|will not|are not able to|aren'?t able to|are unable to) (?:do|accept|agree to|take on|sign up to|commit to|deliver) (?:rec\w* )?#?\d+[a-z]?\s*(?:[,;:–—-]+|because|as|since)\s*",
    re.IGNORECASE,
)


def _without_the_refusal(reason: str, names: Sequence[Piece]) -> str:
    """Return why without the refusal that the order says anyway, whose name may stand before it."""
    is_named_first = bool(names) and names[0].start == 0
    after_name = reason[names[0].end :].lstrip() if is_named_first else reason
    if refused := _REFUSES.match(after_name):
        return after_name[refused.end() :]
    return _REFUSES.sub("", reason, count=1)


# "Accepting 15 and 25, hold off on 16", "Cambs agreed to 15 but are still mulling 16"
_STILL_OPEN = re.compile(
    r"(?P<rest>.*?\S)\s*(?:[,;.:–—-]+ ?(?:and |but )?| (?:and|but) )(?:please |we |they |we're |they're |we are |they are |he is |she is |are |is |'re )*(?:still |just )*"
    r"(?:hold(?:ing)? (?:off|fire) on|mulling(?: over)?|thinking about|undecided (?:on|about)|leave|leaving|park|parking|nothing (?:yet )?(?:on|for)|no (?:decision|answer|word)(?: yet)? (?:on|for)"
    r"|not (?:yet )?(?:decided|made up (?:our|their) minds?) (?:on|about)|considering|weighing up|looking at|talking about|to decide on|will (?:come|get) back (?:to you )?on|come back (?:to you )?on|still deciding (?:on|about)|deciding (?:on|about))"
    r" (?:rec\w* )?#?(?P<number>\d+[a-z]?)(?: (?:for now|for the moment|at the moment|yet|open|for later|till later|until later|to be decided|tbc|next week|later))*[.! ]*",
    re.IGNORECASE | re.DOTALL,
)


def without_what_is_open(sentence: Sentence) -> Sentence:
    """Return what is answered without another recommendation that is still open."""
    match = _STILL_OPEN.fullmatch(sentence.straight.strip())
    if match is None or sentence.has_question_mark:
        return sentence
    rest = Sentence.of(sentence.text.strip()[: match.end("rest")], sentence.asker, sentence.around)
    is_answered = rest.has(*ANSWERS, *STAGES) and bool(rest.named_refs) and not rest.asks
    return rest if is_answered and match["number"] not in map(str, rest.named_refs) else sentence


_DENIES_WHOM = frozenset(("not", "and not", "but not", "except"))
# "We accept 15, Essex I mean, not Kent", "Kent accepts 15, not Essex"
_WHOM_I_MEAN = re.compile(
    r",? (?:i mean|i meant|that is|that's|to be clear|i should say)[.! ]*$", re.IGNORECASE
)


def without_whom_it_is_not(sentence: Sentence) -> Sentence:
    """Return "we accept 15, Essex" for "we accept 15, Essex I mean, not Kent"."""
    if len(sentence.names) < 2 or sentence.has_question_mark or not sentence.refs:
        return _for_whom_i_mean(sentence)
    last = sentence.names[-1]
    place = sentence.pieces.index(last)
    before = [piece for piece in sentence.pieces[:place] if piece.key not in ("for", "from", "by")]
    is_denied = (
        len(before) > 1
        and before[-1].key in _DENIES_WHOM
        and sentence.text[before[-1].start : before[-1].end].casefold().endswith("not")
        and before[-2].kind is PieceKind.MARK
        and all(piece.kind is PieceKind.MARK for piece in sentence.pieces[place + 1 :])
    )
    others = [body for piece in sentence.names[:-1] for body in piece.bodies]
    if not is_denied or len(last.bodies) != 1 or len(others) != 1 or last.bodies[0] in others:
        return _for_whom_i_mean(sentence)
    left = Sentence.of(sentence.text[: before[-2].start], sentence.asker, sentence.around)
    return _for_whom_i_mean(left)


def _for_whom_i_mean(sentence: Sentence) -> Sentence:
    """Return "we accept 15 for Essex" for "we accept 15, Essex I mean"."""
    match = _WHOM_I_MEAN.search(sentence.text)
    if match is None or not sentence.names or sentence.has_question_mark:
        return sentence
    last = sentence.names[-1]
    lead = sentence.text[: last.start].rstrip()
    if sentence.text[last.end : match.start()].strip() or not lead.endswith((",", "-", "–", "—")):
        return sentence
    named = sentence.text[last.start : last.end]
    return Sentence.of(f"{lead.rstrip(' ,–—-')} for {named}", sentence.asker, sentence.around)
