"""What waits for approval goes back to whoever recorded it: "send 16 back to Kent, the date is wrong"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Understanding

_SENDS_BACK = re.compile(
    r"(?:(?:please|pls|can you|could you|i want to|we should like to|i'd like to|let's)[ ,]+)*(?:send|return|hand|pass|bounce|push) (?:rec\w* )?#?\d+[a-z]? back"
    r"(?: (?:to|for) (?P<whom>[\w'& -]{2,40}?))?(?: (?:please|pls))?(?:\s*[,:;–—-]+\s*(?:because |as )?(?P<why>\S.{3,}?)| (?:because|as) (?P<since>\S.{3,}?))?[.! ]*"
)


def sending_back(sentence: Sentence) -> Understanding | None:
    """Offer to send back what a body recorded."""
    text = " ".join(sentence.straight.split())
    match = _SENDS_BACK.fullmatch(text.casefold())
    if match is None or len(sentence.named_refs) != 1 or sentence.has(M.NOT, M.NO_LONGER):
        return None
    recipient = Sentence.of(match["whom"], sentence.asker, sentence.around) if match["whom"] else None
    if recipient is not None and (len(recipient.bodies) != 1 or len(recipient.pieces) != 1):
        return None
    part = "why" if match["why"] else "since"
    why = text[match.start(part) : match.end(part)] if match[part] else ""
    return offered(
        sentence, sentence.named_refs, lambda refs, slug: with_text(joined("send back", refs, slug), why)
    )
