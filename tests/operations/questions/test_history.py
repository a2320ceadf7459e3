"""Finding every update."""

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import Question, Scope, Shape
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.questions import history
from tests.cast import (
    ALICE,
    VIC,
    Register,
    occasion,
)

EVERYTHING = Question(shape=Shape.HISTORY)


def test_the_history_holds_everything_newest_first_ten_on_a_page(register: Register) -> None:
    register.says(ALICE, "note 15: a note")
    register.says(ALICE, "undo")
    page_of_history = history.history(register.store, occasion(VIC), EVERYTHING)
    assert page_of_history.total == 5 + 129 + 2
    assert [view.update.seq for view in page_of_history.updates] == list(
        range(page_of_history.total, page_of_history.total - 10, -1)
    )
    of_both = history.history(
        register.store,
        occasion(ALICE),
        replace(EVERYTHING, scope=Scope((Ref(None, "15"),), places=(register.body("kent"),))),
    )
    assert of_both.named_once == ("stalking 15", "Kent")
    assert [view.update.draft.kind for view in of_both.updates] == [
        UpdateKind.UNDO,
        UpdateKind.NOTE,
        UpdateKind.RESPONSE,
    ]
    assert of_both.updates[1].update.undone
