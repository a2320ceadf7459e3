"""What was called complete and is not: "16 isn't finished after all", "we marked 15 complete by mistake".

Whether that was a slip or work that goes on only the person knows, so each way to put it right is a button."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import not_yours
from bot.domain.questions.plain_words.recorders import joined, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.beyond_a_command import COMES_UNDONE
from bot.domain.questions.plain_words.understanding import About, Asked, Understanding

_DONE = r"(?:finished|complete|completed|done|closed|delivered|implemented)"
_NUMBER = r"(?:rec\w* )?#?\d+[a-z]?(?:'s)?"
_OF_WHOM = r"(?: (?:for|in|at|by|with) [\w'& -]{2,30}?)?"
_PUT_IT_BACK = (
    r"(?: (?:and|so)\b)? ?(?:(?:so|and|please|pls|can you|could you) )*(?:(?:put|set|take|move|change|turn|switch) (?:it|that|this) back(?: to in progress)?|change (?:it|that)"
    r"|correct (?:it|that)|fix (?:it|that)|sort (?:it|that)(?: out)?|re-?open(?: (?:it|that|this))?)?(?: (?:please|pls|thanks))*[.! ]*"
)
_NOT_COMPLETE = re.compile(
    rf"(?:(?:hi|sorry|oops|actually|so|ok|no|apologies|it turns out|turns out)(?: that)?[ ,:–-]+)*(?:"
    rf"[\w'&: -]{{0,40}}?{_NUMBER}{_OF_WHOM} (?:is not|isn't|are not|aren't|was not|wasn't)(?: actually| really| quite| in fact)? {_DONE}{_OF_WHOM} after all"
    rf"|[\w'&: -]{{0,40}}?{_NUMBER}{_OF_WHOM} (?:turns out|turned out|has turned out) not to be {_DONE}"
    rf"|(?:i|we|they|[\w'&-]+(?: [\w'&-]+)?) (?:said|told you|told us|put|reported|had|thought)(?: that)? {_NUMBER}{_OF_WHOM} (?:was|is|were|as|down as|had been)? ?{_DONE},? (?:but|and|when)(?: actually)? (?:it|that|this) (?:isn't|is not|wasn't|was not)(?: yet| really| actually| so)?"
    rf"|(?:i|we|they|[\w'&-]+(?: [\w'&-]+)?) (?:marked|recorded|put|closed|entered|logged|reported|showed) {_NUMBER}{_OF_WHOM}(?: down)?(?: as)? {_DONE}(?: by mistake| in error| by accident| too early| too soon| wrongly| prematurely)"
    rf"|[\w'&: -]{{0,40}}?{_NUMBER}{_OF_WHOM} (?:was|has been|got) (?:marked|recorded|put|closed|entered|logged|reported|shown)(?: down)?(?: as)? {_DONE}(?: by mistake| in error| by accident| too early| too soon| wrongly| prematurely)"
    rf"){_PUT_IT_BACK}"
)


_PUT_IT_BACK_LAST = re.compile(
    r"\s*[,;.:–—-]\s*(?:(?:so|and|please|pls|can you|could you)[ ,]+)*(?:(?:put|set|take|move|change|turn|switch|correct|fix|sort) (?:it|that|this)\b|re-?open)[^,;.]*$",
    re.IGNORECASE,
)


_WHO = r"(?:(?:hi|sorry|update|so|ok)[ ,:–-]+)*[\w'& -]{0,40}?"
_BUT = r"(?:,? (?:but|until|however)|[,;] ?(?:but |and )?now|,? and now)"
# "16 was complete but the provider has pulled out", "we can no longer call 15 finished, the ISAC has left"
_COME_UNDONE = re.compile(
    rf"{_WHO}{_NUMBER}{_OF_WHOM} (?:was|had been|used to be) (?:all |fully )?{_DONE}{_BUT} (?P<why>.{{4,}})"
    rf"|{_WHO}(?:had |have |has |'d |'ve )?(?:finished|completed|delivered|implemented|done) {_NUMBER}{_OF_WHOM}{_BUT} (?P<since>.{{4,}})"
)
_NO_LONGER_DONE = re.compile(
    rf"{_WHO}can no longer (?:call|say|claim|class|count) {_NUMBER}{_OF_WHOM} (?:is |as |to be )?{_DONE}(?: any ?more| any longer)?(?:[,;:–-]+ ?| because | as | since )(?P<why>.{{4,}})"
    rf"|{_WHO}{_NUMBER}{_OF_WHOM} is (?:no longer {_DONE}|not {_DONE} (?:any ?more|any longer))(?:[,;:–-]+ ?| because | as | since )(?P<since>.{{4,}})"
)


def come_undone(sentence: Sentence) -> Understanding | None:
    """Ask how it is recorded that what was done is so no more, with why."""
    text = " ".join(sentence.straight.split())
    match = _COME_UNDONE.fullmatch(text.casefold())
    if match is not None and COMES_UNDONE.search(match["why"] or match["since"]) is None:
        return None
    match = match or _NO_LONGER_DONE.fullmatch(
        text.casefold().replace("can't", "can not").replace("isn't", "is not")
    )
    bodies = set(sentence.bodies)
    if match is None or sentence.has_question_mark or len(sentence.named_refs) != 1 or len(bodies) > 1:
        return None
    if sentence.has(M.WHO, M.HEARSAY) or sentence.begins_with_an_auxiliary or _IF.search(sentence.lower):
        return None
    asker, ref = sentence.asker, sentence.named_refs[0]
    if not asker.records or (bodies and not asker.is_coordinator and not bodies <= set(asker.bodies)):
        return not_yours(sentence)
    why = (match["why"] or match["since"]).rstrip(" .!")
    reason = text.rstrip(" .!")[-len(why) :]
    commands: list[str] = []
    for body in tuple(bodies) or asker.bodies:
        if asker.is_coordinator:
            commands.append(with_text(joined("reopen", ref, body.slug), reason))
        commands.append(with_text(joined("progress", ref, body.slug, "in progress"), reason))
        commands.append(joined("update", ref, body.slug))
    return Asked(About.NAME, tuple(commands)) if commands else None


_IF = re.compile(r"\b(?:if|unless|whether|suppose|should|would)\b")


def not_complete_after_all(sentence: Sentence) -> Understanding | None:
    """Ask how it is put right that it was called complete."""
    match = _NOT_COMPLETE.fullmatch(sentence.spelt_out)
    bodies = sentence.bodies
    if (
        match is None
        or len(sentence.named_refs) != 1
        or len(set(bodies)) > 1
        or sentence.has(M.WHO, M.HEARSAY)
    ):
        return None
    asker, ref = sentence.asker, sentence.named_refs[0]
    if bodies and not asker.is_coordinator and bodies[0] not in asker.bodies:
        return not_yours(sentence)
    if not asker.records:
        return not_yours(sentence)
    recorded_for = bodies[:1] or asker.bodies
    reason = _PUT_IT_BACK_LAST.sub("", sentence.text.strip())
    commands: list[str] = []
    for body in recorded_for:
        if asker.is_coordinator:
            commands.append(with_text(joined("reopen", ref, body.slug), reason))
        commands.append(joined("progress", ref, body.slug, "in progress"))
        commands.append(joined("update", ref, body.slug))
    return Asked(About.NAME, ("undo", *commands)) if commands else None
