"""Files to import with faults planted in them, in each form that a file can have."""

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

FORMS = ("csv", "xlsx", "json", "yaml")
HEADINGS = {
    "reports": ("key", "title", "publishers", "published_on"),
    "recommendations": ("report", "number", "wording", "addressed_to", "respond_by", "due_on"),
    "contacts": ("user", "body", "kind"),
    "register": (
        "report",
        "recommendation",
        "body",
        "progress",
        "progress_on",
        "progress_text",
        "parts_addressed",
    ),
    "notes": ("report", "recommendation", "body", "stands_from", "text", "evidence", "may_be_quoted"),
}
_NO_DAYS = (
    "22/11",
    "31/04/2025",
    "Monday 4 March 2025",
    "#N/A",
    "soon",
    "2025-03-03 10:30",
    "3 March",
    "01/02/5",
)
_NO_TEXTS = ("#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "Err:502", "call her on 07700 900123")
_NO_BODIES = ("Atlantis", "#REF!", "")
# By table and column, what cannot be imported.
FAULTS: dict[str, dict[str, tuple[str, ...]]] = {
    "reports": {"published_on": (*_NO_DAYS, ""), "title": ("#N/A", ""), "publishers": ("#REF!", "")},
    "recommendations": {
        "number": ("#N/A", "", "four"),
        "wording": (*_NO_TEXTS, ""),
        "addressed_to": ("Atlantis", "#REF!"),
        "due_on": ("2024-10-01", *_NO_DAYS),
    },
    "contacts": {"user": ("alice", "#N/A", ""), "body": _NO_BODIES, "kind": ("boss", "#N/A")},
    "register": {
        "recommendation": ("99", "#N/A", ""),
        "body": _NO_BODIES,
        "progress": ("nearly", "checked", "#N/A"),
        "progress_on": (*_NO_DAYS, "2031-01-01"),
        "progress_text": _NO_TEXTS,
        "parts_addressed": ("z",),
    },
    "notes": {
        "report": ("nothing", "#N/A", ""),
        "recommendation": ("99", ""),
        "body": _NO_BODIES,
        "stands_from": (*_NO_DAYS, "", "2031-01-01"),
        "text": (*_NO_TEXTS, "", "long " * 700),
        "evidence": ("a link", "javascript:alert(1)"),
        "may_be_quoted": ("perhaps", "#N/A"),
    },
}
_ROWS_OF_A_TABLE = 12
_FAULTS_OF_A_FILE = 20


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """`planted` are the places of its faults: table, row (in YAML the line), column."""

    path: Path
    planted: frozenset[tuple[str, int, str]]


def broken_file(folder: Path, form: str, seed: int, bodies: list[str]) -> BrokenFile:
    """Return the same file for the same seed, with up to twenty faults, each in a row of its own."""
    chance = random.Random(seed)
    tables = {name: _good_rows(name, seed, chance.sample(bodies, _ROWS_OF_A_TABLE)) for name in HEADINGS}
    cells = [(name, number) for name, rows in tables.items() for number in range(len(rows))]
    planted = []
    for name, number in chance.sample(cells, _FAULTS_OF_A_FILE):
        column = chance.choice(list(FAULTS[name]))
        tables[name][number][column] = chance.choice(FAULTS[name][column])
        planted.append((name, number, column))
    path, first_rows = _WRITERS[form](folder / f"{form}-{seed}", tables)
    places = frozenset((name, first_rows[name] + number, column) for name, number, column in planted)
    return BrokenFile(path, places)


def _good_rows(table: str, seed: int, bodies: list[str]) -> list[dict[str, str]]:
    return [_good_row(table, f"{seed}-{number}", number, body) for number, body in enumerate(bodies)]


def _good_row(table: str, name: str, number: int, body: str) -> dict[str, str]:
    values = {
        "reports": (f"r{name}", f"Report {name}", "HMICFRS", "2024-09-27"),
        "recommendations": ("stalking", f"{40 + number}", f"Do {name}.", body, "2024-11-22", "2025-03-27"),
        "contacts": (f"U0{name.replace('-', 'X')}", body, "deputy"),
        "register": ("stalking", "16", body, "in progress", "3 Mar 2025", f"Begun {name}.", ""),
        "notes": ("stalking", "15", body, "03/03/2025", f"We met {name}.", "https://example.org/a", "no"),
    }[table]
    return dict(zip(HEADINGS[table], values, strict=True))


Tables = dict[str, list[dict[str, str]]]


def _csv(path: Path, tables: Tables) -> tuple[Path, dict[str, int]]:
    path.mkdir()
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADINGS[name])
            writer.writeheader()
            writer.writerows(rows)
    return path, dict.fromkeys(tables, 2)


def _xlsx(path: Path, tables: Tables) -> tuple[Path, dict[str, int]]:
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name.capitalize())
        sheet.append(HEADINGS[name])
        for row in rows:
            sheet.append([row[column] for column in HEADINGS[name]])
    path = path.with_suffix(".xlsx")
    book.save(path)
    return path, dict.fromkeys(tables, 2)


def _json(path: Path, tables: Tables) -> tuple[Path, dict[str, int]]:
    path = path.with_suffix(".json")
    path.write_text(json.dumps(tables), encoding="utf-8")
    return path, dict.fromkeys(tables, 1)


def _yaml(path: Path, tables: Tables) -> tuple[Path, dict[str, int]]:
    lines: list[str] = []
    first_rows = {}
    for name, rows in tables.items():
        lines.append(f"{name}:")
        first_rows[name] = len(lines) + 1
        lines += [f"- {json.dumps(row)}" for row in rows]
    path = path.with_suffix(".yaml")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path, first_rows


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "json": _json, "yaml": _yaml}
