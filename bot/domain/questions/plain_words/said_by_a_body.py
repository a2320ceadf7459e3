"""What one body said about something: "what did Kent say about housing" looks in its texts alone."""

import re

from bot.domain.questions.names import Body
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Answerable, Understanding
from bot.domain.questions.written import place_words

_SO = r"(?:so |and |please |can you |could you |remind me |tell me |do you know |show me )*"
_WHO = r"(?P<who>[\w&'. -]{2,40}?)"
_TOPIC = r"(?P<topic>[a-z][\w'’ &-]{1,60}?)"
_END = r"(?: (?:so far|yet|anywhere|at all|in (?:its|their|our|any) (?:notes|updates|texts|answers|responses)))*\W*"
_ABOUT = r"(?:about|on|regarding|concerning|to do with|re)"
_FORMS = tuple(
    re.compile(f"{_SO}{form}{_END}")
    for form in (
        rf"what(?: exactly| else| all)? (?:did|does|do|has|have|had) {_WHO} (?:(?:ever|already|actually|got|have|had) )*(?:say|said|write|wrote|written|put|report|reported|tell us|told us|tell you|told you|to say|record|recorded|note|noted)(?: anything)? {_ABOUT} {_TOPIC}",
        rf"(?:where )?(?:has|have|did|does|do) {_WHO} (?:(?:ever|already|actually|just|yet) )*(?:say|said|write|written|put|report|reported|tell us|told us|have|had|got|record|recorded|note|noted) (?:anything|something|much|a word|a thing) (?:(?:to say|down|new) )*{_ABOUT} {_TOPIC}",
        rf"(?:where )?(?:has|have|did|does|do) {_WHO} (?:(?:ever|already|actually|just|yet) )*(?:mention|mentioned|raise|raised|refer to|referred to|talk about|talked about|cite|cited|touch on|touched on|discuss|discussed|bring up|brought up) {_TOPIC}",
        rf"what(?: exactly)? (?:was|were|is|are) {_WHO} (?:saying|telling us|telling you|reporting|writing|on) {_ABOUT} {_TOPIC}",
        rf"what(?:'s| is| was) {_WHO}(?:'s|s') (?:line|view|views|position|take|stance|opinion|comment|thinking|word) {_ABOUT} {_TOPIC}",
        rf"{_WHO} ?[,:–-]+ ?what (?:did|do|have|has|does) (?:they|he|she|it) (?:say|said|write|wrote|written|put|tell us|told us) {_ABOUT} {_TOPIC}",
        rf"{_WHO}(?:'s|s') (?:comments?|views?|line|words|thoughts|remarks?|stance) {_ABOUT} {_TOPIC}",
        rf"what(?:'s| is| has| was|s)? (?:been )?(?:said|written|reported|recorded) by {_WHO} {_ABOUT} {_TOPIC}",
        rf"(?:anything|everything|is there anything) (?:said|written|reported|recorded|noted) by {_WHO} {_ABOUT} {_TOPIC}",
        rf"what(?:'s| is|s) {_WHO} (?:been )?(?:saying|telling us|reporting|writing) {_ABOUT} {_TOPIC}",
        rf"did {_WHO} (?:ever )?(?:write|say|report) about {_TOPIC}",
        rf"what (?:does|do|did) {_WHO}(?:'s|s') (?:updates?|notes?|response|answer|reply|texts?) (?:say|mention) {_ABOUT} {_TOPIC}",
        rf"any (?:mentions?|references?|talk) (?:of|to) (?:the )?{_TOPIC} (?:from|by|in) {_WHO}(?:'s|s')?(?: (?:notes|updates|texts|answers|response|entries|words))?",
        rf"(?:look|go|check|search) (?:through|in) {_WHO}(?:'s|s') (?:notes|updates|texts|answers|response|entries|words) for {_TOPIC}",
        rf"(?:what|anything|everything|is there anything) (?:from|by|in) {_WHO}(?:'s|’s|s')?(?: (?:notes|updates|texts|answers|response))? {_ABOUT} {_TOPIC}",
        rf"(?:anything|everything|is there anything) {_ABOUT} {_TOPIC} (?:from|by|in) {_WHO}(?:'s|’s|s')?(?: (?:notes|updates|texts|answers|response|entries|words))?",
        rf"(?:search|look|find|check)(?: for)? {_TOPIC} in {_WHO}(?:'s|’s|s')?(?: (?:notes|updates|texts|answers|response|entries|words))",
    )
)
_OF_A_BODY = (
    "",
    "police",
    "pcc",
    "opcc",
    "commissioner",
    "force",
    "office",
    "team",
    "colleagues",
    "people",
    "police and crime commissioner",
)
_POSSESSIVE = re.compile(r"'s?$")
_OF_ITS_OWN = (M.OUTSIDE, M.JUDGEMENT, M.WRITE, M.FILE)


def said_by_a_body(sentence: Sentence) -> Understanding | None:
    """Return the search of one body's texts; None where a recommendation, a day or another body is asked about, or
    words that say how something stands."""
    for form in _FORMS:
        match = form.fullmatch(sentence.lower)
        if match is None:
            continue
        body = _body_of(match["who"], sentence)
        topic = _topic_of(match["topic"], sentence)
        if body is not None and topic:
            return Answerable(f"search {place_words(body)}: {topic}")
    return None


def _body_of(who: str, sentence: Sentence) -> Body | None:
    """Return the one body that is named, or the asker's own."""
    if who in ("we", "i", "our office", "our", "us"):
        own = sentence.asker.bodies
        return own[0] if len(own) == 1 and not sentence.bodies else None
    if len(sentence.names) != 1:
        return None
    (piece,) = sentence.names
    name = _POSSESSIVE.sub("", sentence.straight[piece.start : piece.end].casefold())
    # "Kent Police", and no "Kent's MP" or "everyone except Kent"
    before, is_named_there, after = who.partition(name)
    if before.strip() not in ("", "the") or after.removeprefix("'s").strip() not in _OF_A_BODY:
        return None
    return piece.bodies[0] if is_named_there and len(piece.bodies) == 1 and not piece.regions else None


def _topic_of(topic: str, sentence: Sentence) -> str:
    """Return the words to look for as they were typed; empty where they are no words to look for."""
    start = sentence.straight.casefold().find(topic)
    if start < 0:
        return ""
    pieces = [piece for piece in sentence.pieces if start <= piece.start < start + len(topic)]
    content = [piece for piece in pieces if not piece.means(M.NEUTRAL, M.BODY_WORD)]
    is_of_words = bool(content) and (content[0].kind is PieceKind.UNKNOWN or content[0].means(*_OF_ITS_OWN))
    if topic in sentence.around.names.themes:
        # How a body stands on a theme is told by its recommendations.
        return ""
    names_something = any(piece.ref or piece.named or piece.kind is PieceKind.DAY for piece in pieces)
    first = next((piece.start for piece in pieces if not piece.means(M.NEUTRAL)), start)
    return sentence.text[first : start + len(topic)] if is_of_words and not names_something else ""
