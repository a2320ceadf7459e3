"""Find days that a text says are somebody's date of birth; the year may be missing."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.dates import DATE, DATE_LONG_AGO, DATE_WITH_YEAR, MONTH, is_in_the_calendar
from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

_WHOSE = r"(?:the|a|her|his|their|(?:the )?(?:victim|survivor|complainant)(?:'s)?)"
_BIRTH = (
    r"(?:d[ ./-]{0,3}o[ ./-]{0,3}b\b\.?|dates? of birth|birth[ -]?dates?|birthdays?|b'day|bday"
    r"|d(?:yddiad|dyddiad)(?:au)? geni|pen-?blwydd|ph?en-?blwydd)"
)
# "(DD/MM/YY)", as forms have it.
_HINT = r"(?: ?\([^()\n]{1,20}\))?"
_BIRTHS = (
    re.compile(
        rf"\b{_BIRTH}{_HINT}(?:'s)?(?:[\s:,;=()\[\]/|-]{{1,4}}(?:is|was|as|of|on|falls|given|recorded|being|yw|ar|{_WHOSE})\b){{0,5}}"
        rf"[\s:,;=()\[\]/|-]{{0,5}}(?P<date>{DATE}|\d\d? \d\d? \d\d\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:year|yr) of birth|yob|blwyddyn geni)(?: is| was|:|,|=)? ?(?P<date>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    # "Date of birth of the victim: 02/03/81", "DOB for Anna is 2 March 1981"
    re.compile(
        rf"\b{_BIRTH}(?: (?:of|for) |'r )(?:[\w'-]{{1,20}} ){{0,3}}[\w'-]{{1,20}}(?: ?[:=]| is| was| yw|) ?(?P<date>{DATE}|\d\d \d\d \d\d\b)",
        re.IGNORECASE,
    ),
    # "her date of birth, which he used, is 19 August 1979"
    re.compile(
        rf"\b{_BIRTH}\b[^.!?\n\d]{{1,60}}?(?:\bis|\bwas|\bas|\byw|:|=) ?(?P<date>{DATE_WITH_YEAR})",
        re.IGNORECASE,
    ),
    # "Subject (02.06.1955)", "he is 14.3.76": no other date of long ago stands right beside a person.
    re.compile(
        r"\b(?:subject|victim|vic|suspect|male|female|man|woman|nominal|person|client|complainant|offender|perp|he|she|pnc (?:shows|has|gives|says)"
        rf"|(?-i:[A-Z][a-z'-]{{1,20}} [A-Z][A-Za-z'-]{{1,20}})),? ?(?:\(|is |was |'s |- |, )(?P<date>{DATE_LONG_AGO})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:male|female|subject|nominal|victim|suspect|detainee|dp|vic|susp) (?P<date>{DATE_LONG_AGO})",
        re.IGNORECASE,
    ),
    # "Ganwyd y dioddefwr ar 07.06.1982", "born to a Polish mother on 3 May 1982"
    re.compile(
        r"\b(?:born|ganwyd|ganed)(?: (?!or\b|after\b|before\b|between\b|of\b|out\b|from\b|since\b|until\b|in\b)[^\W\d_][\w'-]{0,19}){1,5}"
        rf" (?P<date>{DATE_WITH_YEAR})",
        re.IGNORECASE,
    ),
    re.compile(rf"\bbirth certificate(?: [a-z]{{2,12}}){{0,4}} (?P<date>{DATE_WITH_YEAR})", re.IGNORECASE),
    re.compile(r"\(b\.? ?(?P<date>(?:19|20)\d\d)\b"),
    # In one piece, as systems print it.
    re.compile(
        rf"\b{_BIRTH}(?:[\s:,;=()\[\]/|-]{{1,4}}(?:is|was|yw)\b)?[\s:,;=()\[\]/|-]{{0,5}}"
        r"(?P<date>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)?\d\d)|(?:19|20)\d{6})(?!\w)",
        re.IGNORECASE,
    ),
    # "born on or after" is a rule for many, not one person's date.
    re.compile(
        r"\b(?:born|ganwyd|ganed|g?eni)(?:[ ,(]{1,2}(?:on|the|in|at|a|(?:early |small )?hours of|morning of|evening of|night of|home|hospital|prematurely|ar|yn|hi|ef|e|(?-i:[A-Z][a-z]+)))"
        rf"{{0,6}}[ ,:(-]{{1,3}}(?P<date>{DATE}|{MONTH},? (?:19|20)\d\d|(?:19|20)\d\d\b(?! ?[-/]))",
        re.IGNORECASE,
    ),
    # "Anna, b. 02/03/81", "(b 2 March 1981)"
    re.compile(
        rf"(?:(?<=[\s(,;])|^)(?<!phase )(?<!part )(?<!option )(?<!lot )(?<!stage )(?<!step )(?<!annex )(?<!item )b(?:\.|:| -)? {{0,2}}(?P<date>{DATE}|(?-i:(?<=\. )|(?<=\.))(?:19|20)\d\d\b)(?!:)",
        re.IGNORECASE,
    ),
    re.compile(rf"\baged? (?:of )?\d{{1,3}}[ ,:;(-]{{1,3}}(?:b\.? ?)?(?P<date>{DATE})", re.IGNORECASE),
    re.compile(
        rf"\b(?:turn(?:s|ed|ing)?|(?:s?he|they|victim|client|child|daughter|son)(?: will|'ll) be) (?P<date>\d{{1,2}} on (?:the )?{DATE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w/.-])(?P<date>{DATE})[\s,;:()-]{{1,4}}(?:(?:is|was|being|as|yw|oedd|{_WHOSE}|\d\dth|\d\dst) )"
        rf"{{0,4}}{_BIRTH}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w/.-])(?P<date>{DATE})[\s,;:(-]{{1,4}}(?:is|was) (?:the day|when) (?:she|he|they) (?:was|were) born",
        re.IGNORECASE,
    ),
)
# Things are born too: "the partnership was born on 1 April 2015".
_A_THING = re.compile(
    r"\b(?:scheme|project|partnership|idea|unit|team|service|programme|hub|forum|network|charity|initiative"
    r"|campaign|policy|plan|strategy|pilot|model|group|board|centre|approach|tool|app|it|was first)(?: (?:was|is|were|has|just))? $",
    re.IGNORECASE,
)
_LONGEST_THING = 40
# What every pattern needs, to pass over texts without it.
_SAYS_BIRTH = re.compile(
    r"\b(?:d[ ./-]{0,3}o[ ./-]{0,3}b|births?|yob|birth[ -]?dates?|birthdays?|b'day|bday|born|b|aged?|turn(?:s|ed|ing)?"
    r"|will be|geni|eni|ganed|ganwyd|p(?:h|)en-?blwydd|subject|victim|vic|suspect|male|female|m[ae]n|wom[ae]n|nominal|person|client|complainant|pnc"
    rf"|offender|perp|s?he|(?-i:[A-Z][a-z'-]{{1,20}} [A-Z][A-Za-z'-]{{1,20}}),? ?\(?{DATE_LONG_AGO})\b",
    re.IGNORECASE,
)


def births(text: str) -> Iterator[Span]:
    if not _SAYS_BIRTH.search(text):
        return
    for match in matches(_BIRTHS, text):
        object_before = _A_THING.search(text[max(0, match.start() - _LONGEST_THING) : match.start()])
        if not object_before and is_in_the_calendar(match["date"]):
            yield match.span("date")
