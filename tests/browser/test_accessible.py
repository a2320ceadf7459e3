"""Names, contrast, headings, landmarks and width on the main screens, light, dark and narrow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
CONTROLS = {"button", "link", "textbox", "combobox", "checkbox", "radio", "listbox", "Date", "dialog", "log"}
# Which of them the README shows.
PICTURES = {
    ("channel", "light"): "channel",
    ("channel", "narrow"): "channel-narrow",
    ("thread", "dark"): "digest-dark",
    ("form_with_an_error", "light"): "form",
    ("home_of_a_coordinator", "light"): "home-coordinator",
    ("home_of_a_contact", "light"): "home-contact",
    ("map_in_direct_messages", "light"): "map",
    ("chart_in_direct_messages", "light"): "chart",
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"dark": True},
    "narrow": {"width": 360, "height": 740},
}


def channel(browser: Browser) -> None:
    browser.goes_to("cora")
    browser.sees("Stalking: all 43 accepted; none complete; due in 17 days.")
    browser.types("/recs 15")
    browser.sees("Stalking 15: 43 of 43 accepted")


def thread(browser: Browser) -> None:
    browser.goes_to("ed")
    browser.wait_for(lambda: browser.find_all(".answers"), "a thread")
    browser.find_all(".answers")[-1].click()
    browser.sees("No news for 60 days", "#answers")


def calls(browser: Browser) -> None:
    browser.goes_to("cora", further="?calls=1")
    browser.find("#call-list summary").click()


def home_of_a_coordinator(browser: Browser) -> None:
    browser.goes_to("cora", "home")
    browser.sees("live recommendations", "#home")


def home_of_a_contact(browser: Browser) -> None:
    browser.goes_to("kim", "home")
    browser.sees("Kent has", "#home")


def refusal(browser: Browser) -> None:
    browser.goes_to("gus", "messages")
    browser.types("/nothing")
    browser.sees("/nothing is not a command here", "#notice")


def map_in_direct_messages(browser: Browser) -> None:
    browser.goes_to("vic", "messages")
    browser.types("/recs map 15")
    browser.wait_for(lambda: browser.find_all("#messages img"), "a picture")
    loaded = "return [...document.images].every(one => one.complete && one.naturalWidth > 0)"
    browser.wait_for(lambda: browser.runs(loaded), "the picture itself")


def chart_in_direct_messages(browser: Browser) -> None:
    browser.goes_to("vic", "messages")
    browser.types("/recs chart 15")
    browser.wait_for(lambda: browser.find_all('#messages img[alt^="Line chart"]'), "a picture")
    loaded = "return [...document.images].every(one => one.complete && one.naturalWidth > 0)"
    browser.wait_for(lambda: browser.runs(loaded), "the picture itself")


def form_with_an_error(browser: Browser) -> None:
    browser.goes_to("kim", "home")
    browser.clicks("Update", "#home")
    browser.wait_for(lambda: browser.find_all("dialog select"), "a form")
    browser.clicks("Record", "dialog")
    browser.wait_for(lambda: browser.find_all("dialog .error"), "words beside a field")


def suggestions(browser: Browser) -> None:
    browser.goes_to("cora")
    browser.find("#typed").send_keys("/recs ")
    browser.sees("/recs 15", "#suggestions")


SCREENS: tuple[Callable[[Browser], None], ...] = (
    channel,
    thread,
    calls,
    home_of_a_coordinator,
    home_of_a_contact,
    refusal,
    map_in_direct_messages,
    chart_in_direct_messages,
    form_with_an_error,
    suggestions,
)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_a_screen_can_be_used_by_everybody(
    browser: Browser, screen: Callable[[Browser], None], request: pytest.FixtureRequest
) -> None:
    """In each look: only the style sheet knows which one it is, and no script."""
    folder: Path | None = request.config.getoption("--pictures", default=None)
    screen(browser)
    for look, how in LOOKS.items():
        browser.looks_like(**how)
        assert browser.runs(CHECKS) == [], look
        assert unnamed_controls(browser) == [], look
        if folder and (name := PICTURES.get((screen.__name__, look))):
            browser.is_pictured(folder / f"{name}.png")


def unnamed_controls(browser: Browser) -> list[str]:
    """The controls of which a screen reader could say only what kind they are."""
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})
    return [
        str(node)
        for node in tree["nodes"]
        if not node["ignored"]
        and node["role"]["value"] in CONTROLS
        and not node.get("name", {}).get("value", "").strip()
    ]
