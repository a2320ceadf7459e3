"""An UPDATE that must change a row looks at how many it changed, and no state is lost to the counts."""

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.addressee import ANSWERS_IN_ORDER, STAGES_IN_ORDER, Answer, Stage
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.values import replace
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


# Each changes as many rows as there are, which may be none.
_HOWEVER_MANY = {
    "addressees.end": "all bodies that were asked",
    "deliveries.move": "what follows a digest and was not sent",
    "deliveries.supersede": "what was rendered and not posted",
    "homes.open_first": "somebody who has been seen",
    "owed.home_drawn": "unless more is owed meanwhile",
    "owed.owe_every_home": "all who opened their Home",
    "people.forget_when_refreshed": "everybody",
    "people.mark_left": "whoever is known by a user id",
    "redaction.edited": "unless words were erased meanwhile",
    "redaction.erase": "an addressee that shows the words",
    "tallies.end": "all deadlines of a recommendation",
}


def test_an_update_is_executed_by_a_helper_that_counts_or_says_why_not() -> None:
    assert sorted(uncounted(STORAGE)) == sorted(_HOWEVER_MANY)


STORAGE = Path(addressees.__file__).parent


def uncounted(folder: Path) -> set[str]:
    """The functions that execute an UPDATE and do not look at how many rows it changed."""
    names = set()
    for path in folder.glob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        of_module = _names_of_updates(module.body)
        for function in (node for node in module.body if isinstance(node, ast.FunctionDef)):
            parts = list(ast.walk(function))
            named = of_module | _names_of_updates(parts)
            counted = {
                part.value for part in parts if isinstance(part, ast.Attribute) and part.attr == "rowcount"
            }
            if any(_executes_update(part, named) and part not in counted for part in parts):
                names.add(f"{path.stem}.{function.name}")
    return names


def _names_of_updates(nodes: Iterable[ast.AST]) -> frozenset[str]:
    return frozenset(
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_update(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _executes_update(node: ast.AST, named: Collection[str]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "execute"
        and bool(node.args)
        and _is_update(node.args[0], named)
    )


def _is_update(node: ast.expr, named: Collection[str]) -> bool:
    """Whether an expression is made of `update(table)`, or of a statement that is."""
    return any(
        (isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "update")
        or (isinstance(part, ast.Name) and part.id in named)
        for part in ast.walk(node)
    )
