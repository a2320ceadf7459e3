"""How much of a recommendation is done: "25 is 80% done"."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Understanding

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
