"""Find a first name or initials, an age and a place that stand apart in one sentence: "Anna, now in Hightown,
is in her thirties".

`ages.py` knows the forms in which they stand side by side, with names that are on no list. Here the name has to be a
known first name, or initials, and the number has to be written as ages are."""

import re
from collections.abc import Iterator
from itertools import chain

from bot.domain.personal_data.descriptions.people import CAPITAL, WORD, is_in_office
from bot.domain.personal_data.sentences import WORDS, Span
from bot.domain.personal_data.word_lists import (
    ABBREVIATIONS,
    AREAS,
    BUILDINGS,
    GIVEN_NAMES,
    INSTITUTIONS,
    MONTHS_AND_DAYS,
    OFFICES,
    STREETS,
)

_SENTENCE = re.compile(r"[^!?\n.]{1,400}(?:\.(?! [A-Z][a-z])[^!?\n.]{0,400}){0,12}")
_NUMBER = r"(?<![\d.,£-])[1-9]\d"
_IN_WORDS = r"(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|[1-9]0'?s)"
_AGE = re.compile(
    rf"\b(?:aged|age|age of|turned|turning) {_NUMBER}\b(?! ?(?:-|to|and|or|%))"
    rf"|{_NUMBER}(?:[ -]?years?[ -]old|[ -]?y(?:ea)?rs?\b|[ -]?y/?o\b| oed\b| mlwydd oed)"
    rf"|\b(?:who is|who's|who was|is|was|she's|he's|i'n|yn) (?:now |just |only )?{_NUMBER}(?=[,.;)]| and| but| from| of| living| in |$)"
    rf"|(?<=\w)'s (?:now |just |only )?{_NUMBER}(?=[,.;)]| and (?:in|from|living|lives)| from| of)"
    rf"|(?:\(|, ?| - |/)(?:[MFmf][ ,/]{{0,2}})?{_NUMBER}(?:[ ,]{{0,2}}[MFmf]\b)?(?=[),;/\"']| - | \(| from | last | this | of | living | and (?:living|from)|$)"
    r"|\b(?:boy|girl|lad|lass|child|youth|man|woman|lady) of (?:[1-9]\d|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b"
    rf"|\b(?:early|mid|late|(?:her|his|their)(?: early| mid| late)?)[ -]{_IN_WORDS}",
)
_PLACE = re.compile(
    rf"(?:\b(?:from|of|in|at|near|outside|around|to|o|yn|ym|yng|ger)\s+(?:the )?|[,(/] ?| - )(?P<place>{WORD})"
)
# "a Rotherham woman, Kaz, 30"
_PLACE_OF_SOMEBODY = re.compile(
    rf"\b[Aa]n? (?P<place>{WORD}) (?:woman|man|mum|mother|dad|father|girl|boy|lad|teenager|student|pensioner)\b"
)
_INITIALS = re.compile(
    rf"(?<![\w./&-])(?:(?:{CAPITAL}\. ?){{1,2}}{CAPITAL}\.?(?!\w)|{CAPITAL}{CAPITAL}(?=,? \(?(?:aged |\d|who ))|{CAPITAL}\.?(?=,? \(?(?:aged |\d\d\b|who )| from {CAPITAL}))"
)
_A_NAME = re.compile(rf"(?<![\w@./-]){WORD}(?:(?: | ap | ab | de | van ){WORD}){{0,2}}")
# What a text itself calls a name may be on no list.
_CALLED = re.compile(rf"\b(?:known as|called|named|nicknamed|goes by|o'r enw) [\"']?(?P<name>{WORD})")
_WHERE = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|of|for|and|&|via|yn|ym|yng|ger|o) $", re.IGNORECASE
)
_PLAIN_SAINT = re.compile(r"\bSt\.? $")
_NEAREST = 120  # characters between a name and an age, and between an age and a place
_NEVER = INSTITUTIONS | AREAS | MONTHS_AND_DAYS | BUILDINGS | STREETS
_NO_PLACES = MONTHS_AND_DAYS | INSTITUTIONS | OFFICES
# "Rhys/15/Gwent" is a contact, a recommendation and a body.
_NO_PLACES_AFTER_A_SLASH = _NO_PLACES | AREAS
_NO_INITIALS = ABBREVIATIONS | OFFICES | {"a", "i"}


def ages_nearby(text: str) -> Iterator[Span]:
    """Yield the spans from the first to the last of the three."""
    if not _AGE.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        ages = [age.span() for age in _AGE.finditer(text, *sentence.span())]
        if not ages:
            continue
        names = list(_names(text, sentence.span()))
        places = [place.span("place") for place in _places(text, sentence.span())] if names else []
        yield from _groups(names, ages, places)


def _groups(names: list[Span], ages: list[Span], places: list[Span]) -> Iterator[Span]:
    for age in ages:
        name = next((name for name in names if _apart(name, age) <= _NEAREST), None)
        place = next(
            (
                place
                for place in places
                if name and _apart(place, age) <= _NEAREST and not _overlap(place, name)
            ),
            None,
        )
        if name and place:
            yield min(name[0], age[0], place[0]), max(name[1], age[1], place[1])


def _names(text: str, sentence: Span) -> Iterator[Span]:
    for match in _INITIALS.finditer(text, *sentence):
        letters = "".join(WORDS.findall(match[0])).casefold()
        if "." in match[0] or letters not in _NO_INITIALS:
            yield match.span()
    for match in _CALLED.finditer(text, *sentence):
        if match["name"].casefold() not in _NEVER:
            yield match.span("name")
    for match in _A_NAME.finditer(text, *sentence):
        words = [word.casefold().removesuffix("'s") for word in match[0].split()]
        before = text[max(0, match.start() - 12) : match.start()]
        is_first_name = next(
            (word in GIVEN_NAMES for word in words if word not in {"mr", "mrs", "ms"}), False
        )
        if (
            is_first_name
            and _NEVER.isdisjoint(words)
            and not _WHERE.search(before)
            and not _PLAIN_SAINT.search(before)
            and not is_in_office(text, match.span())
        ):
            yield match.span()


def _places(text: str, sentence: Span) -> Iterator[re.Match[str]]:
    for match in chain(_PLACE.finditer(text, *sentence), _PLACE_OF_SOMEBODY.finditer(text, *sentence)):
        no_places = _NO_PLACES_AFTER_A_SLASH if match[0].startswith("/") else _NO_PLACES
        if match["place"].casefold() not in no_places:
            yield match


def _apart(first: Span, second: Span) -> int:
    """Count the characters between two spans."""
    return max(second[0] - first[1], first[0] - second[1], 0)


def _overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]
