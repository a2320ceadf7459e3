import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin import StandIn
from bot.standin.cast import enter
from bot.standin.conversation import Conversation
from bot.standin.moved_clock import MovedClock
from bot.standin.prompt import Prompt
from bot.standin.tour import BEGINS
from tests.standin.bots import connected_by_http
from tests.standin.full_answers import ANSWER, answering, post_digest


class Terminal:
    """Types lines at the prompt, and reads what was written since."""

    def __init__(self, slack: StandIn, clock: MovedClock) -> None:
        self.slack = slack
        self._out = io.StringIO()
        self.prompt = Prompt(slack, clock, enter(slack), Conversation(self._out, clock.now))

    def types(self, line: str) -> str:
        before = len(self._out.getvalue())
        self.prompt.postcmd(self.prompt.onecmd(line), line)
        return self._out.getvalue()[before:]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    clock = MovedClock(tmp_path / "clock", BEGINS)
    with StandIn(now=clock.now) as slack, connected_by_http(slack, answering(slack)):
        yield Terminal(slack, clock)


def test_a_command_is_typed_as_the_person_one_is_and_where_one_is(terminal: Terminal) -> None:
    assert "to Cora Lane alone" in terminal.types("/recs 15")
    terminal.types("as kim")
    terminal.types("dm")
    assert terminal.prompt.prompt.startswith("\nKim Hale, direct messages, Mon 10 Mar 2025 08:59")
    terminal.types("/recs 15")
    (reply,) = terminal.slack.seen_by("U0KIM")
    assert reply.channel.startswith("D")
    terminal.types("#coordination")
    terminal.types("/recs 15")
    assert terminal.slack.seen_by("U0KIM")[-1].channel == "C0COORD"


@pytest.mark.parametrize("label", ["click Undo", "click undo", "click 1"])
def test_a_button_is_clicked_by_its_label_or_its_place(terminal: Terminal, label: str) -> None:
    terminal.types("/recs 15")
    assert "Cora Lane clicks [Undo]" in terminal.types(label)
    assert [reply.buttons for reply in terminal.slack.seen_by("U0CORA")] == [[]]


@pytest.mark.parametrize("label", ["click", "click 0", "click 3", "click Update"])
def test_a_button_that_is_not_there_is_answered_with_those_that_are(terminal: Terminal, label: str) -> None:
    terminal.types("/recs 15")
    assert "The buttons are: 1 Undo, 2 Share in channel." in terminal.types(label)


def test_what_was_shared_leaves_the_reply_to_be_clicked(terminal: Terminal) -> None:
    terminal.types("/recs 15")
    assert "for everybody" in terminal.types("click Share in channel")
    assert "Cora Lane clicks [Undo]" in terminal.types("click Undo")


def test_nobody_clicks_in_what_another_saw_alone(terminal: Terminal) -> None:
    terminal.types("/recs 15")
    terminal.types("as ed")
    assert "There is no button" in terminal.types("click Undo")


def test_the_channel_is_shown_with_its_threads_and_news_shows_itself_once(terminal: Terminal) -> None:
    post_digest(terminal.slack)
    assert terminal.types("").count("Stalking: all 43 accepted") == 1
    assert "Stalking: all 43" not in terminal.types("")
    assert "in the thread, Monday 08:59:\n  │ No news for 60 days" in terminal.types("channel")


def test_seen_shows_what_only_this_person_saw(terminal: Terminal) -> None:
    assert "Cora Lane has seen nothing yet." in terminal.types("seen")
    terminal.types("/recs 15")
    assert ANSWER[:20] in terminal.types("seen")
    terminal.types("as vic")
    assert "Vic Park has seen nothing yet." in terminal.types("seen")


def test_the_clock_moves_on_but_not_back(terminal: Terminal) -> None:
    assert "It is Monday 17 March 2025, 09:00 in London." in terminal.types("clock next monday 09:00")
    assert "only goes forward" in terminal.types("clock 2025-03-11T09:00")
    assert "Say +30m" in terminal.types("clock soon")
    assert "17 Mar 2025 09:00" in terminal.prompt.prompt


def test_what_is_not_understood_says_what_can_be_typed(terminal: Terminal) -> None:
    assert "/recs 15" in terminal.types("hello")
    assert "cora, kim, ed, vic, gus, stella" in terminal.types("as bob")
    assert "next monday 09:00" in terminal.types("help")


@pytest.mark.parametrize("word", ["quit", "EOF"])
def test_the_loop_ends_only_when_asked(terminal: Terminal, word: str) -> None:
    assert not terminal.prompt.onecmd("as kim")
    assert terminal.prompt.onecmd(word)


def test_a_bot_that_is_away_is_told_in_words(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock", BEGINS)
    with StandIn(now=clock.now) as slack:
        assert "Slack says: dispatch_failed" in Terminal(slack, clock).types("/recs 15")
