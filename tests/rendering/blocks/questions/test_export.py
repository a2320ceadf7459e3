"""What is said of an account beside the file itself."""

import pytest

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.account import Form, Format, InternalFormRefused
from bot.domain.questions.grammar.typed_commands import Export
from bot.rendering.blocks.questions.export import being_made
from bot.rendering.blocks.questions.promised_file import failed, interrupted
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from tests.rendering.screens import assert_valid, read


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("form", Form)
def test_the_answer_says_what_is_coming(format: Format, form: Form) -> None:
    screen = being_made(Export(format=format, form=form))
    assert_valid(screen)
    (line,) = read(screen)
    if form is Form.INTERNAL:
        assert line.endswith("Internal: not for publication. It holds texts that may not be quoted.")
    else:
        assert line.endswith("The published form: it holds only what may be quoted.")


def test_a_failure_gives_its_reference() -> None:
    screen = failed(PromisedFile.ACCOUNT, "R7K2-PQ")
    assert_valid(screen)
    assert read(screen) == [
        "Please ask for it again; if it happens twice, give the association this reference: R7K2-PQ."
    ]


def test_a_contact_is_told_which_internal_form_they_can_have() -> None:
    screen = refused(
        InternalFormRefused(("Essex", "Kent")), RefusalContext("export internal", ("Cora Lane",))
    )
    assert_valid(screen)
    assert screen.text == "You can have the internal form of Essex or Kent alone."
    assert read(screen)[:2] == [
        "Cora Lane can have it of all bodies. The published form holds all that may be quoted.",
        "For example: /recs export Essex internal",
    ]


def test_a_viewer_is_told_of_the_published_form() -> None:
    screen = refused(InternalFormRefused(), RefusalContext("export internal", ("Cora Lane",)))
    assert_valid(screen)
    assert screen.text == "The internal form is for coordinators, and for a body's contacts about that body."
    assert read(screen)[1] == "For example: /recs export"


@pytest.mark.parametrize("promised", PromisedFile)
def test_each_file_that_is_promised_has_words_for_when_it_does_not_come(promised: PromisedFile) -> None:
    for screen in (failed(promised, "R7K2-PQ"), interrupted(promised)):
        assert_valid(screen)
        assert screen.text.startswith("Your ")
