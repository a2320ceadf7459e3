"""What was called complete is to be open again: "Suffolk say 25 is done but the evidence is thin, put it back to open"."""

import re

from bot.domain.questions.grammar.unfinished import PLACE
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import nearest, not_yours
from bot.domain.questions.plain_words.recorders import joined, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)

_POLITE = r"(?:(?:so|and|then|please|pls|can you|could you|would you|will you|can we|could we|we should|i want you to|i'd like you to|just)[ ,]+)*"
_IT = r"(?:it|that|this|them|theirs|(?:rec\w* )?#?\d+[a-z]?)"
_OPEN_AGAIN = (
    rf"(?:re-?open|unclose)(?: {_IT})?"
    rf"|(?:put|set|move|turn|change|flip|switch|take) {_IT} back (?:to|as) (?:being )?open"
    rf"|open {_IT} (?:back )?(?:up )?again|open {_IT} (?:back )?up"
    rf"|{_IT} (?:needs|wants|requires|must have) (?:re-?opening|opening (?:up )?again)|{_IT} (?:needs|has|ought) to be (?:re-?opened|opened (?:up )?again)"
    rf"|(?:{_IT} (?:should|must|needs to|has to|can) (?:go|be (?:put|set|moved)|revert) )?back to (?:being )?open"
)
_ENDS = (
    r"(?:[ ,]+(?:please|pls|thanks|would you|will you|could you|for (?:them|us|me)|again|then|asap))*[.!? ]*"
)
_WHY_FIRST = re.compile(
    rf"(?P<why>.{{6,}}?)\s*(?:[,;:.!–—-]+ ?|\b(?=so |and ))\s*{_POLITE}(?:{_OPEN_AGAIN}){_ENDS}"
)
# "Durham need theirs opened up again", "please reopen Durham's"
_WHOSE_ALONE = re.compile(
    rf"{_POLITE}(?:(?:re-?open|unclose) (?P<whose>[\w&' -]{{2,40}}?)(?:'s|')?(?: ones?| recs?)?"
    r"|(?P<who>[\w&' -]{2,40}?)(?:'s|')? (?:(?:would |'d )?(?:needs?|wants?|likes?|requires?)|(?:has|have|are|is)? ?(?:asked|asking) (?:for|to have))"
    r" (?:(?:theirs|it|that|one) )?(?:to be )?(?:re-?opened|re-?opening|opened (?:back )?up(?: again)?|opening (?:back )?up(?: again)?|opened again|opening again|put back to open))"
    rf"{_ENDS}"
)
# Looked for first: the patterns are long.
_OPENS = re.compile(r"\b(?:(?:re-?)?open(?:ed|ing)?|unclose)\b")
_IN_DOUBT = re.compile(
    r"\b(?:if|unless|whether|once|when|should|might|may|maybe|perhaps|who|what|which|why|suppose|would)\b"
)
_TELLS_WHY = re.compile(r".*\b(?:but|however|although|though|yet)\b[ ,]*")


def opening_again(sentence: Sentence) -> Understanding | None:
    """Offer to reopen what is complete no more, with the reason that stands first; of no number, ask which."""
    if _OPENS.search(sentence.lower) is None:
        return None
    text = " ".join(sentence.straight.split())
    match = _WHY_FIRST.fullmatch(text.casefold())
    if match is None:
        return _of_which(sentence, text)
    if (sentence.has_question_mark and not sentence.asks_politely) and not _ASKS_IN_THE_END.search(
        text.casefold()
    ):
        return None
    if len(sentence.named_refs) != 1 or len(set(sentence.bodies)) > 1 or _IN_DOUBT.search(match["why"]):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    why = text[: match.end("why")].strip(" ,;:.–—-")
    lead = _TELLS_WHY.match(why.casefold())
    return _reopened(sentence, why[lead.end() :] if lead and len(why) - lead.end() > 5 else why)


_ASKS_IN_THE_END = re.compile(r"\b(?:can|could|would|will) (?:you|we)\b[^,;.]*\?\s*$")


def _reopened(sentence: Sentence, why: str) -> Understanding:
    asker, ref = sentence.asker, sentence.named_refs[0]
    bodies = tuple(dict.fromkeys(sentence.bodies))
    if asker.is_coordinator:
        if not bodies:
            return Asked(About.BODY, (), with_text(joined("reopen", ref, PLACE), why))
        return Offered((with_text(joined("reopen", ref, bodies[0].slug), why),))
    if not asker.bodies or not {*bodies} <= {*asker.bodies}:
        return not_yours(sentence)
    # Only the association reopens; a body says itself how far it is.
    return Asked(
        About.NAME,
        tuple(
            command
            for body in bodies or asker.bodies
            for command in (
                with_text(joined("progress", ref, body.slug, "in progress"), why),
                joined("update", ref, body.slug),
            )
        ),
    )


def _of_which(sentence: Sentence, text: str) -> Understanding | None:
    """Ask which recommendation is meant, where only the body is named whose it is."""
    match = _WHOSE_ALONE.fullmatch(text.casefold())
    if match is None or sentence.named_refs or len(set(sentence.bodies)) != 1:
        return None
    if sentence.asks and not sentence.asks_politely:
        return None
    named = Sentence.of(match["whose"] or match["who"], sentence.asker, sentence.around)
    if named.left_over((), (PieceKind.NAME,)):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    slug = sentence.bodies[0].slug
    return Asked(
        About.RECOMMENDATION, tuple(joined("reopen", ref, slug) for ref in sentence.around.addressed)
    )
