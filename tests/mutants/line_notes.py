"""Which lines of some modules are run."""

import sys
import threading
from collections.abc import Collection
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.mutants.groups import ROOT

Line = tuple[Path, int]
"""A file, from the root of the project, and a line of it."""


class LineNotes:
    """Notes which of some lines are run, in every thread that starts meanwhile; and of a file that is run at
    all, the line 0."""

    def __init__(self, lines: Collection[Line], paths: Collection[Path]) -> None:
        self._lines = {(str(ROOT / path), number): (path, number) for path, number in lines}
        self._beginnings = {str(ROOT / path): (path, 0) for path in paths}
        self._has_lines: dict[CodeType, bool] = {}
        self._run: set[Line] = set()

    def start(self) -> None:
        sys.settrace(self._called)
        threading.settrace(self._called)

    def stop(self) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def taken(self) -> frozenset[Line]:
        """Return what was noted since this was last asked."""
        run, self._run = frozenset(self._run), set()
        return run

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        beginning = self._beginnings.get(code.co_filename)
        if beginning is None:
            return None
        self._run.add(beginning)
        if code not in self._has_lines:
            numbers = {number for _, _, number in code.co_lines()}
            self._has_lines[code] = any((code.co_filename, number) in self._lines for number in numbers)
        if not self._has_lines[code]:
            return None

        def note(inner: FrameType, inner_event: str, inner_argument: object) -> Any:
            line = self._lines.get((code.co_filename, inner.f_lineno))
            if line:
                self._run.add(line)
            return note

        return note(frame, event, argument)
