"""Find somebody told by initials or a first name with what makes them known: an age and a place, a street, or
a job and a place."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.domain.personal_data.homes import STREET_KINDS, WELSH_STREETS, is_a_workplace
from bot.domain.personal_data.sentences import TITLES, Span
from bot.domain.personal_data.word_lists import (
    ABBREVIATIONS,
    AREAS,
    BEGINNINGS,
    BUILDINGS,
    GIVEN_NAMES,
    INSTITUTIONS,
    JOBS,
    JOBS_OF_ONE,
    MONTHS_AND_DAYS,
    OFFICES,
    ONLY_GIVEN_NAMES,
    SENTENCE_BEGINNINGS,
    WORKPLACES,
)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first: "deputy head" before "deputy"."""
    return rf"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_WORDS = re.compile(r"[^\W\d_]+")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w'-]{{1,20}}"
_PLACE = rf"(?P<place>{_CAPITAL}[\w'-]{{1,20}})"
_INITIALS = (
    rf"(?:{_CAPITAL}\. ?){{2,3}}|{_CAPITAL}\.(?=, \d)|{_CAPITAL}\.?{_CAPITAL}\b\.?|{_CAPITAL} {_CAPITAL}\b"
)
_ANY_NAME = rf"(?P<name>{_INITIALS}|{_WORD}(?: {_WORD}| {_CAPITAL}\.?(?!\w)){{0,2}})"
_NAME = rf"(?<![\w.@'/-]){_ANY_NAME}"
_THE = r"(?:the |a |an |her |his |their |our )?"

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
    rf"{_NAME}(?:{_IS}(?:{_AGED}|(?:an? )?(?:\d{{1,2}}|{_AGE_IN_WORDS}){_YEARS_OLD}|{_AGE_IN_WORDS}(?= and|,|\)))|{_NUMBER})"
)
_PLACE_AFTER = re.compile(
    rf"(?:\b(?:from|of|in|at|near|outside|around|to|o|yn|ym|yng|ger)\s+(?:the )?|^\)?,? ?\(?){_PLACE}"
)
_PLACE_BEFORE = re.compile(rf"\b(?i:from|in|at|near|of|yn) {_PLACE}(?: {_WORD})?[,: ]")
# "sophie 23 from wickham", "'Beth' 31 Eastmere", "DN/F/38/Marsh End"
_TERSE = re.compile(
    r"(?<![\w.@/-])'?(?P<name>[^\W\d_]{2,15})'? \(?(?:[MFmf] ?)?[1-9]\d\)?,?"
    rf" (?:(?:from|of|in|o|yn) (?:the )?(?P<low>[a-z'-]{{3,20}})\b|(?:(?:from|of|in|o|yn) )?{_PLACE})"
)
_SLASHED = re.compile(
    rf"(?<![\w/])(?P<name>{_CAPITAL}\.?{_CAPITAL}\.?|{_WORD}) ?[/,;|-] ?"
    rf"(?:(?:[MF]|female|male) ?[/,;|-]? ?[1-9]\d|[1-9]\d ?[/,;|-]? ?(?:[MF]|female|male)) ?[/,;|-] ?{_PLACE}",
)
# "anna, 34, hightown"
_SMALL_LETTERS_AND_AGE = re.compile(
    r"(?<![\w@.'/-])(?P<name>[a-z]{3,15})(?:, | \()[1-9]\d(?:, |\),? )[a-z]{3,20}\b"
)
# "Anna - 34 - Hightown", "A.N./34/Marsh End"; "Rhys/15/Gwent" is a contact, a recommendation and a body.
_IN_A_ROW = re.compile(
    rf"(?<![\w/])(?P<name>{_CAPITAL}\.?{_CAPITAL}\.?|{_WORD})(?P<sep> ?[/;|-] ?)[1-9]\d(?P=sep){_PLACE}"
)
# "Z.K. 34, Nether Hay", "Anna 34, Hightown"
_AGE_BEFORE_PLACE = re.compile(rf"(?<![\w/])(?P<name>(?:{_CAPITAL}\. ?){{2,3}}|{_WORD}) ?[1-9]\d, {_PLACE}")
# "34-year-old Anna from Hightown"
_AGE_FIRST = re.compile(
    rf"(?:\b{_AGE_IN_WORDS}|(?<!\d)[1-9]\d){_YEARS_OLD} (?:\w{{3,12}} )?{_ANY_NAME},? (?:from|of|in|o|yn) (?:the )?{_PLACE}"
)
# "J.T. from Hightown, 61, waited", "Anna of Hightown (aged 34)"
_NAME_PLACE_AGE = re.compile(
    rf"{_NAME} (?:from|of|o) (?:the )?{_PLACE}(?: {_WORD})?(?:, | \()(?:aged? |who is )?[1-9]\d(?:{_YEARS_OLD})?"
    r"(?=[,.;)]|$| who| is| was| has| had)"
)
# "a 34-year-old from Hightown called Anna", "the 19-year-old (Hightown) named Tom"
_AGE_PLACE_NAME = re.compile(
    rf"(?<!\d)[1-9]\d(?:{_YEARS_OLD})(?: \w{{3,12}})?,? \(?(?:from|of|in|near|o|yn) (?:the )?{_PLACE}(?: {_WORD})?\)?,? "
    rf"(?:who is |is |was )?(?:called|named|known as|o'r enw) {_ANY_NAME}"
)
# "Priya's case (she is 45 and lives in Castle Thorpe)": the age stands apart from the name.
_SOMEBODY_S_AGE = re.compile(
    rf"\b(?i:she|he|they)(?:'s| is| was|'re| are) (?:aged |only |just )?[1-9]\d\b(?!%)"
    rf"[^.!?\n]{{0,40}}?\b(?:lives in|from|of|living in|lives at|lives near|based in) {_PLACE}"
)
_NAMES_WITH_AGE_AND_PLACE = (_SLASHED, _NAME_PLACE_AGE, _AGE_PLACE_NAME, _AGE_FIRST)
_LIVES = re.compile(r",? (?:who )?(?:lives|living|resides|residing|who lived|(?:has |was )?moved|now in)\b")
_FIRST_NAME = re.compile(r"(?<!\w)[^\W\d_]{3,15}")
_NAME_IS_NEAR = 60  # characters before the age
_NEAR = 60  # characters between an age and a place
_SENTENCE_END = re.compile(r"[.!?]\s|\n")

