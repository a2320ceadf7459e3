import threading

from bot.runtime.heartbeat import DEAD_AFTER, Heartbeat


class Connection:
    """A connection and a clock that the test moves."""

    def __init__(self) -> None:
        self.alive = True
        self.time = 0.0

    def heartbeat(self) -> Heartbeat:
        return Heartbeat(lambda: self.alive, lambda: None, now=lambda: self.time)


def test_a_connection_that_comes_back_in_time_is_not_dead() -> None:
    connection = Connection()
    heartbeat = connection.heartbeat()
    connection.alive, connection.time = False, DEAD_AFTER - 1
    assert heartbeat.beat()
    connection.alive = True
    assert heartbeat.beat()
    connection.alive, connection.time = False, 2 * DEAD_AFTER - 2
    assert heartbeat.beat()


def test_a_connection_that_stays_away_is_dead() -> None:
    connection = Connection()
    heartbeat = connection.heartbeat()
    connection.alive, connection.time = False, DEAD_AFTER
    assert not heartbeat.beat()


def test_its_death_is_told_once_and_remembered() -> None:
    died = threading.Event()
    times = iter([0.0, DEAD_AFTER])
    heartbeat = Heartbeat(lambda: False, died.set, now=lambda: next(times), look_every=0.001)
    assert not heartbeat.is_dead
    heartbeat.start()
    assert died.wait(20)
    assert heartbeat.is_dead
