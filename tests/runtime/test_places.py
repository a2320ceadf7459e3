"""Only so many wait for Slack at a time; who finds no place is told so at once."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.domain.refusals.request import NotReachable
from bot.domain.register.people import Person, PersonKey
from bot.runtime.places import FewFormsAtOnce, FewLookedUpAtOnce, Places
from bot.runtime.pool import QueueFull
from tests.cast import VIC


class HangingSlack:
    """Answers nothing before it is let go."""

    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)
        self._may_answer = threading.Event()

    def let_go(self) -> None:
        self._may_answer.set()

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> str:
        self._hang()
        return trigger_id

    views_push = views_open

    def views_update(self, *, view: dict[str, Any], view_id: str = "", external_id: str = "") -> str:
        return view_id or external_id

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> str:
        return user_id

    def look_up(self, who: PersonKey) -> Person | None:
        self._hang()
        return None

    def _hang(self) -> None:
        self.asked.release()
        self._may_answer.wait(60)


@pytest.fixture
def slack() -> Iterator[HangingSlack]:
    slack = HangingSlack()
    yield slack
    slack.let_go()


def test_a_form_more_than_there_are_places_is_refused_and_the_others_open(slack: HangingSlack) -> None:
    views = FewFormsAtOnce(slack, Places(2, waits=0.01))
    with ThreadPoolExecutor(2) as beside:
        opened = [beside.submit(views.views_open, trigger_id=str(number), view={}) for number in range(2)]
        assert all(slack.asked.acquire(timeout=60) for _ in opened)
        for show in (views.views_open, views.views_push):
            with pytest.raises(QueueFull):
                show(trigger_id="third", view={})
        assert views.views_update(view_id="V1", view={}) == "V1"
        assert views.views_publish(user_id="U0VIC", view={}) == "U0VIC"
        slack.let_go()
        assert [future.result() for future in opened] == ["0", "1"]
    assert views.views_open(trigger_id="later", view={}) == "later"


def test_somebody_whom_slack_cannot_be_asked_about_now_is_not_reachable(slack: HangingSlack) -> None:
    directory = FewLookedUpAtOnce(slack, Places(1, waits=0.01))
    with ThreadPoolExecutor(1) as beside:
        lookup = beside.submit(directory.look_up, VIC)
        assert slack.asked.acquire(timeout=60)
        with pytest.raises(NotReachable):
            directory.look_up(VIC)
        slack.let_go()
        assert lookup.result() is None


def test_a_place_is_free_again_after_a_failure() -> None:
    places = Places(1, waits=0.01)
    for _ in range(2):
        with pytest.raises(OSError, match="cut"), places.taken():
            raise OSError("cut")


def test_after_some_failures_in_a_row_nobody_waits_for_a_slack_that_hangs_and_then_it_is_tried_again() -> (
    None
):
    places = Places(3, waits=0.01, rests=1)
    for _ in range(5):
        with pytest.raises(TimeoutError), places.taken():
            raise TimeoutError
    with pytest.raises(QueueFull), places.taken():
        raise AssertionError("nobody is let in")
    time.sleep(1.05)
    with places.taken():
        pass
    for _ in range(4):
        with pytest.raises(TimeoutError), places.taken():
            raise TimeoutError
    with places.taken():
        pass
