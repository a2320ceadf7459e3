"""What recbot does not answer: small talk, opinions, letters to write, other countries, signs and links."""

import re
from itertools import pairwise

from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.orders.asking_or_ordering import asks_before_its_text
from bot.domain.questions.plain_words.orders.notes import orders_a_note
from bot.domain.questions.plain_words.orders.open_again import opening_again
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import nearest, not_understood
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.parts import statement_of
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, STATES
from bot.domain.questions.plain_words.understanding import About, Asked, NotAnswered, Understanding, WhyNot
from bot.domain.questions.plain_words.word_lists import SMALL_TALK

_NOT_FOR_RECBOT = frozenset((M.JUDGEMENT, M.WRITE, M.OUTSIDE))
_MOST_RECOMMENDATIONS = 8


def small_talk(sentence: Sentence) -> Understanding | None:
    words = re.findall(r"[a-z']+", sentence.lower)
    asks_nothing = words and all(word.replace("'", "") in SMALL_TALK for word in words)
    if asks_nothing and not sentence.named_refs and not sentence.names:
        return NotAnswered(WhyNot.SMALL_TALK)
    return None


def strange_signs(sentence: Sentence) -> Understanding | None:
    """Answer nothing beside channels, broadcasts, links, scripts and commands inside a sentence."""
    if sentence.of_kind(PieceKind.STRANGE) or len(sentence.named_refs) > _MOST_RECOMMENDATIONS:
        return not_understood(sentence)
    return NotAnswered(WhyNot.NOT_UNDERSTOOD) if "/recs" in sentence.lower else None


# "Close the lot"
_ORDERS_A_STATE = re.compile(
    r"(?:(?:please|pls|ok|okay|right|just|now|then|so|and|yes|go ahead and)[ ,]+)*(?:close|finish|accept|decline|reject|refuse|agree to|deliver|implement|start|begin|block"
    r"|sign off|tick off|cancel|withdraw|drop|scrap|reopen|extend|freeze|pause|stop)(?: off| down| up)? (?:the (?:lot|rest|whole|three|others|recs?|recommendations?)|all|every\w*|them|it|this|that|those|these|our|my|#?[0-9]+|rec|kent)\b"
)


def orders_a_state(sentence: Sentence) -> Understanding | None:
    """Answer nothing to an order that nothing can be offered for: it asks for no list."""
    is_order = _ORDERS_A_STATE.match(sentence.lower) and not sentence.has_question_mark
    return not_understood(sentence) if is_order and not sentence.has_question_word else None


# He wrote "complete 15"
_QUOTED = re.compile(r"(?:^|[\s(:,])[\"“„«`'‘](?P<quoted>[^\"“”«»`\n]+?)[\"”»`'’](?=[\s).,;:!?]|$)")


def quotes_a_command(sentence: Sentence) -> Understanding | None:
    """Offer nothing of a command that somebody else's words hold: he wrote "complete 15"."""
    for quoted in _QUOTED.finditer(sentence.text):
        verb = verb_of(quoted["quoted"])
        if verb is not None and verb.writes and any(sign.isdigit() for sign in quoted["quoted"]):
            return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    return None


# "How is the mayor doing", from somebody who has none of their own
_ONE_OFFICE = re.compile(
    r"(?<!\bto )(?<!\bfor )(?<!\bby )(?<!\btell )(?<!\bask )\bthe (?:police and crime )?(?:commissioner|pcc|pfcc|opcc|mayor)\b(?!s)(?! (?:in|for|of|at)\b)"
)


def speaks_of_one_office(sentence: Sentence) -> Understanding | None:
    """Ask of which body "the commissioner" is, where nothing else names it."""
    is_meant = sentence.asks and _ONE_OFFICE.search(sentence.lower) is not None
    is_named = (
        sentence.names or sentence.own_bodies or sentence.has(M.WELSH, M.ENGLISH, M.EVERYONE, M.HOW_MANY)
    )
    return Asked(About.BODY, ()) if is_meant and not is_named else None


