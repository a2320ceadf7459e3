"""In which of the two languages of the register a text was written."""

import re
from enum import StrEnum


class Language(StrEnum):
    """The value is the language's code, as pages declare it."""

    ENGLISH = "en"
    WELSH = "cy"


# Short words that nearly every Welsh sentence has, without those that are English words too.
_WELSH = {
    "ac", "ag", "ar", "bod", "bydd", "byddant", "byddwn", "cael", "ddim", "dim", "dros", "ei", "eich",
    "ein", "eu", "ers", "fel", "gan", "gyda", "hefyd", "hyd", "hyn", "i'r", "mae", "maent", "mewn", "na'r",
    "nad", "neu", "nid", "o'r", "oddi", "oedd", "oes", "roedd", "roeddem", "rydym", "rhag", "rhwng", "sydd",
    "sy'n", "trwy", "wedi", "wedi'i", "wedi'u", "wrth", "y'r", "ydym", "ydyw", "ym", "yn", "yng", "yr",
    "yw",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Of the words of a text, the share from which on it is Welsh.
_SHARE = 0.15


def language_of(text: str) -> Language:
    """Tell the language of a text by its short words; English where there are too few to tell."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    welsh = sum(word in _WELSH or word.partition("'")[0] in _WELSH for word in words)
    return Language.WELSH if words and welsh / len(words) >= _SHARE else Language.ENGLISH
