"""The account as CSV: one row for each addressee, for spreadsheets and programs alike."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.domain.questions.account import Account, Entry
from bot.domain.register.spreadsheets import guarded
from bot.rendering.documents.columns import Value, register_columns, row


def write(account: Account, path: Path) -> None:
    with rows(account, path) as write_row:
        for chapter in account.chapters:
            for entry in chapter.entries:
                write_row(entry)


@contextmanager
def rows(account: Account, path: Path) -> Iterator[Callable[[Entry], None]]:
    """Yield what writes a row, for whoever goes through the account for more than this file.

    UTF-8 with a byte order mark, by which a spreadsheet knows it; lines end as RFC 4180 says."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        columns = register_columns(account)
        writer.writerow(column.name for column in columns)
        yield lambda entry: writer.writerow(map(_cell, row(columns, account, entry)))


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value
