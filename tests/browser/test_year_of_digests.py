"""The digests of a year with two reports and with five, as they stand in the channel."""

from datetime import date
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.chromium import opened
from tests.browser.own_stage import own_stage
from tests.browser.year import Year

# The Mondays after one month, three, six and twelve.
YEAR = {1: date(2025, 4, 7), 3: date(2025, 6, 9), 6: date(2025, 9, 8), 12: date(2026, 3, 9)}
# So much is read at a glance: the message, without its thread.
_MOST_CHARACTERS = 2_500


@pytest.mark.parametrize("reports", [2, 5])
def test_each_digest_of_a_year_can_be_passed_on(
    window: webdriver.Chrome,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    reports: int,
) -> None:
    folder: Path | None = request.config.getoption("--pictures", default=None)
    with own_stage(tmp_path) as stage:
        address = stage.open_page()
        year = Year(stage, reports)
        with opened(window, address) as browser:
            browser.looks_like(width=900, height=1300)
            for month, day in YEAR.items():
                year.goes_on_until(day)
                digest = year.digest()
                first, *others = digest.all_text.splitlines()
                # A line for each report, and nothing said at length that is as last week.
                assert (
                    sum(" accepted; " in line or " answered" in line for line in (first, *others)) >= reports
                )
                assert len(digest.all_text) < _MOST_CHARACTERS, digest.all_text
                browser.goes_to("vic")
                browser.sees(digest.text)
                if folder:
                    browser.pictures(".message", digest.text, folder / f"digest-{reports}-{month}.png")