_STREET = (
    r"(?P<street>(?:(?:number |no\.? ?)?\d{1,4}[a-z]?,? )?"
    rf"(?:(?:the )?(?:{_WORD} ){{1,3}}(?i:{STREET_KINDS})|(?i:{WELSH_STREETS}) (?:y |yr )?{_WORD})\b)"
)
_LIVING = (
    r"(?:who |now |still |both |is |was |currently |lives? |lived |living |resides |residing |staying |stays "
    r"|yn |byw ){0,4}"
)
_NAMES_IN_STREETS = (
    re.compile(rf"{_NAME},? \(?{_LIVING}(?:of|from|in|on|at|near|off|to|o|ar|yn|moved to|down)? ?{_STREET}"),
    re.compile(
        rf"{_NAME}(?:'s?|,? whose) (?:flat|house|home|door|place|address|bungalow|bedsit|room) "
        rf"(?:is |was )?(?:in|on|at|off|near|is) {_STREET}"
    ),
    re.compile(
        rf"{_STREET}(?: resident| neighbour| mother| mum| woman| lady| man| lad| girl| boy| caller| client| family| victim)? ?[(,:-]? ?{_ANY_NAME}"
    ),
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

_JOB = _any_of(JOBS)
# Welsh says what kind of a job it is after it: "meddyg teulu yn Llanfair".
_ADJECTIVE = r"(?: [^\W\d_]{3,12}(?= (?:yn|ym|yng|o)\b))?"
_KINDS_OF_JOB = (
    r"(?:who |is |was |works |worked |working |as |the |an? |our |local |village |retired |trainee |student "
    r"|part-time |senior |former |head |primary |secondary |school |night |deputy |young |single ){0,6}"
)
_WORKING = (
    r"(?:works|worked|is working|is employed|runs|manages|owns|teaches|volunteers|drives|cleans|serves"
    r"|waits tables|yn gweithio)"
)
_FEW_WORDS = r"(?:[\w'-]{1,20} ){0,4}?"
_NAMES_AT_WORK = (
    re.compile(
        rf"{_NAME}(?:,? \(?| - ){_KINDS_OF_JOB}(?i:{_JOB})s?\b{_ADJECTIVE}"
        rf"(?: (?:at|in|from|for|of|near|yn|ym|o) {_THE}{_FEW_WORDS}|, (?:of |in |from )?){_PLACE}"
    ),
    re.compile(
        rf"\b(?:the |an? |local |her |his )(?:[\w'-]{{1,15}} ){{0,2}}?{_JOB},? (?:called |named )?{_ANY_NAME}"
        rf",? (?:from|of|in|at) (?:the )?{_PLACE}"
    ),
    re.compile(
        rf"{_NAME},? (?:who )?{_WORKING} {_FEW_WORDS}(?:at|in|for|on|the|yn|ym) {_THE}{_FEW_WORDS}"
        rf"(?:(?:in|at|on|of) )?{_PLACE}"
    ),
)
# Without a name: somebody in a case told by what they do and where.
_SOMEBODY = (
    r"(?:she|he|her|his|him|victim|vic|survivor|complainant|suspect|client|caller|witness|perp|perpetrator|ex"
    r"|AP|IP|hi|hithau|dioddefwr)(?:'s)?"
)
_BEING = (
    r"(?:[ (:=,-]{1,3}(?:is|was|works?|worked|working|as|a|an|the|only|one|job|role|employed|yr|year|\d{1,2}|ks\d"
    r"|local|retired|serving|who|now|through|her|his|well known|known|trainee|part-time|full-time|young|newly|by"
    r"|profession|school|primary|secondary|head|senior|s|yn|day|trade|qualified)){0,9}[ (:=,-]{1,3}"
)
_AT_A_PLACE = (
    r"(?:[ ,(-]{1,3}(?:based |working |living )?(?:at|in|of|from|for|on|near|yn|ym|o)|,)(?: the| a| an| her| his| our)?"
    rf" (?:[a-z0-9'&-]{{1,20}} ){{0,4}}{_PLACE}"
)
_REPORTED = (
    r"(?:rang|reported|stalked|told us|who|complained|called|was the|is the|victim|hasn't|harassed|followed|is being"
    r"|was being|she|her|came forward|withdrew|still)"
)
_JOBS_WITHOUT_NAMES = (
    re.compile(rf"\b(?i:{_SOMEBODY}){_BEING}(?i:{_JOB})s?\b{_AT_A_PLACE}"),
    re.compile(
        rf"\b(?i:{_SOMEBODY}){_BEING}(?:the )?only (?:[a-z]{{3,20}} ){{1,3}}(?:in|at|on|for) (?:the )?{_PLACE}"
    ),
    re.compile(rf"\b[Tt]he only (?i:{_JOB}) (?:in|at|of) (?:the )?{_PLACE}"),
    re.compile(
        rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z-]{{3,15}} )?(?i:{_JOB}){_AT_A_PLACE}[^.!?\n]{{0,30}}?\b{_REPORTED}\b"
    ),
    re.compile(
        rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z-]{{3,15}} )?(?i:{_JOB}) (?:from|of|in)"
        r" (?P<place>(?!the |a |our |her |his |their |that |this )[a-z]{4,20})(?: [a-z]{3,20})? who\b"
    ),
    re.compile(
        r"(?:(?:^|[.;(-] ?)|\b(?:she|he|victim|vic|who|client|survivor|and) )[Ww]orks (?:nights?|days|shifts|weekends"
        r"|part-time|full-time|mornings|evenings|behind|on the (?:till|door|bar|desk|counter|tills)|at (?:the|a)"
        rf"|in (?:the|a|an)|for (?:the|a)) (?:[a-z'-]{{1,20}} ){{0,9}}?(?:(?:in|at|on|of) (?:the )?)?{_PLACE}"
    ),
)
# Of a victim or a suspect the job counts wherever it is, with a service or an office too.
_IN_A_CASE = (
    r"(?<!no )(?<!any )(?<!every )(?<!each )\b(?i:victim|vic|survivor|complainant|suspect|perp|perpetrator|offender"
    r"|d?dioddefwr(?:aig)?|goroeswr(?:aig)?|AP|IP)"
)
_HEAD_OF_A_SCHOOL = re.compile(
    rf"\b(?i:{_SOMEBODY})(?: is|'s| was|,) (?:the |a )?(?:deputy |assistant )?(?:head|principal) (?:of|at) (?:{_WORD} ){{1,4}}?"
    r"(?P<place>School|Academy|College|Primary|Nursery|Infants|Juniors)\b"
)
_WELSH_JOB_OF_SOMEBODY = re.compile(
    rf"\b(?i:{_JOB})(?: [^\W\d_]{{3,12}})? (?:yn|ym|yng|o) {_PLACE} (?:yw'r|ydy'r|oedd y) (?i:d?dioddefwr|goroeswr|tyst)"
)
_SERVING_AND_STALKED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z-]{{3,15}} )?(?i:{_JOB}|sergeant|officer|constable|pc) (?:on|at|in|from|of|with)"
    rf"(?: the)? {_PLACE}[^.!?\n]{{0,40}}?\b(?:is|was|are|who is|being) (?:the (?:one|person|victim) )?"
    r"(?:being )?(?:stalked|harassed|abused|assaulted|followed|raped|attacked|(?:a |the )?victim)\b"
)
_JOBS_OF_SOMEBODY_IN_A_CASE = (
    _HEAD_OF_A_SCHOOL,
    _WELSH_JOB_OF_SOMEBODY,
    _SERVING_AND_STALKED,
    re.compile(
        rf"{_IN_A_CASE}(?:(?:,? who)? (?:is|was|yw|works as|worked as)| ?[:=(-]) ?(?:an?|the|our|her|his)? ?(?:[a-z-]{{3,15}} ){{0,3}}?"
        rf"(?i:{_JOB})s?\b{_AT_A_PLACE}"
    ),
    re.compile(
        rf"{_IN_A_CASE},? (?:who )?{_WORKING} (?:[\w'-]{{1,20}} ){{0,4}}?(?:at|in|for|on|yn|ym) {_THE}{_FEW_WORDS}{_PLACE}"
    ),
)
_JOB_OF_ONE = re.compile(
    rf"\b[Tt]he (?:local |village |only |new |old |former |young )?(?i:{_any_of(JOBS_OF_ONE)})(?: (?:at|in|of|for|from) |, )"
    rf"(?:the )?(?:[a-z'-]{{1,20}} ){{0,3}}(?:{_WORD} ){{0,3}}(?:[a-z'-]{{1,20}} ){{0,3}}?{_PLACE}"
)
_AN_AGE = re.compile(rf"(?<!\d)[1-9]\d(?!\d)|\b{_AGE_IN_WORDS}\b")
_A_STREET = re.compile(rf"\b(?:{STREET_KINDS}|{WELSH_STREETS})\b", re.IGNORECASE)
# One word of each job, and of how people say that somebody works.
_JOB_WORDS = (
    frozenset(_WORDS.findall(job)[-1] for job in JOBS | JOBS_OF_ONE)
    | {f"{_WORDS.findall(job)[-1]}s" for job in JOBS | JOBS_OF_ONE}
    | frozenset(
        [
            "works",
            "worked",
            "working",
            "runs",
            "manages",
            "owns",
            "teaches",
            "volunteers",
            "drives",
            "cleans",
            "serves",
            "waits",
            "employed",
            "gweithio",
            "only",
            "head",
            "principal",
            "sergeant",
            "officer",
            "constable",
            "pc",
        ]
    )
)
_NOBODYS = INSTITUTIONS | SENTENCE_BEGINNINGS | BEGINNINGS | OFFICES | ABBREVIATIONS
_NO_PLACE = MONTHS_AND_DAYS | {"victim", "women's", "refuge", "opcc", "pcc", "hmicfrs", "iopc"}
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[,:]? $")
# How many characters before and after a name tell that somebody is in office.
_OFFICE_BEFORE, _OFFICE_AFTER = 25, 30
_FULL_INITIALS = re.compile(_INITIALS)
_ONE_INITIAL = re.compile(rf"{_CAPITAL}\.")
# Whoever works for one of these is known there for the work, and not as somebody in a case.
_EMPLOYERS = WORKPLACES - {"university", "hospital", "surgery", "clinic", "library", "museum", "court", "centre",
                           "center", "branch", "hotel", "warehouse", "reception", "charity"}  # fmt: skip
