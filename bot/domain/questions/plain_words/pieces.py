"""The pieces of a plain sentence: recommendations, names, days, people, words with a meaning, and words without."""

from enum import Enum, auto

from msgspec import Struct

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.questions.plain_words.days.spans import DayWords
from bot.domain.questions.plain_words.meanings import Meaning, Meanings


class PieceKind(Enum):
    REF = auto()
    PART = auto()
    NAME = auto()
    DAY = auto()
    PERSON = auto()
    WORDS = auto()
    MARK = auto()
    UNKNOWN = auto()
    STRANGE = auto()  # a channel, a broadcast, a link, an odd sign: nothing is answered beside it


class Piece(Struct, frozen=True):
    """The words `text[start:end]` of a sentence and what they are; `key` is how they are compared."""

    kind: PieceKind
    start: int
    end: int
    key: str = ""
    meanings: Meanings = frozenset()
    ref: Ref | None = None
    named: tuple[Named, ...] = ()
    day: DayWords | None = None
    user_id: str = ""
    is_possessive: bool = False

    @property
    def bodies(self) -> tuple[Body, ...]:
        return tuple(meaning for meaning in self.named if isinstance(meaning, Body)) if self.named else ()

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(meaning for meaning in self.named if isinstance(meaning, Region)) if self.named else ()

    @property
    def names_a_place(self) -> bool:
        """Whether it names a body or a region."""
        return bool(self.named) and any(isinstance(meaning, (Body, Region)) for meaning in self.named)

    @property
    def reports(self) -> tuple[ReportName, ...]:
        return (
            tuple(meaning for meaning in self.named if isinstance(meaning, ReportName)) if self.named else ()
        )

    def means(self, *meanings: Meaning) -> bool:
        return not self.meanings.isdisjoint(meanings)


# What an order is about.
SUBJECT_KINDS = (PieceKind.REF, PieceKind.NAME)
# A piece, and how many tokens it takes.
PieceTaken = tuple[Piece, int] | None
