"""What may go ahead: "money's come through so 16 is a go". Whether that accepts it or begins it only the person knows."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Asked, Offered, Understanding

_IS_A_GO = re.compile(
    r"(?P<why>.*?)(?:\s*[,;.:!–—-]+\s*|\s+|^)(?:(?:so|and|therefore|which means|that means|meaning|then)[ ,]+)*(?:rec\w* )?#?\d+[a-z]?(?:'s| is) (?:now |finally |definitely |officially |all )*"
    r"(?:a (?:definite )?go(?: ahead)?|go|all systems go|green[- ]lit|good to go)(?: now| then| at last| for us| here)*(?P<after>\s*[,;.:!–—-]+\s*[^?]+?)?[.! ]*"
)
_IN_DOUBT = re.compile(
    r"\b(?:if|unless|whether|once|when|should|might|may|maybe|perhaps|who|what|which|why|hope\w*|until|till|not|never|nearly|almost|would|could)\b|n't\b"
)


def given_the_go(sentence: Sentence) -> Understanding | None:
    """Ask whether what may go ahead is accepted or has begun, with the words beside it."""
    text = " ".join(sentence.straight.split()).rstrip(" .!")
    match = _IS_A_GO.fullmatch(text.casefold())
    if match is None or len(sentence.named_refs) != 1 or sentence.asks or _IN_DOUBT.search(text.casefold()):
        return None
    if len(set(sentence.bodies)) > 1 or any(piece.regions for piece in sentence.of_kind(PieceKind.NAME)):
        return None
    if not (sentence.bodies or sentence.asker.bodies) or sentence.has(M.NOT, M.NO_LONGER):
        return None
    part = "why" if match["why"].strip() else "after"
    why = text[match.start(part) : match.end(part)].strip(" ,;:.–—-") if match[part] else ""
    accepted = offered(sentence, sentence.named_refs, lambda refs, slug: joined("accept", refs, slug))
    begun = offered(
        sentence,
        sentence.named_refs,
        lambda refs, slug: with_text(joined("progress", refs, slug, "in progress"), why),
    )
    if not isinstance(accepted, Offered) or not isinstance(begun, Offered):
        return accepted
    return Asked(About.NAME, (*accepted.commands, *begun.commands))
