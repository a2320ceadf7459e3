"""A recommendation's number as reports print it: 15, 3a, 4.1, 8.2b.

It is read, checked and put in order here and nowhere else."""

import re
from functools import lru_cache

NUMBER = r"[1-9][0-9]{0,2}(?:\.[0-9]{1,2}){0,2}[a-z]?"
"""The pattern of a number in small letters, to build other patterns from; it has no groups."""

LONGEST_NUMBER = len("999.99.99z")

_WRITTEN = re.compile(f"0*({NUMBER})")


def parse_number(text: str) -> str | None:
    """Return the number as the register holds it ("015" is 15, "3A" is 3a), or None for what is no number."""
    match = _WRITTEN.fullmatch(text.strip().lower())
    return match[1] if match else None


# Lists sort thousands by their places, of which few are different.
@lru_cache(maxsize=2_000)
def place_of(number: str) -> int:
    """Return a recommendation's place in its report: 1, 1a, 1b, 2, 4.1, 4.2, 4.10, 10 come in this order.

    The places of two numbers tell their order and nothing else. They are stored, so that the database sorts
    as this does: within 31 bits, what is no number last."""
    if parse_number(number) is None:
        return _LAST
    levels = [int(level) for level in re.findall("[0-9]+", number)]
    place = 0
    for level in (*levels, *[0] * (_LEVELS - len(levels))):
        place = place * _UNDER_A_NUMBER + level
    letter = number[-1]
    return place * _LETTERS + (ord(letter) - ord("a") + 1 if letter.isalpha() else 0)


_LEVELS = 3
_UNDER_A_NUMBER = 100
_LETTERS = 27
_LAST = 2**31 - 1
