"""A real Chromium without a window, driven as a person would drive it."""

import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--lang=en-GB",
    # One page at a time is looked at: no process is kept, or started beforehand, for another.
    "--process-per-site", "--renderer-process-limit=1", "--disable-extensions",
    "--disable-features=BackForwardCache,SpareRendererForSitePerProcess",
)  # fmt: skip
_WITHIN = 20.0  # seconds
# Those of the controls on which a label is read.
_READ_AS = """
const [controls, label] = arguments;
return controls.filter((control) => control.checkVisibility() && control.innerText.trim() === label);
"""
_STALE = (StaleElementReferenceException, NoSuchElementException)


class Browser:
    """One window on the page at `address`."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    # Going

    def goes_to(self, handle: str, place: str = "channel", further: str = "") -> None:
        """Open the page as one of the cast, and wait until its script runs."""
        self.driver.get(f"{self.address}as/{handle}/{place}{further}")
        self.wait_for(lambda: self.runs("return document.readyState === 'complete'"), "the page")

    def looks_like(self, *, width: int = 1280, height: int = 800, dark: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    # Doing

    def types(self, text: str) -> None:
        """Type into the composer, and send it."""
        composer = self.find("#typed")
        composer.click()
        composer.send_keys(text, Keys.ENTER)

    def pastes(self, text: str, label: str) -> None:
        """Put a text into a form's field at once."""
        self.field(label).click()
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})

    def clicks(self, label: str, within: str = "body") -> None:
        """Click the last control with this label, read on it or said by a screen reader."""

        def click() -> bool:
            controls = self.find_all(f"{within} :is(button, a, summary)")
            # The browser is asked about all of them at once for what is read; only what is said one by one.
            named = self.runs(_READ_AS, controls, label) or [
                control for control in controls if control.accessible_name == label
            ]
            if named:
                self.runs("arguments[0].scrollIntoView({block: 'center'})", named[-1])
                named[-1].click()
            return bool(named)

        self.wait_for(click, f"a control called {label}")

    def travels(self, to: str) -> None:
        """Move the clock, and wait until it has arrived."""
        self.clicks(to)
        self.wait_for(lambda: self.text("#told").startswith("It is "), "the day in words")

    def presses(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    # Reading

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def field(self, label: str) -> WebElement:
        """A form's field by its label; the sign for optional ones is left out."""
        for control in self.find_all("dialog :is(input, select, textarea)"):
            if control.accessible_name.removesuffix(" (optional)") == label:
                return control
        raise NoSuchElementException(label)

    def text(self, selector: str = "#messages") -> str:
        """Return what can be read there; empty where there is nothing."""
        return "\n".join(element.text for element in self.find_all(selector))

    def sees(self, words: str, selector: str = "#messages") -> None:
        """Wait until the words are there."""
        self.wait_for(lambda: words in self.text(selector), f"“{words}” in {selector}")

    @property
    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def runs(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def is_pictured(self, path: Path) -> None:
        """Keep a picture of the window once nothing moves in it, in 256 colours, which nobody can tell."""
        self.wait_for(
            lambda: self.runs("return document.getAnimations().every(one => one.playState === 'finished')"),
            "a still window",
        )
        _keep(self.driver.get_screenshot_as_png(), path, 256)

    def pictures(self, selector: str, words: str, path: Path) -> None:
        """Keeps a picture of the last thing of a kind that begins with these words, in 32 colours."""
        things = [thing for thing in self.find_all(selector) if words in thing.text]
        self.runs("arguments[0].scrollIntoView({block: 'center'})", things[-1])
        _keep(things[-1].screenshot_as_png, path, 32)

    def complaints(self) -> list[str]:
        """Errors of the page's script, and what its policy refused."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def wait_for(self, is_so: Callable[[], Any], purpose: str) -> None:
        """Fail with what is seen instead. What is drawn anew meanwhile is looked at again."""
        latest = time.monotonic() + _WITHIN
        while True:
            try:
                if is_so():
                    return
            except _STALE:
                pass
            if time.monotonic() > latest:
                pytest.fail(f"{purpose} did not come; what is seen: {self.text('body')[-1500:]}")
            time.sleep(0.05)


def _keep(picture: bytes, path: Path, colours: int) -> None:
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    shot.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


def chromium_and_driver() -> tuple[str, str] | None:
    """The paths of both, None if one is missing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


@contextmanager
def started(chromium: str, driver: str, profile: Path) -> Iterator[webdriver.Chrome]:
    """Chromium, which is closed at the end; its profile is fresh."""
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (*_ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # Dates in forms are shown as this says, whatever the machine's own language is.
    window = webdriver.Chrome(options, Service(driver, env={**os.environ, "LANGUAGE": "en_GB"}))
    try:
        yield window
    finally:
        window.quit()


@contextmanager
def opened(window: webdriver.Chrome, address: str) -> Iterator[Browser]:
    """A window of the usual size, in light colours, on the page of a demo that ends before the window does;
    whatever the page complains of fails the test."""
    browser = Browser(window, address)
    browser.looks_like()
    try:
        yield browser
        assert browser.complaints() == []
    finally:
        # The page's script is not to look for a demo that is no longer there.
        window.get("about:blank")
        browser.complaints()
