"""What in a free text looks as if it told who a victim is, so that the writer is asked before it is stored.

It warns and never decides: a first name alone, a name in small letters or a story that only one person can
have lived are not seen. It leaves alone what can only belong to an institution: numbers such as 101, those
that begin with 03 or 08, and the shared mailboxes of police and government."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.personal_data.births_and_homes import births, homes
from bot.domain.personal_data.names import victim_names
from bot.domain.personal_data.references import crime_references
from bot.domain.personal_data.word_lists import AREAS, MAILBOXES

Span = tuple[int, int]


class Kind(StrEnum):
    """The values are words for the screen."""

    PHONE = "phone number"
    EMAIL = "e-mail address"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date of birth"
    NATIONAL_INSURANCE = "National Insurance number"
    NHS_NUMBER = "NHS number"
    CRIME_REFERENCE = "crime reference"
    VICTIM_NAME = "name of a victim"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` is the part of the text that was found, as it was written."""

    kind: Kind
    words: str


def findings(text: str) -> tuple[Finding, ...]:
    """Everything found, in the order of the text, each once; empty when there is nothing to ask about.

    Every pattern is bounded, or starts where no other try can start, so that no text makes it slow: 3,000
    characters of notes take about 3 ms, and the worst that we could think of 6 ms."""
    plain = _plain(text)
    found: list[tuple[Span, Kind]] = []
    for kind, find in _FINDERS:
        found.extend((span, kind) for span in find(plain) if not _overlaps(span, found))
    return tuple(dict.fromkeys(Finding(kind, text[slice(*span)]) for span, kind in sorted(found)))


def _plain(text: str) -> str:
    """The text with plain digits, spaces, dashes and quotation marks, each character in its place."""
    return text if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character in "‘’ʼ`´":
        return "'"
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character


def _overlaps(span: Span, found: list[tuple[Span, Kind]]) -> bool:
    return any(span[0] < end and start < span[1] for (start, end), _ in found)


# Ofcom's plan of numbers: 01 and 02 are places, 07 mobile phones; 03, 08 and 09 belong to organisations.
_PHONE = re.compile(
    r"(?<![\w£$€+])(?<!\d[./,-])"
    r"\(?(?:(?:\+ ?|00 ?)?44\)?[ .-]?(?:\(?0\)?[ .-]?)?\(?|0[ (]?)"
    r"(?=[127])\d(?:[ .()-]{0,3}\d){9}(?!\d)"
)
_PHONE_ABROAD = re.compile(r"(?<![\w+])\+(?!44)[1-9](?:[ .()-]{0,2}\d){8,13}(?!\d)")
_BEGINS_WITH_A_DATE = re.compile(r"\(?\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d\d\b")


def _phones(text: str) -> Iterator[Span]:
    for pattern in (_PHONE, _PHONE_ABROAD):
        for found in pattern.finditer(text):
            if not _BEGINS_WITH_A_DATE.match(found[0]):
                yield found.span()


_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]+@[^\W_][\w-]*(?:\.[\w-]+)+")
# cjsm.net is the secure mail of criminal justice and stands behind the office's own domain.
_OFFICES = re.compile(
    r"(?:^|\.)(?:police\.uk|gov\.uk|gov\.wales|llyw\.cymru|parliament\.uk)(?:\.cjsm\.net)?$"
)


def _emails(text: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        if not _is_an_office(found[0].casefold()):
            yield found.span()


def _is_an_office(address: str) -> bool:
    """A mailbox named for a task rather than a person, with police, government or the association."""
    name, _, domain = address.partition("@")
    parts = {part for part in re.split(r"[._+-]", name) if part}
    return bool(_OFFICES.search(domain)) and bool(parts & MAILBOXES) and parts <= MAILBOXES | AREAS


# HMRC's form of it, NIM39110; QQ is never issued, and what people write in examples.
_NI_LETTERS = r"(?:QQ|(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_NATIONAL_INSURANCE = (
    re.compile(rf"\b{_NI_LETTERS}[ -]?(?:\d\d[ -]?){{3}}[A-D]\b"),
    # In small letters only in one piece: "on 12-03-24 a meeting" is no number.
    re.compile(rf"\b{_NI_LETTERS}\d{{6}} ?[A-D]\b", re.IGNORECASE),
    re.compile(
        r"\b(?:NI|NINO|national insurance)(?: (?:no|num|number)\b)?[.:#]?\s{0,3}(?:is |was )?"
        r"(?P<number>[A-Z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d(?:[ -]?[A-D])?)\b",
        re.IGNORECASE,
    ),
)


def _national_insurance_numbers(text: str) -> Iterator[Span]:
    for pattern in _NATIONAL_INSURANCE:
        for found in pattern.finditer(text):
            yield found.span("number" if "number" in pattern.groupindex else 0)


# Numbers are issued from 3, 4, 6 and 7; 9 is kept for tests. The last digit checks the others.
_NHS_NUMBER = re.compile(r"(?<![\w£$€+])(?<!\d[ ./,-])[34679]\d\d[ -]?\d{3}[ -]?\d{4}(?![\w])(?![ -]\d)")


def _nhs_numbers(text: str) -> Iterator[Span]:
    for found in _NHS_NUMBER.finditer(text):
        digits = [int(character) for character in found[0] if character.isdigit()]
        # https://www.datadictionary.nhs.uk/attributes/nhs_number.html
        if sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0:
            yield found.span()


# Where two kinds claim the same words, the first keeps them.
_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
    (Kind.EMAIL, _emails),
    (Kind.DATE_OF_BIRTH, births),
    (Kind.CRIME_REFERENCE, crime_references),
    (Kind.PHONE, _phones),
    (Kind.NATIONAL_INSURANCE, _national_insurance_numbers),
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.ADDRESS, homes),
    (Kind.VICTIM_NAME, victim_names),
)
