"""Tell whether a sentence is about one person, who may be in a case: the victim, she, the woman from the bakery.

What is said of anybody ("a victim", "each victim"), of a task ("victim care") or of people in office is not."""

import re

from bot.domain.personal_data.patterns import any_of
from bot.domain.personal_data.sentences import WORDS, words_in
from bot.domain.personal_data.word_lists import CALLINGS, JOBS, JOBS_OF_ONE, OFFICES, TASKS

ROLE = (
    r"(?:victim|vic|complainant|survivor|suspect|perp|perpetrator|offender|stalker|defendant|witness|client|caller"
    r"|aggrieved|accused|harasser|abuser|detainee|deceased|bereaved (?:family|mother|father|mum|dad|son|daughter|parents|widow)|case study|ex|ex-partner|ex-husband|ex-wife|ex-boyfriend|ex-girlfriend"
    r"|(?-i:IP|AP|DP)|d?dioddefwr(?:aig)?|goroeswr(?:aig)?|tyst|drwgdybyn)"
)
_NO_TASK = rf"(?!'?s?'? {any_of(TASKS)}\b)(?!s\b)"
_ROLE_OF_ONE = re.compile(
    rf"\b(?<!\ba )(?<!\ban )(?<!\bany )(?<!\beach )(?<!\bevery )(?<!\bno )(?<!\bper ){ROLE}\b{_NO_TASK}",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:she|he|her|his|him|hers|herself|himself|she's|he's|(?:mae|roedd|oedd) (?:hi|fe|fo|e|o)'n)\b",
    re.IGNORECASE,
)
PERSON = (
    r"(?:woman|man|lady|gentleman|lad|girl|boy|lass|teenager|teen|schoolgirl|schoolboy|pensioner|widow|widower"
    r"|mother|father|mum|mam|dad|grandmother|grandfather|gran|nan|couple|guy|bloke|fella|chap|student"
    r"|pupil|prisoner|arrestee|casualty|claimant|informant|applicant|whistleblower|child|youth|baby|toddler|infant|rider|cyclist|motorcyclist|pedestrian|passenger|fisherman|jogger|neighbour|tenant|resident|patient|dynes|menyw|dyn|merch|bachgen)"
)
_SOMEBODY = re.compile(
    rf"\b(?:the|that|this|an?|one|our|only) (?:[\w-]{{2,20}} ){{0,3}}?(?:{PERSON}|one (?:who|with|that|from)|family|person (?:who|with|from))\b(?!s\b)"
    r"|\bthe (?:harassed|stalked|assaulted|bereaved|injured|murdered|abused|attacked|accused) [\w-]{3,15}\b"
    r"|\bwhose (?:case|ex|stalker|complaint|assault|arrest|detention)\b"
    r"|\byou(?:'ll| will| can)? (?:know|guess) who\b"
    r"|\b(?:case|sample|file|log|disclosure|crime) (?:is|was|concerns|concerned|involves|involved|is about|is of|is that of) (?:an?|the)\b"
    r"|\b(?:y|yr|un|i'r|o'r|a'r|mae'r) (?:ddynes|fenyw|ferch|dyn|bachgen|plentyn|wraig|gŵr|ffermwr|teulu)\b"
    rf"|^\W*{PERSON} (?:with|who|whose|from|in|at|on|of)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:wife|husband|widow|widower|daughter|son|mother|father|sister|brother|partner|girlfriend|boyfriend|niece"
    r"|nephew|ex)\b of (?:the|a|our)\b"
    r"|\b(?:her|his) (?:husband|wife|mother|father|mum|dad|daughter|son|sister|brother|boyfriend|girlfriend|niece|nephew)\b"
    r"|\b(?:the|an?|our) (?:[\w-]{2,20} ){0,2}?[\w-]{3,20}'s (?:wife|husband|widow|widower|daughter|son|mother"
    r"|father|sister|brother|partner|girlfriend|boyfriend|niece|nephew|ex)\b",
    re.IGNORECASE,
)
# "lives above the chippy": notes leave out who.
_LEFT_OUT = re.compile(
    r"^\W*(?:lives|lived|works|worked|runs|owns|plays|teaches|sings|drives)\b", re.IGNORECASE
)
_JOBS = JOBS | JOBS_OF_ONE | CALLINGS
ANY_JOB = any_of(_JOBS)
A_JOB = re.compile(rf"\b{ANY_JOB}s?\b", re.IGNORECASE)
# "the nun who teaches"
_THE_JOB = re.compile(
    rf"\bthe (?:[\w'-]{{2,15}} ){{0,2}}?{ANY_JOB} (?:who|whose|at|in|of|from|on|with|behind)\b"
    rf"|\ban? (?:[\w'-]{{2,15}} ){{0,2}}?{ANY_JOB} (?:who|whose|(?:of|aged) (?:\d\d|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))\b"
    rf"|^\W*{ANY_JOB} (?:at|in|from|of|with|on) (?:the|a)\b",
    re.IGNORECASE,
)
# One word of each job: most sentences have none, and the pattern of jobs is slow.
_JOB_WORDS = frozenset(WORDS.findall(job.casefold())[-1] for job in _JOBS)
# "the youngest councillor"; "the only team" is no person.
THE_ONLY = re.compile(
    rf"\b(?:only|youngest|oldest|first|sole|longest[ -]serving|tallest|last) (?!the |a |an |by |for |to |when |if |with |in |at )(?:[\w-]{{2,20}} ){{0,2}}(?:{PERSON}|family|person|household|couple|house|{ANY_JOB})\b(?!s\b)(?! (?:response|referral|contact|thing|support|line|teams?|units?|services?|schemes?|projects?|posts?|groups?|panels?|courses?)\b)",
    re.IGNORECASE,
)
# Jobs of people in cases, though people in office have them too.
_JOBS_AS_WELL = frozenset({
    "author", "barrister", "cllr", "colleague", "consultant", "coroner", "councillor", "di", "editor", "head", "judge",
    "lady", "magistrate", "manager", "mayor", "minister", "mp", "officer", "prof", "professor", "researcher", "trainer",
    "worker",
})  # fmt: skip
_COLLEAGUES = OFFICES - _JOBS_AS_WELL | {"advocates", "commissioner", "chief", "sponsor", "spoc", "idva"}
_IN_OFFICE = re.compile(
    rf"\b(?:{any_of(_COLLEAGUES)}|new post|job share|(?:maternity|annual|sick) leave|secondee|secondment|this (?:action|recommendation)|head of (?:service|services|policy"
    r"|commissioning|communications|performance|governance|legal|finance|victims|crime|public|custody|the office))\b",
    re.IGNORECASE,
)


def is_about_one_person(sentence: str) -> bool:
    """Return whether it speaks of one person; "she" alone counts where nobody in office stands beside it."""
    if any(pattern.search(sentence) for pattern in (_ROLE_OF_ONE, _SOMEBODY, _RELATIVE, _LEFT_OUT)):
        return True
    return bool(_PRONOUN.search(sentence)) and not _IN_OFFICE.search(A_JOB.sub("", sentence))


def is_about_a_job(sentence: str) -> bool:
    """Return whether it speaks of somebody by job, who may be in no case: "the nurse at the clinic"."""
    says_a_job = not _JOB_WORDS.isdisjoint(words_in(sentence))
    return bool((says_a_job and _THE_JOB.search(sentence)) or THE_ONLY.search(sentence))
