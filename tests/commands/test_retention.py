"""`recbot hold` and `recbot retention`: words that may not be erased, and words that are no longer needed."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import retention
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.refusals.taking_back import WordsAreHeld
from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import look, redact, redact_by_hand
from bot.operations.recording.withdraw import withdraw
from bot.rendering.blocks.recording.redact import message_without
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from storage import updates
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, NOW, Register, accountable_case, occasion

IN_EIGHT_YEARS = NOW + timedelta(days=8 * 366)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    assert isinstance(verify(made.store.database), Unbroken)
    made.store.database.close()


def hold(register: Register, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    retention.add_hold_arguments(parser)
    return retention.run_hold(parser.parse_args(arguments), register.store, NOW)


def retain(register: Register, *arguments: str, now: datetime = IN_EIGHT_YEARS) -> int:
    parser = argparse.ArgumentParser()
    retention.add_retention_arguments(parser)
    return retention.run_retention(parser.parse_args(arguments), register.store, now)


def number_in(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.partition(":")[0]


def words(register: Register, seq: int) -> str:
    with register.store.reading() as connection:
        update = updates.get(connection, seq)
    assert update is not None
    return update.draft.text


def erase(register: Register, seq: int) -> None:
    redact(register.store, occasion(CORA), seq, Ground.WRONG_PERSON, message_without)


def test_held_words_are_not_erased_by_anybody_until_the_hold_is_lifted(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    kents, surreys = register.says(ALICE, "note 15: of Kent"), register.says(BOB, "note 15: of Surrey")
    assert hold(register, "kent", "--reason", "disclosure request 2027/114") == 0
    placed = number_in(capsys)
    with pytest.raises(WordsAreHeld) as held:
        erase(register, kents)
    with pytest.raises(WordsAreHeld):
        look(register.store, occasion(CORA), kents, None)
    with pytest.raises(WordsAreHeld):
        redact_by_hand(register.store, kents, Ground.VICTIM, NOW, message_without)
    refusal = refused(held.value, RefusalContext(""))
    assert refusal.text == f"The words of update {kents} are held, so nothing was erased."
    assert f"recbot hold --lift {placed}" in str(refusal.blocks)
    assert words(register, kents) == "of Kent"
    erase(register, surreys)
    assert hold(register, "--lift", placed) == 0
    erase(register, kents)
    assert words(register, kents) == ""


def test_a_hold_on_all_holds_every_bodys_words(register: Register) -> None:
    seq = register.says(BOB, "note 15: of Surrey")
    assert hold(register, "--all", "--reason", "public inquiry") == 0
    with pytest.raises(WordsAreHeld):
        erase(register, seq)


def test_holds_that_stand_are_listed(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    assert hold(register) == 0
    assert capsys.readouterr().out == "No words are held.\n"
    hold(register, "kent", "--reason", "claim 7")
    placed = number_in(capsys)
    hold(register)
    assert capsys.readouterr().out == f"{placed}: the words of Kent, held since 10 March 2025 (claim 7)\n"


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("kent",), "--reason: say why"),
        (("kent", "--all", "--reason", "x"), "Name one body, or all"),
        (("kennt", "--reason", "x"), "Did you mean Kent?"),
        (("--lift", "3"), "Update 3 placed no hold"),
        (("--lift", "3", "kent"), "by its number alone"),
        (("kent", "--reason", "x" * 3001), "3,000 is the limit"),
    ],
)
def test_what_cannot_be_held_is_said(
    register: Register, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], advice: str
) -> None:
    assert hold(register, *arguments) == 1
    assert advice in capsys.readouterr().err


def test_old_words_go_only_when_asked_and_only_where_nothing_is_asked_any_more(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, live = register.says(ALICE, "note 15: of 15"), register.says(ALICE, "note 16: of 16")
    withdraw(register.store, occasion(CORA), Withdraw(Ref("stalking", "15"), reason="done with"))
    assert retain(register, "--years", "7") == 0
    output = capsys.readouterr().out
    assert "the words of 1 update (stalking 15 1)" in output
    assert "Nothing was erased." in output
    assert words(register, ended) == "of 15"
    assert retain(register, "--years", "9", "--erase") == 0
    assert words(register, ended) == "of 15"
    assert retain(register, "--years", "7", "--erase") == 0
    assert (words(register, ended), words(register, live)) == ("", "of 16")
    assert retain(register, "--years", "7") == 0
    assert "the words of 0 updates" in capsys.readouterr().out.splitlines()[-2]


def test_words_are_kept_for_so_many_years_to_the_day(register: Register) -> None:
    seq = register.says(ALICE, "note 15: of Kent")
    withdraw(register.store, occasion(CORA), Withdraw(Ref("stalking", "15"), reason="done with"))
    late_on_the_last_day = datetime(2032, 3, 10, 23, 59, tzinfo=UTC)
    assert retain(register, "--years", "7", "--erase", now=late_on_the_last_day) == 0
    assert words(register, seq) == "of Kent"
    assert retain(register, "--years", "7", "--erase", now=late_on_the_last_day + timedelta(minutes=1)) == 0
    assert words(register, seq) == ""


def test_held_words_outlast_the_rule(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    seq = register.says(ALICE, "note 15: of Kent")
    withdraw(register.store, occasion(CORA), Withdraw(Ref("stalking", "15"), reason="done with"))
    hold(register, "kent", "--reason", "claim 7")
    assert retain(register, "--years", "7", "--erase") == 0
    assert "Held, and so kept: the words of 1 update." in capsys.readouterr().out
    assert words(register, seq) == "of Kent"


def test_words_are_kept_for_a_year_at_least(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    assert retain(register, "--years", "0") == 1
    assert "1 or more" in capsys.readouterr().err
