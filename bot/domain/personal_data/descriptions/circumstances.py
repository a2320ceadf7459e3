"""Find somebody in a case who is told by circumstances alone: "the woman with the alpacas near Hay".

No single pattern finds such a text. Each sentence is weighed: whether it is about one person, and how many
circumstances of different classes it tells of that person. What is said of many, or of people in office, does
not count. The words are in `words/circumstances.tsv`."""

import re
from collections.abc import Iterator
from functools import cache

from bot.domain.personal_data.descriptions.people import CAPITAL, any_of
from bot.domain.personal_data.sentences import Span
from bot.domain.personal_data.word_lists import (
    AREAS,
    CALLINGS,
    CIRCUMSTANCES,
    INSTITUTIONS,
    JOBS,
    JOBS_OF_ONE,
    MONTHS_AND_DAYS,
    OFFICES,
    TASKS,
)

# From this sum on a sentence tells who somebody is.
_ENOUGH = 3
# People at work are spoken of who are in no case: "the nurse at the clinic".
_ENOUGH_OF_A_JOB = 4
_UNIQUE, _MOST_UNIQUE, _ONLY, _DESCRIBED_SO, _LIVES_THERE = 2, 2, 2, 1, 1
_WEIGHTS = {"family": 1, "trait": 1, "activity": 1, "home": 1, "place": 1, "event": 1}
_JOB, _DEFINITE_JOB, _NAMED_PLACE, _DAY = 1, 2, 1, 1
_OF_MANY = -2

_SENTENCE = re.compile(r"[^.!?\n]{1,600}(?:[.!?](?!\s)[^.!?\n]{0,600}){0,20}")
# The full stop behind these ends no sentence.
_ABBREVIATED = re.compile(
    r"\b(vic|susp|wit|perp|compl|mr|mrs|ms|dr|st|yr|yrs|approx|incl|dept|def|off)\.", re.IGNORECASE
)
_ROLE = (
    r"(?:victim|vic|complainant|survivor|suspect|perp|perpetrator|offender|stalker|defendant|witness|client|caller"
    r"|aggrieved|accused|harasser|abuser|case study|ex|ex-partner|ex-husband|ex-wife|ex-boyfriend|ex-girlfriend"
    r"|d?dioddefwr(?:aig)?|goroeswr(?:aig)?|tyst|drwgdybyn)"
)
_NO_TASK = rf"(?!'?s?'? (?:{'|'.join(sorted(TASKS))})\b)(?!s\b)"
_ROLE_OF_ONE = re.compile(
    rf"(?<!\ba )(?<!\ban )(?<!\bany )(?<!\beach )(?<!\bevery )(?<!\bno )(?<!\bper )\b{_ROLE}\b{_NO_TASK}",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:she|he|her|his|him|hers|herself|himself|she's|he's)\b", re.IGNORECASE)
