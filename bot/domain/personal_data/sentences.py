"""A text as sentences of words, with what stands between them."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

Span = tuple[int, int]

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "messrs"})
WORDS = re.compile(r"[^\W\d_]+")  # without their apostrophes and hyphens
SENTENCE_END = re.compile(r"[.!?]\s|\n")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_END_OF_SENTENCE = re.compile(r"[.!?]['\")]*\s|(?<!:)\n|\n\n")
_ABBREVIATED = TITLES | {
    "st",
    "sgt",
    "insp",
    "supt",
    "prof",
    "cllr",
    "no",
    "def",
    "vic",
    "susp",
    "wit",
    "compl",
    "perp",
}


class Word(Struct, frozen=True, dict=True):
    text: str
    start: int  # in the text
    end: int
    gap: str  # what stands between the word before and this one

    @cached_property
    def plain(self) -> str:
        """The word in small letters and without a possessive."""
        return self.text.casefold().removesuffix("'s")

    @cached_property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and (any(map(str.islower, self.text)) or self.is_shouted)

    @property
    def is_shouted(self) -> bool:
        """Officers write surnames in capitals; two letters or none of the vowels are an abbreviation."""
        return len(self.text) > 2 and self.text.isupper() and any(vowel in self.text for vowel in "AEIOUY")

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper() and self.text != "I"


@lru_cache(maxsize=4)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, in which to look for those that a pattern needs."""
    return frozenset(WORDS.findall(text.casefold()))


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sequence[Word], ...]:
    """Return the sentences of a text; several finders ask for those of the same one."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sequence[Word]]:
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        if words and _END_OF_SENTENCE.search(gap) and not is_abbreviated(words[-1], gap):
            yield words
            words = []
        words.append(Word(match[0], match.start(), match.end(), gap))
        end = match.end()
    if words:
        yield words


def is_abbreviated(word: Word, gap: str) -> bool:
    """Return whether a full stop between two words belongs to the first: "Dr. Hill", "A. Hill"."""
    return gap == ". " and (len(word.text) == 1 or word.text.casefold() in _ABBREVIATED)
