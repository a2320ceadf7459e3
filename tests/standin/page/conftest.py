from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin import StandIn
from bot.standin.cast import enter
from bot.standin.moved_clock import MovedClock
from bot.standin.page.site import Site
from bot.standin.tour import BEGINS
from tests.standin.bots import connected_by_http
from tests.standin.full_answers import answering
from tests.standin.page.visitor import Visitor


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    """The page before a bot that gives everybody the same answer."""
    clock = MovedClock(tmp_path / "clock", BEGINS)
    with StandIn(now=clock.now) as slack, connected_by_http(slack, answering(slack)):
        slack.serve_also(Site(slack, clock, enter(slack), clock.now, tmp_path / "published").routes)
        yield Visitor(slack)
