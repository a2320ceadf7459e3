"""`recbot demo`: the real bot in a Slack that stands in; a tour, then a prompt for all the cast."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bot.standin.cast import CHANNEL, COORDINATOR, enter
from bot.standin.conversation import Conversation, on_standard_output
from bot.standin.moved_clock import MovedClock
from bot.standin.people import Person
from bot.standin.prompt import Prompt
from bot.standin.real_bot import BotFailed, RealBot, settings_of
from bot.standin.stand_in import StandIn
from bot.standin.tour import BEGINS, StepFailed, Tour


@dataclass(frozen=True)
class _Stage:
    slack: StandIn
    clock: MovedClock
    cast: Mapping[str, Person]
    bot: RealBot


def run(only_tour: bool) -> int:
    """The exit code: 0, or 1 if the bot did not start or a step of the tour was not answered."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_ctrl_c)
    try:
        with tempfile.TemporaryDirectory(prefix="recbot-demo-") as folder, _staged(Path(folder)) as stage:
            return _play(stage, only_tour)
    except KeyboardInterrupt:
        print("\nStopped; nothing is left behind.")
        return 1 if only_tour else 0


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _staged(folder: Path) -> Iterator[_Stage]:
    """Stand-in, clock and cast, and a bot that is not started yet; it is stopped at the end."""
    clock = MovedClock(folder / "clock", BEGINS)
    with StandIn(now=clock.now) as slack:
        bot = RealBot(folder, settings_of(slack, folder, clock.path, COORDINATOR, CHANNEL))
        try:
            yield _Stage(slack, clock, enter(slack), bot)
        finally:
            # A second Ctrl-C would leave the bot behind.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            bot.stop()


def _play(stage: _Stage, only_tour: bool) -> int:
    conversation = on_standard_output(stage.clock.now)
    try:
        _start(stage)
        tour = Tour(stage.slack, stage.clock, stage.cast, conversation)
        tour.walk()
        _say_how_to_go_on(conversation, tour.steps, only_tour)
        if not only_tour:
            Prompt(stage.slack, stage.clock, stage.cast, conversation).cmdloop()
    except BotFailed as failure:
        return _failed(f"The demo's bot did not come up: {failure}.", stage.bot)
    except StepFailed as failure:
        return _failed(f"The tour stopped. {failure}.", stage.bot)
    return 0


def _start(stage: _Stage) -> None:
    stage.bot.load_example()
    # Loading takes a while; the digest of nine is owed only by a bot that was there before nine.
    stage.clock.move_to(BEGINS)
    stage.bot.start()
    stage.bot.wait_until_connected(stage.slack)


def _say_how_to_go_on(conversation: Conversation, steps: int, only_tour: bool) -> None:
    conversation.notice(f"That was the tour: {steps} steps, each answered; the digest came once.")
    if only_tour:
        conversation.says("Run `recbot demo` in a terminal to type `/recs …` yourself, as any of the cast.")
    else:
        conversation.says(
            "Now it is your turn: type `/recs help`, or `help` for what else can be typed here."
        )


def _failed(words: str, bot: RealBot) -> int:
    print(f"\n{words}", file=sys.stderr)
    lines = bot.last_lines()
    if lines:
        print("The last lines of its log:", *lines, sep="\n  ", file=sys.stderr)
        print(f"The whole log: {_kept(bot.log)}", file=sys.stderr)
    return 1


def _kept(log: Path) -> str:
    """A copy of the log that outlives the demo's folder."""
    descriptor, name = tempfile.mkstemp(prefix="recbot-demo-", suffix=".log")
    os.close(descriptor)
    shutil.copyfile(log, name)
    return name
