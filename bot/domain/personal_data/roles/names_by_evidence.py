"""Find names, with a title or in full, in a sentence that tells what is told of people in a case, wherever in it that
stands: "Spoke with Mrs Hedley at home; she felt nobody believed her".

Each class of evidence in `words/evidence_of_a_case.tsv` is weighed, and what is said of many weighs against it. People
in office do not count."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.personal_data.names import is_in_office, names, people_in
from bot.domain.personal_data.patterns import any_of
from bot.domain.personal_data.sentences import TITLES, WORDS, Span, Word, sentences
from bot.domain.personal_data.word_lists import EVIDENCE_OF_A_CASE, GIVEN_NAMES, ONLY_GIVEN_NAMES

_ENOUGH = 3
_SURE, _LIKELY, _PERHAPS, _OF_MANY = 3, 2, 1, -2
# Offices give a title to whom they serve, and to others where their work is told too.
_TITLED, _MOST_OF_LIFE = 1, 2
# A name stands nearly alone in a form, as of who decided.
_FEWEST_WORDS = 7
_WEIGHTS = {
    "own": _SURE,  # after "his", "her" or "their": "withdrew his complaint"
    "ei": _SURE,  # the same in Welsh
    "sure": _SURE,
    "carer": _SURE,  # after somebody who looks after people in cases: "the nurse saw Kieran"
    # What may be said of colleagues as well, the last three every day.
    "home": _LIKELY,
    "feeling": _LIKELY,
    "search": _LIKELY,
    "contact": _PERHAPS,
    "matter": _PERHAPS,
    "self": _PERHAPS,
    "many": _OF_MANY,
    "office": _OF_MANY,
}
_CARER = r"(?:flo|nurse|hcp|doctor|idva|isva|advocate|paramedics?|social worker|psychiatrist|appropriate adult) (?:\w+ )?"
_BEFORE = {"own": r"(?:his|her|their) (?:\w+ )?", "ei": "ei ", "carer": _CARER}


def _evidence(name: str) -> re.Pattern[str]:
    phrases = any_of(phrase for class_name, phrase in EVIDENCE_OF_A_CASE if class_name == name)
    return re.compile(rf"\b{_BEFORE.get(name, '')}{phrases}\b", re.IGNORECASE)


_EVIDENCE = tuple((weight, _evidence(name)) for name, weight in _WEIGHTS.items())
_TITLES = TITLES - {"dr", "messrs"}
_LIFE = _evidence("life")
_AT_WORK = _evidence("office")
# "Poor Margaret", "little Alfie": colleagues are not called so.
_PITIED = re.compile(r"\b(?:poor|little|wee|baby) $", re.IGNORECASE)
# A couple is in no office: "Mr and Mrs Delacroix".
_A_COUPLE = re.compile(r"\bMr (?:and|&|a) $")
# In court: "R v Brodie Kemp"; a judgment that is cited is for everybody: "R v Tom North [2019] EWCA Crim 3".
_IN_COURT = re.compile(r"\b(?:R|Regina|Rex|CPS) v\.? $")
_CITED = re.compile(r" ?[\[(](?:19|20)\d\d[\])]")
_BESIDE = 12  # characters before a name


def names_by_evidence(text: str) -> Iterator[Span]:
    for words in sentences(text):
        in_full = [span for span, office_follows in people_in(words) if not office_follows]
        alone = list(_first_names(words))
        known = [span for span in in_full if _is_known(text[slice(*span)])] + alone
        if known:
            sentence = text[words[0].start : words[-1].end]
            weight = _weight(sentence)
            titled = _weight_of_title(words, sentence)
            yield from (span for span in known if weight + titled * _has_title(text[slice(*span)]) >= _ENOUGH)
        for start, end in in_full:
            if _IN_COURT.search(text[max(0, start - _BESIDE) : start]) and not _CITED.match(text, end):
                yield start, end
            if _A_COUPLE.search(text[max(0, start - _BESIDE) : start]):
                yield start, end
        for start, end in alone:
            if _PITIED.search(text[max(0, start - _BESIDE) : start]):
                yield start, end


def _is_known(name: str) -> bool:
    """Return whether it begins with a title or a known first name."""
    return WORDS.findall(name.casefold())[0] in TITLES | GIVEN_NAMES


def _has_title(name: str) -> bool:
    return WORDS.findall(name.casefold())[0] in _TITLES


def _first_names(words: Sequence[Word]) -> Iterator[Span]:
    """Find first names that stand alone, or after a word such as "Poor"."""
    for name in names(words):
        word = words[name.after - 1]
        is_alone = name.after == name.first + 1 or _PITIED.match(words[name.first].text + " ")
        first = word.plain.partition("-")[0]  # "Kelly-Ann"
        if is_alone and first in ONLY_GIVEN_NAMES and not is_in_office(words, name):
            yield word.start, word.end


def _weight(sentence: str) -> int:
    return sum(weight for weight, evidence in _EVIDENCE if evidence.search(sentence))


def _weight_of_title(words: Sequence[Word], sentence: str) -> int:
    """Return what a title weighs, with words of private life beside it."""
    if len(words) < _FEWEST_WORDS or _AT_WORK.search(sentence):
        return 0
    return _TITLED + min(len(set(map(str.casefold, _LIFE.findall(sentence)))), _MOST_OF_LIFE)
