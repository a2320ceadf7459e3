"""Towns and forces that stand for no body of the register: "accept 15 chelmsford" may be for another."""

import re
from functools import cache
from importlib.resources import files

# "For Chelmsford", "on behalf of the BTP", "over in Dover"
_BEFORE_A_PLACE = re.compile(
    r"(?:(?:up|down|over|only|just|but|and) )*(?:(?:on behalf of|for|in|at|from|by|around|across) )?(?:the )?"
)
_AFTER_A_PLACE = re.compile(
    r"(?: (?:police|force|constabulary|office|station|area|district|city|town|only|division|borough"
    r"|council))*"
)


def other_place_in(words: str) -> str:
    """Return the place or force that words are, with no more than "for" and "police" beside it.

    Empty where they are anything else."""
    words = " ".join(words.casefold().replace("’", "'").strip(" .,;:!-–—").split())
    words = words[_length(_BEFORE_A_PLACE, words) :]
    known = _other_places()
    first_words = words.split(" ")
    for taken in range(min(len(first_words), _LONGEST), 0, -1):
        place = " ".join(first_words[:taken])
        if place in known and _AFTER_A_PLACE.fullmatch(words[len(place) :]):
            return place
    return ""


_LONGEST = 4


def _length(pattern: re.Pattern[str], words: str) -> int:
    match = pattern.match(words)
    return match.end() if match else 0


@cache
def _other_places() -> frozenset[str]:
    text = files(__package__).joinpath("other_places.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
