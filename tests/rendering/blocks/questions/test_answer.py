"""The answer to any question: a first sentence that can be passed on, and screens that Slack takes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.holding import is_recorded
from bot.domain.questions.model import AskedState, Question, Shape
from bot.domain.questions.pages import Page
from bot.domain.questions.question_answer import Answered, Line
from bot.domain.values import replace
from bot.operations.questions import answering
from bot.operations.request.name_book import read_names
from bot.rendering.blocks.questions import answer as blocks
from bot.rendering.blocks.questions import changes as changes_blocks
from bot.rendering.blocks.questions import deadlines as deadlines_blocks
from bot.rendering.blocks.questions.conditions import of_bodies, of_recommendations
from bot.rendering.screen import Screen
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, occasion, stalking_case
from tests.rendering.screens import assert_valid, buttons, read


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = stalking_case(f"sqlite:///{tmp_path_factory.mktemp('answers') / 'recbot.db'}")
    made.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    made.says(BOB, "progress 16 in progress: begun", NOW - timedelta(days=2))
    made.says(ED, "complete 16: all", NOW - timedelta(days=1))
    made.says(ED, "complete 15: all", NOW - timedelta(days=1))
    yield made
    made.store.database.close()


def answer_to(register: Register, typed: str, *, as_viewer: bool = False) -> Answered:
    with register.store.reading() as connection:
        names = read_names(connection)
    question = read_question(typed, names, NOW.date())
    return answering.answer(register.store, occasion(VIC if as_viewer else CORA), question)


def shown(register: Register, typed: str) -> Screen:
    screen = blocks.answer(answer_to(register, typed))
    assert_valid(screen)
    return screen


FIRST = {
    "15 blocked": "1 of 43 is blocked on stalking 15: Kent.",
    "15 wales not started": "4 of 4 (Wales) have not started stalking 15: Dyfed-Powys, Gwent, North Wales,"
    " South Wales.",
    "15 complete wales except gwent": "0 of 3 (Wales except Gwent) have completed stalking 15.",
    "15 count": "Stalking 15: 43 of 43 accepted; 1 of 43 complete.",
    "15 percent": "Stalking 15: 100% accepted (43 of 43); 2% complete (1 of 43).",
    "15 blocked percent": "2% (1 of 43) is blocked on stalking 15.",
    "15 not started count": "41 of 43 have not started stalking 15.",
    "kent not started": "Kent: 2 of 3 recommendations are not started: stalking 16 and 25.",
    "15 kent blocked": "Kent: 1 of 1 on stalking 15 is blocked.",
    "kent surrey": "The 3 recommendations (Kent and Surrey): 6 of 6 accepted; 0 of 6 complete.",
    "15 16 25 complete": "1 of 43 has completed one or more of stalking 15, 16 and 25: Essex"
    " (2 of 129 in all).",
    "15 16 complete essex kent": "1 of 2 (Essex and Kent) has completed one or more of stalking 15 and 16:"
    " Essex (2 of 4 in all).",
    "no contact wales": "4 of 4 (Wales) have no contact: Dyfed-Powys, Gwent, North Wales, South Wales.",
    "15 blocked as at 22 Nov 2024": "As at 22 November 2024: 0 of 43 are blocked on stalking 15.",
    "15 complete by region": "1 of 43 has completed stalking 15.",
}


def test_the_first_sentence_can_be_passed_on(register: Register) -> None:
    assert {typed: shown(register, typed).text for typed in FIRST} == FIRST


def test_below_it_stands_a_line_for_each_body(register: Register) -> None:
    (kent, *_) = read(shown(register, "15 blocked"))
    assert kent == "Kent · blocked since 7 Mar 2025 · “no provider” · ask Alice Ames"
    viewers = blocks.answer(answer_to(register, "15 blocked", as_viewer=True))
    assert read(viewers)[0] == "Kent · blocked since 7 Mar 2025 · on what is not published · ask Alice Ames"
    lines = read(shown(register, "kent surrey not started"))
    assert lines[:2] == [
        "Kent · stalking 16 and 25 not started · no news for 108 days · ask Alice Ames",
        "Surrey · stalking 15 and 25 not started · no news for 108 days · ask Bob Byrne",
    ]
    assert read(shown(register, "15 complete by region"))[1] == "East of England: 1 of 6 complete (Essex)"
    assert read(shown(register, "stage complete by report")) == ["stalking: 2 of 129 complete"]


def test_the_buttons_act_on_what_is_listed(register: Register) -> None:
    answered = answer_to(register, "15 blocked")
    value = f"{answered.fingerprint} 15 blocked"
    assert buttons(blocks.answer(answered)) == {
        "Share in channel": "15 blocked",
        "File": value,
        "Remind these": value,
    }
    assert "Remind these" not in buttons(blocks.answer(answer_to(register, "15 blocked", as_viewer=True)))
    assert "Remind these" not in buttons(shown(register, "15 complete"))
    assert list(buttons(shown(register, "wales checked"))) == ["Share in channel"]
    assert buttons(shown(register, "15 not started"))["More"] == "15 not started page 2"
    assert "page 2 of 2" in shown(register, "15 not started page 2").text


def test_every_state_has_words(register: Register) -> None:
    for state in filter(is_recorded, AskedState):
        assert of_bodies((state,), "stalking 15", 1) != of_bodies((state,), "stalking 15", 2)
        assert of_recommendations((state,))
        for shape in (Shape.LIST, Shape.PERCENT, Shape.BY_REGION, Shape.BY_REPORT):
            question = Question(conditions=(state,), shape=shape)
            assert_valid(blocks.answer(answering.answer(register.store, occasion(CORA), question)))


def test_the_longest_list_is_one_message(register: Register) -> None:
    answered = answer_to(register, "15 not started")
    line = answered.lines[0]
    assert isinstance(line, Line)
    nasty = "<!channel> & " * 200
    update = answer_to(register, "15 blocked").lines[0].update
    assert update
    long_line = replace(
        line,
        contacts=(nasty[:80],) * 9,
        update=replace(update, draft=replace(update.draft, text=nasty)),
        asked_until=date(2025, 9, 30),
    )
    for subject in (answered.subject, replace(answered.subject, recommendations=())):
        full = replace(answered, subject=subject, lines=(long_line,) * 25, page=Page(2, 110, 2_600, 25))
        assert_valid(blocks.answer(full))


def test_who_asks_of_their_own_body_can_record_it_instead(register: Register) -> None:
    with register.store.reading() as connection:
        names = read_names(connection)
    question = read_question("15 not started", names, NOW.date())
    for who, offered in (
        (BOB, {"Record for Surrey: stalking 15 not started": "not started stalking 15 body surrey"}),
        (VIC, {}),
        (CORA, {}),
    ):
        screen = blocks.answer(answering.answer(register.store, occasion(who), question))
        assert_valid(screen)
        recording = {label: value for label, value in buttons(screen).items() if label.startswith("Record")}
        assert recording == offered
    shared = answering.answer(register.store, occasion(BOB, for_everybody=True), question)
    assert not [label for label in buttons(blocks.answer(shared)) if label.startswith("Record")]


def test_changes_and_deadlines_say_of_what_and_when(register: Register) -> None:
    def question(typed: str) -> Question:
        with register.store.reading() as connection:
            return read_question(typed, read_names(connection), NOW.date())

    for typed, first in {
        "changes kent since 1 Mar": "Kent: 1 change with 1 body since Saturday 1 March 2025.",
        "changes wales 1 Mar 2025 to 8 Mar 2025": "Wales: nothing has changed from 1 March 2025"
        " to 8 March 2025.",
    }.items():
        screen = changes_blocks.changes(answering.changes_of(register.store, occasion(VIC), question(typed)))
        assert_valid(screen)
        assert screen.text == first
    for typed, first in {
        "deadlines wales": "3 deadlines for Wales by which something is still owed,"
        " the first on 27 March 2025.",
        "deadlines 15 kent before 1 Apr 2025": "1 deadline before 1 Apr 2025 for stalking 15, Kent by which"
        " something is still owed, on 27 March 2025.",
        "deadlines in Apr 2025": "Nothing is still owed with a deadline in Apr 2025.",
    }.items():
        screen = deadlines_blocks.deadlines_of(
            answering.deadlines_in(register.store, occasion(VIC), question(typed))
        )
        assert_valid(screen)
        assert screen.text == first
