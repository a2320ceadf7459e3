"""Turns of speech about days and about people that say the same as shorter words: `rewording.py` puts those in
their place."""

from bot.domain.questions.plain_words.rewording_parts import END, Replacement

_LEAVE = (
    r"(?:on (?:annual |sick |parental |maternity |paternity |study |my )?leave|on (?:my )?(?:holidays?|vacation|secondment|jury service)|off(?: sick| work| ill)?|away(?: on leave| on holiday)?"
    r"|out(?: of (?:the )?office)?|out of (?:it|touch|the loop)|in meetings)"
)
_DAY = r"(?P<day>[\w ]{3,25}?)"
_ASKED_AFTER = r"(?P<asked>(?:so |and |please |can you |could you |tell me )*(?:what|who|which|anything|any|has|have|is there|show|give|changes)\b.*?)"
_THEY = r"(?:they|it|he|she)"
_THINKS = (
    r"(?:reckons?|thinks?|believes?|fears?|expects?|predicts?|predicting|says?|saying|said|warns?|warning|warned(?: us)?|admits?|admitting|admitted|anticipates?|anticipating|forecasts?|forecasting"
    r"|suspects?|(?:has |have |is |are )?(?:told|telling|tells?|told|warned|warning|informed|advised|signalled|flagged)(?: (?:us|me|you))?|worried|worrying|concerned|indicat(?:ed?|es|ing)|signall?(?:ed|ing)?|flagg(?:ed|ing))"
)
_WILL = r"(?:'ll| will| may| might| could|'re going to| are going to| is going to| are likely to| is likely to|'re likely to| would|'d|'s going to)"
_RUN_LATE = (
    r"(?:be (?:late|overdue|behind|delayed)|run (?:late|over|behind)|overrun|slip|miss (?:it|the (?:deadline|date)|their (?:deadline|date))|go over|overshoot|finish late|be done late"
    r"|not (?:make|meet|hit|finish by) (?:it|the (?:deadline|date)|their (?:deadline|date)|in time))"
)
_WONT = r"(?: won'?t| will not| can'?t| cannot| might not| may not| are not going to|'re not going to| aren'?t going to| couldn'?t)"
_MAKE_IT = r"(?:make|meet|hit|keep to|keep|finish by|be (?:done|finished|ready) by|manage) (?:it|the (?:deadline|date|due date)|their (?:deadline|date)|it in time|in time)"
_SAYS = r"(?:say|said|decide|decided|confirm|confirmed|indicate|indicated|state|stated|tell us|told us|tell you|told you|let us know|make up their minds?|made up their minds?)"
_ACCEPTS = r"(?:(?:will |would |can |could |do |does )?(?:accept|agree to|agree with|agree|sign up to|go along with|back|support)(?:s|ed)?(?: it| them)?|(?:are|is|'re|'s) (?:accepting|agreeing to|on board with|in on|happy with|content with)(?: it)?)"
_TALK_TO = r"(?:ring|phone|call|e-?mail|contact|message|write to|speak to|speak with|talk to|talk with|get hold of|get in touch with|be in touch with|get on to|get onto|reach|liaise with|get a message to|drop a line to)"
# Of themselves a person tells it, and asks nothing.
_NOT_US = r"\b(?<!\bwe )(?<!\bi )(?<!\bwe've )(?<!\bi've )(?<!\bwe have )(?<!\bi have )"
# What follows where somebody has been silent for so long.
_SO_LONG = (
    r"(?:for|in|over)(?: over| more than| at least| about| nearly| around)? (?:the (?:last|past) )?(?:[a-z]+ |\d+ )?(?:couple of |few )?(?:days?|weeks?|fortnights?|months?|quarter|year)\b"
    r"|since\b|(?:so far )?this (?:week|month|quarter|year)\b|all (?:week|month|year)\b"
)

