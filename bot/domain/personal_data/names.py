"""Recognise people's names in a sentence by their shape, since no list holds everybody's.

Institutions, places and people in office are told apart by their words and by those around them."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.domain.personal_data.sentences import TITLES, Span, Word, is_abbreviated, sentences
from bot.domain.personal_data.word_lists import (
    BEGINNINGS,
    BUILDINGS,
    GIVEN_MONTHS,
    GIVEN_NAMES,
    INSTITUTIONS,
    MONTHS_AND_DAYS,
    OCCUPATIONS,
    OFFICES,
    PLACES,
    SENTENCE_BEGINNINGS,
    STREETS,
    TASKS,
)

_PARTICLES = frozenset(
    {"al", "ap", "ab", "bin", "da", "de", "del", "der", "di", "dos", "el", "ferch", "ibn", "la", "le", "ten",
     "van", "von"}
)  # fmt: skip
_LONGEST_NAME = 4
# How far behind a name an office may stand: "Jane Smith is the new deputy head".
_NEAREST_OFFICE = 6
# Between a name and what somebody does: "Jane Smith is our new lead", "the provider's manager, Jane Smith".
_BESIDE_AN_OFFICE = TASKS | {
    "a", "acting", "an", "area", "as", "at", "deputy", "for", "force", "from", "her", "his", "in",
    "interim", "is", "its", "new", "of", "our", "policy", "senior", "the", "their", "was", "who",
    "victim", "victims", "victims'", "survivor", "survivors",
}  # fmt: skip
_NO_FIRST_WORD = SENTENCE_BEGINNINGS | OFFICES
_NO_NAME = BEGINNINGS | SENTENCE_BEGINNINGS
_NEVER_IN_A_NAME = INSTITUTIONS | (MONTHS_AND_DAYS - GIVEN_MONTHS)
# A name told by "called" or "her name is" may be any but these.
_NEVER_TOLD = INSTITUTIONS | _NO_NAME
_LITTLE_WORDS = frozenset({
    "not", "who", "has", "had", "is", "was", "the", "and", "are", "can", "could", "told", "said", "rang", "does",
    "did", "will", "would", "now", "still", "asked", "wants", "lives", "moved", "for", "from", "with",
})  # fmt: skip
# In small letters these stand behind a name; "a" may be an initial.
_ENDS_A_NAME = _NO_NAME - {"a"} | _LITTLE_WORDS
# What stands after these is a place, a building or a scheme.
_WHERE = frozenset(
    {"across", "around", "at", "in", "near", "outside", "throughout", "under", "via", "within", "yn"}
)


class Name(Struct, frozen=True):
    """Numbers of the first word and of the one after the last, in the sentence."""

    first: int
    after: int


def people(text: str) -> Iterator[tuple[Span, bool]]:
    """Find names, with a title or in full, that no office stands before. Tell whether one follows."""
    for words in sentences(text):
        yield from people_in(words)


def people_in(words: Sequence[Word]) -> Iterator[tuple[Span, bool]]:
    """Find names in one sentence, with a title or in full, that no office stands before. Tell whether one
    follows."""
    for name in names(words):
        run = words[name.first : name.after]
        is_in_full = len(run) > 1 and not all(word.text.isupper() for word in run)
        is_a_building = run[-1].plain in BUILDINGS and not _is_given_or_a_title(run[0])
        if is_in_full and not is_a_building and not _office_before(words, name.first):
            yield (run[0].start, run[-1].end), _office_after(words, name.after)


def _is_given_or_a_title(word: Word) -> bool:
    return word.plain in GIVEN_NAMES or word.plain in TITLES


def can_be_told(name: str) -> bool:
    """Return whether words that the text itself calls a name can be one."""
    words = [word.casefold().removesuffix("'s") for word in name.split()]
    # "Anna North": what stands behind a first name may be a word as well.
    return (INSTITUTIONS if words[0] in GIVEN_NAMES else _NEVER_TOLD).isdisjoint(words)


def names(words: Sequence[Word]) -> Iterator[Name]:
    number = 0
    while number < len(words):
        name = _titled(words, number) or _in_full(words, number)
        if name is not None and _is_a_persons(words, name):
            yield name
        number = name.after if name else number + 1


def is_in_office(words: Sequence[Word], name: Name) -> bool:
    return _office_before(words, name.first) or _office_after(words, name.after)


def _office_before(words: Sequence[Word], first: int) -> bool:
    if first == 0:
        return False
    before = words[first - 1]
    return before.plain in OFFICES and words[first].gap in (" ", ", ", ": ", " - ", " (")


def _office_after(words: Sequence[Word], after: int) -> bool:
    for word in words[after : after + _NEAREST_OFFICE]:
        if word.plain in OCCUPATIONS or (word.is_capitalised and word.plain in INSTITUTIONS):
            return True
        if word.plain not in _BESIDE_AN_OFFICE and not (word.is_capitalised and word.plain in BEGINNINGS):
            return False
    return False


def _titled(words: Sequence[Word], number: int) -> Name | None:
    """Find "Mrs Hill", "Mr J Hill", "Ms de Souza"; not "Ms A", which hides who it is."""
    if words[number].plain not in TITLES:
        return None
    if words[number].text.islower():
        return _titled_in_small_letters(words, number)
    after = _end_of_run(words, number + 1)
    return Name(number, after) if after else None


def _titled_in_small_letters(words: Sequence[Word], number: int) -> Name | None:
    """Find "mrs olive harrow"; not "miss" and "dr" in small letters, which are other words too."""
    after = number + 1
    while after < len(words) and after <= number + 2 and words[after].gap in (" ", ". "):
        word = words[after]
        is_an_initial = len(word.text) == 1 and after == number + 1
        if word.plain in _ENDS_A_NAME or (len(word.text) < 3 and not is_an_initial):
            break
        after += 1
    return (
        Name(number, after)
        if after > number + 1 and words[number].text in {"mr", "mrs", "ms", "mx"}
        else None
    )


def _in_full(words: Sequence[Word], number: int) -> Name | None:
    """Return the whole run of capitalised words that begins here, less the ordinary words at its
    beginning."""
    if not _can_be_in_a_name(words[number]):
        return None
    after = _end_of_run(words, number) or number + 1
    first = number
    while first < after and words[first].plain in _NO_FIRST_WORD:
        first += 1
    return Name(first, after) if first < after else Name(number, after)


def _end_of_run(words: Sequence[Word], number: int) -> int | None:
    if number >= len(words) or not _can_be_in_a_name(words[number]):
        return None
    after = number + 1
    while after < len(words) and words[after].gap in (" ", ". ", "  ", "."):
        if words[after].gap in (". ", ".") and not _is_initialled(words[after - 1], words[after].gap):
            break
        if words[after - 1].text.endswith("'s") or words[after].plain in TITLES:
            break
        if _can_be_in_a_name(words[after]):
            after += 1
        elif (
            words[after].text in _PARTICLES
            and after + 1 < len(words)
            and words[after + 1].gap == " "
            and _can_be_in_a_name(words[after + 1])
        ):
            after += 2
        else:
            break
    return after


def _is_initialled(word: Word, gap: str) -> bool:
    return is_abbreviated(word, gap) or (gap == "." and word.is_initial)


def _can_be_in_a_name(word: Word) -> bool:
    return word.is_capitalised or word.is_initial


def _is_a_persons(words: Sequence[Word], name: Name) -> bool:
    run = words[name.first : name.after]
    if run[0].plain in TITLES:
        return any(len(word.text) > 1 for word in run[1:])
    plain = [word.plain for word in run]
    return (
        len(run) <= _LONGEST_NAME
        and len(run[-1].text) > 1
        and _NEVER_IN_A_NAME.isdisjoint(plain)
        and plain[0] not in _NO_NAME
        and not (plain[0] in GIVEN_MONTHS and not set(plain[1:]) - BEGINNINGS)
        and not (plain[-1] in STREETS and re.search(r"\d", run[0].gap))
        and " ".join(plain[:2]) not in PLACES
        and not _is_where(words, name)
    )


def _is_where(words: Sequence[Word], name: Name) -> bool:
    return (
        name.first > 0
        and words[name.first - 1].plain in _WHERE
        and not words[name.after - 1].text.endswith("'s")
    )
