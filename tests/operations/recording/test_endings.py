"""Ends of bodies, recorded ahead: only what is decided takes effect, and all of it can be changed before."""

import argparse
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.commands import endings as command_line
from bot.domain.messages.home import HomePlace
from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.ending_plan import EndingProblem, EndingRefused, EndingView
from bot.domain.register.people import PersonKey
from bot.domain.register.policing_body import Sureness
from bot.operations.questions.home import home
from bot.operations.recording import endings
from bot.operations.recording.pass_on import pass_on
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.home import home_tab
from storage import addressees, people, succession
from tests.cast import ALICE, CORA, NOW, VIC, Register, occasion
from tests.operations.endings import AFTER, EVE, audited_case, says

PLAN = "ending kent 30 Apr 2027 to surrey"


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    with audited_case(database_url) as register:
        yield register


def changes(register: Register, text: str) -> EndingView:
    return endings.change(register.store, occasion(CORA), ending(register, text))


def ending(register: Register, text: str) -> ChangeEnding:
    command = register.read(text)
    assert isinstance(command, ChangeEnding)
    return command


def test_nothing_is_planned_before_somebody_says_so(register: Register) -> None:
    assert says(register, "bodies", VIC).text == "No body is known to end."


def test_a_look_comes_first_and_changes_nothing(register: Register) -> None:
    screen = says(register, f"{PLAN}, announced: HL11959, 2 December 2025")
    assert screen.text == (
        "Kent would end on 30 April 2027, and Surrey would stand in its place. Nothing is changed yet."
    )
    assert "anyway: HL11959, 2 December 2025" in str(screen.blocks)
    assert says(register, "bodies").text == "No body is known to end."


def test_a_plan_is_shown_with_its_source_and_how_sure_it_is(register: Register) -> None:
    says(register, f"{PLAN}, announced anyway: HL11959, 2 December 2025")
    screen = str(says(register, "bodies", VIC).blocks)
    assert "Kent ends on 30 Apr 2027 (announced), then Surrey" in screen
    assert "According to HL11959, 2 December 2025" in screen
    assert "do its contacts" not in screen
    says(register, "ending kent decided anyway")
    assert "do its contacts" in str(says(register, "bodies", VIC).blocks)


@pytest.mark.parametrize("sureness", list(Sureness))
def test_only_what_is_decided_takes_effect(register: Register, sureness: Sureness) -> None:
    changes(register, f"{PLAN}, {sureness} anyway: HL11959")
    assert pass_on(register.store, EVE) == 0
    assert (pass_on(register.store, AFTER) > 0) is (sureness is Sureness.DECIDED)


def test_without_a_word_it_is_the_least_sure(register: Register) -> None:
    assert changes(register, f"{PLAN} anyway: a newspaper").sureness is Sureness.REPORTED


def test_a_plan_is_changed_and_withdrawn_before_its_day(register: Register) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    assert changes(register, "ending kent 31 May 2028 anyway").body.ending_source == "HL11959"
    assert pass_on(register.store, AFTER) == 0
    changes(register, "ending kent withdrawn anyway")
    assert pass_on(register.store, AFTER + timedelta(days=800)) == 0
    assert says(register, "bodies").text == "No body is known to end."


def test_duties_are_divided_between_several_after_a_look(register: Register) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    assert (
        "1 of what is asked of Kent would pass to Essex"
        in says(register, "ending kent stalking 15 to essex").text
    )
    changes(register, "ending kent stalking 15 to essex anyway")
    pass_on(register.store, AFTER)
    kent, essex, surrey = (register.body(slug).code for slug in ("kent", "essex", "surrey"))
    with register.store.reading() as connection:
        passed = {row.recommendation_id: row.passed_to for row in succession.left_by(connection, kent)}
        assert passed.pop("stalking-15") == essex
        assert set(passed.values()) == {surrey}
        counted = addressees.of_recommendation(connection, "stalking-15")
        assert sum(row.live for row in counted) == 42


@pytest.mark.parametrize("when", ["before", "after"])
def test_contacts_pass_when_a_coordinator_says_so_and_not_else(register: Register, when: str) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    if when == "before":
        changes(register, "ending kent contacts pass anyway")
    pass_on(register.store, AFTER)
    surrey = register.body("surrey").code

    def contacts() -> set[PersonKey]:
        with register.store.reading() as connection:
            return {held.who for held in people.contacts(connection, surrey)}

    assert (ALICE in contacts()) is (when == "before")
    if when == "after":
        changes(register, "ending kent contacts pass anyway")
        assert ALICE in contacts()


def test_contacts_that_stay_are_granted_nothing(register: Register) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    changes(register, "ending kent contacts stay anyway")
    pass_on(register.store, AFTER)
    surrey = register.body("surrey").code
    with register.store.reading() as connection:
        assert ALICE not in {held.who for held in people.granted(connection, body_code=surrey)}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("ending kent 30 Apr 2027 to kent anyway: HL11959", EndingProblem.ITSELF),
        ("ending kent 30 Apr 2027 to surrey anyway", EndingProblem.SOURCE_MISSING),
        ("ending kent withdrawn anyway", EndingProblem.NOTHING_PLANNED),
        ("ending kent stalking 15 to essex anyway", EndingProblem.NOTHING_PLANNED),
        ("ending essex 30 Apr 2027 to gwent anyway: HL11959", EndingProblem.HEIR_ENDS),
    ],
)
def test_what_cannot_be_is_refused(register: Register, typed: str, problem: EndingProblem) -> None:
    changes(register, "ending gwent 30 Apr 2027 to surrey anyway: HL11959")
    with pytest.raises(EndingRefused) as refusal:
        changes(register, typed)
    assert refusal.value.problem is problem