def refers_back(sentence: Sentence) -> Understanding | None:
    """Answer nothing where something said before is meant, which is not remembered: "the other one", "same
    again"."""
    return (
        not_understood(sentence) if sentence.has(M.REFERS_BACK) or _speaks_of_nobody_named(sentence) else None
    )


_SOMEBODY = (PieceKind.NAME, PieceKind.PERSON)
_SHE_OR_HE = re.compile(r"\b(?:he|she|him|her)\b")
_HAVE_THEY = re.compile(
    r"(?:so |and |but )*(?:has|have|did|do|does|is|are|was|were|had) (?:not )?(?:it|they|he|she|that|this|those|these)\b"
)


def _speaks_of_nobody_named(sentence: Sentence) -> bool:
    """Whether a pronoun stands for somebody who is not named: "has he accepted it"."""
    is_asked_of_a_person = sentence.asks or sentence.says(r"\babout (?:her|him)\b")
    if _SHE_OR_HE.search(sentence.lower) and is_asked_of_a_person and not sentence.of_kind(*_SOMEBODY):
        return True
    if sentence.of_kind(*_SOMEBODY, PieceKind.REF, PieceKind.PART) or sentence.has(
        M.OWN,
        M.BODY_WORD,
        M.EVERYONE,
        M.WHO,
        M.WHICH,
        M.REC_WORD,
        M.REPORT_WORD,
        M.MAYORS,
        M.WELSH,
        M.ENGLISH,
    ):
        return False
    if _SHE_OR_HE.search(sentence.lower):
        return True
    is_asked_of = _HAVE_THEY.match(sentence.lower) is not None and sentence.has(
        *STATES, M.RESPOND, M.OVERDUE, M.WAITING
    )
    return is_asked_of and not sentence.days


def passes_on(sentence: Sentence) -> Understanding | None:
    """Answer nothing where somebody else is to be told or asked: "tell Kent that 15 is due", "ask Kent about
    15"."""
    if _TELLS_SOMEBODY_ELSE.match(sentence.lower) and (sentence.names or sentence.has(M.CONTACT, M.EVERYONE)):
        return not_understood(sentence)
    is_told = any(
        before.key in _SAYS_TO and after.kind is PieceKind.NAME for before, after in pairwise(sentence.pieces)
    )
    return not_understood(sentence) if is_told else None


# "Let Kent know that 15 is due", "tell the Dorset contacts that 16 is open"
_TELLS_SOMEBODY_ELSE = re.compile(
    r"(?:(?:please|pls|can you|could you|will you) )*(?:(?:tell|inform|advise|warn|notify) (?!me\b|us\b)"
    r"|let (?!me\b|us\b)[\w -]+ know\b)|(?:can|could|will|would) (?!you|i\b|we\b|u\b)[\w &-]+ please\b"
)
_SAYS_TO = frozenset(("tell", "ask", "inform", "advise", "warn"))
_WHO_HOLDS_OFFICE = re.compile(
    r"\bwho(?: is|'s|s| are| was) (?:the |our |their )?(?:new |current )?(?:police (?:and crime )?)?"
    r"(?:commissioner|pcc|pfcc|mayor|chief constable|chief)\b"
    r"|\b(?:name of|what(?: is|'s|s)) (?:the |our |their )?(?:new |current )?(?:police (?:and crime )?)?(?:commissioner|pcc|pfcc|mayor|chief constable|chief)\b.*\b(?:called|name)\b"
)


# "When did the PCC change in Cleveland"
_OFFICE_CHANGED = re.compile(
    r"\b(?:commissioner|pcc|pfcc|mayor|chief constable|deputy)s? (?:change|changed|changes|leave|left|leaves|resign|resigned|retire|retired|take over|took over"
    r"|arrive|arrived|die|died)\b(?! (?:its|their|his|her|our|the|it|on)\b)|\b(?:change|changes) of (?:commissioner|pcc|pfcc|mayor)\b"
    r"|\b(?:has|have|had|got|gets|getting|with) (?:got )?an? (?:new|different) (?:commissioner|pcc|pfcc|mayor|chief constable|chief)\b"
)


