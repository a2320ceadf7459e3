"""Word lists of the check: one word or phrase a line in `words/`, in small letters, without a possessive."""

from importlib.resources import files


def _read(name: str) -> frozenset[str]:
    """Read `words/NAME.txt`, without its comment lines."""
    text = files(__package__).joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


AREAS = _read("areas")
MAILBOXES = _read("mailboxes")
INSTITUTIONS = _read("institutions")
TASKS = _read("tasks")
OFFICES = _read("offices")
OCCUPATIONS = OFFICES | _read("occupations")
MONTHS_AND_DAYS = _read("months_and_days")
# Months that people are named after.
GIVEN_MONTHS = frozenset({"april", "may", "june"})
BEGINNINGS = AREAS | (MONTHS_AND_DAYS - GIVEN_MONTHS) | _read("beginnings")
PLACES = _read("places")
STREETS = _read("streets_and_surnames")
SENTENCE_BEGINNINGS = _read("sentence_beginnings")
