"""What people say around a question and what asks nothing of its own: "press enquiry:", "for the panel on Thursday",
"so I can brief the minister", "thanks Kim".

A sentence that is not understood is read once more without it. What is left out names nothing, denies nothing and
narrows nothing; so an answer without it is an answer to all that was asked."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES

_WHAT_FOR = (
    r"(?:meetings?|panel|board|committee|briefings?|brief|calls?|catch ?up|interview|session|event|conference|paper|papers"
    r"|slides?|deck|minutes|agenda|pq|pqs|foi|fois|press (?:office|release|enquiry|query|call|line|lines|statement)|website"
    r"|review|visit|inspection|away ?day|one to one|121|appraisal|hearing|debate|speech|diary|presentation|round ?table"
    r"|workshop|webinar|newsletter|annual report|quarterly report|quarterly|performance meeting|board pack|pack|file"
    r"|note|submission|letter i am writing|reply i am writing|discussion|chat|minister|commissioner|chief|boss|chair"
    r"|director|manager|deputy|mayor|mp|journalist|reporter|press|media|office|team|colleagues?|members|auditors?"
    r"|home office|home secretary|secretary of state|inspectorate|inspectors?)"
)
_WHEN = (
    r"(?: (?:(?:on|this|next|for|at|in) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day| tomorrow| today| tonight| later(?: today)?"
    r"| this (?:morning|afternoon|evening|week)| next week| (?:at|by|before) (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|noon|lunch(?:time)?))*"
)
_WHOSE = r"(?:the|a|an|my|our|his|her|their|this|today's|tomorrow's|this week's|next week's|[a-z]+day's)"
_SENIOR = (
    rf"(?:(?:{_WHOSE} )?(?:[a-z]+ )?(?:boss|chief|chief exec|chief executive|chief constable|commissioner|deputy|chair|minister"
    r"|director|ceo|manager|press office|press team|private office|home office|journalist|reporter|colleague|office|team|board"
    r"|panel|committee|mayor|mp|paper|papers|press|media|home secretary|secretary of state|inspectorate|hmicfrs|iopc"
    r"|auditors?)|somebody|someone|people|they|everyone)"
)
# In between, at the beginning or at the end: where somebody is, and how little time there is.
_ON_THE_WAY = (
    r"(?:i am |i'm |im |we are |we're )?(?:(?:still |just )?(?:on (?:the |a |my )?(?:train|bus|phone|mobile|move|road|go|tube|plane|call)|in (?:a |the |another )?(?:meeting|car"
    r"|taxi|cab|queue|corridor)|driving|walking|boarding|between meetings|out and about|away from my desk|not at my desk)"
    r"|(?:bad|poor|no|dodgy|rubbish) signal|sent from my [a-z]+|gotta (?:run|dash)|(?:got|have) to (?:run|dash)|in a (?:rush|hurry)|rushing|typing with one hand"
    r"|(?:the )?(?:board|meeting|minister|call|panel|briefing|interview|committee|train) (?:is |starts )?(?:in|at) (?:\d+|ten|five|two|half an|an)(?::\d\d)? ?(?:mins?|minutes|hours?|hrs?|am|pm|m|h)?)"
)
# At the beginning.
_LEADS_IN = (
    # "Press enquiry:", "quick one for the minister -"
    r"(?P<label>[a-z' ]{3,40}?) ?[:–—-] (?=\S)",
    rf"for {_WHOSE} (?:[a-z]+ ){{0,3}}?{_WHAT_FOR}{_WHEN} ?[,:–—-] ?",
    rf"{_SENIOR} (?:is |are |has |have |was |were |keeps |keep )?(?:wants?|wanted|needs?|needed|would like|likes?|asking|asks?|asked|after)"
    r"(?: me| us)? ?(?:to (?:know|see|find out|hear|be told)|about|if|whether|for|[,:–—-])[,:]? ?",
    r"[a-z'&]+(?: [a-z'&]+){0,3} (?:wants?|needs?|would like|wanted|needed) to (?:know|be told|find out|check)(?: (?:if|whether))?[,:;–—-]* ?",
    r"(?:i|we) (?:have|'ve|'ve got|have got|got) (?:a|an|the) (?:[a-z]+ ){0,4}?(?:meeting|call|briefing|question|query|enquiry"
    rf"|interview|journalist|reporter|mp|panel|board)(?: [a-z]+){{0,4}}?{_WHEN} ?(?:[,:;.–—-]|and) ?",
    rf"(?:i am|i'm|im|we are|we're) (?:writing|preparing|drafting|doing|seeing|meeting|briefing|ringing|calling|speaking to|talking to|on a call with|about to)"
    rf" [a-z' ]{{2,50}}?{_WHEN} ?(?:[,:;.–—-]|and) ?",
    r"(?P<denied>not) (?:the |all )?(?:whole |full |entire |complete )?(?:list|lot|thing|report|table|everything|everyone|all)(?: of (?:it|them))?"
    r" ?[,;:–—-] ?(?:just|only) ",
    r"(?:i )?(?P<denied>can'?t|cannot|do ?n[o']t|don't) (?:remember|recall|work out|tell|see|find out|quite see|make out)(?: (?:off hand|for the life of me))?"
    r"[,;:–—-]? ?",
    r"(?:i|we) (?:forget|forgot|lost track|lost track of|missed)(?: again)?[,;:–—-]? ?",
    r"(?:i )?(?:know|knew) (?:i|we)(?:'ve| have)? (?:asked|said)[a-z ]*? ?(?:[,;:–—-]|but) ?",
    r"(?:sorry|apologies)(?:,)? (?:if|that|for)[a-z' ]{3,50}?(?: but |[,;–—-]+ ?)",
    r"(?:sorry|apologies)(?: to (?:be a pain|nag|ask again|bother|keep asking))?[,;:–—-]? ?(?:but )?",
    r"(?:just |only )?(?:out of interest|out of curiosity|for completeness|as a matter of interest|remind me again|once more)[,;:–—-]? ?",
    rf"{_ON_THE_WAY}[,.;:–—!-]+ ?",
    r"(?P<mood>[a-z']+(?: [a-z']+){0,2})[.!…]+ (?=\S)",
    r"(?:hi|hello|hey|dear|morning|afternoon)(?: (?:there|all|team|both|folks|everyone|recbot|bot))?[,!.–—-]+ ?",
)
# At the end.
_ENDS = (
    rf"[,.;–—!-]+ ?{_ON_THE_WAY}",
    rf",? ?(?:it is |it's |this is |that is )?(?:needed )?for {_WHOSE} (?:[a-z]+ ){{0,3}}?{_WHAT_FOR}{_WHEN}",
    r",? ?so (?:that )?(?:i|we) (?:can|could|know|may) ?[a-z' ]{0,50}",
    rf",? ?(?:because|as|since|cos) {_SENIOR} (?:is |are |has |have |was |keeps )?(?:wants?|wanted|needs?|asking|asks?|asked|after|waiting|going on)[a-z' ]{{0,40}}",
    rf",? ?(?:before|ahead of|in time for) (?:i|we) (?:go|speak|talk|meet|call|ring|email|write|brief|see|phone|present|report)\b[a-z' ]{{0,40}}{_WHEN}",
    rf",? ?(?:before|ahead of|in time for) {_WHOSE} (?:[a-z]+ ){{0,3}}?(?:meeting|panel|board|committee|briefing|call|interview|visit|session|event|conference){_WHEN}",
    rf",? ?{_SENIOR} (?:is|are|has|have|keeps) (?:asking|asked|waiting)[a-z' ]{{0,30}}",
    r"[,.!–—-]+ ?(?:many )?(?:thanks|thank you|ta|cheers|thx|regards|best|best wishes|kind regards)(?: (?:in advance|again|so much|a lot|all))?(?: [a-z]+)?",
    r"[,.–—-]+ ?(?:sorry|please|pls|if you can|when you can|asap|urgently|no rush|i (?:forget|forgot|can'?t remember|do ?n[o']t know)|just curious|just wondering|off the top of your head)",
)
_MARKS_AT_THE_END = r"[\s.!?]*"
_BEGINS = tuple(re.compile(rf"\W*{pattern}", re.IGNORECASE) for pattern in _LEADS_IN)
_ENDING = tuple(re.compile(rf"{pattern}(?P<marks>{_MARKS_AT_THE_END})$", re.IGNORECASE) for pattern in _ENDS)
# What a label before a colon may be of; anything else may be what is asked about.
_LABEL = re.compile(
    r"\b(?:enquir\w*|inquir\w*|quer(?:y|ies)|questions?|q|requests?|calls?|papers?|briefings?|meetings?|urgent|quick|prep|board|panel"
    r"|committee|minister\w*|commissioner\w*|chief\w*|boss\w*|press|media|pq|foi|reminder|one for|help|sanity check|check|curious"
    r"|morning|afternoon|hello|hi|fyi|note to self|thought|update needed|new here|me again|another one|last one|next one|ps|pps"
    r"|for info|for the)\b"
)
_SAYS_SOMETHING = (
    *(M.NOT, M.NO_LONGER, M.EXCEPT, M.HEDGE, M.SEARCH, M.OVERDUE, M.WAITING, M.EXTENSION, M.REMIND, M.GRANT),
    *(M.REVOKE, M.UNDO, M.REDACT, M.WITHDRAW, M.REOPEN, *STATES),
)


_IN_BETWEEN = (
    re.compile(
        r",? ?(?:and |but )?(?:i|we) (?:forget|forgot|can'?t remember|can'?t recall|do ?n[o']t (?:know|remember)|am not sure|'m not sure)"
        r" (?:which|who|when|what)(?: (?:one|of them|of the two|it was|exactly))?,?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!what)(?<!how) (?:can|could|may) (?:i|we) (?:tell|report to|give|show|quote to|put to|say to) {_SENIOR}(?= )",
        re.IGNORECASE,
    ),
    re.compile(
        r" (?:that )?(?:i|we) can (?:paste|print|share|send(?: on| round)?|forward|show|use|drop in(?:to)?|copy|circulate|hand out)\b[a-z' ]{0,30}",
        re.IGNORECASE,
    ),
)


def without_frames(sentence: Sentence) -> str:
    """Return the text without what is said around it; empty where nothing is."""
    text = sentence.text.strip()
    left = text
    for pattern in _BEGINS:
        match = pattern.match(left)
        if match is None:
            continue
        named = match.groupdict()
        if named.get("mood"):
            says_nothing = _is_only_a_mood(named["mood"], sentence)
        else:
            says_nothing = bool(named.get("denied")) or _says_nothing(match[0], named.get("label"), sentence)
        if says_nothing:
            left = left[match.end() :]
    for pattern in _IN_BETWEEN:
        match = pattern.search(left)
        if match and match.start() and _names_nothing(match[0], sentence):
            left = left[: match.start()] + " " + left[match.end() :]
            # What somebody forgot is asked.
            left += "?" if pattern is _IN_BETWEEN[0] else ""
    for pattern in _ENDING:
        match = pattern.search(left)
        if match and match.start() and _says_nothing(match[0], None, sentence):
            left = left[: match.start()] + match["marks"]
    return left if left != text and left.strip(" .!?,") else ""


def _is_only_a_mood(words: str, sentence: Sentence) -> bool:
    """Whether a sentence of its own before the question asks and says nothing that is known: "knackered."."""
    part = Sentence.of(words, sentence.asker, sentence.around)
    return all(piece.kind is PieceKind.UNKNOWN or piece.means(M.NEUTRAL, M.FILLER) for piece in part.pieces)


def _names_nothing(words: str, sentence: Sentence) -> bool:
    part = Sentence.of(words, sentence.asker, sentence.around)
    return not part.of_kind(
        PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.PERSON, PieceKind.STRANGE
    )


def _says_nothing(words: str, label: str | None, sentence: Sentence) -> bool:
    if label is not None and not _LABEL.search(label.casefold()):
        return False
    part = Sentence.of(words, sentence.asker, sentence.around)
    names = part.of_kind(PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.PERSON, PieceKind.STRANGE)
    return not names and not any(
        piece.means(*_SAYS_SOMETHING) and not piece.means(M.NEUTRAL, M.FILLER) for piece in part.pieces
    )
