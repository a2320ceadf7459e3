"""Where a text gives a date of birth, or a home: a full postcode with a house or a street, or the number of a
house in a street beside a person's name."""

import re
from collections.abc import Iterator
from datetime import date

from bot.domain.personal_data.names import people
from bot.domain.personal_data.word_lists import INSTITUTIONS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DATE = (
    r"(?:\d{4}-\d\d?-\d\d?|\d\d?(?P<sep>[/.-])\d\d?(?P=sep)(?:\d{4}|\d\d)|\d\d? \d\d? (?:19|20)\d\d"
    rf"|\d\d?(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}(?:,?[ -](?:\d{{4}}|\d\d))?"
    rf"|{_MONTH} \d\d?(?:st|nd|rd|th)?(?:,? \d{{4}})?)(?![\w/])"
)
_WHOSE = r"(?:the|a|her|his|their|(?:the )?(?:victim|survivor|complainant)(?:'s)?)"
_BIRTH = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday)"
_BIRTHS = (
    re.compile(
        rf"\b{_BIRTH}(?:[\s:,;=()-]{{1,4}}(?:is|was|as|of|on|given|recorded|being|{_WHOSE})\b){{0,5}}"
        rf"[\s:,;=()-]{{0,4}}(?P<date>{DATE})",
        re.IGNORECASE,
    ),
    # "born on or after" is a rule for many, not one person's date.
    re.compile(
        rf"\bborn(?:[ ,(]{{1,2}}(?:on|the|in|at|home|hospital|(?-i:[A-Z][a-z]+)))"
        rf"{{0,4}}[ ,:(]{{1,2}}(?P<date>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\baged? (?:of )?\d{{1,3}}[ ,:;(-]{{1,3}}(?:b\.? ?)?(?P<date>{DATE})", re.IGNORECASE),
    re.compile(
        rf"(?<![\w/.-])(?P<date>{DATE})[\s,;:(-]{{1,4}}(?:(?:is|was|being|as|{_WHOSE}) ){{0,3}}{_BIRTH}",
        re.IGNORECASE,
    ),
)


def births(text: str) -> Iterator[tuple[int, int]]:
    """The spans of days that are said to be a date of birth; the year may be missing."""
    for pattern in _BIRTHS:
        for found in pattern.finditer(text):
            if _is_in_the_calendar(found["date"]):
                yield found.span("date")


def _is_in_the_calendar(written: str) -> bool:
    """False for figures that no calendar has, such as 45/13/2024; a month in words is taken as it is."""
    if any(month in written.casefold() for month in _MONTHS):
        return True
    figures = [int(part) for part in re.split(r"[/. -]", written)]
    year, month, day = figures if figures[0] > 31 else reversed(figures)
    try:
        date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return False
    return True


_STREETS = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|way|court|gardens|grove|place|terrace|crescent"
    r"|square|hill|row|mews|walk|view|rise|parade|quay|green|park|gate|croft|heol|ffordd|stryd)"
)
_POSTCODE = re.compile(
    r"(?<![\w/-])[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![\w-])", re.IGNORECASE
)
_HOUSE_AND_STREET = rf"\d{{1,4}}[a-z]?,? (?:[\w'.-]{{1,20}} ){{0,3}}{_STREETS}\b"
_HOUSE_OR_STREET = re.compile(
    rf"(?<![\w/.-]){_HOUSE_AND_STREET}"
    r"|\b(?:flat|apartment|apt|bungalow|caravan|plot|house)\.? (?:no\.? ?|number )?\d{1,4}[a-z]?\b"
    rf"|(?-i:\b[A-Z][\w'-]{{1,20}} ){_STREETS}\b"
    r"|(?-i:\b[A-Z][\w'-]{1,20} )(?:cottage|house|lodge|farm|barn|bungalow|villa|manor)\b",
    re.IGNORECASE,
)
# "14, Canterbury, CT1 2AB": a number with nothing but a town between it and the postcode.
_NUMBER_BEFORE = re.compile(
    r"(?P<before>[A-Za-z]{0,15}\.? ?)(?<![\w/.-])\d{1,3}[a-z]?,?(?: [A-Z][\w'-]{1,20},?){0,3} $"
)
_NOT_A_HOUSE = re.compile(
    r"^(?:r|recs?|recommendations?|sections?|parts?|items?|rows?|pages?|phase)\W*$", re.I
)
_LIVES = re.compile(
    r"\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|home address|address|moved|rehoused|home|stays|staying)\b"
    rf"[\w ,:']{{0,20}}?[ :](?P<home>{_HOUSE_AND_STREET})",
    re.IGNORECASE,
)
# Beside a name, where no word says that somebody lives there, only what is written as a street's name is one:
# "2 years in court" is not.
_STREETS_IN_SMALL_LETTERS = r"(?:street|road|lane|avenue|terrace|crescent)"
_HOUSE = (
    rf"\d{{1,4}}[a-zA-Z]?,? (?:(?:[A-Z][\w'.-]{{0,19}} ){{1,3}}(?i:{_STREETS})"
    rf"|[a-z'-]{{3,20}} {_STREETS_IN_SMALL_LETTERS})\b"
)
_A_HOUSE = re.compile(_HOUSE)
_OF_SOMEBODY = re.compile(
    rf"[ ,(:-]{{1,3}}(?:(?:who )?(?:is |was |now |lives |lived )?(?:of|at|from) )?(?P<home>{_HOUSE})"
)
_SOMEBODYS = re.compile(rf"(?<![\w/.-])(?P<home>{_HOUSE})(?:: | \()$")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_WORKPLACES = INSTITUTIONS | {"headquarters", "premises", "site"}
_LONGEST_HOUSE = 80
# How many characters from the postcode the house or the street may stand.
_BEFORE, _AFTER = 70, 45


def homes(text: str) -> Iterator[tuple[int, int]]:
    """The spans of postcodes with a house or a street beside them, and of a house and street where
    somebody is said to live. A postcode alone, or an area such as CT1, is nobody's home."""
    postcodes = [postcode.span() for postcode in _POSTCODE.finditer(text)]
    houses = [house.span() for house in _HOUSE_OR_STREET.finditer(text)] if postcodes else []
    for start, end in postcodes:
        if _numbered(text[max(0, start - _BEFORE) : start]) or any(
            start - _BEFORE <= house_end <= start or end <= house_start <= end + _AFTER
            for house_start, house_end in houses
        ):
            yield start, end
    for lives in _LIVES.finditer(text):
        yield lives.span("home")
    if _A_HOUSE.search(text):
        yield from _homes_beside_names(text)


def _homes_beside_names(text: str) -> Iterator[tuple[int, int]]:
    for start, end, office_follows in people(text):
        after_it = _OF_SOMEBODY.match(text, end)
        if after_it and not _is_a_workplace(text, after_it.end()):
            yield after_it.span("home")
        before = max(0, start - _LONGEST_HOUSE)
        before_it = None if office_follows else _SOMEBODYS.search(text[before:start])
        if before_it:
            first, last = before_it.span("home")
            yield before + first, before + last


def _is_a_workplace(text: str, end: int) -> bool:
    """Whether the word after a street says so: "22 Victoria Street headquarters"."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1].casefold() in _WORKPLACES


def _numbered(before: str) -> bool:
    number = _NUMBER_BEFORE.search(before)
    return number is not None and not _NOT_A_HOUSE.match(number["before"])
