"""What people say around a question, as tables of named patterns: at its beginning, in between, at its end.

The groups of a pattern: `label` stands before a colon, `mood` is a sentence of its own, `denied` holds a denial that
denies nothing of the question."""

import re
from collections.abc import Mapping

_WHAT_FOR = (
    r"(?:meetings?|panel|board|committee|briefings?|brief|calls?|catch ?up|interview|session|event|conference|paper|papers"
    r"|slides?|deck|minutes|agenda|pq|pqs|foi|fois|press (?:office|release|enquiry|query|call|line|lines|statement)|website"
    r"|review|visit|inspection|away ?day|one[ -]to[ -]one|121|1[:-]1|1-2-1|appraisal|hearing|debate|speech|diary|presentation|round ?table"
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
_BEGINNINGS: Mapping[str, str] = {
    "a label before a colon": r"(?P<label>[a-z' ]{3,40}?) ?[:–—-] (?=\S)",
    "for what": rf"for {_WHOSE} (?:[a-z]+ ){{0,3}}?{_WHAT_FOR}{_WHEN} ?[,:–—-] ?",
    "who wants to know": (
        rf"{_SENIOR} (?:is |are |has |have |was |were |keeps |keep )?(?:wants?|wanted|needs?|needed|would like|likes?|asking|asks?|asked|after)"
        r"(?: me| us)? ?(?:to (?:know|see|find out|hear|be told)|about|if|whether|for|[,:–—-])[,:]? ?"
    ),
    "a body wants to know": r"[a-z'&]+(?: [a-z'&]+){0,3} (?:wants?|needs?|would like|wanted|needed) to (?:know|be told|find out|check)(?: (?:if|whether))?[,:;–—-]* ?",
    "a meeting to come": (
        r"(?:i|we) (?:have|'ve|'ve got|have got|got) (?:a|an|the) (?:[a-z]+ ){0,4}?(?:meeting|call|briefing|question|query|enquiry"
        rf"|interview|journalist|reporter|mp|panel|board)(?: [a-z]+){{0,4}}?{_WHEN} ?(?:[,:;.–—-]|and) ?"
    ),
    "what one is doing": (
        rf"(?:i am|i'm|im|we are|we're) (?:writing|preparing|drafting|doing|seeing|meeting|briefing|ringing|calling|speaking to|talking to|on a call with|about to)"
        rf" [a-z' ]{{2,50}}?{_WHEN} ?(?:[,:;.–—-]|and) ?"
    ),
    "not the whole list": (
        r"(?P<denied>not) (?:the |all )?(?:whole |full |entire |complete )?(?:list|lot|thing|report|table|everything|everyone|all)(?: of (?:it|them))?"
        r" ?[,;:–—-] ?(?:just|only) "
    ),
    "cannot remember": (
        r"(?:i )?(?P<denied>can'?t|cannot|do ?n[o']t|don't) (?:remember|recall|work out|tell|see|find out|quite see|make out)(?: (?:off hand|for the life of me))?"
        r"[,;:–—-]? ?"
    ),
    "forgot": r"(?:i|we) (?:forget|forgot|lost track|lost track of|missed)(?: again)?[,;:–—-]? ?",
    "asked before": r"(?:i )?(?:know|knew) (?:i|we)(?:'ve| have)? (?:asked|said)[a-z ]*? ?(?:[,;:–—-]|but) ?",
    "owing somebody a line": (
        rf"(?:i|we) (?:owe|promised|have promised|need to (?:give|send|get)|have to (?:give|send|get)) {_SENIOR} (?:an? |some )?(?:quick |short )?"
        r"(?:line|lines|note|update|answer|reply|paragraph|para|few words|words|email|summary|briefing|position)"
        r"(?: back)? (?:on|about|re|regarding) "
    ),
    "sorry for something": r"(?:sorry|apologies)(?:,)? (?:if|that|for)[a-z' ]{3,50}?(?: but |[,;–—-]+ ?)",
    "sorry": r"(?:sorry|apologies)(?: to (?:be a pain|nag|ask again|bother|keep asking))?[,;:–—-]? ?(?:but )?",
    "by the way": r"(?:just |only )?(?:out of interest|out of curiosity|for completeness|as a matter of interest|remind me again|once more)[,;:–—-]? ?",
    "on the way": rf"{_ON_THE_WAY}[,.;:–—!-]+ ?",
    "a mood": r"(?P<mood>[a-z']+(?: [a-z']+){0,2})[.!…]+ (?=\S)",
    "a greeting": r"(?:hi|hello|hey|dear|morning|afternoon)(?: (?:there|all|team|both|folks|everyone|recbot|bot))?[,!.–—-]+ ?",
}
# An insertion after which the question needs its mark: what somebody forgot is asked.
WHAT_IS_FORGOTTEN = "what is forgotten"
# In between.
_INSERTIONS: Mapping[str, str] = {
    WHAT_IS_FORGOTTEN: (
        r",? ?(?:and |but )?(?:i|we) (?:forget|forgot|can'?t remember|can'?t recall|do ?n[o']t (?:know|remember)|am not sure|'m not sure)"
        r" (?:which|who|when|what)(?: (?:one|of them|of the two|it was|exactly))?,?"
    ),
    "whom one can tell": rf"(?<!what)(?<!how) (?:can|could|may) (?:i|we) (?:tell|report to|give|show|quote to|put to|say to) {_SENIOR}(?= )",
    "what one can do with it": r" (?:that )?(?:i|we) can (?:paste|print|share|send(?: on| round)?|forward|show|use|drop in(?:to)?|copy|circulate|hand out)\b[a-z' ]{0,30}",
}
# At the end.
_ENDINGS: Mapping[str, str] = {
    "on the way": rf"[,.;–—!-]+ ?{_ON_THE_WAY}",
    "for what": rf",? ?(?:it is |it's |this is |that is )?(?:needed )?for {_WHOSE} (?:[a-z]+ ){{0,3}}?{_WHAT_FOR}{_WHEN}",
    "so that we can": r",? ?so (?:that )?(?:i|we) (?:can|could|know|may) ?[a-z' ]{0,50}",
    "because somebody asks": rf",? ?(?:because|as|since|cos) {_SENIOR} (?:is |are |has |have |was |keeps )?(?:wants?|wanted|needs?|asking|asks?|asked|after|waiting|going on)[a-z' ]{{0,40}}",
    "before we go": rf",? ?(?:before|ahead of|in time for) (?:i|we) (?:go|speak|talk|meet|call|ring|email|write|brief|see|phone|present|report)\b[a-z' ]{{0,40}}{_WHEN}",
    "before what o'clock": (
        rf",? ?(?:before|for|at|ahead of|in time for) (?:{_WHOSE} )?(?:\d{{1,2}}(?:[:.]\d\d)? ?(?:o'? ?clock|am|pm)|(?:one|two|three|four|nine|ten|eleven|twelve) o'? ?clock"
        rf"|half (?:past )?(?:one|two|three|four|nine|ten|eleven|twelve)){_WHEN}"
    ),
    "before what": rf",? ?(?:before|ahead of|in time for) {_WHOSE} (?:[a-z]+ ){{0,3}}?(?:meeting|panel|board|committee|briefing|call|interview|visit|session|event|conference){_WHEN}",
    "somebody is asking": rf",? ?{_SENIOR} (?:is|are|has|have|keeps) (?:asking|asked|waiting)[a-z' ]{{0,30}}",
    "thanks": r"[,.!–—-]+ ?(?:many )?(?:thanks|thank you|ta|cheers|thx|regards|best|best wishes|kind regards)(?: (?:in advance|again|so much|a lot|all))?(?: [a-z]+)?",
    "please": r"[,.–—-]+ ?(?:sorry|please|pls|if you can|when you can|asap|urgently|no rush|i (?:forget|forgot|can'?t remember|do ?n[o']t know)|just curious|just wondering|off the top of your head)",
}
_MARKS_AT_THE_END = r"[\s.!?]*"


def _compiled(
    patterns: Mapping[str, str], before: str = "", after: str = ""
) -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(f"{before}{pattern}{after}", re.IGNORECASE) for name, pattern in patterns.items()
    }


# Each by its name, in the order in which they are tried. An ending keeps the marks after it as the group `marks`.
BEGINNINGS = _compiled(_BEGINNINGS, before=r"\W*")
INSERTIONS = _compiled(_INSERTIONS)
ENDINGS = _compiled(_ENDINGS, after=rf"(?P<marks>{_MARKS_AT_THE_END})$")
