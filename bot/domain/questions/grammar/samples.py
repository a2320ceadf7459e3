"""Examples that work: the table of verbs is written for the shipped register, and is shown with what there is
in this one."""

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field


class Sample(Struct, frozen=True):
    """What an example names for one reader. What is empty is not in the register, or not for this reader.

    Recommendations are as they are typed: 15, or "stalking 15" where several reports have a 15."""

    recommendation: str = "15"
    # Up to three of them, one after the other.
    recommendations: str = "15, 16 and 25"
    # Another recommendation, which can supersede the first.
    successor: str = "stalking 28"
    report: str = "stalking"
    body: str = "kent"
    region: str = "wales"
    # A word of a recommendation.
    word: str = "advocates"
    # An update whose words can be erased.
    seq: str = "137"
    # A London date on which `recommendation` stood with `body`, and one to which its deadline can be moved.
    then: date | None = date(2024, 11, 22)
    later: date | None = date(2025, 4, 30)
    # The recommendation and the body of which alone a verb is true: only what is complete is checked.
    true_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def example(self, verb: str, written: str) -> str:
        """Return an example of the table with what there is in it; empty where it needs what there is not."""
        text, body = self.true_of.get(verb, (self.recommendation, self.body))
        names: dict[str, str] = {
            "15, 16 and 25": self.recommendations,
            "15 16 25": self.recommendations,
            "stalking 28": self.successor,
            "30 Apr 2025": _day(self.later),
            "22 Nov 2024": _day(self.then),
            "1 Apr 2025": _day(self.later),
            "15": text,
            "137": self.seq,
            "stalking": self.report,
            "kent": body,
            "wales": self.region,
            "advocates": self.word,
        }
        written_names = _WRITTEN.findall(written)
        if not all(names[name] for name in written_names):
            return ""
        return _WRITTEN.sub(lambda match: names[match[0]], written)


# What the table's examples name, the longest first.
_WRITTEN = re.compile(
    r"\b(?:15, 16 and 25|15 16 25|stalking 28|30 Apr 2025|22 Nov 2024|1 Apr 2025|15|137|stalking|kent|wales"
    r"|advocates)\b"
)


def _day(on: date | None) -> str:
    return f"{on.day} {on:%b %Y}" if on else ""
