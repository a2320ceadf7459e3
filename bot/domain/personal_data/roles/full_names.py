"""Tell whether a full name stands next to a word for somebody in a case."""

import re
from collections.abc import Sequence

from bot.domain.personal_data.names import Name, is_in_office
from bot.domain.personal_data.roles.role import LABEL, Role
from bot.domain.personal_data.sentences import Word
from bot.domain.personal_data.word_lists import GIVEN_NAMES

_QUOTES = re.compile(r"[:,] ?[\"']$")


def is_next_to(words: Sequence[Word], name: Name, role: Role) -> bool:
    run = words[name.first : name.after]
    if len(run) < 2:
        return False
    is_shouted = all(word.text.isupper() for word in run) and run[0].plain not in GIVEN_NAMES
    if role.is_one and role.after == name.first and _is_called(words, role, name, is_shouted):
        return True
    if is_shouted or is_in_office(words, name):
        return False
    if role.first >= name.after:
        between = words[name.after : role.first]
    elif name.first >= role.after:
        between = words[role.after : name.first]
    else:
        return False
    if len(between) > role.reach or _is_a_speaker(words, name):
        return False
    return role.links is None or all(word.plain in role.links for word in between)


def _is_a_speaker(words: Sequence[Word], name: Name) -> bool:
    """Return whether the name is of whom the text quotes: 'Jane Smith: "victims come first"'."""
    return name.after < len(words) and bool(_QUOTES.match(words[name.after].gap))


def _is_called(words: Sequence[Word], role: Role, name: Name, is_shouted: bool) -> bool:
    """Whether a name says who has the role: "victim Jane Smith", "victim JANE SMITH", "Suspect: Tom North".
    It does so whoever that is besides."""
    gap = words[name.first].gap
    if (role.links is not None and not LABEL.fullmatch(gap)) or (
        is_shouted and words[role.after - 1].text.isupper() and not LABEL.fullmatch(gap)
    ):
        return False
    return gap in (" ", ": ", " - ", " (", ". ")
