"""Find homes: a full postcode with a house or a street, a street beside somebody's name, a house where
somebody lives. A postcode alone, or an area such as CT1, is nobody's home; nor is an office."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bot.domain.personal_data.names import people
from bot.domain.personal_data.patterns import any_of
from bot.domain.personal_data.sentences import SENTENCE_END, Span
from bot.domain.personal_data.word_lists import INSTITUTIONS, TASKS, WORKPLACES

STREET_KINDS = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|way|court|gardens|grove|place|terrace|crescent"
    r"|square|hill|row|mews|walk|view|rise|parade|quay|green|park|gate|croft|wharf|yard|fold|ginnel|wynd)"
)
WELSH_STREETS = r"(?:heol|ffordd|stryd|l[oô]n|rhodfa|cl[oô]s|maes|cae|bryn|trem|tai|cwrt|gerddi|parc|teras|rhes|clawdd|rhiw|allt|stad)"
_HOUSE_KINDS = (
    r"(?:cottages?|house|lodge|farm|farmhouse|barn|bungalow|villa|manor|mill|yard|forge|rectory|vicarage|stables"
    r"|hall|grange|granary|chapel|schoolhouse|inn|works|wharf|marina|boatyard|narrowboat|caravan|chalet|cabin"
    r"|annexe?|maisonette|penthouse|oast|dairy|smithy|gatehouse|towers?|heights|buildings?|park|croft|nook|view"
    r"|end|hayloft|coach house|station house|toll house|almshouses?|hostel|mansions?|castle|priory|abbey|orchard"
    r"|paddock|meadow|willows|hollies|laurels|firs|oaks|elms|beeches|haven|nest)"
)
# Beside a house the letters need not be those of the Royal Mail: ZZ99 stands for nowhere, and people mistype.
_POSTCODE = re.compile(r"(?<![\w/-])[A-Z]{1,2}\d[A-Z\d]?(?: {0,2}|-)\d[A-Z]{2}(?![\w-])", re.IGNORECASE)
_HOUSE_AND_STREET = rf"\d{{1,4}}[a-z]?,? (?:[\w'.-]{{1,20}} ){{0,3}}{STREET_KINDS}\b"
_HOUSE_OR_STREET = re.compile(
    rf"(?<![\w/.-]){_HOUSE_AND_STREET}"
    rf"|(?<![\w/.-])\d{{1,4}}[a-z]?,? {WELSH_STREETS} (?:yr? )?[\w'-]{{2,20}}"
    r"|\b(?:flat|apartment|apt|bungalow|caravan|plot|house|unit|room|pitch|mooring|berth|fflat)\.? "
    r"(?:no\.? ?|number )?(?:\d{1,4}[a-z]?|(?-i:[A-Z]))\b"
    rf"|(?-i:\b[A-Z][\w'-]{{1,20}} ){STREET_KINDS}\b"
    rf"|\b(?-i:[A-Z])?{WELSH_STREETS} (?-i:[A-Z])[\w'-]{{1,20}}"
    rf"|(?-i:\b[A-Z][\w'-]{{1,20}} ){_HOUSE_KINDS}\b"
    rf"|(?-i:\bThe (?:[A-Z][\w'-]{{1,20}} ?){{1,3}})"
    r"|\b(?:house (?:name|called|named)|lives (?:at|in)|living at|home (?:is|at|address)|address(?: is| now|:)|moved to|staying at)"
    r" (?-i:[A-Z][\w'-]{1,20})"
    rf"|\bthe old [a-z]{{3,15}}\b"
    rf"|(?-i:\b(?:T[yŷ]|Bryn|Cae|Maes|Pen|Llys|Plas|Hafod|Fferm|Ysgubor|Melin|Felin|Bwthyn|Hen|Nant|Glan|Rhos)"
    r"(?:[ -][A-Z]| [yr]r? |-[yr]r?-)[\w'-]{1,20})",
    re.IGNORECASE,
)
# "14, Canterbury, CT1 2AB": a number with nothing but a town between it and the postcode.
_NUMBER_BEFORE = re.compile(
    r"(?P<before>[A-Za-z]{0,15}\.? ?)(?<![\w/.-])\d{1,3}[a-z]?,?(?: (?:[A-Z][\w'-]{1,20},?|yr?|the|of|on)){0,5},? {0,2}\(?$"
)
_NUMBER_AFTER = re.compile(
    r"[ ,(-]{1,3}(?:house |flat )?(?:no\.? ?|number |nr |#)\d{1,4}[a-z]?\b", re.IGNORECASE
)
_NOT_A_HOUSE = re.compile(
    r"^(?:r|recs?|recommendations?|sections?|parts?|items?|rows?|pages?|phase|ward|beat|zone|sector|all|these|of)\W*$",
    re.I,
)
_LIVES = re.compile(
    r"\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|home address|address|moved|rehoused|home|stays|staying|byw|cartref"
    r"|door|visited her|visited him|outside|lodging|housed)\b"
    rf"[\w ,:']{{0,20}}?[ :](?P<home>{_HOUSE_AND_STREET})",
    re.IGNORECASE,
)
# Beside a name, where no word says that somebody lives there, only what is written as a street's name is one:
# "2 years in court" is not.
_STREETS_IN_SMALL_LETTERS = r"(?:street|road|lane|avenue|terrace|crescent)"
_HOUSE = (
    rf"\d{{1,4}}[a-zA-Z]?,? (?:(?:[A-Z][\w'.-]{{0,19}} ){{1,3}}(?i:{STREET_KINDS})"
    rf"|(?i:{WELSH_STREETS}) [A-Z][\w'-]{{1,19}}"
    rf"|[a-z'-]{{3,20}} {_STREETS_IN_SMALL_LETTERS})\b"
)
_A_HOUSE = re.compile(_HOUSE)
_OF_SOMEBODY = re.compile(
    rf"[ ,(:-]{{1,3}}(?:(?:who )?(?:is |was |now |lives |lived )?(?:of|at|from) )?(?P<home>{_HOUSE})"
)
_SOMEBODYS = re.compile(rf"(?<![\w/.-])(?P<home>{_HOUSE})(?:: | \()$")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SITES = INSTITUTIONS | WORKPLACES
_SERVE = any_of(TASKS | WORKPLACES | {"line", "helpline", "hotline"})
_LONGEST_HOUSE = 80
# How many characters from the postcode the house or the street may stand.
_BEFORE, _AFTER = 70, 45
# How many characters before a postcode a word such as "office" makes it a place of work, if none says
# that somebody lives there.
_OFFICE_BEFORE = 110
# "Station Road" is no station, and what is said after a postcode may be about a court.
_A_STREET = re.compile(rf"[\w']{{2,20}} {STREET_KINDS}\b", re.IGNORECASE)
_OFFICES_ALONE = frozenset({"office", "offices", "headquarters", "hq", "opcc", "swyddfa", "pencadlys"})
_SOMEBODY_LIVES = re.compile(
    r"\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|resident|home|she|her|he|his|they moved|suspects?|complainants?|mother"
    r"|mum|sister|daughter|brother|father|dad|nan|gran|grandmother|grandfather|grandson|granddaughter|wife|husband|aunt|uncle|niece|nephew|flat|tenant|stay(?:s|ed|ing)|rehoused|dioddefwr|byw|cartref|address of(?! (?:the |our )?(?:office|commissioner|pcc|opcc|force|police|association|court|provider))|caller|client|mr|mrs|ms"
    r"|miss|son|ex"
    # "The Victims' Hub", "the refuge provider", "the family court" are services.
    rf"|(?:victims?|survivors?|witness|witnesses|family|child|refuge)(?!'?(?:s'?)? ?{_SERVE}\b))\b",
    re.IGNORECASE,
)
_A_BOX = re.compile(r"\b(?:p\.? ?o\.? box|freepost|blwch post)\b", re.IGNORECASE)
# An organisation says so of itself: "we move to 3 Market Square", "the office we lease".
_WE_ARE_THERE = re.compile(
    r"\b(?:(?:advocate|idva|isva|isac|idac|officer|worker|caseworker|coordinator|counsellor|nurse|solicitor|clinic|drop[ -]?in"
    r"|session|workshop|team|hub)s? (?:now )?(?:sits?|works?|runs?|is|are|meets?|based|moved|moves|held)\b|write to us|reach us|find us|us (?:at|in|on)|our (?:\w+ ){0,2}(?:address|home|base|premises)"
    r"|(?:town|county|city|shire|village|guild) ?hall)\b"
    r"|\b(?:we|our \w+)(?:'re|'ll|'ve| are| have| will| now| be| been| also| both| can be){0,3} (?:mov(?:e|es|ed|ing)"
    r"|relocat(?:e|es|ed|ing)|leas(?:e|es|ed|ing)|rent|rents|open|opens|opened|host|hosts|based|share|shares|occup(?:y|ies)"
    r"|found at|reached at|reopen|reopens)\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"\W{0,3}(?:hosted|hosts|is hosting|will host|venue|is booked|booked for)\b|\b(?:venue|hosted at|held at|headquartered at|hq|control room|lease(?:d)?|estates?:|desk at|magistrates at|custody (?:at|suite|centre|block|unit))\b",
    re.IGNORECASE,
)
# These go to somebody's home too, where it has a number.
_GOES_TO = re.compile(
    r"\b(?:post(?:al|ed)? (?:goes |is |mail )?to|mail (?:goes )?to|send (?:\w+ ){0,3}to|return(?:s|ed)? (?:the \w+ )?to|deliver(?:y|ies|ed) to"
    r"|training (?:at|in)|visit(?:ed)? (?:to )?|tour of|conference at|course at|open day at|meet(?:ing|s)? at"
    r"|interviews? at|invoices? to)\b[^\d]*$",
    re.IGNORECASE,
)


def homes(text: str) -> Iterator[Span]:
    postcodes = [postcode.span() for postcode in _POSTCODE.finditer(text)]
    houses = [house.span() for house in _HOUSE_OR_STREET.finditer(text)] if postcodes else []
    for start, end in postcodes:
        before = text[max(0, start - _BEFORE) : start]
        has_house = _numbered(before) or _NUMBER_AFTER.match(text, end) or _is_beside(houses, start, end)
        if has_house and not is_a_site(text, start, end):
            yield start, end
    for match in _LIVES.finditer(text):
        before = SENTENCE_END.split(text[max(0, match.start() - _OFFICE_BEFORE) : match.end()])[-1]
        if not is_a_workplace(text, match.end()) and not _WE_ARE_THERE.search(before):
            yield match.span("home")
    if _A_HOUSE.search(text):
        yield from _homes_beside_names(text)


def is_a_workplace(text: str, end: int) -> bool:
    """Return whether the word after a street says so: "22 Victoria Street headquarters"."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1].casefold() in _SITES


