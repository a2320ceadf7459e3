"""`recbot demo`: the real bot in a Slack that stands in; a page and a prompt for all the cast, or a tour."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bot.standin.conversation import Conversation, on_standard_output
from bot.standin.page.browser import open_in_browser
from bot.standin.prompt import Prompt
from bot.standin.real_bot import BotFailed, RealBot
from bot.standin.stage import Stage, staged
from bot.standin.tour import StepFailed, Tour

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(only_tour: bool) -> int:
    """Return the exit code: 0, or 1 if the bot did not start or a step of the tour was not answered."""
    # Ctrl-C too: a process that was started in the background inherits that it is ignored.
    for number in _STOPS:
        signal.signal(number, _as_ctrl_c)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="recbot-demo-") as folder,
            staged(Path(folder)) as stage,
            _ending_undisturbed(),
        ):
            return _play(stage, only_tour)
    except KeyboardInterrupt:
        print("\nStopped; nothing is left behind.")
        return 1 if only_tour else 0


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _ending_undisturbed() -> Iterator[None]:
    """Ignore Ctrl-C while it ends: a second one would leave the bot behind."""
    try:
        yield
    finally:
        for number in _STOPS:
            signal.signal(number, signal.SIG_IGN)


def _play(stage: Stage, only_tour: bool) -> int:
    conversation = on_standard_output(stage.clock.now)
    try:
        stage.start()
        if only_tour:
            _walk(stage, conversation)
        else:
            _open(stage, conversation)
    except BotFailed as failure:
        return _failed(f"The demo's bot did not come up: {failure}.", stage.bot)
    except StepFailed as failure:
        return _failed(f"The tour stopped. {failure}.", stage.bot)
    return 0


def _walk(stage: Stage, conversation: Conversation) -> None:
    tour = Tour(stage.slack, stage.clock, stage.cast, conversation)
    tour.walk()
    conversation.notice(f"That was the tour: {tour.steps} steps, each answered; the digest came once.")
    conversation.says(
        "Run `recbot demo` in a terminal for a page in your browser, where you type `/recs …` yourself."
    )


def _open(stage: Stage, conversation: Conversation) -> None:
    """Show the page, and a prompt beside it, until somebody quits."""
    address = stage.open_page()
    conversation.says(f"The demo is a page in your browser: {address}")
    conversation.says(f"What everybody may read stands at {address}published/index.html")
    conversation.says("It is Monday 10 March 2025, two seconds to nine: the weekly digest is about to come.")
    conversation.says("You can type here too: `/recs help`, `help` for what else there is, `quit` to end.")
    open_in_browser(address)
    Prompt(stage.slack, stage.clock, stage.cast, conversation).cmdloop()


def _failed(words: str, bot: RealBot) -> int:
    print(f"\n{words}", file=sys.stderr)
    lines = bot.last_lines()
    if lines:
        print("The last lines of its log:", *lines, sep="\n  ", file=sys.stderr)
        print(f"The whole log: {_copy_of(bot.log)}", file=sys.stderr)
    return 1


def _copy_of(log: Path) -> str:
    """Return a copy of the log that outlives the demo's folder."""
    descriptor, name = tempfile.mkstemp(prefix="recbot-demo-", suffix=".log")
    os.close(descriptor)
    shutil.copyfile(log, name)
    return name
