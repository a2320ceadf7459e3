"""Typing errors forgiven: a letter dropped, doubled, swapped with its neighbour, or hit beside its key."""

from collections.abc import Mapping, Sequence

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


# A word without its vowels is told from others by so many letters.
_SHORTEST_SKELETON = 3


def skeletons_of(words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return words by what is left of them without vowels and double letters."""
    by_skeleton: dict[str, list[str]] = {}
    for word in words:
        if len(word) > _SHORTEST_SKELETON and word.isalpha():
            by_skeleton.setdefault(_skeleton(word), []).append(word)
    return {skeleton: tuple(words) for skeleton, words in by_skeleton.items()}


def written_short(typed: str, by_skeleton: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of which this is a short form without some vowels ("misd", "cmpltd"), the nearest first."""
    if typed in ORDINARY_WORDS or not typed.isalpha():
        return ()
    skeleton = _skeleton(typed)
    if len(skeleton) < _SHORTEST_SKELETON:
        return ()
    words = [
        word for word in by_skeleton.get(skeleton, ()) if len(word) > len(typed) and _is_left_of(typed, word)
    ]
    return tuple(sorted(words, key=lambda word: (len(word), word)))


def _skeleton(word: str) -> str:
    """Return the first letter and the consonants, each once where it is doubled."""
    letters = word[0] + "".join(letter for letter in word[1:] if letter not in "aeiouy")
    return "".join(letter for place, letter in enumerate(letters) if letter != letters[place - 1 : place])


def _is_left_of(typed: str, word: str) -> bool:
    """Whether all letters of `typed` stand in `word`, in this order."""
    letters = iter(word)
    return all(letter in letters for letter in typed)


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
