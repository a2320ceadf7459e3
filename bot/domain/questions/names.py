"""What a name can mean: a policing body, a region or a report.

A name is looked up without regard to case, accents, quotation marks, hyphens, spaces, "and" or "&", and the
words that only say what kind of body it is ("Kent Police", "PCC for Kent")."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Self, TypeVar

from msgspec import Struct
from rapidfuzz import fuzz, process

from bot.domain.register.policing_body import PolicingBody


class Body(Struct, frozen=True):
    """A policing body: its area code (E23000032), its slug (`kent`) and the name shown on screens."""

    code: str
    slug: str
    short_name: str

    @classmethod
    def of(cls, body: PolicingBody) -> "Body":
        return cls(body.code, body.slug, body.short_name)


class Region(Struct, frozen=True):
    name: str


class ReportName(Struct, frozen=True):
    """A report: the short key people type (`stalking`), and its title."""

    key: str
    title: str


Named = Body | Region | ReportName

_Meaning = TypeVar("_Meaning")

# A longer text is no name, and comparing it with every name would take long.
LONGEST_NAME = 100

# How alike a name must be, of 100, to be offered. "glouc shire" is Gloucestershire by 80, "kant" Kent by 75;
# "met the provider" is nothing by more than 60.
_LIKE_ENOUGH = 74
# Others are offered beside the likeliest where they are easily taken for it: Leicestershire is like
# "glouc shire" by 58 and like Gloucestershire by 83.
_LIKE_AT_ALL = 50
_WORTH_OFFERING = 66
# Names this short are like too many ordinary words ("sent", "went"), unless they begin with the same letter.
_SHORT = 5
_TOO_SHORT = 3
_MOST_OFFERED = 5
# As many names that begin alike as a row of buttons has room for.
_MOST_BEGINNINGS = 10

_NOT_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_FILLERS = re.compile(r"\b(?:and|the)\b")
# "Staffordshire Commissioner for Police, Fire & Rescue and Crime" is one way of many to say it.
_POLICE = r"police (?:fire (?:rescue )?)?crime"
_OFFICE = rf"(?:opcc|opfcc|pcc|pfcc|{_POLICE} commissioner|commissioner for {_POLICE}|commissioner)"
_OFFICE_IN_WELSH = r"(?:swyddfa )?comisiynydd (?:yr )?heddlu a throseddu"
_KIND_BEFORE = re.compile(
    rf"^(?:(?:office of )?(?:{_OFFICE}|mayor) (?:(?:for|of) )?|(?:{_OFFICE_IN_WELSH}|heddlu) )(?=\w)"
)
_KIND_AFTER = re.compile(
    r"(?<=\w) (?:police service|police force|police authority|constabulary|police|force|mayor"
    rf"|(?:office of )?{_OFFICE}(?:s? office)?)$"
)
# As in an index: "London, City of". What stands in brackets only says the name again: "(MOPAC)".
_TURNED_ROUND = re.compile(r"^(.+) (city|county) of$")
_BRACKETS = re.compile(r"(?<=\w)\s*\([^()]*\)")


class Names:
    """An index of names; it does not change. Built in about a millisecond for the 43 bodies."""

    __slots__ = ("_bodies", "_folded_names", "_forms", "_regions", "_reports", "_spellings", "themes")

    def __init__(
        self,
        bodies: Mapping[str, tuple[Body, ...]],
        regions: Mapping[str, tuple[Region, ...]],
        reports: Mapping[str, tuple[ReportName, ...]],
        themes: frozenset[str] = frozenset(),
    ) -> None:
        """Take what each name means, by its folded form: `Names.of` is the way to build one.

        `themes` are the words that recommendations are grouped by, which count only where nothing else is
        meant."""
        self.themes = themes
        self._bodies = bodies
        self._regions = regions
        self._reports = reports
        forms: dict[str, tuple[Named, ...]] = {}
        for index in (bodies, regions, reports):
            for key, meanings in index.items():
                forms[key] = (*forms.get(key, ()), *meanings)
        self._forms = forms
        self._spellings = tuple(forms)
        bodies_named: dict[str, Named] = {
            body.short_name: body for same_name in bodies.values() for body in same_name
        }
        regions_named: dict[str, Named] = {
            region.name: region for same_name in regions.values() for region in same_name
        }
        # By name, bodies before regions of the same name.
        self._folded_names: tuple[tuple[str, Named], ...] = tuple(
            (_known_folded(name), subject)
            for name, subject in sorted((*bodies_named.items(), *regions_named.items()), key=itemgetter(0))
        )

    @classmethod
    def of(
        cls,
        bodies: Iterable[tuple[Body, Sequence[str]]],
        regions: Iterable[str] = (),
        reports: Iterable[ReportName] = (),
        themes: Iterable[str] = (),
    ) -> Self:
        """Index what there is by its names. `bodies` come with every other name they go by: aliases, and
        those of force, area and office."""
        return cls(
            _index(
                (_known_body_key(name), body) for body, others in bodies for name in _names_of(body, others)
            ),
            _index((_key(name), Region(region)) for region in regions for name in _names_of_region(region)),
            _index((_key(name), report) for report in reports for name in (report.key, report.title)),
            frozenset(themes),
        )

    def exact(self, name: str) -> tuple[Named, ...]:
        """Return everything that goes by this name: bodies, then regions, then reports."""
        if len(name) > LONGEST_NAME:
            return ()
        folded = _folded(name)
        key = folded.replace(" ", "")
        body_key = _body_key(name) if "(" in name else _without_kind(folded)
        return (
            *self._bodies.get(body_key, ()),
            *self._regions.get(key, ()),
            *self._reports.get(key, ()),
        )

    def bodies_exact(self, name: str) -> tuple[Body, ...]:
        return () if len(name) > LONGEST_NAME else self._bodies.get(_body_key(name), ())

    def reports_exact(self, name: str) -> tuple[ReportName, ...]:
        return () if len(name) > LONGEST_NAME else self._reports.get(_key(name), ())

    @property
    def reports(self) -> tuple[ReportName, ...]:
        """Every report, by key."""
        by_key = {report.key: report for same_name in self._reports.values() for report in same_name}
        return tuple(by_key[key] for key in sorted(by_key))

    def _that_begin(self, words: str, kinds: tuple[type[Named], ...]) -> tuple[Named, ...]:
        """Return every body and region in whose name a word begins with the words typed; whole names
        first."""
        matches = [
            (name, subject)
            for name, subject in self._folded_names
            if isinstance(subject, kinds) and f" {words}" in f" {name}"
        ]
        # Sorting keeps the order by name within each.
        matches.sort(key=lambda pair: not pair[0].startswith(words))
        return tuple(subject for _, subject in matches)

    def near(
        self, name: str, kinds: tuple[type[Named], ...] = (Body, Region, ReportName), limit: int | None = None
    ) -> tuple[Named, ...]:
        """Return what the name may have been meant for, the likeliest first; nothing when no name is like
        it."""
        if len(name) > LONGEST_NAME:
            return ()
        key = _body_key(name)
        if len(key) <= _TOO_SHORT:
            return ()
        if beginning := self._that_begin(_folded(name), kinds):
            return beginning[: limit or _MOST_BEGINNINGS]
        likely = [
            (score, form)
            for form, score, _ in process.extract(
                key, self._spellings, scorer=fuzz.ratio, limit=None, score_cutoff=_LIKE_AT_ALL
            )
            if any(isinstance(meaning, kinds) for meaning in self._forms[form]) and _can_be_meant(form, key)
        ]
        if not likely or likely[0][0] < _LIKE_ENOUGH:
            return ()
        meanings = (
            meaning
            for form in _worth_offering(likely)
            for meaning in self._forms[form]
            if isinstance(meaning, kinds)
        )
        return tuple(islice(dict.fromkeys(meanings), limit or _MOST_OFFERED))


def _worth_offering(likely: Sequence[tuple[float, str]]) -> Iterator[str]:
    """Return the spellings that are like what was typed and like the likeliest of them, the most alike first.
    They come with how like they are to what was typed, the likeliest first."""
    best = likely[0][1]
    likenesses = (((score + fuzz.ratio(form, best)) / 2, form) for score, form in likely)
    # Sorting keeps the order of equals, which is that of likeness to what was typed.
    for likeness, form in sorted(likenesses, key=itemgetter(0), reverse=True):
        if likeness >= _WORTH_OFFERING:
            yield form


def _can_be_meant(form: str, key: str) -> bool:
    return len(form) > _TOO_SHORT and (len(form) > _SHORT or form[0] == key[0])


def _names_of(body: Body, others: Sequence[str]) -> Iterator[str]:
    yield from (body.slug, body.short_name, body.code, *others)


def _names_of_region(region: str) -> Iterator[str]:
    """Yield a region's name, and the short one that it may share with a body: "West Mids"."""
    yield region
    if region.endswith(" Midlands"):
        direction = region.removesuffix(" Midlands")
        yield from (f"{direction} Mids", f"{direction[0]} Mids")


