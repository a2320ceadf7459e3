"""Find National Insurance and NHS numbers and the registration plates of vehicles."""

import re
from collections.abc import Iterator

from stdnum.gb import nhs

from bot.domain.personal_data.patterns import matches
from bot.domain.personal_data.sentences import Span

_LABEL_GAP = r"[\s.,:;#=()\[\]|/-]{0,5}(?:(?:is|was|yw|given as) )?"

# HMRC's form of it, NIM39110; QQ is never issued, and what people write in examples.
_NI_LETTERS = r"(?:QQ|(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_NATIONAL_INSURANCE = (
    re.compile(rf"\b(?P<number>{_NI_LETTERS}[ ./-]?(?:\d\d[ ./-]?){{3}}[A-D])\b"),
    # In small letters only in one piece: "on 12-03-24 a meeting" is no number.
    re.compile(r"\b(?P<number>[A-Z]{2}\d{6} ?[A-D])\b", re.IGNORECASE),
    # With letters that are never issued too: made up, or mistyped.
    re.compile(r"\b(?P<number>[A-Z]{2}(?:\d{6}|[ ./-]?\d\d(?P<sep>[ ./-])\d\d(?P=sep)\d\d[ ./-]?)[A-Z])\b"),
    re.compile(
        r"\b(?:N\.?I\.?|NINO|(?:nat(?:ional)?\.?|her|his|their) ins(?:urance)?|yswiriant (?:gwladol|cenedlaethol)|YG)"
        rf"(?: ?(?:no|num|number)\b)?{_LABEL_GAP}"
        r"(?P<number>[A-Z]{2}(?:[ ./-]{0,3}\d){6}(?:[ ./-]{0,3}[A-D])?)\b",
        re.IGNORECASE,
    ),
)


def national_insurance_numbers(text: str) -> Iterator[Span]:
    for match in matches(_NATIONAL_INSURANCE, text):
        yield match.span("number")


# Numbers are issued from 3, 4, 6 and 7; 9 is kept for tests. The last digit checks the others.
_NHS_NUMBER = re.compile(r"(?<![\w£$€+])(?<!\d[ ./,-])[34679]\d\d[ ./-]?\d{3}[ ./-]?\d{4}(?!\w)(?![ ./-]\d)")
_NO_DIGIT = re.compile(r"\D")
_NHS_LABELLED = re.compile(
    r"\b(?:N\.?H\.?S\b\.?|GIG)(?: ?(?:no|num|number|id|rhif)\b)?"
    rf"{_LABEL_GAP}(?P<number>\d(?:[ ./-]{{0,3}}\d){{9}})(?!\w)",
    re.IGNORECASE,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    for match in _NHS_LABELLED.finditer(text):
        yield match.span("number")
    for match in _NHS_NUMBER.finditer(text):
        # The library checks the last digit.
        if nhs.is_valid(_NO_DIGIT.sub("", match[0])):
            yield match.span()


# https://www.gov.uk/government/publications/vehicle-registration-numbers-and-number-plates
_PLATE_SINCE_2001 = re.compile(
    r"(?<![\w/-])(?P<plate>[A-HJ-PR-Z][A-HJ-PR-Z]\d\d[ -]?(?!PCC)[A-Z]{3})(?![\w/-])"
)
_ANY_PLATE = (
    r"(?:[A-Z]{2}[ -]?\d\d[ -]?[A-Z]{3}|[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[ -]?[A-Z]"
    r"|[A-Z]{1,3}[ -]?\d{1,4}|\d{1,4}[ -]?[A-Z]{1,3})"
)
# Three figures in a plate of before 2001 stand in nothing else: "S421 KWP", "KWP 421S".
_PLATE_BEFORE_2001 = re.compile(
    r"(?<![\w/-])(?P<plate>[A-HJ-NPR-TV-Y]\d{3} ?[A-Z]{3}|[A-Z]{3} ?\d{3}[A-HJ-NPR-TV-Y])(?![\w/-])"
)
_PLATE_IN_SMALL_LETTERS = re.compile(
    r"(?<![\w/.@-])(?P<plate>[a-z]{2}\d\d ?(?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{3})"
    r"(?= (?:on the|in the|outside|seen|parked|again|following|behind|near|at|by)\b|[,.;)]|$)"
)
_PLATE_LABELLED = re.compile(
    r"\b(?:vrm|vrn|reg(?:istration|s|d|'?n)?(?: ?(?:no|num|number|plate|mark)\b)?|index|(?:number|licence|license) ?plates?"
    r"|plates?|rhif cofrestru)\b"
    rf"{_LABEL_GAP}(?:(?:no|number) )?(?P<plate>{_ANY_PLATE}|(?-i:(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{{2,4}} [A-Z0-9]{{1,4}}))(?![\w/-])",
    re.IGNORECASE,
)
_VEHICLES = (
    r"(?:car|van|vehicle|lorry|truck|motorbike|motorcycle|moped|scooter|taxi|minicab|ford|vauxhall|bmw|audi|golf"
    r"|volkswagen|vw|fiesta|focus|corsa|astra|polo|toyota|nissan|honda|kia|hyundai|peugeot|renault|citroen|skoda"
    r"|seat|mercedes|transit|mini|fiat|tesla|volvo|mazda|mondeo|clio|micra|yaris|passat|insignia|zafira|qashqai|juke|kuga|puma|picasso|berlingo|partner|kangoo|vivaro|trafic|sprinter|defender|discovery|jimny|yamaha|kawasaki|suzuki|ducati|triumph|vespa|quad|pick-?up|4x4|suv|jeep|dacia|seat|cupra|mg|subaru|lexus|porsche|cab|minibus|trailer|wrote down|plates?|anpr|keeper|land rover|range rover|jaguar|hatchback|estate|saloon"
    r"|campervan|caravan|tractor|parked|drove|driving|driven)"
)
# Near the name of a vehicle any full plate counts, in small letters too, and older ones.
_NEAR_A_VEHICLE = re.compile(
    rf"\b{_VEHICLES}\b[^.!?\n]{{0,30}}?(?<![\w/-])"
    r"(?P<plate>[A-Z]{2}[ -]?\d\d[ -]?[A-Z]{3}|[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{2,3}[A-Z]|[A-Z]{3} \d{3,4})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
# "Regulations 2015 reg 72"
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d[ -]?[a-z]{1,3}$", re.IGNORECASE)
_PLATES = (_PLATE_SINCE_2001, _PLATE_BEFORE_2001, _PLATE_IN_SMALL_LETTERS, _PLATE_LABELLED, _NEAR_A_VEHICLE)
_SHORTEST_PLATE = 4
_NO_PLATE = re.compile(
    r"(?:the|and|for|was|has|had|pcc|dcc|new|per|who|his|her|its|our|all|any|not|are|but|day|men|due|one|two|suv|evs|hgv|lgv|vat|fte|ltd|plc|usb|kwh)$",
    re.IGNORECASE,
)


def plates(text: str) -> Iterator[Span]:
    for match in matches(_PLATES, text):
        plate = match["plate"]
        # Shorter ones are mostly cells of a sheet, annexes and regulations: "index A1", "Reg 15A".
        is_long_enough = sum(map(str.isalnum, plate)) >= _SHORTEST_PLATE
        is_a_year = bool(_YEAR_FIRST.match(plate))
        ends_with_a_word = bool(_NO_PLATE.search(plate))
        if is_long_enough and not is_a_year and not ends_with_a_word and any(map(str.isdigit, plate)):
            yield match.span("plate")
