"""Whom a name means, among the people that the register knows."""

import re
from collections.abc import Mapping
from typing import TypeVar

from bot.domain.questions.names import folded_words

_Key = TypeVar("_Key")
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
# A name that can be typed after "by".
_PLAIN_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")


def those_called(name: str, display_names: Mapping[_Key, str]) -> tuple[_Key, ...]:
    """Return everybody who goes by a name: in full, or by some of its words ("kim", "hale")."""
    asked_words = folded_words(name)
    if not asked_words:
        return ()
    words_of = {key: folded_words(display_name) for key, display_name in display_names.items()}
    in_full = tuple(key for key, its_words in words_of.items() if its_words == asked_words)
    return in_full or tuple(key for key, its_words in words_of.items() if set(asked_words) <= set(its_words))


def typed_for(user_id: str, display_names: Mapping[str, str]) -> str:
    """Return what is typed for one person and nobody else: their name, or else the user id of a mention."""
    name = display_names[user_id]
    is_typed_so = _PLAIN_NAME.fullmatch(name) is not None
    return name if is_typed_so and len(those_called(name, display_names)) == 1 else user_id
