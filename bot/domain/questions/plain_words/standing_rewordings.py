"""Turns of speech that ask how something stands and say the same as shorter words: `rewording.py` puts those in
their place. Each begins as a question does, so that no statement is read as something else."""

from bot.domain.questions.plain_words.rewording_parts import END, NUMBER, WHO, Replacement

_NUMBERS = rf"{NUMBER}(?:(?:, ?| and | or | or and |, and )(?:{NUMBER}))+"
_SO = r"^(?:(?:so|and|ok|but|please|right)[ ,]+)*"
_US = r"(?:us|me|we|ours?|our (?:own )?\w+)"

STANDING: tuple[tuple[str, Replacement], ...] = (
    (r"\bwether\b", "whether"),
    # "Which way did Northants go on 15"
    (
        rf"\bwhich way(?:'s|s| did| has| have| had| was| were) (?P<who>{WHO}) (?:go|gone|jump|jumped|come down|vote|voted|fall|fallen|turn|decide|decided|plump|end up)"
        r"(?: in the end)?(?= (?:on|over|with|about|for)\b)",
        r"how does \g<who> stand",
    ),
    # "How did 25 turn out by the deadline", "how did we end up on 16"
    (
        rf"\bhow (?:did|has|have) (?P<what>{WHO}) (?:end(?:ed)? up|turn(?:ed)? out|finish(?:ed)? up|c[oa]me out|pan(?:ned)? out|wind up|wound up)\b",
        r"how did \g<what> stand",
    ),
    # "Is 16 nearly there"
    (
        rf"{_SO}(?:is|are) (?P<what>{WHO}) (?:nearly|almost|close to being|getting|anywhere near(?: being)?) (?:there|done|finished|complete)"
        rf"(?: yet| now)?(?P<on> (?:on|with|for) {NUMBER})?{END}",
        r"how far along is \g<what>\g<on>?",
    ),
    # "Who has been signed off by you"
    (
        r"\b(?:ticked|signed|checked|agreed) off by (?:you(?: lot)?|(?:the )?(?:association|apcc|coordinators?|centre))\b",
        "checked by the association",
    ),
    (
        r"\b(?:which|what|who)(?: ones| bodies| offices| forces| pccs)? (?:have|do|are|must|should) (?:we|i|you)(?: still)?(?: got| need| have| left)?(?: still| left)? to (?:check|verify)(?: up)?"
        rf"(?P<on> (?:on|for|in))?(?= {NUMBER}|{END})",
        lambda match: f"which ones are still to be checked{match['on'] or ''}",
    ),
    # "How many have done at least one"
    (
        r"(?P<asked>\b(?:who|which|any(?:one|body)|has|have|how many|list)\b.*?\b(?:done|finished|completed|delivered|accepted|agreed to|signed up to|started|begun|declined|refused|rejected|answered))"
        r" (?:at least (?:one|1)|(?:one|1) or more)(?: (?:rec(?:ommendation)?s?|of (?:them|these|those|the(?: (?:three|3|live))?(?: rec(?:ommendation)?s)?|our rec(?:ommendation)?s)))?"
        rf"(?: of (?P<numbers>{_NUMBERS}))?(?: (?:yet|so far|now|already|to date))*{END}",
        lambda match: f"{match['asked']} {match['numbers'] or ''}?",
    ),
    # "How do the three recs compare", "which rec is going worst"
    (r"\bhow do the three\b(?= (?:\w+ )?compare\b)", "how do all three"),
    (
        rf"{_SO}which (?:rec(?:ommendation)?|of the recs|of the recommendations|of the three|of them) (?:is|are|has been) (?:going|doing|faring|looking|getting on|performing|moving) (?:the )?"
        rf"(?:worst|best|better|worse|slowest|fastest|quickest){END}",
        "how are the recs doing",
    ),
    (
        rf"{_SO}which (?:one |rec |recommendation |of them |of the two |of the three )?(?:has|have|got|is|did)(?: had| got| get)? (?:the )?(?:most|fewest|more|fewer|highest|lowest)(?: number of)?"
        r" (?:acceptances?|yes(?:es)?|refusals?|nos?|completions?|answers?|replies|responses)[,:;–—-]? ?(?:out of |of |between )?"
        rf"(?P<numbers>{_NUMBERS}){END}",
        r"compare \g<numbers>",
    ),
    (r"\bwhich of (?:the|these|those) two(?: of them)?(?= .*\b(?:or|and|v|vs)\b)", "which"),
    # "What dates do we have to hit"
    (
        r"\bwhat (?:dates?|deadlines?) (?:do|does|must|have|has|should) (?:we|i)(?: (?:have|need|got|still|now))*(?: to)? (?:hit|meet|make|keep(?: to)?|work to|stick to|be working to|look out for|watch(?: for)?)\b",
        "what are our deadlines",
    ),
    # "Is everybody in"
    (
        rf"{_SO}(?:is|are) (?:every(?:one|body)|they all|all of them|all 43|all the (?:bodies|offices|pccs|forces)) in(?: now| yet)*{END}",
        "has everyone responded?",
    ),
    (
        r"\bhow many (?:are (?:we|you|they)|(?:we|you|they) are) short (?:on|of on|for|with)\b",
        "how many are we still waiting for on",
    ),
    # "What reports have we got on the go"
    (
        r"\b(?:what|which|how many) (?:reports|super-?complaints|inspections)(?: (?:are|is|have|do|we|you|they|there|got|currently|still|right now))*"
        r" (?:on the go|under ?way|running|ongoing|in play|on (?:the|our|your) books|active|open|current)\b",
        "which reports are live",
    ),
    # "Withdrawn or still live, rec 16?"
    (
        rf"{_SO}(?:is )?(?:withdrawn|dropped) or (?:is it )?(?:still )?(?:live|open|active|current|standing|going|in force)(?: -|,)? (?=(?:is )?(?:it )?{NUMBER}|#?\d)",
        "status of ",
    ),
    (
        rf"{_SO}is (?P<what>{NUMBER}) (?:(?:still )?(?:live|open|active|current|standing|going|in force) or (?:has it been |is it |been )?(?:withdrawn|dropped)"
        rf"|(?:withdrawn|dropped) or (?:is it )?(?:still )?(?:live|open|active|current|standing|going|in force)){END}",
        r"status of \g<what>?",
    ),
    # "Seeing Wiltshire later, what do I need to know"
    (
        rf"(?P<before>,|\.|-|\band\b|;|:) ?(?:what|anything|is there anything) (?:(?:do|should|must|ought) )?(?:i|we) (?:(?:need|have|ought) to |should |must )?(?:know|be aware of){END}",
        r"\g<before> how are they doing?",
    ),
    # "Have the other commissioners accepted 15 or is it just us"
    (
        r"\b(?P<has>have|has|did|do|are|were) (?:all )?(?:of )?(?:the )?(?:others?|rest of (?:the )?)(?: (?:police and crime )?(?:commissioners|pccs|bodies|forces|offices|areas|ones|counties))?"
        rf" (?P<what>.+?),? or (?:(?:(?:is|was) (?:it|that) |are we |am i )?(?:just|only) {_US}(?: (?:who|that)\b.*)?|(?:are|were) we the only (?:ones?|body|office|force|area)){END}",
        r"\g<has> all the bodies \g<what>?",
    ),
    # "Which forces are stuck on 15 and what's stopping them"
    (
        r"(?P<blocked>\b(?:blocked|stuck|held up|stalled)\b.*?),? (?:and|or) (?:by what|on what|what by|what on|what for|what with"
        rf"|what(?:'?s| is| are)(?: it| they)? (?:stopping|holding up|blocking|delaying|holding|in the way of|keeping|stuck on|blocked on|blocked by|waiting for)(?: (?:them|it|each|each of them|things))?(?: (?:up|back))?){END}",
        r"\g<blocked> and why?",
    ),
    (
        rf"{_SO}where (?:is|has) (?P<what>{NUMBER}) (?:been )?(?P<state>blocked|stuck|held up|stalled|not started|finished|completed?|done|accepted|declined|refused)\b",
        r"who is \g<state> on \g<what>",
    ),
    # "If I'm asked in committee how many have signed up to 25 what number do I give"
    (
        rf"{_SO}(?:if|when) (?:i|we|she|he|they)(?:'m| am|'re| are|'s| is| get| gets)? asked(?: (?:in|by|at|on) (?:the )?[\w ]{{2,25}}?)?,? (?P<asked>(?:how many|who|which)\b.+?),?"
        rf" what (?:number|figure|answer)?(?: ?(?:do|should|can|shall|would) (?:i|we|she|he|they) (?:give|say|quote|use|tell them|answer)){END}",
        r"\g<asked>?",
    ),
    # "Who has only gone along with part of it"
    (
        r"(?P<who>\b(?:who|which|any(?:one|body))\b.*?) (?:only |just |merely )?(?:gone along with|go along with|went along with|signed up to|accepted|agreed to|taken on|bought into|agreed with) (?:only |just )?(?:part|parts|some|bits|a bit|half|elements) of"
        rf"(?: (?:it|them|the recs?))?(?= any\b| {NUMBER}|{END})",
        r"\g<who> accepted in part",
    ),
    (
        r"(?P<who>\b(?:who|which|any(?:one|body))\b[^.?!,]*?) (?:only )?half[ -](?:accepted|agreed(?: to)?|said yes to)\b",
        r"\g<who> accepted in part",
    ),
    # "What have we let slip", "has Kent let anything slip"
    (
        rf"\b(?:what|which(?: ones)?|anything(?: that)?) (?:have|has|did) (?P<who>{WHO}) let (?:slip|slide|drift|go by|pass)\b",
        r"what is \g<who> late on",
    ),
    (
        rf"{_SO}(?:have|has|did) (?P<who>{WHO}) let (?:anything|any(?: of (?:them|these|it))?|something) (?:slip|slide|drift|go by)\b",
        r"is \g<who> late on anything",
    ),
    (
        r"\b(?P<need>needs?|needed|wants?|wanted|requires?|owed?|after|waiting for|missing|expect(?:ing)?) (?P<what>(?:\w+ )?)off (?P<us>us|me)\b",
        r"\g<need> \g<what>from \g<us>",
    ),
    # "Which parts of 25 have we ticked off"
    (
        rf"{_SO}which (?:parts?|bits?|points?|sub-?points?|elements) of (?P<what>{NUMBER}) (?:have|has|did) (?P<who>(?!been\b|all\b|any|every|not\b|who\b|most\b){WHO})"
        rf" (?:actually |already |now )?(?:done|ticked off|finished|completed|met|covered|dealt with|do|finish|complete){END}",
        r"how far has \g<who> got with \g<what>?",
    ),
    # "Who was meant to have 25 done by 27 March and hasn't"
    (
        rf"{_SO}who (?:was|were) (?:supposed|meant|due|expected) to (?:have (?:got |done |finished |completed )?|do |finish |complete |deliver )(?P<what>{NUMBER})(?: done| finished| complete| completed| delivered)?"
        rf" by (?P<day>[\w ]{{3,30}}?),? (?:and|but)(?: still)? (?:has|have)(?:n'?t| not)\b[\w ]*{END}",
        r"who has not finished \g<what> after \g<day>",
    ),
    # "Did Sussex give 25 the nod"
    (
        rf"\b(?P<give>gave|give|given|giving) (?P<what>{NUMBER}|it|them|both) (?:the |a )?(?:nod|thumbs[ -]up|green light|go[ -]ahead|ok|okay|thumbs up|seal of approval)\b",
        lambda match: f"{'accept' if match['give'].casefold() == 'give' else 'accepted'} {match['what']}",
    ),
    # "Essex 16 accepted y/n"
    (r"[ ,(–—-]+(?:y ?(?:/|or) ?n|yes ?/ ?no)\b\)?[?.! ]*$", "?"),
    (
        rf"\bwhere (?P<who>{WHO}) (?:landed|came down|came out|ended up|settled)(?= (?:on|with|for)\b)",
        r"where \g<who> stands",
    ),
    (
        r"^(?:(?:please|pls|can you|could you) )*(?:(?:tot|add|count|tally|sum) up|tot|tally) (?:all )?the (?=\w)",
        "how many ",
    ),
    # "Is it unanimous on 16"
    (
        rf"{_SO}(?:(?:is|was|are) (?:it|they|we|that|the \w+) unanimous (?:on|about|for|over|with|in accepting) (?P<on>{NUMBER})|is (?P<what>{NUMBER}) unanimous(?:ly accepted)?){END}",
        lambda match: f"has everyone accepted {match['on'] or match['what']}?",
    ),
    (
        r"\bhow many (?:more )?(?:are )?(?:left |still )?to go (?:until|till|before|for) (?:everyone|everybody|all(?: of them)?|they(?: have| are)? all|we(?: have| are)? all|all 43)(?: has| have| is| are)?"
        rf" (?P<state>accepted|done|finished|completed|started|signed up)(?P<on>(?: (?:with|on|to))? {NUMBER})?{END}",
        lambda match: f"how many have not {match['state']}{match['on'] or ''}?",
    ),
    (
        rf"\b(?:who|which \w+|anyone that|those that) (?:did ?n[o']t|didn't|did not|failed to|have ?n[o']t|haven't|hasn't|has not|never) (?:got|get|manage to get|have|had) (?P<what>{NUMBER}) (?:in|done|finished|over the line|completed)"
        r" (?:on time|in time|by (?:the|its) (?:deadline|date|due date)|before (?:the|its) (?:deadline|date))",
        r"who missed the deadline on \g<what>",
    ),
    (
        rf"\b(?P<who>who|which \w+|anyone|anybody|any \w+|how many(?: \w+)?) (?:has|have|had|with|that has|that have|who has|who have) (?:got )?(?:nothing|no recs|no recommendations) (?:left )?(?:outstanding|still open|left open|unfinished)(?: at all| any more)?{END}",
        r"\g<who> have nothing left to do?",
    ),
    # "Which recs are you tracking", "25 at a glance"
    (
        rf"{_SO}(?:what|which) (?P<what>recs|recommendations|reports) (?:are|do) (?:you|we) (?:currently |now )?(?:track(?:ing)?|monitor(?:ing)?|follow(?:ing)? up|hold(?:ing)?|look(?:ing)? after|keep(?:ing)? (?:tabs|track|an eye) (?:on|of)|handl(?:e|ing)|cover(?:ing)?){END}",
        r"which \g<what> are live?",
    ),
    (
        rf"{_SO}what(?:'?s| is| have we got| do we have| have you got) on (?:the|our|your) books{END}",
        "which recs are live?",
    ),
    (rf"{_SO}(?:everything|all of it|it all|the lot|all the recs) at a glance{END}", "overall status"),
    (rf"{_SO}(?P<what>{WHO}) at a glance{END}", r"status of \g<what>"),
    # "How many regions have finished 15" counts no bodies.
    (
        r"\bhow many (?:of the |of our )?(?:regions|areas of the country|parts of the country)\b(?= (?:have|has|are (?!there\b)))",
        "which regions",
    ),
    # "Are more bodies done with 15 than 16"
    (
        rf"{_SO}(?:is|are|have|has|did|were|do) (?:there )?(?:more|fewer) (?:[\w-]+ )?(?:done|finished|completed?|accepted|accept|started|begun|declined|refused|signed up|blocked|stuck)(?: (?:on|with|to))?"
        rf" (?P<first>{NUMBER}) than (?:(?:on|with|to) )?(?P<second>{NUMBER}){END}",
        r"compare \g<first> and \g<second>",
    ),
    # "What's become of 15 in Norfolk", "has Gwent made its mind up on 25", "what did Northumbria decide about 25"
    (r"\bwhat(?:'?s| is| has) become of (?=\w)", "what is the status of "),
    (
        rf"{_SO}(?P<has>has|have) (?P<who>{WHO}) made (?:its|their|his|her|our|your) minds? up (?:on|about|over) (?P<what>{NUMBER})(?: yet)?{END}",
        r"\g<has> \g<who> responded on \g<what>?",
    ),
    (
        rf"{_SO}what (?:did|have|has) (?P<who>{WHO}) decided? (?:on|about|over|for) (?P<what>{NUMBER})(?: in the end)?{END}",
        r"how did \g<who> answer \g<what>?",
    ),
    # "Which have we accepted" asks; "which haven't they answered" asks of nobody named.
    (
        rf"{_SO}which (?P<verb>have|haven'?t) (?=(?:we|i)\b(?! (?:still |got |yet )*(?:to|got)\b))",
        r"which ones \g<verb> ",
    ),
    (
        r"^(?:(?:please|pls|can you|could you|can i|could i|hi|hello) )*(?:have|get|give (?:me|us)|(?:i|we) (?:just )?(?:need|want)) (?:an?|some)(?: (?:quick|rough|vague|brief|general|better|clear))? (?:idea|sense|feel|flavour|indication)"
        r" (?:of|on|as to|about|for) (?=(?:who|how|what|which|where|whether|when)\b)",
        "tell me ",
    ),
    (
        r"\b(?:told|tell|given|give|said|say|let)(?: (?:us|you|me))?(?: know)? (?:an? )?(?:yes or (?:an? )?no|either way|one way or (?:the other|another))\b",
        "responded",
    ),
    (
        rf"{_SO}where(?:'s|s| is| are) (?:everyone|everybody|they all|we all) (?:at|up to|got to|now){END}",
        "overall status?",
    ),
    (
        rf"{_SO}which (?:rec|recommendation|one of the recs|of the recs|of the three) (?:has|have)(?: got)? (?:the )?(?:most|least)(?: (?:left|still))? (?:to do|to go|left|outstanding|to finish){END}",
        "how are the recs doing?",
    ),
    # At the beginning "which" stands before its verb as "which ones" does.
    (
        rf"{_SO}which (?P<verb>are|aren'?t|haven'?t|have)(?= (?!we\b|i\b|you\b|been our\b|the\b)\w)",
        r"which ones \g<verb>",
    ),
)
# After the rest, which may have taken away what led to it.
LAST: tuple[tuple[str, Replacement], ...] = (
    # Nobody is asked what should be, or what is to come.
    (
        r"^\W*(?:just )?whether (?!or\b|to\b|if\b)(?!.*\b(?:should|ought|must|may|might|could|would|will|shall|depends?|decided|undecided|unclear|unknown|matters?|anyone's guess)\b)",
        "tell me whether ",
    ),
)
