"""Erasing the free words of an update for good: on what ground, and what came of it.

The ground is one of a few, so that nothing of what is erased can be repeated in it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from bot.domain.register.update import PUBLISHED_WORDS, Draft, Update

# In letters and digits. A message may show only the beginning of a text.
_OPENING = 40
_NOT_BY_CHANCE = 20
# How a message writes the three characters that Slack asks to be escaped.
_ENTITY = re.compile("&(amp|lt|gt);")


class Ground(StrEnum):
    """Why words may, or must, be erased. The association's data protection officer decides which holds."""

    ERASURE = "UK GDPR article 17"
    LAW_ENFORCEMENT = "DPA 2018 section 47"
    WRONG_PERSON = "wrong person"
    VICTIM = "victim could be identified"
    RETENTION = "UK GDPR article 5(1)(e)"


_ALSO_CALLED: Mapping[str, Ground] = {
    "gdpr": Ground.ERASURE,
    "uk gdpr": Ground.ERASURE,
    "article 17": Ground.ERASURE,
    "gdpr article 17": Ground.ERASURE,
    "dpa": Ground.LAW_ENFORCEMENT,
    "dpa 2018": Ground.LAW_ENFORCEMENT,
    "section 47": Ground.LAW_ENFORCEMENT,
    "dpa section 47": Ground.LAW_ENFORCEMENT,
    "victim": Ground.VICTIM,
    "retention": Ground.RETENTION,
    "article 5(1)(e)": Ground.RETENTION,
    "no longer needed": Ground.RETENTION,
    "victim identified": Ground.VICTIM,
}
_GROUNDS: Mapping[str, Ground] = {**{ground.value.casefold(): ground for ground in Ground}, **_ALSO_CALLED}


def ground_of(words: str) -> Ground | None:
    """Return the ground that some words name; None where they name none."""
    return _GROUNDS.get(" ".join(words.casefold().replace(".", " ").split()))


def can_be_erased(update: Update) -> bool:
    """Return whether it has free words of its own."""
    draft = update.draft
    return bool(draft.free_words) and not update.words_erased and draft.kind not in PUBLISHED_WORDS


class Redaction(Struct, frozen=True):
    """An update whose words are to be erased, or (`done`) are. `title` is the recommendation's; `messages`
    counts the direct messages of recbot's that carry the words."""

    update: Update
    title: str = ""
    body_name: str = ""
    ground: Ground | None = None
    messages: int = 0
    done: bool = False


class ErasableWords(Struct, frozen=True):
    """Free words that are to be found again in what Slack was given, where they stand escaped and cut."""

    openings: tuple[str, ...]

    @classmethod
    def of(cls, draft: Draft) -> "ErasableWords":
        words = map(_bare, draft.free_words)
        return cls(tuple(name[:_OPENING] for name in words if name))

    @property
    def tell_apart(self) -> "ErasableWords":
        """Those that are long enough not to stand anywhere by chance."""
        return ErasableWords(tuple(opening for opening in self.openings if len(opening) >= _NOT_BY_CHANCE))

    def stand_in(self, part: Any) -> bool:
        """Return whether any of them stands in a text, or in a text anywhere in a message or a piece of
        one."""
        if isinstance(part, str):
            bare = _bare(_ENTITY.sub("", part))
            return any(opening in bare for opening in self.openings)
        if isinstance(part, Mapping):
            return any(map(self.stand_in, part.values()))
        return isinstance(part, list | tuple) and any(map(self.stand_in, part))


def _bare(text: str) -> str:
    """Return letters and digits alone: quotation and line ends make no difference."""
    return "".join(name for name in text.casefold() if name.isalnum())
