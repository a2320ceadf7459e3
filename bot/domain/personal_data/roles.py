"""Find where a text puts a person's name next to a word for somebody in a case: a victim, a suspect, a witness.

The words are in `words/roles.tsv`, in English and Welsh, each of a class that says how near a name counts:

- case: the victim. A full name counts up to eight words away.
- accused: the suspect, the former partner. Up to four words away.
- beside: witnesses, relatives, clients. Up to three words away, and only words such as "is" and "her" between.

A first name alone counts right beside the word. People in office do not count, nor do institutions."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.personal_data.names import Name, can_be_told, is_in_office, names
from bot.domain.personal_data.sentences import TITLES, Span, Word, sentences
from bot.domain.personal_data.word_lists import (
    ABBREVIATIONS,
    BEGINNINGS,
    GIVEN_NAMES,
    INSTITUTIONS,
    OFFICES,
    ONLY_GIVEN_NAMES,
    ROLES,
    SENTENCE_BEGINNINGS,
    TASKS,
)


class _Class(StrEnum):
    CASE = "case"
    ACCUSED = "accused"
    BESIDE = "beside"


# Words that may part a role from a full name.
_REACH = {_Class.CASE: 8, _Class.ACCUSED: 4, _Class.BESIDE: 3}
_LONGEST_ROLE = 3  # words
_FARTHEST = max(_REACH.values()) + _LONGEST_ROLE
_ROLES = {
    tuple(phrase.split()): (number == "one", _Class(role_class)) for phrase, number, role_class in ROLES
}
_ROLE_BEGINNINGS = frozenset(phrase[0] for phrase in _ROLES)
# Short for injured party and aggrieved person, in capitals alone; "IP address" is none.
_SHORT = frozenset({"IP", "AP"})
# Said of somebody near, these say what "victim" or "suspect" would.
_DONE = frozenset({
    "stalked", "harassed", "raped", "assaulted", "abused", "strangled", "groomed", "arrested", "bailed",
    "convicted", "cautioned",
})  # fmt: skip
_NEAR_DONE = 3
# Between a first name and such a verb: "Anna was repeatedly stalked".
_WAS = frozenset({
    "was", "is", "were", "being", "been", "has", "had", "got", "who", "then", "later", "allegedly", "also",
    "repeatedly", "badly", "sexually", "physically", "and",
})  # fmt: skip
_FARTHEST_VERB = 4  # words
_PROFESSIONAL = frozenset({
    "client", "user", "caller", "patient", "witness", "tenant", "resident", "victim", "survivor", "complainant",
    "offender", "perpetrator", "applicant", "litigant", "informant", "suspect", "defendant", "partner",
})  # fmt: skip
# What people mistype most; ordinary words that one slip makes of them are none.
_MISTYPED = (
    "victim",
    "victims",
    "survivor",
    "suspect",
    "witness",
    "complainant",
    "offender",
    "perpetrator",
    "defendant",
)
_OTHER_WORDS = frozenset({"fitness", "offended", "offenders", "suspects", "witnessed", "suspected"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _slips(word: str) -> Iterator[str]:
    """Yield the word with a letter after its first left out, doubled, replaced, added, or two exchanged."""
    for number in range(1, len(word)):
        yield word[:number] + word[number + 1 :]
        yield word[:number] + word[number : number + 2][::-1] + word[number + 2 :]
        for letter in _LETTERS:
            yield word[:number] + letter + word[number + 1 :]
            yield word[:number] + letter + word[number:]


_MEANT = {
    slip: word
    for word in _MISTYPED
    for slip in _slips(word)
    if (slip,) not in _ROLES and slip not in _OTHER_WORDS
}
_NOBODY = frozenset({"any", "each", "every", "no", "per", "non"})
# "a victim" is anybody, but for "is a victim" and the like.
_IS_ONE = frozenset(
    {"is", "was", "as", "be", "been", "being", "became", "and", "also", "yn", "oedd", "fel", "remains"}
)
# Between "victims" and a name only these: "victims such as", "and other survivors".
_AMONG = frozenset({
    "a", "and", "are", "as", "both", "by", "called", "e", "fellow", "g", "including", "is", "like", "named",
    "namely", "of", "one", "other", "our", "such", "the", "these", "two", "three", "was", "were", "sef",
    "oedd", "yw",
})  # fmt: skip
# Between a word for a witness or a relative and a name.
_LINKS = _AMONG | {
    "adult", "ei", "elder", "eldest", "eu", "female", "her", "his", "i", "key", "little", "main", "male",
    "my", "new", "old", "older", "only", "o'r", "enw", "their", "third", "first", "second", "who", "y",
    "yr", "young", "younger", "youngest", "your", "yw'r", "oedd'r", "known", "alleged", "current", "late",
}  # fmt: skip
_WELSH_TASKS = frozenset({
    "cymorth", "cefnogaeth", "gwasanaeth", "gwasanaethau", "comisiynydd", "cod", "siarter", "hawliau", "uned",
    "cronfa", "llais", "rhwydwaith", "tîm", "fforwm", "panel", "strategaeth", "arolwg",
})  # fmt: skip
_POSSESSIVES = frozenset({"her", "his", "their", "my", "ei", "eu", "fy"})
_LINKING_VERBS = frozenset(
    {"is", "was", "are", "were", "yw", "ydy", "oedd", "called", "named", "yw'r", "ydy'r"}
)
_ARTICLES = frozenset({"the", "a", "an", "her", "his", "their", "our", "y", "yr", "ei", "eu"})
_BESIDE_GAPS = (" ", ": ", ":", " - ", " (", ", ", " = ", "- ", ". ", " : ", "; ", " / ", "/")
_LABEL = re.compile(r" ?[:=(] ?| - ")
_QUOTES = re.compile(r"[:,] ?[\"']$")
_NO_GIVEN_NAME = INSTITUTIONS | SENTENCE_BEGINNINGS | BEGINNINGS | OFFICES | TASKS | TITLES | ABBREVIATIONS

# Anybody whom a text may call by name, the longest first: "ex-partner" before "ex".
_SOMEBODY = "|".join(
    sorted((re.escape(phrase) for phrase, number, _ in ROLES if number == "one"), key=len, reverse=True)
)
_SOME_NAME = r"[^\W\d_a-z][\w'-]{1,30}(?: [^\W\d_a-z][\w'-]{1,30}){0,2}"
_TOLD_NAME = re.compile(
    rf"\b(?:{_SOMEBODY}|woman|man|lady|dynes|menyw|dyn|bachgen)"
    rf"(?:,? (?:is|was|who is))?,? (?:called|named|o'r enw) (?P<called>{_SOME_NAME})"
    rf"|\b(?:[Hh]er|[Hh]is|[Tt]heir|[Vv]ictim(?:'s)?|[Ss]urvivor's|[Cc]omplainant's|[Ss]uspect's|(?i:{_SOMEBODY})'s) "
    rf"(?:full |first |real )?name(?: is| was|:| -|) (?P<given>{_SOME_NAME})"
    # "V: Anna North", as forms have it
    rf"|(?<![\w.&/])(?:V|S|W|IP|AP) ?[:=] ?(?P<lettered>{_SOME_NAME})"
    # The first victim, the second suspect.
    rf"|\b(?:V|S|W|IP|AP)\d{{1,2}}[ :,=-]{{1,3}}(?P<numbered>{_SOME_NAME})"
    rf"|\b(?:[Ee]i|[Ee]u) h?enw(?: hi| ef)?(?: yw| ydy| oedd|:) (?P<enw>{_SOME_NAME})"
)


@dataclass(frozen=True, slots=True)
class _Role:
    """Numbers of the first word and of the one after the last, in the sentence."""

    first: int
    after: int
    is_one: bool
    reach: int  # words that may part it from a full name
    links: frozenset[str] | None  # the only words that may part them; None is any
    is_professional: bool = False  # "Anna's client" says who Anna works for


def names_beside_roles(text: str) -> Iterator[Span]:
    """Yield the spans of names that stand next to a word for somebody in a case. They may overlap."""
    for match in _TOLD_NAME.finditer(text):
        span = match.span(match.lastgroup or 0)
        told = text[slice(*span)]
        is_sure = match.lastgroup != "lettered" or told.split()[0].casefold() in GIVEN_NAMES
        if is_sure and can_be_told(told):
            yield span
    for words in sentences(text):
        roles = list(_roles(words))
        if not roles:
            continue
        beginnings = [role.first for role in roles]
        for name in names(words):
            nearest = bisect_left(beginnings, name.first - _FARTHEST)
            farthest = bisect_right(beginnings, name.after + _FARTHEST)
            if any(_is_next_to(words, name, role) for role in roles[nearest:farthest]):
                yield words[name.first].start, words[name.after - 1].end
        for role in roles:
            yield from _given_names(words, role)


def _roles(words: Sequence[Word]) -> Iterator[_Role]:
    number = 0
    while number < len(words):
        role = _role_at(words, number)
        if role:
            yield role
        number = role.after if role else number + 1


def _role_at(words: Sequence[Word], number: int) -> _Role | None:
    word = words[number]
    following = words[number + 1].plain if number + 1 < len(words) else ""
    if word.text in _SHORT:
        return None if following in {"address", "addresses"} else _Role(number, number + 1, True, 3, _LINKS)
    if word.plain in _DONE:
        return _Role(number, number + 1, False, _NEAR_DONE, None)
    if word.plain in _MEANT:
        is_one, role_class = _ROLES[(_MEANT[word.plain],)]
        return _Role(
            number, number + 1, is_one, _REACH[role_class], _LINKS if role_class is _Class.BESIDE else None
        )
    if word.plain not in _ROLE_BEGINNINGS:
        return None
    for length in range(_LONGEST_ROLE, 0, -1):
        phrase = tuple(part.plain for part in words[number : number + length])
        if phrase in _ROLES and len(phrase) == length:
            is_one, role_class = _ROLES[phrase]
            after = number + length
            is_a_task = after < len(words) and _is_a_task(words[after])
            if is_a_task or _is_anybody(words, number) or _is_a_service(words, number):
                return None
            if not is_one:
                return _Role(number, after, False, _REACH[_Class.CASE], _AMONG)
            links = _LINKS if role_class is _Class.BESIDE else None
            return _Role(number, after, True, _REACH[role_class], links, phrase[-1] in _PROFESSIONAL)
    return None


def _is_a_task(word: Word) -> bool:
    return word.gap == " " and word.plain in TASKS


def _is_a_service(words: Sequence[Word], number: int) -> bool:
    """Whether Welsh words before it make it one: "Cymorth i Ddioddefwyr", "Cod Dioddefwyr"."""
    return any(word.plain in _WELSH_TASKS for word in words[max(0, number - 2) : number])


def _is_anybody(words: Sequence[Word], number: int) -> bool:
    """Whether "no victim", "each victim" or "a victim" means nobody in particular."""
    if number == 0 or words[number - 1].plain not in _NOBODY | {"a", "an"}:
        return False
    if words[number - 1].plain in _NOBODY or number == 1:
        return True
    return words[number - 2].plain not in _IS_ONE and words[number - 1].gap == " "


def _is_next_to(words: Sequence[Word], name: Name, role: _Role) -> bool:
    run = words[name.first : name.after]
    if len(run) < 2:
        return False
    is_shouted = all(word.text.isupper() for word in run) and run[0].plain not in GIVEN_NAMES
    if role.is_one and role.after == name.first and _is_called(words, role, name, is_shouted):
        return True
    if is_shouted or is_in_office(words, name):
        return False
    if role.first >= name.after:
        between = words[name.after : role.first]
    elif name.first >= role.after:
        between = words[role.after : name.first]
    else:
        return False
    if len(between) > role.reach or _is_a_speaker(words, name):
        return False
    return role.links is None or all(word.plain in role.links for word in between)


def _is_a_speaker(words: Sequence[Word], name: Name) -> bool:
    """Whether the name is of whom the text quotes: 'Jane Smith: "victims come first"'."""
    return name.after < len(words) and bool(_QUOTES.match(words[name.after].gap))


def _is_called(words: Sequence[Word], role: _Role, name: Name, is_shouted: bool) -> bool:
    """ "victim Jane Smith", "victim JANE SMITH", "Suspect: Tom North": whoever that is besides."""
    gap = words[name.first].gap
    if (role.links is not None and not _LABEL.fullmatch(gap)) or (
        is_shouted and words[role.after - 1].text.isupper() and not _LABEL.fullmatch(gap)
    ):
        return False
    return gap in (" ", ": ", " - ", " (", ". ")


def _given_names(words: Sequence[Word], role: _Role) -> Iterator[Span]:
    """First names alone, right beside the role."""
    if role.after < len(words):
        yield from _given_names_after(words, role)
    if role.is_one and role.first > 0:
        yield from _given_name_before(words, role)
    if words[role.first].plain in _DONE:
        yield from _given_name_of_the_stalked(words, role)


def _given_names_after(words: Sequence[Word], role: _Role) -> Iterator[Span]:
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


def _given_name_before(words: Sequence[Word], role: _Role) -> Iterator[Span]:
    """ "Anna (victim)", "Anna, the victim,", "Anna is the victim", "Tom, her ex-partner"."""
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
    """Whether a capitalised word may be a first name that is on no list, and is not part of a longer name."""
    is_part_of_a_name = number > 0 and words[number].gap == " " and words[number - 1].is_capitalised
    return (
        words[number].plain not in _NO_GIVEN_NAME and not words[number].is_shouted and not is_part_of_a_name
    )


def _given_name_of_the_stalked(words: Sequence[Word], role: _Role) -> Iterator[Span]:
    """ "Anna was stalked", "Tom has been arrested"."""
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
    """ "Victim: NORTH, Anna"."""
    if number + 1 >= len(words) or words[number + 1].gap not in (", ", " "):
        return False
    surname, given = words[number], words[number + 1]
    is_apart = given.gap == ", " or (surname.is_shouted and not given.text.isupper())
    return (
        is_apart
        and surname.is_capitalised
        and surname.plain not in _NO_GIVEN_NAME - BEGINNINGS | GIVEN_NAMES
        and given.is_capitalised
        # "PELL, Jaxon": who writes so writes a name, on the list or not.
        and (
            given.plain in GIVEN_NAMES
            or (surname.is_shouted and bool(_LABEL.fullmatch(surname.gap)) and _may_be_given(given))
        )
    )


def _may_be_given(word: Word) -> bool:
    return not word.text.isupper() and word.plain not in _NO_GIVEN_NAME


def _is_given(word: Word) -> bool:
    """Whether it is a first name people have, in small letters only where it is no everyday word."""
    if word.text.islower():
        return word.text in ONLY_GIVEN_NAMES
    return word.plain in GIVEN_NAMES and not word.text.endswith("'s")


def _can_only_be_a_name(words: Sequence[Word], role: _Role, number: int) -> bool:
    """Whether a word that is on no list of names is one here: "the victim, Jelka, told us", "Victim: Jelka"."""
    word = words[number]
    if not word.is_capitalised or word.plain in _NO_GIVEN_NAME or word.is_shouted:
        return False
    next_word = words[number + 1] if number + 1 < len(words) else None
    if next_word and next_word.is_capitalised and next_word.gap == " " and not next_word.is_initial:
        return False
    is_label = bool(_LABEL.fullmatch(word.gap))
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
    """ "Victims Anna and Tom North", "survivors Anna, Tom and Beth": a first name that goes on with another."""
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
        if (word.is_capitalised or word.is_shouted) and word.plain not in _NO_GIVEN_NAME - BEGINNINGS:
            return after + 1
    return after
