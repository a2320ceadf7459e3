"""Where a text puts a person's name next to "victim".

The name is recognised by its shape, since no list holds everybody's; institutions and people in office are
told from it by their words and by those around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.personal_data.word_lists import (
    BEGINNINGS,
    GIVEN_MONTHS,
    INSTITUTIONS,
    MONTHS_AND_DAYS,
    OCCUPATIONS,
    OFFICES,
    PLACES,
    SENTENCE_BEGINNINGS,
    STREETS,
    TASKS,
)

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_END_OF_SENTENCE = re.compile(r"[.!?]['\")]*\s|(?<!:)\n|\n\n")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "messrs"})
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "der", "di", "dos", "el", "ibn", "la", "le", "ten", "van", "von"}
)
_ABBREVIATED = _TITLES | {"st", "sgt", "insp", "supt", "prof", "cllr", "no"}
_LONGEST_NAME = 4

_ONE = frozenset({"victim", "survivor", "victim-survivor", "complainant", "aggrieved"})
_MANY = frozenset({"victims", "survivors", "victim-survivors", "complainants"})
_ONE_OR_MANY = _ONE | _MANY
# "stalked" and the like say of somebody near what "victim" would.
_DONE_TO = frozenset({"stalked", "harassed", "raped", "assaulted", "abused"})
_NOBODY = frozenset({"any", "each", "every", "no", "per", "non"})
# How many words may stand between "victim", or "stalked", and the name.
_NEAR, _NEAR_DONE_TO = 8, 3
# "a victim" is anybody, but for "is a victim" and the like.
_IS_ONE = frozenset({"is", "was", "as", "be", "been", "being", "became", "and", "also"})
# Between "victims" and a name only these: "victims such as", "and other survivors".
_AMONG = frozenset({
    "and", "as", "by", "called", "e", "fellow", "g", "including", "is", "like", "named", "namely", "of",
    "one", "other", "our", "such", "the", "was",
})  # fmt: skip
# Between a name and what somebody does: "Jane Smith is our new lead", "the provider's manager, Jane Smith".
_BESIDE_AN_OFFICE = TASKS | {
    "a", "acting", "an", "area", "as", "at", "deputy", "for", "force", "from", "her", "his", "in",
    "interim", "is", "its", "new", "of", "our", "policy", "senior", "the", "their", "was", "who",
}  # fmt: skip
_NO_FIRST_WORD = SENTENCE_BEGINNINGS | OFFICES
_NO_NAME = BEGINNINGS | SENTENCE_BEGINNINGS
_NEVER_TOLD = INSTITUTIONS | _NO_NAME
_NEVER_IN_A_NAME = INSTITUTIONS | (MONTHS_AND_DAYS - GIVEN_MONTHS)
# What stands after these is a place, a building or a scheme.
_WHERE = frozenset(
    {"across", "around", "at", "in", "near", "outside", "throughout", "under", "via", "within"}
)

_SOME_NAME = r"[^\W\d_a-z][\w'-]{1,30}(?: [^\W\d_a-z][\w'-]{1,30}){0,2}"
_TOLD_NAME = re.compile(
    r"\b(?:victim|survivor|complainant|woman|man|girl|boy|lady|client|caller|resident)"
    rf"(?:,? (?:is|was|who is))?,? (?:called|named) (?P<called>{_SOME_NAME})"
    r"|\b(?:[Hh]er|[Hh]is|[Tt]heir|[Vv]ictim(?:'s)?|[Ss]urvivor's|[Cc]omplainant's) (?:full |first |real )?"
    rf"name(?: is| was|:| -|) (?P<given>{_SOME_NAME})"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """`gap` is what stands between the word before and this one."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def plain(self) -> str:
        return self.text.casefold().removesuffix("'s")

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and (any(map(str.islower, self.text)) or self.is_shouted)

    @property
    def is_shouted(self) -> bool:
        """Officers write surnames in capitals; two letters or none of the vowels are an abbreviation."""
        return len(self.text) > 2 and self.text.isupper() and any(vowel in self.text for vowel in "AEIOUY")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A word for a victim: its number in the sentence, and how many words may part it from a name; None
    where only words such as "including" may."""

    at: int
    reach: int | None


@dataclass(frozen=True, slots=True)
class _Name:
    """Numbers of the first word and of the one after the last, in the sentence."""

    first: int
    after: int


def victim_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names that stand next to a word for a victim."""
    told = [found.span(found.lastgroup or 0) for found in _TOLD_NAME.finditer(text)]
    yield from (span for span in told if _can_be_told(text[slice(*span)]))
    for words in _sentences(text):
        mentions = list(_mentions(words))
        for name in _names(words) if mentions else ():
            if _is_a_victim(words, name, mentions):
                yield words[name.first].start, words[name.after - 1].end


def people(text: str) -> Iterator[tuple[int, int, bool]]:
    """The spans of names, with a title or in full, that no office stands before; and whether one follows."""
    for words in _sentences(text):
        for name in _names(words):
            run = words[name.first : name.after]
            is_in_full = len(run) > 1 and not all(word.text.isupper() for word in run)
            if is_in_full and not _office_before(words, name.first):
                yield run[0].start, run[-1].end, _office_after(words, name.after)


def _can_be_told(name: str) -> bool:
    return _NEVER_TOLD.isdisjoint(word.casefold().removesuffix("'s") for word in name.split())


def _sentences(text: str) -> Iterator[Sequence[_Word]]:
    words: list[_Word] = []
    end = 0
    for found in _WORD.finditer(text):
        gap = text[end : found.start()]
        if words and _END_OF_SENTENCE.search(gap) and not _is_abbreviated(words[-1], gap):
            yield words
            words = []
        words.append(_Word(found[0], found.start(), found.end(), gap))
        end = found.end()
    if words:
        yield words


