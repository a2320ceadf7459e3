"""Bounded work: in order, one of an owner's at a time, told when it is too much, and ended in time."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.runtime.pool import Pool, QueueFull


class Gate:
    """Work that does not end before it is opened."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._opened = threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        self._opened.wait(60)

    def open(self) -> None:
        self._opened.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


def soon() -> float:
    return time.monotonic() + 60


def test_what_waits_is_done_in_its_order() -> None:
    pool, done = Pool("order", threads=1, most=10), list[int]()
    for number in range(10):
        pool.submit(lambda number=number: done.append(number))  # type: ignore[misc]
    assert pool.close(soon())
    assert done == list(range(10))


def test_no_more_than_the_bound_waits_and_what_is_under_way_does_not_count(gate: Gate) -> None:
    pool = Pool("bound", threads=1, most=2)
    pool.submit(gate)
    assert gate.begun.wait(60)
    for _ in range(2):
        pool.submit(gate)
    assert pool.waiting == 2
    with pytest.raises(QueueFull) as full:
        pool.submit(gate)
    assert not full.value.of_owner
    gate.open()
    assert pool.close(soon())
    assert pool.waiting == 0


def test_one_owner_has_a_bound_of_their_own(gate: Gate) -> None:
    pool = Pool("owners", threads=1, most=10, most_of_owner=2)
    pool.submit(gate, owner="vic")
    assert gate.begun.wait(60)
    for _ in range(2):
        pool.submit(gate, owner="vic")
    with pytest.raises(QueueFull) as full:
        pool.submit(gate, owner="vic")
    assert full.value.of_owner
    pool.submit(gate, owner="kim")
    gate.open()
    assert pool.close(soon())


def test_an_owner_never_has_two_under_way_and_does_not_hold_up_another(gate: Gate) -> None:
    pool, done = Pool("turns", threads=2, most=10), list[str]()
    reported = threading.Event()

    def kims() -> None:
        done.append("kim")
        reported.set()

    pool.submit(gate, owner="vic")
    assert gate.begun.wait(60)
    pool.submit(lambda: done.append("vic again"), owner="vic")
    pool.submit(kims, owner="kim")
    assert reported.wait(60)
    assert done == ["kim"]
    gate.open()
    assert pool.close(soon())
    assert done == ["kim", "vic again"]


def test_what_is_for_later_waits_and_lets_others_pass() -> None:
    pool, done = Pool("later", threads=1, most=10), list[str]()
    ended = threading.Event()
    pool.submit(ended.set, after=0.05)
    pool.submit(lambda: done.append("at once"))
    assert ended.wait(60)
    assert done == ["at once"]
    assert pool.close(soon())


def test_what_waits_for_later_is_brought_forward_by_its_owner_and_by_nobody_else() -> None:
    pool, done = Pool("forward", threads=1, most=10, most_of_owner=1), list[str]()
    ended = threading.Event()
    pool.submit(lambda: done.append("vic's"), owner="vic", after=3600)
    pool.submit(ended.set, owner="kim")
    assert ended.wait(60)
    assert done == []
    with pytest.raises(QueueFull):
        pool.submit(lambda: done.append("vic's second"), owner="vic")
    while pool.waiting:
        time.sleep(0.001)
    assert pool.close(soon())
    assert done == ["vic's"]


def test_a_failure_is_logged_without_its_words_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    pool, done = Pool("failing", threads=1, most=10), list[str]()

    def fails() -> None:
        raise ValueError("Anna North")

    pool.submit(fails)
    pool.submit(lambda: done.append("the next"))
    assert pool.close(soon())
    assert done == ["the next"]
    assert "failing: a piece of work failed: ValueError" in caplog.text
    assert "Anna" not in caplog.text


def test_a_closed_pool_takes_nothing_and_does_not_wait_for_what_is_for_later() -> None:
    pool = Pool("closed", threads=1, most=10)
    pool.submit(lambda: None, after=3600)
    assert pool.close(soon())
    with pytest.raises(QueueFull):
        pool.submit(lambda: None)


def test_closing_can_leave_what_has_not_begun(gate: Gate) -> None:
    pool, done = Pool("leaving", threads=1, most=10), list[str]()
    pool.submit(gate)
    assert gate.begun.wait(60)
    pool.submit(lambda: done.append("waited"))
    closing = threading.Thread(target=pool.close, args=(soon(),), kwargs={"begins_more": False})
    closing.start()
    while pool.waiting:
        time.sleep(0.001)
    gate.open()
    closing.join(60)
    assert done == []


def test_what_hangs_is_given_up_at_the_deadline(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    pool = Pool("hanging", threads=1, most=10)
    pool.submit(gate)
    assert gate.begun.wait(60)
    pool.submit(gate)
    assert not pool.close(time.monotonic() + 0.01)
    assert "hanging: 1 under way and 1 waiting are given up" in caplog.text
