"""`recbot init`: what it asks, what it has Slack check, and the file that comes of it."""

import argparse
import io
import os
import pty
import select
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import manifest
from bot.commands import init, settings_file
from bot.standin import StandIn

SOURCE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def slack() -> Iterator[StandIn]:
    with StandIn() as slack:
        slack.install(manifest.socket_form())
        slack.add_channel("C0COORD", "coordination")
        slack.add_channel("C0OTHER", "other", bot_is_member=False)
        yield slack


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recbot.env"


def answered(
    monkeypatch: pytest.MonkeyPatch, file: Path, *lines: str, slack: StandIn | None = None, url: str = ""
) -> int:
    """Answer from a pipe, a line to each question; nothing after them."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    environ = {"SLACK_API_URL": slack.api_url if slack else url}
    return init.run(argparse.Namespace(file=file), environ, datetime.now(UTC))


def test_the_settings_are_checked_with_slack_and_written_for_their_owner_alone(
    slack: StandIn, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0o022)
    try:
        code = answered(
            monkeypatch, file, slack.bot_token, slack.app_token, "U0CORA,U0DEV", "C0COORD", slack=slack
        )
    finally:
        os.umask(before)
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert settings_file.read(file) == {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "RECBOT_COORDINATORS": "U0CORA,U0DEV",
        "RECBOT_DIGEST_CHANNEL": "C0COORD",
    }
    assert "ok   token: Slack knows it as recbot in team T0HOME." in shown.out
    assert "ok   requests: by Socket Mode." in shown.out
    assert "ok   channel: recbot is in C0COORD." in shown.out
    assert f"Wrote {file}, for you alone (0600)." in shown.out
    for secret in (slack.bot_token, slack.app_token):
        assert secret not in shown.out


def test_without_an_app_level_token_it_is_http_and_says_what_to_paste(
    slack: StandIn, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = (slack.bot_token, "", slack.signing_secret, "", "")
    assert answered(monkeypatch, file, *answers, slack=slack) == 0
    shown = capsys.readouterr().out
    assert settings_file.read(file).keys() == {"SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}
    assert "paste what `recbot manifest --http https://YOUR.ADDRESS` prints" in shown
    assert slack.signing_secret not in shown


WRONG = [
    (("",), "SLACK_BOT_TOKEN: nothing was entered."),
    (("a-password",), "SLACK_BOT_TOKEN: set the bot token, which begins with xoxb-"),
    (("xoxb-quoted'",), "SLACK_BOT_TOKEN: copy it again, with nothing round it."),
    (("xoxb-1-nobodys",), "FAIL token: Slack does not take SLACK_BOT_TOKEN (invalid_auth): copy it again."),
    (("BOT", "xoxb-1-bot"), "SLACK_APP_TOKEN: set an app-level token, which begins with xapp-"),
    (("BOT", "xapp-1-nobodys"), "FAIL requests: SLACK_APP_TOKEN does not open a connection (invalid_auth)"),
    (("BOT", "", ""), "SLACK_SIGNING_SECRET: nothing was entered."),
    (("BOT", "APP", "Cora"), "RECBOT_COORDINATORS: set Slack user ids with commas between them"),
    (("BOT", "APP", "", "C0OTHER"), "FAIL channel: recbot is not in C0OTHER: type /invite @recbot there."),
    (("BOT", "APP"), "Nothing was written."),
]


@pytest.mark.parametrize(("answers", "says"), WRONG, ids=[" ".join(answers) or "-" for answers, _ in WRONG])
def test_what_slack_or_the_rules_do_not_take_is_said_and_nothing_is_written(
    slack: StandIn,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: tuple[str, ...],
    says: str,
) -> None:
    tokens = {"BOT": slack.bot_token, "APP": slack.app_token}
    assert answered(monkeypatch, file, *(tokens.get(line, line) for line in answers), slack=slack) == 1
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.err.endswith("Nothing was written.\n")
    assert not file.exists()
    secrets = [line for line in (*tokens.values(), *answers) if line.startswith(("xox", "xapp", "a-"))]
    assert not [secret for secret in secrets if secret in shown.out + shown.err]


@pytest.mark.parametrize("there", ["a file", "an empty file", "a link that leads nowhere"])
def test_a_file_that_is_there_is_never_written_over_and_nothing_is_asked(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    if there == "a link that leads nowhere":
        file.symlink_to(file.parent / "elsewhere")
    else:
        file.write_text("mine" if there == "a file" else "")
    assert answered(monkeypatch, file, url="http://127.0.0.1:9/api/") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{file} is there already, and stays as it is.")
    assert not (file.parent / "elsewhere").exists()
    assert file.is_symlink() or file.read_text() in ("mine", "")


def test_a_slack_that_does_not_answer_is_told_from_a_wrong_token(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(monkeypatch, file, "xoxb-1-bot", url="http://127.0.0.1:9/api/") == 1
    assert "FAIL Slack: does not answer" in capsys.readouterr().err


class Terminal:
    """A terminal with `recbot init` in it: all that it shows, and answers typed at a prompt."""

    def __init__(self, file: Path, url: str) -> None:
        self._master, slave = pty.openpty()
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "init", str(file)],
            cwd=SOURCE,
            env=os.environ | {"SLACK_API_URL": url},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def type(self, prompt: str, answer: str, *, times: int = 1) -> None:
        """Type an answer when the prompt stands there, for the so manieth time."""
        self._read_until(lambda: self.shown.count(prompt) >= times)
        os.write(self._master, answer.encode())

    def end(self) -> int:
        """Return the exit code, once it has ended by itself."""
        self._read_until(lambda: self.process.poll() is not None)
        os.close(self._master)
        return self.process.wait()

    def _read_until(self, is_enough: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self._master], [], [], 0.1)
            try:
                read = os.read(self._master, 65536) if ready else b""
            except OSError:
                # Linux says so where nobody has the other end open any more.
                read = b""
            self.shown += read.decode()
            if not read and is_enough():
                return
        self.process.kill()
        raise TimeoutError(self.shown)


def test_at_a_terminal_no_token_is_shown_and_a_wrong_one_can_be_entered_again(
    slack: StandIn, file: Path
) -> None:
    terminal = Terminal(file, slack.api_url)
    terminal.type("Bot token (not shown): ", "xoxb-1-nobodys\n")
    terminal.type("Bot token (not shown): ", f"{slack.bot_token}\n", times=2)
    terminal.type("App-level token (not shown; Enter: none): ", f"{slack.app_token}\n")
    terminal.type("Member ids (Enter: none): ", "U0CORA\n")
    terminal.type("Channel id (Enter: none): ", "\n")
    assert terminal.end() == 0
    assert "FAIL token: Slack does not take SLACK_BOT_TOKEN (invalid_auth): copy it again." in terminal.shown
    assert "U0CORA" in terminal.shown
    assert not [
        secret for secret in ("nobodys", slack.bot_token, slack.app_token) if secret in terminal.shown
    ]
    assert settings_file.read(file)["SLACK_BOT_TOKEN"] == slack.bot_token


def test_an_interruption_at_a_prompt_writes_nothing(slack: StandIn, file: Path) -> None:
    terminal = Terminal(file, slack.api_url)
    terminal.type("Bot token (not shown): ", "\x04")
    assert terminal.end() == 1
    assert terminal.shown.endswith("Nothing was written.\r\n")
    assert not file.exists()
