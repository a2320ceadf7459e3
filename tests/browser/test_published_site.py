"""Row 37: every kind of page of the published site, by axe, with the keyboard alone, narrow, dark, printed,
and without a script."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.accounts import lively
from tests.browser.chromium import Browser, opened
from tests.cast import stalking_case
from tests.published import published

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
CHECKS = """
const told = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: tags}).then((result) => told({
  rules: result.passes.length,
  faults: result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120))}`),
}));
"""
# What axe does not know yet: links that stand alone are 24 pixels high (WCAG 2.2, 2.5.8).
SMALL = """
const beside = (link) => [...link.parentElement.childNodes].filter((node) => node !== link);
const alone = (link) => beside(link).every((node) => !node.textContent.trim());
return [...document.querySelectorAll("a:not(.skip)")]
  .filter((link) => alone(link) && link.getBoundingClientRect().height < 24)
  .map((link) => link.outerHTML.slice(0, 120));
"""
OUTLINED = "return getComputedStyle(document.activeElement).outlineStyle !== 'none'"
FOCUSABLE = "return document.querySelectorAll('a[href], [tabindex]').length"
PAGES = (
    "index.html", "reports/stalking.html", "recommendations/stalking-15.html",
    "recommendations/stalking-27.html", "bodies/kent.html", "cy/bodies/gwent.html", "numbers.html",
    "accessibility.html",
)  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "narrow and dark": {"width": 320, "height": 640, "dark": True},
}
# Which of them stand in the documentation.
PICTURES = {
    ("recommendations/stalking-15.html", "light"): "published",
    ("bodies/kent.html", "narrow and dark"): "published-narrow",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    register = lively(stalking_case(f"sqlite:///{folder / 'recbot.db'}"))
    made = published(register, folder)
    register.store.database.close()
    return made


@pytest.fixture(scope="module")
def reader(window: webdriver.Chrome, site: Path) -> Iterator[Browser]:
    with opened(window, f"file://{site}/") as browser:
        yield browser


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_by_everybody(reader: Browser, page: str, request: pytest.FixtureRequest) -> None:
    folder: Path | None = request.config.getoption("--pictures", default=None)
    reader.driver.get(f"{reader.address}{page}")
    reader.runs(AXE)
    for look, how in LOOKS.items():
        reader.looks_like(**how)
        result = reader.driver.execute_async_script(CHECKS)
        assert result["faults"] == []
        assert result["rules"] > 15
        assert reader.runs(SMALL) == []
        assert reader.runs("return document.documentElement.scrollWidth - innerWidth") <= 0
        if folder and (name := PICTURES.get((page, look))):
            reader.is_pictured(folder / f"{name}.png")
    assert reader.complaints() == []


@pytest.mark.parametrize("page", ["index.html", "bodies/kent.html"])
def test_everything_is_reached_with_the_keyboard_and_seen_to_be(reader: Browser, page: str) -> None:
    reader.looks_like()
    reader.driver.get(f"{reader.address}{page}")
    reached = set()
    for _ in range(reader.runs(FOCUSABLE)):
        reader.presses(Keys.TAB)
        assert reader.runs(OUTLINED)
        reached.add(reader.focused.id)
    assert len(reached) == reader.runs(FOCUSABLE)


def test_the_first_key_leads_past_the_navigation(reader: Browser) -> None:
    reader.driver.get(f"{reader.address}index.html")
    reader.presses(Keys.TAB)
    assert reader.focused.text == "Skip to the content"
    reader.presses(Keys.ENTER, Keys.TAB)
    assert "stalking" in reader.focused.text


def test_it_says_the_same_without_a_script(reader: Browser) -> None:
    reader.looks_like()
    reader.driver.get(f"{reader.address}recommendations/stalking-15.html")
    with_scripts = reader.text("main")
    reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    reader.driver.get(f"{reader.address}recommendations/stalking-15.html")
    without = reader.text("main")
    reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert with_scripts == without
    assert "41 of 43 policing bodies accepted recommendation 15" in without


def test_it_is_printed_without_what_only_a_screen_needs_and_no_wider_than_the_paper(reader: Browser) -> None:
    reader.looks_like(width=800)
    reader.driver.get(f"{reader.address}recommendations/stalking-15.html")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not reader.find("nav").is_displayed()
    assert reader.runs("return document.documentElement.scrollWidth - innerWidth") <= 0
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
