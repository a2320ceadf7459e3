"""A question has one answer wherever it is read: in Slack page by page, in its file, and in the account; on
SQLite and on PostgreSQL."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from bot.domain.questions.account import Account, Form, Format
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.holding import NOT_OF_THE_PAST
from bot.domain.questions.model import AsAt, AskedState, File, Question
from bot.domain.questions.question_answer import Answered, Line
from bot.domain.register.addressee import Addressee
from bot.domain.values import replace
from bot.operations.questions import answering, export, listed_file
from bot.rendering.documents import file
from tests.cast import CORA, Register, occasion, stalking_case
from tests.operations.questions.test_answering import TODAY, conditions, contents, lively, scopes

# A state as it is told anywhere: which addressee, its answer and stage, and its deadline.
Told = tuple[str, str, str, str, str]


def state_of(addressee: Addressee) -> Told:
    return (
        addressee.recommendation_id,
        addressee.body_code,
        addressee.answer.value,
        addressee.stage.value,
        str(addressee.due_on or ""),
    )


def in_slack(register: Register, question: Question) -> list[Told]:
    """What is listed, one page after the other."""
    listed: list[Told] = []
    while True:
        page = len(listed) // answering.LINES + 1
        answered = answering.answer(register.store, occasion(CORA), replace(question, page=page))
        listed += [state_of(line.addressee) for line in answered.lines]
        if not answered.page.has_more:
            return listed


def in_account(account: Account) -> Iterator[Told]:
    for chapter in account.chapters:
        for entry in chapter.entries:
            yield state_of(entry.addressee)


def in_file(register: Register, question: Question) -> list[Told]:
    with_file = replace(question, file=File(Format.CSV, Form.INTERNAL))
    with listed_file.opened(register.store, occasion(CORA), with_file) as account:
        return list(in_account(account))


def questions(register: Register) -> Iterator[Question]:
    """Of each condition one, and of each scope some; now, and some as at today where that is known."""
    all_scopes = scopes(register)
    for place, chosen in enumerate(conditions()):
        question = Question(all_scopes[place % len(all_scopes)], chosen)
        yield question
        if place % 3 == 0 and not set(chosen) & NOT_OF_THE_PAST:
            yield replace(question, time=AsAt(TODAY))


# A third of the questions; the others are a proof.
THIRDS = [0, pytest.param(1, marks=pytest.mark.prove), pytest.param(2, marks=pytest.mark.prove)]


@pytest.mark.parametrize("third", THIRDS)
def test_what_is_listed_in_slack_is_what_its_file_holds(register: Register, third: int) -> None:
    lively(register)
    for question in islice(questions(register), third, None, 3):
        listed = in_slack(register, question)
        assert len(set(listed)) == len(listed), question
        assert sorted(in_file(register, question)) == sorted(listed), question


@pytest.mark.parametrize("day", [None, TODAY], ids=["now", "as at today"])
def test_the_account_counts_as_the_questions_do(register: Register, day: date | None) -> None:
    lively(register)
    wanted = Question(time=AsAt(day)) if day else Question()
    command = Export(format=Format.DOCX, form=Form.INTERNAL, as_at=day)
    with export.opened(register.store, occasion(CORA), command) as account:
        chapters = [
            (
                chapter.recommendation.id,
                chapter.tally,
                [state_of(entry.addressee) for entry in chapter.entries],
            )
            for chapter in account.chapters
        ]
    assert sorted(state for *_, states in chapters for state in states) == sorted(in_slack(register, wanted))
    for state, count in ((AskedState.ACCEPTED, "accepted"), (AskedState.COMPLETE, "done")):
        question = replace(wanted, conditions=(state,))
        (measure,) = answering.answer(register.store, occasion(CORA), question).measures
        assert measure.matching == sum(getattr(tally, count) for _, tally, _ in chapters)


def test_a_row_of_the_file_says_what_slack_says(register: Register, tmp_path: Path) -> None:
    lively(register)
    question = Question(conditions=(AskedState.STARTED,), file=File(Format.CSV, Form.INTERNAL))
    with listed_file.opened(register.store, occasion(CORA), question) as account:
        file.write(account, Format.CSV, tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["recommendation"], row["body"], row["progress"]) for row in csv.DictReader(lines)]
    answered = answering.answer(register.store, occasion(CORA), replace(question, file=None))
    assert sorted(rows) == sorted(
        (line.recommendation.number, line.addressee.body_name, line.addressee.stage.value)
        for line in answered.lines
    )


@pytest.mark.parametrize("third", THIRDS)
def test_both_databases_answer_alike(sqlite_url: str, postgresql_url: str, third: int) -> None:
    registers = [stalking_case(url) for url in (sqlite_url, postgresql_url)]
    for register in registers:
        lively(register)
    both_ask = zip(*map(questions, registers), strict=True)
    for question, other in islice(both_ask, third, None, 3):
        assert question == other
        first, second = (
            contents(without_requests(answering.answer(register.store, occasion(CORA), question)))
            for register in registers
        )
        assert first == second, question
    for register in registers:
        register.store.database.close()


def without_requests(answered: Answered) -> Answered:
    """Each test's request is one of its own, also where it asks the same."""
    return replace(answered, lines=tuple(map(without_request, answered.lines)))


def without_request(line: Line) -> Line:
    if line.update is None:
        return line
    return replace(line, update=replace(line.update, draft=replace(line.update.draft, request=None)))