def _index(pairs: Iterable[tuple[str, _Meaning]]) -> dict[str, tuple[_Meaning, ...]]:
    index: dict[str, tuple[_Meaning, ...]] = {}
    for key, meaning in pairs:
        if key and meaning not in index.get(key, ()):
            index[key] = (*index.get(key, ()), meaning)
    return index


def _folded(name: str) -> str:
    """Return the name in plain small letters and digits, its words parted by single spaces."""
    letters = name.casefold()
    if letters.isascii() and letters.isalnum():
        return _FILLERS.sub("", letters)
    if not letters.isascii():
        parted = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in parted if not unicodedata.combining(letter))
    letters = _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", letters.replace("&", " and ")))
    return " ".join(_FILLERS.sub(" ", letters).split())


def folded_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared."""
    return tuple(_folded(name).split())


def _key(name: str) -> str:
    """Fold a name and take its spaces out, so that "Dyfed-Powys", "Dyfed Powys" and "dyfedpowys" are one."""
    return _folded(name).replace(" ", "")


def _body_key(name: str) -> str:
    return _without_kind(_folded(_BRACKETS.sub(" ", name)))


def _without_kind(folded: str) -> str:
    """Return a folded name without its spaces and the words that only say what kind of body it is."""
    if " " not in folded:
        return folded
    if turned := _TURNED_ROUND.fullmatch(folded):
        folded = f"{turned[2]} of {turned[1]}"
    return _KIND_AFTER.sub("", _KIND_BEFORE.sub("", folded)).replace(" ", "")


# For the register's own names, which are read anew after each recording; what people type is not kept.
_known_folded = lru_cache(maxsize=1_000)(_folded)
_known_body_key = lru_cache(maxsize=2_000)(_body_key)
