"""The mutants that no test can notice, since nothing that anybody sees is another, each with the reason."""

from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("equivalent.txt")


def equivalent() -> Mapping[str, str]:
    """Return the reasons, by the names of the mutants. In the file a reason stands indented beneath the names
    that it is about."""
    reasons: dict[str, str] = {}
    names: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            reasons |= dict.fromkeys(names, line.strip())
            names = []
        elif line:
            names.append(line)
    return reasons
