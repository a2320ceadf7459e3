"""Word lists beside the meanings: one word a line, or several parted by spaces, in small letters."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def _words(name: str) -> frozenset[str]:
    text = files(__package__).joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


# Ordinary words one slip away from a word with a meaning: they are what they are.
ORDINARY_WORDS = _words("ordinary_words")
# What people say to be polite; alone it asks nothing.
SMALL_TALK = _words("small_talk")


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of a list that has sections, each by the name in brackets before it."""
    text = files(__package__).joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    _, *parts = _SECTION.split(lines)
    return {
        section: tuple(" ".join(phrase.split()) for phrase in re.split(r",|\n\n", listed) if phrase.strip())
        for section, listed in zip(parts[::2], parts[1::2], strict=True)
    }


_SECTION = re.compile(r"^\[([a-z ]+)\]$", re.MULTILINE)
