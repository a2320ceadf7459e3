"""Names say what they hold, and the docstring of a function begins with what it does."""

import ast
import re
import symtable
from collections.abc import Iterator, Set
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


# In a test what is meant stands within a few lines; in the product these say too little as well.
SAYS_TOO_LITTLE = frozenset(
    (
        "back",
        "been",
        "both",
        "every",
        "everybody",
        "few",
        "gone",
        "had",
        "has",
        "heard",
        "held",
        "look",
        "made",
        "next",
        "nobody",
        "nothing",
        "ones",
        "ours",
        "over",
        "picked",
        "same",
        "shown",
        "spoken",
        "theirs",
        "thing",
        "things",
        "there",
        "they",
        "this",
        "those",
        "up",
        "when",
        "where",
        "which",
        "whom",
        "yours",
    )
)


def vague_names(table: symtable.SymbolTable, vague: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield each name that could mean anything, with the first line of the function or class that gives it.

    Functions may bear such a name: `Tally.of` reads with its class."""
    for symbol in table.get_symbols():
        is_given_here = symbol.is_parameter() or (
            symbol.is_local() and not symbol.is_namespace() and not symbol.is_imported()
        )
        if is_given_here and symbol.get_name().strip("_") in vague:
            yield table.get_lineno(), symbol.get_name()
    for child in table.get_children():
        yield from vague_names(child, vague)


def in_source(source: str, vague: Set[str] = COULD_MEAN_ANYTHING) -> list[tuple[int, str]]:
    return list(vague_names(symtable.symtable(source, "source", "exec"), vague))


@pytest.mark.parametrize("folder", ["bot", "handlers", "storage", "tests"])
def test_a_name_says_what_it_holds(folder: str) -> None:
    names = COULD_MEAN_ANYTHING if folder == "tests" else COULD_MEAN_ANYTHING | SAYS_TOO_LITTLE
    vague = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for line, name in in_source(path.read_text(encoding="utf-8"), names)
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


# Words by which a docstring says what something is, or asks, before it says what a function does.
_NO_INSTRUCTION = """
a an the it its they their this that these those there here such
all any anybody anything both each either every everybody everything neither no nobody none nothing
one several some somebody something
what whatever who whoever whom whose which when where why how however
about after as at before beside beneath between by for from in into like near of on only over since than
to under until up while with without
is are was were has had does did can may must should would will not never true false empty if
"""
BEGINS_NO_INSTRUCTION = frozenset(_NO_INSTRUCTION.split())


def without_a_verb(source: str) -> list[tuple[int, str]]:
    """Return the line of each function whose docstring begins with no verb, and that beginning.

    Properties are told as what they are, and a handler may begin with the command that it answers. What is
    raised says what a function does where its name is a demand: `must_see`."""
    return [
        (function.lineno, docstring.splitlines()[0])
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if (docstring := ast.get_docstring(function)) is not None
        if not docstring.startswith("`/recs")
        if not any("property" in ast.unparse(decorator) for decorator in function.decorator_list)
        if (first := re.match(r"[A-Z][a-z-]*(?![\w:.])", docstring)) is None
        or first[0].casefold() in BEGINS_NO_INSTRUCTION
        or (first[0] == "Raises" and not function.name.lstrip("_").startswith("must_"))
    ]


@pytest.mark.parametrize("folder", ["bot", "handlers", "storage"])
def test_a_docstring_begins_with_what_the_function_does(folder: str) -> None:
    without = [
        f"{path.relative_to(ROOT)}:{line}: {beginning}"
        for path in (ROOT / folder).rglob("*.py")
        for line, beginning in without_a_verb(path.read_text(encoding="utf-8"))
    ]
    assert without == []


@pytest.mark.parametrize(
    "docstring",
    [
        "The day on which it is due.",
        "Who has not answered.",
        "stalking 15 and 16.",
        "41 of 43 accepted.",
        "“Anna (34)”",
        "`keys` are by body.",
        "In days; None where it is not late.",
        "Kent: accepted.",
        "Raises Busy.",
    ],
)
def test_a_docstring_without_a_verb_is_seen(docstring: str) -> None:
    assert without_a_verb(f'def f():\n    """{docstring}"""')


@pytest.mark.parametrize(
    "docstring",
    ["Return the day on which it is due.", "Whether it is late.", "`/recs note 15: text`."],
)
def test_what_a_function_does_is_taken_for_it(docstring: str) -> None:
    assert not without_a_verb(f'def f():\n    """{docstring}"""')


def test_a_demand_may_say_only_what_it_raises() -> None:
    assert not without_a_verb('def must_see():\n    """Raises CannotSee."""')


def test_a_property_is_told_as_what_it_is() -> None:
    assert not without_a_verb('class C:\n    @property\n    def day(self):\n        """The day it is due."""')
