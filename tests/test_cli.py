"""The command as a shell runs it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli import main
from tests.bench.register import NOW, VIEWER, sqlite


def test_a_reader_who_has_had_enough_ends_it_quietly() -> None:
    """As in `recbot manifest | head`: the other end of the pipe is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "manifest"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"recbot {project['version']}\n")


# Few ask for what needs these, and to load them takes longer than all else.
SELDOM_NEEDED = {
    "alembic",
    "babel",
    "docx",
    "hypothesis",
    "jinja2",
    "openpyxl",
    "PIL",
    "psycopg",
    "bot.domain.personal_data.check",
    "bot.domain.questions.plain_words.reader",
    "bot.standin",
    "sqlalchemy.dialects.postgresql",
}


def loaded_by(code: str, *arguments: str) -> set[str]:
    """Return the modules that a new process has loaded at the end of what it runs."""
    printing = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    ended = subprocess.run(
        [sys.executable, "-c", printing, *arguments], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_to_say_what_it_is_it_loads_python_alone(argument: str) -> None:
    modules = loaded_by("from bot.__main__ import main; main()", argument)
    others = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names
    assert others <= {"bot", "__main__", *already_there()}
    assert {"bot.settings", "storage"}.isdisjoint(modules)


def already_there() -> set[str]:
    """Return what a process has loaded before recbot, by the packages that are installed."""
    return {module.partition(".")[0] for module in loaded_by("pass")}


def test_a_command_loads_what_it_needs_and_no_other_s() -> None:
    modules = loaded_by("from bot.__main__ import main; main()", "export", "--help")
    assert "bot.commands.export" in modules
    assert {"bot.commands.endings", "bot.commands.retention", "slack_bolt"}.isdisjoint(modules)


_ANSWERS = """
from contextlib import closing
from datetime import datetime
from slack_bolt import BoltRequest
from slack_sdk import WebClient
import bot.runtime.wiring.recbot
from bot.domain.register.people import PersonKey
from bot.operations.request.context import Services
from bot.operations.request.name_book import NameBook
from bot.runtime.clock import StartingClock
from bot.runtime.wiring.slack_app import create_app
from bot.runtime.wiring.slack_clients import Identity
from storage.database import Database
from storage.store import Store
from tests.bench.requests import SIGNING_SECRET, command, signed
url, home, user, now = sys.argv[1:]
with closing(Database(url)) as database:
    store = Store(database, home)
    clock, names = StartingClock(datetime.fromisoformat(now)), NameBook(store)
    services = Services(store, clock, None, names, lambda work: work(), hooks=())
    recbot = Identity(home, "U0RECBOT", "B0RECBOT")
    app = create_app(services, WebClient("xoxb-bench"), recbot, SIGNING_SECRET)
    body, headers = signed(command(PersonKey(home, user), "15"))
    answer = app.dispatch(BoltRequest(body=body, headers=dict(headers))).body
    assert "of 43 accepted" in answer, answer
"""


def test_the_first_answer_loads_nothing_that_only_few_need() -> None:
    with sqlite(4) as url:
        modules = loaded_by(_ANSWERS, url, VIEWER.team_id, VIEWER.user_id, NOW.isoformat())
    assert "slack_bolt" in modules
    assert SELDOM_NEEDED.isdisjoint(modules)
