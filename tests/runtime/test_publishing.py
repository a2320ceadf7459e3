"""What is published by itself: after each change and on each new day, and health says when it fails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.runtime.clock import StartingClock
from bot.runtime.health import Health
from bot.runtime.wiring.publishing import LOOKS_EVERY, Publisher
from tests.cast import ALICE, NOW, Register, stalking_case
from tests.published import words_of
from tests.runtime.test_health import Slack, figure


class Clocks:
    """A clock whose day a test moves, and the seconds that pass."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.clock = StartingClock(NOW)

    def elapsed(self) -> float:
        return self.seconds


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def publisher_of(register: Register, site: Path, clocks: Clocks) -> Publisher:
    return Publisher(register.store, clocks.clock, site, elapsed=clocks.elapsed)


def test_each_change_and_each_new_day_is_published_and_nothing_else_written(
    register: Register, tmp_path: Path
) -> None:
    site, clocks = tmp_path / "site", Clocks()
    publisher = publisher_of(register, site, clocks)
    assert publisher.tick() == LOOKS_EVERY
    first = site.resolve()
    register.says(ALICE, "complete 15: all of it")
    clocks.seconds += LOOKS_EVERY - 1
    assert publisher.tick() == 1
    assert site.resolve() == first
    clocks.seconds += 1
    publisher.tick()
    assert "43 of 43 1 of 43" in words_of(site, "index.html")
    second = site.resolve()
    clocks.seconds += LOOKS_EVERY
    publisher.tick()
    assert site.resolve() == second
    clocks.clock = publisher._clock = StartingClock(NOW + timedelta(days=1))
    clocks.seconds += LOOKS_EVERY
    publisher.tick()
    assert "As it stood on 11 March 2025." in words_of(site, "index.html")


def test_a_failure_is_told_by_the_figures_and_tried_again(register: Register, tmp_path: Path) -> None:
    site, clocks = tmp_path / "site", Clocks()
    site.mkdir()
    (site / "theirs").write_text("theirs")
    publisher = publisher_of(register, site, clocks)
    health = Health(register.store, clocks.clock, Slack().token(), publishing=publisher)
    publisher.tick()
    assert figure(health.metrics(), "recbot_publishing_failed") == 1
    assert "recbot_published_timestamp_seconds" not in health.metrics()
    (site / "theirs").unlink()
    clocks.seconds += LOOKS_EVERY
    publisher.tick()
    assert figure(health.metrics(), "recbot_publishing_failed") == 0
    published_at = figure(health.metrics(), "recbot_published_timestamp_seconds")
    assert published_at == pytest.approx(NOW.timestamp(), abs=60)
    assert health.problems() == []
