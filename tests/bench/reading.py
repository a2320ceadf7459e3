"""How long plain words take to be read, without anything that is asked of the register."""

import time
from statistics import median

from bot.domain.questions.plain_words.reader import understand
from bot.domain.questions.plain_words.understanding import Answerable
from tests.bench.results import Comparison
from tests.bench.rounds import spread
from tests.domain.questions.plain_words.surroundings import AROUND, ASKERS

# As long as anybody asks in one breath.
LONGEST = (
    "could you please tell me which of the bodies in Wales and in the North West had still not started"
    " recommendations 15, 16 and 25 at the end of February"
)
_AIM = 3.0  # milliseconds
_IN_A_ROUND = 20


def longest_plain_question(rounds: int) -> Comparison:
    """Read it over and over in this process; the figures are milliseconds."""
    medians = [median(_milliseconds() for _ in range(_IN_A_ROUND)) for _ in range(rounds)]
    return Comparison("in-process", "reading the longest plain question", "1 ms", spread(medians), _AIM)


def _milliseconds() -> float:
    start = time.perf_counter()
    understood = understand(LONGEST, ASKERS["coordinator"], AROUND)
    took = time.perf_counter() - start
    assert isinstance(understood, Answerable)
    return took * 1_000
