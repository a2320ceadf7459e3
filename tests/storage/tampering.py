"""Somebody with rights on a SQLite file rewrites its history behind recbot's back."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from storage.tables.history import updates

COLUMNS = tuple(column.name for column in updates.columns)
Edit = Callable[[sqlite3.Connection, random.Random, int], str]


@contextmanager
def unguarded(file: Path) -> Iterator[sqlite3.Connection]:
    """Give the file without the triggers that keep the history, which are put back, so that nobody sees."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in triggers:
            connection.execute(statement)


def put(connection: sqlite3.Connection, number: int, /, **values: Any) -> None:
    named = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE updates SET {named} WHERE seq = :of_seq", values | {"of_seq": number})  # noqa: S608


def value(connection: sqlite3.Connection, seq: int, column: str) -> Any:
    return connection.execute(f"SELECT {column} FROM updates WHERE seq = ?", (seq,)).fetchone()[0]  # noqa: S608


def change_a_column(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    """Change any column of any row, by one character or to what another row has there."""
    while True:
        seq, column = chance.randint(1, last), chance.choice(COLUMNS)
        if column == "seq":
            put(connection, seq, seq=last + chance.randint(1, 9))
            return f"seq of {seq}"
        was = value(connection, seq, column)
        other = value(connection, chance.randint(1, last), column)
        now = chance.choice([other, _altered(was, chance), None])
        if now == was:
            continue
        try:
            put(connection, seq, **{column: now})
        except sqlite3.IntegrityError:
            # The database itself refuses it: nothing was changed.
            continue
        return f"{column} of {seq}"


def delete_a_row(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    """Delete a row, with what follows moved up, or not."""
    seq = chance.randint(1, last)
    connection.execute("DELETE FROM updates WHERE seq = ?", (seq,))
    if chance.random() < 0.5:
        connection.execute("UPDATE updates SET seq = seq - 1 WHERE seq > ?", (seq,))
    return f"{seq} deleted"


def cut_the_end(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    seq = chance.randint(1, last)
    connection.execute("DELETE FROM updates WHERE seq >= ?", (seq,))
    return f"cut from {seq}"


def swap_two_rows(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    number, other = chance.sample(range(1, last + 1), 2)
    put(connection, number, seq=last + 1)
    put(connection, other, seq=number)
    put(connection, last + 1, seq=other)
    return f"{number} and {other} swapped"


def swap_words(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    """Swap the words of two updates with the salts they belong to."""
    with_words = [
        row[0] for row in connection.execute("SELECT seq FROM updates WHERE text <> '' AND salt IS NOT NULL")
    ]
    first, second = chance.sample(with_words, 2)
    first_words = (value(connection, first, "text"), value(connection, first, "salt"))
    put(connection, first, text=value(connection, second, "text"), salt=value(connection, second, "salt"))
    put(connection, second, text=first_words[0], salt=first_words[1])
    return f"words of {first} and {second} swapped"


def erase_unrecorded(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    """Erase words as a redaction does, but without one in the history."""
    seq = chance.randint(1, last)
    while value(connection, seq, "salt") is None:
        seq = chance.randint(1, last)
    put(connection, seq, text=None, evidence_url=None, decided_by=None, salt=None)
    return f"words of {seq} erased"


def move_the_head(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    seq = chance.randint(0, last - 1)
    hash_ = value(connection, seq, "hash") if seq else "0" * 64
    connection.execute("UPDATE chain_head SET seq = ?, hash = ?", (seq, hash_))
    return f"head at {seq}"


def slip_one_in(connection: sqlite3.Connection, chance: random.Random, last: int) -> str:
    """Add a copy of a row under a number of its own, at the end."""
    seq = chance.randint(1, last)
    columns = ", ".join(name for name in COLUMNS if name not in ("seq", "request_key"))
    connection.execute(
        f"INSERT INTO updates (seq, request_key, {columns})"  # noqa: S608
        f" SELECT {last + 1}, 'slipped in', {columns} FROM updates WHERE seq = {seq}"
    )
    return f"{seq} again at the end"


EDITS: tuple[Edit, ...] = (
    change_a_column,
    change_a_column,
    change_a_column,
    delete_a_row,
    cut_the_end,
    swap_two_rows,
    swap_words,
    erase_unrecorded,
    move_the_head,
    slip_one_in,
)


def _altered(was: Any, chance: random.Random) -> Any:
    if isinstance(was, int):
        return was + chance.choice([-1, 1, 1000])
    text = was or ""
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice("0aZ é") + text[place + chance.randint(0, 1) :]
