"""Words to look for: what follows "search for", "who mentions" and their like."""

import re
from collections.abc import Sequence

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.recorders import by_wording
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import (
    Answerable,
    NotAnswered,
    Understanding,
    WhyNot,
)

_ENDS = re.compile(
    r"in (?:their|the|any|our|what|anything|everything|all)\b|(?:that|which) (?:they|we|you|bodies|forces)\b|one$|please$|pls$|recommendation$|rec$|updates?$|notes?$|anywhere$|at all$|in (?:there|here)$"
)


_ONLY_LOOKS = re.compile(r"look up|look for|dig out|dig up|find")


def _looks_up(sentence: Sentence) -> Understanding | None:
    """Look for words where nothing else is said: "look up perpetrator programmes"."""
    first = next((piece for piece in sentence.pieces if not piece.means(M.NEUTRAL)), None)
    if first is None or not _ONLY_LOOKS.match(first.key):
        return None
    rest = [
        piece for piece in sentence.pieces if piece.start > first.start and piece.kind is not PieceKind.MARK
    ]
    while rest and rest[0].means(M.NEUTRAL):
        rest.pop(0)
    if not rest or any(piece.kind is not PieceKind.UNKNOWN and not piece.means(M.NEUTRAL) for piece in rest):
        return None
    words = sentence.text[rest[0].start : rest[-1].end].strip(_AROUND)
    return Answerable(f"search {words}") if rest[0].kind is PieceKind.UNKNOWN else None


def _finds_bodies(sentence: Sentence, anchor: Piece) -> bool:
    """Whether it asks for bodies, not for words: "find me everyone who is blocked"."""
    after = next((piece for piece in sentence.pieces if piece.start >= anchor.end), None)
    return after is not None and after.means(
        *(M.EVERYONE, M.ANY, M.WHO, M.WHICH, M.WHAT, M.LISTED, M.BODY_WORD, M.HOW_MANY, M.WHEN, M.WHERE)
    )


# "How are we looking for the 27th" looks for no words.
_HOW_IT_LOOKS = re.compile(r"\bhow (?:are|is|was|were)\b.*\blooking for\b")
_AROUND = " \"'“”‘’?.!,"


# "Something about health in one of them, which?"
_IN_ONE_OF_THEM = re.compile(
    r"(?:(?:i'm|i am|i was|we were|we are) told |apparently |i think |i hear |i heard |i gather |someone said )?(?:that )?(?:there(?:'s| is| was) |isn't there |wasn't there |is there )?"
    r"(?:something|a bit|a line|a mention|a part|wording|anything|one) (?:about|on|to do with|concerning|regarding) (?P<topic>[a-z' -]{3,40}?)"
    r" in (?:one|any|which|some) of (?:them|the recs|the recommendations|these|those)\b.*"
)
# "I am researching information sharing - is there a recommendation on it?"
_TOPIC_FIRST = re.compile(
    r"(?:(?:i am|i'm|im|we are|we're) )?(?:researching|studying|interested in|writing about|looking into|working on|reading up on|doing (?:some )?(?:work|research) on)"
    r" (?P<topic>[a-z' -]{3,60}?) ?[,;:.–—-]+ (?:is there|are there|any|which|do you have|have you got|what)\b[a-z' ]{0,30}"
    r"\b(?:recs?|recommendations?|anything)\b[a-z' ]{0,30}\b(?:it|this|that|there)\b[?.! ]*"
)


# "Which of them is the ISAC rec", "does any of it deal with perpetrators"
_IS_THE_ONE = re.compile(
    r"(?:so )?which (?:(?:one )?of (?:them|these|those|the recs?|the recommendations?)|one|rec\w*|number) (?:is|was) the (?P<topic>[a-z' -]{3,40}?) (?:recs?|recommendation|one)\W*"
)
_DEALS_WITH = re.compile(
    r"(?:(?:does|do|did) (?:any|some|one|either) of (?:it|them|this|these|those|the recs?|the recommendations?|the report) (?:deal with|cover|touch on|mention|talk about|concern|address|look at)"
    r"|which (?:one )?of (?:them|these|those|the three|the recs|the recommendations) (?:deals? with|covers?|touch(?:es)? on|mentions?|talks? about|concerns?|address(?:es)?|is about)"
    r"|(?:which|what) (?:parts?|bits?|sections?) (?:of (?:it|them|the report|the super-complaint) )?(?:deals? with|covers?|touch(?:es)? on|mentions?|talks? about|concerns?|address(?:es)?|is about|are about)"
    r"|(?:is|are) there (?:a|any|one) (?:recs?|recommendations?|one)? ?(?:that|which) (?:deals? with|covers?|touch(?:es)? on|mentions?|talks? about|concerns?|address(?:es)?|is about|are about)) (?P<topic>[a-z' -]{3,60}?)\W*"
)


