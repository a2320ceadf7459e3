"""The account as JSON: one object for each addressee, with its updates; a summary at the end."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from bot.domain.questions.account import Account, Entry
from bot.rendering.documents.columns import (
    SUMMARY,
    UPDATES,
    Column,
    ExportedUpdate,
    Row,
    Value,
    register_columns,
)
from bot.rendering.documents.sentences import form, title

# Raised when a column is taken away or changes its meaning.
VERSION = 1


def write(account: Account, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = {
            "version": VERSION,
            "form": form(account),
            "title": title(account),
            "as_at": account.day.isoformat(),
            "known": account.known,
            "approved_only": account.approved_only,
            "made_at": _plain(account.made_at),
            "through_update": account.through_seq,
            "anchor": account.anchor,
        }
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "addressees": [')
        summary = _addressees(account, file)
        file.write('\n ],\n "recommendations": [')
        _listed(file, summary)
        file.write("\n ]\n}\n")


def _addressees(account: Account, file: TextIO) -> list[str]:
    """Write the addressees, and return what is to be said of the recommendations."""
    summary: list[str] = []
    between = ""
    for chapter in account.chapters:
        summary.append(_line(_object(SUMMARY, account, chapter)))
        for entry in chapter.entries:
            file.write(f"{between}\n  {_line(_entry(account, entry))}")
            between = ","
    return summary


def _entry(account: Account, entry: Entry) -> dict[str, object]:
    updates = [_object(UPDATES, account, ExportedUpdate(entry, update)) for update in entry.updates]
    exported = {**_object(register_columns(account), account, entry), "updates": updates}
    if entry.predecessors:
        exported["stands_for"] = [_entry(account, predecessor) for predecessor in entry.predecessors]
    return exported


def _object(columns: tuple[Column[Row], ...], account: Account, entry: Row) -> dict[str, object]:
    return {column.name: _plain(column.value(account, entry)) for column in columns}


def _plain(value: Value) -> str | int | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _line(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _listed(file: TextIO, lines: list[str]) -> None:
    file.write(",".join(f"\n  {line}" for line in lines))
