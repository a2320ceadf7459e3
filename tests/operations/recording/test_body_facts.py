"""What a body is called, and is, from a day on: earlier days keep it, and old names still find the body."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.commands import endings as command_line
from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.grammar.typed_recordings import ChangeBody
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.body_facts import FactsProblem, FactsRefused, FactsView
from bot.domain.register.imports import BodyRow, FilePlace, RegisterRow
from bot.domain.register.policing_body import PolicingBody
from bot.operations.questions import export
from bot.operations.recording import body_facts
from storage import bodies
from tests.cast import ALICE, CORA, NOW, VIC, Register, occasion
from tests.operations.endings import audited_case, says
from tests.operations.imports.test_imports import into

MAYOR = "rename kent to Mayor of Kent, short name Kent and Medway, type mayor, code E47000020"
SINCE_FEBRUARY = f"{MAYOR}, from 1 Feb 2025 anyway: the order of 2025"
IN_2028 = f"{MAYOR}, from 8 May 2028 anyway: the order of 2027"
EVE = datetime(2028, 5, 7, 12, tzinfo=UTC)
AFTER = datetime(2028, 5, 8, 8, tzinfo=UTC)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    with audited_case(database_url) as register:
        yield register


def renamed(register: Register, text: str, instant: datetime = NOW) -> FactsView:
    command = register.read(text)
    assert isinstance(command, ChangeBody)
    return body_facts.change(register.store, occasion(CORA, instant), command)


def account(register: Register, day: date | None = None, *, known: bool = False) -> PolicingBody:
    command = Export(subject=Ref("stalking", "15"), as_at=day, known=known)
    with register.store.reading() as connection:
        whole = export.account_of(connection, NOW, command)
        [chapter] = whole.chapters
        entries = tuple(chapter.entries)
    [kent] = [entry.body for entry in entries if entry.body.code == register.body("kent").code]
    return kent


def test_a_look_comes_first_and_changes_nothing(register: Register) -> None:
    screen = says(register, f"{MAYOR}, from 8 May 2028: the order of 2027")
    assert screen.text == (
        "From 8 May 2028 Kent is: Mayor of Kent; shown as Kent and Medway; mayor; code E47000020."
        " Nothing is changed yet."
    )
    assert "anyway: the order of 2027" in str(screen.blocks)
    assert says(register, "bodies kent", VIC).text.startswith("Kent: Kent Police and Crime Commissioner")


def test_what_the_button_carries_is_what_was_typed(register: Register) -> None:
    typed = register.read(f"{MAYOR}, from 8 May 2028: the order of 2027")
    [button] = [
        element["value"]
        for block in says(register, f"{MAYOR}, from 8 May 2028: the order of 2027").blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    confirmed = register.read(button)
    assert isinstance(typed, ChangeBody)
    assert isinstance(confirmed, ChangeBody)
    assert confirmed.confirmed
    assert (confirmed.body, set(confirmed.facts), confirmed.from_day, confirmed.source) == (
        typed.body,
        set(typed.facts),
        typed.from_day,
        typed.source,
    )


@pytest.mark.parametrize("name", ["kent", "kent and medway", "Mayor of Kent", "E23000032", "e47000020"])
def test_old_and_new_names_and_codes_find_the_body(register: Register, name: str) -> None:
    renamed(register, SINCE_FEBRUARY)
    assert says(register, f"15 {name}", VIC).text.startswith("Stalking 15, Kent and Medway: accepted")


def test_lists_of_an_earlier_day_have_the_names_and_kinds_of_that_day(register: Register) -> None:
    renamed(register, SINCE_FEBRUARY)
    before, since = "as at 31 Jan 2025", "as at 1 Feb 2025"
    assert says(register, f"15 kent {before}", VIC).text.startswith(
        "As at 31 January 2025, stalking 15, Kent:"
    )
    assert "Kent and Medway" in says(register, f"15 kent {since}", VIC).text
    assert "Kent and Medway" not in says(register, "15 kent as known at 1 Mar 2025", VIC).text
    assert says(register, f"kent {before}", VIC).text.startswith("As at 31 January 2025, Kent:")
    assert "5 of 5" in says(register, f"15 mayors {before}", VIC).text
    assert "6 of 6" in says(register, f"15 mayors {since}", VIC).text
    assert "6 of 6" in says(register, "15 mayors", VIC).text
    assert "Kent and Medway" not in str(says(register, f"15 south east {before}", VIC).blocks)


def test_an_account_of_an_earlier_day_has_the_names_kinds_and_codes_of_that_day(register: Register) -> None:
    renamed(register, SINCE_FEBRUARY)
    facts = {
        (body.short_name, body.name, body.kind, body.shown_code)
        for body in (account(register), account(register, date(2025, 2, 1)))
    }
    assert facts == {("Kent and Medway", "Mayor of Kent", "mayor", "E47000020")}
    earlier = {
        (body.short_name, body.name, body.kind, body.shown_code)
        for body in (
            account(register, date(2024, 11, 22)),
            account(register, date(2025, 3, 1), known=True),
        )
    }
    assert earlier == {("Kent", "Kent Police and Crime Commissioner", "pcc", "E23000032")}


def test_what_is_planned_is_so_from_its_day_however_late_the_schedule_runs(register: Register) -> None:
    renamed(register, IN_2028)
    assert "Kent from 8 May 2028: Mayor of Kent" in str(says(register, "bodies", VIC).blocks)
    assert body_facts.take_effect(register.store, EVE) == 0
    late = AFTER + timedelta(days=3)
    assert body_facts.take_effect(register.store, late) == 1
    assert body_facts.take_effect(register.store, late) == 0
    assert says(register, "15 kent", VIC, late).text.startswith("Stalking 15, Kent and Medway")
    assert "Kent and Medway" in says(register, "15 kent as at 8 May 2028", VIC, late).text
    assert "Kent and Medway" not in says(register, "15 kent as at 7 May 2028", VIC, late).text
    assert "Kent and Medway" not in says(register, "15 kent as known at 10 May 2028", VIC, late).text


def test_a_plan_is_added_to_and_withdrawn_before_its_day(register: Register) -> None:
    renamed(register, "rename kent type mayor, from 8 May 2028 anyway: the bill")
    view = renamed(register, "rename kent to Mayor of Kent, from 8 May 2028 anyway: the order")
    assert view.plan is not None
    assert len(view.plan.facts) == 2
    with pytest.raises(FactsRefused) as refusal:
        renamed(register, "rename kent type board, from 9 May 2028 anyway: the bill")
    assert refusal.value.problem is FactsProblem.ANOTHER_DAY
    renamed(register, "rename kent withdrawn anyway")
    assert body_facts.take_effect(register.store, AFTER) == 0


def test_a_body_that_ends_first_keeps_what_it_was_called(register: Register) -> None:
    renamed(register, IN_2028)
    says(register, "ending kent 30 Apr 2027 to surrey, decided anyway: HL11959")
    assert body_facts.take_effect(register.store, AFTER) == 1
    assert body_facts.take_effect(register.store, AFTER) == 0
    kent = says(register, "bodies kent", VIC, AFTER)
    assert kent.text.startswith("Kent: Kent Police and Crime Commissioner")
    assert "Mayor" not in kent.text


def test_of_changes_from_the_same_days_the_last_recorded_holds(register: Register) -> None:
    renamed(register, "rename kent type mayor, from 1 Mar 2025 anyway: the order")
    renamed(register, "rename kent type board, from 1 Feb 2025 anyway: the order as amended")
    kinds = [account(register, date(2025, month, 1)).kind for month in (1, 2, 3)]
    assert kinds == ["pcc", "board", "board"]
    assert account(register).kind == "board"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("rename kent type mayor anyway", FactsProblem.SOURCE_MISSING),
        ("rename kent type pcc anyway: HL11959", FactsProblem.NOTHING_NEW),
        ("rename kent short name Essex anyway: HL11959", FactsProblem.NAME_TAKEN),
        ("rename kent code E23000028 anyway: HL11959", FactsProblem.CODE_TAKEN),
        ("rename kent withdrawn anyway", FactsProblem.NOTHING_PLANNED),
        ("rename kent type mayor, from 1 May 2010 anyway: HL11959", FactsProblem.HAS_NOT_BEGUN),
        ("rename surrey type mayor, from 1 May 2028 anyway: HL11959", FactsProblem.HAS_ENDED),
        (f"rename kent to {'Mayor ' * 30} anyway: HL11959", FactsProblem.NAME_TOO_LONG),
        ("rename kent type mayor anyway: the victim Anna North, 07700 900111", FactsProblem.MAY_IDENTIFY),
    ],
)
def test_what_cannot_be_is_refused_in_words(register: Register, typed: str, problem: FactsProblem) -> None:
    says(register, "ending surrey 30 Apr 2027 to essex, decided anyway: HL11959")
    with pytest.raises(FactsRefused) as refusal:
        renamed(register, typed)
    assert refusal.value.problem is problem
    assert "Nothing was changed" in says(register, typed).text


def test_only_coordinators_do_it_and_once(register: Register) -> None:
    command, request = register.read(SINCE_FEBRUARY), occasion(CORA)
    assert isinstance(command, ChangeBody)
    with pytest.raises(NotACoordinator):
        body_facts.change(register.store, occasion(ALICE), command)
    first = body_facts.change(register.store, request, command)
    assert body_facts.change(register.store, request, command) == first


def test_files_with_an_old_code_or_name_are_still_read(register: Register) -> None:
    renamed(register, "rename kent code E47000020 anyway: the order")
    renamed(register, "rename kent code E47000021, short name Kent and Medway anyway: the order")
    place = FilePlace("", "", 1)
    for number, code in enumerate(["E23000032", "E47000020", "E47000021"]):
        about = RegisterRow(
            place=place,
            report="stalking",
            recommendation="15",
            body_code=code,
            body="Kent",
            body_name="Kent Police and Crime Commissioner",
        )
        assert into(register, about, digest=f"rows {number}").notices == ()
        named = f"Kent {number}"
        into(register, BodyRow(place=place, code=code, force_name=named), digest=f"bodies {number}")
        with register.store.reading() as connection:
            everyone = bodies.everyone(connection)
        assert len(everyone) == 43
        assert named in {body.force_name for body in everyone}
    into(register, BodyRow(place=place, code="E23000032", aliases=("Kent PCC",)), digest="other names")
    assert says(register, "e47000020", VIC).text.startswith("Kent and Medway:")


def test_an_import_gives_new_facts_a_day(register: Register) -> None:
    row = BodyRow(
        place=FilePlace("", "", 1),
        code="E23000032",
        body_type="mayor",
        body_name="Mayor of Kent",
        official_code="E47000020",
        changed_on=date(2025, 2, 1),
    )
    into(register, row)
    assert into(register, row, digest="again").effects == ()
    assert account(register, date(2025, 1, 31)).kind == "pcc"
    now = account(register)
    assert (now.kind, now.name, now.shown_code) == ("mayor", "Mayor of Kent", "E47000020")
    assert says(register, "kent police and crime commissioner", VIC).text.startswith("Kent:")


def test_the_command_line_shows_and_renames_too(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        command_line.add_arguments(parser)
        return command_line.run(parser.parse_args(arguments), register.store, NOW)

    new = ["rename", "kent", "--type", "mayor", "--from", "2028-05-08", "--source", "the order of 2027"]
    assert command(*new, "--dry-run") == 0
    assert "From 8 May 2028 Kent is: mayor." in capsys.readouterr().out
    assert command("plan") == 0
    assert capsys.readouterr().out == "No body is known to end.\n"
    assert command(*new) == 0
    assert command("plan") == 0
    assert "Kent from 8 May 2028: mayor. According to the order of 2027" in capsys.readouterr().out
    assert command("show", "E23000032") == 0
    assert "Kent: Kent Police and Crime Commissioner" in capsys.readouterr().out
    assert command("rename", "kent", "--withdraw") == 0
    assert command("rename", "kent", "--withdraw") == 1
    assert "Nothing is planned for what Kent is called. Nothing was changed." in capsys.readouterr().err
