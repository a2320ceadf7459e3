"""A process of its own whose disk takes no more from some moment on."""

import resource
import signal
from dataclasses import dataclass, field
from pathlib import Path

from bot.operations.request.context import Services
from storage.database import Database
from storage.store import Store
from tests.cast import ALICE, CORA, HOME, NOW, Register
from tests.prove.trace import Typed, reply

# So often in a row nothing fits, and it is given room again.
_OFTEN = 5


@dataclass
class Answers:
    """What was answered, by request key."""

    recorded: list[str] = field(default_factory=list)
    not_saved: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)  # replies that there should not be

    def __add__(self, more: "Answers") -> "Answers":
        return Answers(
            self.recorded + more.recorded, self.not_saved + more.not_saved, self.other + more.other
        )

    def __str__(self) -> str:
        return (
            f"{len(self.recorded):,} recorded, {len(self.not_saved):,} not saved,"
            f" {len(self.other):,} told anything else"
        )

    def take(self, services: Services, key: str) -> None:
        """Type a note under a request key, with the key as its text, and keep the answer."""
        shown = reply(services, Typed(ALICE, f"note 15: {key} {'and more ' * 50}", NOW, key))
        text = shown.text if shown else ""
        if text.startswith("Recorded for Kent"):
            self.recorded.append(key)
        elif text.startswith("Busy: nothing was saved"):
            self.not_saved.append(key)
        else:
            self.other.append(text)


def record_while_it_fills(url: str, name: str, room: int) -> Answers:
    """Record until so many bytes have been written at most, and once more when there is room again."""
    services, answers, number = _desk(url), Answers(), 0
    no_file_beyond(_largest(url) + room)
    while len(answers.not_saved) < _OFTEN:
        answers.take(services, f"{name}:{number}")
        number += 1
    no_file_beyond(resource.RLIM_INFINITY)
    answers.take(services, f"{name}:again")
    services.store.database.close()
    return answers


def no_file_beyond(size: int) -> None:
    """Have writing fail in the middle of whatever it is, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _largest(url: str) -> int:
    place = Path(url.removeprefix("sqlite:///"))
    return max(path.stat().st_size for path in place.parent.glob(f"{place.name}*"))


def _desk(url: str) -> Services:
    return Register(Store(Database(url), HOME, frozenset({CORA.user_id}))).services()
