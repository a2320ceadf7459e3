"""What words mean in plain questions, read from `words/`: a meaning in brackets, then its words and phrases.

Contractions are spelt out before ("who's" is "who is"), capitals, hyphens and apostrophes are gone."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from bot.domain.questions.plain_words.spelling import skeletons_of


class Meaning(Enum):
    """A sense a word can have; one word may have several."""

    # Looked up for every word of a sentence: the default hashes the name each time, in Python.
    __hash__ = object.__hash__

    NEUTRAL = auto()  # says nothing of its own here
    FILLER = auto()  # says nothing of its own in a question; in a statement it may turn what is said
    TIME_WORD = auto()  # leads to a day
    # Asking
    WHO = auto()
    WHICH = auto()
    WHAT = auto()
    WHEN = auto()
    WHERE = auto()
    WHY = auto()
    HOW = auto()
    HOW_MANY = auto()
    PERCENT = auto()
    ANY = auto()
    TELL = auto()
    WHETHER = auto()
    LISTED = auto()  # "the ones that": a list is meant, and nothing is stated
    REFERS_BACK = auto()  # to what was said before, which nobody remembers
    HEARSAY = auto()  # what somebody said: never recorded, but how it stands can be shown
    # Who
    OWN = auto()
    BODY_WORD = auto()
    MAYORS = auto()
    COMMISSIONERS = auto()  # the bodies without a mayor
    FIRE_COMMISSIONERS = auto()
    ENGLISH = auto()
    WELSH = auto()
    EVERYONE = auto()
    # Not, and all but
    NOT = auto()
    NO_LONGER = auto()
    EXCEPT = auto()
    # Progress
    COMPLETE = auto()
    STARTED = auto()
    NOT_STARTED = auto()
    BLOCKED = auto()
    UNBLOCKED = auto()
    CHECKED = auto()
    NOT_CHECKED = auto()
    # Answers
    ACCEPT = auto()
    PARTLY = auto()
    DECLINE = auto()
    RESPOND = auto()
    # Deadlines
    OVERDUE = auto()
    SHOULD_BY_NOW = auto()
    DUE = auto()
    WAITING = auto()
    OUTSTANDING = auto()
    EXTENSION = auto()
    DONE_LATE = auto()
    EXPECTED_LATE = auto()
    MOVED_TWICE = auto()
    # Changes
    CHANGES = auto()
    HISTORY = auto()
    RECORDED = auto()
    FIRST = auto()
    LAST_TO = auto()
    COMPARE = auto()
    BY_REGION = auto()
    BY_REPORT = auto()
    BY_THEME = auto()
    PRIORITY = auto()  # marked so, of recommendations
    # What is looked at
    STATUS = auto()
    WORDING = auto()
    REC_WORD = auto()
    REPORT_WORD = auto()
    EVIDENCE = auto()
    PART = auto()
    CLOSED = auto()
    QUOTABLE = auto()
    APPROVAL = auto()  # a second person's yes to what was recorded
    SILENT = auto()
    # Files and pictures
    FILE = auto()
    XLSX = auto()
    ODS = auto()
    DOCX = auto()
    PDF = auto()
    CSV = auto()
    JSON = auto()
    MAP = auto()
    CHART = auto()
    # People, digest, searching
    CONTACT = auto()
    COORDINATOR = auto()
    DIGEST = auto()
    PREVIEW = auto()
    SEND = auto()
    SEARCH = auto()
    # Orders
    MARK = auto()
    NOTE = auto()
    FORM = auto()
    EXTEND = auto()
    GRANT = auto()
    ADD = auto()
    REVOKE = auto()
    CHECK = auto()
    REOPEN = auto()
    WITHDRAW = auto()
    REMIND = auto()
    UNDO = auto()
    REDACT = auto()
    # Not for recbot, or not certain
    JUDGEMENT = auto()
    WRITE = auto()
    OUTSIDE = auto()
    HEDGE = auto()


Meanings = frozenset[Meaning]


class Vocabulary(Struct, frozen=True):
    # Words, parted by single spaces, to all that they can mean.
    phrases: Mapping[str, Meanings]
    # Every word that stands in a phrase with a meaning, to mend typing errors by.
    words: tuple[str, ...]
    known_words: frozenset[str]
    # Those words by what is left of them without vowels, to read short forms.
    by_skeleton: Mapping[str, tuple[str, ...]]
    # How many words the longest phrase has that begins with a word.
    longest_from: Mapping[str, int]

    def meanings(self, phrase: str) -> Meanings:
        return self.phrases.get(phrase, frozenset())


_SECTION = re.compile(r"^\[(\w+)\]$", re.MULTILINE)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    phrases: dict[str, set[Meaning]] = {}
    longest: dict[str, int] = {}
    for file in files(__package__).joinpath("words").iterdir():
        if not file.name.endswith(".txt"):
            continue
        for meaning, phrase in _phrases_in(file.read_text(encoding="utf-8")):
            phrases.setdefault(phrase, set()).add(meaning)
            first, *others = phrase.split()
            longest[first] = max(longest.get(first, 0), 1 + len(others))
    words = frozenset(word for phrase in phrases for word in phrase.split())
    fillers = frozenset(phrase for phrase, meanings in phrases.items() if meanings == {Meaning.FILLER})
    in_phrases = (phrase for phrase in phrases if phrase not in fillers)
    # What says nothing is mended towards nothing: a word of content is not made a filler.
    of_content = tuple(sorted({word for phrase in in_phrases for word in phrase.split()}))
    # A short form must not turn a sentence into its opposite: "mins" is no "minus".
    turning = {
        phrase
        for phrase, meanings in phrases.items()
        if not meanings.isdisjoint((Meaning.NOT, Meaning.NO_LONGER, Meaning.EXCEPT, Meaning.HEDGE))
    }
    return Vocabulary(
        {phrase: frozenset(meanings) for phrase, meanings in phrases.items()},
        of_content,
        words,
        skeletons_of([word for word in of_content if word not in turning]),
        longest,
    )


def _phrases_in(text: str) -> list[tuple[Meaning, str]]:
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    _, *sections = _SECTION.split(lines)
    return [
        (Meaning[name.upper()], " ".join(phrase.split()))
        for name, listed in zip(sections[::2], sections[1::2], strict=True)
        for phrase in listed.split(",")
        if phrase.strip()
    ]
