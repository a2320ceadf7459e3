"""Word lists of the check: one word or phrase a line in `words/`, in small letters, without a possessive."""

from importlib.resources import files


def _lines(file: str) -> tuple[str, ...]:
    """Read `words/FILE`, without its comment lines."""
    text = files(__package__).joinpath("words", file).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_lines(f"{name}.txt"))


AREAS = _words("areas")
MAILBOXES = _words("mailboxes")
INSTITUTIONS = _words("institutions")
TASKS = _words("tasks")
OFFICES = _words("offices")
OCCUPATIONS = OFFICES | _words("occupations")
MONTHS_AND_DAYS = _words("months_and_days")
# Months that people are named after.
GIVEN_MONTHS = frozenset({"april", "may", "june"})
BEGINNINGS = AREAS | (MONTHS_AND_DAYS - GIVEN_MONTHS) | _words("beginnings")
PLACES = _words("places")
STREETS = _words("streets_and_surnames")
SENTENCE_BEGINNINGS = _words("sentence_beginnings")
GIVEN_NAMES = _words("given_names") | _words("given_names_of_the_world")
# Those that are no everyday words, so that they are names in small letters too.
ONLY_GIVEN_NAMES = GIVEN_NAMES - _words("given_names_and_words")
ABBREVIATIONS = _words("abbreviations")
JOBS = _words("jobs")
WORKPLACES = _words("workplaces")
BUILDINGS = WORKPLACES | _words("buildings")
JOBS_OF_ONE = _words("jobs_of_one")
ORDINARY = _words("ordinary")
VERBS_OF_A_CASE = _words("verbs_of_a_case")
CALLINGS = _words("callings")
# Class of circumstance, as `descriptions/evidence.py` weighs it, and word or phrase.
CIRCUMSTANCES = tuple(tuple(line.split("\t")) for line in _lines("circumstances.tsv"))
# Class of evidence, as `roles/names_by_evidence.py` weighs it, and word or phrase.
EVIDENCE_OF_A_CASE = tuple(tuple(line.split("\t")) for line in _lines("evidence_of_a_case.tsv"))
# Word or phrase, "one" or "many", and the class that `roles/role.py` explains.
ROLES = tuple(tuple(line.split("\t")) for line in _lines("roles.tsv"))
