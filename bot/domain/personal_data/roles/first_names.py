"""Find first names alone right beside a word for somebody in a case."""

from collections.abc import Iterator, Sequence

from bot.domain.personal_data.names import Name, is_in_office
from bot.domain.personal_data.roles.role import DONE_TO, LABEL, Role
from bot.domain.personal_data.sentences import TITLES, Span, Word
from bot.domain.personal_data.word_lists import (
    ABBREVIATIONS,
    BEGINNINGS,
    GIVEN_NAMES,
    INSTITUTIONS,
    OFFICES,
    ONLY_GIVEN_NAMES,
    SENTENCE_BEGINNINGS,
    TASKS,
)

# Between a first name and such a verb: "Anna was repeatedly stalked".
_WAS = frozenset({
    "was", "is", "were", "being", "been", "has", "had", "got", "who", "then", "later", "allegedly", "also",
    "repeatedly", "badly", "sexually", "physically", "and",
})  # fmt: skip
_FARTHEST_VERB = 4  # words
_POSSESSIVES = frozenset({"her", "his", "their", "my", "ei", "eu", "fy"})
_LINKING_VERBS = frozenset(
    {"is", "was", "are", "were", "yw", "ydy", "oedd", "called", "named", "yw'r", "ydy'r"}
)
_ARTICLES = frozenset({"the", "a", "an", "her", "his", "their", "our", "y", "yr", "ei", "eu"})
_BESIDE_GAPS = (" ", ": ", ":", " - ", " (", ", ", " = ", "- ", ". ", " : ", "; ", " / ", "/")
_NO_GIVEN_NAME = INSTITUTIONS | SENTENCE_BEGINNINGS | BEGINNINGS | OFFICES | TASKS | TITLES | ABBREVIATIONS
_NO_SURNAME = _NO_GIVEN_NAME - BEGINNINGS


def first_names(words: Sequence[Word], role: Role) -> Iterator[Span]:
    """Find first names alone, right beside the role."""
    if role.after < len(words):
        yield from _given_names_after(words, role)
    if role.is_one and role.first > 0:
        yield from _given_name_before(words, role)
    if words[role.first].plain in DONE_TO:
        yield from _given_name_of_the_stalked(words, role)


def _given_names_after(words: Sequence[Word], role: Role) -> Iterator[Span]:
    number = role.after
    if words[number].plain in _LINKING_VERBS and words[number].gap == " " and number + 1 < len(words):
        number += 1
        if not _is_given(words[number]):
            return
    word = words[number]
    if word.gap not in _BESIDE_GAPS or is_in_office(words, Name(number, number + 1)):
        return
    if _is_surname_first(words, number):
        yield word.start, words[number + 1].end
        return
    if not role.is_one:
        if not _joined_with_a_name(words, number):
            return
    elif not (_is_given(word) or _can_only_be_a_name(words, role, number)):
        return
    yield word.start, words[_end_of_surname(words, number) - 1].end


def _given_name_before(words: Sequence[Word], role: Role) -> Iterator[Span]:
    """Find "Anna (victim)", "Anna, the victim,", "Anna is the victim", "Tom, her ex-partner"."""
    number = role.first - 1
    gap = words[role.first].gap
    is_this_one = words[number].plain in _ARTICLES - {"a", "an"} and gap == " " and number > 0
    if words[number].plain in _ARTICLES and gap == " " and number > 0:
        gap = words[number].gap
        number -= 1
        if words[number].plain in _LINKING_VERBS and gap == " " and number > 0:
            gap = ", "
            number -= 1
    elif words[number].plain in {"yw'r", "ydy'r"} and number > 0:
        gap = ", "
        number -= 1
    word = words[number]
    if word.text.endswith("'s") and gap == " " and number == role.first - 1 and not role.is_professional:
        if word.plain in GIVEN_NAMES and word.is_capitalised:
            yield word.start, word.end
        return
    if gap not in (", ", " (", " - ", ": ") or is_in_office(words, Name(number, number + 1)):
        return
    if not word.is_capitalised or word.text.endswith("'s"):
        return
    if word.plain in GIVEN_NAMES or (is_this_one and gap == " (" and _stands_alone(words, number)):
        yield word.start, word.end


