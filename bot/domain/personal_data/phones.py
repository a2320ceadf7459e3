"""Find telephone numbers of people: any that can be dialled, but those that only organisations have."""

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher

from bot.domain.personal_data.homes import is_a_site, says_somebody_lives
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
    r"\b(?:mob(?:ile)?|tel(?:ephone)?|(?:tele)?phone|fone|ph|m|t|h|landline|cell|whats ?app|sms|text|ring|ff[oô]n|ffonio|symudol|rhif ff[oô]n)(?![^\W\d_])"
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
# "oh seven seven double oh, 900 448"
_PARTLY_IN_WORDS = re.compile(
    rf"\b(?:oh?|0|zero|nought|dim|sero|seven|double seven|saith) ?(?:{_DIGIT_IN_WORDS}|\d{{1,4}})(?:[ ,-]{{1,3}}(?:{_DIGIT_IN_WORDS}|\d{{1,6}})){{2,12}}\b",
    re.IGNORECASE,
)
_ADVERTISED = re.compile(
    r"\b(?:(?:help|advice|info(?:rmation)?|support|hot|press|office|public|duty|free|national|booking|media|enquiry|enquiries"
    r"|referral|referrals|out of hours|community|stalking|reporting|victims?|survivors?) ?(?:line|desk|number|phone)|switchboard|helpline"
    r"|hotline|on (?:our|the|all|every) (?:\w+ )?(?:cards?|posters?|leaflets?|website|site|letters?|page|banners?|adverts?)"
    r"|to (?:speak|talk) to (?:the|our|an?)|to (?:book|register|apply|complain|enrol)|published|advertised|promoted|dial[ -]?in|llinell gymorth)\b",
    re.IGNORECASE,
)
_FOR_EVERYBODY = re.compile(
    r"\b(?:victims|survivors|clients|people|the public|anyone|anybody|everyone|witnesses|professionals|callers) (?:can|may|should|could|now)?"
    r" ?(?:also )?(?:ring|call|phone|contact|reach|text|dial)\b|\b(?:number|line|tel|phone) for (?:referrals|enquiries|bookings"
    r"|appointments|the public|victims|survivors|all)\b",
    re.IGNORECASE,
)
_AROUND = 45  # characters before and after a number
_WORD = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_OH = re.compile(r"\boh?\b", re.IGNORECASE)
_FEWEST_WORDS = 2
# Six digits that begin so are helplines everywhere in Europe: the Samaritans are 116 123.
_HELPLINE = re.compile(r"116[ -]?\d{3}")
# "Text 43277.164116716." is a figure of a clock.
_A_DECIMAL = re.compile(r"[1-9]\d*\.\d+")
_YEARS = re.compile(r"(?:19|20)\d\d[ /-]{1,3}(?:19|20)?\d\d")
_NOBODYS = re.compile(r"[(+ ]*(?:44[ .()-]*)?[(0 ]*[389]")


def phones(text: str) -> Iterator[Span]:
    yield from _numbers_in_words(text)
    # The library takes most of the time, and most texts hold no number at all.
    if _FIGURE.search(text):
        yield from _numbers_that_the_library_finds(text)
        yield from _numbers_in_figures(text)


def _numbers_in_words(text: str) -> Iterator[Span]:
    for match in _IN_WORDS.finditer(text):
        yield match.span()
    for match in _PARTLY_IN_WORDS.finditer(text):
        if len(_WORD.findall(match[0])) >= _FEWEST_WORDS and _digits_said(match[0]) >= _FEWEST_DIGITS:
            yield match.span()


def _numbers_that_the_library_finds(text: str) -> Iterator[Span]:
    matcher = PhoneNumberMatcher(text, "GB", Leniency.POSSIBLE, _TRIES)
    for match in islice(matcher, _MOST):
        if _is_a_persons(text, match):
            yield match.start, match.end


def _numbers_in_figures(text: str) -> Iterator[Span]:
    """Yield numbers that the library does not read: after a word for a telephone, or with letters for noughts."""
    for match in _LABELLED.finditer(text):
        number = match["number"]
        is_another_figure = any(pattern.fullmatch(number) for pattern in (_A_DECIMAL, _HELPLINE)) or any(
            pattern.match(number) for pattern in (_YEARS, _BEGINS_WITH_A_DATE)
        )
        is_an_offices = _LANDLINE.match(number) and _is_an_offices(text, *match.span("number"))
        if not (is_another_figure or is_an_offices or _is_an_organisations(number)):
            yield match.span("number")
    for match in _UNUSUAL.finditer(text):
        yield match.span()


def _is_a_persons(text: str, match: PhoneNumberMatch) -> bool:
    if _NOT_DIALLED_BEFORE.search(text[max(0, match.start - 2) : match.start]):
        return False
    if _BEGINS_WITH_A_DATE.match(match.raw_string) or not _DIALLED.match(match.raw_string):
        return False
    national = str(match.number.national_number)
    if match.number.country_code != _UNITED_KINGDOM:
        return match.raw_string.lstrip("( ").startswith(("+", "00"))
    if national.startswith(_LANDLINES) and _is_an_offices(text, match.start, match.end):
        return False
    return _FEWEST_DIGITS <= len(national) <= _MOST_DIGITS and national.startswith(_OF_PEOPLE)


def _is_an_offices(text: str, start: int, end: int) -> bool:
    """Return whether the words around a landline make it one of an office or a service."""
    return is_a_site(text, start, end) or _is_advertised(text, start, end)


def _digits_said(words: str) -> int:
    """Count the digits of a number that is partly written in words."""
    words_said = [word.casefold() for word in _WORD.findall(words)]
    # "nine hundred" is three digits, "treble five" too.
    longer = words_said.count("treble") + words_said.count("triple") + words_said.count("hundred")
    return sum(map(str.isdigit, words)) + len(words_said) + len(_OH.findall(words)) + longer


def _is_advertised(text: str, start: int, end: int) -> bool:
    """Return whether the words around a landline say that it is published: "our advice line 020 7946
    0123"."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if _FOR_EVERYBODY.search(before):
        return True
    return bool(_ADVERTISED.search(before) or _ADVERTISED.search(after)) and not says_somebody_lives(
        before + " " + after
    )


def _is_an_organisations(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return digits >= _FEWEST_DIGITS and bool(_NOBODYS.match(number))
