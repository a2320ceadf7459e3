"""How much of a recommendation is done: "25 is 80% done", "two of the four strands of 25 are finished", "only the
training left on 25"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Asked, Understanding

_SHARE = re.compile(
    r"(?:(?:yes|ok|hi|hello|so|update|now)[ ,:]+)*.{0,40}?(?:rec\w* )?#?\d+[a-z]?(?:'s| is| are|:)? (?:now |about |around |roughly |over |only |some |already |at )*"
    r"\d{1,2} ?(?:%|per ?cent|percent) (?:done|complete|completed|finished|there|of the way there|through|delivered|implemented|of the way)(?: (?:now|so far|already|for .{2,30}?|in .{2,30}?))?[.! ]*"
    r"|.{2,40}?(?:'re| are| is|'s)? (?:now |about |around |roughly |over |only |some |already |at )*\d{1,2} ?(?:%|per ?cent|percent) (?:done|complete|completed|finished|there|of the way there|through|of the way through)"
    r" (?:with|on|through) (?:rec\w* )?#?\d+[a-z]?[.! ]*"
)


def done_in_part(sentence: Sentence) -> Understanding | None:
    """Offer as in progress what is done to a share: "25 is 80% done"."""
    text = " ".join(sentence.straight.split())
    if _SHARE.fullmatch(text.casefold()) is None or len(sentence.named_refs) != 1:
        return None
    if not (sentence.bodies or sentence.asker.bodies):
        return None
    beside = (M.OWN, M.REC_WORD, M.BODY_WORD, M.PERCENT, M.COMPLETE, M.STARTED, M.TIME_WORD)
    left = sentence.left_over(beside, (PieceKind.REF, PieceKind.NAME))
    if (
        any(piece.key not in _SHARES and not piece.key.isdigit() for piece in left)
        or sentence.begins_with_an_auxiliary
    ):
        return None
    return offered(
        sentence,
        sentence.named_refs,
        lambda refs, slug: with_text(joined("progress", refs, slug, "in progress"), text.rstrip(" .!")),
    )


_SHARES = frozenset(("through", "there", "of the way there", "of the way", "way", "some", "over", "around"))

_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|a couple|several|some|a few|most|many)"
_THINGS = (
    r"(?:parts?|strands?|elements?|points?|actions?|sections?|phases?|stages?|steps?|bits?|asks|duties|workstreams?|work streams?|tasks|milestones|things|pieces|areas"
    r"|sites|districts|boroughs)"
)
_ABOUT = r"(?:(?:now|about|around|roughly|over|only|just|already|more than|less than|under|at least|a good|some|at|approximately|approx|still only) )*"
_FRACTION = (
    r"(?:(?:a|one|two) thirds?|(?:a|one|three) quarters?|two thirds|three quarters|\d{1,2} ?(?:%|per ?cent)"
    r"|most|much|the bulk|the majority|the lion's share|a lot|a good deal|some|part|parts|bits|elements)"
)
_A_PART = (
    rf"(?:{_COUNT} (?:out )?of (?:the |its |our )?(?:{_COUNT} )?{_THINGS}"
    rf"|the (?:first|second|third|last|opening|initial|main) (?:half|{_COUNT} )?{_THINGS}|the (?:first|second) half"
    rf"|(?:phase|stage|part|strand|step|element|section|workstream) (?:one|two|three|1|2|3|a|b|i|ii))"
)
_DONE = r"(?:done|complete|completed|finished|delivered|implemented|in place|there|sorted|through|achieved|met|actioned|closed|up and running|live|of the way there|of the way|of the way through|wrapped up|ticked off)"
_ARE = r"(?:'s|'re| is| are| has been| have been| now)?(?: now| already)*"
_NUMBER = r"(?:rec\w* )?#?\d+[a-z]?"
_WHO = r"(?:(?:update|so|ok|hi|yes|right|now)[ ,:]+)*(?P<who>[\w'& -]{0,40}?)"
_TAIL = r"(?P<tail>(?:[,;.–—-]| but| and| so| with)\s.*|\s*\(.*\))?[.! ]*"
_HAVE_DONE = r"(?:have |has |'ve |'s )?(?:now |already |only |just )*(?:done|completed|finished|delivered|implemented|got)"
_IN_PARTS = (
    # "25 about a third done", "25: two of four strands done"
    re.compile(
        rf"{_WHO}{_NUMBER}(?:{_ARE}|:|,| -) (?P<text>{_ABOUT}(?:{_FRACTION}|{_A_PART}) {_DONE}{_TAIL})"
    ),
    # "Two of the four strands of 25 are finished", "most of 15 is in place"
    re.compile(
        rf"(?P<text>{_WHO}{_ABOUT}(?:{_FRACTION}|{_A_PART}) (?:of|on|in|under|for) (?:the work (?:on|for) )?{_NUMBER}{_ARE} {_DONE}{_TAIL})"
    ),
    # "Gwent have done the first part of 16"
    re.compile(
        rf"(?P<text>{_WHO}(?: |\b){_HAVE_DONE} {_ABOUT}(?:{_FRACTION}|{_A_PART}) (?:of|on|in|under|for) (?:the work (?:on|for) )?{_NUMBER}{_TAIL})"
    ),
    # "We're two thirds of the way through 25"
    re.compile(
        rf"{_WHO}(?:'re| are|'s| is|\b) (?P<text>{_ABOUT}{_FRACTION} (?:of the way |the way )?(?:through|done|there|finished|complete))(?: (?:with|on|through|of))? {_NUMBER}(?P<tail>)[.! ]*"
    ),
)
_LEFT = r"(?:left|to go|to do|to come|remaining|remains|outstanding|to finish)"
_WHAT_IS_LEFT = (
    # "Only the training left on 25"
    re.compile(
        rf"{_WHO}(?P<text>(?:only|just|all but done, just) (?P<what>[\w'& -]{{3,40}}?)(?:'s| is| are)? (?:still )?{_LEFT})(?: to do| to finish)? (?:on|for|with|in|under) {_NUMBER}(?P<tail>)[.! ]*"
    ),
    # "25: just the training to go"
    re.compile(
        rf"{_WHO}{_NUMBER}(?::|,| -| has| is|'s)? (?P<text>(?:only|just) (?P<what>[\w'& -]{{3,40}}?)(?:'s| is| are)? (?:still )?{_LEFT}{_TAIL})"
    ),
    # "We've only the training left on 25"
    re.compile(
        rf"{_WHO}(?:'ve|'s| have| has|have|has) (?:got )?(?P<text>(?:only|just)(?: got)? (?P<what>[\w'& -]{{3,40}}?) {_LEFT})(?: to do| to finish)? (?:on|for|with|in|under) {_NUMBER}(?P<tail>)[.! ]*"
    ),
)


_NEARLY = r"(?:(?:very |so |pretty )?(?:nearly|almost|not far off|close to|just about|getting)(?: being)?)"
_NOT_QUITE = r"(?:[ ,;.–—-]+(?:but |just |though |and )*(?:it's |it is |it isn't |we're |we are |is |are )?(?:still )?(?:not (?:quite|fully|completely|yet|all|entirely|100%)(?: (?:finished|done|complete|completed|there|ready))?|not (?:finished|done|complete|completed|there)(?: yet)?))"
_NOT_QUITE_DONE = (
    # "We're nearly there on 25 but not finished", "almost finished 16 but not quite"
    re.compile(
        rf"(?P<text>{_WHO}(?:'re| are| is|'ve| have| has|\b) ?{_NEARLY} (?:there|{_DONE})(?: (?:with|on|for))? {_NUMBER}{_NOT_QUITE})(?P<tail>)[.! ]*"
    ),
    # "25 is nearly done but not quite"
    re.compile(rf"(?P<text>{_WHO}{_NUMBER}{_ARE} {_NEARLY} (?:there|{_DONE}){_NOT_QUITE})(?P<tail>)[.! ]*"),
    # "Not finished 25 but nearly there"
    re.compile(
        rf"(?P<text>{_WHO}(?:have |has |is |are |'ve |'re )?(?:not|haven't|hasn't|aren't|isn't)(?: quite| yet| fully)* (?:finished|done|completed?)(?: with)? {_NUMBER}(?: yet)?,? but (?:we're |we are |it's |it is )?{_NEARLY}(?: there| {_DONE})?)(?P<tail>)[.! ]*"
    ),
    re.compile(
        rf"(?P<text>{_WHO}{_NUMBER} (?:is not|isn't|is n't)(?: quite| yet| fully)* {_DONE}(?: yet)?,? but (?:we're |we are |it's |it is )?{_NEARLY}(?: there| {_DONE})?)(?P<tail>)[.! ]*"
    ),
)


# Looked for first: the patterns are long.
_SAYS_HOW_MUCH = re.compile(
    rf"\b(?:thirds?|quarters?|most|much|bulk|majority|share|lot|deal|some|half|nearly|almost|getting|just about|close to|not far off|{_LEFT}|{_THINGS})\b|%|\bper ?cent\b"
)


def some_of_it_done(sentence: Sentence) -> Understanding | None:
    """Offer as in progress what is done in part, told by its parts or by what is left, with these words."""
    if len(sentence.named_refs) != 1 or _SAYS_HOW_MUCH.search(sentence.lower) is None:
        return None
    text = " ".join(sentence.straight.split())
    matches = (
        pattern.fullmatch(text.casefold()) for pattern in (*_IN_PARTS, *_WHAT_IS_LEFT, *_NOT_QUITE_DONE)
    )
    match = next((match for match in matches if match), None)
    if match is None or sentence.has_question_mark:
        return None
    if sentence.begins_with_an_auxiliary or sentence.has(M.WHO, M.WHICH, M.WHEN, M.WHERE, M.WHY, M.HOW):
        return None
    if not (sentence.bodies or sentence.asker.bodies) or len(set(sentence.bodies)) > 1:
        return None
    if "what" in match.re.groupindex and _IS_NO_THING.search(match["what"]):
        return None
    who = Sentence.of(match["who"], sentence.asker, sentence.around) if match["who"].strip() else None
    if who is not None and who.left_over((M.OWN, M.REC_WORD, M.BODY_WORD), (PieceKind.NAME,)):
        return None
    tail = match["tail"] or ""
    if _MAY_BE_OTHERWISE.search(tail):
        return None
    note = text[match.start("text") : match.end("text")].strip(" .!")
    return offered(
        sentence,
        sentence.named_refs,
        lambda refs, slug: with_text(joined("progress", refs, slug, "in progress"), note),
    )


# "Only two days left on 15", "just one body to go on 16"
_IS_NO_THING = re.compile(
    r"\b(?:days?|weeks?|months?|hours?|time|who|what|which|how|one|us|we|them|nothing|if|bod(?:y|ies)|forces?|offices?|pccs?|areas?|people)\b|\d"
)
_MAY_BE_OTHERWISE = re.compile(
    r"\b(?:who|which|how|when will|can (?:we|you|i)|could (?:we|you|i)|if|unless|or is|extension)\b|\?"
)
_ONE_OF_THEM = re.compile(
    rf"(?:(?:so|ok|hi|update|right|now)[ ,:]+)*(?:we(?:'ve| have)? (?:got |now |only |just )*)?(?:done |finished |completed )?{_COUNT} (?:out )?of (?:the|our|your) (?P<all>two|three|four|five|six|[2-6])"
    r"(?: (?:recs|recommendations|stalking ones))?(?:'s| is| are| has been| have been)?(?: now| already)*"
    rf"(?P<done> {_DONE})?(?: (?:at|on|from) (?:our|this) (?:end|side|part)| here| for us| with us)?[.! ]*"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def one_of_them_done(sentence: Sentence) -> Understanding | None:
    """Ask which, where one of so many recommendations is done: "one of the three is done at our end"."""
    match = _ONE_OF_THEM.fullmatch(" ".join(sentence.lower.split()))
    if match is None or not sentence.asker.bodies or not sentence.has(M.COMPLETE):
        return None
    addressed = sentence.around.addressed
    if _NUMBERS.get(match["all"], match["all"]) not in (len(addressed), str(len(addressed))):
        return None
    if sentence.asks or sentence.names:
        return None
    return Asked(
        About.RECOMMENDATION,
        tuple(joined("complete", ref, body.slug) for body in sentence.asker.bodies for ref in addressed),
    )
