"""Find references of crimes, incidents, cases, custody records and logs, in the forms that the forces of
England and Wales give them."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.dates import DATE, is_in_the_calendar
from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

_FORMS = (
    # Kent, Essex, the West Midlands and others: station or force, number, year.
    re.compile(r"(?<![\w/-])\d\d[A-Z]{0,2}/(?!20\d\d/)\d{4,7}/\d\d(?![\w/])"),
    # The Metropolitan Police (1234567/24), Northumbria and older ones of Greater Manchester (012345A/24).
    re.compile(r"(?<![\w/.,-])\d{5,7}[A-Z]?/\d\d(?![\w/])"),
    # Greater Manchester (CRI/06AA/0012345/24), Devon and Cornwall, Gloucestershire (CR/012345/24).
    re.compile(r"(?<![\w/])CR[IMN]?[/ -](?:\d\d[A-Z]{2}[/-])?\d{4,7}[/-]\d\d(?![\w/])", re.IGNORECASE),
    # Action Fraud: NFRC250311420987.
    re.compile(r"(?<![\w/])NFRC ?\d{4,12}(?: \d{4,10})?(?![\w/])"),
    # Station, number, year with few figures, after a word for it.
    re.compile(
        r"\b(?:ref|athena|niche|connect|crime)\W{1,3}(?:3[2-9]|[4-9]\d)/\d{2,7}/\d\d(?![\w/])", re.IGNORECASE
    ),
    # The kind of a record, year, number: CR-2025-004411, INC/25/01234.
    re.compile(
        r"(?<![\w/-])(?:CR[IMN]?|CAD|CUST?|DP|INC|OCC|INV|CASE|LOG|SPO|DVPN|NMO)[/ -]?(?:20)?\d\d[/-]\d{3,7}(?![\w/-])",
        re.IGNORECASE,
    ),
    # Derbyshire, Leicestershire, Humberside: year, star, number.
    re.compile(r"(?<![\w*])[12]\d\*\d{4,7}(?![\w*])"),
    # Many others: the force's number, year, seven digits (six with 52). 01 and 02 are telephones.
    re.compile(r"(?<![\w£$€+/.,-])(?:0[3-6]|[1-5]\d|6[0-3])[12]\d\d{7}(?![\w/]|[.,]\d)"),
    re.compile(r"(?<![\w£$€+/.,-])52[12]\d\d{6}(?![\w/]|[.,]\d)"),
    # Nottinghamshire, Lincolnshire, North and South Wales: year, zeros, number.
    re.compile(r"(?<![\w£$€+/.,-])[12]\d00\d{6,7}(?![\w/]|[.,]\d)"),
    # Lancashire: LC, day, number of the day.
    re.compile(r"(?<![\w-])[A-Z]{2}-20\d{6}-\d{3,4}(?![\w-])"),
    # The unique reference number of a prosecution: force, unit, number, year.
    re.compile(r"(?<![\w/])\d\d ?(?:[A-Z][A-Z\d]|\d[A-Z])[ /]?\d{5,7}[ /]?\d\d(?![\w/])"),
    # The Police National Computer and fingerprints: 99/12345X.
    re.compile(r"(?<![\w/.,-])\d\d(?:\d\d)?/\d{4,7}[A-Z](?![\w/])"),
    # Family and county courts: FD24P00123, ZZ24F01234.
    re.compile(r"(?<![\w/])[A-Z]{2}\d\d[A-Z]\d{5}(?![\w/])"),
)
_LABELS = (
    r"(?:crime|incident|occurrence|investigation|case|log|custody|cust|detained person|dp|cris|cad|niche|athena|storm"
    r"|connect|marac|mappa|court|prosecution|exhibit|missing(?: person)?|misper|search record|hate crime|dps|psd|professional standards|prison(?:er)?|pnc|pncid|cro|warrant|spo|sro|nmo|npo|dvpn|dvpo|restraining order|stalking protection order|intel(?:ligence)?|offence"
    r"|arrest|bail|vulnerability|ppn|dash|domestic abuse|da|claim|complaint|iopc|police|command and control|event"
    r"|officer in the case|oic|client|victim|patient|idva|isva|service user|crimestoppers|trosedd|digwyddiad|achos|dalfa)"
)
_NUMBERED = re.compile(
    rf"\b(?:{_LABELS}"
    r"(?:[ /-](?:ref(?:erence)?|report|record|log|file|application|case|id|incident|crime|occurrence|event|cyfeirnod))?"
    r"(?:[ /-](?:number|num|no|id|ref(?:erence)?|rhif))?|crns?|urns?|rhif (?:trosedd|achos|digwyddiad|cyfeirnod))\b"
    r"(?P<gap>[ .:#=()\]/-]{0,4}(?:(?:is|was|given|quoted|as|yw)[ :]{1,2}){0,2}[#(]?)"
    r"(?P<value>(?:(?-i:[A-Z]{1,5})[/ -]?|[a-z]{1,5}[/-]?){0,2}\d[\dA-Z]{0,14}(?:[/* -]?[/*-][\dA-Z]{1,9}){0,4})(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_SAYS_IT_IS_A_NUMBER = re.compile(
    r"ref|num|\bno\b|\bid\b|crn|urn|cris\b|cad\b|niche|athena|storm\b|pnc|\bcro\b|\bppn\b|\boic\b|rhif|cyfeirnod"
    r"|custody (?:record|log)|\blog[ /:#]",
    re.IGNORECASE,
)
_HAS_A_FORM = re.compile(r"[/*]|(?<!\d)(?:\d{5,9}|[1-9]\d{9,13})(?!\d)|[A-Z]{2,}\d{3}|\d-\d")
_ENOUGH_DIGITS = 4
# Three digits are enough after what nothing but a case has.
_OF_A_CASE_ALONE = re.compile(r"\b(?:cad|crn|urn|custody|cust|oic|niche|athena)\b", re.IGNORECASE)
_FEWER_DIGITS = 3
_OF_THE_DAY = re.compile(
    r"\b(?:incident|inc|log|cad|serial|marac|mappa|custody)\.?(?: (?:number|no|ref)\b\.?)?[ :#/-]{0,3}"
    rf"\d{{1,5}}(?: of | on | dated |/|-| - |, | )(?:the )?(?:{DATE}|\d\d?[A-Z]{{3}}\d\d|\d{{6}}\b|(?<=of )\d\d?[/.]\d\d?(?![\d/.]))",
    re.IGNORECASE,
)
# "0447 of 12 Jan, log closed"
_NUMBER_OF_THE_DAY = re.compile(
    rf"(?<![\w/.,-])0\d{{3}} (?:of|on) {DATE}(?=[^.\n]{{0,40}}\b(?:log|incident|cad|call)\b)", re.IGNORECASE
)
_YEAR_OR_DATE = re.compile(
    r"(?:19|20)\d\d(?:[/-]\d\d){0,2}|\d\d?[/-]\d\d?[/-](?:\d{4}|\d\d)|(?:19|20)\d\d[/-](?:19|20)\d\d"
)
# Papers have numbers too, and they lead to no person.
_A_PAPER = re.compile(
    r"\b(?:foi|decision|contract|invoice|order|po|grant|minute|paper|policy|charity|company|tender|bid"
    r"|account|budget|asset|ticket|licence|isbn|procurement|application|complaint form|version|business case"
    r"|project|programme|letter|report|cost code|purchase|planning|risk|audit|framework)"
    r"(?: (?:ref(?:erence)?|number|no|code)\b\.?)?(?: (?:is|was))?[ .:#(]{0,3}$",
    re.IGNORECASE,
)
_A_PAPERS = re.compile(
    r"\b(?:super|business|use|test|help ?desk|it|foi|staff|budget|bank|legal|change)[ -]$", re.IGNORECASE
)
_OF_A_PAPER = re.compile(
    r"\W{0,3}(?:is |for |of |on |to |in )?(?:the |our |this )?(?:super-?complaint|inspection|thematic|consultation|circular)\b",
    re.IGNORECASE,
)
# A reference of anything counts where the sentence speaks of somebody.
_OF_ANYTHING = re.compile(
    r"\bref(?:erence)?\.?(?: (?:no|number|num)\b\.?)?[ .:#]{1,3}(?P<value>(?:[A-Z]{1,6}[/ -]?)?\d[\dA-Z]{0,12}(?:[/-][\dA-Z]{1,9}){1,4})(?![\w/])",
    re.IGNORECASE,
)
_SPEAKS_OF_SOMEBODY = re.compile(
    r"\b(?:victim(?! support| satisfaction)|suspect|witness|complainant|client|survivor|caller|offender|perp|s?he|her|his|him"
    r"|statement|999 call|emergency call|detainee|dp|gaoler|missing|casualty|driver|child|crimestoppers|assault|harassment|breach|arrest|burglary|dioddefwr)\b",
    re.IGNORECASE,
)
_AROUND = 80  # characters
_LONGEST_LABEL = 45


def references(text: str) -> Iterator[Span]:
    """Yield their spans; financial years, dates and the numbers of papers are none."""
    for match in matches((_OF_THE_DAY, _NUMBER_OF_THE_DAY), text):
        yield match.span()
    for match in _NUMBERED.finditer(text):
        is_a_papers = _A_PAPERS.search(text[max(0, match.start() - 15) : match.start()])
        if _is_a_reference(match) and not is_a_papers and not _OF_A_PAPER.match(text, match.end()):
            yield match.span("value")
    for match in _OF_ANYTHING.finditer(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        is_a_papers = _A_PAPER.search(text[max(0, match.start() - _LONGEST_LABEL) : match.start("value")])
        if _SPEAKS_OF_SOMEBODY.search(around) and not is_a_papers and not _is_a_day_or_year(match["value"]):
            yield match.span("value")
    for match in matches(_FORMS, text):
        if not _A_PAPER.search(text[max(0, match.start() - _LONGEST_LABEL) : match.start()]):
            yield match.span()


def _is_a_day_or_year(value: str) -> bool:
    return bool(_YEAR_OR_DATE.fullmatch(value)) and is_in_the_calendar(value)


def _is_a_reference(match: re.Match[str]) -> bool:
    value = match["value"]
    label = match[0][: match.start("value") - match.start()]
    digits = sum(character.isdigit() for character in value)
    enough = _FEWER_DIGITS if _OF_A_CASE_ALONE.search(label) else _ENOUGH_DIGITS
    if digits < enough or _is_a_day_or_year(value):
        return False
    return bool(_SAYS_IT_IS_A_NUMBER.search(label) or _HAS_A_FORM.search(value))
