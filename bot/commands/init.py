"""`recbot init`: asks for the tokens without showing them, has Slack check them, and writes the settings to a
new file for its owner alone."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from bot.commands import check, settings_file
from bot.commands.check import Finding
from bot.commands.failing import failed, not_written
from bot.runtime.wiring.slack_clients import web_client
from bot.settings import SLACK_API, Settings, SettingsError

DEFAULT_FILE = Path("recbot.env")

_TRIES = 3

_APP = """\
1. The Slack app. Open https://api.slack.com/apps, choose Create New App, From an app manifest, and your
   workspace. Paste what `recbot manifest` prints. Then choose Install to Workspace.
"""
_OAUTH = """
2. The bot token. OAuth & Permissions shows it; it begins with xoxb-.
"""
_SOCKET_MODE = """
3. The app-level token. Basic Information, App-Level Tokens, Generate, with the scope connections:write. It
   begins with xapp-. For requests by HTTP, behind a proxy of your own, leave it out.
"""
_BY_HTTP = """
   By HTTP, then: Basic Information, App Credentials, Signing Secret. Slack cannot be asked whether it
   is right.
"""
_COORDINATORS = """
4. The first coordinators, who may do everything: their member ids, from their profiles (⋮, Copy member ID),
   with commas between them. Without one, nobody can grant anything.
"""
_CHANNEL = """
5. The channel of the weekly digest: its id stands at the end of About in the channel's details. Type
   /invite @recbot in it first. Without it no digest is posted.
"""
_REMARKS = """\
Settings of recbot, written by `recbot init`. They are as good as a password: keep them from others.
Without DATABASE_URL, the register is recbot.db in the folder in which recbot is started; with
DATABASE_URL=postgresql://USER:PASSWORD@HOST/NAME it is in PostgreSQL.
"""


class _NotTaken(Exception):
    """An answer that was not taken, and cannot be asked for again: what was wrong, a line a problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=Path,
        default=DEFAULT_FILE,
        help=f"the new file ({DEFAULT_FILE})",
    )


def run(arguments: argparse.Namespace, environ: Mapping[str, str], now: datetime) -> int:
    """Return the exit code. `now` is the real UTC instant by this machine's clock; of `environ` only
    SLACK_API_URL is looked at."""
    file: Path = arguments.file.absolute()
    if file.exists() or file.is_symlink():
        return failed(f"{file} is there already, and stays as it is. Give another name: recbot init FILE.")
    if not file.parent.is_dir():
        return failed(f"There is no folder {file.parent}.")
    own_slack = _own_slack(environ)
    if not all(map(settings_file.is_plain, own_slack.values())):
        return failed("SLACK_API_URL: it holds characters that cannot be written into a file of settings.")
    print(f"The settings go into {file}. Nothing is written before the end; Ctrl-C leaves.\n")
    try:
        values = _Conversation(own_slack, now).values()
        settings_file.write(file, values, _REMARKS)
    except _NotTaken as refusal:
        return failed(*refusal.problems, "Nothing was written.")
    except (EOFError, KeyboardInterrupt):
        return failed("", "Nothing was written.")
    except FileExistsError:
        return failed(f"{file} was made by somebody else meanwhile, and stays as it is. Nothing was written.")
    except OSError as error:
        return failed(not_written(file, error))
    print(_next_steps(file, arguments.file, values))
    return 0


def _own_slack(environ: Mapping[str, str]) -> dict[str, str]:
    """Return where Slack's Web API is, for a workspace that is not on slack.com."""
    url = environ.get("SLACK_API_URL", "").strip()
    return {"SLACK_API_URL": url} if url and url != SLACK_API else {}


