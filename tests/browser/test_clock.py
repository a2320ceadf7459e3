"""The clock of a demo of its own, which nobody else needs to find as it was."""

from pathlib import Path

from bot.standin.stage import staged
from tests.browser.chromium import opened


def test_a_month_passes_and_each_digest_in_it_stands_there_once(
    programs: tuple[str, str], tmp_path: Path
) -> None:
    with staged(tmp_path) as stage:
        stage.start()
        with opened(*programs, tmp_path / "profile", stage.open_page()) as browser:
            browser.goes_to("cora")
            browser.travels("+1 month")
            days = ("10 March", "17 March", "24 March", "31 March", "7 April")
            for day in days:
                browser.sees(f"Week to {day} 2025: ")
            assert browser.text().count("Week to ") == len(days)
            assert browser.text("#now").startswith("Thu 10 Apr 2025")
