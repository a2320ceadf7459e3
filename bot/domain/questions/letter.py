"""The letter that answers a report: the association's frame round what the register says."""

from datetime import date, datetime

from msgspec import Struct

from bot.domain.questions.account import Entry, Source
from bot.domain.questions.map import TileMap
from bot.domain.register.addressee import Answer
from bot.domain.register.letter_frame import FrameField, LetterFrame
from bot.domain.register.published_response import PublishedResponses
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, Tally
from bot.domain.register.succession import Origin


class LetterChapter(Struct, frozen=True):
    """One recommendation with the bodies addressed, by name, as the published account tells of them; of a
    derived one what it rests on. `map` is None where no body is addressed."""

    recommendation: Recommendation
    tally: Tally
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...] = ()
    map: TileMap | None = None
    origin: Origin | None = None  # of whom the tally is, since bodies ended

    @property
    def exceptions(self) -> tuple[Entry, ...]:
        """Those that did not accept, or not all of it, or have not answered."""
        return tuple(entry for entry in self.entries if entry.addressee.answer is not Answer.ACCEPTED)

    @property
    def stand_alike(self) -> bool:
        """Whether a map would show the same for all."""
        return len({(entry.addressee.answer, entry.addressee.stage) for entry in self.entries}) <= 1


class Letter(Struct, frozen=True):
    """The letter as the register stood at the end of the London day `day`, or stands on it now (`known` when
    only what was known then counts); `made_at` is a UTC instant, `through_seq` the last update of it."""

    report: Report
    frame: LetterFrame
    day: date
    made_at: datetime
    through_seq: int
    chapters: tuple[LetterChapter, ...]
    known: bool = False
    looks_back: bool = False
    anchor: str = ""  # of the history, as `recbot verify-history --anchor` takes it
    published_responses: PublishedResponses | None = None  # where the report asks for published responses

    @property
    def addressed(self) -> tuple[LetterChapter, ...]:
        return tuple(
            chapter
            for chapter in self.chapters
            if chapter.recommendation.kind is RecommendationKind.ADDRESSED
        )

    @property
    def derived(self) -> tuple[LetterChapter, ...]:
        """Those that the association itself answers."""
        return tuple(
            chapter for chapter in self.chapters if chapter.recommendation.kind is RecommendationKind.DERIVED
        )


class MissingReason(Struct, frozen=True):
    """An answer short of acceptance of which the letter cannot say why. `seq` is the update that holds the
    words; None where there are none, or they were erased."""

    recommendation: Recommendation
    body_name: str
    seq: int | None


class LetterLook(Struct, frozen=True):
    """What is to be known of a letter before it is made; `missing_reasons` come by recommendation and
    body."""

    report: Report
    frame: LetterFrame
    day: date
    missing_reasons: tuple[MissingReason, ...]
    known: bool = False

    @property
    def missing_texts(self) -> tuple[FrameField, ...]:
        """What the letter cannot be signed without."""
        return self.frame.texts.missing

    @property
    def is_ready(self) -> bool:
        return not self.missing_texts and not self.missing_reasons


def reason(entry: Entry) -> str:
    """Return why a body did not accept, in its own words; empty where they may not be published."""
    return entry.response.draft.text if entry.response else ""
