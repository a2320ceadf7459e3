"""Variables, arguments and fields say what they hold: none has a name that could mean anything."""

import symtable
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COULD_MEAN_ANYTHING = frozenset(
    (
        "asked",
        "at",
        "each",
        "found",
        "given",
        "it",
        "kept",
        "of",
        "one",
        "said",
        "some",
        "them",
        "told",
        "whose",
    )
)


def vague_names(table: symtable.SymbolTable) -> Iterator[tuple[int, str]]:
    """Yield each name that could mean anything, with the first line of the function or class that gives it.

    Functions may bear such a name: `Tally.of` reads with its class."""
    for symbol in table.get_symbols():
        is_given_here = symbol.is_parameter() or (
            symbol.is_local() and not symbol.is_namespace() and not symbol.is_imported()
        )
        if is_given_here and symbol.get_name().strip("_") in COULD_MEAN_ANYTHING:
            yield table.get_lineno(), symbol.get_name()
    for child in table.get_children():
        yield from vague_names(child)


def in_source(source: str) -> list[tuple[int, str]]:
    return list(vague_names(symtable.symtable(source, "source", "exec")))


@pytest.mark.parametrize("folder", ["bot", "handlers", "storage", "tests"])
def test_a_name_says_what_it_holds(folder: str) -> None:
    vague = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for line, name in in_source(path.read_text(encoding="utf-8"))
    ]
    assert vague == []


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "def f(of): ...",
        "f = lambda one: 1",
        "[each for each in ()]",
        "if said := 1: ...",
        "for at, rest in (): ...",
        "with f() as told: ...",
        "try: ...\nexcept ValueError as it: ...",
        "match x:\n    case [*some]: ...",
        "class C:\n    _kept: int",
    ],
)
def test_a_vague_name_is_seen_wherever_it_is_given(source: str) -> None:
    assert in_source(source)


def test_a_constructor_may_be_called_of() -> None:
    assert not in_source("class Tally:\n    @classmethod\n    def of(cls, rows): ...\ntally = Tally.of(())")
