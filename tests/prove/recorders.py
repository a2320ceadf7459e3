"""A process of its own that records for one body, again and again, at the same time as others."""

from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier

from bot.domain.questions.grammar.typed_recordings import Progress
from bot.domain.questions.names import Body
from bot.domain.register.addressee import Stage
from bot.operations.recording.progress import progress
from storage.database import FOR_REQUESTS, Busy, Database
from storage.store import Store
from tests.cast import CORA, HOME, NOW, occasion
from tests.storage.register import R15, R16, R25

_STAGES = (Stage.IN_PROGRESS, Stage.COMPLETE, Stage.NOT_STARTED)
STARTED_WITHIN = 300.0  # seconds, for all of them, on a machine that is busy
_everybody: list[Barrier] = []


@dataclass
class Answers:
    """The request keys by answer: recorded, or nothing saved."""

    recorded: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


def wait_for(everybody: Barrier) -> None:
    """Get to know the others, as the first thing in a process."""
    _everybody.append(everybody)


def record(url: str, body: Body, times: int) -> Answers:
    """Start together with the others and try until so many recordings succeed, each try a new request."""
    database = Database(url, FOR_REQUESTS)
    store = Store(database, HOME, frozenset({CORA.user_id}))
    if _everybody:
        _everybody[0].wait(STARTED_WITHIN)
    answers = Answers()
    while len(answers.recorded) < times:
        key = f"{body.slug}:{len(answers.recorded)}:{len(answers.busy)}"
        turn = len(answers.recorded)
        request = Progress(_STAGES[turn % 3], ((R15, R16, R25)[turn // 3 % 3],), body, f"turn {turn}")
        try:
            progress(store, occasion(CORA, NOW, key), request)
            answers.recorded.append(key)
        except Busy:
            answers.busy.append(key)
    database.close()
    return answers
