"""The conversation in the terminal: who, where, what they typed, what they saw."""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from bot.standin.cast import CHANNEL, CHANNEL_NAME
from bot.standin.messages import Post, Reply
from bot.standin.moved_clock import LONDON
from bot.standin.people import Person
from bot.standin.terminal import WIDTH, show

_MARGIN = "  │ "
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Conversation:
    """Writes to a terminal, in colour where it has any, or to a file or a pipe."""

    def __init__(self, stream: TextIO, now: Callable[[], datetime]) -> None:
        self._out = stream
        self._now = now
        self._colour = has_colour(stream)
        columns = shutil.get_terminal_size((WIDTH, 24)).columns if stream.isatty() else WIDTH
        self._width = max(40, min(WIDTH, columns))

    def says(self, text: str = "") -> None:
        """Print a line of the demo's own."""
        print(text, file=self._out, flush=True)

    def notice(self, text: str) -> None:
        """Print what to look at."""
        self.says()
        for line in textwrap.wrap(text, self._width - 2, break_on_hyphens=False):
            self.says(self._styled(f"» {line}", _DIM))

    def typed(self, person: Person, channel: str, text: str) -> None:
        self._does(person, f", {place(channel)}: {text}")

    def clicked(self, person: Person, label: str) -> None:
        self._does(person, f" clicks [{label}]")

    def saw(self, person: Person, reply: Reply) -> None:
        if reply.response_type == "ephemeral":
            self._message(f"recbot, to {person.name} alone", reply)
        else:
            self._message(f"recbot, {place(reply.channel)} for everybody", reply)

    def posted(self, post: Post) -> None:
        """Print a message that everybody in a channel sees."""
        location = "in the thread" if post.thread_ts not in (None, post.ts) else place(post.channel)
        moment = datetime.fromtimestamp(float(post.ts), LONDON)
        self._message(f"recbot, {location}, {moment:%A %H:%M}", post)

    def _does(self, person: Person, act: str) -> None:
        self.says()
        name = self._styled(person.name, _BOLD)
        self.says(f"{self._now().astimezone(LONDON):%H:%M}  {name}{act}")

    def _message(self, head: str, message: Reply | Post) -> None:
        self.says(f"  {head}:")
        for line in show(message, self._colour, self._width - len(_MARGIN)).split("\n"):
            self.says(f"{_MARGIN}{line}".rstrip())

    def _styled(self, text: str, style: str) -> str:
        return f"{style}{text}{_END}" if self._colour else text


def place(channel: str) -> str:
    return f"in #{CHANNEL_NAME}" if channel == CHANNEL else "in direct messages with recbot"


def on_standard_output(now: Callable[[], datetime]) -> Conversation:
    """Print to the terminal; characters that it cannot show are replaced rather than fatal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return Conversation(sys.stdout, now)


def has_colour(stream: TextIO) -> bool:
    """Return whether to use colour: for terminals, and not where NO_COLOR is set: https://no-color.org"""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
