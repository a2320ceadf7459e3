"""Each update stands in a chain, so that whoever rewrites one has to rewrite all that follow."""

import hmac
import random
from contextlib import suppress
from datetime import date, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.register.history import words_digest
from bot.domain.register.people import PersonKey
from bot.domain.register.update import Change, Draft, RequestKey, UpdateKind, Via
from bot.domain.values import replace
from storage import chain
from storage.appending import Chain
from tests.cast import NOW
from tests.storage import register
from tests.storage.audit import HASHED, Row, broken_at, unbroken

DRAFT = Draft(
    kind=UpdateKind.NOTE,
    stands_from=date(2025, 3, 10),
    via=Via.SLACK,
    by=PersonKey("T0HOME", "U0ALICE"),
    recommendation_id="stalking-15",
    body_code="E23000032",
    changes=(Change("moved_on", "", "2025-03-10"),),
    text="we met Zoë & the “provider” – 完",
    evidence_url="https://www.gov.uk/",
    decided_by="the Commissioner",
)


class GaveUp(Exception):
    """Nothing was to be saved after all."""


def test_the_first_update_follows_the_empty_history(database_url: str) -> None:
    with register.empty(database_url) as store:
        assert unbroken(database_url) == []
        with store.begin() as connection:
            update = Chain(connection).append(DRAFT, NOW)
        with store.reading() as connection:
            assert update.seq == chain.head(connection)[0] == 1


@pytest.mark.parametrize("kind", UpdateKind)
def test_what_may_give_a_name_another_meaning_is_told_by_its_number(
    sqlite_url: str, kind: UpdateKind
) -> None:
    """By it whoever remembers the names knows that they are to be read again."""
    gives_names = {
        UpdateKind.REPORT_ADDED,
        UpdateKind.RECOMMENDATION_ADDED,
        UpdateKind.BODY_ADDED,
        UpdateKind.BODY_CHANGED,
    }
    with register.empty(sqlite_url) as store:
        with store.begin() as connection:
            Chain(connection).append(replace(DRAFT, kind=kind), NOW)
        with store.reading() as connection:
            assert (chain.names_seq(connection) == 1) is (kind in gives_names)


def test_the_hashes_can_be_computed_from_the_rows_alone(database_url: str) -> None:
    with register.loaded(database_url) as store, store.begin() as connection:
        history = Chain(connection)
        for item in range(5):
            history.append(replace(DRAFT, request=RequestKey("one request", item)), NOW)
    rows = unbroken(database_url)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["text"] == DRAFT.text


def test_it_does_not_matter_in_which_zone_the_instant_was_told(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        instant = NOW.astimezone(timezone(timedelta(hours=1)))
        Chain(connection).append(DRAFT, instant + timedelta(microseconds=5))
    assert len(unbroken(database_url)) == 1


def test_what_is_rolled_back_leaves_no_gap(database_url: str) -> None:
    with register.empty(database_url) as store:
        for keeps in (True, False, False, True):
            with suppress(GaveUp), store.begin() as connection:
                Chain(connection).append(DRAFT, NOW)
                if not keeps:
                    raise GaveUp
    assert len(unbroken(database_url)) == 2


def test_the_same_item_of_a_request_is_never_written_twice(database_url: str) -> None:
    once = replace(DRAFT, request=RequestKey("command:T0HOME:1.2.3", item=1))
    with register.empty(database_url) as store:
        with store.begin() as connection:
            Chain(connection).append(once, NOW)
        with pytest.raises(IntegrityError, match=r"(?i)unique"), store.begin() as connection:
            Chain(connection).append(once, NOW)


@pytest.mark.parametrize("column", [*HASHED, "prev", "hash"])
def test_any_column_that_is_tampered_with_shows(rows: list[Row], column: str) -> None:
    for value in ("forged", None, 999_999, not rows[5][column]):
        if value != rows[5][column]:
            tampered = [*rows[:5], rows[5] | {column: value}, *rows[6:]]
            assert broken_at(tampered) == 5


def test_rows_deleted_swapped_repeated_or_slipped_in_show(rows: list[Row]) -> None:
    chance = random.Random(3)
    for _ in range(200):
        here, there = sorted(chance.sample(range(len(rows)), 2))
        without = [*rows[:here], *rows[here + 1 :]]
        swapped = [*rows[:here], rows[there], *rows[here + 1 : there], rows[here], *rows[there + 1 :]]
        repeated = [*rows[:there], rows[here], *rows[there:]]
        for rewritten in (without, swapped, repeated):
            assert broken_at(rewritten) in (here, there)


def test_the_same_words_have_another_digest_each_time(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        history = Chain(connection)
        history.append(DRAFT, NOW)
        history.append(DRAFT, NOW)
    first, second = unbroken(database_url)
    assert first["salt"] != second["salt"]
    assert first["words_digest"] != second["words_digest"]


@pytest.fixture
def rows(sqlite_url: str) -> list[Row]:
    with register.loaded(sqlite_url):
        return unbroken(sqlite_url)[:40]


def test_the_digest_of_words_without_a_title_is_what_it_was_before_links_had_titles() -> None:
    salt = "ab" * 16
    before = hmac.new(bytes.fromhex(salt), b'["note","https://a.example","Kim"]', "sha256").hexdigest()
    assert words_digest(salt, "note", "https://a.example", "Kim") == before
    assert words_digest(salt, "note", "https://a.example", "Kim", "minutes") != before
