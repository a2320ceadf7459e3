"""Before a slow pattern, its words are looked for: what the pattern would find is never passed over so."""

import re
from pathlib import Path

import pytest

from bot.domain.personal_data import check, handles
from bot.domain.personal_data.descriptions import subjects
from bot.domain.personal_data.roles import called
from bot.domain.personal_data.sentences import words_in

TEXTS = [
    line.split("\t")[1]
    for file in sorted(Path(__file__).parent.glob("*.tsv"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (handles._NAMED, handles._NAMING_WORDS),
        (handles._A_NETWORK, handles._NETWORK_WORDS),
        (subjects._THE_JOB, subjects._JOB_WORDS),
    ],
    ids=["named", "network", "job"],
)
def test_what_a_pattern_finds_has_one_of_its_words(pattern: re.Pattern[str], words: frozenset[str]) -> None:
    matching = [text for text in TEXTS if pattern.search(text)]
    assert len(matching) >= 5
    assert [text for text in matching if words.isdisjoint(words_in(text))] == []


def test_what_a_text_itself_calls_a_name_has_a_word_for_that() -> None:
    matching = [text for text in TEXTS if called._TOLD_NAME.search(text)]
    assert len(matching) >= 5
    assert [text for text in matching if not called._MAY_TELL.search(text)] == []


@pytest.mark.parametrize("find", [find for _, find in check._FINDERS if find in check._OF_FIGURES])
def test_what_has_a_figure_is_not_found_without_one(find: check.Finder) -> None:
    assert any(list(find(text)) for text in TEXTS)
    without = [re.sub(r"\d", "", text) for text in TEXTS]
    assert [text for text in without if list(find(text))] == []