# "Where's Paladin mentioned", "is Suzy Lamplugh mentioned anywhere"
_IS_MENTIONED = re.compile(
    r"(?:so |and )?(?:where(?:'s| is| are| was| were)?|is|are|was|were|has|have) (?P<topic>[a-z][a-z' -]{1,60}?) (?:been )?(?:mentioned|referred to|cited|discussed|talked about|brought up|covered|touched on|addressed|raised|in (?:there|here|any of (?:it|them)))(?: anywhere| at all| in (?:the|any) [a-z]+)*\W*"
)

# "Any mention of the National Stalking Helpline": whatever it is, its words are looked for.
_MENTION = re.compile(
    r"(?:so |and |please )*(?:(?:is|are|was|were) there |have we (?:got |had )?|can you find |find )?any (?:mentions?|references?) (?:of|to) (?:the |a |an )?(?P<topic>[a-z][\w' -]{1,60}?)(?: anywhere| at all| in (?:there|here|it|the (?:notes|texts|updates|register|report)))*\W*"
)
# "Is there anything in there on data", "what do they say about data protection"
_IN_THERE = re.compile(
    r"(?:so |and |please )*(?:is|isn't|are|was) there (?:a |an |any |some )?(?:bits?|lines?|parts?|sections?|passages?|something|anything|mention) in (?:there|here|it) (?:on|about|regarding|concerning|to do with) (?P<topic>[a-z][\w' -]{1,60}?)\W*"
)
_WHAT_THEY_SAY = re.compile(
    r"(?:so |and )?what (?:do|does|did|have|has) (?:they|people|bodies|forces|everyone|everybody|anyone|anybody|offices|pccs)(?: all)? (?:say|said|saying|write|written|wrote) about (?P<topic>[a-z][\w' -]{1,60}?)\W*"
)
# "Is there a bit on data in there"
_A_BIT_ON = re.compile(
    r"(?:so |and |please )*(?:(?:is|isn't|are|was) there |have we (?:got )?)?(?:a |an |any |some |the )?(?:bits?|lines?|parts?|sections?|passages?|paragraphs?|words?|something|anything|mention)(?: in (?:there|here|it))? (?:on|about|regarding|concerning|to do with|saying) (?P<topic>[a-z][\w' -]{1,60}?)"
    r"(?: (?:anywhere|at all|in (?:there|here|it|any of (?:it|them|these)|the (?:notes|texts|updates|register|report|recs?|recommendations?))))+\W*"
)


# "The multi-agency one", "the victim services rec"
_THE_ONE = re.compile(
    r"(?:(?:so|and|show me|give me|what is|what's|whats|how is|how's|hows|status of|please)[ ,]+)*(?:the|that) (?P<topic>[a-z][a-z' -]{3,40}?) (?:one|rec|recommendation)\W*"
)
_MENTIONS = (_MENTION, _A_BIT_ON, _IN_THERE, _WHAT_THEY_SAY)


def mention_in(sentence: Sentence) -> Understanding | None:
    """Look for what is asked for by "any mention of"; None where a number, a name or a day is asked about."""
    match = next((match for form in _MENTIONS if (match := form.fullmatch(sentence.lower))), None)
    if match is None:
        return None
    start = sentence.straight.casefold().find(match["topic"])
    pieces = [piece for piece in sentence.pieces if start <= piece.start < start + len(match["topic"])]
    is_named = any(piece.ref or piece.bodies or piece.kind is PieceKind.DAY for piece in pieces)
    says_something = any(
        piece.kind is PieceKind.UNKNOWN or piece.means(M.OUTSIDE, M.FILE, M.JUDGEMENT) for piece in pieces
    )
    if start < 0 or is_named or not says_something:
        return None
    return Answerable(f"search {sentence.text[start : start + len(match['topic'])]}")


