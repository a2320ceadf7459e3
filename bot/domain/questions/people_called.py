"""Whom a name means, among the people that the register knows."""

from collections.abc import Mapping
from typing import TypeVar

from bot.domain.questions.names import folded_words

_Key = TypeVar("_Key")


def those_called(name: str, display_names: Mapping[_Key, str]) -> tuple[_Key, ...]:
    """Return everybody who goes by a name: in full, or by some of its words ("kim", "hale")."""
    asked_words = folded_words(name)
    if not asked_words:
        return ()
    words_of = {key: folded_words(display_name) for key, display_name in display_names.items()}
    in_full = tuple(key for key, its_words in words_of.items() if its_words == asked_words)
    return in_full or tuple(key for key, its_words in words_of.items() if set(asked_words) <= set(its_words))
