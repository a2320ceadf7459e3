"""A command cut into words, and the words into what they are: recommendations, names, own words, others."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Named, Names, Region, ReportName
from bot.domain.register.recommendation_number import NUMBER, parse_number

# A command's own part is short. What follows the first words is text, and is not looked up word by word.
_MOST_WORDS = 40
# An office in full: "Office of the Police, Fire and Crime Commissioner for North Yorkshire".
_LONGEST_NAME = 12
_LONGEST_OWN = 2

EMOJI = re.compile(r":(?=[^\s:]*[^\W\d_]|[+-]1:|100:|1234:)[\w+'’-]{1,100}:")
"""An emoji as Slack sends it, `:tada:`; one with a skin tone is two, `:+1::skin-tone-2:`."""

NAMED = "\ue000"
"""Stands for each letter of a name where a text is looked through for other words."""

# Not the colon of a link, nor of a time of day ("note 15 10:30 call", but "note 15:30 people came").
_COLON = re.compile(
    rf"{EMOJI.pattern}|(?P<colon>[:：])(?!//)(?!(?:(?<=\s[0-9]:)|(?<=\s[0-9]{{2}}:))[0-9]{{2}}\b)"
)

# At once before the colon: there they cannot be the beginning of a text ("note 15 no victim came forward").
NO_VICTIM = re.compile(r"[\s,;]+no[ -]victim\s*$", re.IGNORECASE)

_WORD = re.compile(r"[^\s,;]+")
_AROUND = "？！\"'“”‘’„‚«»`´*_~.:!?()[]{}<>-–—…/\\"
FILLERS = frozenset(("", "&", "and", "for", "of", "behalf", "in", "with", "on", "to", "as", "the"))
# Leads to the body that something is recorded for.
FOR_WHOM = re.compile(r"\W*(?:for|of|on behalf of)(?: the)?\s+", re.IGNORECASE)
_NUMBER_WORDS = frozenset(
    ("#", "r", "rec", "recs", "recommendation", "recommendations", "no", "nos", "number", "numbers", "№")
)
# "recommendation no. 15" is the longest.
_MOST_NUMBER_WORDS = 2
_KINDS: Mapping[str, type[Named]] = {"body": Body, "region": Region, "report": ReportName}

_NUMBER = re.compile(rf"#?(?:r|recs?|recommendations?|no)?[.#-]?(0*{NUMBER})")
_REPORT_NUMBER = re.compile(rf"(.+)[-–#/](0*{NUMBER})")


class Word(NamedTuple):
    """`start` and `end` are its place in the text; `key` is what is compared."""

    key: str
    start: int
    end: int


class Kind(Enum):
    REF = auto()
    NAME = auto()
    OWN = auto()
    FILLER = auto()
    OTHER = auto()


class Piece(Struct, frozen=True):
    """Some words of a command, `text[start:end]`, and what they are."""

    kind: Kind
    start: int
    end: int
    ref: Ref | None = None
    meanings: tuple[Named, ...] = ()
    own: str = ""


def colon_in(text: str) -> int | None:
    """Return the place of the colon that parts a command from its text; None where there is none."""
    return next((match.start() for match in _COLON.finditer(text) if match["colon"]), None)


def at_colon(text: str) -> tuple[str, str | None]:
    """Return what stands before that colon, and the text after it; all of it and None where there is none."""
    colon = colon_in(text)
    return (text, None) if colon is None else (text[:colon], text[colon + 1 :].strip())


def words_of(text: str, most: int | None = None) -> list[Word]:
    """Return the words between white space, commas and semicolons."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        if len(words) == most:
            break
        word = match[0].casefold()
        # ":100:" and ":-1:" are no numbers.
        key = word if EMOJI.search(word) else word.strip(_AROUND)
        words.append(Word(key, match.start(), match.end()))
    return words


def own_form(words: Iterable[Word]) -> str:
    """Return words as they stand in tables of own words: "In-progress" is "in progress"."""
    return " ".join(word.key.replace("-", " ") for word in words)


