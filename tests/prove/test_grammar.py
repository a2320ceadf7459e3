"""Row 57: whatever is typed is understood or refused with reasons, what a question offers is not asked again,
and a text after a colon is recorded as it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.free_text import for_slack, normalised
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note
from tests.domain.questions.grammar.at_random import (
    COMMANDS,
    must_be_understood_or_refused,
    must_not_ask_twice_about_a_name,
)
from tests.domain.shipped_names import body, understood
from tests.prove.size import size

pytestmark = pytest.mark.prove

COMMANDS_TRIED = size(2_000, 100_000)


@settings(max_examples=COMMANDS_TRIED)
@given(COMMANDS | st.text(st.characters()))
def test_whatever_is_typed_is_understood_or_refused_with_reasons(raw: str) -> None:
    must_be_understood_or_refused(raw)


@settings(max_examples=COMMANDS_TRIED // 2)
@given(COMMANDS)
def test_a_button_never_asks_again_about_the_same_name(raw: str) -> None:
    must_not_ask_twice_about_a_name(raw)


@settings(max_examples=COMMANDS_TRIED // 4)
@given(st.text(st.characters(), max_size=60))
def test_a_text_after_a_colon_is_recorded_as_it_was_written(text: str) -> None:
    written = f"start {text} end"
    note = Note(Ref(None, "15"), body("kent"), normalised(written))
    assert understood(f"note 15 kent: {for_slack(written)}") == note