_SERVICES = INSTITUTIONS - {
    "academy", "children", "city", "clinic", "college", "court", "fire", "gardens", "gateway", "general",
    "google", "hall", "health", "home", "homes", "hospital", "hotel", "infirmary", "museum", "parish", "prison",
    "primary", "road", "school", "social", "street", "terrace", "theatre", "university", "crescent", "avenue",
    "suite", "ysbyty", "ysgol", "stadium", "amazon", "apple",
}  # fmt: skip
_INITIALS_ALONE = 2  # letters
_NEXT_WORDS = 30  # characters after a place in which a word for an employer counts


def descriptions(text: str) -> Iterator[Span]:
    """Yield the spans from the name to what makes it known; or of a job and place that are told of somebody."""
    if _AN_AGE.search(text):
        yield from _ages(text)
    if _A_STREET.search(text):
        yield from _streets(text)
    yield from _names_in_small_letters(text)
    # Most texts have no job in them, and the patterns of jobs are the slowest.
    if not _JOB_WORDS.isdisjoint(_WORDS.findall(text.casefold())):
        yield from _jobs(text)


def _ages(text: str) -> Iterator[Span]:
    for match in _NAME_AND_AGE.finditer(text):
        lives_there = _LIVES.match(text, match.end())
        if _can_be_a_person(text, match, strictly=match["bare"] is not None and not lives_there):
            end = _end_of_place(text, match)
            if end:
                yield match.start("name"), end
    for match in _TERSE.finditer(text):
        if _is_first_name(match["name"]) and not _is_a_day(match):
            yield match.span()
    for match in _any(_NAMES_WITH_AGE_AND_PLACE, text):
        if _can_be_a_person(text, match, strictly=True):
            yield match.span()
    for match in _any((_IN_A_ROW, _AGE_BEFORE_PLACE), text):
        is_a_date = match["name"].casefold() in MONTHS_AND_DAYS
        is_a_body = match["place"].casefold() in AREAS
        if not is_a_date and not is_a_body and _can_be_a_person(text, match, strictly=True):
            yield match.span()
    for match in _SOMEBODY_S_AGE.finditer(text):
        before = _SENTENCE_END.split(text[max(0, match.start() - _NAME_IS_NEAR) : match.start()])[-1]
        if any(map(_is_first_name, _FIRST_NAME.findall(before))):
            yield match.span()


