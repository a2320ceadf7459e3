"""The numbers of recommendations in a plain sentence: "rec 15", "15(a)", "twenty-five", but not "15 forces"."""

import re
from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA

from bot.domain.questions.grammar.counted import COUNTED, DESCRIBING
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.number_words import TENS, TO_NINETEEN
from bot.domain.questions.plain_words.pieces import Piece, PieceKind, PieceTaken
from bot.domain.questions.plain_words.spelling import corrected
from bot.domain.questions.plain_words.surroundings import Surroundings
from bot.domain.questions.plain_words.tokens import Token
from bot.domain.register.recommendation_number import NUMBER

_NUMBER = re.compile(rf"#?(?:r|recs?|recommendations?)?[.#-]?({NUMBER})")
_PART = re.compile(r"([0-9.]+)([a-z])")
# "Which 16s have been checked": no recommendation has so many parts.
_PLURAL = "s"
_ORDINAL = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)")
_NUMBER_WORDS = frozenset(
    ("#", "r", "rec", "recs", "recommendation", "recommendations", "no", "number", "numbers")
)


def recommendation(tokens: Sequence[Token], place: int, around: Surroundings) -> PieceTaken:
    token = tokens[place]
    known = around.live.by_number.keys()
    if token.key == "part":
        return _part_of(tokens, place, around)
    if token.key in _NUMBER_WORDS:
        skip = 2 if key_at(tokens, place + 1) == "." else 1
        number = _number(tokens, place + skip)
        # "No one" is nobody, and "no 1" a recommendation.
        is_nobody = token.key == "no" and not any(map(str.isdigit, key_at(tokens, place + skip)))
        if number and not is_nobody:
            return _numbered(tokens, place, number[0], skip + number[1], known)
    number = _number(tokens, place)
    if number and token.key.isdigit() and _counts(tokens, place + number[1]):
        return None
    if number is None or _ORDINAL.fullmatch(token.key) or not _is_one_of(known, number[0]):
        return None
    return _numbered(tokens, place, number[0], number[1], known)


_OF_HOW_MANY = frozenset(("43", "us", "them", "those", "bodies", "forces", "pccs"))


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether what stands here was counted: "15 forces", "16 of the 43"."""
    described = place
    while key_at(tokens, described) in DESCRIBING:
        described += 1
    if key_at(tokens, described) in COUNTED:
        return True
    after_of = place + (2 if key_at(tokens, place + 1) == "the" else 1)
    return key_at(tokens, place) == "of" and key_at(tokens, after_of) in _OF_HOW_MANY


def _is_one_of(known: Collection[str], number: str) -> bool:
    """Whether there is such a recommendation, or a part of one: any other number alone may count anything."""
    part = _PART.fullmatch(number)
    return number in known or (part is not None and part[1] in known)


def _numbered(
    tokens: Sequence[Token], place: int, number: str, taken: int, known: Collection[str]
) -> tuple[Piece, int]:
    """Return the recommendation; "15a" is part a of 15 where there is a 15 and no 15a."""
    start, end = tokens[place].start, tokens[place + taken - 1].end
    part = _PART.fullmatch(number)
    if part and number not in known and part[1] in known:
        if part[2] == _PLURAL:
            return Piece(PieceKind.REF, start, end, part[1], ref=Ref(None, part[1])), taken
        return Piece(PieceKind.PART, start, end, part[2], ref=Ref(None, part[1])), taken
    letter = _letter_in_brackets(tokens, place + taken)
    if letter:
        end = tokens[place + taken + 2].end
        return Piece(PieceKind.PART, start, end, letter, ref=Ref(None, number)), taken + 3
    letter, taken_by_it = _letter(tokens, place + taken + 1)
    if letter and key_at(tokens, place + taken) == "part":
        taken += 1 + taken_by_it
        end = tokens[place + taken - 1].end
        return Piece(PieceKind.PART, start, end, letter, ref=Ref(None, number)), taken
    return Piece(PieceKind.REF, start, end, number, ref=Ref(None, number)), taken


def _part_of(tokens: Sequence[Token], place: int, around: Surroundings) -> PieceTaken:
    """Read "part a of 15", "part (a) of recommendation 15"."""
    letter, taken = _letter(tokens, place + 1)
    following = place + 1 + taken
    if not letter or key_at(tokens, following) != "of" or following + 1 >= len(tokens):
        return None
    of_what = recommendation(tokens, following + 1, around)
    if of_what is None or of_what[0].kind is not PieceKind.REF:
        return None
    numbered, taken_by_it = of_what
    piece = Piece(PieceKind.PART, tokens[place].start, numbered.end, letter, ref=numbered.ref)
    return piece, following + 1 - place + taken_by_it


def _letter(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    """Return a part's letter, in brackets or not, and how many tokens it takes; empty where there is none."""
    if in_brackets := _letter_in_brackets(tokens, place):
        return in_brackets, 3
    letter = key_at(tokens, place)
    return (letter, 1) if re.fullmatch("[a-z]", letter) else ("", 0)


def _letter_in_brackets(tokens: Sequence[Token], place: int) -> str:
    """Return the part's letter in "15(a)"; empty where there is none."""
    is_one = key_at(tokens, place) == "(" and key_at(tokens, place + 2) == ")"
    letter = key_at(tokens, place + 1) if is_one else ""
    return letter if re.fullmatch("[a-z]", letter) else ""


def _number(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    """Return a recommendation's number, in figures or in words, and how many tokens it takes."""
    key = key_at(tokens, place)
    if match := _NUMBER.fullmatch(key):
        return match[1].lstrip("0") or "0", 1
    first, _, second = key.partition("-")
    if first in TENS and second in TO_NINETEEN:
        return str(TENS[first] + TO_NINETEEN[second]), 1
    if key in TENS:
        after = TO_NINETEEN.get(key_at(tokens, place + 1), 10)
        return (str(TENS[key] + after), 2) if after < 10 else (str(TENS[key]), 1)
    if key in TO_NINETEEN:
        return str(TO_NINETEEN[key]), 1
    meant = _number_meant(key)
    return (meant, 1) if meant else None


# Shorter ones are too like other words, and "sixty" is like "sixteen".
_LONG_NUMBER_WORDS = tuple(word for word in TO_NINETEEN if word.endswith("teen"))
_SHORTEST_MISTYPED = 6


def _number_meant(key: str) -> str | None:
    """Return the number whose word is typed with a slip: "fiften", "sixten"."""
    if len(key) < _SHORTEST_MISTYPED or not key.startswith(_FIRST_LETTERS) or "t" not in key:
        return None
    words = corrected(key, _LONG_NUMBER_WORDS)
    is_near = len(words) == 1 and OSA.distance(key, words[0]) == 1
    return str(TO_NINETEEN[words[0]]) if is_near else None


_FIRST_LETTERS = tuple(sorted({word[0] for word in _LONG_NUMBER_WORDS}))


def key_at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].key if place < len(tokens) else ""
