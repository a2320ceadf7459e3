"""`recbot demo` on a terminal: the page is open and the prompt is there."""

import os
import pty
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.standin.test_tour import PATIENCE, ROOT, hostile

DEMO = [sys.executable, "-m", "bot", "demo"]


class Terminal:
    """The person's end of it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.seen = ""

    def reads_until(self, pattern: str) -> re.Match[str]:
        while not (match := re.search(pattern, self.seen)):
            self.seen += os.read(self._descriptor, 4096).decode()
        return match

    def types(self, line: str) -> None:
        self.seen = ""
        os.write(self._descriptor, f"{line}\n".encode())


@pytest.mark.prove
def test_on_a_terminal_the_page_is_opened_and_the_prompt_can_be_used(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o700)
    ours, theirs = pty.openpty()
    environment = hostile(tmp_path, BROWSER=f"{browser} %s")
    with subprocess.Popen(
        DEMO, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as demo:
        os.close(theirs)
        terminal = Terminal(ours)
        address = terminal.reads_until(r"http://127\.0\.0\.1:\d+/")[0]
        terminal.reads_until("Cora Lane, #coordination, Mon 10 Mar 2025")
        with urllib.request.urlopen(address, timeout=PATIENCE) as page:  # noqa: S310 - our own address
            assert b"<title>#coordination, as Cora Lane" in page.read()
        terminal.types("/recs 15")
        terminal.reads_until("43 of 43 accepted")
        terminal.types("quit")
        assert demo.wait(PATIENCE) == 0
    os.close(ours)
    assert opened.read_text().strip() == address
    assert list((tmp_path / "tmp").iterdir()) == []
