"""Recognise the name of somebody who may be described, in a match of a pattern."""

import re

from bot.domain.personal_data.sentences import TITLES, WORDS, Span
from bot.domain.personal_data.word_lists import (
    ABBREVIATIONS,
    BEGINNINGS,
    BUILDINGS,
    GIVEN_NAMES,
    INSTITUTIONS,
    MONTHS_AND_DAYS,
    OFFICES,
    ONLY_GIVEN_NAMES,
    SENTENCE_BEGINNINGS,
)

CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
WORD = rf"{CAPITAL}[\w'-]{{1,20}}"
PLACE = rf"(?P<place>{CAPITAL}[\w'-]{{1,20}})"
_INITIALS = rf"(?:{CAPITAL}\. ?){{2,3}}|{CAPITAL}\.(?=, \d)|{CAPITAL}\.?{CAPITAL}\b\.?|{CAPITAL} {CAPITAL}\b"
ANY_NAME = rf"(?P<name>{_INITIALS}|{WORD}(?: {WORD}| {CAPITAL}\.?(?!\w)){{0,2}})"
NAME = rf"(?<![\w.@'/-]){ANY_NAME}"
_NOBODYS = INSTITUTIONS | SENTENCE_BEGINNINGS | BEGINNINGS | OFFICES | ABBREVIATIONS
_NO_FIRST_WORDS = SENTENCE_BEGINNINGS - TITLES
# Beside these somebody who is in no office may stand too.
_OFFICES_AFTER = OFFICES - {"head", "worker", "trainer", "researcher"}
NO_PLACE = MONTHS_AND_DAYS | {"victim", "women's", "refuge", "opcc", "pcc", "hmicfrs", "iopc"}
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[,:]? $")
# How many characters before and after a name tell that somebody is in office.
_OFFICE_BEFORE, _OFFICE_AFTER = 25, 30
_FULL_INITIALS = re.compile(_INITIALS)
_ONE_INITIAL = re.compile(rf"{CAPITAL}\.")
_INITIALS_ALONE = 2  # letters


def is_first_name(word: str) -> bool:
    """Return whether it is on the list, and in small letters no everyday word; a month is none."""
    plain = word.casefold()
    if len(word) == _INITIALS_ALONE:
        return word.isupper() and plain not in ABBREVIATIONS
    # "Mae 61 o swyddogion": Welsh sentences begin with a verb that is a name as well.
    if plain in SENTENCE_BEGINNINGS:
        return False
    return plain in ONLY_GIVEN_NAMES or (
        word[0].isupper() and plain in GIVEN_NAMES and plain not in MONTHS_AND_DAYS
    )


def can_be_a_person(text: str, match: re.Match[str], *, strictly: bool) -> bool:
    """Return whether the name is one: initials, or a first name; strictly, a first name that is on the
    list."""
    if is_in_office(text, match.span("name")):
        return False
    name = match["name"]
    if _FULL_INITIALS.fullmatch(name) or _ONE_INITIAL.fullmatch(name):
        letters = re.sub(r"\W", "", name).casefold()
        return "." in name or (
            len(letters) == _INITIALS_ALONE and letters not in (ABBREVIATIONS if strictly else OFFICES)
        )
    words = [word.casefold() for word in name.replace(".", "").split()]
    while len(words) > 1 and words[0] in _NO_FIRST_WORDS:
        words = words[1:]
    if not INSTITUTIONS.isdisjoint(words) or (words[-1] in BUILDINGS and words[0] not in GIVEN_NAMES):
        return False
    if words[0] in GIVEN_NAMES:
        return True
    if words[0] in TITLES:
        return len(words) > 1 and len(words[1]) > 1
    return words[0] not in _NOBODYS and (not strictly or len(words) > 1)


def is_in_office(text: str, name: Span) -> bool:
    """Return whether an office stands right before the name, or soon after it: "Jane Smith, head of
    policy"."""
    start, end = name
    before = _WORD_BEFORE.search(text[max(0, start - _OFFICE_BEFORE) : start])
    if before and before[1].casefold() in OFFICES and before[1] != "lady":
        return True
    after = WORDS.findall(text[end : end + _OFFICE_AFTER])[:3]
    return not _OFFICES_AFTER.isdisjoint(map(str.casefold, after)) or after[:1] == ["head"]
