"""The kinds of personal data that the check looks for, and what it found."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date of birth"
    NATIONAL_INSURANCE = "national insurance"
    NHS_NUMBER = "nhs"
    REFERENCE = "reference"  # of a crime, an incident, a case, a custody record, a log
    VEHICLE = "vehicle"
    DOCUMENT = "document"  # the number of a passport, a licence, an account or a device
    HANDLE = "handle"
    PICTURE = "picture"  # a link to a photograph or to footage
    NAME = "name"  # beside a word for somebody in a case
    DESCRIPTION = "description"  # initials or a first name with age and place, street, or job and place


class Finding(Struct, frozen=True):
    kind: Kind
    words: str  # the part of the text that was found, as it was written