# "Let me know when Kent finishes", "remind me on Friday", "email me the list every Monday".
_COMES_TRUE = r"(?:finish|accept|complet|start|repl|respond|answer|declin|go|get|becom|chang|mov|updat|miss)(?:e?s|ies)\b"
_LATER = re.compile(
    r"\b(?:let (?:me|us) know|tell (?:me|us)|alert|notify|ping|warn)\b.*\b(?:when|once|if|as soon as)\b.*\b"
    rf"{_COMES_TRUE}"
    rf"|^(?:when|once|if|as soon as)\b.*\b{_COMES_TRUE}.*\b(?:tell|let|alert|notify|ping) (?:me|us)\b"
    r"|\bremind (?:me|us)\b.*\b(?:tomorrow|next week|next month|(?:on|next) (?:mon|tues|wednes|thurs|fri)day)\b"
    r"|\b(?:every|each) (?:day|week|month|morning|monday|tuesday|wednesday|thursday|friday)\b"
)


_ASKS_WHAT_TO_SAY = re.compile(
    r"\bwhat (?:should|ought|would|could) (?:our|my|the|their|your) (?:answer|response|reply|position|line|view)\b"
    r"|\bwhat (?:should|ought) (?:we|i) (?:to )?(?:say|put|answer|reply|write|tell|accept|record)\b(?! (?:next|first))"
    r"|\bhow should (?:we|i) (?:answer|respond|reply|deal with|handle|approach)\b"
    r"|\bwhat do (?:you|we) (?:think|suggest|recommend|advise)\b"
)


# "What is today's date", "what time is it"
_TELLS_THE_TIME = re.compile(
    r"(?:so |and )?(?:what is|what's|whats|tell me) (?:today|tomorrow|yesterday)(?:'?s)? date\b|(?:so |and )?what (?:date|day|time) is (?:it|today)\b"
)
# "Share this with Kent"
_HANDS_ON = re.compile(
    r"(?:(?:please|pls|can you|could you) )*(?:share|forward|send|post|pass|e-?mail|show|give|copy) (?:this|it|that|these|those|them)(?: on)? (?:with|to|on to)\b"
)


_WHAT_A_THING_IS = re.compile(
    r"(?:so |and )?(?:what (?:is|are)|explain|describe|tell me what|what exactly is)(?: an?| the)? (?P<thing>[a-z' -]+?)(?: is| are)?"
)


def _asks_what_a_thing_is(sentence: Sentence) -> bool:
    """Whether it asks what the thing is that a report is called after: "what is stalking"."""
    match = _WHAT_A_THING_IS.fullmatch(sentence.spelt_out)
    is_a_report = (
        len(sentence.names) == 1 and bool(sentence.names[0].reports) and not sentence.names[0].bodies
    )
    return match is not None and is_a_report and match["thing"] == sentence.names[0].key


# "Who replied late": of an answer's day only its history tells.
_WAS_ANSWERED_LATE = re.compile(
    r"\b(?:accepted|agreed|responded|replied|answered|declined|rejected|responses?|replies|answers?)\b"
    r"(?: \w+){0,3}? (?:late|too late|after the (?:response |reply )?(?:deadline|date))\b"
)


def _denies_a_denial(sentence: Sentence) -> bool:
    """Whether two denials stand together, so that it is not clear what is asked: "who has not failed to respond"."""
    pieces = [piece for piece in sentence.pieces if not piece.means(M.NEUTRAL)]
    return any(
        (first.means(M.NOT) or first.key in _OF_SEVERAL)
        and (
            second.key.startswith(("not ", "never "))
            or (second.means(M.NOT, M.DECLINE) and first.key not in _OF_SEVERAL)
        )
        for first, second in pairwise(pieces)
    )


