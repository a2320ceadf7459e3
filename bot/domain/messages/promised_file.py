"""The files that an answer promises, and that come in a direct message."""

from enum import StrEnum


class PromisedFile(StrEnum):
    """What is promised. The value stands in the key of its delivery, so that it must not change."""

    ACCOUNT = "export"
    LETTER = "letter"
    MAP = "map"
    CHART = "chart"
    CALENDAR = "calendar"
    RETURN_FORM = "return"