def _is_abbreviated(word: _Word, gap: str) -> bool:
    return gap == ". " and (len(word.text) == 1 or word.text.casefold() in _ABBREVIATED)


def _mentions(words: Sequence[_Word]) -> Iterator[_Mention]:
    for at, word in enumerate(words):
        plain = word.plain
        following = words[at + 1].plain if at + 1 < len(words) else ""
        if _is_a_task(words, at):
            continue
        if plain in _MANY or (word.text == "IP" and following != "address"):
            yield _Mention(at, reach=None)
        elif plain in _ONE and not _is_anybody(words, at):
            yield _Mention(at, reach=_NEAR)
        elif plain in _DONE_TO:
            yield _Mention(at, reach=_NEAR_DONE_TO)
        elif plain == "injured" and following in ("party", "person"):
            yield _Mention(at + 1, reach=_NEAR)


def _is_anybody(words: Sequence[_Word], at: int) -> bool:
    if at == 0 or words[at - 1].plain not in _NOBODY | {"a"}:
        return False
    if words[at - 1].plain in _NOBODY or at == 1:
        return True
    return words[at - 2].plain not in _IS_ONE and words[at - 1].gap == " "


def _names(words: Sequence[_Word]) -> Iterator[_Name]:
    at = 0
    while at < len(words):
        name = _titled(words, at) or _in_full(words, at)
        if name is not None and _is_a_persons(words, name):
            yield name
        at = name.after if name else at + 1


def _titled(words: Sequence[_Word], at: int) -> _Name | None:
    """ "Mrs Hill", "Mr J Hill", "Ms de Souza"; "Ms A" hides who it is."""
    if words[at].plain not in _TITLES or not words[at].text[0].isupper():
        return None
    after = _end_of_run(words, at + 1)
    return _Name(at, after) if after else None


def _in_full(words: Sequence[_Word], at: int) -> _Name | None:
    """The whole run of capitalised words that begins here, less the ordinary words at its beginning."""
    if not _can_be_in_a_name(words[at]):
        return None
    after = _end_of_run(words, at) or at + 1
    first = at
    while first < after and words[first].plain in _NO_FIRST_WORD:
        first += 1
    return _Name(first, after) if first < after else _Name(at, after)


def _end_of_run(words: Sequence[_Word], at: int) -> int | None:
    if at >= len(words) or not _can_be_in_a_name(words[at]):
        return None
    after = at + 1
    while after < len(words) and words[after].gap in (" ", ". ", "  "):
        if words[after].gap == ". " and not _is_abbreviated(words[after - 1], ". "):
            break
        if words[after - 1].text.endswith("'s") or words[after].plain in _TITLES:
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


def _can_be_in_a_name(word: _Word) -> bool:
    return word.is_capitalised or (len(word.text) == 1 and word.text.isupper() and word.text != "I")


def _is_a_persons(words: Sequence[_Word], name: _Name) -> bool:
    run = words[name.first : name.after]
    if run[0].plain in _TITLES:
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


def _is_where(words: Sequence[_Word], name: _Name) -> bool:
    return (
        name.first > 0
        and words[name.first - 1].plain in _WHERE
        and not words[name.after - 1].text.endswith("'s")
    )


def _is_in_office(words: Sequence[_Word], name: _Name) -> bool:
    return _office_before(words, name.first) or _office_after(words, name.after)


def _office_before(words: Sequence[_Word], first: int) -> bool:
    if first == 0:
        return False
    before = words[first - 1]
    return before.plain in OFFICES and words[first].gap in (" ", ", ", ": ", " - ", " (")


def _office_after(words: Sequence[_Word], after: int) -> bool:
    for at in range(after, min(after + 6, len(words))):
        word = words[at]
        if word.plain in OCCUPATIONS or (word.is_capitalised and word.plain in INSTITUTIONS):
            return True
        goes_on = word.plain in _BESIDE_AN_OFFICE or (word.is_capitalised and word.plain in BEGINNINGS)
        if not goes_on and not _is_a_task(words, at):
            return False
    return False


def _is_a_task(words: Sequence[_Word], at: int) -> bool:
    return words[at].plain in _ONE_OR_MANY and at + 1 < len(words) and words[at + 1].plain in TASKS


def _is_a_victim(words: Sequence[_Word], name: _Name, mentions: Sequence[_Mention]) -> bool:
    if any(_is_called_one(words, name, mention) for mention in mentions):
        return True
    run = words[name.first : name.after]
    if len(run) < 2 or all(word.text.isupper() for word in run) or _is_in_office(words, name):
        return False
    return any(_is_next_to(words, name, mention) for mention in mentions)


def _is_called_one(words: Sequence[_Word], name: _Name, mention: _Mention) -> bool:
    """ "victim Jane Smith", "victim JANE SMITH", "the victim, Amy, told us": whoever she is besides. A first
    name alone counts only after a small letter, as "Victim Profile" is a heading."""
    if not mention.reach or mention.at != name.first - 1 or words[mention.at].text.isupper():
        return False
    gap = words[name.first].gap
    if name.after - name.first > 1:
        return gap in (" ", ": ", " - ", " (")
    followed = words[name.after].gap if name.after < len(words) else ""
    called = gap == " " or (gap == ", " and followed.startswith(","))
    return called and words[mention.at].text.islower() and not words[name.first].text.isupper()


def _is_next_to(words: Sequence[_Word], name: _Name, mention: _Mention) -> bool:
    first, after = (name.after, mention.at) if mention.at >= name.after else (mention.at + 1, name.first)
    if mention.reach is None:
        return after - first <= _NEAR and all(word.plain in _AMONG for word in words[first:after])
    return after - first <= mention.reach
