import threading
import time

import pytest

from storage.fifo_lock import FifoLock


def test_turns_are_taken_in_the_order_in_which_people_came() -> None:
    turns, order = FifoLock(), list[int]()
    threads = []

    def take(number: int) -> None:
        with turns.turn(60):
            order.append(number)

    with turns.turn(0):
        for number in range(8):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(60)
    assert order == list(range(8))


def test_whoever_has_waited_too_long_gives_up_and_holds_nobody_else_up() -> None:
    turns = FifoLock()
    with turns.turn(0), pytest.raises(TimeoutError), turns.turn(0.01):
        pass
    with turns.turn(0):
        pass
    assert len(turns) == 0


def test_a_turn_that_ends_in_a_failure_is_over() -> None:
    turns = FifoLock()
    with pytest.raises(ValueError, match="inside"), turns.turn(0):
        raise ValueError("inside")
    with turns.turn(0):
        pass


def test_eight_threads_are_never_in_at_once() -> None:
    turns, inside, most = FifoLock(), list[int](), list[int]()

    def work() -> None:
        for _ in range(200):
            with turns.turn(60):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(most) == 1600
    assert max(most) == 1
