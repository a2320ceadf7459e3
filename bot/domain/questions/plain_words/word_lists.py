"""Word lists beside the meanings: one word a line, or several parted by spaces, in small letters."""

from importlib.resources import files


def _words(name: str) -> frozenset[str]:
    text = files(__package__).joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


# Ordinary words one slip away from a word with a meaning: they are what they are.
ORDINARY_WORDS = _words("ordinary_words")
# What people say to be polite; alone it asks nothing.
SMALL_TALK = _words("small_talk")
