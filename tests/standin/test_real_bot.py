import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.standin import StandIn
from bot.standin.real_bot import BotFailed, RealBot, environment


def program(source: str) -> Sequence[str]:
    return (sys.executable, "-c", source)


@pytest.mark.parametrize(
    "name",
    ["SLACK_BOT_TOKEN", "SLACK_API_URL", "RECBOT_DIGEST_RULE", "DATABASE_URL", "HOST", "PORT", "http_proxy"],
)
def test_nothing_set_for_another_bot_reaches_this_one(name: str) -> None:
    assert name not in environment({}, {name: "theirs"})


def test_the_rest_of_the_environment_stays_and_the_demo_s_settings_win() -> None:
    outside = {"PATH": "/bin", "HOSTNAME": "here", "SLACK_BOT_TOKEN": "theirs"}
    made = environment({"SLACK_BOT_TOKEN": "ours"}, outside)
    assert made == {"PATH": "/bin", "HOSTNAME": "here", "SLACK_BOT_TOKEN": "ours"} | {
        "PYTHONPATH": made["PYTHONPATH"]
    }


def test_an_example_that_cannot_be_loaded_is_a_failure_with_its_words_in_the_log(tmp_path: Path) -> None:
    bot = RealBot(tmp_path, {}, program("import sys; sys.exit('no such table')"))
    with pytest.raises(BotFailed, match="loading the example ended with exit code 1"):
        bot.load_example()
    assert bot.last_lines() == ["no such table"]


def test_a_bot_that_ends_before_it_connects_is_a_failure(tmp_path: Path) -> None:
    bot = RealBot(tmp_path, {}, program("raise SystemExit(3)"))
    bot.start()
    with StandIn() as slack, pytest.raises(BotFailed, match="it ended with exit code 3"):
        bot.wait_until_connected(slack)


def test_stopping_ends_the_process_and_may_be_asked_before_a_start(tmp_path: Path) -> None:
    bot = RealBot(tmp_path, {}, program("import time; time.sleep(60)"))
    bot.stop()
    bot.start()
    bot.must_run()
    bot.stop()
    with pytest.raises(BotFailed):
        bot.must_run()
