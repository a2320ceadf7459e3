"""Turns of speech by which people ask, put as the shorter words that say the same: `rewording.py` reads them."""

import re

from bot.domain.questions.plain_words.rewording_parts import END, NUMBER, WHO, Replacement

_SO = r"^(?:(?:so|and|ok|but|please|right)[ ,]+)*"
_LETTERS = {"first": "a", "1st": "a", "second": "b", "2nd": "b", "third": "c", "3rd": "c"}
_STATE = r"(?:started|begun|done|finished|completed|delivered|accepted|answered|touched)"
_SILENCE = r"\b(?:not|\w+n'?t|no|nothing|nobody|silen\w+|quiet|without|word|peep|untouched|stale)\b"
_OCCASION = r"(?:board|panel|meeting|committee|call|briefing|interview|hearing|session|slot|visit|tomorrow|today|\w+day|morning|afternoon)"
_RECORDS = r"(?:change|edit|update|record|correct|answer|alter|amend|enter|fill in)"

_NOBODY = frozenset(("someone", "somebody", "people", "others", "each body", "every body", "us", "them"))
_SPOKEN_OF = frozenset(("they", "it", "he", "she", "i", "you", "that", "this"))
_EVERYBODY = frozenset(
    ("they", "everyone", "everybody", "things", "it", "we all", "they all", "bodies", "all of them")
)

_LENGTH = r"(?P<length>(?:a |an |\d+ |[a-z]+ )?(?:couple of |few )?(?:days?|weeks?|fortnights?|months?|year))"

_YES_OR_NO = r"#?\d+[a-z]?\s*[:=–-]?\s*(?:yes|yep|y|no|nope|n)\b"
_ON = r"(?:on|about|regarding|as to|re|to|for|towards|in|of|with)"


def _parted_by_commas(match: re.Match[str]) -> str:
    answers = re.findall(r"(#?\d+[a-z]?)\s*[:=–-]?\s*(y|n)", match[0], re.IGNORECASE)
    return ", ".join(f"{number} {'yes' if sign.casefold() == 'y' else 'no'}" for number, sign in answers)


def _as_a_question(match: re.Match[str]) -> str:
    """Return "nobody declined 15, did they?" as "has anyone declined 15?"."""
    is_done = match["is"] or ""
    if is_done.startswith(("is", "was", "'s late")):
        return f"is anyone {match['what']}?"
    return f"has anyone {match['what']}?"


