"""An expression that is compiled late is as good as one that was compiled at once."""

import gc
import importlib
import pkgutil
import re

import pytest

import bot.domain
from bot.pattern import pattern


def test_it_matches_as_one_that_was_compiled_at_once() -> None:
    late, at_once = (
        pattern(r"(?P<day>\d+) march", re.IGNORECASE),
        re.compile(r"(?P<day>\d+) march", re.IGNORECASE),
    )
    for text in ("3 March", "march", "on 12 MARCH 2027"):
        assert bool(late.search(text)) is bool(at_once.search(text))
    match = late.fullmatch("3 March")
    assert match
    assert match["day"] == "3"
    assert late.sub("a day", "3 march, 4 march") == "a day, a day"
    assert (late.pattern, late.flags, late.groupindex) == (at_once.pattern, at_once.flags, at_once.groupindex)


def test_it_is_compiled_when_it_is_used_first() -> None:
    broken = pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.match("")


def test_every_one_of_recbots_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        importlib.import_module(module.name)
    # The tests keep what they have loaded from being looked through.
    gc.unfreeze()
    late = type(pattern(""))
    patterns = [written for written in gc.get_objects() if isinstance(written, late)]
    gc.freeze()
    assert len(patterns) > 100
    for written in patterns:
        assert written.flags is not None
