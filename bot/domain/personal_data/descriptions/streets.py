"""Find a first name or initials with a street: "Anna from Mill Lane"."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.descriptions.people import ANY_NAME, NAME, WORD, can_be_a_person
from bot.domain.personal_data.homes import STREET_KINDS, WELSH_STREETS, is_a_workplace
from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import TITLES, Span
from bot.domain.personal_data.word_lists import GIVEN_NAMES, ONLY_GIVEN_NAMES

_STREET = (
    r"(?P<street>(?:(?:number |no\.? ?)?\d{1,4}[a-z]?,? )?"
    rf"(?:(?:the )?(?:{WORD} ){{1,3}}(?i:{STREET_KINDS})|(?i:{WELSH_STREETS}) (?:y |yr )?{WORD})\b)"
)
_LIVING = (
    r"(?:who |now |still |both |is |was |currently |lives? |lived |living |resides |residing |staying |stays "
    r"|yn |byw ){0,4}"
)
_AGE = r"(?:\(?(?:aged? |who is )?\d{1,3}\)?(?: years old| oed)?,? )?"
_NAMES_IN_STREETS = (
    re.compile(
        rf"{NAME},? {_AGE}\(?{_LIVING}(?:of|from|in|on|at|near|off|to|o|ar|yn|moved to|down)? ?{_STREET}"
    ),
    re.compile(
        rf"{NAME}(?:'s?|,? whose) (?:flat|house|home|door|place|address|bungalow|bedsit|room) "
        rf"(?:is |was )?(?:in|on|at|off|near|is) {_STREET}"
    ),
)
_STREET_AND_NAME = re.compile(
    rf"{_STREET}(?: resident| neighbour| mother| mum| woman| lady| man| lad| girl| boy| caller| client| family| victim)? ?[(,:-]? ?{ANY_NAME}"
)
# "anna who lives on mill lane", all in small letters
_SMALL_LETTERS_IN_STREET = re.compile(
    r"(?<![\w@.])(?P<name>[a-z]{3,15}),? (?:who )?(?:is |now )?(?:lives|living|lived|stays|staying) (?:on|in|at|off|near) (?:the )?"
    rf"(?P<street>(?:\d{{1,4}} )?(?:[a-z'-]{{2,15}} ){{1,3}}{STREET_KINDS})\b"
)
# Courts and parks that are no streets.
_NO_STREETS = frozenset(
    {"crown", "county", "magistrates'", "magistrates", "police", "high", "supreme", "council", "science",
     "business", "retail"}
)  # fmt: skip
_A_STREET = re.compile(rf"\b(?:{STREET_KINDS}|{WELSH_STREETS})\b", re.IGNORECASE)


def streets(text: str) -> Iterator[Span]:
    """Yield the spans from the name to the street."""
    if not _A_STREET.search(text):
        return
    for match in matches(_NAMES_IN_STREETS, text):
        if can_be_a_person(text, match, strictly=True) and _is_a_home(text, match):
            yield match.span()
    for match in _STREET_AND_NAME.finditer(text):
        first = match["name"].split()[0].casefold()
        is_known = first in GIVEN_NAMES or first in TITLES or len(first.strip(".")) == 1 or "." in first
        if is_known and can_be_a_person(text, match, strictly=True) and _is_a_home(text, match):
            yield match.span()
    for match in _SMALL_LETTERS_IN_STREET.finditer(text):
        if match["name"] in ONLY_GIVEN_NAMES:
            yield match.span()


def _is_a_home(text: str, match: re.Match[str]) -> bool:
    words = [word.casefold() for word in match["street"].split()]
    if words[-1] in {"court", "park", "place"} and not _NO_STREETS.isdisjoint(words[:-1]):
        return False
    return not is_a_workplace(text, match.end("street"))