# "What's been written on housing", "pull up whatever we hold on mental health", "anything in there on DASH"
_IS_WRITTEN_ON = re.compile(
    # "What about the south" asks how something stands.
    r"(?!(?:so |and |but |ok |then )*what about\b)"
    r"(?:so |and |please |pls |can you |could you )*(?:(?:pull up|bring up|find|dig out|show me|give me|get me|let me see|let's see|is there|have we got|have you got|do we have|do you have|i want|i need) )?"
    r"(?:(?:what(?:'s| is| has| have| did| do| does)?|whatever|everything|anything|all)(?: that)?"
    r"(?: (?:we|you|they|people|bodies|forces|anyone|anybody|there|there's|is|has|have|was|been|ever|in|there|here|the register|recbot|it|the notes|the texts|the updates|the report|on file|on record))*"
    r"(?: (?:hold|have|got|written|write|wrote|said|say|stored|recorded|know|noted|mentioned|put))?(?: (?:in (?:the|any|their) (?:notes|updates|texts|register)|on file|on record|down|in there|in here))?"
    r"|(?:where(?:'s| is| are) )?the (?:bit|bits|part|parts|passage|section|paragraph|line|lines))"
    r" (?:on|about|regarding|concerning|to do with|relating to) (?P<topic>[a-z][a-z' -]{1,60}?)\W*"
)
# "Who's used the word pilot", "look up “single point of contact”"
_IN_THESE_WORDS = re.compile(
    r"(?:so |and |please |pls |can you |could you )*(?:(?:who|which \w+|anyone|anybody|has anyone|has anybody|does anyone|does anybody|did anyone|where do they|where does anyone)(?:'s| has| have| is)? "
    r"(?:ever )?(?:used?|uses|using|says?|said|written|wrote|mentions?|mentioned) the (?:word|words|phrase|term|expression)s? [\"'“‘]?(?P<word>[a-z][a-z' -]{1,60}?)"
    r"|(?:look (?:up|for)|search(?: for)?|find|where is|any mention of|who (?:says|mentions|said|mentioned)) [\"“‘](?P<quoted>[^\"“”‘’]{2,60})[\"”’])\W*"
)


# What people said to each other or to recbot is not kept: "what did we talk about yesterday".
_WHAT_WAS_TALKED_ABOUT = re.compile(
    r"(?:so |and |remind me |tell me )*what (?:did|do|were|was|have|had|are) (?:we|i|you|they|you and i|the (?:meeting|call|board|panel)) "
    r"(?:just |all |been |be )*(?:talk|discuss|chat|speak|say|look|search|mention|refer)\w*"
)