_PERSON = (
    r"(?:woman|man|lady|gentleman|lad|girl|boy|lass|teenager|teen|schoolgirl|schoolboy|pensioner|widow|widower"
    r"|mother|father|mum|mam|dad|grandmother|grandfather|gran|nan|couple|guy|bloke|fella|chap|student"
    r"|pupil|neighbour|tenant|resident|patient|dynes|menyw|dyn|merch|bachgen)"
)
_SOMEBODY = re.compile(
    rf"\b(?:the|that|this|an?|one|our|only) (?:[\w-]{{2,20}} ){{0,3}}?(?:{_PERSON}|one (?:who|with|that|from)|family|person (?:who|with|from))\b(?!s\b)"
    r"|\byou(?:'ll| will| can)? (?:know|guess) who\b"
    rf"|^\W*{_PERSON} (?:with|who|whose|from|in|at|on|of)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:wife|husband|widow|widower|daughter|son|mother|father|sister|brother|partner|girlfriend|boyfriend|niece"
    r"|nephew|ex)\b of (?:the|a|our)\b"
    r"|\b(?:the|an?|our) (?:[\w-]{2,20} ){0,2}?[\w-]{3,20}'s (?:wife|husband|widow|widower|daughter|son|mother"
    r"|father|sister|brother|partner|girlfriend|boyfriend|niece|nephew|ex)\b",
    re.IGNORECASE,
)
# "lives above the chippy": notes leave out who.
_LEFT_OUT = re.compile(
    r"^\W*(?:lives|lived|works|worked|runs|owns|plays|teaches|sings|drives)\b", re.IGNORECASE
)
_ANY_JOB = any_of(JOBS | JOBS_OF_ONE | CALLINGS)
_KIND_OF_JOB = (
    r"(?:manager|director|assistant|teacher|nurse|driver|worker|engineer|keeper|owner|founder|captain|chairman|treasurer"
    r"|player|champion|instructor|dealer|maker|singer|dancer|presenter|cleaner|pc|pcso|sergeant|detective|dc|special"
    r" constable|constable|officer)"
)
_NOT_ONE_OF_THEM = r"(?!advocate|caseworker|idva|isva|spoc|lead|police)"
# "victim is the midwife", "perp: station manager", "she's our own former finance manager"
_IS_THE_JOB = re.compile(
    rf"\b(?:{_ROLE}|she|he|who)(?: is| was|'s|,| works as| worked as| yw| oedd| ?[:=(-])? ?(?:an?|the|our|their|her|his|yr?)? ?"
    rf"(?:{_NOT_ONE_OF_THEM}[\w'-]{{2,15}} ){{0,4}}?(?:{_ANY_JOB}|{_KIND_OF_JOB})\b"
    rf"|\b(?:being|as|became) (?:the|our|their|y|yr) (?:{_NOT_ONE_OF_THEM}[\w'-]{{2,15}} ){{0,3}}?{_ANY_JOB}\b",
    re.IGNORECASE,
)
_THE_JOB = re.compile(
    rf"\bthe (?:[\w'-]{{2,15}} ){{0,2}}?{_ANY_JOB} (?:who|whose|at|in|of|from|on|with|behind)\b",
    re.IGNORECASE,
)
_LIVES_IN_IT = re.compile(
    r"\b(?:liv(?:es|ed|ing)|stay(?:s|ed|ing)|flat|rooms?|byw) (?:in|at|above|over|opposite|behind|under|next to|next door to|beside|near|by"
    r"|across from|yn|uwchben|ger) (?:the|an?|y|yr) (?!area|county|city|community|force|district|same|borough|country|region|uk"
    r"|town|refuge|different|new|flat|house|shared|hostel|home|hotel|place)",
    re.IGNORECASE,
)
# "the girl from the bakery", "is the man off the telly"
_DESCRIBED = re.compile(
    rf"\b(?:the|that|this) (?:[\w-]{{2,20}} ){{0,2}}?(?:{_PERSON}|family|person|couple) (?:from|off|at|with|who|whose|in|on|of|behind)\b",
    re.IGNORECASE,
)
_A_JOB = re.compile(rf"\b{_ANY_JOB}s?\b", re.IGNORECASE)
_PLACE = re.compile(
    rf"\b(?:in|at|of|from|near|on|for|to|outside|behind|the|by|round|around|across|over|up|down|through|off|yn|ym|ger|o) ((?:{CAPITAL}[\w'-]{{2,20}} ?){{1,3}})"
)
_A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
    r"|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:in|since|of) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"%|\b(?:per cent|percent|every|each|any|average|majority|victims|survivors|clients|people|cases"
    r"|suspects|perpetrators|figures|policy|pilot|strategy|whether|quarterly|respondents|if an?|when an?"
    r"|where (?:the|an?)|if the|when the|whenever|dioddefwyr|(?:all|most|many) (?:of )?(?:the |our |new |other )?\w+s)\b",
    re.IGNORECASE,
)
_IN_OFFICE = re.compile(
    rf"\b(?:{'|'.join(sorted((OFFICES | {'advocates', 'commissioner', 'chief', 'sponsor', 'spoc', 'idva'}) - {'lady', 'worker', 'head', 'trainer', 'author', 'barrister', 'judge', 'consultant', 'editor', 'magistrate', 'mayor', 'minister', 'cllr', 'councillor', 'mp', 'professor', 'prof', 'researcher', 'di', 'colleague', 'manager', 'coroner', 'officer'}))}|new post|job share)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
_THE_ONLY = re.compile(
    rf"\b(?:only|youngest|oldest|first|sole|longest[ -]serving|tallest|last) (?!the |a |an )(?:[\w-]{{2,20}} ){{0,2}}(?:{_PERSON}|family|person|household|couple|house|{_ANY_JOB})\b(?!s\b)(?! (?:response|referral|contact|thing|support|line))",
    re.IGNORECASE,
)
# "The only change" is no person.
_NOT_SO_UNIQUE = re.compile(
    r"\bthe (?:only|sole) (?:way|option|reason|thing|time|contact|evidence|concern|action|area|force|change|barrier|gap"
    r"|question|issue|risk|cost|source|route|provider|exception|outstanding|remaining|difference|point|update|body"
    r"|response|service|region|part|recommendation|interview|suite|bid|bidder)\b",
    re.IGNORECASE,
)


def circumstances(text: str) -> Iterator[Span]:
    """Yield the spans of sentences that tell by circumstances who somebody is."""
    for sentence in _SENTENCE.finditer(_ABBREVIATED.sub(r"\1 ", text)):
        if _is_about_one_person(sentence[0]):
            enough = _ENOUGH
        elif _THE_JOB.search(sentence[0]) or _THE_ONLY.search(sentence[0]):
            enough = _ENOUGH_OF_A_JOB
        else:
            continue
        if _weight(sentence[0]) >= enough:
            yield sentence.span()


def _is_about_one_person(sentence: str) -> bool:
    if any(pattern.search(sentence) for pattern in (_ROLE_OF_ONE, _SOMEBODY, _RELATIVE, _LEFT_OUT)):
        return True
    return bool(_PRONOUN.search(sentence)) and not _IN_OFFICE.search(_A_JOB.sub("", sentence))


def _weight(sentence: str) -> int:
    """Sum up the classes of circumstances, each counted once."""
    weight = sum(_WEIGHTS[name] for name in _WEIGHTS if _circumstance(name).search(sentence))
    unique = _circumstance("unique").findall(_NOT_SO_UNIQUE.sub("", sentence))
    weight += _UNIQUE * min(len(set(map(str.casefold, unique))), _MOST_UNIQUE)
    weight += _ONLY if not unique and _THE_ONLY.search(sentence) else 0
    weight += _LIVES_THERE if _LIVES_IN_IT.search(sentence) else 0
    weight += _DESCRIBED_SO if _DESCRIBED.search(sentence) else 0
    if _IS_THE_JOB.search(sentence):
        weight += _DEFINITE_JOB
    elif _A_JOB.search(sentence):
        weight += _JOB
    if any(map(_is_a_place, _PLACE.findall(sentence))):
        weight += _NAMED_PLACE
    if _A_DAY.search(sentence):
        weight += _DAY
    return weight + (_OF_MANY if _MANY.search(sentence) else 0)


@cache
def _circumstance(name: str) -> re.Pattern[str]:
    phrases = {phrase for class_name, phrase in CIRCUMSTANCES if class_name == name}
    return re.compile(rf"\b{any_of(phrases)}\b", re.IGNORECASE)


def _is_a_place(written: str) -> bool:
    words = {word.casefold() for word in _WORDS.findall(written)}
    return words.isdisjoint(AREAS | MONTHS_AND_DAYS | OFFICES | INSTITUTIONS - {"street", "road", "school"})
