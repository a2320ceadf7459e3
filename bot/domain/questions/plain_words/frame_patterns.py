"""What people say around a question, as tables of named patterns: at its beginning, in between, at its end.

The groups of a pattern: `formal` states nothing itself, `label` stands before a colon, `mood` is a sentence of its own, `denied` holds a denial that
denies nothing of the question."""

import re
from collections.abc import Mapping

_WHAT_FOR = (
    r"(?:meetings?|panel|board|committee|briefings?|brief|calls?|catch ?up|interview|session|event|conference|paper|papers"
    r"|slides?|deck|minutes|agenda|pq|pqs|foi|fois|press (?:office|release|enquiry|query|call|line|lines|statement)|website"
    r"|review|visit|inspection|away ?day|one[ -]to[ -]one|121|1[:-]1|1-2-1|appraisal|hearing|debate|speech|diary|presentation|round ?table"
    r"|workshop|webinar|newsletter|article|story|column|piece|blog|broadcast|programme|bulletin|red box|box|question time|annual report|quarterly report|quarterly|performance meeting|board pack|pack|file"
    r"|note|submission|letter i am writing|reply i am writing|discussion|chat|minister|commissioner|chief|boss|chair"
    r"|director|manager|deputy|mayor|mp|journalist|reporter|press|media|office|team|colleagues?|members|auditors?"
    r"|home office|home secretary|secretary of state|inspectorate|inspectors?)"
)
_WHEN = (
    r"(?: (?:(?:on|this|next|for|at|in) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day| tomorrow| today| tonight| later(?: today)?"
    r"| this (?:morning|afternoon|evening|week)| next week| (?:at|by|before) (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|noon|midday|lunch(?:time)?|(?:half past |quarter (?:past|to) )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'?clock)?|close(?: of play| of business)?|cop|cob|the end of (?:the day|today|play)|end of (?:day|play)))*"
)
_WHOSE = r"(?:the|a|an|my|our|his|her|their|this|today's|tomorrow's|this week's|next week's|[a-z]+day's)"
_SENIOR = (
    rf"(?:(?:{_WHOSE} )?(?:[a-z]+ )?(?:boss|chief|chief exec|chief executive|chief constable|commissioner|deputy|chair|minister"
    r"|director|ceo|manager|press office|press team|private office|home office|journalist|reporter|colleague|office|team|board"
    r"|panel|committee|mayor|mp|paper|papers|press|media|home secretary|secretary of state|inspectorate|hmicfrs|iopc"
    r"|auditors?)|somebody|someone|people|they|everyone)"
)
# What a request asks for: to be told, shown or given something.
_BE_TOLD = (
    r"(?:(?:let|have) (?:me|us) (?:know|see|have)|tell(?: me| us)?|inform (?:me|us)|advise(?: me| us)?|remind (?:me|us)|show (?:me|us)"
    r"|confirm|clarify|say|explain|indicate|state|establish|check|look up|set out|give (?:me|us)|send (?:me|us)|provide(?: me| us)?(?: with)?"
    r"|supply(?: me| us)?(?: with)?|furnish (?:me|us) with|see|know|learn|hear|find out|ask|enquire|inquire|understand|have|get|obtain|receive"
    r"|be (?:told|given|sent|shown|informed|advised)|have sight of|trouble you for|request|work out)"
)
_BEING_TOLD = r"(?:seeing|getting|having|knowing|hearing|finding out|learning|being (?:told|given|sent|shown)|obtaining|a look at|sight of)"
_WITH_COURTESY = r"(?: (?:please|kindly|possibly|perhaps|just|quickly|also|at least|briefly|maybe|at all))*"
_OF_WHAT = r"(?: (?:whether|if|about|of|on|as to|what the position is on|for))?"
# What is not wanted by whoever asks for a part of it.
_THE_WHOLE = (
    r"(?:(?:national|overall|whole|full|big|bigger|wider|total|general)(?: (?:picture|figures?|numbers?|position|list|lot|thing|total|totals|average|story|table|country))?|rest(?: of (?:them|it|the country|us))?"
    r"|others|other ones|everyone else|everybody else|everyone|everybody|all of them|lot|totals?|averages?)"
)
# In between, at the beginning or at the end: where somebody is, and how little time there is.
_ON_THE_WAY = (
    r"(?:i am |i'm |im |we are |we're )?(?:(?:still |just )?(?:on (?:the |a |my )?(?:train|bus|phone|mobile|move|road|go|tube|plane|call)|in (?:a |the |another )?(?:meeting|car"
    r"|taxi|cab|queue|corridor)|driving|walking|boarding|between meetings|out and about|away from my desk|not at my desk)"
    r"|(?:bad|poor|no|dodgy|rubbish) signal|sent from my [a-z]+|gotta (?:run|dash)|(?:got|have) to (?:run|dash)|in a (?:rush|hurry)|rushing|typing with one hand"
    r"|(?:the )?(?:board|meeting|minister|call|panel|briefing|interview|committee|train) (?:is |starts )?(?:in|at) (?:\d+|ten|five|two|half an|an)(?::\d\d)? ?(?:mins?|minutes|hours?|hrs?|am|pm|m|h)?)"
)
# How somebody begins who has something to state: "I write to confirm that", "this is to let you know".
_FORMALLY = (
    r"(?:(?:just |please |kindly )?(?:(?:(?:i|we)(?:'m| am| are|'re)? (?:write|writing|am writing|email|emailing|wish|would wish|wanted|pleased|happy|glad|delighted|sorry"
    r"|able|authorised|instructed|asked|pleased to be able)|this (?:is|email is|message is|note is)|(?:a )?(?:quick|short|brief) (?:note|line|message))"
    r" to (?:confirm|report|advise(?: you)?|inform you|let you know|notify you|tell you|say|announce|state)"
    r"|(?:i|we) (?:can|may) (?:now )?(?:confirm|report|advise|announce)|(?:be|you are) (?:advised|informed|assured)|it (?:is|can be) confirmed"
    r"|(?:to|let me) (?:confirm|inform you|let you know|advise you))(?: to you)? that)"
)
# At the beginning.
_BEGINNINGS: Mapping[str, str] = {
    "a label before a colon": r"(?P<label>[a-z' ]{3,40}?) ?[:–—-] (?=\S)",
    "for what": rf"for {_WHOSE} (?:[a-z']+ ){{0,3}}?{_WHAT_FOR}{_WHEN} ?[,:–—-] ?",
    "a quick one": (
        rf"(?:just )?(?:an? )?(?:quick |another |last )?(?:one|question|q|query|check|thing)(?: from me)? (?:before|ahead of|in time for) (?:{_WHOSE} )?(?:[a-z']+ ){{0,2}}?(?:i go|{_WHAT_FOR}|lunch|noon|close){_WHEN} ?[,:;–—-]+ ?"
    ),
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
    "not the national picture": (
        rf"(?:(?:i |we )?(?P<denied>not|dont|do ?n[o']t|don't|do not|skip|forget(?: about)?|never ?mind|ignore)(?: want| need| care about)? (?:the |all the )?{_THE_WHOLE}"
        r" ?[,;:–—-]* ?(?:i |we )?(?:but )?(?:just|only)(?: (?:want|need))? |(?P<set_aside>skip|forget(?: about)?|never ?mind|ignore) (?:the |all the )?"
        rf"{_THE_WHOLE} ?[,;:–—-]+ ?)"
    ),
    "not what but only": (
        r"(?:i ?|we ?)?(?P<denied>(?:am |'m |are |'re )?not|do ?n[o']t|don't|do not) (?:really )?(?:interested in|bothered (?:about|by|with)|fussed about|worried about|after|need|want"
        r"|care about|looking for|asking (?:for|about)) (?:the |a |an |any |all |every |each )*(?:whole |full |individual )?(?:names?|stages?|details?|dates?|reasons?|lists?|numbers?|figures?|texts?"
        r"|notes?|breakdowns?|history|words|wording|story|rest|chapter and verse|everything|lot|report|table|map|chart|progress|answers?|responses?|contacts?|everyone|all of it|all that|bodies|regions?)"
        r"(?: on (?:it|this|them))? ?[,;:–—.-]+ ?(?:i |we )?(?:just|only)(?: (?:want|need))? "
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
    "sorry for something": r"(?:with )?(?:sorry|apologies|apology|many apologies)(?:,)? (?:if|that|for)(?: (?:the|this|my|a|such))*(?: (?P<denied>late|last minute|short))?[a-z' ]{3,50}?(?: but |[,;–—-]+ ?)",
    "sorry": r"(?:sorry|apologies)(?: to (?:be a pain|nag|ask again|bother|keep asking))?[,;:–—-]? ?(?:but )?",
    "by the way": r"(?:just |only )?(?:out of interest|out of curiosity|for completeness|as a matter of interest|remind me again|once more)[,;:–—-]? ?",
    "on the way": rf"{_ON_THE_WAY}[,.;:–—!-]+ ?",
    "a mood": r"(?P<mood>[a-z']+(?: [a-z']+){0,2})[.!…]+ (?=\S)",
    "a greeting": (
        r"(?:hi|hello|hey|dear|greetings|(?:good )?(?:morning|afternoon|evening|day))"
        r"(?: (?:there|all|team|both|folks|everyone|recbot|bot|colleagues?|sirs?|madam|friends?|to you|to all))*[,!.–—-]+ ?"
    ),
    "tell the association": (
        r"(?P<formal>(?:(?:please|pls|can you|could you) )?(?:(?:tell|inform|advise|notify) (?:the )?(?:association|apcc|coordinators?|register)"
        r"|let (?:the )?(?:association|apcc|coordinators?|register) know)(?: that)?) "
    ),
    "formally": rf"(?P<formal>{_FORMALLY}) ",
    "after what": (
        r"(?:further to|following(?: on from)?|after|as discussed (?:on|in|at)|as agreed (?:in|on|at)|as per|per|in reply to|in response to|with reference to"
        r"|thank you for|thanks for|re) (?:our|my|your|his|her|their|the|a|today's|yesterday's|this morning's|last week's|[a-z]+day's) "
        r"(?:[a-z']+ ){0,3}?(?:decision|call|conversation|e-?mail|letter|meeting|discussion|chat|message|correspondence|exchange|note|request|enquiry|query|visit)"
        r"(?: (?:of|on|with|from|about|this|last) [^,:;]{1,30})?[,:;–—-]+ ?"
    ),
    "in front of whom": (
        rf"{_SENIOR} (?:is|are|will be|'s) (?:in|on|at|with|seeing|meeting|about to|due|going|up|giving|speaking|appearing|before|chairing|hosting|visiting|off)"
        r"\b[a-z' ]{0,60}(?: (?:at|by|from|in) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm|mins?|minutes|hours?)?)?(?: today| tomorrow| tonight)? ?[,:;.–—-]+ ?"
    ),
    "how little time": (
        r"(?:the |my |our |his |her )?(?:[a-z]+ )?(?:deadline|cut off|slot|interview|call|meeting|train|flight|copy deadline)(?: for (?:a|the|my|our) [a-z]+(?: [a-z]+)?)?"
        r" is (?:at |in |by |on )?(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|mins?|minutes|hours?)?|noon|midday|lunchtime|tonight|today|tomorrow|[a-z]+day|an hour|half an hour)"
        r"(?: today| tomorrow| tonight| morning| afternoon)?(?: ?[,:;.–—-]+| and| so) ?"
    ),
    "what needs it": (
        rf"(?:{_WHOSE} )?(?:[a-z]+ )?(?:board|committee|panel|briefing|annual|quarterly|cabinet|select committee)? ?(?:papers?|packs?|report|slides?|minutes|briefing|submission|newsletter|agenda)"
        r" (?:needs?|wants?|requires?|is (?:missing|short of)|should (?:have|show|include)) "
    ),
}
# At the beginning, in the place of "tell me": what is asked for, however politely.
_REQUESTS: Mapping[str, str] = {
    "is it right that": r"(?:is it|would it be) (?:right|correct|true|fair|accurate|the case)(?: to say| in saying)? that ",
    "can i say that": (
        r"(?:can|may|could) (?:i|we) (?:now |safely |publicly |honestly )*(?:say|tell (?:them|people|the press|ministers|everyone)|state|claim|report|announce)"
        r"(?: (?:publicly|safely|now|in public|on the record|with confidence))* (?:that |(?=(?:all|every|each|no|none|both|most) ))"
    ),
    "could you let me know": (
        rf"(?:please |pls |kindly )?(?:can|could|would|will|might|may|should) (?:you|i|we|somebody|someone|anyone){_WITH_COURTESY}"
        rf"(?: be (?:so |very )?(?:kind|good) (?:as|enough) to)?(?: (?:mind|care to))?{_WITH_COURTESY} {_BE_TOLD}{_OF_WHAT} "
    ),
    "would you mind telling me": (
        r"(?:would|do) you mind (?:telling|showing|giving|sending|confirming|reminding|letting)(?: me| us)?(?: (?:know|see))?"
        rf"{_OF_WHAT} "
    ),
    "would it be possible": (
        r"(?:would|will|might|could|can|is) it (?:be )?(?:possible|feasible|ok|okay|all right|alright|convenient|too much trouble)"
        rf" (?:for (?:me|us) )?(?:to|if (?:i|we|you)(?: could| can| may)?) {_BE_TOLD}{_OF_WHAT} "
    ),
    "any chance": rf"(?:is there )?(?:any|a) (?:chance|possibility|hope|way|prospect) of (?:{_BEING_TOLD} |(?=an? |the ))",
    "i should like to know": (
        r"(?:i|we)(?:'d| would| should| am| are|'m|'re| do)?(?: (?:very much|really|also|just|only|now|still))*"
        r" (?:like|love|want|wish|need|hope|hoping|trying|keen|interested|curious|wondering|glad|pleased)"
        rf"(?: if (?:i|we|you) (?:could|can|might|may)| (?:to|in))?{_WITH_COURTESY} (?:{_BE_TOLD}|{_BEING_TOLD}){_OF_WHAT} "
    ),
    "i should be grateful": (
        r"(?:(?:i|we)(?:'d| would| should)? (?:be )?(?:most |very |really |so |much )*(?:grateful|obliged|glad|pleased|thankful|appreciate(?: it)?)"
        rf"|(?:most |very )?(?:grateful|obliged|thankful)) if (?:you|somebody|someone) (?:could|would|can|might){_WITH_COURTESY} {_BE_TOLD}{_OF_WHAT} "
    ),
    "somebody would be grateful": (
        rf"(?:{_SENIOR}|(?:the |our |my )?[a-z]+(?:'s office)?) (?:would|should|will) (?:be (?:most |very )?(?:grateful|glad|pleased|interested|obliged|keen)|like|wish|appreciate|value)"
        rf"(?: (?:it )?if (?:i|we|you|someone) (?:could|would|can))?(?: to)? {_BE_TOLD}{_OF_WHAT} "
    ),
    "i should be glad of": r"(?:i|we)(?:'d| would| should)? be (?:most |very )?(?:glad|grateful) (?:of|for) (?:sight of )?",
    "i should be grateful for": (
        r"(?:(?:i|we)(?:'d| would| should)? (?:be )?(?:most |very |really |so |much )*(?:grateful|obliged|appreciate)|(?:most |very )?grateful)"
        r" (?:for )?(?=an? |the |any |some |details|information|confirmation|sight|news|word)(?:confirmation (?:of|that|whether|as to) |sight of )?"
    ),
    "i am writing to ask": (
        r"(?:(?:i am|i'm|we are|we're|just) )?(?:writing|emailing|messaging|getting in touch|calling|ringing|here|contacting you|checking in)"
        rf" (?:to|in order to) {_BE_TOLD}{_OF_WHAT} "
    ),
    "i write to ask": rf"(?:i|we) (?:write|email|message|call) (?:to|in order to) {_BE_TOLD}{_OF_WHAT} ",
    "please advise": (
        r"(?:please|pls|kindly|do)(?: (?:kindly|please|do|just))? (?:let (?:me|us) know|tell (?:me|us)|advise(?: me| us)?|confirm|clarify|state|indicate"
        rf"|inform (?:me|us)|provide(?: me| us)?(?: with)?|supply(?: me| us)?(?: with)?|furnish (?:me|us) with|set out|explain){_OF_WHAT} "
    ),
    # "Let me know if Kent accepts" waits for it, and "if Kent has accepted" asks.
    "check whether": (
        r"(?:(?:just|please|pls|i am|i'm|was|i was|i) )*(?:check(?:ing)?|double[ -]?check(?:ing)?|wonder(?:ed|ing)?|find out|see|make sure|trying to (?:find out|see|work out)|let (?:me|us) know)"
        r" (?:if|whether|that) (?=.*\b(?:has|have|had|is|are|was|were|did|do|does|all|any\w*|accepted|agreed|started|finished|completed)\b)"
    ),
    "may i ask": r"(?:may|might|can|could) (?:i|we)(?: just)? (?:ask|enquire|inquire|trouble you to (?:say|tell me))(?: you)?(?: (?:whether|if|about|for))?[,:]? ",
    "the question is": r"(?:my|our|the|one|another|a|quick) (?:\w+ )?(?:question|query|enquiry) is(?: this| whether| about| if)?[,:]? ",
    "who wants to know": (
        rf"{_SENIOR} (?:is |are |has |have |was |were |keeps |keep )?(?:wants?|wanted|needs?|needed|would like|likes?|asking|asks?|asked|after)"
        r"(?: me| us)? ?(?:to (?:know|see|find out|hear|be told)|about|if|whether|for|[,:–—-])[,:]? ?"
    ),
    "a body wants to know": r"[a-z'&]+(?: [a-z'&]+){0,3} (?:wants?|needs?|would like|wanted|needed) to (?:know|be told|find out|check)(?: (?:if|whether))?[,:;–—-]* ?",
    "he asks": (
        rf"{_SENIOR} (?:is |are |was |were |keeps |has |have )?(?:asking|asks?|asked|wondering|wonders?|wants to know|would like to know|enquiring|enquires)"
        r"(?: me| us)?(?: (?:to (?:know|be told)|whether|if|about))?[,:]? (?=\S)"
    ),
}
# What is put in their place.
REQUESTED = "tell me "
# An insertion after which the question needs its mark: what somebody forgot is asked.
WHAT_IS_FORGOTTEN = "what is forgotten"
# In between.
_INSERTIONS: Mapping[str, str] = {
    WHAT_IS_FORGOTTEN: (
        r",? ?(?:and |but )?(?:i|we) (?:forget|forgot|can'?t remember|can'?t recall|do ?n[o']t (?:know|remember)|am not sure|'m not sure)"
        r" (?:which|who|when|what)(?: (?:one|of them|of the two|it was|exactly))?,?"
    ),
    "before what": rf",? (?:before|ahead of|in time for) {_WHOSE} (?:[a-z]+ ){{0,3}}?(?:meeting|panel|board|committee|briefing|call|interview|visit|session|event|conference|hearing|debate|deadline for papers){_WHEN},?(?= )",
    "whom one can tell": rf"(?<!what)(?<!how) (?:can|could|may) (?:i|we) (?:tell|report to|give|show|quote to|put to|say to) {_SENIOR}(?= )",
    "formally": rf",? {_FORMALLY}(?= )",
    "in passing": (
        rf", (?:for|ahead of|before|in time for|because of|in view of|as part of|to help with|in connection with) {_WHOSE} (?:[a-z']+ ){{0,3}}?{_WHAT_FOR}\b[^,?]{{0,50}},(?= )"
    ),
    "the day of what": r" (?:on|at|as of|as at|from) the (?:day|date|time) (?:of|when|that) [a-z' ]{3,40}(?= ?\(\d)",
    "what one can do with it": r" (?:that )?(?:i|we) can (?:paste|print|share|send(?: on| round)?|forward|show|use|drop in(?:to)?|copy|circulate|hand out|tweet|post|publish|e-?mail|put (?:in|on|up)|stick (?:in|on)|upload|screenshot|read out|pin|display|attach|present)\b[a-z' ]{0,30}",
}
# At the end.
_ENDINGS: Mapping[str, str] = {
    "on the way": rf"[,.;–—!-]+ ?{_ON_THE_WAY}",
    "for what": rf",? ?(?:it is |it's |this is |that is )?(?:needed )?for {_WHOSE} (?:[a-z']+ ){{0,3}}?{_WHAT_FOR}{_WHEN}",
    "to do what with it": r",? to (?:paste|put|drop|stick|include|use|copy|insert|attach|share|circulate|hand out|present|take)(?: (?:it|them))?(?: (?:in|into|at|with|on|round|out))?(?: [a-z' ]{0,30})?",
    "so that we can": r",? ?so (?:that )?(?:i|we) (?:can|could|know|may) ?[a-z' ]{0,50}",
    "because somebody asks": rf",? ?(?:because|as|since|cos) {_SENIOR} (?:is |are |has |have |was |keeps )?(?:wants?|wanted|needs?|asking|asks?|asked|after|waiting|going on)[a-z' ]{{0,40}}",
    "before we go": rf",? ?(?:before|ahead of|in time for) (?:i|we) (?:go|speak|talk|meet|call|ring|email|write|brief|see|phone|present|report)\b[a-z' ]{{0,40}}{_WHEN}",
    "before what o'clock": (
        rf",? ?(?:before|for|at|ahead of|in time for) (?:{_WHOSE} )?(?:\d{{1,2}}(?:[:.]\d\d)? ?(?:o'? ?clock|am|pm)|(?:one|two|three|four|nine|ten|eleven|twelve) o'? ?clock"
        rf"|half (?:past )?(?:one|two|three|four|nine|ten|eleven|twelve)){_WHEN}"
    ),
    "before what": rf",? ?(?:before|ahead of|in time for) {_WHOSE} (?:[a-z]+ ){{0,3}}?(?:meeting|panel|board|committee|briefing|call|interview|visit|session|event|conference){_WHEN}",
    "somebody is asking": rf",? ?{_SENIOR} (?:is|are|has|have|keeps) (?:asking|asked|waiting)[a-z' ]{{0,30}}",
    "not the whole of it": rf"[,;–—-]* ?(?:please |pls )?(?:and |but )?(?P<denied>not) (?:for )?(?:the |all the )?{_THE_WHOLE}",
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
REQUESTS = _compiled(_REQUESTS, before=r"\W*")
INSERTIONS = _compiled(_INSERTIONS)
ENDINGS = _compiled(_ENDINGS, after=rf"(?P<marks>{_MARKS_AT_THE_END})$")
