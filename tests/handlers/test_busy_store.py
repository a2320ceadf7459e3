"""Who asked for much of the history of a busy store hears what can be asked instead, however it was asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.rendering.screen import Screen
from bot.standin.reading import readable
from handlers.errors import run
from handlers.recs import ask
from storage.database import Busy, Connection
from storage.store import Store
from tests.cast import VIC, Register, occasion, stalking_case

LESS_OF_THE_PAST = "/recs 15 kent as at 22 Nov 2024"
FEWER_CHANGES = "/recs changes 15 kent since 1 Mar 2025"


class BusyLater(Store, frozen=True, kw_only=True):
    """A store that is read a few times, and is busy from then on."""

    reads_left: list[None]

    def reading(self) -> AbstractContextManager[Connection]:
        if not self.reads_left:
            raise Busy
        self.reads_left.pop()
        return super().reading()


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


@pytest.mark.parametrize(
    ("typed", "narrower"),
    [
        ("kent as at 22 Nov 2024", LESS_OF_THE_PAST),
        ("map 15 as at 22 Nov 2024", LESS_OF_THE_PAST),
        ("where did Kent stand on 22 November 2024?", LESS_OF_THE_PAST),
        ("changes kent", FEWER_CHANGES),
        ("what's new since January?", FEWER_CHANGES),
        ("overdue", None),
        ("how is Kent getting on?", None),
    ],
)
def test_the_advice_goes_by_the_question_as_understood(
    register: Register, typed: str, narrower: str | None
) -> None:
    reply = busy_at_last(register, typed)
    advice = {text for text in (LESS_OF_THE_PAST, FEWER_CHANGES) if text in reply}
    assert advice == ({narrower} if narrower else set())
    assert "Busy: nothing was saved." in reply
    assert typed in reply


def busy_at_last(register: Register, typed: str) -> str:
    """Return what is shown when the store is busy with the last that a question reads."""
    replies: list[str] = []
    for reads in range(20):
        reply = shown(register, typed, reads)
        if "Busy" not in reply:
            return replies[-1]
        replies.append(reply)
    raise AssertionError("it was never answered")


def shown(register: Register, typed: str, reads: int) -> str:
    store = register.store
    busy = BusyLater(store.database, store.home_team, store.always_coordinators, reads_left=[None] * reads)
    services = replace(register.services(), store=busy)
    operation: Callable[[Request], Screen | None] = lambda again: ask(services, again, typed)  # noqa: E731
    screen = run(services, occasion(VIC), operation, typed)
    assert screen is not None
    return readable(screen.text, list(screen.blocks))