def _stands_alone(words: Sequence[Word], number: int) -> bool:
    """Return whether a capitalised word may be a first name that is on no list, and is not part of a longer
    name."""
    is_part_of_a_name = number > 0 and words[number].gap == " " and words[number - 1].is_capitalised
    return (
        words[number].plain not in _NO_GIVEN_NAME and not words[number].is_shouted and not is_part_of_a_name
    )


def _given_name_of_the_stalked(words: Sequence[Word], role: Role) -> Iterator[Span]:
    """Find "Anna was stalked", "Tom has been arrested"."""
    number = role.first - 1
    while (
        number > 0
        and words[number].plain in _WAS
        and words[number + 1].gap == " "
        and role.first - number <= _FARTHEST_VERB
    ):
        number -= 1
    word = words[number]
    is_a_subject = 0 <= number < role.first - 1 and words[number + 1].gap == " "
    if (
        is_a_subject
        and word.is_capitalised
        and _is_given(word)
        and not is_in_office(words, Name(number, number + 1))
    ):
        yield word.start, word.end


def _is_surname_first(words: Sequence[Word], number: int) -> bool:
    """Whether the surname comes first: "Victim: NORTH, Anna"."""
    if number + 1 >= len(words) or words[number + 1].gap not in (", ", " "):
        return False
    surname, first_name = words[number], words[number + 1]
    is_apart = first_name.gap == ", " or (surname.is_shouted and not first_name.text.isupper())
    return (
        is_apart
        and surname.is_capitalised
        and surname.plain not in _NO_SURNAME
        and surname.plain not in GIVEN_NAMES
        and first_name.is_capitalised
        # "PELL, Jaxon": who writes so writes a name, on the list or not.
        and (
            first_name.plain in GIVEN_NAMES
            or (surname.is_shouted and bool(LABEL.fullmatch(surname.gap)) and _may_be_given(first_name))
        )
    )


def _may_be_given(word: Word) -> bool:
    return not word.text.isupper() and word.plain not in _NO_GIVEN_NAME


def _is_given(word: Word) -> bool:
    """Return whether it is a first name people have, in small letters only where it is no everyday word."""
    if word.text.islower():
        return word.text in ONLY_GIVEN_NAMES
    return word.plain in GIVEN_NAMES and not word.text.endswith("'s")


def _can_only_be_a_name(words: Sequence[Word], role: Role, number: int) -> bool:
    """Return whether a word that is on no list of names is one here: "the victim, Jelka, told us", "Victim:
    Jelka"."""
    word = words[number]
    if not word.is_capitalised or word.plain in _NO_GIVEN_NAME or word.is_shouted:
        return False
    next_word = words[number + 1] if number + 1 < len(words) else None
    if next_word and next_word.is_capitalised and next_word.gap == " " and not next_word.is_initial:
        return False
    is_label = bool(LABEL.fullmatch(word.gap))
    if is_label:
        return next_word is None or next_word.gap != " " or next_word.text.islower() or next_word.is_initial
    if not words[role.after - 1].text.islower():
        return False
    followed = next_word.gap if next_word else ""
    has_owner = role.first > 0 and (
        words[role.first - 1].plain in _POSSESSIVES or words[role.first - 1].text.endswith("'s")
    )
    if role.links is not None and not has_owner:
        return False
    return word.gap == " " or (word.gap == ", " and followed.startswith(","))


def _joined_with_a_name(words: Sequence[Word], number: int) -> bool:
    """Whether a first name goes on with another: "Victims Anna and Tom North", "survivors Anna, Tom and
    Beth"."""
    if (
        not words[number].is_capitalised
        or words[number].plain in _NO_GIVEN_NAME
        or words[number].text.endswith("'s")
    ):
        return False
    following = number + 1
    if following < len(words) and words[following].plain in {"and", "a", "ac"}:
        following += 1
    if following >= len(words):
        return False
    # One of the two is on the list of first names: "survivors Jelka and Anna".
    if _is_given(words[number]):
        return words[following].is_capitalised or _is_given(words[following])
    return following == number + 2 and words[following].is_capitalised and _is_given(words[following])


def _end_of_surname(words: Sequence[Word], number: int) -> int:
    after = number + 1
    if (
        after < len(words)
        and words[after].gap == " "
        and words[after].text.isupper() == words[number].text.isupper()
    ):
        word = words[after]
        if (word.is_capitalised or word.is_shouted) and word.plain not in _NO_SURNAME:
            return after + 1
    return after
