"""Row 61: the clock of a demo of its own, which nobody else needs to find as it was."""

from pathlib import Path

from selenium import webdriver

from tests.browser.chromium import opened
from tests.browser.own_stage import own_stage


def test_a_month_passes_and_each_digest_in_it_stands_there_once(
    window: webdriver.Chrome, tmp_path: Path
) -> None:
    with own_stage(tmp_path) as stage, opened(window, stage.open_page()) as browser:
        browser.goes_to("cora")
        browser.travels("+1 month")
        states = ("due in 17 days", "due in 10 days", "due in 3 days", "43 overdue since 27 March 2025")
        for state in states:
            browser.sees(f"Stalking: all 43 accepted; none complete; {state}.")
        assert browser.text().count("Stalking: all 43 accepted; ") == 5
        assert browser.text("#now").startswith("Thu 10 Apr 2025")
