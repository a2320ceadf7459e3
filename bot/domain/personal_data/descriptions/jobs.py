"""Find somebody told by job and place, with a name or as somebody in a case: "the victim is the only midwife in
Hightown"."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.descriptions.people import (
    ANY_NAME,
    NAME,
    NO_PLACE,
    PLACE,
    WORD,
    can_be_a_person,
)
from bot.domain.personal_data.patterns import any_of, matches
from bot.domain.personal_data.sentences import WORDS, Span, words_in
from bot.domain.personal_data.word_lists import AREAS, INSTITUTIONS, JOBS, JOBS_OF_ONE, WORKPLACES

_THE = r"(?:the |a |an |her |his |their |our )?"
_JOB = any_of(JOBS)
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
        rf"{NAME}(?:,? \(?| - ){_KINDS_OF_JOB}(?i:{_JOB})s?\b{_ADJECTIVE}"
        rf"(?: (?:at|in|from|for|of|near|yn|ym|o) {_THE}{_FEW_WORDS}|, (?:of |in |from )?){PLACE}"
    ),
    re.compile(
        rf"\b(?:the |an? |local |her |his )(?:[\w'-]{{1,15}} ){{0,2}}?{_JOB},? (?:called |named )?{ANY_NAME}"
        rf",? (?:from|of|in|at) (?:the )?{PLACE}"
    ),
    re.compile(
        rf"{NAME},? (?:who )?{_WORKING} {_FEW_WORDS}(?:at|in|for|on|the|yn|ym) {_THE}{_FEW_WORDS}"
        rf"(?:(?:in|at|on|of) )?{PLACE}"
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
    rf" (?:[a-z0-9'&-]{{1,20}} ){{0,4}}{PLACE}"
)
_REPORTED = (
    r"(?:rang|reported|stalked|told us|who|complained|called|was the|is the|victim|hasn't|harassed|followed|is being"
    r"|was being|she|her|came forward|withdrew|still)"
)
_JOBS_WITHOUT_NAMES = (
    re.compile(rf"\b(?i:{_SOMEBODY}){_BEING}(?i:{_JOB})s?\b{_AT_A_PLACE}"),
    re.compile(
        rf"\b(?i:{_SOMEBODY}){_BEING}(?:the )?only (?:[a-z]{{3,20}} ){{1,3}}(?:in|at|on|for) (?:the )?{PLACE}"
    ),
    re.compile(rf"\b[Tt]he only (?i:{_JOB}) (?:in|at|of) (?:the )?{PLACE}"),
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
        rf"|in (?:the|a|an)|for (?:the|a)) (?:[a-z'-]{{1,20}} ){{0,9}}?(?:(?:in|at|on|of) (?:the )?)?{PLACE}"
    ),
)
# Of a victim or a suspect the job counts wherever it is, with a service or an office too.
_IN_A_CASE = (
    r"(?<!no )(?<!any )(?<!every )(?<!each )\b(?i:victim|vic|survivor|complainant|suspect|perp|perpetrator|offender"
    r"|d?dioddefwr(?:aig)?|goroeswr(?:aig)?|AP|IP)"
)
_HEAD_OF_A_SCHOOL = re.compile(
    rf"\b(?i:{_SOMEBODY})(?: is|'s| was|,) (?:the |a )?(?:deputy |assistant )?(?:head|principal) (?:of|at) (?:{WORD} ){{1,4}}?"
    r"(?P<place>School|Academy|College|Primary|Nursery|Infants|Juniors)\b"
)
_WELSH_JOB_OF_SOMEBODY = re.compile(
    rf"\b(?i:{_JOB})(?: [^\W\d_]{{3,12}})? (?:yn|ym|yng|o) {PLACE} (?:yw'r|ydy'r|oedd y) (?i:d?dioddefwr|goroeswr|tyst)"
)
_SERVING_AND_STALKED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z-]{{3,15}} )?(?i:{_JOB}|sergeant|officer|constable|pc) (?:on|at|in|from|of|with)"
    rf"(?: the)? {PLACE}[^.!?\n]{{0,40}}?\b(?:is|was|are|who is|being) (?:the (?:one|person|victim) )?"
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
        rf"{_IN_A_CASE},? (?:who )?{_WORKING} (?:[\w'-]{{1,20}} ){{0,4}}?(?:at|in|for|on|yn|ym) {_THE}{_FEW_WORDS}{PLACE}"
    ),
)
_JOB_OF_ONE = re.compile(
    rf"\b[Tt]he (?:local |village |only |new |old |former |young )?(?i:{any_of(JOBS_OF_ONE)})(?: (?:at|in|of|for|from) |, )"
    rf"(?:the )?(?:[a-z'-]{{1,20}} ){{0,3}}(?:{WORD} ){{0,3}}(?:[a-z'-]{{1,20}} ){{0,3}}?{PLACE}"
)
# One word of each job, and of how people say that somebody works.
_LAST_WORDS_OF_JOBS = {WORDS.findall(job)[-1] for job in JOBS | JOBS_OF_ONE}
_JOB_WORDS = _LAST_WORDS_OF_JOBS | {f"{word}s" for word in _LAST_WORDS_OF_JOBS} | {
    "works", "worked", "working", "runs", "manages", "owns", "teaches", "volunteers", "drives", "cleans",
    "serves", "waits", "employed", "gweithio", "only", "head", "principal", "sergeant", "officer", "constable",
    "pc",
}  # fmt: skip
# Whoever works for one of these is known there for the work, and not as somebody in a case.
_EMPLOYERS = WORKPLACES - {"university", "hospital", "surgery", "clinic", "library", "museum", "court", "centre",
                           "center", "branch", "hotel", "warehouse", "reception", "charity"}  # fmt: skip
_SERVICES = INSTITUTIONS - {
    "academy", "children", "city", "clinic", "college", "court", "fire", "gardens", "gateway", "general",
    "google", "hall", "health", "home", "homes", "hospital", "hotel", "infirmary", "museum", "parish", "prison",
    "primary", "road", "school", "social", "street", "terrace", "theatre", "university", "crescent", "avenue",
    "suite", "ysbyty", "ysgol", "stadium", "amazon", "apple",
}  # fmt: skip
_NEXT_WORDS = 30  # characters after a place in which a word for an employer counts


def jobs(text: str) -> Iterator[Span]:
    """Yield the spans of a job and its place, from the name where there is one."""
    # Most texts have no job in them, and the patterns of jobs are the slowest.
    if not _JOB_WORDS.isdisjoint(words_in(text)):
        yield from _jobs(text)


def _jobs(text: str) -> Iterator[Span]:
    for match in matches(_NAMES_AT_WORK, text):
        if can_be_a_person(text, match, strictly=True) and not _is_for_an_employer(text, match):
            yield match.span()
    for match in matches(_JOBS_WITHOUT_NAMES, text):
        if not _is_for_an_employer(text, match):
            yield match.span()
    for match in _JOB_OF_ONE.finditer(text):
        if match["place"].casefold() not in AREAS and not _is_for_an_employer(text, match):
            yield match.span()
    for match in matches(_JOBS_OF_SOMEBODY_IN_A_CASE, text):
        if match["place"].casefold() not in NO_PLACE:
            yield match.span()


def _is_for_an_employer(text: str, match: re.Match[str]) -> bool:
    """Return whether the job is with an office or a service, or no place is told at all."""
    place = match["place"].casefold().removesuffix("'s")
    following = WORDS.findall(text[match.end() : match.end() + _NEXT_WORDS])[:3]
    words = {place, *(word.casefold() for word in following)}
    return (
        match["place"].isupper()
        or place in NO_PLACE
        or not words.isdisjoint(_EMPLOYERS)
        or place in _SERVICES
    )
