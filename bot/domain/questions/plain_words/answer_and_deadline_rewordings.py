"""Turns of speech by which people ask for answers, deadlines and what is left out, put as the shorter words that say the
same: `rewording.py` reads them."""

import re

from bot.domain.questions.plain_words.rewording_parts import END, NUMBER, WHO, Replacement

_NUMBERS = rf"{NUMBER}(?:(?:, ?| and | & |, and | ){NUMBER})*"
_SO = r"^(?:(?:so|and|ok|but|please|right|hi|hello)[ ,]+)*"
_OTHERS = r"(?:the rest|the (?:other|remaining) (?:two|ones|recs|recommendations)|the others|everything else|the other)"
_NOBODY_NAMED = frozenset(
    ("anyone", "anybody", "someone", "everyone", "they", "it", "he", "she", "who", "you", "i")
)
_MAYORS = r"(?:the )?mayors"
_PCCS = r"(?:the )?(?:o?pccs|commissioners)"
_FURTHER = r"(?:better|worse|further(?: on| ahead| along)?|faster|quicker|slower|ahead|behind)"
_COMMITS = r"(?:sign(?:ed)? up|promised?|commit(?:ted)?|agreed?|undert(?:ake|ook|aken)|pledged?|take(?:n)? on|took on)(?: itself)?(?: to)?(?: do)?"
_FINISHED = r"(?:finish(?:ed|ing)|done|doing|complet(?:e|ed|ing|ion)|deliver(?:ed|ing)|implement(?:ed|ing))"
_FRAME = r"(?:the )?(?:ministers?|home office|home secretary|private office|press(?: office)?|media|comms|communications|chief exec(?:utive)?|ceo|chair|board|committee|panel|policing minister|select committee|boss|director)(?:['’]s)?(?: (?:office|team|people))?"


def _history(match: re.Match[str]) -> str:
    who = match["who"].casefold()
    if who in _NOBODY_NAMED:
        return match[0]
    return f"history of {match['what']} for {'us' if who in ('we', 'our') else match['who']}"