def _streets(text: str) -> Iterator[Span]:
    for match in _any(_NAMES_IN_STREETS, text):
        if _can_be_a_person(text, match, strictly=True) and _is_a_home(text, match):
            yield match.span()


def _jobs(text: str) -> Iterator[Span]:
    for match in _any(_NAMES_AT_WORK, text):
        if _can_be_a_person(text, match, strictly=True) and not _is_for_an_employer(text, match):
            yield match.span()
    for match in _any(_JOBS_WITHOUT_NAMES, text):
        if not _is_for_an_employer(text, match):
            yield match.span()
    for match in _JOB_OF_ONE.finditer(text):
        if match["place"].casefold() not in AREAS and not _is_for_an_employer(text, match):
            yield match.span()
    for match in _any(_JOBS_OF_SOMEBODY_IN_A_CASE, text):
        if match["place"].casefold() not in _NO_PLACE:
            yield match.span()


def _names_in_small_letters(text: str) -> Iterator[Span]:
    for match in _any((_SMALL_LETTERS_AND_AGE, _SMALL_LETTERS_IN_STREET), text):
        if match["name"] in ONLY_GIVEN_NAMES:
            yield match.span()


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    return chain.from_iterable(pattern.finditer(text) for pattern in patterns)


def _is_first_name(word: str) -> bool:
    """Whether it is on the list, and in small letters no everyday word; a month is none."""
    plain = word.casefold()
    if len(word) == _INITIALS_ALONE:
        return word.isupper() and plain not in ABBREVIATIONS
    return plain in ONLY_GIVEN_NAMES or (word[0].isupper() and plain in GIVEN_NAMES - MONTHS_AND_DAYS)


