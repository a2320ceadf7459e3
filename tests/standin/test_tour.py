import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin import StandIn
from bot.standin.cast import enter
from bot.standin.conversation import Conversation
from bot.standin.moved_clock import MovedClock
from bot.standin.tour import BEGINS, StepFailed, Tour
from tests.standin.bots import connected_by_socket
from tests.standin.full_answers import ANSWER, DIGEST, answering, post_digest

ROOT = Path(__file__).parents[2]
TOUR = [sys.executable, "-m", "bot", "demo", "--tour"]
# Seconds for a tour to end: on a busy machine each of its four processes takes long to start.
PATIENCE = 300


def hostile(home: Path, **more: str) -> dict[str, str]:
    """An empty home, and settings of another bot that would break this one."""
    temporary = home / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "SLACK_BOT_TOKEN": "xoxb-somebody-elses",
        "SLACK_APP_TOKEN": "nonsense",
        "SLACK_SIGNING_SECRET": "xoxb-nonsense",
        "SLACK_API_URL": "http://127.0.0.1:9/",
        "DATABASE_URL": f"sqlite:///{home / 'precious.db'}",
        "RECBOT_CLOCK": "yesterday",
        "RECBOT_DIGEST_RULE": "never",
        "HOST": "nowhere",
        "PORT": "99999",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        **more,
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def toured(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        TOUR, cwd=ROOT, env=hostile(home), capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def test_the_tour_ends_well_whatever_is_set_outside(toured: subprocess.CompletedProcess[str]) -> None:
    assert toured.returncode == 0, toured.stdout[-2000:] + toured.stderr
    assert toured.stderr == ""


@pytest.mark.parametrize(
    "line",
    [
        "Stalking: all 43 accepted; none complete; due in 17 days.",
        "Cora Lane, in #coordination: /recs 15",
        "43 of 43 accepted, due 27 March 2025 (17 days left, 13 working days)",
        "Nothing is overdue.",
        "Kim Hale is now a contact of Kent.",
        "Recorded for Kent: stalking 15 is in progress.",
        "Kim Hale clicks [Undo]",
        "Taken back for Kent",
        "Only Kent's contacts can record for Kent.",
        "You cannot see the register yet.",
        "recbot demo",
    ],
)
def test_the_tour_can_be_read(toured: subprocess.CompletedProcess[str], line: str) -> None:
    assert line in toured.stdout


def test_the_tour_has_no_colour_in_a_pipe(toured: subprocess.CompletedProcess[str]) -> None:
    assert "\x1b" not in toured.stdout


def test_the_tour_leaves_nothing_behind(toured: subprocess.CompletedProcess[str], home: Path) -> None:
    assert [path.name for path in home.rglob("*")] == ["tmp"]


@pytest.mark.prove
def test_a_bot_that_does_not_come_up_is_told_in_words_with_its_last_lines(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if 'serve' in sys.orig_argv:\n"
        "    print('the disk is full', flush=True)\n"
        "    os._exit(1)\n"
    )
    toured = subprocess.run(
        TOUR,
        cwd=ROOT,
        env=hostile(tmp_path, PYTHONPATH=str(broken)),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert toured.returncode == 1
    assert "The demo's bot did not come up: it ended with exit code 1." in toured.stderr
    assert "the disk is full" in toured.stderr
    assert "Traceback" not in toured.stderr
    (log,) = (tmp_path / "tmp").iterdir()
    assert str(log) in toured.stderr
    assert "the disk is full" in log.read_text()


# The tour's own eyes, before a bot that is not recbot.


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[tuple[StandIn, Tour]]:
    clock = MovedClock(tmp_path / "clock", BEGINS)
    with StandIn(now=clock.now) as slack:
        yield slack, Tour(slack, clock, enter(slack), Conversation(io.StringIO(), clock.now))


def test_a_bot_that_answers_everything_passes(stage: tuple[StandIn, Tour]) -> None:
    slack, tour = stage
    post_digest(slack)
    with connected_by_socket(slack, answering(slack)):
        tour.walk()
    assert tour.steps == 14


def test_a_wrong_answer_ends_the_tour_and_its_step_is_named(stage: tuple[StandIn, Tour]) -> None:
    slack, tour = stage
    post_digest(slack)
    answer = ANSWER.replace("Nothing is overdue", "Much is overdue")
    with (
        connected_by_socket(slack, answering(slack, answer)),
        pytest.raises(StepFailed, match="Cora Lane types /recs overdue: the answer does not say “Nothing"),
    ):
        tour.walk()


def test_a_digest_that_comes_twice_fails_the_tour(stage: tuple[StandIn, Tour]) -> None:
    slack, tour = stage
    post_digest(slack)
    post_digest(slack)
    with connected_by_socket(slack, answering(slack)), pytest.raises(StepFailed, match="it came 2 times"):
        tour.walk()


def test_a_message_that_slack_would_not_show_as_meant_fails_the_tour(stage: tuple[StandIn, Tour]) -> None:
    slack, tour = stage
    post_digest(slack, DIGEST + " <!channel>")
    with connected_by_socket(slack, answering(slack)), pytest.raises(StepFailed, match="What recbot sent"):
        tour.walk()


def test_a_bot_that_has_gone_fails_the_step_at_once(stage: tuple[StandIn, Tour]) -> None:
    slack, tour = stage
    post_digest(slack)
    with pytest.raises(StepFailed, match="Cora Lane types /recs: no answer"):
        tour.walk()
