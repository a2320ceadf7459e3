"""What a rule says is not typed into sentences again."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.free_text import LIMIT
from bot.domain.messages.digest import LOOKS_AHEAD, NOT_MOVED_FOR
from bot.domain.questions.account import Format
from bot.domain.register.adding import MOST_PARTS
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.details import LONGEST_LINK
from bot.domain.register.update import UNDO_WINDOW, UNDO_WITHIN
from bot.rendering import words

HOUSE = Path(__file__).parents[2]
MODULES = sorted(
    path
    for folder in ("bot/domain", "bot/rendering", "bot/importing", "bot/commands", "handlers")
    for path in (HOUSE / folder).rglob("*.py")
)
RULES = (
    UNDO_WINDOW,
    "ten minutes",
    words.days(LOOKS_AHEAD.days),
    words.days(NOT_MOVED_FOR.days),
    f"{MOST_PARTS} parts",
    f"{LIMIT:,} characters",
    f"{LONGEST_LINK} characters",
    ", ".join(Format),
    words.either([stage for stage in Stage if stage.facts.is_bodys_word]),
    words.either(list(Answer)),
)
TYPED = re.compile("|".join(rf"\b{re.escape(rule)}\b" for rule in RULES), re.IGNORECASE)


def sentences(path: Path) -> Iterator[str]:
    """Every string of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_the_time_to_undo_is_said_as_it_is() -> None:
    minutes, unit = UNDO_WINDOW.split()
    assert (timedelta(minutes=int(minutes)), unit) == (UNDO_WITHIN, "minutes")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_sentence_types_what_a_rule_says(path: Path) -> None:
    assert [sentence for sentence in sentences(path) if TYPED.search(sentence)] == []
