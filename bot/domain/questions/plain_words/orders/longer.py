"""More time, where no day is said: "Durham needs an extension on 16", "need longer, vetting's taking ages"."""

import re

from bot.domain.questions.plain_words.doubts import leaves_doubt
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.recorders import joined, offered
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import About, Asked, Offered, Understanding

_NEEDS_LONGER = re.compile(
    r"\b(?:needs?|needed|required|wants?|would like|could do with|asking for|asks for|asked for|after|require|requires|requesting|requests?|(?:any|a) (?:chance|possibility|prospect|hope) of|(?:can|could|may|might) (?:i|we) (?:please )?(?:have|get))\b"
)
_MORE_TIME = r"(?:an? |some |a bit |a little )?(?:(?:more|extra|further|additional) time|longer|extension)"
# "Extension please, 15", "more time on 15 please", "give Norfolk more time"
_LONGER_PLEASE = re.compile(
    rf"(?:please |pls )?{_MORE_TIME}(?:(?: please| pls)\b| (?:on|for) [^?]{{1,20}} (?:please|pls)\W*$)"
    rf"|(?:(?:please|pls|can you|could you|would you) )*(?:give|allow|let) [\w' -]{{2,40}}? (?:have )?{_MORE_TIME}\b"
)


def asking_for_longer(sentence: Sentence) -> Understanding | None:
    """Ask until when, where no day is said: "Durham needs an extension on 16"."""
    sentence = _without_why_longer(sentence)
    if not sentence.has(M.EXTENSION, M.EXTEND) or sentence.days or len(sentence.refs) > 1:
        return None
    if not _needs_longer(sentence) or leaves_doubt(sentence) or sentence.has(*STAGES, *ANSWERS):
        return None
    if not (sentence.bodies or sentence.own_bodies or sentence.asker.bodies) or _BACK_TO_OPEN.search(
        sentence.lower
    ):
        return None
    if sentence.of_kind(PieceKind.UNKNOWN) and not sentence.refs:
        return None
    understood = offered(sentence, sentence.refs, lambda refs, slug: joined("extend", refs, slug))
    return Asked(About.DAY, understood.commands) if isinstance(understood, Offered) else understood


# "I want 25 put back to open" moves no deadline.
_BACK_TO_OPEN = re.compile(r"\bback to (?:being )?open\b")
# "Need longer, vetting's taking ages"
_BEFORE_WHY = frozenset((",", "-", "–", "—", ";", ":", ".", "because", "as", "since", "due"))


def _without_why_longer(sentence: Sentence) -> Sentence:
    """Return what is asked for without why: a reason asks for no day."""
    for place, piece in enumerate(sentence.pieces):
        head, tail = (
            sentence.with_pieces(sentence.pieces[:place]),
            sentence.with_pieces(sentence.pieces[place:]),
        )
        if piece.key not in _BEFORE_WHY or not head.has(M.EXTENSION, M.EXTEND):
            continue
        says_more = tail.named_refs or tail.names or tail.days or tail.asks or tail.has(M.EXTENSION, M.EXTEND)
        return sentence if says_more or not _needs_longer(head) else head
    return sentence


def _needs_longer(sentence: Sentence) -> bool:
    return bool(_NEEDS_LONGER.search(sentence.spelt_out) or _LONGER_PLEASE.match(sentence.spelt_out))