# "Neither accepted nor rejected" denies each once.
_OF_SEVERAL = ("neither", "nor")


# "What does HMICFRS stand for", "how far is it from Kent to Essex", "do you agree with 16"
_NEVER_KEPT = re.compile(
    r"\bwhat (?:does|do|did|would) (?:the )?[a-z']+(?: [a-z']+)? stand for\b|\bwhat (?:is|are) [a-z']+ (?:short|an? (?:abbreviation|acronym)) for\b"
    r"|\bwhat(?:'s| is| does)? \d+ ?(?:plus|minus|times|divided by|multiplied by|add|[+*/x]) ?\d+\b"
    r"|\bhow (?:far|long)(?: away)? (?:is|would|does) (?:it|the (?:drive|journey|trip))?(?: take| be)? ?(?:from|between|to (?:get|drive|go))\b"
    r"|^(?:so |and |but )?(?:will|would|is|are|was|were) (?:the )?(?:inspectorate|hmicfrs|iopc|ministers?|home office|home secretary|public|press|media|auditors?)(?: be)? (?:happy|content|pleased|satisfied|impressed|cross|angry|bothered|interested|convinced)\b"
    r"|\bwhat (?:did|have|had) you (?:just |already )?(?:tell|told|say|said|show|shown)\b"
    r"|\b(?:page|para|paragraph|chapter|section|annex|slide|figure|table|footnote) \d+ (?:of|in) (?:the|your|our|their|that|this) (?:report|letter|document|pdf|response|paper|minutes|pack)\b"
    r"|\blog(?:ged)? (?:me |us |them )?(?:in|on|out|off)\b(?! \d)|\bwrong (?:chat|channel|window|thread|group|tab)\b"
    r"|^(?:i think |hey |but |oh )*you(?:'ve| have|'re| are| did)? (?:missed|forgot|forgotten|mistaken|wrong|late|left (?:out|off))\b"
    r"|\bdo you (?:want|need) (?:the|our|my|any|some) (?:evidence|link|links|file|files|report|letter|proof|paperwork)\b"
    r"|\b(?:minutes|agenda) (?:say|says|said|show|shows|record|mention)\b"
    r"|^(?:so |and |but )?(?:do|would|are|did) you (?:personally |really |yourself )?(?:agree|disagree|approve|support|back|like|happy|satisfied|in favour)\b"
)


_GATHERING = r"(?:meetings?|lunch|dinner|calls?|party|work|school|class|appointment|interview|conference|visit|train|bus|flight|event|session|webinar|workshop|hearing|training day)"
# "Who is late for the meeting", "who has declined the meeting", "who runs the country", "who decided it"
_OF_SOMETHING_ELSE = re.compile(
    rf"\bwho(?: is|'s|s| are| was| were| has been| will be)? (?:\w+ )?(?:late|running late|behind|early|waiting|overdue|due) (?:for|to|at) (?:(?:the|a|an|my|our|this|today's|tomorrow's|next|board|team) )*{_GATHERING}\b"
    rf"|\bwho(?: has|'s|s| have| had)? (?:not )?(?:started|finished|declined|accepted|rejected|refused|missed|joined|left) (?:(?:the|a|an|my|our|this|today's|board|team) )*(?:{_GATHERING}|invitations?|invites?)\b"
    r"|\bwho(?: is|'s|s| are)? (?:in charge of|responsible for|running|runs|leads|leading|rules|governs|heads|controls) (?:(?:the|this|our) )*(?:country|nation|uk|world|government|police|police service|home office|ministry|treasury|inspectorate|place|ship)[?!. ]*$"
    r"|^(?:so |and |but )?who (?:has |have |had |'s )?(?:decided|approved|authorised|authorized|signed off|agreed to) (?:it|that|this|so)[?!. ]*$"
)


