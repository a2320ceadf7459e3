"""What is frozen is a Struct (docs/decisions/033)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from bot.domain.values import replace

ROOT = Path(__file__).parents[1]

# It is of a Protocol, which no Struct can be.
DATA_CLASSES = {"SystemClock"}


def frozen_data_classes() -> Iterator[str]:
    for room in ("bot", "handlers", "storage"):
        for file in (ROOT / room).rglob("*.py"):
            if "standin" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(_is_frozen(made) for made in node.decorator_list):
                    yield node.name


def _is_frozen(decorator: ast.expr) -> bool:
    written = ast.unparse(decorator)
    return "dataclass(" in written and "frozen=True" in written


def test_frozen_values_are_structs_but_for_those_that_cannot_be() -> None:
    assert sorted(frozen_data_classes()) == sorted(DATA_CLASSES)


class Duty(Struct, frozen=True):
    what: str
    days: int = 0


def test_a_value_with_another_field_is_another_value() -> None:
    duty = Duty("accept", 28)
    assert replace(duty, days=7) == Duty("accept", 7)
    assert duty == Duty("accept", 28)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Duty("accept").days = 3  # type: ignore[misc]
