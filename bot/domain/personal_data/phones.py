"""Find telephone numbers of people: any that can be dialled, but those that only organisations have."""

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher

from bot.domain.personal_data.homes import is_a_site
from bot.domain.personal_data.sentences import Span

# Enough to ask the writer about, and a bound for texts that are nothing but numbers.
_MOST = 12
# Digits that the library may try and give up; no text at its limit has more.
_TRIES = 2000
_FIGURE = re.compile(r"\d")
_DIALLED = re.compile(r"(?:\D*[0+]|\D*44)")
_UNITED_KINGDOM = 44
# Ofcom's plan of numbers: 01 and 02 are places, 07 mobile phones; 03, 08 and 09 belong to organisations.
_OF_PEOPLE = ("1", "2", "7")
_LANDLINES = ("1", "2")
_LANDLINE = re.compile(r"\(?0[12]")
_FEWEST_DIGITS, _MOST_DIGITS = 9, 10
_NOT_DIALLED_BEFORE = re.compile(r"(?:[£$€+\w]|\d[./,-])$")
_BEGINS_WITH_A_DATE = re.compile(r"\(?\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d\d\b")

# After such a word the digits may be parted by anything and lack the 0 or the code of the place.
_LABELLED = re.compile(
    r"\b(?:mob(?:ile)?|tel(?:ephone)?|(?:tele)?phone|ph|landline|cell|whats ?app|ff[oô]n|symudol|rhif ff[oô]n)\b"
    r"(?: ?(?:no|num|number|rhif)\b)?[.:#=)( -]{0,4}(?:(?:is|was|on|yw|at) )?"
    r"(?P<number>(?:\+|\()?[\dOo](?:[ ./()_-]{0,3}[\dOo]){5,13})(?![\w/])",
    re.IGNORECASE,
)
# Written with underscores or letters for noughts, which no library reads.
_UNUSUAL = re.compile(r"(?<![\w£$€+/])[0Oo]7(?:[ ./()_-]{0,3}[\dOo]){9}(?!\w)")
# "oh seven seven double oh, nine hundred, four one two"
_DIGIT_IN_WORDS = (
    r"(?:oh|o|zero|nought|naught|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred"
    r"|dim|sero|un|dau|tri|pedwar|pump|chwech|saith|wyth|naw|dwbl)"
)
_IN_WORDS = re.compile(rf"\b{_DIGIT_IN_WORDS}(?:[ ,-]{{1,3}}{_DIGIT_IN_WORDS}){{6,13}}\b", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d[ /-]{1,3}(?:19|20)?\d\d")
_NOBODYS = re.compile(r"[(+ ]*(?:44[ .()-]*)?[(0 ]*[389]")


def phones(text: str) -> Iterator[Span]:
    for match_ in _IN_WORDS.finditer(text):
        yield match_.span()
    # The library takes most of the time, and most texts hold no number at all.
    if not _FIGURE.search(text):
        return
    matcher = PhoneNumberMatcher(text, "GB", Leniency.POSSIBLE, _TRIES)
    for match in islice(matcher, _MOST):
        if _is_a_persons(text, match):
            yield match.start, match.end
    for match_ in _LABELLED.finditer(text):
        number = match_["number"]
        is_a_day = _YEARS.match(number) or _BEGINS_WITH_A_DATE.match(number)
        is_an_offices = _LANDLINE.match(number) and is_a_site(text, *match_.span("number"))
        if not (is_a_day or is_an_offices or _is_an_organisations(number)):
            yield match_.span("number")
    for match_ in _UNUSUAL.finditer(text):
        yield match_.span()


def _is_a_persons(text: str, match: PhoneNumberMatch) -> bool:
    if _NOT_DIALLED_BEFORE.search(text[max(0, match.start - 2) : match.start]):
        return False
    if _BEGINS_WITH_A_DATE.match(match.raw_string) or not _DIALLED.match(match.raw_string):
        return False
    national = str(match.number.national_number)
    if match.number.country_code != _UNITED_KINGDOM:
        return match.raw_string.lstrip("( ").startswith(("+", "00"))
    if national.startswith(_LANDLINES) and is_a_site(text, match.start, match.end):
        return False
    return _FEWEST_DIGITS <= len(national) <= _MOST_DIGITS and national.startswith(_OF_PEOPLE)


def _is_an_organisations(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return digits >= _FEWEST_DIGITS and bool(_NOBODYS.match(number))