def pieces_of(text: str, names: Names, own_words: Iterable[str] = ()) -> tuple[Piece, ...]:
    """Return the whole text in pieces; a long one ends in a single piece of other words."""
    words = words_of(text, _MOST_WORDS + 1)
    pieces: list[Piece] = []
    own = frozenset(own_words)
    number = 0
    while number < min(len(words), _MOST_WORDS):
        piece, taken = next_piece(text, words[number:], names, own)
        pieces.append(piece)
        number += taken
    if len(words) > _MOST_WORDS:
        pieces.append(Piece(Kind.OTHER, words[_MOST_WORDS].start, len(text)))
    return refs_with_report(pieces)


def meanings_of(text: str, names: Names) -> tuple[Named, ...]:
    """Return everything the whole text names; `body`, `region` or `report` before it says which is meant."""
    first, _, rest = text.partition(" ")
    kind = _KINDS.get(first.casefold())
    if kind is not None and rest.strip():
        return tuple(meaning for meaning in names.exact(rest) if isinstance(meaning, kind))
    return names.exact(text)


def next_piece(text: str, words: Sequence[Word], names: Names, own: frozenset[str]) -> tuple[Piece, int]:
    """Return what the first of `words` are, with all that belongs to them, and how many words that is."""
    ref, taken = _ref(words, names)
    if ref is not None:
        return Piece(Kind.REF, words[0].start, words[taken - 1].end, ref=ref), taken
    for taken in range(min(_LONGEST_OWN, len(words)), 0, -1):
        if (own_word := own_form(words[:taken])) in own:
            return Piece(Kind.OWN, words[0].start, words[taken - 1].end, own=own_word), taken
    for taken in range(min(_LONGEST_NAME, len(words)), 0, -1):
        end = words[taken - 1].end
        if words[0].key and _can_end_a_name(words[:taken]):
            meanings = meanings_of(text[words[0].start : end], names)
            if meanings:
                return Piece(Kind.NAME, words[0].start, end, meanings=meanings), taken
    kind = Kind.FILLER if words[0].key in FILLERS else Kind.OTHER
    return Piece(kind, words[0].start, words[0].end), 1


def _can_end_a_name(words: Sequence[Word]) -> bool:
    """Whether a name can end with these words: with a joining word only as in "London, City of"."""
    return words[-1].key not in FILLERS or [word.key for word in words[-2:]] == ["city", "of"]


def _ref(words: Sequence[Word], names: Names) -> tuple[Ref | None, int]:
    """Return the recommendation that the first words are, and how many words it took."""
    for place, word in enumerate(words[: _MOST_NUMBER_WORDS + 1]):
        if match := _NUMBER.fullmatch(word.key):
            return Ref(None, parse_number(match[1]) or match[1]), place + 1
        if word.key not in _NUMBER_WORDS:
            break
    if match := _REPORT_NUMBER.fullmatch(words[0].key):
        reports = names.reports_exact(match[1])
        if reports:
            return Ref(reports[0].key, parse_number(match[2]) or match[2]), 1
    return None, 1


def refs_with_report(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Join a report named before a number to that and to those that follow: `stalking 15 and 16`."""
    done: list[Piece] = []
    report: str | None = None
    for piece in pieces:
        if piece.ref is None:
            report = report if piece.kind is Kind.FILLER else None
            done.append(piece)
            continue
        start = piece.start
        if piece.ref.report is None and done and (report_key := _report_key(done[-1])):
            report = report_key
            start = done.pop().start
        report = piece.ref.report or report
        done.append(Piece(Kind.REF, start, piece.end, ref=Ref(report, piece.ref.number)))
    return tuple(done)


def _report_key(piece: Piece) -> str | None:
    reports = [meaning for meaning in piece.meanings if isinstance(meaning, ReportName)]
    return reports[0].key if reports else None
