"""Find positions on a map: coordinates, the three words of what3words, a reference on the national grid."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.homes import is_a_site
from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

_POSITIONS = (
    # Degrees of the United Kingdom, exact to some ten metres: 53.4809, -2.2374
    re.compile(r"(?<![\w.])(?:49|5\d|60)\.\d{4,8}(?:° ?N)?,? ?-?[0-8]\.\d{4,8}(?:° ?[EW])?(?![\w.]*\d)"),
    re.compile(r"(?<!\w)[HNOST][A-HJ-Z] \d{5} \d{5}(?!\w)"),
    re.compile(r"///(?:[^\W\d_]{3,20}\.){2}[^\W\d_]{3,20}"),
    re.compile(
        r"\bw(?:hat)?3w(?:ords)?\b[ :=,-]{0,3}(?:(?:is|was|address|location) )?(?P<words>(?:[^\W\d_]{3,20}\.){2}[^\W\d_]{3,20})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:grid|map|os) ref(?:erence)?\.?(?: (?:is|was))?[ :=]{1,2}[A-Z]{2} ?(?:\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})\b",
        re.IGNORECASE,
    ),
)


def positions(text: str) -> Iterator[Span]:
    """Yield their spans; an office's is nobody's."""
    for match in matches(_POSITIONS, text):
        if not is_a_site(text, *match.span()):
            yield match.span()
