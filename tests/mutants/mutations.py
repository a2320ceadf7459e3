"""The small changes that are made to a module, each of which some test should notice."""

import ast
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from copy import copy
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# Of these the opposite is what a condition that is negated is, too.
_OPPOSITES = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
# Not changed: what only the type checker reads, and what is only logged.
_NO_BEHAVIOUR = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Assert, ast.Pass)
_NOT_FOR_EFFECT = frozenset(("assert_never", "cast", "TypeVar", "getLogger"))
_LOGS = frozenset(("log", "logger", "_log"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a module something stands."""

    path: Path  # from the root of the project
    function: str = ""  # the outermost function, by its qualified name; empty outside of functions
    scope: str = ""  # the classes around it, each with a dot behind it
    lines: range = range(0)  # of the statement; of one with a body, those before the body


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of a module. It edits the module's tree in place, in a process that then ends."""

    place: Place
    change: str  # "before → after"
    number: int  # how many of the same stand before it in the same function
    make: Callable[[], None]

    @property
    def name(self) -> str:
        """What it is known by for as long as its function stays as it is."""
        where = f"{self.place.path}:{self.place.function or 'module'}"
        return f"{where}: {self.change}" + (f" ({self.number + 1})" if self.number else "")

    @property
    def lot(self) -> str:
        """What orders them for a sample: as good as chance, and the same for the same code."""
        return sha256(self.name.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mutable:
    """A module, with all the changes that can be made to it."""

    path: Path
    tree: ast.Module
    mutations: tuple[Mutation, ...]

    @classmethod
    def read(cls, root: Path, path: Path) -> "Mutable":
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
        return cls(path, tree, tuple(_Finder().below(tree, Place(path))))

    @property
    def module(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def constants_at(self, place: Place) -> frozenset[str]:
        """Return the names that a statement gives to what it makes as the module is loaded."""
        names: set[str] = set()
        for statement in self.tree.body:
            if statement.lineno == place.lines.start and not place.scope:
                match statement:
                    case ast.Assign(targets=targets):
                        names |= {target.id for target in targets if isinstance(target, ast.Name)}
                    case ast.AnnAssign(target=ast.Name(id=name)):
                        names.add(name)
        return frozenset(names)

    def lines_that_use(self, names: Collection[str]) -> frozenset[int]:
        """Return the lines of the functions in which one of the names occurs."""
        lines: set[int] = set()
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(node, ast.Name) and node.id in names for node in ast.walk(function)
            ):
                lines.update(range(function.body[0].lineno, (function.end_lineno or function.lineno) + 1))
        return frozenset(lines)

    def compiled(self, root: Path) -> CodeType:
        """Return the module's code, as its tree is now."""
        return compile(ast.fix_missing_locations(self.tree), str(root / self.path), "exec")


class _Finder:
    """Finds the changes that can be made below a node."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def below(self, node: ast.AST, place: Place) -> Iterator[Mutation]:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                # A default is evaluated where the function is made, not in it.
                for defaults in ("defaults", "kw_defaults"):
                    yield from self._in_field(node.args, defaults, place)
                name = place.function or f"{place.scope}{node.name}"
                yield from self._in_field(node, "body", replace(place, function=name))
            case ast.ClassDef():
                yield from self._in_field(node, "body", replace(place, scope=f"{place.scope}{node.name}."))
            case ast.AnnAssign():
                yield from self._in_field(node, "value", place)
            case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError" | "TypeError" | "RuntimeError"))):
                return  # its words are for whoever made the mistake
            case _:
                for field in node._fields:
                    yield from self._in_field(node, field, place)

    def _in_field(self, parent: ast.AST, field: str, place: Place) -> Iterator[Mutation]:
        value = getattr(parent, field, None)
        if isinstance(value, ast.AST):
            yield from self._at(value, parent, field, None, place)
        elif isinstance(value, list):
            for index, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield from self._at(child, parent, field, index, place)

    def _at(
        self, node: ast.AST, parent: ast.AST, field: str, index: int | None, place: Place
    ) -> Iterator[Mutation]:
        if isinstance(node, _NO_BEHAVIOUR) or _is_aside(node) or _is_of_types(node, place):
            return
        if isinstance(node, (ast.stmt, ast.match_case, ast.ExceptHandler)):
            place = replace(place, lines=_lines(node))
        for before, after in _replacements(node):
            change = f"{_text(before)} → {_text(after)}"
            number = self._seen[place.function, change]
            self._seen[place.function, change] += 1
            yield Mutation(place, change, number, _edit(parent, field, index, after))
        yield from self.below(node, place)


def _edit(parent: ast.AST, field: str, index: int | None, after: ast.AST) -> Callable[[], None]:
    def make() -> None:
        if index is None:
            setattr(parent, field, after)
        else:
            getattr(parent, field)[index] = after

    return make


def _replacements(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield what can stand in a node's place, each with the part that changes, before it."""
    yield from _other_expressions(node)
    yield from _with_less(node)
    yield from _other_statements(node)


def _other_expressions(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    match node:
        case ast.Constant():
            for value in _other_values(node.value):
                yield node, ast.copy_location(ast.Constant(value), node)
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                ops = [*node.ops[:index], _COMPARISONS[type(operator)](), *node.ops[index + 1 :]]
                yield node, _with(node, ops=ops)
        case ast.BoolOp():
            yield node, _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield node, operand
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield node, _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.IfExp() | ast.If() | ast.While() if not _has_opposite(node.test):
            yield node, _with(node, test=_negated(node.test))


def _with_less(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield it with one of its parts left out."""
    match node:
        case ast.Call():
            for index, keyword in enumerate(node.keywords):
                if keyword.arg is not None:
                    yield node, _with(node, keywords=_but(node.keywords, index))
        case ast.comprehension():
            for index in range(len(node.ifs)):
                yield node, _with(node, ifs=_but(node.ifs, index))
        case ast.List() | ast.Tuple() | ast.Set() if len(node.elts) > 1 and not _is_target(node):
            for index in range(len(node.elts)):
                yield node, _with(node, elts=_but(node.elts, index))
        case ast.Dict() if len(node.keys) > 1:
            for index in range(len(node.keys)):
                yield node, _with(node, keys=_but(node.keys, index), values=_but(node.values, index))
        case ast.Match() if len(node.cases) > 1:
            for index, case in enumerate(node.cases):
                if not _is_aside(case.body[0]):
                    yield case.pattern, _with(node, cases=_but(node.cases, index))


def _other_statements(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield node, _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Delete():
            yield node, ast.copy_location(ast.Pass(), node)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield node, ast.copy_location(ast.Pass(), node)
        case ast.AugAssign() if type(node.op) in _ARITHMETIC:
            yield node, _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.Continue():
            yield node, ast.copy_location(ast.Break(), node)
        case ast.Break():
            yield node, ast.copy_location(ast.Continue(), node)
        case ast.match_case(guard=ast.expr() as guard):
            yield guard, _with(node, guard=_negated(guard))
        case ast.ExceptHandler(body=body) if not isinstance(body[0], ast.Raise):
            yield node, _with(node, body=[ast.copy_location(ast.Raise(), body[0])])


def _other_values(value: object) -> Iterator[Any]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str() if value:
            yield f"XX{value}XX"


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    other = copy(node)
    for field, value in fields.items():
        setattr(other, field, value)
    return other


def _but(nodes: list[Any], index: int) -> list[Any]:
    return nodes[:index] + nodes[index + 1 :]


def _negated(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _has_opposite(test: ast.expr) -> bool:
    """Whether another change of it already makes the condition its opposite."""
    match test:
        case ast.Compare(ops=[operator]):
            return isinstance(operator, _OPPOSITES)
        case ast.UnaryOp(op=ast.Not()):
            return True
    return False


def _is_target(node: ast.List | ast.Tuple | ast.Set) -> bool:
    return not isinstance(node, ast.Set) and not isinstance(node.ctx, ast.Load)


def _is_of_types(node: ast.AST, place: Place) -> bool:
    """Whether it names a type, or what an instance may hold."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) if not place.function:
            is_union = isinstance(node.value, ast.BinOp) and _is_union(node.value)
            return is_union or name in ("__all__", "__slots__")
        case ast.Subscript(value=ast.Name(id=name)):
            return name in ("dict", "list", "tuple", "set", "frozenset", "type", "Callable", "Mapping")
    return False


def _is_union(node: ast.expr) -> bool:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_union(left) and _is_union(right)
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Constant(value=None):
            return True
    return False


def _is_aside(node: ast.AST) -> bool:
    """Whether nothing of it is a rule: docstrings, what the type checker is told, and logs."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _NOT_FOR_EFFECT or name.startswith("_log")
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name in _LOGS
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _lines(node: ast.stmt | ast.match_case | ast.ExceptHandler) -> range:
    """Return the lines that are run when a statement is, those of a body within it left out."""
    start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.match_case, ast.Try)):
        return range(start, start + 1)
    match node:
        case ast.Match(cases=[first, *_]):
            return range(start, first.pattern.lineno)
        case ast.If(body=[first, *_]) | ast.While(body=[first, *_]) | ast.For(body=[first, *_]):
            return range(start, max(first.lineno, start + 1))
        case ast.With(body=[first, *_]) | ast.ExceptHandler(body=[first, *_]):
            return range(start, max(first.lineno, start + 1))
    end = node.end_lineno if isinstance(node, ast.stmt) and node.end_lineno else start
    return range(start, end + 1)


def _text(node: ast.AST) -> str:
    """Return it as one line, the middle of a long one left out."""
    match node:
        case ast.Match():
            text = "match without it"
        case ast.match_case(guard=ast.expr() as guard):
            text = ast.unparse(guard)
        case ast.If() | ast.While():
            text = f"if {ast.unparse(node.test)}"
        case ast.ExceptHandler(type=kind):
            text = f"except {ast.unparse(kind) if kind else ''}: {ast.unparse(node.body[0])}"
        case ast.comprehension(target=target, ifs=ifs):
            text = f"for {ast.unparse(target)}" + "".join(f" if {ast.unparse(test)}" for test in ifs)
        case _:
            text = ast.unparse(node)
    return " ".join(text.split())
