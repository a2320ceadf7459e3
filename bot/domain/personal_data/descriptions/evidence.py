"""Weigh what a sentence tells of a person: each kind of circumstance makes the person better known.

The words are in `words/circumstances.tsv`, by class, and in `words/ordinary.txt`."""

import re
from collections.abc import Callable

from bot.domain.personal_data.descriptions.people import CAPITAL
from bot.domain.personal_data.descriptions.subjects import A_JOB, ANY_JOB, PERSON, ROLE, THE_ONLY
from bot.domain.personal_data.patterns import any_of
from bot.domain.personal_data.sentences import WORDS
from bot.domain.personal_data.word_lists import (
    AREAS,
    CIRCUMSTANCES,
    INSTITUTIONS,
    MONTHS_AND_DAYS,
    OFFICES,
    ORDINARY,
    VERBS_OF_A_CASE,
)

_UNIQUE, _MOST_UNIQUE = 2, 2  # for each, and how many count
_MOST_RARE = 2
# Unusual words alone tell nobody: "suspect fled abroad and was extradited".
_MOST_UNUSUAL_ALONE = 2
_IS_THE_JOB_WEIGHT = 2
_OF_MANY = -2
_OF_A_POST = -2
_KIND_OF_JOB = (
    r"(?:manager|director|assistant|teacher|nurse|driver|worker|engineer|keeper|owner|founder|captain|chairman|treasurer"
    r"|player|champion|instructor|dealer|maker|singer|dancer|presenter|cleaner|pc|pcso|sergeant|detective|dc|special"
    r" constable|constable|officer)"
)
_NOT_ONE_OF_THEM = r"(?!advocate|caseworker|idva|isva|spoc|lead|police)"
# "victim is the midwife", "perp: station manager", "she's our own former finance manager"
_IS_THE_JOB = re.compile(
    rf"\b(?:{ROLE}|she|he|who)(?: is| was|'s|,| works as| worked as| yw| oedd| ?[:=(-])? ?(?:an?|the|our|their|her|his|yr?)? ?"
    rf"(?:{_NOT_ONE_OF_THEM}[\w'-]{{2,15}} ){{0,4}}?(?:{ANY_JOB}|{_KIND_OF_JOB})\b"
    rf"|\b(?:being|as|became) (?:the|our|their|y|yr) (?:{_NOT_ONE_OF_THEM}[\w'-]{{2,15}} ){{0,3}}?{ANY_JOB}\b",
    re.IGNORECASE,
)
# A building of its own, not any flat or town: "lives above the chippy".
_LIVES_IN_IT = re.compile(
    r"\b(?:liv(?:es|ed|ing)|stay(?:s|ed|ing)|flat|rooms?|byw) (?:in|at|above|over|opposite|behind|under|next to|next door to|beside|near|by"
    r"|across from|yn|uwchben|ger) (?:the|an?|y|yr) (?!area|county|city|community|force|district|same|borough|country|region|uk"
    r"|town|refuge|different|new|flat|house|shared|hostel|home|hotel|place)",
    re.IGNORECASE,
)
_LONGER_WORD = re.compile(r"(?<![\w@.'/-])[a-z]{4,}(?![\w@'-])")
_WELSH = re.compile(r"\b(?:yn|yr?|mae|wedi|ac|ei|i'r|o'r|ar|gan|oedd|yw|am)\b", re.IGNORECASE)
_ENOUGH_WELSH = 2
# "suspect mends the lifts", "the survivor makes wedding cakes"
_DOES_SOMETHING = re.compile(
    rf"\b(?:{ROLE}|couple|family) (?:who |also |now |still |just |has |had |used to ){{0,3}}(?!{any_of(VERBS_OF_A_CASE)}\b)"
    r"(?:[a-z]{2,12}(?:s|ed)|grew|ran|won|taught|sang|swam|sold|bought|built|wrote|drew|flew|rode|drove|held|fell|bred|fought|dug|cut"
    r"|threw|caught|stood|sat|led|read|ate|drank|made|works?|play|run|keep|make|own|breed|sell|teach)\b",
    re.IGNORECASE,
)
# "suspect is her ballet teacher"
_THEIR_OWN = re.compile(
    r"\b(?:her|his) (?:own )?(?:[\w-]{3,12} ){0,2}?(?:teacher|coach|tutor|dentist|priest|vicar|instructor|therapist"
    r"|choirmaster|pupil|lodger|hairdresser|headmaster|headteacher|trainer)\b",
    re.IGNORECASE,
)
_NATIONALITY = re.compile(
    r"\b(?!English|British|Danish Court|Finish|Parish|Spanish Steps|Publish)[A-Z][a-z]{2,9}(?:ish|ese|nian|lian|rian|sian|bian|stani|deshi|mali|qi)\b"
)
# "her partner is the agent for", "the victim's the lady who"
_IS_SOMEBODY = re.compile(
    rf"\b(?:{ROLE}|she|he|partner|husband|wife|mother|father|mum|dad|brother|sister|son|daughter|in[ -]law)(?: is| was|'s|'d been| had been)"
    r" (?:the|an?|second|first|best|head|one of) (?!victim|suspect|focus|one to|same|only way|case|priority|child|adult|risk|high|person)",
    re.IGNORECASE,
)
# "the girl from the bakery", "is the man off the telly"
_DESCRIBED = re.compile(
    rf"\b(?:the|that|this) (?:[\w-]{{2,20}} ){{0,2}}?(?:{PERSON}|family|person|couple) (?:from|off|at|with|who|whose|in|on|of|behind)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"\b(?:in|at|of|from|near|on|for|to|outside|behind|the|by|round|around|across|over|up|down|through|off|yn|ym|yng|ger|o|ficer|gweinidog|prifathro|prifathrawes) ((?:(?:St\.? )?{CAPITAL}[\w'-]{{2,20}} ?){{1,3}})"
)
_NO_PLACES = AREAS | MONTHS_AND_DAYS | OFFICES | INSTITUTIONS - {"street", "road", "school"}
_A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
    r"|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:in|since|of) (?:19|20)\d\d\b"
    r"|\bthe (?:day|night|morning|evening|week|year) (?:after|before|of|that|the)\b",
    re.IGNORECASE,
)
# "walked every day for forty years"
_A_HABIT = re.compile(
    r"\b(?:every|each) (?:day|night|morning|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\bfor (?:\d\d|ten|twenty|thirty|forty|fifty|sixty|seventy) years\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"%|\b(?:per cent|percent|(?:every|each)(?! (?:day|night|morning|evening|week|weekend|year|mon|tues|wednes|thurs|fri|satur|sun))|any|average|majority|victims|survivors|clients|people|cases"
    r"|suspects|perpetrators|figures|policy|pilot|strategy|whether|quarterly|respondents|if an?|when an?"
    r"|where (?:the|an?) (?:victim|survivor|suspect|offender|perpetrator|witness|complainant|caller|client|child|case|police|officer|force|body|person)|if the|when the|whenever|isn't named|not named|is anonymous|anonymously|anonymised|name withheld|no details|dioddefwyr|(?:all|most|many) (?:of )?(?:the |our |new |other )?\w+s)\b",
    re.IGNORECASE,
)
# Somebody's first day at work is no case: "the first woman to lead the unit took up her post".
_IN_A_POST = re.compile(
    r"\b(?:took up (?:her|his|the|their) (?:post|role|duties)|(?:was|been|is) (?:appointed|promoted|recruited|seconded)"
    r"|to (?:lead|head|chair|command|run) (?:the|our|a)|new (?:post|role)|in (?:post|role))\b",
    re.IGNORECASE,
)
# "The only change" is no person.
_NOT_SO_UNIQUE = re.compile(
    r"\bthe (?:only|sole) (?:way|option|reason|thing|time|contact|evidence|concern|action|area|force|change|barrier|gap"
    r"|question|issue|risk|cost|source|route|provider|exception|outstanding|remaining|difference|point|update|body"
    r"|response|service|region|part|recommendation|interview|suite|bid|bidder)\b",
    re.IGNORECASE,
)


def weight(sentence: str) -> int:
    """Sum up the circumstances, each kind counted once; what is said of many, or without names, weighs less."""
    circumstances = (
        sum(bool(kind_in(sentence)) for kind_in in _KINDS) + _uniqueness(sentence) + _job(sentence)
    )
    unusual = min(len(_rare_words(sentence)), _MOST_RARE) + bool(_DOES_SOMETHING.search(sentence))
    if not circumstances:
        unusual = min(unusual, _MOST_UNUSUAL_ALONE)
    return (
        circumstances
        + unusual
        + _OF_MANY * bool(_MANY.search(sentence))
        + _OF_A_POST * bool(_IN_A_POST.search(sentence))
    )


def _uniqueness(sentence: str) -> int:
    phrases = _UNIQUE_PHRASES.findall(_NOT_SO_UNIQUE.sub("", sentence))
    if not phrases:
        return _UNIQUE if THE_ONLY.search(sentence) else 0
    return _UNIQUE * min(len(set(map(str.casefold, phrases))), _MOST_UNIQUE)


def _job(sentence: str) -> int:
    if _IS_THE_JOB.search(sentence):
        return _IS_THE_JOB_WEIGHT
    return bool(A_JOB.search(sentence)) + bool(_IS_SOMEBODY.search(sentence))


def _rare_words(sentence: str) -> set[str]:
    """Find words that neither everyday English nor offices' texts have: a lighthouse, a crane, a donkey."""
    if len(_WELSH.findall(sentence)) >= _ENOUGH_WELSH:
        return set()
    return set(_LONGER_WORD.findall(sentence)) - ORDINARY


def _names_a_place(sentence: str) -> bool:
    return any(map(_is_a_place, _PLACE.findall(sentence)))


def _is_a_place(written: str) -> bool:
    return _NO_PLACES.isdisjoint(map(str.casefold, WORDS.findall(written)))


def _phrases(class_name: str) -> re.Pattern[str]:
    phrases = {phrase for name, phrase in CIRCUMSTANCES if name == class_name}
    return re.compile(rf"\b{any_of(phrases)}\b", re.IGNORECASE)


_UNIQUE_PHRASES = _phrases("unique")
_KINDS: tuple[Callable[[str], object], ...] = (
    *(_phrases(name).search for name in ("family", "trait", "activity", "home", "place", "event")),
    _THEIR_OWN.search,
    _NATIONALITY.search,
    _LIVES_IN_IT.search,
    _DESCRIBED.search,
    _A_DAY.search,
    _A_HABIT.search,
    _names_a_place,
)
