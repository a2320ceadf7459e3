"""Crime and incident references in the forms that the forces of England and Wales give to victims."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.births_and_homes import DATE

_FORMS = (
    # Kent, Essex, the West Midlands and others: station or force, number, year.
    re.compile(r"(?<![\w/-])\d\d[A-Z]{0,2}/(?!20\d\d/)\d{4,7}/\d\d(?![\w/])"),
    # The Metropolitan Police (1234567/24), Northumbria and older ones of Greater Manchester (012345A/24).
    re.compile(r"(?<![\w/.,-])\d{5,7}[A-Z]?/\d\d(?![\w/])"),
    # Greater Manchester (CRI/06AA/0012345/24), Devon and Cornwall, Gloucestershire (CR/012345/24).
    re.compile(r"(?<![\w/])CR[IMN]?[/ -](?:\d\d[A-Z]{2}[/-])?\d{4,7}[/-]\d\d(?![\w/])", re.IGNORECASE),
    # Derbyshire, Leicestershire, Humberside: year, star, number.
    re.compile(r"(?<![\w*])[12]\d\*\d{4,7}(?![\w*])"),
    # Many others: the force's number, year, seven digits (six with 52). 01 and 02 are telephones.
    re.compile(r"(?<![\w£$€+/.,-])(?:0[3-6]|[1-5]\d|6[0-3])[12]\d\d{7}(?![\w/]|[.,]\d)"),
    re.compile(r"(?<![\w£$€+/.,-])52[12]\d\d{6}(?![\w/]|[.,]\d)"),
    # Nottinghamshire, Lincolnshire, North and South Wales: year, zeros, number.
    re.compile(r"(?<![\w£$€+/.,-])[12]\d00\d{6,7}(?![\w/]|[.,]\d)"),
    # Lancashire: LC, day, number of the day.
    re.compile(r"(?<![\w-])[A-Z]{2}-20\d{6}-\d{3,4}(?![\w-])"),
)
_NUMBERED = re.compile(
    r"\b(?:(?:crime|incident|occurrence|investigation|case|log|custody|cris|cad|niche|athena)"
    r"(?:[ -](?:ref(?:erence)?|report|record))?(?:[ -](?:number|num|no|id|ref))?|crn|urn)\b"
    r"(?P<gap>[ .:#=(-]{0,4}(?:(?:is|was|given|quoted)[ :]{1,2}){0,2}#?)"
    r"(?P<value>[A-Z]{0,4}[/ -]?\d[\dA-Z]{0,12}(?:[/*-][\dA-Z]{1,9}){0,4})(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_SAYS_IT_IS_A_NUMBER = re.compile(r"ref|num|\bno\b|\bid\b|crn|urn|cris\b|cad\b", re.IGNORECASE)
_ENOUGH_DIGITS = 4
_OF_THE_DAY = re.compile(
    r"\b(?:incident|log|cad|serial)(?: (?:number|no|ref)\b\.?)?[ :#]{0,2}"
    rf"\d{{1,5}}(?: of | on | dated |/| - |, | )(?:the )?(?:{DATE}|\d\d?[A-Z]{{3}}\d\d)",
    re.IGNORECASE,
)
_YEAR_OR_DATE = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d){0,2}|\d\d?[/-]\d\d?[/-](?:\d{4}|\d\d)")
# Papers have numbers too, and they lead to no person.
_A_PAPER = re.compile(
    r"\b(?:foi|decision|contract|invoice|order|po|grant|minute|paper|policy|charity|company|tender|bid"
    r"|account|budget|asset|ticket|licence|isbn|procurement|application|complaint form|version)"
    r"(?: (?:ref(?:erence)?|number|no|code)\b\.?)?(?: (?:is|was))?[ .:#(]{0,3}$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 45


def crime_references(text: str) -> Iterator[tuple[int, int]]:
    """Their spans; financial years, dates and the numbers of papers are none."""
    for found in _OF_THE_DAY.finditer(text):
        yield found.span()
    for found in _NUMBERED.finditer(text):
        if _is_a_reference(found):
            yield found.span("value")
    for form in _FORMS:
        for found in form.finditer(text):
            if not _A_PAPER.search(text[max(0, found.start() - _LONGEST_LABEL) : found.start()]):
                yield found.span()


def _is_a_reference(found: re.Match[str]) -> bool:
    label = found[0][: found.start("value") - found.start()]
    digits = sum(character.isdigit() for character in found["value"])
    return (
        bool(_SAYS_IT_IS_A_NUMBER.search(label))
        and digits >= _ENOUGH_DIGITS
        and not _YEAR_OR_DATE.fullmatch(found["value"])
    )
