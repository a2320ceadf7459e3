"""The history is only ever added to, whoever asks the database to change it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.store import Store
from storage.tables.history import updates
from tests.storage import register
from tests.storage.audit import audit, history

ERASED = "text = NULL, evidence_url = NULL, evidence_title = NULL, decided_by = NULL, salt = NULL"
ERASABLE = {"text", "evidence_url", "evidence_title", "decided_by", "salt"}
OTHERS = sorted({column.name for column in updates.columns} - ERASABLE)
_FORGED = "'forged'"
_VALUES = {
    "seq": "seq + 10000",
    "about_seq": "7",
    "request_item": "request_item + 1",
    "recorded_at": "'2020-01-01T00:00:00Z'",
    "stands_from": "'2020-01-01'",
    "on_behalf": "NOT on_behalf",
    "quotable": "NOT quotable",
}


def test_no_column_but_the_free_words_can_be_changed(store: Store) -> None:
    for column in OTHERS:
        changed = f"UPDATE updates SET {column} = {_VALUES.get(column, _FORGED)}"  # noqa: S608
        refused(store, f"{changed} WHERE seq = 5")
        refused(store, f"{changed}, {ERASED} WHERE seq = 5")


def test_words_are_neither_replaced_nor_erased_by_halves_nor_rows_deleted(store: Store) -> None:
    for attack in (
        "UPDATE updates SET text = 'another text' WHERE seq = 5",
        "UPDATE updates SET text = NULL WHERE seq = 5",
        "UPDATE updates SET salt = NULL WHERE seq = 5",
        "UPDATE updates SET text = NULL, evidence_url = NULL, decided_by = NULL WHERE seq = 5",
        f"UPDATE updates SET {ERASED}, seq = -seq",  # noqa: S608
        "DELETE FROM updates WHERE seq = 5",
        "DELETE FROM updates",
    ):
        refused(store, attack)


def test_a_row_cannot_be_put_in_place_of_another(sqlite_url: str) -> None:
    columns = ", ".join(column.name for column in updates.columns if column.name != "text")
    fifth = f"SELECT {columns}, 'another text' FROM updates WHERE seq = 5"  # noqa: S608
    again = f"INTO updates ({columns}, text) {fifth}"
    with register.loaded(sqlite_url) as store:
        refused(store, f"INSERT OR REPLACE {again}")
        refused(store, f"REPLACE {again}")


def test_the_history_cannot_be_truncated(postgresql_url: str) -> None:
    with register.loaded(postgresql_url) as store:
        refused(store, "TRUNCATE updates")
        refused(store, "TRUNCATE updates CASCADE")


def test_the_free_words_can_be_erased_all_together_and_the_chain_still_holds(
    store: Store, database_url: str
) -> None:
    with store.begin() as connection:
        connection.execute(text(f"UPDATE updates SET {ERASED} WHERE seq = 5"))  # noqa: S608
    erased = audit(database_url)[4]
    assert {erased[name] for name in ERASABLE} == {None}
    refused(store, "UPDATE updates SET text = 'put back' WHERE seq = 5")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.loaded(database_url) as store:
        yield store


def refused(store: Store, attack: str) -> None:
    with store.reading() as connection:
        before = history(connection)
    with pytest.raises(DBAPIError, match="updates are only ever added"), store.begin() as connection:
        connection.execute(text(attack))
    with store.reading() as connection:
        assert history(connection) == before
