"""docs/authorisation.md, read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "authorisation.md"


@dataclass(frozen=True)
class Row:
    """An act by one of its roads; `how` is what is typed, or a button's or a form's name. `allowed` tells by
    column who may."""

    act: str
    road: str
    how: str
    changes: bool
    allowed: dict[str, bool]

    def __str__(self) -> str:
        return f"{self.act}, {self.road}, {self.how}"


def taken_for() -> dict[tuple[str, str], str]:
    """What somebody is, by what they are granted and what Slack says they are."""
    head, *rows = _table("Who somebody is taken for")
    return {
        (row[0], membership): is_ for row in rows for membership, is_ in zip(head[1:], row[1:], strict=True)
    }


def acts() -> list[Row]:
    return [*_acts("Seeing", changes=False), *_acts("Changing", changes=True)]


def _acts(heading: str, *, changes: bool) -> Iterator[Row]:
    head, *rows = _table(heading)
    for act, road, how, *cells in rows:
        assert set(cells) <= {"yes", "no"}, act
        allowed = {column: cell == "yes" for column, cell in zip(head[3:], cells, strict=True)}
        yield Row(act, road, how.strip("`*"), changes, allowed)


def _table(heading: str) -> list[list[str]]:
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    lines = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]
