"""Find initials or a first name with an age and a place: "A.N., 34, from Hightown"."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.descriptions.people import (
    ANY_NAME,
    CAPITAL,
    NAME,
    NO_PLACE,
    PLACE,
    WORD,
    can_be_a_person,
    is_first_name,
    is_in_office,
)
from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import SENTENCE_END, Span
from bot.domain.personal_data.word_lists import AREAS, MONTHS_AND_DAYS, ONLY_GIVEN_NAMES

# An age in words: "aged 34", "who is 34 years old", "34 oed".
_AGE_IN_WORDS = (
    r"(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|sixteen|seventeen|eighteen|nineteen)"
)
_IS = r"(?:,? \(?|, )(?:who (?:is|was) |is |was |yn )?"
_YEARS_OLD = r"(?:[ -]?years?[ -]old| ?-?yrs?(?:[ -]old)?| ?y(?:/?o)?\b| oed| mlwydd oed)"
_AGED = rf"(?:(?:aged?|age of|just|only|about|around|turning) ){{1,2}}(?:\d{{1,2}}|{_AGE_IN_WORDS})\b"
# A number alone, which is an age only beside something that is surely a name: "A.N., 34, from".
_NUMBER = (
    r"(?P<bare>,? \((?:[MFmf],? ?)?\d{2}(?=, )|,? \((?:[MF] ?)?\d{2}(?: ?[MF])?\)"
    r"|, ?(?:[MF] ?)?\d{2}(?: ?[MF])?(?=[,.;)]| from | of | in | o )"
    r"| is \d{2}(?= and|,|\.| from| of)"
    r"|,? (?:[MF]\d{2}|\d{2}[MF])\b)"
)
_NAME_AND_AGE = re.compile(
    rf"{NAME}(?:{_IS}(?:{_AGED}|(?:an? )?(?:\d{{1,2}}|{_AGE_IN_WORDS}){_YEARS_OLD}|{_AGE_IN_WORDS}(?= and|,|\)))|{_NUMBER})"
)
_PLACE_AFTER = re.compile(
    rf"(?:\b(?:from|of|in|at|near|outside|around|to|o|yn|ym|yng|ger)\s+(?:the )?|^\)?,? ?\(?){PLACE}"
)
_PLACE_BEFORE = re.compile(rf"\b(?i:from|in|at|near|of|yn) {PLACE}(?: {WORD})?[,: ]")
# "sophie 23 from wickham", "'Beth' 31 Eastmere", "DN/F/38/Marsh End"
_TERSE = re.compile(
    r"(?<![\w.@/-])'?(?P<name>[^\W\d_]{2,15})'? \(?(?:[MFmf] ?)?[1-9]\d\)?,?"
    rf" (?:(?:from|of|in|o|yn) (?:the )?(?P<low>[a-z'-]{{3,20}})\b|(?:(?:from|of|in|o|yn) )?{PLACE})"
)
_SLASHED = re.compile(
    rf"(?<![\w/])(?P<name>{CAPITAL}\.?{CAPITAL}\.?|{WORD}) ?[/,;|-] ?"
    rf"(?:(?:[MF]|female|male) ?[/,;|-]? ?[1-9]\d|[1-9]\d ?[/,;|-]? ?(?:[MF]|female|male)) ?[/,;|-] ?{PLACE}",
)
# "anna, 34, hightown"
_SMALL_LETTERS_AND_AGE = re.compile(
    r"(?<![\w@.'/-])(?P<name>[a-z]{3,15})(?:, | \()[1-9]\d(?:, |\),? )[a-z]{3,20}\b"
)
# "Anna - 34 - Hightown", "A.N./34/Marsh End"; "Rhys/15/Gwent" is a contact, a recommendation and a body.
_IN_A_ROW = re.compile(
    rf"(?<![\w/])(?P<name>{CAPITAL}\.?{CAPITAL}\.?|{WORD})(?P<sep> ?[/;|-] ?)[1-9]\d(?P=sep){PLACE}"
)
# "Z.K. 34, Nether Hay", "Anna 34, Hightown"
_AGE_BEFORE_PLACE = re.compile(
    rf"(?<![\w/])(?P<name>(?:{CAPITAL}\. ?){{2,3}}|{CAPITAL}{CAPITAL}|{WORD}) ?[1-9]\d(?:,| of| from|, of|, from| in) {PLACE}"
)
# "34-year-old Anna from Hightown"
_AGE_FIRST = re.compile(
    rf"(?:\b{_AGE_IN_WORDS}|(?<!\d)[1-9]\d){_YEARS_OLD} (?:\w{{3,12}} )?{ANY_NAME},? (?:from|of|in|o|yn) (?:the )?{PLACE}"
)
# "J.T. from Hightown, 61, waited", "Anna of Hightown (aged 34)"
_NAME_PLACE_AGE = re.compile(
    rf"{NAME} (?:from|of|o) (?:the )?{PLACE}(?: {WORD})?(?:, | \()(?:aged? |who is )?[1-9]\d(?:{_YEARS_OLD})?"
    r"(?=[,.;)\"']|$| who| is| was| has| had)"
)
# "a 34-year-old from Hightown called Anna", "the 19-year-old (Hightown) named Tom"
_AGE_PLACE_NAME = re.compile(
    rf"(?<!\d)[1-9]\d(?:{_YEARS_OLD})(?: \w{{3,12}})?,? \(?(?:from|of|in|near|o|yn) (?:the )?{PLACE}(?: {WORD})?\)?,? "
    rf"(?:who is |is |was )?(?:called|named|known as|o'r enw) {ANY_NAME}"
)
# "Priya's case (she is 45 and lives in Castle Thorpe)": the age stands apart from the name.
_SOMEBODY_S_AGE = re.compile(
    rf"\b(?i:she|he|they)(?:'s| is| was|'re| are) (?:aged |only |just )?[1-9]\d\b(?!%)"
    rf"[^.!?\n]{{0,40}}?\b(?:lives in|from|o|of|living in|lives at|lives near|based in) {PLACE}"
)
_NAMES_WITH_AGE_AND_PLACE = (_SLASHED, _NAME_PLACE_AGE, _AGE_PLACE_NAME, _AGE_FIRST)
_LIVES = re.compile(
    r",?(?: and| but)? (?:who )?(?:lives|living|resides|residing|who lived|(?:has |was )?moved|now in)\b"
)
_FIRST_NAME = re.compile(rf"(?<![\w'])(?:[^\W\d_]{{3,15}}|{CAPITAL}{CAPITAL}\b)")
_NAME_IS_NEAR = 100  # characters before the age
_NEAR = 60  # characters between an age and a place
_AN_AGE = re.compile(rf"(?<!\d)[1-9]\d(?!\d)|\b{_AGE_IN_WORDS}\b")


def ages(text: str) -> Iterator[Span]:
    """Yield the spans from the name to the place."""
    if not _AN_AGE.search(text):
        return
    yield from _names_before_ages(text)
    yield from _ages_in_rows(text)
    yield from _ages_of_somebody_named_before(text)


def _names_before_ages(text: str) -> Iterator[Span]:
    """Find "Anna (34) from Hightown", "In Hightown Anna, aged 34, said"."""
    for match in _NAME_AND_AGE.finditer(text):
        lives_there = _LIVES.match(text, match.end())
        if can_be_a_person(text, match, strictly=match["bare"] is not None and not lives_there):
            end = _end_of_place(text, match)
            if end:
                yield match.start("name"), end


def _ages_in_rows(text: str) -> Iterator[Span]:
    """Yield a name, an age and a place that stand in one row, in any order."""
    for match in _TERSE.finditer(text):
        if is_first_name(match["name"]) and not _is_a_day(match):
            yield match.span()
    for match in matches(_NAMES_WITH_AGE_AND_PLACE, text):
        if can_be_a_person(text, match, strictly=True):
            yield match.span()
    for match in matches((_IN_A_ROW, _AGE_BEFORE_PLACE), text):
        is_a_date = match["name"].casefold() in MONTHS_AND_DAYS
        is_a_body = match["place"].casefold() in AREAS
        if not is_a_date and not is_a_body and can_be_a_person(text, match, strictly=True):
            yield match.span()
    for match in _SMALL_LETTERS_AND_AGE.finditer(text):
        if match["name"] in ONLY_GIVEN_NAMES:
            yield match.span()


def _ages_of_somebody_named_before(text: str) -> Iterator[Span]:
    """Find the age of somebody named before it: "Priya's case (she is 45 and lives in Castle Thorpe)"."""
    for match in _SOMEBODY_S_AGE.finditer(text):
        start = max(0, match.start() - _NAME_IS_NEAR)
        before = text[start : match.start()].rpartition("\n")[2]
        names = (name for name in _FIRST_NAME.finditer(before) if is_first_name(name[0]))
        if any(not is_in_office(before, name.span()) for name in names):
            yield match.span()


def _is_a_day(match: re.Match[str]) -> bool:
    return (match["low"] or match["place"]).casefold() in MONTHS_AND_DAYS


def _end_of_place(text: str, match: re.Match[str]) -> int | None:
    """Return the end of the age, or of the place that stands behind it in the sentence; None where there is
    none."""
    after = SENTENCE_END.split(text[match.end() : match.end() + _NEAR])[0]
    for place in _PLACE_AFTER.finditer(after):
        if place["place"].casefold() not in NO_PLACE:
            return match.end() + place.end()
    start = match.start("name")
    before = SENTENCE_END.split(text[max(0, start - _NEAR) : start])[-1]
    places = (place["place"].casefold() for place in _PLACE_BEFORE.finditer(before))
    return match.end() if any(place not in NO_PLACE for place in places) else None
