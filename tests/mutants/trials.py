"""Trying mutants: each in a process of its own, by the tests that run the changed line, until one fails.

Processes are forked where everything is loaded. In a fork of the one that collected the tests a function gets
the changed code, or a module the changed constant, so that a mutant costs no more than its tests. What else
is decided while a module is loaded (classes and their defaults, what is made of a constant), and constants
that survived so, are tried in a fork that has loaded nothing of the project yet."""

import gc
import importlib
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum, EnumType, StrEnum
from functools import _lru_cache_wrapper, cached_property, partial
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from types import CodeType, FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest

from tests.mutants.forking import in_child
from tests.mutants.groups import ROOT, Group
from tests.mutants.line_notes import Line, LineNotes
from tests.mutants.mutations import Mutable, Mutation, Place

_PROJECT = ("bot", "handlers", "storage", "tests", "__main__", "__mp_main__")
_OPTIONS = (
    *("-q", "-s", "-p", "no:cacheprovider", "-o", "tmp_path_retention_policy=none", "-k", "not postgresql"),
    # Why a test fails is not asked.
    *("--assert=plain", "--tb=native"),
    # Plugins are loaded before, and no assertion of theirs is asked about.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


# Where a mutant fails before any test runs.
_WHILE_LOADED = "while it was loaded"


class NotLoaded(Exception):
    """A module with a mutant cannot be loaded."""


class Verdict(StrEnum):
    KILLED = "killed"
    DID_NOT_END = "did not end"  # which anybody notices
    SURVIVED = "survived"
    NOT_RUN = "not run"  # by any test


@dataclass(frozen=True)
class Outcome:
    """How a mutant ended."""

    mutation: Mutation
    verdict: Verdict
    test: str = ""  # which failed

    @property
    def is_noticed(self) -> bool:
        return self.verdict in (Verdict.KILLED, Verdict.DID_NOT_END)


@dataclass
class Unmutated:
    """What the tests do where nothing is changed."""

    patience: float  # in seconds of the processor: the quickest tests that take so long judge a mutant
    lines: dict[str, frozenset[Line]] = field(default_factory=dict)  # by test
    seconds: dict[str, float] = field(default_factory=dict)  # by test, of the processor
    failed: list[str] = field(default_factory=list)
    lines_while_loading: frozenset[Line] = frozenset()
    modules: tuple[str, ...] = ()  # of others

    def tests_of(self, lines: Collection[Line], killers: Counter[str]) -> list[str]:
        """Return tests that run one of the lines: the quickest first, and sooner those that killed many."""
        return self._affordable([test for test, run in self.lines.items() if run & set(lines)], killers)

    def tests_of_module(self, path: Path, killers: Counter[str]) -> Iterator[list[str]]:
        """Yield tests that run any of a module, then others, which may use what it made as it was loaded."""
        of_module = {test for test, run in self.lines.items() if any(line[0] == path for line in run)}
        for tests in (of_module, self.lines.keys() - of_module):
            if tests:
                yield self._affordable(list(tests), killers)

    def time_for(self, tests: Collection[str]) -> float:
        return 4 + 2 * sum(self.seconds[test] for test in tests)

    def _affordable(self, tests: Sequence[str], killers: Counter[str]) -> list[str]:
        chosen, spent = list[str](), 0.0
        for test in sorted(tests, key=lambda name: self.seconds[name] / (1 + killers[name])):
            spent += self.seconds[test]
            if chosen and spent > self.patience:
                break
            chosen.append(test)
        return chosen


class Trials:
    """The trials of a group's mutants."""

    def __init__(self, group: Group, say: Callable[[Outcome], None]) -> None:
        self._group = group
        self._say = say  # is told of each that ended
        self._mutables = {path: Mutable.read(ROOT, path) for path in group.paths}
        self._killers: Counter[str] = Counter()

    @property
    def mutations(self) -> list[Mutation]:
        return [mutation for mutable in self._mutables.values() for mutation in mutable.mutations]

    def try_all(self, chosen: Sequence[Mutation]) -> list[Outcome]:
        """Try mutants, and return how each ended. Raises RuntimeError where a test fails without any."""
        numbered = dict(enumerate(chosen))
        nothing = Unmutated(self._group.patience), dict[int, tuple[Verdict, str]]()
        unmutated, verdicts = in_child(lambda: self._collected(numbered), seconds=36_000) or nothing
        if unmutated.failed or not unmutated.lines:
            raise RuntimeError(f"these fail without any mutant: {unmutated.failed}")
        for module in unmutated.modules:
            _load(module)
        for number, mutation in numbered.items():
            if number not in verdicts:
                verdicts[number] = self._from_the_start(mutation, unmutated)
                self._note(mutation, verdicts[number])
        return [Outcome(mutation, *verdicts[number]) for number, mutation in numbered.items()]

    def _collected(self, chosen: dict[int, Mutation]) -> tuple[Unmutated, dict[int, tuple[Verdict, str]]]:
        """Collect the tests, run them without a mutant, and try what can be tried in place."""
        lines = {line for mutation in chosen.values() for line in self._lines_of(mutation)}
        notes = LineNotes(lines, self._mutables)
        session = _Session()
        verdicts: dict[int, tuple[Verdict, str]] = {}
        unmutated = Unmutated(self._group.patience)

        def run(items: Sequence[pytest.Item]) -> None:
            nonlocal unmutated
            notes.stop()
            loading = notes.taken()
            in_place = _InPlace(self._mutables)
            work = partial(_without_mutant, items, session, notes, in_place, self._group.patience)
            unmutated = in_child(work, seconds=36_000) or Unmutated(self._group.patience)
            unmutated.lines_while_loading = loading
            unmutated.modules = _modules_of_others()
            if unmutated.failed:
                return
            by_name = {item.nodeid: item for item in items}
            for number, mutation in chosen.items():
                verdict = self._in_place(mutation, unmutated, in_place, by_name, session)
                if verdict is not None:
                    verdicts[number] = verdict
                    self._note(mutation, verdict)

        notes.start()
        session.run_with(run, self._group.tests)
        return unmutated, verdicts

    def _in_place(
        self,
        mutation: Mutation,
        unmutated: Unmutated,
        in_place: "_InPlace",
        items: dict[str, pytest.Item],
        session: "_Session",
    ) -> tuple[Verdict, str] | None:
        """Try a mutant; return None where it has to be tried from the start."""
        lines_run = self._lines_of(mutation)
        counts_while_loading = not mutation.place.function or bool(lines_run & unmutated.lines_while_loading)
        tests = unmutated.tests_of(lines_run, self._killers)
        if not tests:
            return None if counts_while_loading else (Verdict.NOT_RUN, "")

        def trial() -> tuple[bool, str]:
            try:
                if not in_place.make(mutation):
                    return False, ""
            except NotLoaded:
                return True, _WHILE_LOADED
            return True, session.first_failure([items[test] for test in tests])

        answer = in_child(trial, unmutated.time_for(tests))
        if answer is None:
            return Verdict.DID_NOT_END, ""
        was_made, failed = answer
        if failed:
            return Verdict.KILLED, failed
        return (Verdict.SURVIVED, "") if was_made and not counts_while_loading else None

    def _lines_of(self, mutation: Mutation) -> set[Line]:
        """Return the lines that a mutant changes: of a constant, those that use it."""
        path, lines = mutation.place.path, frozenset(mutation.place.lines)
        if not mutation.place.function:
            mutable = self._mutables[path]
            lines = mutable.lines_that_use(mutable.constants_at(mutation.place))
        return {(path, line) for line in lines}

    def _from_the_start(self, mutation: Mutation, unmutated: Unmutated) -> tuple[Verdict, str]:
        for tests in unmutated.tests_of_module(mutation.place.path, self._killers):
            failed = in_child(partial(self._first_failure, mutation, tests), 10 + unmutated.time_for(tests))
            if failed is None:
                return Verdict.DID_NOT_END, ""
            if failed:
                return Verdict.KILLED, failed
        return Verdict.SURVIVED, ""

    def _first_failure(self, mutation: Mutation, tests: Sequence[str]) -> str:
        """Load the project with a mutant, and return the first of the tests that fails."""
        mutable = self._mutables[mutation.place.path]
        mutation.make()
        sys.meta_path.insert(0, _Instead(mutable.module, mutable.path, mutable.compiled(ROOT)))
        session = _Session()
        failed = _WHILE_LOADED

        def run(items: Sequence[pytest.Item]) -> None:
            nonlocal failed
            by_name = {item.nodeid: item for item in items}
            failed = session.first_failure([by_name[test] for test in tests if test in by_name])

        session.run_with(run, sorted({test.partition("::")[0] for test in tests}))
        return failed

    def _note(self, mutation: Mutation, verdict: tuple[Verdict, str]) -> None:
        outcome = Outcome(mutation, *verdict)
        if outcome.test:
            self._killers[outcome.test] += 1
        self._say(outcome)


class _Session:
    """A plugin: pytest collects, and what is done with the tests is decided here."""

    def __init__(self) -> None:
        self._run: Callable[[Sequence[pytest.Item]], None] = lambda items: None
        self.failures: list[str] = []

    def run_with(self, run: Callable[[Sequence[pytest.Item]], None], tests: Sequence[str]) -> None:
        """Collect the tests, and call `run` with them unless that fails."""
        self._run = run
        os.chdir(ROOT)
        sys.path.insert(0, str(ROOT))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        # A folder of its own, which each fork makes anew: the usual ones are cleared by whoever else tests.
        with tempfile.TemporaryDirectory(prefix="recbot-mutants-") as folder:
            pytest.main([*_OPTIONS, f"--basetemp={folder}/tests", *tests], plugins=[self])

    def first_failure(self, items: Sequence[pytest.Item]) -> str:
        """Run tests in their order, and return the first that fails; empty where none does."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failures:
                return self.failures[0]
        return ""

    def pytest_configure(self) -> None:
        # Always the same examples, however slowly they are drawn; and the first that fails is enough.
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants",
            database=None,
            derandomize=True,
            deadline=None,
            phases=phases,
            suppress_health_check=tuple(hypothesis.HealthCheck),
        )
        hypothesis.settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not session.testsfailed:
            self._run(session.items)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failures.append(report.nodeid)


def _without_mutant(
    items: Sequence[pytest.Item], session: _Session, notes: LineNotes, in_place: "_InPlace", patience: float
) -> Unmutated:
    unmutated = Unmutated(patience)
    for item, following in zip(items, [*items[1:], None], strict=True):
        # So that each test runs all that it needs, also what another has asked for before.
        in_place.forget(large=False)
        before = _processor_seconds()
        notes.start()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        notes.stop()
        unmutated.lines[item.nodeid] = notes.taken()
        unmutated.seconds[item.nodeid] = _processor_seconds() - before
    unmutated.failed = session.failures
    return unmutated


def _processor_seconds() -> float:
    usages = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


class _InPlace:
    """Gives functions that are loaded other code."""

    def __init__(self, mutables: dict[Path, Mutable]) -> None:
        self._mutables = mutables
        self._functions: defaultdict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        self._caches: list[Any] = []
        self._facts: list[tuple[Enum, str]] = []  # what a member of an enum keeps once it was asked for
        gc.unfreeze()
        for loaded in gc.get_objects():
            if isinstance(loaded, FunctionType):
                self._functions[loaded.__code__.co_filename, loaded.__code__.co_qualname].append(loaded)
            elif isinstance(loaded, _lru_cache_wrapper) and str(loaded.__module__).startswith(_PROJECT):
                self._caches.append(loaded)
            elif isinstance(loaded, EnumType) and loaded.__module__.startswith(_PROJECT):
                members: list[Enum] = list(loaded)
                names = [name for name, value in vars(loaded).items() if isinstance(value, cached_property)]
                self._facts += [(member, name) for member in members for name in names]
        gc.freeze()

    def make(self, mutation: Mutation) -> bool:
        """Make the mutant of this process; return False where that can be done only from the start."""
        mutation.make()
        mutable = self._mutables[mutation.place.path]
        self.forget(large=True)
        if mutation.place.function:
            return self._give_code(mutation.place.function, mutable.compiled(ROOT))
        return _give_constants(mutable, mutation.place)

    def _give_code(self, function_name: str, code: CodeType) -> bool:
        was_given = False
        for function in self._functions[code.co_filename, function_name]:
            for other in _codes_in(code):
                if _is_of(other, function.__code__) and other.co_freevars == function.__code__.co_freevars:
                    function.__code__ = other
                    was_given = True
        return was_given

    def forget(self, *, large: bool) -> None:
        """Forget what was kept so that it need not be reckoned again: the `large`, of which there is one and
        which take long to make, too."""
        for cache in self._caches:
            if large or cache.cache_info().maxsize != 1:
                cache.cache_clear()
        for member, name in self._facts:
            member.__dict__.pop(name, None)


def _give_constants(mutable: Mutable, place: Place) -> bool:
    """Load a module once more, beside the one that is loaded, and take the constants of a statement from it;
    return False where they are made of the module's own classes, which are others then."""
    names = mutable.constants_at(place)
    module = sys.modules[mutable.module]
    beside = {key: value for key, value in vars(module).items() if key.startswith("__")}
    try:
        exec(mutable.compiled(ROOT), beside)  # noqa: S102 - it is the project's own
    except Exception as error:
        raise NotLoaded from error
    if not all(_is_independent(beside[name], mutable.module) for name in names):
        return False
    loaded = [other for key, other in list(sys.modules.items()) if key.partition(".")[0] in _PROJECT]
    for name in names:
        before = vars(module)[name]
        for other in loaded:
            if vars(other).get(name) is before:
                setattr(other, name, beside[name])
    return bool(names)


def _is_independent(value: object, module: str) -> bool:
    if isinstance(value, Mapping):
        return all(_is_independent(part, module) for pair in value.items() for part in pair)
    if isinstance(value, (tuple, list, Set)):
        return all(_is_independent(part, module) for part in value)
    return isinstance(value, FunctionType) or module not in (
        type(value).__module__,
        getattr(value, "__module__", ""),
    )


def _is_of(code: CodeType, other: CodeType) -> bool:
    return (code.co_qualname, code.co_firstlineno) == (other.co_qualname, other.co_firstlineno)


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes_in(constant)


class _Instead(MetaPathFinder, Loader):
    """Loads a module with other code."""

    def __init__(self, module: str, path: Path, code: CodeType) -> None:
        self._module = module
        self._path = ROOT / path
        self._code = code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        within = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return spec_from_file_location(fullname, self._path, loader=self, submodule_search_locations=within)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102 - it is the module's own


def _modules_of_others() -> tuple[str, ...]:
    return tuple(name for name in list(sys.modules) if name.partition(".")[0] not in _PROJECT)


def _load(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception:  # noqa: S110 - it saves time, and is loaded again by whoever needs it
        pass
