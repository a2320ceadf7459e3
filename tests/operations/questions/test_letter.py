"""The letter: what it lacks before it is made, and that its numbers are the register's own."""

from typing import Any

import pytest

from bot.domain.questions.answers import UpdateView
from bot.domain.questions.grammar.typed_commands import Letter as LetterCommand
from bot.domain.questions.letter import Letter, MissingReason, reason
from bot.domain.refusals.questions import DayToCome
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.people import PersonKey
from bot.operations.questions import letter
from bot.operations.questions.leave_to_quote import ask_for_all
from bot.operations.recording.quoting import allow_quoting
from storage import deliveries, tallies
from tests.cast import ALICE, BOB, CORA, ED, VIC, Register, occasion


def command(register: Register, typed: str = "letter stalking") -> LetterCommand:
    result = register.read(typed)
    assert isinstance(result, LetterCommand)
    return result


def lacking(register: Register, typed: str = "letter stalking") -> list[tuple[str, str, int | None]]:
    look = letter.look(register.store, occasion(CORA), command(register, typed))
    return [_plain(missing) for missing in look.missing_reasons]


def _plain(missing: MissingReason) -> tuple[str, str, int | None]:
    return missing.body_name, missing.recommendation.number, missing.seq


def made(register: Register, typed: str = "letter stalking") -> Letter:
    return letter.letter(register.store, occasion(CORA), command(register, typed))


def message(view: UpdateView, key: str) -> dict[str, Any]:
    return {"text": view.body_name, "key": key}


def test_its_counts_are_the_registers_own_as_the_bodies_in_it_are(register: Register) -> None:
    register.says(ED, "partly 15: one service of two")
    register.says(BOB, "decline 16: it is done otherwise")
    chapters = made(register).addressed
    assert [chapter.recommendation.number for chapter in chapters] == ["15", "16", "25"]
    ids = [chapter.recommendation.id for chapter in chapters]
    with register.store.reading() as connection:
        counted = tallies.of(connection, ids)
    for chapter in chapters:
        assert chapter.tally == counted[chapter.recommendation.id]
        assert len(chapter.entries) == chapter.tally.addressed == 43
        answers = [entry.addressee.answer for entry in chapter.entries]
        assert {answer: answers.count(answer) for answer in answers} == {
            answer: n for answer, n in chapter.tally.answers.items() if n
        }


def test_it_says_of_which_answers_no_reason_may_be_published(register: Register) -> None:
    seq = register.says(ED, "partly 15: one service of two")
    other = register.says(BOB, "decline 16: it is done otherwise")
    assert lacking(register) == [("Essex", "15", seq), ("Surrey", "16", other)]
    allow_quoting(register.store, occasion(ED), [seq])
    assert lacking(register) == [("Surrey", "16", other)]
    assert lacking(register, "letter stalking as at 22 Nov 2024") == []
    missing = {
        entry.body.short_name: reason(entry)
        for chapter in made(register).addressed
        for entry in chapter.exceptions
    }
    assert missing == {"Essex": "one service of two", "Surrey": ""}


def test_those_who_gave_a_reason_are_asked_once_for_leave_to_publish_it(register: Register) -> None:
    seqs = [register.says(ED, "partly 15: one of two"), register.says(ALICE, "decline 16: done otherwise")]
    without = register.says(CORA, "partly 25 gwent: not all of it")
    result = ask_for_all(register.store, occasion(CORA), [*seqs, without], message)
    assert (result.bodies, result.without_contact) == (("Essex", "Kent"), ("Gwent",))
    ask_for_all(register.store, occasion(CORA), seqs, message)
    with register.store.reading() as connection:
        waiting = [delivery.channel for delivery in deliveries.outbox(connection).open]
    assert sorted(waiting) == ["U0ALICE", "U0ED"]
    with pytest.raises(NotACoordinator):
        ask_for_all(register.store, occasion(ALICE), seqs, message)


@pytest.mark.parametrize("who", [ALICE, VIC])
def test_only_coordinators_have_it_made(register: Register, who: PersonKey) -> None:
    with pytest.raises(NotACoordinator):
        letter.look(register.store, occasion(who), command(register))
    with pytest.raises(NotACoordinator):
        letter.letter(register.store, occasion(who), command(register))


def test_it_tells_of_no_day_to_come(register: Register) -> None:
    with pytest.raises(DayToCome):
        made(register, "letter stalking as at 11 Mar 2025")
