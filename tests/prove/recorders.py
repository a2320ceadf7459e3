"""A process of its own that records for one body, again and again, at the same time as others."""

from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier

from bot.domain.questions.grammar.requests import Progress
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
class UpdateView:
    """The request keys of which a recorder was told that they were recorded, and that nothing was saved."""

    recorded: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


def wait_for(everybody: Barrier) -> None:
    """What a process does first: it gets to know the others."""
    _everybody.append(everybody)


def record(url: str, body: Body, times: int) -> UpdateView:
    """Starts together with the others and tries until so many recordings succeed, each try a new request."""
    database = Database(url, FOR_REQUESTS)
    store = Store(database, HOME, frozenset({CORA.user_id}))
    if _everybody:
        _everybody[0].wait(STARTED_WITHIN)
    view = UpdateView()
    while len(view.recorded) < times:
        key = f"{body.slug}:{len(view.recorded)}:{len(view.busy)}"
        turn = len(view.recorded)
        request = Progress(_STAGES[turn % 3], ((R15, R16, R25)[turn // 3 % 3],), body, f"turn {turn}")
        try:
            progress(store, occasion(CORA, NOW, key), request)
            view.recorded.append(key)
        except Busy:
            view.busy.append(key)
    database.close()
    return view
