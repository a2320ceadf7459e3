"""Who is to record, or no longer to, told by a name that is no mention: "put Priya down for Dorset", "Sam has left Surrey".

Slack knows nobody by such a name, so that no button can be offered: the help says how it is typed."""

import re

from bot.domain.questions.plain_words.doubts import is_a_doubtful_grant
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import not_understood, not_yours
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Answerable, Understanding

_PLEASE = re.compile(
    r"(?:(?:please|pls|hi|hello|ok|also|just|and|so|now|fyi|can you|could you|would you|will you|can we|could we|can i|could i|i need to|we need to|i want to"
    r"|i'd like to|i would like to|need to|want to|you can|you should|we should|let's)[ ,:–-]+)*"
)
_NO_NAME = r"(?!(?:has|is|was|will|had|have|are|does|now|also|just|no|not|should|needs|wants|down|up|on|as|the|for)\b)"
_NAME = rf"(?P<{{}}>{_NO_NAME}[a-z][a-z'’-]+(?: {_NO_NAME}[a-z][a-z'’-]+)?)"
_WHO = _NAME.format("who")
_OTHER = r"[a-z][a-z'’-]+(?: [a-z][a-z'’-]+)?"
_IS = r"(?: is|'s|’s| has| will be| will)?(?: now| also| just)*"
_CONTACT = r"(?:(?:first|second|main|new|deputy|other|the|a|an|our|their)[ ])*(?:contact|coordinator|officer|lead|person|recorder|single point of contact|spoc)s?"
_AT = r"(?:for|at|in|with|of|on|over at|on behalf of)"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


_GRANTS = _compiled(
    rf"(?:put|pop|stick|get|sign|set|have) {_WHO} (?:down|on|up|in|set up|added|put down|put on)(?: as (?:{_CONTACT}))? {_AT}\b",
    rf"(?:add|name|register|appoint|nominate|enrol|set up|sign up|onboard|make|promote|assign|list|record) {_WHO} (?:as |to |for |the |an? |to be )",
    rf"(?:give|grant|get|hand|assign) {_WHO} (?:in [\w ]+ |at [\w ]+ )?(?:access|rights|permissions?|the rights?|coordinator|contact)\b",
    rf"(?:let|allow|authorise|enable|permit) {_WHO} (?:to )?(?:record|update|report|answer|enter|have access)\b",
    rf"{_WHO}{_IS} (?:taken|taking|takes|take) (?:over|on)\b",
    rf"(?=.*\b(?:now|from|instead|too|as well|going forward|in place)\b){_WHO}{_IS} (?:covering|covers?|recording|records?|looking after|looks after|responsible|dealing|deals|handling|handles) (?:for |with )?",
    rf"(?:can|could|may) {_WHO} (?:please |also |now )*(?:have|get|be given|be granted) (?:access|rights|permissions?)\b|(?:can|could|may) {_NAME.format('added')} (?:please |also |now )*be (?:added|set up|put down|made)\b",
    rf"{_WHO}{_IS} (?:joined|joining|joins|starting|started|starts|moved to|moving to) (?!from\b)",
    rf"{_WHO}{_IS} (?:replaced|replacing|replaces|succeeded|succeeds|stepping in for|standing in for|filling in for) {_OTHER}\b",
    rf"{_WHO}{_IS} (?:our|the|a|an|their|going to be|[\w' &-]+['’]s) ?(?:new )?{_CONTACT}(?: |$|[.!,])",
    rf"{_WHO} (?:needs|wants|requires|should have|is asking for|has asked for|asked for|could do with) (?:access|rights|permissions?|to be (?:added|set up|able to record)|setting up|adding)\b",
    rf"(?:(?:there is|there's|we have|we've got|got) )?(?:a |our |the )?new (?:starter|contact|officer|colleague|person|lead|joiner) {_AT} [\w' &-]+(?:[ ,:;–-]+(?:is |called |named )*{_NAME.format('starter')})?",
    r"[\w' &-]+['’]s (?:new )?(?:contact|officer|lead) (?:has changed|changed|is changing|is now|has become|will be|is different)\b",
    r"[\w' &-]+ (?:have|has|have got|has got) (?:a |got a )?(?:new|different) (?:contact|officer|lead|person)\b",
    r"change (?:the |our )?contacts? (?:for|at|in)\b|change [\w' &-]+['’]s contacts?\b",
)
_REVOKES = _compiled(
    rf"(?:remove|take|drop|delete|strike|cut|get rid of|revoke) {_WHO}(?:['’]s (?:access|rights))?(?: (?:off|from|out of|as|for|at)\b|$)",
    rf"{_WHO}{_IS} (?:left|leaving|leaves|quit|retired|retiring|resigned|resigning|gone from|moved on|moving on|off to another|departed|stood down|standing down|finished at|moved away)\b",
    rf"{_WHO} (?:no longer|does not|doesn't) (?:works?|records?|covers?|is|represents?|looks after|deals? with)\b",
    rf"{_WHO} (?:(?:is |are )?(?:no longer|not)|isn't|isnt) (?:at|with|in|the contact|a contact|our contact|working)\b(?=.*\b(?:any ?more|any longer|no longer|now)\b)",
)

