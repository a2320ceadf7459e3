"""What in a free text looks as if it told who somebody in a case is, so that the writer is asked before it is
stored.

It warns and never decides: a story that only one person can have lived is not seen. It leaves alone what can
only belong to an institution: numbers such as 101, those that begin with 03 or 08, the shared mailboxes of
police and government, offices with their addresses and landlines."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.domain.personal_data.births import births
from bot.domain.personal_data.descriptions.ages import ages
from bot.domain.personal_data.descriptions.ages_nearby import ages_nearby
from bot.domain.personal_data.descriptions.circumstances import circumstances
from bot.domain.personal_data.descriptions.jobs import jobs
from bot.domain.personal_data.descriptions.streets import streets
from bot.domain.personal_data.documents import documents
from bot.domain.personal_data.emails import emails
from bot.domain.personal_data.handles import handles
from bot.domain.personal_data.homes import homes
from bot.domain.personal_data.identifiers import national_insurance_numbers, nhs_numbers, plates
from bot.domain.personal_data.kinds import Finding, Kind
from bot.domain.personal_data.phones import phones
from bot.domain.personal_data.pictures import pictures
from bot.domain.personal_data.positions import positions
from bot.domain.personal_data.references import references
from bot.domain.personal_data.roles.names_beside_roles import names_beside_roles
from bot.domain.personal_data.roles.names_by_evidence import names_by_evidence
from bot.domain.personal_data.roles.names_in_cases import names_in_cases
from bot.domain.personal_data.sentences import Span

Finder = Callable[[str], Iterator[Span]]

# Where two kinds claim the same words, the first keeps them.
_FINDERS: tuple[tuple[Kind, Finder], ...] = (
    (Kind.PICTURE, pictures),
    (Kind.EMAIL, emails),
    (Kind.DATE_OF_BIRTH, births),
    (Kind.NATIONAL_INSURANCE, national_insurance_numbers),
    (Kind.DOCUMENT, documents),
    (Kind.ADDRESS, positions),
    (Kind.REFERENCE, references),
    (Kind.PHONE, phones),
    (Kind.NHS_NUMBER, nhs_numbers),
    (Kind.VEHICLE, plates),
    (Kind.ADDRESS, homes),
    (Kind.HANDLE, handles),
    (Kind.NAME, names_beside_roles),
    (Kind.NAME, names_in_cases),
    (Kind.NAME, names_by_evidence),
    (Kind.DESCRIPTION, ages),
    (Kind.DESCRIPTION, streets),
    (Kind.DESCRIPTION, jobs),
    (Kind.DESCRIPTION, ages_nearby),
    (Kind.DESCRIPTION, circumstances),
)
# What these find has a figure in it; a telephone number may be in words.
_OF_FIGURES: frozenset[Finder] = frozenset(
    {national_insurance_numbers, documents, references, nhs_numbers, plates}
)
_FIGURE = re.compile(r"\d")


def findings(text: str) -> tuple[Finding, ...]:
    """Return everything found, in the order of the text, each once; empty when there is nothing to ask about.
    Every pattern is bounded, or starts where no other try can start, so that the time grows with the length
    of the text and no faster."""
    plain = _plain(text)
    spans: list[tuple[Span, Kind]] = []
    is_claimed = bytearray(len(plain))  # by character
    has_figures = _FIGURE.search(plain)
    for kind, find in _FINDERS:
        if find in _OF_FIGURES and not has_figures:
            continue
        for start, end in find(plain):
            if not any(is_claimed[start:end]):
                is_claimed[start:end] = b"\1" * (end - start)
                spans.append(((start, end), kind))
    return tuple(dict.fromkeys(Finding(kind, text[slice(*span)]) for span, kind in sorted(spans)))


def _plain(text: str) -> str:
    """Return the text with plain digits, spaces, dashes and quotation marks, each character in its place."""
    return text if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character in "‘’ʼ`´":
        return "'"
    if character in "·•":
        return " "
    if character in "“”„":
        return '"'
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character