def _is_a_day(match: re.Match[str]) -> bool:
    return (match["low"] or match["place"]).casefold() in MONTHS_AND_DAYS


def _can_be_a_person(text: str, match: re.Match[str], *, strictly: bool) -> bool:
    """Whether the name is one: initials, or a first name; strictly, a first name that is on the list."""
    if _is_in_office(text, match):
        return False
    name = match["name"]
    if _FULL_INITIALS.fullmatch(name) or _ONE_INITIAL.fullmatch(name):
        letters = re.sub(r"\W", "", name).casefold()
        return "." in name or (len(letters) == 2 and letters not in ABBREVIATIONS)
    words = [word.casefold() for word in name.replace(".", "").split()]
    while len(words) > 1 and words[0] in SENTENCE_BEGINNINGS - TITLES:
        words = words[1:]
    if not INSTITUTIONS.isdisjoint(words) or (words[-1] in BUILDINGS and words[0] not in GIVEN_NAMES):
        return False
    if words[0] in GIVEN_NAMES:
        return True
    if words[0] in TITLES:
        return len(words) > 1 and len(words[1]) > 1
    return words[0] not in _NOBODYS and (not strictly or len(words) > 1)


def _is_in_office(text: str, match: re.Match[str]) -> bool:
    """Whether an office stands right before the name, or soon after it: "Jane Smith, head of policy"."""
    start, end = match.span("name")
    before = _WORD_BEFORE.search(text[max(0, start - _OFFICE_BEFORE) : start])
    if before and before[1].casefold() in OFFICES and before[1] != "lady":
        return True
    after = _WORDS.findall(text[end : end + _OFFICE_AFTER])[:3]
    return not {word.casefold() for word in after}.isdisjoint(
        OFFICES - {"head", "worker", "trainer", "researcher"}
    ) or (bool(after) and after[0] == "head")


