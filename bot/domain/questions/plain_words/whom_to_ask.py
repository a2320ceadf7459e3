"""Whom to talk to, told by its verb: "who should I be talking to at Dorset", "who do we deal with in Gwent"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind

_MODALS = r"(?:should|can|could|do|would|must|might|shall|may|am|are)"
_TALK_TO = (
    r"(?:talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)|writ(?:e|ing) to|email(?:ing)?|e-mail(?:ing)?|ring(?:ing)?|phon(?:e|ing)|call(?:ing)?|message|messaging|contact(?:ing)?"
    r"|deal(?:ing)? with|liais(?:e|ing) with|work(?:ing)? with|get(?:ting)? in touch with|get(?:ting)? hold of|ask(?:ing)? for|go(?:ing)? to|reach(?:ing)?|approach(?:ing)?|address(?:ing)?(?: it| this)? to)"
)
_WHOM = re.compile(
    rf"(?:who|whom)(?: (?:is it|exactly))?(?: that)? {_MODALS} (?:i|we|one|you|people)(?: (?:best|normally|usually|need to|have to|now|actually))*(?: be)?(?: best)? {_TALK_TO}"
    r"(?: (?:in|at|over in|over at|down in|up in|for|from|about|on))?"
)
_LONGEST = 14


def with_whom_to_talk_to(pieces: Sequence[Piece]) -> list[Piece]:
    """Put a contact in the place of the words that ask whom to talk to."""
    first = next(
        (place for place, piece in enumerate(pieces) if piece.key.split(" ")[0] in ("who", "whom")), None
    )
    if first is None:
        return list(pieces)
    for end in range(min(len(pieces), first + _LONGEST), first + 2, -1):
        run = pieces[first:end]
        if _WHOM.fullmatch(" ".join(piece.key for piece in run)):
            contact = replace(
                run[0],
                kind=PieceKind.WORDS,
                end=run[-1].end,
                key="who to talk to",
                meanings=frozenset((M.CONTACT,)),
            )
            return [*pieces[:first], contact, *pieces[end:]]
    return list(pieces)