# "Update the letter 15: text", "amend the wording of 16"
_CHANGES_A_PAPER = re.compile(
    r"(?:(?:please|pls|can you|could you|i want to|i need to|we need to|let's)[ ,]+)*(?:update|change|edit|amend|rewrite|redo|revise|redraft)"
    r" (?:(?:the|our|this|that|my|a)\b ?)*(?P<paper>letter|account|export|spreadsheet|file|document|report|table|wording|text)\b(?:[^:?]*:|(?<=letter)|(?<=wording))"
)


def of_something_else(text: str, sentence: Sentence) -> Understanding | None:
    """Answer nothing to what is asked of a meeting or the country, and to an order to change a paper.

    `text` is as it was typed: what the answer is wanted for may be left out of the sentence."""
    typed = " ".join(text.casefold().replace("’", "'").split())
    if _OF_SOMETHING_ELSE.search(typed):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    changed = _CHANGES_A_PAPER.match(typed)
    if changed is None:
        return None
    letter = ("letter",) if changed["paper"] == "letter" else ()
    return NotAnswered(WhyNot.NOT_UNDERSTOOD, (*nearest(sentence), *letter))


# "Tell me if Kent should accept 15", "whether to chase Kent"
_ASKS_WHETHER_TO = re.compile(
    r"\b(?:if|whether)(?: or not)? (?:[\w'&]+ ){1,4}?(?:should|ought to) (?:be )?(?:accept|agree|declin|reject|refus|say (?:yes|no)|sign|go along|support|back|tak)\w*"
    r"|^(?:(?:please|tell|show|remind|advise|me|us) )*(?:if|whether)(?: or not)? to (?!date\b)\w"
    r"|^(?:(?:tell|me) )*whether .*\b(?:(?:is|has|was)(?: still| yet)?(?: not|n't| to be)(?: yet)?(?: been)?|yet to be|to be) (?:decided|agreed|settled|known|clear)\b"
)


def not_for_recbot(sentence: Sentence) -> Understanding | None:
    """Say that recbot does not know, where all that a word can mean is something else."""
    if _NEVER_KEPT.search(sentence.lower):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if _TELLS_THE_TIME.match(sentence.lower):
        return not_understood(sentence)
    if (_HANDS_ON.match(sentence.lower) and sentence.names) or _asks_what_a_thing_is(sentence):
        return not_understood(sentence)
    if sentence.asks and _denies_a_denial(sentence):
        return not_understood(sentence)
    if sentence.asks and _WAS_ANSWERED_LATE.search(sentence.spelt_out):
        return not_understood(sentence)
    if _ASKS_WHAT_TO_SAY.search(sentence.lower) or _ASKS_WHETHER_TO.search(sentence.lower):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if (
        _WHO_HOLDS_OFFICE.search(sentence.lower)
        or _OFFICE_CHANGED.search(sentence.lower)
        or _LATER.search(sentence.lower)
    ):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if orders_a_note(sentence) or opening_again(sentence) is not None:
        return None
    for piece in _what_is_said(sentence):
        if piece.meanings and piece.meanings <= _NOT_FOR_RECBOT:
            return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    return None


def _what_is_said(sentence: Sentence) -> tuple[Piece, ...]:
    """Return the words of a question; of a statement those before its text, which may speak of anything."""
    return sentence.pieces if asks_before_its_text(sentence) else statement_of(sentence).head.pieces


_THEY_SAY = re.compile(
    r"(?:so |and |apparently |well )*they (?:say|said|tell me|tell us|told me|told us|reckon|claim|report)\b"
)


def says_what_somebody_said(sentence: Sentence) -> Understanding | None:
    """Ask who "they" are that say how a recommendation stands: "they say 16's finished" is about nobody's own."""
    is_said = _THEY_SAY.match(sentence.lower) is not None and not sentence.has_question_mark
    if not is_said or sentence.names or sentence.own_bodies or not sentence.refs:
        return None
    return Asked(About.BODY, ()) if sentence.has(*STAGES, *ANSWERS) else None
