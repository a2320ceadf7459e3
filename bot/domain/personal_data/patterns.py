"""Build patterns from word lists, and look for several patterns in a text."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first: "deputy head" before "deputy"."""
    return rf"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """Yield what each pattern finds, one pattern after the other."""
    return chain.from_iterable(pattern.finditer(text) for pattern in patterns)