def _is_of_unknown_words(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what is looked for is nothing that is asked about in another way: a name, a state."""
    topic = [piece for piece in sentence.pieces if start <= piece.start < end]
    return any(piece.kind is PieceKind.UNKNOWN for piece in topic) and all(
        piece.kind is PieceKind.UNKNOWN or piece.means(M.NEUTRAL, M.BODY_WORD) or piece.key == "data"
        for piece in topic
    )


# "Search for the phrase stalking coordinator"
_WORDS_FOR_WORDS = frozenset(("word", "words", "phrase", "term", "terms", "the word", "the phrase"))


def _told_by_its_form(sentence: Sentence) -> Understanding | None:
    """Look for what a sentence of a known form is about; None where it has none of these forms."""
    if match := _TOPIC_FIRST.fullmatch(sentence.lower) or _IN_ONE_OF_THEM.fullmatch(sentence.lower):
        return Answerable(f"search {match['topic']}")
    if words := _IN_THESE_WORDS.fullmatch(sentence.lower):
        return Answerable(
            f"search {sentence.text[slice(*words.span('word' if words['word'] else 'quoted'))]}"
        )
    mentioned = _IS_MENTIONED.fullmatch(sentence.lower) or _IS_WRITTEN_ON.fullmatch(sentence.lower)
    if mentioned and _is_of_unknown_words(sentence, *mentioned.span("topic")):
        return Answerable(f"search {sentence.text[slice(*mentioned.span('topic'))]}")
    described = _THE_ONE.fullmatch(sentence.lower)
    if described and _is_of_unknown_words(sentence, *described.span("topic")):
        named = by_wording(sentence, sentence.of_kind(PieceKind.UNKNOWN))
        words_of_topic = sentence.text[slice(*described.span("topic"))]
        # It may be meant, and is not sure.
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (*map(str, named), f"search {words_of_topic}"))
    match = _IS_THE_ONE.fullmatch(sentence.lower) or _DEALS_WITH.fullmatch(sentence.lower)
    if match and _is_of_unknown_words(sentence, *match.span("topic")):
        named = by_wording(sentence, sentence.of_kind(PieceKind.UNKNOWN))
        words_of_topic = sentence.text[slice(*match.span("topic"))]
        return Answerable(str(named[0]) if named else f"search {words_of_topic}")
    return None


def search_in(sentence: Sentence) -> Understanding | None:
    if (search := _told_by_its_form(sentence)) is not None:
        return search
    if _WHAT_WAS_TALKED_ABOUT.match(sentence.spelt_out):
        return None
    if looked_up := _looks_up(sentence):
        return looked_up
    anchor = next((piece for piece in sentence.pieces if piece.means(M.SEARCH)), None)
    if anchor is not None and anchor.means(M.TELL) and _finds_bodies(sentence, anchor):
        return None
    if anchor is None or _HOW_IT_LOOKS.search(sentence.lower):
        return None
    named = by_wording(sentence, sentence.of_kind(PieceKind.UNKNOWN))
    if named and sentence.says(r"\b(?:recs?|recommendations?)\b"):
        return Answerable(str(named[0]))
    if sentence.begins_with_an_auxiliary and any(
        piece.start < anchor.start for piece in sentence.of_kind(PieceKind.REF)
    ):
        # "Does 25 mention training" is told by its wording.
        return (
            Answerable(str(sentence.refs[0]))
            if len(sentence.named_refs) == 1 and not sentence.names
            else None
        )
    wanted = _wanted(sentence, anchor)
    if "one" in anchor.key.split() and len(wanted) > 1 and wanted[0].reports and not wanted[0].bodies:
        # "The one on stalking training" is in the report of that name.
        topic = [piece for piece in wanted[1:] if piece.kind is PieceKind.UNKNOWN]
        words = sentence.text[wanted[1].start : wanted[-1].end].strip(_AROUND)
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (f"search {words}",)) if topic else None
    if wanted and wanted[0].means(M.OWN) and not _LOOKS_FOR_ANYTHING.search(anchor.key):
        # "Anything on my desk"
        return None
    if not _looks_for_words(anchor, wanted):
        return None
    words = _words_of(sentence, wanted)
    return _search_for(sentence, anchor, words) if words and words.casefold() not in _NO_WORDS else None


def _words_of(sentence: Sentence, wanted: list[Piece]) -> str:
    """Return the words that are looked for, without "the word" before them."""
    while len(wanted) > 1 and wanted[0].key in _WORDS_FOR_WORDS:
        wanted = wanted[1:]
    return sentence.text[wanted[0].start : wanted[-1].end].strip(_AROUND) if wanted else ""


def _search_for(sentence: Sentence, anchor: Piece, words: str) -> Understanding:
    if match := _ASKS_BESIDE_IT.search(words):
        # "The one about commissioning, how many are in progress"
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (f"search {words[: match.start()]}",))
    if "one" in anchor.key.split() and sentence.has(*STAGES, *ANSWERS, *_ASKED_OF_ONE):
        # "Who has finished the one on commissioning" asks for more than its words.
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (f"search {words}",))
    if any(
        piece.bodies
        or piece.regions
        or piece.kind in (PieceKind.UNKNOWN, PieceKind.PERSON)
        or piece.means(M.WELSH, M.ENGLISH, M.MAYORS)
        for piece in sentence.pieces
        if piece.start < anchor.start
    ):
        # "What did Kent and Essex say about housing", "what did Kim say": whose texts are searched is one body, or all.
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, (f"search {words}",))
    return Answerable(f"search {words}")


_ASKED_OF_ONE = (
    M.OVERDUE,
    M.WAITING,
    M.DUE,
    M.WHEN,
    M.HOW_MANY,
    M.CONTACT,
    M.OUTSTANDING,
    M.CHANGES,
    M.HISTORY,
    M.MAP,
)
# "Is Kent mentioned anywhere" looks for no word that stands after it.
_NO_WORDS = frozenset(("anywhere", "somewhere", "at all", "in there", "there"))
_ASKS_BESIDE_IT = re.compile(
    r"\s*[,;:]\s*(?:and |so )?(?:how|who|whose|when|which|what|why|where|is|are|has|have|did|do|does|can)\b",
    re.IGNORECASE,
)
# After these any word is looked for; after "anything on" or "the one about" a name or a number is asked about.
_LOOKS_FOR_ANYTHING = re.compile(
    r"search|look for|looking for|mention|talk|refer|contain|keyword|with the word|cit(?:es|ed|ing)|hunt|scan|grep"
)


def _looks_for_words(anchor: Piece, wanted: Sequence[Piece]) -> bool:
    if _LOOKS_FOR_ANYTHING.search(anchor.key):
        return True
    is_about_what_is_named = bool(wanted) and wanted[0].kind in (
        PieceKind.REF,
        PieceKind.PART,
        PieceKind.NAME,
    )
    return not is_about_what_is_named and any(piece.kind is PieceKind.UNKNOWN for piece in wanted)


# What follows these is asked beside it: "the one about training - wording?"
_PARTS = ("-", "–", "—", ";")


def _wanted(sentence: Sentence, anchor: Piece) -> list[Piece]:
    """Return the pieces after the anchor, without small words before and "in their updates" behind."""
    rest = [
        piece for piece in sentence.pieces if piece.start > anchor.start and piece.kind is not PieceKind.MARK
    ]
    while rest and rest[0].kind is PieceKind.WORDS and rest[0].means(M.NEUTRAL, M.SEARCH):
        rest.pop(0)
    dashes = (piece.start for piece in sentence.pieces if piece.key in _PARTS)
    end = next((start for start in dashes if rest and start > rest[0].start), len(sentence.text))
    rest = [piece for piece in rest if piece.start < end]
    for place, piece in enumerate(rest):
        if place and _ENDS.match(sentence.text[piece.start :].casefold().strip(_AROUND)):
            return rest[:place]
    return rest