# "Can I have access to Surrey", "make me a coordinator"
_FOR_ONESELF = re.compile(
    r"(?:make|put|add|give|set|sign|let|get|grant) (?:me|us|myself)\b.*\b(?:coordinators?|contacts?|access|rights|permissions?|record for|in charge)\b"
    r"|(?:have|get|be given|be granted) (?:access|rights|permissions?|coordinator rights) (?:to|for|on)\b|(?:be|become) (?:a |the )?(?:coordinator|contact)\b"
)


def named_without_a_mention(sentence: Sentence) -> Understanding | None:
    """Answer with the help of granting or revoking; None where neither is meant."""
    if sentence.named_refs or (sentence.asks and not _orders_politely(sentence)):
        return None
    text = sentence.lower[_PLEASE.match(sentence.lower).end() :]  # type: ignore[union-attr]
    if _FOR_ONESELF.match(text):
        if sentence.bodies and {*sentence.bodies} <= {*sentence.asker.bodies}:
            return None
        return Answerable("help grant") if sentence.asker.is_coordinator else not_yours(sentence)
    for verb, patterns in (("grant", _GRANTS), ("revoke", _REVOKES)):
        if not any(_is_of_somebody(match, sentence) for match in (p.match(text) for p in patterns) if match):
            continue
        if (verb == "grant" and sentence.has(M.NOT, M.NO_LONGER)) or _leaves_it_open(sentence):
            return not_understood(sentence)
        return Answerable(f"help {verb}") if sentence.asker.is_coordinator else not_yours(sentence)
    return None


_ORDERED = re.compile(
    r"(?:please |pls |hi,? |hello,? )*(?:(?:can|could|would|will|may) (?:you|we|i)\b|(?:can|could|may) [\w'’ -]+ (?:have|get|be)\b)"
)


def _orders_politely(sentence: Sentence) -> bool:
    return _ORDERED.match(sentence.lower) is not None and not sentence.has_question_word


def _leaves_it_open(sentence: Sentence) -> bool:
    return is_a_doubtful_grant(sentence) or sentence.says(
        r"\b(?:may|might|could have|if|whether|unless|haven't|hasn't|has not|have not|never)\b"
    )


def _is_of_somebody(match: re.Match[str], sentence: Sentence) -> bool:
    """Whether the name is nothing that recbot knows: no body, no word with a meaning."""
    names = [name for name in match.groupdict().values() if name]
    known = {
        word
        for piece in sentence.pieces
        if piece.kind is not PieceKind.UNKNOWN and not piece.means(M.WHAT)
        for word in sentence.text[piece.start : piece.end].casefold().split()
    }
    return all(known.isdisjoint(re.split(r"['’ ]", name)) for name in names)
