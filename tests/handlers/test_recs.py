"""Which handler answers what was typed."""

from typing import get_args

from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.model import Question
from handlers import recs


def test_whatever_can_be_asked_for_is_answered_by_somebody() -> None:
    for command in (*get_args(TypedCommand), Question):
        assert callable(recs.verb_of(command).act)