class _Conversation:
    """Asks for one setting after the other, until Slack takes what it can check."""

    def __init__(self, values: dict[str, str], now: datetime) -> None:
        self._values = values
        self._now = now

    def values(self) -> dict[str, str]:
        """Ask for each setting and return them by name. Raises _NotTaken, and EOFError where the answers end
        too soon."""
        print(_APP, end="")
        print(_OAUTH, end="")
        self._ask("SLACK_BOT_TOKEN", "Bot token", self._bot_token_findings)
        print(_SOCKET_MODE, end="")
        if not self._ask("SLACK_APP_TOKEN", "App-level token", self._connection_findings, optional=True):
            print(_BY_HTTP, end="")
            self._ask("SLACK_SIGNING_SECRET", "Signing secret", _nothing_to_check)
        print(_COORDINATORS, end="")
        self._ask("RECBOT_COORDINATORS", "Member ids", _nothing_to_check, optional=True, secret=False)
        print(_CHANNEL, end="")
        self._ask("RECBOT_DIGEST_CHANNEL", "Channel id", self._channel_findings, optional=True, secret=False)
        return self._values

    def _ask(
        self,
        name: str,
        label: str,
        findings: Callable[[Settings], Iterator[Finding]],
        *,
        optional: bool = False,
        secret: bool = True,
    ) -> bool:
        """Ask until the answer holds. Return whether there is one. Raises _NotTaken after so many tries, and
        at once where no person answers."""
        hints = [hint for hint, holds in (("not shown", secret), ("Enter: none", optional)) if holds]
        prompt = f"   {label} ({'; '.join(hints)}): " if hints else f"   {label}: "
        tries = _TRIES if sys.stdin.isatty() else 1
        while True:
            answer = _read(prompt, secret=secret)
            if not answer and optional:
                return False
            problems = self._problems(name, answer, findings)
            if not problems:
                self._values[name] = answer
                return True
            tries -= 1
            if not tries:
                raise _NotTaken(problems)
            print("\n".join(f"   {problem}" for problem in problems))

    def _problems(
        self, name: str, answer: str, findings: Callable[[Settings], Iterator[Finding]]
    ) -> list[str]:
        """Return what is wrong with an answer, and print what is right. No answer is among either."""
        if not answer:
            return [f"{name}: nothing was entered."]
        try:
            settings = Settings.load(self._values | {name: answer}, with_slack=False)
        except SettingsError as error:
            return error.problems
        if not settings_file.is_plain(answer):
            return [f"{name}: copy it again, with nothing round it."]
        problems = []
        for finding in findings(settings):
            if finding.good:
                print(f"   {finding}")
            else:
                problems.append(str(finding))
        return problems

    def _bot_token_findings(self, settings: Settings) -> Iterator[Finding]:
        yield from check.bot_token(web_client(settings, timeout=10), self._now)

    def _connection_findings(self, settings: Settings) -> Iterator[Finding]:
        yield check.connection(settings)

    def _channel_findings(self, settings: Settings) -> Iterator[Finding]:
        yield check.channel(web_client(settings, timeout=10), settings.digest_channel)


def _nothing_to_check(_: Settings) -> Iterator[Finding]:
    yield from ()


def _read(prompt: str, *, secret: bool) -> str:
    """Ask whoever sits at the terminal, or take a line of what is piped in. Raises EOFError."""
    if sys.stdin.isatty():
        return (getpass.getpass(prompt) if secret else input(prompt)).strip()
    print(prompt)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def _next_steps(file: Path, as_typed: Path, values: Mapping[str, str]) -> str:
    recbot = f"recbot --settings {as_typed}"
    steps = [
        f"{recbot} import --bodies    (the 43 policing bodies; or, to try it: {recbot} example)",
        f"{recbot} check",
        f"{recbot} serve",
    ]
    if "SLACK_APP_TOKEN" not in values:
        steps.append(
            "In Slack, under App Manifest, paste what `recbot manifest --http https://YOUR.ADDRESS` prints,"
            " once recbot serves there."
        )
    if "RECBOT_COORDINATORS" in values:
        steps.append("In Slack, as a coordinator: /recs grant @kim kent")
    lines = "\n".join(f"- {step}" for step in steps)
    return f"\nWrote {file}, for you alone (0600).\n\nWhat comes next:\n{lines}"
