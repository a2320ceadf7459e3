"""Questions about one recommendation itself of which every word stands in a list: what is asked, of whom, by when.

"Does 16 bind the chief as well", "what are we actually being asked for under 25", "how many weeks till 25 has to be
done": its own screen tells its wording, whom it is addressed to and both its deadlines."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from bot.domain.questions.plain_words.asking.subjects import about
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import answered
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import Understanding
from bot.domain.questions.plain_words.word_lists import sections

_MARKS = re.compile(r"[^\w' ]+")


class _Kind(Struct, frozen=True):
    """Every word must be one of `words`, and each of `needs` must stand in it."""

    words: frozenset[str]
    needs: tuple[re.Pattern[str], ...]

    def fits(self, words: Sequence[str]) -> bool:
        text = " ".join(words)
        return all(word in self.words for word in words) and all(need.search(text) for need in self.needs)


@cache
def _kinds() -> tuple[_Kind, ...]:
    listed = {name: frozenset(phrases) for name, phrases in sections("asked_of_whom").items()}
    small, addressees = listed["small words"], listed["whom"]
    must = r"\b(?:must|(?:have|has|had|need|needs|needed|got) to|supposed|meant|expected|required|due|deadline|closing|cut|left|till|until|last)\b"
    return (
        _Kind(
            small | addressees | listed["binds"],
            (
                re.compile(r"^(?:so |and |but |ok )*(?:is|are|was|were|does|do|did|who|whom|which)\b"),
                re.compile(rf"^who\b|\b(?:{'|'.join(addressees)})\b"),
                re.compile(rf"\b(?:{'|'.join(listed['binds'])})\b"),
            ),
        ),
        _Kind(
            small | addressees | listed["asks"],
            (re.compile(r"\bwhats?\b"), re.compile(rf"\b(?:{'|'.join(listed['asks'])})\b")),
        ),
        _Kind(
            small | addressees | listed["by when"],
            (
                re.compile(r"\b(?:when|date|day|deadline|weeks|days|months|long|time|off)\b"),
                re.compile(must),
            ),
        ),
    )


def asked_of_whom(sentence: Sentence) -> Understanding | None:
    """Return one recommendation where what it asks, of whom or by when is all that is asked."""
    numbered = sentence.of_kind(PieceKind.REF)
    if len(sentence.named_refs) != 1 or len(numbered) != 1 or not sentence.asks:
        return None
    if (
        sentence.names
        or sentence.days
        or sentence.of_kind(PieceKind.PERSON, PieceKind.STRANGE, PieceKind.PART)
    ):
        return None
    left = f"{sentence.text[: numbered[0].start]} {sentence.text[numbered[0].end :]}".casefold()
    words = _MARKS.sub(" ", left.replace("’", "'").replace("'", "")).split()
    if not any(kind.fits(words) for kind in _kinds()):
        return None
    return answered(about(sentence), sentence.around)
