"""Row 69: what a coordinator enters for everybody, counted in clicks, in a demo of its own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from bot.standin.stage import Stage
from tests.browser.chromium import Browser, opened
from tests.browser.own_stage import own_stage
from tests.journeys.test_imports import sixty_recommendations


class CountedClicks:
    """A hand that presses what it is told to, and counts."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.clicks = 0

    def presses(self, label: str, within: str = "body") -> None:
        self.clicks += 1
        self.browser.clicks(label, within)


@pytest.fixture(scope="module")
def stage_of_imports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with own_stage(tmp_path_factory.mktemp("own stage")) as stage:
        yield stage


@pytest.fixture
def own_browser(window: webdriver.Chrome, stage_of_imports: Stage) -> Iterator[Browser]:
    with opened(window, stage_of_imports.open_page()) as browser:
        yield browser


def test_86_contacts_from_one_paste_take_two_clicks(stage_of_imports: Stage, own_browser: Browser) -> None:
    for n in range(86):
        stage_of_imports.slack.add_person(f"U1{n:03}", f"P{n} Q", kind="guest")
    names = ("Kent", "Surrey", "Essex", "Dorset", "Gwent")
    hand = CountedClicks(own_browser)
    own_browser.goes_to("cora")
    own_browser.types("/recs import")
    own_browser.sees("Paste up to 3,000 characters", "#form")
    table = "\n".join(f"p{n}@example.org,{names[n % 5]}" for n in range(86))
    own_browser.pastes(table, "Table")
    hand.presses("Preview", "#form")
    own_browser.sees("This would record 86 contacts.", "#form")
    hand.presses("Record all", "#form")
    own_browser.sees("Recorded: 86 contacts.", "#form")
    assert hand.clicks == 2
    hand.presses("Close", "#form")


def test_60_recommendations_from_one_file_take_one_click_and_less_than_a_minute(
    own_browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(sixty_recommendations())
    hand = CountedClicks(own_browser)
    own_browser.goes_to("cora", "messages")
    began = time.monotonic()
    own_browser.find("#file").send_keys(str(path))
    own_browser.sees("This would record 60 recommendations.")
    hand.presses("Record all")
    own_browser.sees("Recorded: 60 recommendations.")
    assert hand.clicks == 1
    assert time.monotonic() - began < 60