def test_after_its_end_nothing_of_it_is_changed(register: Register) -> None:
    changes(register, "ending kent 1 Mar 2025 to surrey, decided anyway: HL11959")
    for typed in ("ending kent withdrawn anyway", "ending kent 30 Apr 2027 anyway"):
        with pytest.raises(EndingRefused) as refusal:
            changes(register, typed)
        assert refusal.value.problem is EndingProblem.HAS_ENDED


def test_only_coordinators_plan_and_no_source_names_a_victim(register: Register) -> None:
    with pytest.raises(NotACoordinator):
        endings.change(register.store, occasion(ALICE), ending(register, f"{PLAN} anyway: HL11959"))
    with pytest.raises(EndingRefused) as refusal:
        changes(register, f"{PLAN} anyway: the victim Anna North, 07700 900111")
    assert refusal.value.problem is EndingProblem.MAY_IDENTIFY


def test_the_same_request_again_records_nothing_more(register: Register) -> None:
    command, request = ending(register, f"{PLAN} anyway: HL11959"), occasion(CORA)
    first = endings.change(register.store, request, command)
    assert endings.change(register.store, request, command) == first


def test_the_command_line_plans_too(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    def command(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        command_line.add_arguments(parser)
        return command_line.run(parser.parse_args(["plan", *arguments]), register.store, NOW)

    plan = ["kent", "--on", "2027-04-30", "--to", "surrey", "--sure", "decided"]
    assert command(*plan, "--source", "HL11959") == 0
    assert command() == 0
    assert "Kent ends on 30 Apr 2027 (decided), then Surrey" in capsys.readouterr().out
    assert command("kent", "--withdraw") == 0
    assert command("kent", "--withdraw") == 1
    assert "No end is recorded for Kent" in capsys.readouterr().err


def test_a_contact_of_a_body_that_ended_learns_who_stands_there_and_need_not_name_another(
    register: Register,
) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    pass_on(register.store, AFTER)
    ended = "Kent ended on 30 April 2027, and Surrey stands in its place."
    mine = says(register, "mine", ALICE, AFTER)
    assert mine.text == ended
    waits = "Whether you will record for Surrey is for a coordinator to say."
    assert waits in str(mine.blocks)
    shown = str(home_tab.home(home(register.store, occasion(ALICE, AFTER), HomePlace(), NO_DIGEST)))
    assert ended in shown
    assert waits in shown
    assert "Reminders" not in shown
    refused = says(register, "note 15: a late word", ALICE, AFTER)
    assert refused.text == "Kent has ended, and its open duties have passed on to Surrey."
    assert says(register, "remind 15 kent", CORA, AFTER).text == refused.text
    assert says(register, "south east", CORA, AFTER).text.startswith("South East, 4 bodies: 4 of 4 accepted")
    changes(register, "ending kent contacts pass anyway")
    assert says(register, "mine", ALICE, AFTER).text.startswith("Surrey has 3 recommendations open")
    assert ended in str(says(register, "mine", ALICE, AFTER).blocks)
    recorded = says(register, "note 15: the first of Surrey", ALICE, AFTER)
    assert recorded.text == "Recorded for Surrey: a note on stalking 15."


def test_all_who_stand_in_a_divided_bodys_place_are_named(register: Register) -> None:
    changes(register, f"{PLAN}, decided anyway: HL11959")
    changes(register, "ending kent stalking 16 to essex anyway")
    pass_on(register.store, AFTER)
    text = "it ended on 30 April 2027, and Surrey and Essex stand in its place"
    assert text in says(register, "kent", instant=AFTER).text
    assert "Essex stands in its place" in says(register, "16 kent", instant=AFTER).text
    assert "Essex stands for Kent and itself." in str(says(register, "16", instant=AFTER).blocks)


def test_predecessors_that_an_ended_body_never_decided_between_are_its_heirs_to_decide(
    register: Register,
) -> None:
    register.says(CORA, "progress 15 kent blocked: waits on the ministry")
    changes(register, f"{PLAN}, decided anyway: HL11959")
    pass_on(register.store, AFTER)
    differ = "Kent and Surrey differ. Until Surrey says how it stands, it counts as not started."
    assert differ in str(says(register, "15 surrey", instant=AFTER).blocks)
    changes(register, "ending surrey 31 May 2027 to essex, decided anyway: the Order")
    later = AFTER + timedelta(days=40)
    pass_on(register.store, later)
    ended = says(register, "15 surrey", instant=later)
    assert "Kent and Surrey differed, and Surrey never said how it stood." in str(ended.blocks)
    assert "Record blocked" not in str(ended.blocks)
    heir = str(says(register, "15 essex", instant=later).blocks)
    assert "Kent, Surrey and Essex differ. Until Essex says how it stands, it counts as not started." in heir


def test_an_end_on_a_day_that_has_passed_says_before_that_it_cannot_be_taken_back(register: Register) -> None:
    look = says(register, "ending kent 1 Mar 2024 to surrey, decided: the Order")
    assert "That day has passed, so at once 3 recommendations" in str(look.blocks)
    assert "This cannot be taken back." in str(look.blocks)
    assert "Until then" not in str(look.blocks)
    changes(register, "ending kent 1 Mar 2024 to surrey, decided anyway: the Order")
    # What had been counted on the day of the letter is true all the same.
    sentence = "43 accepted on 22 November 2024; 42 bodies now stand in their place"
    assert sentence in says(register, "15").text
    assert "duties passed on · from 2 Mar 2024" in str(says(register, "history 15 kent").blocks)
