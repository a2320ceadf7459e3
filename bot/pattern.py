"""A regular expression that is compiled when it is used first: a start needs few of those that modules name
(decision 032). As good as one that `re` compiled, but where a function of `re` asks for one of its own."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]


class _LatePattern:
    def __init__(self, written: str, flags: int = 0) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Whatever was asked for stays as an attribute of its own, so that this is called once for each.
        value = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:
    from re import compile as pattern
else:
    pattern = _LatePattern
