"""Typing errors forgiven: a letter dropped, doubled, swapped with its neighbour, or hit beside its key."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.questions.plain_words.word_lists import ORDINARY_WORDS

# Shorter words are like too many others.
_SHORTEST = 4
# From so many letters on two errors are forgiven.
_LONG = 7


def corrected(typed: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of which this may be a misspelling, the likeliest first; none for an ordinary word."""
    if len(typed) < _SHORTEST or typed in ORDINARY_WORDS or not typed.isalpha():
        return ()
    slips = _within(typed, words, 1)
    if slips:
        return tuple(sorted(slips, key=lambda word: (not _same_letters(typed, word), word)))
    if len(typed) < _LONG:
        return ()
    return tuple(
        sorted(word for word in _within(typed, words, 2) if len(word) >= _LONG and word[0] == typed[0])
    )


def _within(typed: str, words: Sequence[str], errors: int) -> list[str]:
    near = process.extract(typed, words, scorer=OSA.distance, processor=None, score_cutoff=errors, limit=None)
    return [word for word, _, _ in near if len(word) >= _SHORTEST and _begins_alike(typed, word)]


def _begins_alike(typed: str, word: str) -> bool:
    """Whether the first letters are alike. A first letter is seldom wrong, but it may be swapped or left
    out."""
    return typed[0] == word[0] or typed[1] == word[0] or typed[0] == word[1]


def _same_letters(typed: str, word: str) -> bool:
    """Whether two letters were swapped, or one was doubled: the likeliest slips."""
    return sorted(typed) == sorted(word) or set(typed) == set(word)
