"""What a sentence is read against: who types it, the names, the live recommendations, the day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Names


class LiveRecommendation(Struct, frozen=True):
    """A recommendation that can be asked about. `words` are those of its wording and parts, in small letters."""

    ref: Ref
    due_on: date | None
    words: frozenset[str] = frozenset()
    # False for one that is derived from others: nobody records it.
    is_addressed: bool = True


class LiveRecommendations:
    """All that are live, in order, and by their numbers: looked up for each word of a sentence."""

    def __init__(self, live: Iterable[LiveRecommendation] = (), *, has_all_words: bool = True) -> None:
        self._live = tuple(live)
        # Whether the words of each wording are known; else no recommendation is found by its words alone.
        self.has_all_words = has_all_words
        self.due_days = frozenset(recommendation.due_on for recommendation in self._live)
        self.report_keys = frozenset(
            recommendation.ref.report for recommendation in self._live if recommendation.ref.report
        )
        by_number: dict[str, list[LiveRecommendation]] = {}
        for recommendation in self._live:
            by_number.setdefault(recommendation.ref.number, []).append(recommendation)
        self.by_number = {number: tuple(recommendations) for number, recommendations in by_number.items()}
        # Those that several reports have.
        self.shared_numbers = frozenset(
            number
            for number, recommendations in by_number.items()
            if len({recommendation.ref.report for recommendation in recommendations}) > 1
        )

    def __iter__(self) -> Iterator[LiveRecommendation]:
        return iter(self._live)

    def with_number(self, number: str) -> tuple[LiveRecommendation, ...]:
        return self.by_number.get(number, ())


class Asker(Struct, frozen=True):
    """Who types. It decides what is offered, never what is allowed."""

    bodies: tuple[Body, ...] = ()
    is_coordinator: bool = False

    @property
    def records(self) -> bool:
        return self.is_coordinator or bool(self.bodies)


class Surroundings(Struct, frozen=True):
    """What a sentence is read against."""

    names: Names
    bodies: tuple[Body, ...]
    live: LiveRecommendations
    today: date  # a London date
    regions: tuple[str, ...] = ()
    # A body's code to the name of its region.
    region_of: Mapping[str, str] = field(default_factory=dict)
    # Every word of a name, so that typing errors in it are forgiven.
    name_words: tuple[str, ...] = ()
    # recbot's own user id: its mention is no person meant.
    bot_user_id: str = ""
    # The keys of the reports that ask bodies to publish their response.
    publishing: frozenset[str] = frozenset()

    @property
    def addressed(self) -> tuple[Ref, ...]:
        """Those that bodies answer, as one types them: with the report's name only where that is needed."""
        return tuple(self.short(live.ref) for live in self.live if live.is_addressed)

    def short(self, ref: Ref) -> Ref:
        return ref if ref.number in self.live.shared_numbers else Ref(None, ref.number)

    def is_addressed(self, ref: Ref) -> bool:
        """Whether bodies answer it; one that is not known may be one."""
        live = self.live.with_number(ref.number)
        return not live or any(candidate.is_addressed for candidate in live)

    def meant_by(self, ref: Ref) -> tuple[Ref, ...]:
        """Return the recommendations that a number can be: several where several live reports have it."""
        live = tuple(
            self.short(live.ref)
            for live in self.live.with_number(ref.number)
            if ref.report in (None, live.ref.report)
        )
        return live if ref.report is None and len(live) > 1 else (ref,)
