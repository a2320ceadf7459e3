"""Search finds what stands in the register, whatever its case, of what the asker may read."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.questions.answers import SearchResult
from bot.domain.questions.grammar.typed_commands import Search
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.questions import search as operation
from bot.operations.recording import undo
from bot.operations.recording.quoting import allow_quoting
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, occasion


def search(register: Register, who: PersonKey, words: str, page: int = 1) -> SearchResult:
    return operation.search(register.store, occasion(who), Search(words, page))


def texts(hit: SearchResult) -> list[int]:
    return [view.update.seq for view in hit.texts]


def test_recommendations_are_found_by_their_wording_and_their_parts(register: Register) -> None:
    assert [
        recommendation.number
        for recommendation in search(register, VIC, "independent ADVOCATES").recommendations
    ] == ["15"]
    assert [
        recommendation.number for recommendation in search(register, VIC, "probation").recommendations
    ] == ["25"]


def test_a_number_names_a_recommendation_where_there_is_or_was_one(register: Register) -> None:
    def named(number: str) -> str:
        request = register.read(f"search {number}")
        assert isinstance(request, Search)
        return operation.search(register.store, occasion(VIC), request).names

    assert [named(number) for number in ("15", "stalking 15", "99", "advocates")] == [
        "15",
        "stalking 15",
        "",
        "",
    ]


def test_every_word_has_to_stand_in_it(register: Register) -> None:
    assert search(register, VIC, "advocates probation").recommendation_total == 0


def test_bodies_are_found_by_any_of_their_names(register: Register) -> None:
    assert search(register, VIC, "thames").bodies == ("Thames Valley",)
    assert "Kent" in search(register, VIC, "kent police").bodies


def test_texts_are_found_newest_first_by_those_who_may_read_them(register: Register) -> None:
    seqs = [register.says(ALICE, f"note 15: the Acme contract, part {part}") for part in (1, 2)]
    assert texts(search(register, ALICE, "ACME contract")) == seqs[::-1]
    assert texts(search(register, CORA, "acme")) == seqs[::-1]
    for who in (BOB, VIC):
        hit = search(register, who, "acme")
        assert (texts(hit), hit.text_total) == ([], 0)
    allow_quoting(register.store, occasion(ALICE), [seqs[0]])
    assert texts(search(register, VIC, "acme")) == [seqs[0]]


def test_of_a_body_its_own_texts_alone_are_searched_of_those_that_the_asker_may_read(
    register: Register,
) -> None:
    of_kent = register.says(ALICE, "note 15: the Acme contract")
    register.says(BOB, "note 15: as Kent does, the Acme contract")

    def found(who: PersonKey, typed: str) -> tuple[list[int], tuple[str, ...], int]:
        request = register.read(typed)
        assert isinstance(request, Search)
        hit = operation.search(register.store, occasion(who), request)
        return texts(hit), hit.bodies, hit.recommendation_total

    assert found(CORA, "search kent: acme") == ([of_kent], (), 0)
    assert found(ALICE, "search kent: ACME contract") == ([of_kent], (), 0)
    assert found(VIC, "search kent: acme") == ([], (), 0)
    # Of no body are the recommendations' own words.
    assert found(CORA, "search kent: advocates") == ([], (), 0)


def test_a_search_of_a_body_is_asked_again_as_it_was_typed(register: Register) -> None:
    request = register.read("search kent: acme")
    assert isinstance(request, Search)
    hit = operation.search(register.store, occasion(CORA), request)
    assert (hit.typed, hit.of_body) == ("search kent: acme", "Kent")
    assert register.read(f"{hit.typed} page 2") == replace(request, page=2)


def test_a_quotable_text_that_was_taken_back_is_for_its_body_alone(register: Register) -> None:
    seq = register.says(ALICE, "note 15: the Acme contract")
    allow_quoting(register.store, occasion(ALICE), [seq])
    undo.undo(register.store, occasion(ALICE), seq)
    assert texts(search(register, VIC, "acme")) == []
    assert texts(search(register, ALICE, "acme")) == [seq]


@pytest.mark.parametrize("words", ["100%", "50_50", "a\\b", "%", "it's"])
def test_every_character_stands_for_itself(register: Register, words: str) -> None:
    seq = register.says(ALICE, f"note 15: the figure is {words} today")
    register.says(ALICE, "note 15: the figure is 1000 or 50x50 or ab or its")
    assert texts(search(register, ALICE, words)) == [seq]


def test_an_erased_text_is_never_found(register: Register) -> None:
    seq = register.says(ALICE, "note 15: the Acme contract")
    with register.store.begin() as connection:
        erased = "text = NULL, evidence_url = NULL, decided_by = NULL, salt = NULL"
        connection.execute(text(f"UPDATE updates SET {erased} WHERE seq = {seq}"))  # noqa: S608
    assert search(register, CORA, "acme").text_total == 0


def test_long_results_are_paged(register: Register) -> None:
    seqs = [register.says(ALICE, f"note 15: Acme, part {part}") for part in range(10)]
    first, second = (search(register, ALICE, "acme", page) for page in (1, 2))
    assert texts(first) + texts(second) == seqs[::-1]
    assert (first.text_total, first.page.pages, second.page.has_more) == (10, 2, False)


def test_of_a_long_history_the_latest_updates_are_read_and_the_answer_says_which(
    register: Register,
) -> None:
    earlier = register.says(ALICE, "note 15: the Acme contract")
    later = register.says(ALICE, "note 15: the Acme contract, signed", NOW + timedelta(days=1))
    for latest, seqs, bound, back_to in (
        (later, [later, earlier], 0, None),
        (2, [later, earlier], 2, NOW.date()),
        (1, [later], 1, NOW.date() + timedelta(days=1)),
    ):
        hit = operation.search(register.store, occasion(ALICE), Search("acme"), latest=latest)
        assert (texts(hit), hit.text_total) == (seqs, len(seqs))
        assert (hit.latest, hit.read_back_to) == (bound, back_to)