def _end_of_place(text: str, match: re.Match[str]) -> int | None:
    """The end of the age, or of the place that stands behind it in the sentence; None where there is none."""
    after = _SENTENCE_END.split(text[match.end() : match.end() + _NEAR])[0]
    for place in _PLACE_AFTER.finditer(after):
        if place["place"].casefold() not in _NO_PLACE:
            return match.end() + place.end()
    start = match.start("name")
    before = _SENTENCE_END.split(text[max(0, start - _NEAR) : start])[-1]
    places = (place["place"].casefold() for place in _PLACE_BEFORE.finditer(before))
    return match.end() if any(place not in _NO_PLACE for place in places) else None


def _is_a_home(text: str, match: re.Match[str]) -> bool:
    words = [word.casefold() for word in match["street"].split()]
    if words[-1] in {"court", "park", "place"} and not _NO_STREETS.isdisjoint(words[:-1]):
        return False
    return not is_a_workplace(text, match.end("street"))


def _is_for_an_employer(text: str, match: re.Match[str]) -> bool:
    """Whether the job is with an office or a service, or no place is told at all."""
    place = match["place"].casefold().removesuffix("'s")
    following = _WORDS.findall(text[match.end() : match.end() + _NEXT_WORDS])[:3]
    words = {place, *(word.casefold() for word in following)}
    return place in _NO_PLACE or not words.isdisjoint(_EMPLOYERS) or place in _SERVICES