ANSWERS_AND_DEADLINES: tuple[tuple[str, Replacement], ...] = (
    # "What did the association sign up to in 27"
    (
        rf"{_SO}what (?:did|has|have|is|are|was) (?:we )?(?:the |our )?(?:association|apcc)(?: itself| actually)? {_COMMITS} (?:in|under|with|on|for|by) (?P<what>{NUMBER}){END}",
        r"what is the wording of \g<what>?",
    ),
    # "How have the other South East forces done on 25"
    (
        rf"{_SO}how (?:have|has|did) (?P<who>{WHO}) (?:done|do|fared?|got on|get on) (?=(?:on|with|over) {NUMBER})",
        r"how are \g<who> doing ",
    ),
    (
        rf"{_SO}what (?:are|is) (?P<who>(?!(?:we|i|you|they|it|he|she|people)\b){WHO}) saying (?=(?:on|about|to) {NUMBER}{END})",
        r"how do \g<who> stand ",
    ),
    # "When did Surrey change its mind on 16"
    (
        rf"{_SO}(?:when|at what point|on what (?:day|date)|on which (?:day|date)|how often|how many times) (?:did|has|have) (?P<who>{WHO}) (?:changed?|switch(?:ed)?|reversed?|alter(?:ed)?|shift(?:ed)?) (?:its|their|his|her|our)"
        rf" (?:minds?|answers?|positions?|views?|response|tune|stance) (?:on|about|over|to|for) (?P<what>{NUMBER}){END}",
        _history,
    ),
    (
        rf"{_SO}when did (?P<who>{WHO})(?:['’]s?)? (?:answer|position|response|view|stance) (?:on|to|about) (?P<what>{NUMBER}) (?:change|switch|flip|shift){END}",
        _history,
    ),
    (
        rf"{_SO}when did (?P<who>{WHO}) (?:go|change|switch|move|flip|turn) from (?:an? )?(?:yes|no|accept\w*|declin\w*|refus\w*) to (?:an? )?(?:yes|no|accept\w*|declin\w*|refus\w*) (?:on|about|over|to|for) (?P<what>{NUMBER}){END}",
        _history,
    ),
    # "Who said yes to 16 but has done nothing since"
    (
        rf"(?P<before>\b(?:who|which|any(?:one|body)?|how many)\b.*\b(?:yes to|accepted|agreed to|signed up to|accept) {NUMBER}.*?),? (?:but|and|then|yet|and then)(?: (?:then|has|have|they|they've|who))* (?:since )?(?:done|did|do|doing|have|has|got|with)?"
        rf" ?(?:absolutely |precisely |next to |exactly )?nothing(?: (?:since|about it|with it|more|further|at all|so far|yet|to show(?: for it)?|on it))*{END}",
        r"\g<before> but not started",
    ),
    (
        rf"(?P<before>\b(?:who|which|any(?:one|body)?|how many)\b.*\b(?:yes to|accepted|agreed to|signed up to) {NUMBER}) (?:ages|weeks|months|a while|a long time|long) ago (?=(?:and|but)\b)",
        r"\g<before> ",
    ),
    # "Who's two weeks past the deadline on 16"
    (
        r"\b(?:(?:more than |over |at least |about |nearly |almost )?(?:a|an|one|two|three|four|five|six|\d+)(?: or more)? (?:days?|weeks?|fortnights?|months?)) (?:past|over|beyond) (?:the|its|their) (?:deadline|due date)\b",
        "overdue",
    ),
    # "Not bothered about 25, what's late on the rest"
    (
        rf"{_SO}(?:(?:i'?m |i am |we'?re |we are )?not (?:bothered|fussed|worried|interested|concerned|asking)(?: about| by| in)?|never mind(?: about)?|forget(?: about)?|ignore|ignoring|i? ?don'?t (?:care|worry|mind) about|leaving|leave|setting(?: aside)?|leaving aside|skip|aside from)"
        rf" (?P<what>{_NUMBERS})(?: aside| out(?: of it)?| alone| for now| to one side)?[,;:.–—-]+ ?(?:but )?(?P<asks>(?:what|who|which|how|where|anyone|anything)\b.+?)(?: (?:on|with|for|of|in))? {_OTHERS}{END}",
        r"\g<asks> except \g<what>?",
    ),
    (
        rf"{_SO}(?:leaving|setting|leave|put|putting|set) (?P<what>{_NUMBERS})(?: aside| out(?: of it)?| to one side),? (?P<asks>(?:what|who|which|how|where|anyone|anything)\b.+?){END}",
        r"\g<asks> except \g<what>?",
    ),
    # "Who was still to answer on the day of the letter, 22 November"
    (
        r"\bon (?:the )?(?:day|date) (?:of (?:the|our|your) letter|(?:that )?(?:we|you|the association) wrote|(?:that )?(?:the|our) letter (?:went(?: out| off)?|was sent)),? (?=\d)",
        "on ",
    ),
    # "Minister's office wants the numbers on 15 16 and 25 at 3"
    (
        rf"{_SO}{_FRAME} (?:wants?|needs?|(?:is|are) (?:after|asking for)|would like|(?:has|have) asked for)(?: to (?:know|see|have))? (?:the |some |our |all the )?(?:numbers?|figures|position|picture|state of play|latest|counts?|stats)"
        rf" (?:for|on|of) (?P<what>{_NUMBERS})(?:,? (?:at|by|before|for) (?:noon|midday|lunch(?:time)?|midnight|close(?: of play)?|cop|the end of the day|eod)|,? (?:at|by|before|for) (?:half (?:past )?|quarter (?:past|to) )?\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?| o'?clock)?|,? (?:this|tomorrow) (?:morning|afternoon|evening)|,? (?:today|tonight|tomorrow))*{END}",
        r"how do \g<what> stand?",
    ),
    # "Anything nobody has touched since November"
    (
        r"\b(?:is there |are there )?(?:anything|what|which(?: ones| recs| recommendations| bodies| rows)?|anyone|who)(?: that| which)?(?: has)? (?:nobody|no one|no-one)(?: has|'s|’s)? (?:touched|moved|updated|looked at|been near|changed|said anything (?:on|about)) (?=since\b|for\b|in\b)",
        "what has not been touched ",
    ),
    (
        r"\b(?:what|which(?: ones| recs| bodies)?|anything)(?:'s|’s| has| have)? (?:been )?(?:left|lying) (?:alone|untouched|idle) (?=since\b|for\b)",
        "what has not been touched ",
    ),
    # "What would count as having finished 16", "what does done look like for 16"
    (
        rf"{_SO}what (?:would |does |will |do |might |should )?(?:we |you |they |it )?(?:have to have )?(?:counts?|class(?:es)?|qualif(?:y|ies)|be counted|be classed) (?:as|for) (?:(?:having|being|us|us having|have|properly|fully|been) )*{_FINISHED}(?: (?:with|on|for|of))? (?P<what>{NUMBER}){END}",
        r"what is the wording of \g<what>?",
    ),
    (
        rf"{_SO}what (?:does|would|will|do|should) (?:done|finished|complete|completion|good|success|finishing) look like (?:for|on|with|in|under) (?P<what>{NUMBER}){END}",
        r"what is the wording of \g<what>?",
    ),
    (
        rf"{_SO}(?:what(?: is|'s|’s| would be| will be)? (?:needed|required|enough|sufficient|the test|the bar|the definition of done)|what (?:do|would|must) (?:we|you|a body|they) (?:need|have)(?: to do)?|what (?:does|would|will) it take) (?:to (?:call|say|count|get|mark|have|finish|complete)|for) (?:us to (?:call|finish|complete) )?(?P<what>{NUMBER})"
        rf"(?: (?:as|is|to be|be))?(?: (?:complete|completed|done|finished))?{END}",
        r"what is the wording of \g<what>?",
    ),
    (
        rf"{_SO}when (?:can|could|may|do) (?:we|you|a body|i) (?:say|call|count|class|claim)(?: that)? (?P<what>{NUMBER})(?: is| as)? (?:finished|done|complete|completed){END}",
        r"what is the wording of \g<what>?",
    ),
    (
        rf"{_SO}how (?:will|would|do|can|could) (?:we|you|i|they) (?:know|tell) (?:when|if|whether|that) (?P<what>{NUMBER}) (?:is|has been|was) (?:done|finished|complete|completed){END}",
        r"what is the wording of \g<what>?",
    ),
    # "Are the mayors doing any better than the PCCs on 16"
    (
        rf"\b(?:are|is|do|have|has) (?:{_MAYORS}|{_PCCS}) (?:(?:doing|do|done|getting on|faring|performing|got) )?(?:(?:any|a bit|a lot|much|far|rather) )?{_FURTHER} (?:than|of) (?={_MAYORS}|{_PCCS})(?:{_MAYORS}|{_PCCS})(?: (?:doing|are|do|is|have))?(?= (?:on|with|for)\b|{END})",
        "mayors compared with PCCs",
    ),
    (
        rf"{_SO}(?:{_MAYORS} (?:or|and|v|vs|versus) {_PCCS}|{_PCCS} (?:or|and|v|vs|versus) {_MAYORS})[,:;]? (?:who|which)(?: of (?:them|the two))?(?:'s|’s| is| are| has| have) (?:doing |getting on |done |got )?{_FURTHER}(?= (?:on|with|for)\b|{END})",
        "mayors compared with PCCs",
    ),
    (
        rf"\b(?:{_MAYORS} against {_PCCS}|{_PCCS} against {_MAYORS})(?= (?:on|with|for)\b|{END})",
        "mayors compared with PCCs",
    ),
    # "What do WE need to get done by the 27th"
    (
        rf"{_SO}what (?:(?:do|must|should|have|ought|will) (?:we|i)(?: (?:still|all|actually|got|need|have|to))* (?:get done|get finished|finish|deliver|complete|have done|have finished|hand in|wrap up|get over the line|do|have in place)|(?:do|must|have) (?:we|i)(?: (?:got|have|need))* to have (?:done|finished))(?: done| finished| completed)? (?P<when>(?:by|before|this|in|within)\b[^?]*?){END}",
        r"what do we have to do \g<when>?",
    ),
    # "Does one update cover both our bodies or do I do it twice"
    (
        rf"{_SO}(?:(?:does|will|can|would|could|is) (?:one|a single|the same|an) (?:update|form|entry|recording|return) (?:cover|do for|do|count for|serve|enough for|be for) (?:both|the two|all)\b.*|(?:do|must|should|will) (?:i|we) (?:have to |need to )?(?:do|record|enter|update|fill(?: it| this)? in|put) (?:it |this |them |everything |one |an update |the update |updates )?(?:twice|separately|once for each|(?:once )?for each (?:body|force|office|one|of them))\b.*"
        rf"|(?:can|could|may) (?:i|we) (?:do|record|update|enter|cover) (?:for )?both(?: (?:of )?(?:our |my |the )?(?:bodies|forces|offices|areas|of them))? (?:in|with|on|by) (?:one|a single|the same)\b.*|(?:if|when) (?:i|we) (?:update|record|answer|do it|do one|enter it) for (?P<first>{WHO}),? (?:does|will|is) (?:it|that) (?:update|count for|cover|go in for|do|recorded for|done for) (?P<second>{WHO})(?: too| as well| also)?|(?:one|a single) (?:form|update|entry) for both(?: (?:of )?(?:our |my |the )?(?:bodies|forces|offices|areas))?){END}",
        "how does the update form work?",
    ),
)
