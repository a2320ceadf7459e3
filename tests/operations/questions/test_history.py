"""Finding every update."""

from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.register.update import UpdateKind
from bot.operations.questions import history
from tests.cast import (
    ALICE,
    VIC,
    Register,
    occasion,
)


def test_the_history_holds_everything_newest_first_ten_on_a_page(register: Register) -> None:
    register.says(ALICE, "note 15: a note")
    register.says(ALICE, "undo")
    page_of_history = history.history(register.store, occasion(VIC), typed_commands.History())
    assert page_of_history.total == 5 + 129 + 2
    assert [view.update.seq for view in page_of_history.updates] == list(
        range(page_of_history.total, page_of_history.total - 10, -1)
    )
    of_both = history.history(
        register.store, occasion(ALICE), typed_commands.History(Ref(None, "15"), register.body("kent"))
    )
    assert [view.update.draft.kind for view in of_both.updates] == [
        UpdateKind.UNDO,
        UpdateKind.NOTE,
        UpdateKind.RESPONSE,
    ]
    assert of_both.updates[1].update.undone
