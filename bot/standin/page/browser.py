"""Opens the page, where there is a desktop to open it on."""

import os
import sys
import webbrowser

_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


def open_in_browser(address: str) -> None:
    # Without a desktop, webbrowser would start a text browser in the terminal that the prompt needs.
    if sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in _DESKTOP):
        webbrowser.open(address)
