"""The names of the shipped example, as the readers of commands know them, and what a command is read on."""

import csv
from datetime import date
from pathlib import Path

import bot.example
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.reader import read
from bot.domain.questions.names import Body, Names, ReportName

EXAMPLE = Path(bot.example.__path__[0])
MONDAY = date(2025, 3, 10)


def rows() -> list[dict[str, str]]:
    with (EXAMPLE / "bodies.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def other_names(row: dict[str, str]) -> list[str]:
    return [*row["aliases"].split(";"), row["force_name"], row["area_name"], row["body_name"]]


NAMES = Names.of(
    [(Body(row["code"], row["slug"], row["short_name"]), other_names(row)) for row in rows()],
    regions=dict.fromkeys(row["region"] for row in rows()),
    reports=[ReportName("stalking", "The police response to stalking")],
    themes=("partners", "victims"),
)


def body(slug: str) -> Body:
    (meant,) = NAMES.bodies_exact(slug)
    return meant


def understood(raw: str, names: Names = NAMES) -> TypedCommand:
    return read(raw, names, MONDAY)
