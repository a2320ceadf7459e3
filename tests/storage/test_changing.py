"""An UPDATE that must change a row looks at how many it changed, and no state is lost to the counts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Answer, Stage
from bot.domain.register.recommendation import RecommendationStatus
from storage import addressees, recommendations, redaction, tallies
from storage.changing import WrongNumberOfRows
from tests.cast import ALICE, Register, stalking_case


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()


def test_an_addressee_that_is_gone_is_not_saved_in_silence(register: Register) -> None:
    code = register.body("kent").code
    with register.store.begin() as connection:
        before = addressees.get(connection, "stalking-15", code)
        connection.execute(text("DELETE FROM addressees WHERE body_code = :code"), {"code": code})
    assert before is not None
    with pytest.raises(WrongNumberOfRows), register.store.begin() as connection:
        addressees.save(connection, before, replace(before, version=7))
    with pytest.raises(WrongNumberOfRows), register.store.begin() as connection:
        recommendations.end(connection, "stalking-99", RecommendationStatus.WITHDRAWN, None)


def test_a_state_that_the_counts_do_not_know_is_counted(register: Register) -> None:
    with register.store.begin() as connection:
        connection.execute(text("DELETE FROM tallies WHERE value IN ('complete', 'not accepted')"))
    register.says(ALICE, "complete 15: done")
    register.says(ALICE, "decline 16: why")
    with register.store.reading() as connection:
        counted = tallies.of(connection, ["stalking-15", "stalking-16"])
    assert counted["stalking-15"].stages[Stage.COMPLETE] == 1
    assert counted["stalking-16"].answers[Answer.NOT_ACCEPTED] == 1
    assert sum(counted["stalking-15"].stages.values()) == 43


def test_what_was_never_counted_is_not_taken_out_in_silence(register: Register) -> None:
    with register.store.begin() as connection:
        connection.execute(text("DELETE FROM tallies WHERE value = 'not started'"))
    with pytest.raises(WrongNumberOfRows):
        register.says(ALICE, "complete 15: done")


def test_what_was_never_owed_is_not_done_in_silence(register: Register) -> None:
    with register.store.begin() as connection:
        connection.execute(text("DELETE FROM due_tallies WHERE duty = 'action'"))
    with pytest.raises(WrongNumberOfRows):
        register.says(ALICE, "complete 15: done")


def test_words_that_are_not_there_are_not_erased_in_silence(register: Register) -> None:
    gone = redaction.Sending("reminder:gone", DeliveryState.SENT, None)
    with pytest.raises(WrongNumberOfRows), register.store.begin() as connection:
        redaction.erase(connection, 9_999)
    with pytest.raises(WrongNumberOfRows), register.store.begin() as connection:
        redaction.say_instead(connection, gone, {"text": "Erased."})


def test_every_state_has_its_place_on_screen() -> None:
    assert sorted(STAGES_IN_ORDER) == sorted(Stage)
    assert sorted(ANSWERS_IN_ORDER) == sorted(Answer)