QUESTIONS: tuple[tuple[str, Replacement], ...] = (
    # "15 but not 16"
    (
        rf"^(?P<which>(?:(?:so|and|only|just|show me|give me|please)[ ,]+)*{NUMBER}(?:(?:,| and| &) {NUMBER})*)(?: please)?,? (?:(?:but|and) )?(?:not|without) {NUMBER}{END}",
        r"\g<which>",
    ),
    (rf"^not {NUMBER}[,;]? (?:but |only |just )*(?P<which>{NUMBER}){END}", r"\g<which>"),
    # "On whose authority did Cheshire accept 16"
    (
        r"\b(?:on|by|under|with|at) whose (?:authority|orders?|instructions?|say-so|say so|sign-off|sign off|approval|mandate|behest|request) ",
        "under whose name ",
    ),
    (
        rf"{_SO}who (?:authorised|authorized|mandated|took the decision (?:on|about|over)|made the decision (?:on|about|over)|took the call on|made the call on) (?P<what>{NUMBER}.*)$",
        r"who decided \g<what>",
    ),
    # "We thought we'd accepted 15", "we assumed 16 was finished"
    (
        r"^(?P<before>(?:(?:so|but|oh|hi|hello)[ ,]+)*)we (?:had )?(?:thought|assumed)(?: that)? (?=we\b)",
        r"\g<before>i thought ",
    ),
    (
        r"^(?P<before>(?:(?:so|but|oh|hi|hello)[ ,]+)*)we (?:had )?(?:thought|assumed)(?: that)? (?=#?\d|rec)",
        r"\g<before>i thought our ",
    ),
    # "We thought 16 was finished, is it down like that"
    (
        r"(?P<thought>^.*\b(?:thought|think|believe|assumed|said|understood)\b.*?)[,;.–-]+ ?(?:and |but )?is (?:it|that) (?:down|shown|showing|recorded|registered|in|marked|how it is|how it's down|what you have|what it says)(?: like that| as that| that way| like so| so| down| here)?[?!. ]*$",
        r"\g<thought>?",
    ),
    # "Thought 15 was done"
    (
        r"^(?P<before>(?:(?:oh|so|but|hmm?|wait|hang on)[ ,]+)*)thought (?:that )?(?=(?:we|they|it|#?\d|rec|[A-Z])(?!['’]d (?:let|say|tell|ask|mention)\b).*\b(?:was|were|had|did|already)\b|(?:we|they)['’]d\b)",
        r"\g<before>i thought ",
    ),
    # "15 yes 16 no 25 yes"
    (rf"^{_YES_OR_NO}(?:[\s,;/&]+(?:and )?{_YES_OR_NO})+[.! ]*$", _parted_by_commas),
    # "Kent's view on accepting 15", "our reasons for declining 25", "Kent's acceptance of 15"
    (
        r"^(?P<before>(?:(?:so|and|what is|what's|whats|what are|what were|what was|show me|give me|tell me|any news on|anything on)[ ,]+)*)"
        r"(?P<whose>[\w& -]{2,40}?(?:['’]s|s['’])|our|my|their|its)"
        rf" (?:(?:current|latest|official|own|final|likely) )?(?:(?:views?|position|stance|line|thoughts?|opinion|attitude|take|thinking|decision|answer|response|reply|plans?|progress|intentions?|case|rationale|approach|reasons?|reasoning) {_ON} (?:(?:not|possibly) )?"
        r"(?:accept|declin|reject|refus|complet|finish|start|implement|deliver|agree)(?:ing|e|ion|ance)?(?: (?:to|with|of))?"
        r"|(?:acceptance|completion|refusal|rejection|implementation|delivery) of)"
        rf" (?P<what>{NUMBER}){END}",
        r"\g<before>\g<whose> position on \g<what>?",
    ),
    # "Nobody declined 15, did they?", "no one is late on 25, are they"
    (
        r"^(?:(?:so|and|but|ok|right)[ ,]+)*(?:nobody|no one|no-one|none of (?:them|the (?:\w+ )?(?:bodies|forces|pccs|43)))(?P<is>(?:['’]s| has| have| had| is| are| was| were)?) (?:(?:has|have|been|yet) )*(?P<what>(?!(?:has|have|is|are)\b)[^,?]+?)(?: yet)?"
        r"(?:,? (?:did|have|has|are|is|were|was|do|does) (?:they|it|any of them|anyone|anybody)|, (?:right|surely|correct|yes|i (?:hope|trust|take it|assume|presume)))[?!. ]*$",
        _as_a_question,
    ),
    # "Who are the Hertfordshire people"
    (
        rf"{_SO}who (?:are|is|was|were) (?:the |our )?(?!(?:late|overdue|stuck|blocked|missing|other|same|silent|quiet|remaining|last|first|{_STATE})\b)(?P<whose>{WHO})(?:'s|’s)? (?:people|crowd|lot|team|folk|folks){END}",
        r"who are the contacts for \g<whose>",
    ),
    # "All deadlines, including the ones gone by"
    (
        r"\bdeadlines,? (?:including|even|and also|and|plus) (?:the |those |any )?(?:ones )?(?:(?:that|which) (?:have|are) )?(?:gone by|gone|passed|been and gone|behind us|already passed|in the past|from before|gone past)\b",
        "deadlines including past ones",
    ),
    # "How long before a deadline do reminders go"
    (
        r"\bhow (?:long|many days|many weeks|far|soon|early) (?:before|ahead of|in advance of|after) (?:a |the |each |every )?(?:deadlines?|due dates?) (?:do|does|are|is|will) (?:the |your )?reminders? (?:go|sent|come|get sent|be sent|go out|arrive)(?: out)?\b",
        "when do reminders go",
    ),
    # "Everybody that's stuck, whatever the rec"
    (
        r"[,;]? (?:whatever|no matter|never mind) (?:the|which|what) (?:rec\w*|report)(?: (?:it is|it's|is|it may be))?(?=[\s.!?]*$)",
        "",
    ),
    # "Who has finished none of them", "said yes to everything, finished none of it: who"
    (
        rf"(?P<before>^(?=.* none of )(?=.*(?:\b(?:who|which|anyone|anybody|has|how many|names|list)\b|\?)).*?)\b(?P<state>{_STATE}) (?:absolutely )?none of (?P<what>it|them|those|these|the lot)\b",
        r"\g<before>not \g<state> any of \g<what>",
    ),
    # "Not given us any news for at least two months"
    (
        rf"(?P<before>^(?=.* (?:for|in) (?:at|more|over|well|a good|the best) ).*?{_SILENCE}.*?) (?P<leads>for|in) (?:at least|more than|over|well over|a good|the best part of) (?=(?:a |\d+ |[a-z]+ )?(?:couple of |few )?(?:days?|weeks?|fortnights?|months?)\b)",
        r"\g<before> \g<leads> ",
    ),
    # "Not sent us anything since before Christmas"
    (rf"(?P<before>^(?=.* since before ).*?{_SILENCE}.*?) since before (?=\w)", r"\g<before> since "),
    # "Who last updated more than two months ago", "whose last update is over 60 days old"
    (
        rf"{_SO}(?P<who>who|which [\w]+|any\w+ (?:who|that)|bodies that|those who)(?: was| were| have| has)? (?:last (?:updated|recorded|reported|moved|wrote|posted|in touch|heard from|said anything|told us anything)|(?:updated|recorded|reported|moved) last)"
        rf"(?: anything| something| theirs)? (?:more than|over|at least|well over) {_LENGTH} ago{END}",
        r"\g<who> has been silent for \g<length>?",
    ),
    (
        rf"{_SO}(?P<who>whose) (?:last|latest|most recent) (?:update|entry|news|message|note|word)s? (?:was|is|were|are|came|dates? from) (?:more than|over|at least|well over) {_LENGTH} (?:ago|old){END}",
        r"who has been silent for \g<length>?",
    ),
    # "Which ones don't have anything left to do", "list the bodies with no outstanding recommendations"
    (
        r"\b(?:do not|don'?t|don’t|does not|doesn'?t) have (?:anything|any (?:recs?|recommendations?|work))(?: at all)? (?:left|more|else|still)(?: to (?:do|finish|complete))?\b",
        "have nothing left to do",
    ),
    (
        rf"{_SO}(?P<who>who|which \w+|(?:list|show me|name)(?: the| all)? \w+|any \w+|how many(?: \w+)?) (?:has|have|with|that have|who have|having) no (?:outstanding|open|unfinished|remaining) (?:recs?|recommendations?|work|items|actions){END}",
        r"\g<who> have nothing left to do",
    ),
    (
        rf"{_SO}(?P<who>who|which \w+|how many(?: \w+)?|any(?:one|body)|any \w+)(?: has| have| is| are|'s|’s| can we| could we| with| got)* (?:(?:ticked|checked) (?:every|all(?: of)?(?: the| their)?) box(?:es)?|(?:a )?full (?:house|set|marks)|out of the woods|(?:fully|100%|completely|totally) compliant|a clean (?:sheet|slate)|in the clear|off the hook|home and dry|cross off (?:altogether|the list|our list|completely)){END}",
        r"\g<who> have nothing left to do?",
    ),
    # "Not Kent, who else is late" denies nothing.
    (
        r"^not (?P<who>(?!(?:sure|certain|to|urgent|yet|being|that|a|the|my|in|bad|good|again|too|wanting|wishing|meaning|trying|clear|fussed|bothered|nagging|chasing|now|only|just|for)\b)[\w&' -]{2,30}?) ?[,:;–-]+ ?"
        r"(?P<asked>who|which \w+|how many)(?: else)?(?P<rest> .+?)[\s.!?]*$",
        r"\g<asked>\g<rest> except \g<who>?",
    ),
    # "What did Surrey do last month"
    (
        rf"{_SO}what (?:did|has|have) (?P<who>{WHO}) (?:do|done|get up to|got up to|been doing|been up to|manage|managed|achieve|achieved)(?P<on> (?:on|about|with) {NUMBER})? (?P<day>(?:last|this) (?:week|month|year|quarter|\w+day)|yesterday|since [\w ]{{3,20}}?|in (?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+)?|over the weekend|on (?:\w+day|\d+ \w+)){END}",
        lambda match: (
            match[0]
            if match["who"].casefold() in _SPOKEN_OF
            else f"what changed{match['on'] or ''} for {'us' if match['who'].casefold() == 'we' else match['who']} {match['day']}?"
        ),
    ),
    (
        rf"{_SO}(?P<who>who|which \w+|anyone|anybody)(?:'s|’s| has| have)? (?:been|got) in touch (?=(?:this|since|today|yesterday|over|in|last|on)\b)",
        r"\g<who> has updated ",
    ),
    # "Nothing since January, who"
    (
        rf"{_SO}(?:nothing|not a (?:thing|word|peep|sausage|squeak)|no (?:word|news|updates?|movement)|silence|radio silence)(?: (?:at all|whatsoever|heard|in|recorded))* (?P<when>(?:since|for|in) [\w ]{{3,25}}?) ?[,:;–—-]+ ?(?:who|which|where|names)\b[\w ]{{0,25}}{END}",
        r"who has been silent \g<when>?",
    ),
    # "Which rows are still blank": each row is a body.
    (
        rf"{_SO}(?:which|whose|what|any) (?:entries|entry|records?|rows?|lines|cells|boxes) (?=(?:have|has|are|is)(?:n'?t|n’t)? .*\b(?:touched|moved|updated|changed|blank|empty|stale|altered|budged|gathering dust)\b)",
        "which ones ",
    ),
    # "Which of ours are still blank"
    (
        rf"{_SO}(?:which|what|anything|any) of (?:ours|mine|our (?:recs|recommendations|ones)) (?:(?:is|are) )?(?:(?:still|left) )*(?:blank|empty|unanswered|not filled in|not answered){END}",
        "which ones are we still to answer?",
    ),
    # "Where are the gaps on 16", "any blanks left for 25"
    (
        rf"{_SO}(?:where are|are there|what are|any|list)(?: any| the)? (?:gaps|holes|blanks|blank spaces)(?: (?:left|still|remaining))* (?:on|in|for) (?P<what>{NUMBER}){END}",
        r"who is still to answer \g<what>?",
    ),
    (
        r"\bhow many (?:replies|answers|responses|returns) (?:are (?:we|you|they)|(?:we|you) are)(?: still)? (?:short(?: of)?|missing|down|lacking)\b",
        "how many are we still waiting for",
    ),
    (
        rf"{_SO}how many(?: more)?(?: are| have)?(?: still| left)* to go(?: still)? (?:on|with|for) (?P<what>{NUMBER}){END}",
        r"how many have not finished \g<what>?",
    ),
    (r"\bhow many (?:nos|noes|no's|no’s)\b", "how many refusals"),
    (r"\bhow many (?:yeses|ayes|yes's|yes’s|yesses)\b", "how many acceptances"),
    # "Have most accepted 25": its own screen counts them.
    (
        rf"{_SO}have (?:most|the majority|over half|more than half|half|many|few)(?: (?:of )?(?:them|the \w+|our \w+))? (?:\w+ )?(?:accepted|agreed to|started|begun|finished|completed|done|signed up to|responded to|answered)"
        rf" (?P<what>{NUMBER})(?: yet| now| by now)?{END}",
        r"how does \g<what> stand?",
    ),
    # "Explain Cumbria's no on 16"
    (
        rf"{_SO}(?:can you |could you )?explain (?P<who>{WHO})(?:'s|’s|s'|s’) (?:no|yes|refusal|rejection|decision|answer|response|reply|position|stance|delay|partial acceptance) (?:on|to|for|about|over) (?P<what>{NUMBER}){END}",
        r"how does \g<who> stand on \g<what>, and why?",
    ),
    # Whom to ask: "people at Essex", "who is allowed to change Surrey's answers"
    (
        rf"{_SO}(?:(?:which|what|our|the|your|list|show me) )*people (?:at|in) (?P<who>{WHO}){END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}(?:is there|do we have|have we got) (?:anyone|anybody|someone|somebody|a person) (?:at|in|from) (?P<who>{WHO}) (?:who can |to |that can |i can |we can |who could )(?:answer|help|talk to|speak to|ask|respond|deal with (?:it|this)|ring|email|chase)(?: us| me| this| to)*{END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}(?:is there )?(?:anyone|anybody|someone|somebody) (?:at|in|from) (?P<who>{WHO}) (?:(?:that|who|whom) )?(?:i|we) (?:can|could|should) (?:talk to|speak to|write to|ring|call|email|ask|chase|contact|phone){END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}who (?:enters|records|inputs|types|puts|fills)(?: (?:things|it|this|updates|answers|stuff|them|everything))?(?: in)? for (?P<who>(?!an?\b|the\b|each\b|us\b|them\b){WHO}){END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}who (?:from|at|in) (?P<who>{WHO}) (?:is|are) (?:on (?:here|slack|this|recbot)|registered|signed up|set up|down as (?:a |the )?contact){END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}who (?:keeps|maintains|updates|fills in|looks after) (?P<who>{WHO})(?:'s|’s|s'|s’) (?:entries|entry|records?|updates?|returns?|answers?|rows?|page)(?: up to date| current)?{END}",
        r"contacts at \g<who>",
    ),
    (
        rf"{_SO}where (?:do|have|are) ?n[o'’]?t (?:we|you) (?:have|got|had) (?:anyone|anybody|a contact|someone|somebody|a name){END}",
        "which bodies have no contact?",
    ),
    (
        r"\b(?:with|have|has|having|had) (?:nobody|no[ -]?one) (?:signed up|set up|registered|named|able|allowed|lined up|in place|nominated|appointed|down|there)"
        rf"(?: to (?:{_RECORDS}|respond|reply)(?: (?:it|this|things|anything))?)?(?: for (?:them|it))?\b",
        "without a contact",
    ),
    (
        rf"{_SO}who(?: is|'s|’s| are|s)? (?:allowed|able|permitted|entitled|set up|signed up|authorised) to {_RECORDS} (?:(?:things|anything|answers?|updates?) )?(?:(?:for|on behalf of|at|in) )?(?P<who>(?!an?\b|any\b|this\b|it\b|for\b|on behalf\b|at\b|in\b){WHO})"
        rf"(?:(?:'s|’s|s'|s’) (?:answers?|responses?|entries|entry|record|updates?|progress|recs|stuff))?{END}",
        lambda match: (
            match[0] if match["who"].casefold() in _NOBODY else f"who are the contacts for {match['who']}?"
        ),
    ),
    (
        rf"{_SO}who (?:at|in) (?:the )?(?:association|apcc|centre|national office) (?:runs|manages|looks after|owns|leads on|deals with|is in charge of|is responsible for|keeps|maintains) (?:this|it|the bot|recbot|the register|that|all this){END}",
        "who are the coordinators?",
    ),
    (
        rf"{_SO}who (?:do|should|can|would) (?:i|we) (?:talk|speak|report|write|complain|go) to (?:if|when) (?:this|it|the bot|recbot)(?: thing)? .*{END}",
        "who are the coordinators?",
    ),
    # "Who let 27 March slip by without finishing 15"
    (
        rf"{_SO}(?P<who>who|which \w+|how many) (?:let|allowed|watched) (?:the deadline|(?P<day>\d+ \w+)) (?:to )?(?:slip|pass|go|sail|come and go|drift)(?: by| past)? without (?:finishing|completing|doing|delivering) (?P<what>{NUMBER}){END}",
        lambda match: (
            f"{match['who']} has not finished {match['what']} after {match['day']}"
            if match["day"]
            else f"{match['who']} missed the deadline on {match['what']}"
        ),
    ),
    # "How far have they come since November"
    (
        rf"{_SO}how far (?:have|has) (?P<who>{WHO}) (?:come|got|moved|travelled|progressed)(?: on| along)?(?P<on> (?:on|with|over) {NUMBER})? since (?P<day>[\w ]{{3,25}}?){END}",
        lambda match: (
            f"what has changed{match['on'] or ''}"
            + (
                ""
                if match["who"].casefold() in _EVERYBODY
                else f" for {'us' if match['who'].casefold() == 'we' else match['who']}"
            )
            + f" since {match['day']}?"
        ),
    ),
    (r"\bwhen (?:the |its |their )?deadline (?:hit|struck|came|passed|fell|arrived),? (?=\d)", "on "),
    # "Which bits of 25 are only consider", "what does the third bit of 25 want"
    (
        rf"{_SO}(?:which|what) (?:bits?|parts?|points?|elements?|sub-?points?) of (?P<what>{NUMBER}) (?:are|is) (?:only |just |merely |actually |a )*[\"'“‘]?(?:consider|to consider|dut(?:y|ies)|optional|mandatory|compulsory|advisory|binding|musts?)[\"'”’]?{END}",
        r"the wording of \g<what>",
    ),
    (
        rf"\bthe (?P<place>first|second|third|1st|2nd|3rd) (?:bit|part|point|bullet|sub-?point|limb|element) of (?P<what>{NUMBER})",
        lambda match: f"part {_LETTERS[match['place'].casefold()]} of {match['what']}",
    ),
    # "Claimed complete on 16 but not looked at by us"
    (
        r"(?P<before>^(?=.* by (?:us|the a|you|coord)).*?)(?:\bbut |\band |, ?)?\b(?:not|never)(?: yet)?(?: been)? (?:looked at|reviewed|verified|looked over|gone over|confirmed|vetted) by (?:us|the association|the apcc|you|coordinators)\b",
        r"\g<before>not checked",
    ),
    (r"\bthe (?P<what>\d+)s (?=(?:we|that|which|still|not)\b)", r"those on \g<what> "),
    # "West Yorks told me they'd refused 25 - is that what we have down?"
    (
        rf"[-–—,.;]+ ?(?:is|was|isn't) that (?:what|how) (?:we|you|recbot) (?:have|has|'ve got|have got|got|hold|holds|show|shows|see)(?: (?:down|recorded|it|on file|there|in the register))*{END}",
        ", is that right?",
    ),
    (
        r"\b(?:or is (?:that|it) (?:private|confidential|secret|not allowed|internal|restricted|off limits))(?=[\s.!?]*$)",
        "",
    ),
    # "I'd have thought Dorset would be done with 16 by now?"
    (
        rf"^(?:i'?d|i would|you'?d|you would|we'?d) have (?:thought|expected)(?: that)? (?P<who>{WHO}) (?:would|should|to|ought to|might) (?:be|have been) (?P<rest>[^?]+)\?\s*$",
        r"is \g<who> \g<rest>?",
    ),
    (
        rf"^(?:i'?d|i would|you'?d|you would|we'?d) have (?:thought|expected)(?: that)? (?P<who>{WHO}) (?:would|should|to|ought to|might) have (?P<rest>[^?]+)\?\s*$",
        r"has \g<who> \g<rest>?",
    ),
    # "How long did it take us to reply to 15"
    (
        rf"{_SO}how long did (?:it take )?(?P<who>{WHO}) (?:take )?to (?P<does>reply|respond|answer|accept|agree)(?: to)? (?P<what>{NUMBER}){END}",
        lambda match: (
            f"when did {'we' if match['who'].casefold() == 'us' else match['who']} {match['does']} on {match['what']}?"
        ),
    ),
    (r"\bgtr\.? (?=man|lon)", "greater "),
    # "Anything for me today"
    (
        rf"{_SO}(?:is there )?any ?thing (?:(?:new|more|else) )?(?:for|waiting for|needed from|wanted from|required from) (?:me|us)(?: today| to do| this week| right now| now| at the moment)*{END}",
        "is there anything I still need to do?",
    ),
    # "Not a single no on 15, correct?"
    (
        rf"{_SO}not (?:a single|one|a) (?:no|refusal|rejection) (?:on|to|for) (?P<what>{NUMBER}), ?(?:correct|right|yes|true|is that right){END}",
        r"has anyone declined \g<what>?",
    ),
    # "For tomorrow's board" tells for what it is wanted, and "the board at 15.00" when.
    (
        rf"\b(?:for|before|ahead of|at|in time for) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|this week|next week)(?:'s|’s|s) (?:\w+ )?{_OCCASION}\b",
        "",
    ),
    (
        rf"(?P<occasion>^(?=.* at \d\d?[.:]\d).*?\b{_OCCASION}) at (?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?(?:hrs|hours|[ap]m))?\b",
        r"\g<occasion>",
    ),
    (r"\b(?:at|by|before) (?:[01]?\d|2[0-3]):[0-5]\d(?: ?(?:hrs|hours|[ap]m))?\b", ""),
    (
        r"\bnothing (?:left|more|else|further)(?: left)? to (?:finish|complete|close|deliver|wrap up|see to)\b",
        "nothing left to do",
    ),
    (
        rf"{_SO}what(?:'s|’s| is) the (?:one|rec|recommendation) (?P<about>(?:on|about) [\w ]{{3,40}}?) called{END}",
        r"which rec is the one \g<about>?",
    ),
    (
        rf"{_SO}(?:what|which|any) (?:requests?|bids?) for (?:time|more time|an extension|extensions) (?:have i|do i|have we|do we|are there)(?: got| have| still| left)* to (?:decide|rule on|look at|deal with|approve){END}",
        "who has asked for more time?",
    ),
    # "Any bodies wanting more time that I have not ruled on", "any requests for an extension"
    (
        r"(?P<asked>\b(?:extension requests?|(?:requests?|bids?|pleas?|applications?) for (?:an extension|extensions|more time|time|longer)|(?:wanting|asking for|want) (?:more time|longer|an extension))\b)"
        r"(?: (?:that|which) (?:are |is )?(?:still )?(?:waiting|pending|outstanding|open|undecided|unanswered))?(?:,? (?:that|which) i (?:have not|haven'?t|have yet to|still have to|need to) (?:ruled?|decided?|dealt with|deal with|looked at|look at|answered|answer|sorted|sort)(?: on| upon| out)?"
        r"| (?:still )?(?:waiting|pending)(?: for (?:me|us|a decision|my decision))?(?: to (?:decide|rule on|look at|deal with|approve))?| (?:for )?me to (?:decide|rule on|look at))"
        rf"{END}",
        "who has asked for more time?",
    ),
    (
        rf"{_SO}(?:are there |have we (?:had |got )?|is there )?any (?:(?:new|outstanding|open|pending) )?(?:requests?|bids?|pleas?|applications?) for (?:an extension|extensions|more time|extra time|longer|a later date){END}",
        "who has asked for more time?",
    ),
)
