"""Where the product's source names members of its own enums: each place that may have to know a new one."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeGuard

PACKAGES = ("bot", "storage", "handlers")
# The stand-in and migrations name none of the bot's enums; the program runs when it is imported.
_APART = ("bot.standin", "bot.__main__", "storage.migrations")


@dataclass(frozen=True)
class Place:
    """A dict, a group or a `match` over members of `enum`, which names `members` of it."""

    module: str
    line: int
    enum: type[Enum]
    members: frozenset[str]
    is_closed: bool = True  # whether, if it is a `match`, it ends in assert_never

    @property
    def is_whole(self) -> bool:
        return self.members == frozenset(self.enum.__members__)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.enum.__name__}: {', '.join(sorted(self.members))}"


@cache
def dicts() -> tuple[Place, ...]:
    """Dict displays with members of an enum as keys."""
    return tuple(_dicts())


@cache
def groups() -> tuple[Place, ...]:
    """Tuples, lists and sets of several members of an enum."""
    return tuple(_groups())


@cache
def matches() -> tuple[Place, ...]:
    """`match` statements over members of an enum."""
    return tuple(_matches())


def _dicts() -> Iterator[Place]:
    for module, node in _nodes():
        if isinstance(node, ast.Dict):
            yield from _places(module, node, [key for key in node.keys if key])


def _groups() -> Iterator[Place]:
    for module, node in _nodes():
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            # Also in pairs, of a member and what belongs to it.
            firsts = [
                item.elts[0] if isinstance(item, ast.Tuple) and item.elts else item for item in node.elts
            ]
            yield from (place for place in _places(module, node, firsts) if len(place.members) > 1)


def _matches() -> Iterator[Place]:
    for module, node in _nodes():
        if isinstance(node, ast.Match):
            values = [
                value.value
                for case in node.cases
                for value in ast.walk(case.pattern)
                if isinstance(value, ast.MatchValue)
            ]
            for place in _places(module, node, values):
                yield Place(place.module, place.line, place.enum, place.members, _is_closed(module, node))


def _places(module: ModuleType, node: ast.expr | ast.stmt, values: list[ast.expr]) -> Iterator[Place]:
    named: dict[type[Enum], set[str]] = {}
    for value in values:
        member = _member(module, value)
        if member is not None:
            named.setdefault(type(member), set()).add(member.name)
    for enum, members in named.items():
        yield Place(module.__name__, node.lineno, enum, frozenset(members))


def _member(module: ModuleType, node: ast.expr) -> Enum | None:
    """The member that an expression such as `Stage.BLOCKED` or `Stage.BLOCKED.value` names."""
    if isinstance(node, ast.Attribute) and node.attr == "value":
        node = node.value
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return None
    enum = getattr(module, node.value.id, None)
    return enum.__members__.get(node.attr) if _is_own(enum) else None


def _is_own(value: object) -> TypeGuard[type[Enum]]:
    return isclass(value) and issubclass(value, Enum) and value.__module__.split(".")[0] in PACKAGES


def _is_closed(module: ModuleType, node: ast.Match) -> bool:
    """Whether a last case, or the statement after it, is `assert_never`."""
    last = node.cases[-1]
    if isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None:
        return _never(last.body[0])
    return node in _before_never(module)


def _never(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "assert_never"
    )


@cache
def _before_never(module: ModuleType) -> frozenset[ast.stmt]:
    """The statements after which `assert_never` comes."""
    bodies = [getattr(node, "body", None) for node in ast.walk(_tree(module))]
    return frozenset(
        statement
        for body in bodies
        if isinstance(body, list)
        for statement, after in pairwise(body)
        if _never(after)
    )


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text())


@cache
def modules() -> tuple[ModuleType, ...]:
    """All modules of the product that can name an enum of it."""
    names = [
        module.name
        for package in PACKAGES
        for module in walk_packages(import_module(package).__path__, f"{package}.")
    ]
    return tuple(import_module(name) for name in names if not name.startswith(_APART))


def enums() -> frozenset[type[Enum]]:
    """The product's own enums."""
    return frozenset(
        enum
        for module in modules()
        for _, enum in getmembers(module, isclass)
        if issubclass(enum, Enum) and enum.__module__ == module.__name__
    )


@cache
def _nodes() -> tuple[tuple[ModuleType, ast.AST], ...]:
    looked_at = ast.Dict | ast.Tuple | ast.List | ast.Set | ast.Match
    return tuple(
        (module, node)
        for module in modules()
        # Whoever names a member has its enum by name.
        if any(map(_is_own, vars(module).values()))
        for node in ast.walk(_tree(module))
        if isinstance(node, looked_at)
    )
