"""Which lines of some modules are run."""

import sys
import threading
from collections.abc import Collection
from pathlib import Path
from types import FrameType
from typing import Any

from tests.mutants.groups import ROOT

Line = tuple[Path, int]
"""A file, from the root of the project, and a line of it."""


class LineNotes:
    """Notes the lines that are run, in every thread that starts meanwhile."""

    def __init__(self, paths: Collection[Path]) -> None:
        self._paths = {str(ROOT / path): path for path in paths}
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
        path = self._paths.get(frame.f_code.co_filename)
        if path is None:
            return None

        def note(inner: FrameType, inner_event: str, inner_argument: object) -> Any:
            self._run.add((path, inner.f_lineno))
            return note

        return note(frame, event, argument)
