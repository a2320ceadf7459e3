"""Find numbers of somebody's passport, driving licence, bank account, card, hospital or school record, and of what
they use: the IMEI of a telephone, the IP address of a connection."""

import ipaddress
import re
from collections.abc import Callable, Iterator

from stdnum import iban, imei, luhn
from stdnum.gb import upn

from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

# "passport number of the detainee: 544120987"
_NUMBER = r"(?: ?(?:no|num|number|nr|id|ref|rhif)\b\.?)?(?: (?:of|for) (?:[\w']{1,15} ){0,2}[\w']{1,15})?[ .:#=(-]{0,4}(?:(?:is|was|yw) )?"
_LABELLED = (
    # A British passport has nine digits, others letters as well.
    re.compile(
        rf"\bpas(?:sport|bort){_NUMBER}(?P<number>\d{{9}}|(?=(?:[A-Z]*\d){{4}})[A-Z0-9]{{8,9}})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:hospital|hosp|mrn|medical record|ysbyty|pupil|student){_NUMBER}(?P<number>[A-Z]{{0,2}}\d{{5,12}}[A-Z]?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:home office|visa|brp|immigration|asylum){_NUMBER}(?P<number>[A-Z]{{1,2}}\d{{7}}|\d{{2}}/\d{{2}}/\d{{5}}/\d{{3}}[A-Z])\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:sort ?code|s/c|cod didoli){_NUMBER}(?P<number>\d\d(?P<sep>[ -]?)\d\d(?P=sep)\d\d)(?![\w/-])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:account|acct|acc|a/c|cyfrif){_NUMBER}(?P<number>\d{{8}}|\d{{4}} \d{{4}})(?![\w/,.-]\d|\w)",
        re.IGNORECASE,
    ),
    re.compile(r"\bcard ending(?: in)? (?P<number>\d{4})\b", re.IGNORECASE),
    re.compile(rf"\bimei{_NUMBER}(?P<number>\d(?:[ /-]?\d){{13,16}})\b", re.IGNORECASE),
)
# Five letters of the surname, the day of birth, initials, and three of a check.
_DRIVING_LICENCE = re.compile(r"\b(?P<number>[A-Z9]{5} ?\d[0156]\d[0-3]\d\d ?[A-Z9]{2} ?\d[A-Z]{2})\b")
# "20-18-93 44120987", "4929 4212 3456 7890"
_SORT_CODE_AND_ACCOUNT = re.compile(r"(?<![\w/.-])(?P<number>\d\d-\d\d-\d\d,? {1,2}\d{8})(?![\w/.-]\d|\w)")
_CARD = re.compile(
    r"(?<![\w.,/-])(?<!\d )(?P<number>[3-6]\d{3}(?P<apart>[ -])\d{4}(?P=apart)\d{4}(?P=apart)\d{4})(?![\w/-]| \d)"
)
# Numbers that check themselves count without a label.
_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?<![\w.,/-])\d{15}(?![\w.,/-])"), imei.is_valid),
    (re.compile(r"(?<![\w.,/-])[3-6]\d{15}(?![\w/-])"), luhn.is_valid),
    (re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), iban.is_valid),
    (re.compile(r"\b[A-Z]\d{11}[A-Z0-9]\b"), upn.is_valid),
)
_APART = re.compile(r"[ -]")
_IP_ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w./]*\d)"
)  # a range, "10.0.0.0/8", is nobody's
# Versions of programs have four numbers too.
_SAYS_A_CONNECTION = re.compile(
    r"\bip\b|\b(?:logged|log(?:s|ging)?|signed) (?:in|on)|\blogins?\b|\b(?:sent|posted|traced|came|resolve[sd]?|router)\b",
    re.IGNORECASE,
)
_A_VERSION = re.compile(r"\b(?:version|ver|release|build|update|v)[ .]{0,2}$", re.IGNORECASE)
_BEFORE = 60  # characters


def documents(text: str) -> Iterator[Span]:
    for match in matches((*_LABELLED, _DRIVING_LICENCE, _SORT_CODE_AND_ACCOUNT, _CARD), text):
        yield match.span("number")
    for pattern, is_valid in _CHECKED:
        for match in pattern.finditer(text):
            if is_valid(_APART.sub("", match[0])):
                yield match.span()
    for match in _IP_ADDRESS.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        is_a_connection = _SAYS_A_CONNECTION.search(before) and not _A_VERSION.search(before)
        if is_a_connection and _is_an_ip_address(match[0]):
            yield match.span()


def _is_an_ip_address(written: str) -> bool:
    try:
        return bool(ipaddress.ip_address(written))
    except ValueError:
        return False
