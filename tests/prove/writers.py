"""Processes of their own that write at the same time as others."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import TypeVar

from bot.domain.questions.grammar.typed_recordings import Progress
from bot.domain.questions.names import Body
from bot.domain.register.addressee import Stage
from bot.operations.recording.progress import progress
from storage.database import FOR_WORK, Busy, Database
from storage.store import Store
from tests.cast import CORA, HOME, NOW, Register, occasion
from tests.prove.trace import reply, trace
from tests.storage.register import R15, R16, R25

_STAGES = (Stage.IN_PROGRESS, Stage.COMPLETE, Stage.NOT_STARTED)
_together: list[Barrier] = []
Result = TypeVar("Result")


@dataclass
class Answers:
    """What a writer was answered."""

    recorded: list[str] = field(default_factory=list)  # request keys
    refused: Counter[str] = field(default_factory=Counter)  # the reasons


def at_once(work: Callable[..., Result], arguments: Sequence[tuple[object, ...]]) -> list[Result]:
    """Do each piece of work in a process of its own, all begun together."""
    spawning = get_context("spawn")
    barrier = spawning.Barrier(len(arguments))
    with ProcessPoolExecutor(len(arguments), spawning, _join, (barrier,)) as pool:
        return [future.result() for future in [pool.submit(work, *argument) for argument in arguments]]


def record(url: str, body: Body, times: int) -> Answers:
    """Record for one body, again and again."""
    database = Database(url, FOR_WORK)
    store = Store(database, HOME, frozenset({CORA.user_id}))
    _together[0].wait(120)
    answers = record_in(store, body, times)
    database.close()
    return answers


def record_in(store: Store, body: Body, times: int) -> Answers:
    """Record for one body in a store that others may share."""
    answers = Answers()
    for turn in range(times):
        key = f"{body.slug}:{turn}"
        request = Progress(_STAGES[turn % 3], ((R15, R16, R25)[turn // 3 % 3],), body, f"turn {turn}")
        try:
            progress(store, occasion(CORA, NOW, key), request)
            answers.recorded.append(key)
        except Busy as error:
            answers.refused[str(error)] += 1
    return answers


def follow(url: str, seed: int, many: int) -> Counter[str]:
    """Type a trace. Return how often each first word of a reply came."""
    database = Database(url, FOR_WORK)
    services = Register(Store(database, HOME, frozenset({CORA.user_id}))).services()
    counts: Counter[str] = Counter()
    _together[0].wait(120)
    for typed in trace(seed, many, name="writer "):
        shown = reply(services, typed)
        counts[shown.text.split()[0] if shown else "nothing"] += 1
    database.close()
    return counts


def _join(barrier: Barrier) -> None:
    _together.append(barrier)