def _is_beside(houses: list[Span], start: int, end: int) -> bool:
    first = bisect_left(houses, (start - _BEFORE - _LONGEST_HOUSE, 0))
    after = bisect_right(houses, (end + _AFTER, end + _AFTER))
    return any(
        start - _BEFORE <= house_end <= start or end <= house_start
        for house_start, house_end in houses[first:after]
    )


def is_a_site(text: str, start: int, end: int) -> bool:
    """Return whether a postcode or a landline is an office's: "our office moves to Sutton Road, ME15 9BZ"."""
    before = _A_STREET.sub(" ", SENTENCE_END.split(text[max(0, start - _OFFICE_BEFORE) : start])[-1])
    after = SENTENCE_END.split(text[end : end + _AFTER])[0]
    if _A_BOX.search(before):
        return True
    if says_somebody_lives(before) or says_somebody_lives(after):
        return False
    return (
        # "Hindlip Hall WR3 8SP hosted the day"
        bool(_HOSTS.search(before) or _HOSTS.match(after) or _GOES_TO.search(before))
        or bool(_WE_ARE_THERE.search(before))
        or any(word.casefold().removesuffix("'s") in WORKPLACES for word in _WORD.findall(before))
        or any(word.casefold() in _OFFICES_ALONE for word in _WORD.findall(after))
    )


def says_somebody_lives(text: str) -> bool:
    return bool(_SOMEBODY_LIVES.search(text))


def _homes_beside_names(text: str) -> Iterator[Span]:
    for (start, end), office_follows in people(text):
        after_it = _OF_SOMEBODY.match(text, end)
        if after_it and not is_a_workplace(text, after_it.end()):
            yield after_it.span("home")
        before = max(0, start - _LONGEST_HOUSE)
        before_it = None if office_follows else _SOMEBODYS.search(text[before:start])
        if before_it:
            first, last = before_it.span("home")
            yield before + first, before + last


def _numbered(before: str) -> bool:
    number = _NUMBER_BEFORE.search(before)
    return number is not None and not _NOT_A_HOUSE.match(number["before"])
