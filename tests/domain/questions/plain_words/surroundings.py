"""What plain words are read against in tests: the shipped example on Monday 10 March 2025, and its people."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.surroundings import (
    Asker,
    LiveRecommendation,
    LiveRecommendations,
    Surroundings,
)
from tests.domain.shipped_names import EXAMPLE, MONDAY, NAMES, body, other_names, rows

_NOT_MENDED = frozenset(
    ("police", "crime", "commissioner", "constabulary", "fire", "mayor", "authority", "office")
)


def _live() -> tuple[LiveRecommendation, ...]:
    example = yaml.safe_load((EXAMPLE / "stalking.yaml").read_text(encoding="utf-8"))
    return tuple(
        LiveRecommendation(
            Ref("stalking", row["number"]),
            row.get("due_on"),
            frozenset(re.findall("[a-z]+", row["wording"].casefold())),
            row["kind"] == "addressed",
        )
        for row in example["recommendations"]
    )


def _name_words() -> tuple[str, ...]:
    names = (name for row in rows() for name in (row["short_name"], row["region"], *other_names(row)))
    words = {word for name in names for word in re.findall("[a-z]+", name.casefold())}
    return tuple(sorted(word for word in words if len(word) > 3 and word not in _NOT_MENDED))


AROUND = Surroundings(
    NAMES,
    tuple(body(row["slug"]) for row in rows()),
    LiveRecommendations(_live()),
    MONDAY,
    tuple(dict.fromkeys(row["region"] for row in rows())),
    {row["code"]: row["region"] for row in rows()},
    _name_words(),
)
ASKERS = {
    "viewer": Asker(),
    "kent": Asker((body("kent"),)),
    "kent+essex": Asker((body("kent"), body("essex"))),
    "coordinator": Asker((), is_coordinator=True),
}
SENTENCES = Path(__file__).with_name("sentences.tsv")
# Who types, what, and how it is to be understood: the outcome, and the commands that are meant.
Sentence: TypeAlias = tuple[str, str, str, str]


@cache
def sentences() -> list[Sentence]:
    """Return the sentences of `sentences.tsv`, in its order."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return [(who, typed, outcome, meant) for who, typed, outcome, meant in lines]