# In what is asked for, and what it is put as.
TIME_AND_PEOPLE: tuple[tuple[str, Replacement], ...] = (
    # "I've been on leave for a fortnight, what have I missed"
    (
        rf"^(?:(?:hi|hello|sorry|so|ok|right)[ ,]+)*(?:(?:i|we)(?:'ve| have| was| were)? |just )*(?:been|was|were|got) (?:back (?:from|off) )?{_LEAVE} for (?:the )?(?:last |past )?(?:a |an )?(?P<length>(?:[a-z]+ |\d+ )?(?:days?|weeks?|fortnights?|months?))"
        rf" ?[,.;:–—-]+ ?{_ASKED_AFTER}{END}",
        r"\g<asked> in the last \g<length>",
    ),
    (
        rf"^(?:(?:hi|hello|sorry|so|ok|right)[ ,]+)*(?:(?:i|we)(?:'ve| have| was| were)? |just )*(?:been|was|were|got) {_LEAVE} (?:since|from) {_DAY} ?[,.;:–—-]+ ?{_ASKED_AFTER}{END}",
        r"\g<asked> since \g<day>",
    ),
    # "Just back from two weeks off, what's new"
    (
        rf"^(?:(?:i|we)(?:'m| am|'re| are) |just )*back (?:from|after) (?:a |an )?(?P<length>(?:[a-z]+ |\d+ )?(?:days?|weeks?|fortnights?|months?))(?:'s?|s')? (?:{_LEAVE}|leave|holiday|off|away)"
        rf" ?[,.;:–—-]+ ?{_ASKED_AFTER}{END}",
        r"\g<asked> in the last \g<length>",
    ),
    # "I was away last week. What changed?"
    (
        rf"^(?:(?:hi|hello|sorry|so|ok|right)[ ,]+)*(?:i|we)(?:'ve| have| was| were) ?(?:been )?{_LEAVE} (?:all |most |for )?(?:of )?(?P<day>last week|this week|yesterday|last month|on \w+day|last \w+day) ?[,.;:–—-]+ ?{_ASKED_AFTER}{END}",
        r"\g<asked> since \g<day>",
    ),
    # "Take me back to 20 January for 16"
    (
        rf"^(?:please |can you |could you )?(?:roll|go|wind|turn|take (?:me|us)|rewind)(?: (?:the clock|things|it|time))?(?: back)? to {_DAY} (?:for|on|with) (?P<asked>[\w ,&-]{{1,40}}?){END}",
        r"\g<asked> as at \g<day>",
    ),
    (r"\bwhat would (?P<what>[\w ,&-]{1,40}?) have looked like\b", r"what did \g<what> look like"),
    # "What do the Welsh bodies have to deliver this month"
    (
        r"^(?:so |and |please )?what (?:do|does) (?P<who>(?!(?:i|we|you)\b)[\w ,&'-]{2,40}?) (?:have|need) (?:got )?to (?:do|deliver|finish|complete|have done|have finished|submit|hand in) (?P<when>(?:by|before|within|this|next|in)\b[^?]*)[?.! ]*$",
        r"deadlines for \g<who> \g<when>",
    ),
    (
        r"^(?:the |what is the |give me the )?date by which (?P<what>[\w ,&-]{1,30}?) (?:must|has to|have to|needs to|need to|should|is to|are to) be (?:done|finished|completed?|ready|in)\b",
        r"deadline for \g<what>",
    ),
    (
        r"^(?:the |on what |what |which |give me the )?(?:date|day) (?:that |on which |when )?(?P<who>[A-Z][\w&' -]{2,30}?) (?:first )?(?P<did>start|accept|finish|complet|agre|declin|respond|answer)ed\b",
        lambda match: (
            f"when did {match['who']} {match['did']}{'e' if match['did'].lower() in ('complet', 'agre', 'declin') else ''}"
        ),
    ),
    (
        r"\b(?:that |which )?(?:we|i) (?:should|need to|ought to|must) (?:know|be aware|be told|hear)(?: about| of)?\b",
        "",
    ),
    # "Who has let the deadline slip", "who's run out of time", "who failed to hit the deadline"
    (
        r"(?<!not )(?<!n't )(?<!to )\b(?:let|letting|lets) (?:the|its|their|a) (?:deadline|date) (?:slip|pass|go|go by|slip by|slide|lapse)\b",
        "missed the deadline",
    ),
    (
        r"\b(?P<did>done|did|doing) (?:precisely|absolutely|exactly|literally|quite|simply) nothing\b",
        r"\g<did> nothing",
    ),
    (r"\bmiss(?P<ed>ed|es|ing)? (?:the|its|their) date\b", r"miss\g<ed> the deadline"),
    (r"\b(?:the )?mayor[’']?s office for policing and crime\b", "MOPAC"),
    # "Our PCC has signed off on agreeing to 16"
    (r"\bsigned off (?:on )?(?:agreeing|accepting)(?: to)?\b", "agreed to"),
    # "Which ones got 25 over the line but after the date"
    (r"\bgot (?P<what>#?\d\w{0,3}|it|them|theirs) over the line\b", r"finished \g<what>"),
    (
        r"^(?P<who>who|which \w+) did (?P<what>#?\d\w{0,3}) (?=(?:after|past|beyond) the)",
        r"\g<who> finished \g<what> ",
    ),
    # "Did South Wales beat the deadline on 15" is told by how it stands there.
    (
        r"^(?:so |and )?(?:did|has|have) (?P<who>(?!(?:any|every|all|you|they|no)(?:one|body| one)?\b)[\w' -]{2,40}?)"
        r" (?:manage(?:d)? to )?(?:make|made|meet|met|beat|beaten|keep to|kept to) (?:the|its|their) (?:deadline|due date|cut-?off)"
        r" (?=(?:on|for|of) )",
        r"how are \g<who> doing ",
    ),
    (r"(?:'s| has| have| is|'ve) run out of time\b", " is out of time"),
    (
        r"\b(?:failed|fails?|failing) to (?:hit|make|keep to|keep|reach|finish by|deliver by|come in by) (?:the|its|their) (?:deadline|date|due date|target|cut-?off)\b",
        "missed the deadline",
    ),
    (
        r"\b(?:should have been|(?:was|were) (?:supposed|meant|due|expected) to (?:be|have been)|ought to have been) (?:done|finished|completed?|in) by (?P<day>(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9})"
        r",? (?:and|but|yet) (?:still )?(?:is ?n[o']t|isn't|is not|has ?n[o']t|hasn't|has not|are ?n[o']t|aren't|are not|have ?n[o']t|haven't|have not)(?: yet)?(?: been)?[?.! ]*$",
        r"missed \g<day>",
    ),
    (
        rf"^(?:please |can you |could you )?(?:roll|go|wind|turn|take (?:me|us)|rewind)(?: (?:the clock|things|it|time))?(?: back)? to {_DAY}(?:,| and| then)+ (?:please )?(?:show|tell|give) (?:me|us) (?P<asked>.+?){END}",
        r"\g<asked> as at \g<day>",
    ),
    # "Over the last month" ends today; "last month" is the one before this.
    (
        r"\b(?:over|in|during|within) the (?:last|past) (?P<unit>month|year|quarter)\b",
        r"in the last 1 \g<unit>",
    ),
    # "Who didn't make the 27 March date", "hasn't hit 27 March"
    (
        r"\b(?:did ?n[o']t|didn't|did not|has ?n[o']t|hasn't|has not|have ?n[o']t|haven't|have not|failed to|fail to|was unable to|were unable to|could ?n[o']t|couldn't|could not|never) (?:make|made|meet|met|hit|keep to|kept to)"
        r" (?P<day>(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9})(?: (?:date|deadline|cut-?off|target))?",
        r"missed \g<day>",
    ),
    # "How long is left until the stalking deadline"
    (
        r"\b(?P<long>how (?:long|many (?:working |calendar )?days|many weeks|much time)(?: is| are| have we got| do we have| have i got| do i have)?(?: there)?(?: left)?) (?:until|till|til|to|before) (?:the |our |its )?"
        r"(?P<what>(?!next\b|last\b|first\b|end\b)[\w-]{1,20}(?: [\w-]{1,20})?) (?:deadline|due date|date|cut-?off)\b",
        r"\g<long> on \g<what>",
    ),
    # Who expects to be late.
    (
        rf"\b{_THINKS} (?:that )?{_THEY}(?:{_WILL} {_RUN_LATE}|{_WONT} {_MAKE_IT})\b",
        "expects to be late",
    ),
    (
        r"\b(?:is |are |be |'s |'re )?(?:just )?(?:about to|on the point of|on the verge of|in danger of|close to|set to|looking like) (?:be (?:late|overdue)|being (?:late|overdue)|go(?:ing)? (?:overdue|over|past (?:it|the (?:date|deadline)))|miss(?:ing)?(?: (?:it|the (?:deadline|date)|their (?:deadline|date)))?|slip(?:ping)?|overrun(?:ning)?|breach(?:ing)?(?: (?:it|the deadline))?|run(?:ning)? (?:late|over))\b",
        " expects to be late",
    ),
    (
        rf"\b(?:does ?n[o']t|doesn't|does not|do ?n[o']t|don't|do not|did ?n[o']t|didn't) (?:think|expect|believe|reckon)(?: that)? (?:{_THEY}{_WILL}|to) (?:(?:be (?:done|finished|ready|in|complete)|finish|complete|deliver) (?:by (?:the|its|their) (?:deadline|date|due date)|in time|on time|by then)|(?:make|meet|hit|keep to) (?:it|(?:the|its|their) (?:deadline|date|due date)))",
        "expects to be late",
    ),
    (
        r"\bexpect(?:s|ing)? to (?:go over|overshoot|run over|run late|slip|finish late|be over|miss (?:it|(?:the|its|their) (?:deadline|date)))\b",
        "expects to be late",
    ),
    # Who asks for more time.
    (
        r"\b(?P<asked>asked|asking|applied|put in) for (?P<what>longer|more time|an extension|extra time|extensions) (?:and|but) (?:has |have |is |are |were |was )?(?:still |yet )?(?:not|n't|never|yet to|still to|waiting to) (?:yet )?(?:heard?|hear|had an answer|have an answer|been told|heard? back|had a decision|been answered|been decided)(?: back)?\b",
        r"\g<asked> for \g<what>",
    ),
    (
        r"\b(?:is |are |'s |'re )?(?:after|looking for|hoping for|in need of|angling for|pressing for|holding out for) (?:some |a bit |a little |a )?(?:more time|longer|extra time|an extension)\b",
        " wants more time",
    ),
    (
        r"\bextensions?(?: requests?)? (?:do|must|should|have|can) (?:i|we) (?:need to |have to |got to |still |to )*(?:decide|approve|look at|sign off|deal with|agree|grant)(?: on)?\b",
        "extension requests are waiting",
    ),
    (
        r"\b(?P<what>extensions?|more time) (?:that )?(?:we|you|i)(?:'ve| have)?(?: already)? (?:agreed(?: to)?|approved|allowed|granted|given|signed off|accepted)\b",
        "extensions granted",
    ),
    (
        r"\b(?:has |have |did )?(?:any(?:body|one)(?:'s|s)?|whose|any) (?:deadlines?|dates?|due dates?)(?: been| got)? (?:changed?|moved?|shifted|slipped)\b",
        "any extension granted",
    ),
    # "Did anybody update over Christmas"
    (
        r"^(?:did|has|have) (?:any(?:body|one)|any of (?:them|the bodies)|some(?:body|one)) update(?:d)?(?: us| anything| something| theirs)?(?= (?:over|on|in|since|during|this|last|yesterday|today|at|between)\b|[?.! ]*$)",
        "what changed",
    ),
    (
        r"\bwhat did (?P<who>(?!(?:we|i|you|they|he|she|it|anyone|anybody)\b)[\w&' -]{2,30}?) (?:tell|send|give) (?:us|you|the association|apcc) (?=(?:in|during|on|since|last|this|yesterday|between)\b)",
        r"history of \g<who> ",
    ),
    (
        r"\b(?:anything|what|which(?: ones| recs| recommendations)?)(?: do| should)? (?:we|i)(?: still)? (?:need|have) to (?:answer|respond to|reply to)\b",
        "what have we not responded to",
    ),
    (
        r"\bwhat(?:'s| is) (?:up )?next(?: up)? (?:on|in) the (?:calendar|diary|list|timetable|schedule)\b",
        "what is due next",
    ),
    (
        r"\b(?:has|have|did) the (?:deadlines?|due dates?|dates?) (?:for|on|of) (?P<what>[\w ,&-]{1,30}?) (?:passed|gone by|gone|expired|been and gone|pass|expire|lapsed?)\b",
        r"when is \g<what> due",
    ),
    (r"\bwhen does (?:the )?time run out (?:on|for)\b", "when is the deadline for"),
    (
        r"\b(?:answers?|positions?|standing|progress|entries|figures|numbers|responses?) as (?:they|it) (?:were|was|stood) (?:on|at)\b",
        "position as at",
    ),
    (r"\b(?:at|as at|as of) (?:the )?(?:close|end) of (?:play|business)(?: on)? ", "as at "),
    (r"\b(?:in|over|during|within) the (?:last|past) (?:24|twenty[- ]four) hours\b", "since yesterday"),
    (
        r"\b(?P<before>in|over|during|within) the (?:last|past) (?:48|forty[- ]eight) hours\b",
        r"\g<before> the last 2 days",
    ),
    (
        r"\bsince (?:i|we) (?:left|went(?: away| off| on leave)?|finished|logged off|(?:was|were) (?:last )?(?:in|here)) (?:on|in) (?=\d|\w+day\b|the \d)",
        "since ",
    ),
    (
        r"\bwhen did (?:each|every|all the|all|the|each of the) (?:body|bodies|forces?|pccs?|one|areas?|offices?) (?:accept|start|begin|finish|complete|answer|respond to|agree to|reply to|decline) (?P<what>[\w ,&-]{1,30}?)[?.! ]*$",
        r"history of \g<what>",
    ),
    (
        r"\b(?:the |our |their )?(?:last|latest|most recent) (?:few|couple of|two|three|four|five|six|ten|\d+) (?:updates|entries|changes|notes)\b",
        "history",
    ),
    (
        r"\bha(?:s|ve)(?:n'?t| not) (?:reported|said (?:anything|a word|a thing)|told us anything|posted(?: anything)?|given us anything|sent (?:us )?anything)(?P<on> (?:on|for|about) [\w ,&]{1,20}?)? (?=(?:for|in) (?:over |more than |about |the (?:last|past) )?(?:[a-z]+ |\d+ )?(?:couple of )?(?:days?|weeks?|fortnights?|months?|quarter|year)\b|since\b)",
        r"has been silent\g<on> ",
    ),
    (r"\bno contact (?:from|with) (?=(?:since|for|in)\b)", "no news "),
    (
        r"\bnot a (?:word|peep|sausage|squeak|thing)(?: heard)?(?: from (?:them|anyone|anybody))? since\b",
        "silent since",
    ),
    (
        r"\b(?:lacks?|lacking|in need of|missing) (?:a|any|their|its) (?:named )?contacts?\b",
        "without a contact",
    ),
    (r"^name and shame\b", "list"),
    # "Whose deadline has moved"
    (
        r"\b(?P<what>deadlines?|due dates?|dates?) (?:has|have|had|was|were|'s|got)(?: (?:been|now|since|already))* (?:moved|pushed back|pushed out|put back|shifted|relaxed|postponed|deferred|extended|moved back|slipped back)\b(?! (?:twice|again|more than))",
        "extension granted",
    ),
    # "Which PCCs still need to say whether they accept 15"
    (
        rf"\bto {_SAYS} (?:whether|if) (?:or not )?{_THEY} {_ACCEPTS}(?: to)?(?=\s|$|[.?!,])",
        "to answer",
    ),
    (
        rf"\b{_SAYS} (?:whether|if) (?:or not )?{_THEY} {_ACCEPTS}(?: to)?(?=\s|$|[.?!,])",
        "answered",
    ),
    # "What had been recorded on 25 by 6 January"
    (
        rf"\bwhat (?:had been|was|had we got|had we|did we have|was there) (?:recorded|entered|on record|on file|known|logged|in the register) (?:on|for|about|of|against) (?P<what>[\w ,&-]{{1,40}}?) (?:by|as at|as of|at|on|up to) {_DAY}{END}",
        r"\g<what> as known at \g<day>",
    ),
    (
        rf"\bwhat (?:did we|did you|did the register|did recbot|would you have|had we been) (?:know|knew|known|have on record|have|told (?:me|us)|have told (?:me|us)|show|have said|said) (?:on|for|about|of|against) (?P<what>[\w ,&-]{{1,40}}?) (?:by|as at|as of|at|on|back on) {_DAY}{END}",
        r"\g<what> as known at \g<day>",
    ),
    # "How did 16 get to where it is"
    (
        r"\bhow (?:did|has|have) (?P<what>[\w ,&-]{1,40}?) (?:get|got|come|come to be|ended? up|arrived?) (?:to |at )?(?:where (?:it|they|he|she) (?:is|are)(?: (?:now|today))?|here|this point|this|that|there)\b",
        r"history of \g<what>",
    ),
    # "Everything that's been said on 16"
    (
        r"\b(?:everything|all|whatever|anything and everything) (?:that(?:'s| has| is| was)?|which has|that has) (?:ever )?(?:been )?(?:said|recorded|entered|written|noted|logged|put in|put down|reported)(?: so far| to date)?(?= (?:on|about|for|against|by|in)\b)",
        "history",
    ),
    # "Nobody late yet?" asks whether anybody is.
    (
        r"^(?:so |and )?(?:nobody|no one|no-one|none of them)(?P<rest> [\w ]{2,40}?)(?: yet| so far)?\?+$",
        r"has anyone\g<rest>?",
    ),
    (
        r"^(?:so |and )?nothing (?P<rest>new|fresh|changed|happened|moved|in)(?P<more>[\w ]{0,40}?)(?: yet)?\?+$",
        r"anything \g<rest>\g<more>?",
    ),
    # "How many times has Dorset updated 15", "previous positions Essex has taken on 16"
    (
        r"\bhow (?:many times|often) (?:has|have|did) (?P<who>(?!(?:anyone|anybody|everyone|we|i)\b)[\w&' -]{2,30}?) (?:updated?|recorded?|reported?|posted?)\b",
        r"history of \g<who>",
    ),
    (
        r"\b(?:previous|past|earlier) (?:positions?|answers?|responses?|statements?)(?: that)? (?P<who>[A-Z][\w&' -]{2,30}?) (?:has |have |had )?(?:taken|given|made|held|gave|took)\b",
        r"history of \g<who>",
    ),
    (
        r"\bwhat was the last (?:thing|update|entry|note) (?:that )?(?P<who>i|we) (?:put in|recorded|entered|said|sent in|sent|added|noted)\b",
        r"what did \g<who> last record",
    ),
    # "What did I record last"
    (
        r"\b(?P<did>(?:did|have) (?:i|we) (?:last )?(?:record|recorded|put in|enter|entered|log|logged|say|said|note|noted|send in|sent in)) last[.?! ]*$",
        r"\g<did>",
    ),
    (
        rf"\b(?P<who>who|whom) (?:i|we|one)(?:'d| would| should| could| can| ought to| need to| have to| might| must|'ll| will)? {_TALK_TO}\b",
        r"who do i contact",
    ),
    # Who has nobody down.
    (
        r"\b(?:who has|who have|which (?:\w+ )?have|which (?:\w+ )?has|bodies with|with|has|have|having|got)? ?(?:no one|nobody|no-one|no body|not anyone|not anybody|without anyone|without anybody|without somebody|without someone) (?:down|listed|named|registered|on the list|to (?:ring|call|contact|e-?mail|phone|speak to|talk to|write to|ask|chase))\b",
        " without a contact",
    ),
    (
        r"\b(?:gaps?|holes?) in (?:the|our|your) (?:contacts?(?: list| sheet| details)?|list of contacts|address book)\b",
        "bodies without a contact",
    ),
    # Nothing recorded in so long.
    (r"\b(?P<who>who|which \w+)(?: has| have) (?:had )?nothing to report\b", r"\g<who> has been silent"),
    (
        r"\bha(?:s|ve)(?:n'?t| not) (?:touched|looked at|been near|done anything (?:on|with)|updated|moved on|gone near) (?P<what>(?!their\b|theirs\b|it\b|its\b|anything\b)[\w ,&]{1,20}?) (?:for|in) (?P<length>(?:[a-z]+ |\d+ )?(?:days?|weeks?|fortnights?|months?))\b",
        r"has no news on \g<what> for \g<length>",
    ),
    (
        r"\bha(?:s|ve)(?:n'?t| not) (?:we )?(?:been )?heard from (?:for|in) (?:ages|a while|some time|a long time|yonks|donkeys years)\b",
        "gone quiet",
    ),
    (
        r"\bnot (?:been )?heard from (?:for|in) (?:ages|a while|some time|a long time|yonks|donkeys years)\b",
        "gone quiet",
    ),
    (
        r"\b(?:we|i|you) ha(?:s|ve)(?:n'?t| not) heard from (?:for|in) (?:ages|a while|some time|a long time|yonks|donkeys years)\b",
        "gone quiet",
    ),
    (
        rf"\b(?P<who>who|which [\w ]{{3,20}}?|anyone who|those who) (?:was |were |have |has )?(?:last (?:updated|recorded|reported|said anything|moved|heard from|in touch)|(?:updated|recorded|reported) last) (?:anything |something )?before {_DAY}{END}",
        r"who has been silent since \g<day>",
    ),
    # "Who hasn't touched it since the new year", "with nothing new since January", "no change for over 8 weeks"
    (
        rf"{_NOT_US}\bha(?:s|ve)(?:n'?t| not) (?:touched|updated|moved|changed|altered|amended|revisited|looked at|been near|opened|edited|added to|progressed) (?:it|theirs?|anything|a thing|one thing|a single thing|them|the (?:register|thing|return)|their (?:own )?(?:entry|entries|rows?|records?|returns?|updates?|answers?|bits?|lines?|positions?))(?: at all)?(?P<on> (?:on|for|about) [\w ,&]{{1,20}}?)? (?={_SO_LONG})",
        r"has been silent\g<on> ",
    ),
    (
        rf"{_NOT_US}(?:\bis |\bare |\bhas |\bhave |'s |(?<!we)(?<!i)'ve )not (?:sent|given|told|posted|reported|said|recorded|submitted)(?: us)? (?:anything|a thing|one thing|a single thing|a word|any updates?)(?P<on> (?:on|for|about) [\w ,&]{{1,20}}?)? (?={_SO_LONG})",
        r" has been silent\g<on> ",
    ),
    (
        rf"{_NOT_US}\b(?:with|have|has|had|having) nothing (?:new|fresh|more|further|else|at all|to show|recorded|reported)(?P<on> (?:on|for|about) [\w ,&]{{1,20}}?)? (?={_SO_LONG})",
        r"silent\g<on> ",
    ),
    (
        rf"{_NOT_US}\b(?:has |had |have )?(?:done|recorded|said|reported|sent in|put in|posted|entered|moved) (?:absolutely |precisely )?nothing(?: at all)?(?P<on> (?:on|for|about) [\w ,&]{{1,20}}?)? (?={_SO_LONG})",
        r"has been silent\g<on> ",
    ),
    (
        rf"\bno (?:changes?|movement|activity|developments?)(?P<on> (?:on|for|about) [\w ,&]{{1,20}}?)? (?={_SO_LONG})",
        r"no news\g<on> ",
    ),
    (
        r"\b(?P<silent>silent|quiet|gone dark|gone cold|inactive|no news)(?P<on>(?: on [\w ,&]{1,20}?)?) (?:(?:so far )?this|all) (?P<unit>month|quarter|year)\b",
        r"\g<silent>\g<on> since the start of the \g<unit>",
    ),
    (
        rf"{_NOT_US}\bha(?:s|ve)(?:n'?t| not) (?:touched|looked at|been near|done anything (?:on|with)|updated|moved|gone near) (?P<what>(?:rec\w* )?#?\d[\w ,&]{{0,12}}?) (?=since\b)",
        r"has been silent on \g<what> ",
    ),
    # "How long since Dorset said anything"
    (
        r"\bhow long (?:(?:is|has) it (?:been )?|ago )?since (?P<who>(?!(?:i|we|you|they|it|he|she|the|that|this|anyone|anybody)\b)[\w&' -]{2,30}?) (?:last )?(?:said|updated|reported|recorded|told us|wrote|was in touch|were in touch|touched|changed|did)(?: anything| something| us| theirs)?(?P<on> (?:on |about |(?=(?:rec\w* )?#?\d))[\w ,&]{1,20}?)?[?.! ]*$",
        r"history of \g<who>\g<on>",
    ),
    # "Who's made progress since Christmas" asks who moved.
    (
        r"(?P<who>\bwho|\b(?:which|what) \w+|\banyone|\banybody)(?:'s| has| have| is|'ve)? (?:made|shown|reported) (?:any |some |good |real |much |further |more )*(?:progress|headway|strides|movement)(?P<on> (?:on|with) [\w ,&]{1,20}?)? (?=(?:since|in the (?:last|past)|over the (?:last|past)|during|this (?:week|month)|last (?:week|month))\b)",
        r"\g<who> moved\g<on> ",
    ),
    (
        r"^(?:did |has |have )?(?:any(?:body|one)|any (?:bodies|forces|pccs|body|force|office|offices)) (?:else )?(?:reported|report|recorded|record|posted|post|sent|send|told|tell|submitted|submit|filed|entered|enter|logged|log|put)(?: us| me)?(?: in)? (?:anything|something|any updates?)(?: in| new| else)?(?= (?:over|on|in|since|during|this|last|yesterday|today|overnight)\b)",
        "what changed",
    ),
    (
        r"(?P<who>\bwho|\b(?:which|what) \w+|\banyone|\banybody)(?:'s| has| have|'ve)? (?:reported|checked)(?: in| back)? (?=(?:since|in the last|this (?:week|month)|last (?:week|month)|today|yesterday)\b)",
        r"\g<who> moved ",
    ),
    (
        r"^(?:so |and |tell me )?what (?:did|have|has) (?:we|you) (?:get|got|receive|received|had)(?: in| back)?(?= (?:since|this|last|today|yesterday|over|during)\b)",
        "what changed",
    ),
    (r"\bovernight\b", "since yesterday"),
    (
        r"\bwhen (?:did|was) (?:the )?(?P<what>[\w -]{3,24}? report) (?:come out|issued|released|appear|out|land|launched)[?.! ]*$",
        r"the \g<what>",
    ),
    # "25 the way it was on 27 March", "rewind 16 to 1 February"
    (
        r"\b(?:the way|just as|exactly as|how) (?:it|things|they|this|that|everything) (?:was|were|stood|looked)(?: back)? on (?=(?:the )?\d)",
        "as at ",
    ),
    (
        rf"^(?:please |can you |could you )?(?:rewind|roll back|wind back|turn back|take) (?P<asked>[\w ,&-]{{1,40}}?) (?:back )to {_DAY}{END}|^(?:please |can you |could you )?rewind (?P<what>[\w ,&-]{{1,40}}?) to (?P<then>[\w ]{{3,25}}?){END}",
        lambda match: f"{match['asked'] or match['what']} as at {match['day'] or match['then']}",
    ),
    (
        r"\b(?P<since>since|as at|as of|by|until) (?:when )?the deadline (?:passed|went by|went|came and went|expired|hit|fell|ran out|lapsed|was|has passed|had passed)\b",
        r"\g<since> the deadline",
    ),
    (
        r"(?P<asked>\b(?:what was|how (?:was|were|did)|where (?:was|were|did)|who (?:was|were|had)|how many (?:was|were|had)|state|position|picture|status)\b.*?) (?:at the deadline\W*$|(?:when|on the day(?: that| when)?|at the (?:point|time|moment)(?: that| when)?) the deadline (?:passed|went by|came|expired|hit|fell|ran out|lapsed|arrived)\b)",
        r"\g<asked> as at deadline day",
    ),
    # "Nothing due before May, is there"
    (
        r"^(?:so |and )?(?:there(?:'s| is) )?nothing (?P<rest>[\w ]{2,40}?),? (?:is|was|are) there\W*$",
        r"anything \g<rest>",
    ),
    (
        r"\b(?P<who>(?:we|i)(?: still|'ve| have)?(?: have| need| got))(?: got)? to (?:hand in|submit|turn in|send in|get in|send you|get over to you|get to you|give you|hand over|send over)\b",
        r"\g<who> to do",
    ),
    # "What was Kent's answer on 25 before"
    (
        r"^(?:so |and |tell me )?what (?:was|were) (?P<who>(?!(?:i|we|you|they|it|he|she|the|that|this|our|my)\b)[\w& -]{2,30}?)(?:['’]s?)? (?:answer|position|response|stance|view|status|line|reply|stage)s? (?P<on>(?:on|to|for) [\w ,&]{1,20}?) (?:before|previously|originally|at first|initially|earlier|to start with|to begin with|in the first place)(?: (?:this|that|now|they changed it|it changed))?\W*$",
        r"history \g<on> for \g<who>",
    ),
    (
        r"\b(?:(?:the |a )?(?:full |complete |whole )?(?:record|log|list|account|run down|rundown) of )(?:everything|all|whatever|what) (?:that )?(?:(?:has |have |had |was |is )?(?:ever )?(?:been )?)(?:said|recorded|entered|written|noted|logged|put in|reported) by\b",
        "history of",
    ),
    # "Can somebody send me …"
    (
        r"^(?:(?:please|hi|hello|hey|morning|afternoon|ok|so)[ ,]+)*(?:can|could|would|will) (?:someone|somebody|anyone|anybody|one of you)(?: please| kindly| pls)? (?=(?:please )?(?:send|show|give|tell|get|list|pull|run|find|e-?mail|let|draw|produce|export|remind me|point)\b)",
        "can you ",
    ),
    # "A spreadsheet of what we owe"
    (
        r"\b(?P<file>(?:spreadsheet|excel|excel file|workbook|csv|table|file)) (?:of|with|showing) (?:all |everything )?(?:that |what |whatever )?we(?: still)? (?:owe|have (?:still )?(?:got )?(?:left )?to do|have left(?: to do)?|have outstanding|need to do)\b",
        r"\g<file> of what we have not completed",
    ),
    # "Put the dates in my Outlook"
    (
        r"^(?:please |pls |can you |could you |can i |how about )*(?:put|add|get|sync|stick|drop|pop|load|import|save|send|have) (?:all |our |my |the |those |these )*(?:dates|deadlines|due dates|key dates) (?:straight |direct )?(?:in|into|on|onto|to|with) (?:my |our |the )?(?:outlook|google|work |phone)? ?(?:calendar|diary|outlook|phone)?(?: please| pls)?[.?! ]*$",
        "calendar file please",
    ),
    # "The two Yorkshires, north and south"
    (
        r"\b(?:the )?(?:two |both )(?:of the )?yorkshires?,? ?\(?(?P<first>north|south|west) (?:and|&|&amp;) (?P<second>north|south|west)\)?(?: yorkshire)?,?",
        r"\g<first> yorkshire and \g<second> yorkshire",
    ),
    # "What reports have we got on the go"
    (
        r"^(?:so |and |please )?(?:how many|what|which)(?: other| different)? (?:inspection |inspectorate |hmicfrs )?reports(?: that)? (?:are|do|does|have|has|is)(?: we| you| they| there| recbot| this| it)?(?: have| got| be| been| being)?(?: currently| now| all| here| actually)*(?: (?:track(?:ing|ed)?|cover(?:ing|ed|s)?|monitor(?:ing|ed)?|follow(?:ing|ed)?|look(?:ing)? at|got|deal(?:ing)? with|hold(?:ing)?|live|open|current|keep(?:ing)? (?:track|tabs) (?:of|on)|work(?:ing)? on|there|on))*(?: (?:on the (?:go|books)|in (?:here|the (?:register|system)|play|it)|at the moment|right now|to date|so far|on here))*\W*$",
        "list of reports",
    ),
    (
        r"^(?:so |and )?(?:what(?:'s| is) |tell me )?(?:the )?(?:source|origin) (?:of|for) (?=(?:rec\w* )?#?\d)",
        "",
    ),
)
