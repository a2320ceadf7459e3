"""Find the words for somebody in a case in a sentence: a victim, a suspect, a witness.

They are in `words/roles.tsv`, in English and Welsh, each of a class that says how near a name counts:

- case: the victim. A full name counts up to eight words away.
- accused: the suspect, the former partner. Up to four words away.
- beside: witnesses, relatives, clients. Up to three words away, and only words such as "is" and "her" between."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from bot.domain.personal_data.sentences import Word
from bot.domain.personal_data.word_lists import ROLES, TASKS


class RoleClass(StrEnum):
    CASE = "case"
    ACCUSED = "accused"
    BESIDE = "beside"


# Words that may part a role from a full name.
_REACH = {RoleClass.CASE: 8, RoleClass.ACCUSED: 4, RoleClass.BESIDE: 3}
_LONGEST_ROLE = 3  # words
FARTHEST = max(_REACH.values()) + _LONGEST_ROLE
_ROLE_PHRASES = {
    tuple(phrase.split()): (number == "one", RoleClass(role_class)) for phrase, number, role_class in ROLES
}
_ROLE_BEGINNINGS = frozenset(phrase[0] for phrase in _ROLE_PHRASES)
# Short for injured party and aggrieved person, in capitals alone; "IP address" is none.
_SHORT = frozenset({"IP", "AP"})
# Said of somebody near, these say what "victim" or "suspect" would.
DONE_TO = frozenset({
    "stalked", "harassed", "raped", "assaulted", "abused", "strangled", "groomed", "arrested", "bailed",
    "convicted", "cautioned",
})  # fmt: skip
_NEAR_DONE = 3
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
    if (slip,) not in _ROLE_PHRASES and slip not in _OTHER_WORDS
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
    "yr", "young", "younger", "youngest", "your", "next", "door", "upstairs", "downstairs", "opposite", "former", "then", "at", "time", "ar", "pryd", "yw'r", "oedd'r", "known", "alleged", "current", "late",
}  # fmt: skip
_WELSH_TASKS = frozenset({
    "cymorth", "cefnogaeth", "gwasanaeth", "gwasanaethau", "comisiynydd", "cod", "siarter", "hawliau", "uned",
    "cronfa", "llais", "rhwydwaith", "tîm", "fforwm", "panel", "strategaeth", "arolwg",
})  # fmt: skip

# Between a word for somebody and a name, as forms have it: "Victim: Anna".
LABEL = re.compile(r" ?[:=(] ?| - ")


class Role(Struct, frozen=True):
    """Numbers of the first word and of the one after the last, in the sentence."""

    first: int
    after: int
    is_one: bool
    reach: int  # words that may part it from a full name
    links: frozenset[str] | None  # the only words that may part them; None is any
    is_professional: bool = False  # "Anna's client" says who Anna works for


def roles(words: Sequence[Word]) -> Iterator[Role]:
    number = 0
    while number < len(words):
        role = _role_at(words, number)
        if role:
            yield role
        number = role.after if role else number + 1


def _role_at(words: Sequence[Word], number: int) -> Role | None:
    word = words[number]
    following = words[number + 1].plain if number + 1 < len(words) else ""
    if word.text in _SHORT:
        return None if following in {"address", "addresses"} else Role(number, number + 1, True, 3, _LINKS)
    if word.plain in DONE_TO:
        return Role(number, number + 1, False, _NEAR_DONE, None)
    if word.plain in _MEANT:
        is_one, role_class = _ROLE_PHRASES[(_MEANT[word.plain],)]
        return Role(
            number, number + 1, is_one, _REACH[role_class], _LINKS if role_class is RoleClass.BESIDE else None
        )
    if word.plain not in _ROLE_BEGINNINGS:
        return None
    for length in range(_LONGEST_ROLE, 0, -1):
        phrase = tuple(part.plain for part in words[number : number + length])
        if phrase in _ROLE_PHRASES and len(phrase) == length:
            is_one, role_class = _ROLE_PHRASES[phrase]
            after = number + length
            is_a_task = after < len(words) and _is_a_task(words[after])
            if is_a_task or _is_anybody(words, number) or _is_a_service(words, number):
                return None
            if not is_one:
                return Role(number, after, False, _REACH[RoleClass.CASE], _AMONG)
            links = _LINKS if role_class is RoleClass.BESIDE else None
            return Role(number, after, True, _REACH[role_class], links, phrase[-1] in _PROFESSIONAL)
    return None


def _is_a_task(word: Word) -> bool:
    return word.gap == " " and word.plain in TASKS


def _is_a_service(words: Sequence[Word], number: int) -> bool:
    """Return whether Welsh words before it make it one: "Cymorth i Ddioddefwyr", "Cod Dioddefwyr"."""
    return any(word.plain in _WELSH_TASKS for word in words[max(0, number - 2) : number])


def _is_anybody(words: Sequence[Word], number: int) -> bool:
    """Return whether "no victim", "each victim" or "a victim" means nobody in particular."""
    if number == 0 or words[number - 1].plain not in _NOBODY | {"a", "an"}:
        return False
    if words[number - 1].plain in _NOBODY or number == 1:
        return True
    return words[number - 2].plain not in _IS_ONE and words[number - 1].gap == " "
