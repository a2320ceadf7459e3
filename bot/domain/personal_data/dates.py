"""How people write a day, in English and Welsh, as a part of other patterns."""

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)\b\.?"
)
_DAY_IN_WORDS = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR = r"(?:\d{4}|'?\d\d)"
DATE = (
    r"(?:\d{4}[/-]\d\d?[/-]\d\d?|\d\d?(?P<sep> ?[/.-] ?)\d\d?(?P=sep)(?:\d{4}|\d\d)"
    r"|\d\d? \d\d? (?:19|20)\d\d"
    r"|\d\d?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:\d{4}|\d\d)"
    rf"|\d\d?(?:st|nd|rd|th|af|ain|il|ydd|fed|eg)?(?: of| o)?[ -]?{MONTH}(?:,?[ -]{_YEAR})?"
    rf"|(?:{_DAY_IN_WORDS})(?: of)? {MONTH}(?:,?[ -]{_YEAR})?"
    rf"|{MONTH} \d\d?(?:st|nd|rd|th)?(?:,? {_YEAR})?)(?![\w/])"
)
DATE_WITH_YEAR = rf"(?=[^\n]{{6,30}}){DATE}(?<=\d\d)"
# Before any adult of today was grown up; a two-figure year from 25 on can only be of the last century.
DATE_LONG_AGO = r"(?:\d\d?(?P<apart>[/.-])\d\d?(?P=apart)(?:19[2-9]\d|200\d|201[0-2]|[3-9]\d)|\d\d?[ -][A-Z][a-z]{2,8}[ -](?:19[2-9]\d|200\d))(?![\w/])"


def is_in_the_calendar(written: str) -> bool:
    """Tell False for figures that no calendar has, such as 45/13/2024.

    30 February is taken for a slip of the pen, and a month in words as it is."""
    figures = [int(part) for part in re.split(r"[/. -]+", written) if part.isdigit()]
    if re.search(r"[^\W\d_]{3}", written) or len(figures) != 3:
        return True
    _, month, day = figures if figures[0] > 31 else reversed(figures)
    return 1 <= month <= 12 and 1 <= day <= 31
