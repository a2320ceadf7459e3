"""Find where a text puts a person's name next to a word for somebody in a case.

A first name alone counts right beside the word. People in office do not count, nor do institutions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bot.domain.personal_data.names import names
from bot.domain.personal_data.roles.called import names_called
from bot.domain.personal_data.roles.first_names import first_names
from bot.domain.personal_data.roles.full_names import is_next_to
from bot.domain.personal_data.roles.role import FARTHEST, roles
from bot.domain.personal_data.sentences import Span, sentences


def names_beside_roles(text: str) -> Iterator[Span]:
    """Yield the spans of names that stand next to a word for somebody in a case. They may overlap."""
    yield from names_called(text)
    for words in sentences(text):
        roles_here = list(roles(words))
        if not roles_here:
            continue
        beginnings = [role.first for role in roles_here]
        for name in names(words):
            nearest = bisect_left(beginnings, name.first - FARTHEST)
            farthest = bisect_right(beginnings, name.after + FARTHEST)
            if any(is_next_to(words, name, role) for role in roles_here[nearest:farthest]):
                yield words[name.first].start, words[name.after - 1].end
        for role in roles_here:
            yield from first_names(words, role)
