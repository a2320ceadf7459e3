"""What plain words are read against: the bodies, their names and the live recommendations."""

import re
import threading
from collections.abc import Collection, Hashable
from datetime import date

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Names
from bot.domain.questions.plain_words.surroundings import (
    LiveRecommendation,
    LiveRecommendations,
    Surroundings,
)
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.domain.values import replace
from storage import bodies, chain, published_responses, recommendations
from storage.database import Connection

# Of more live recommendations than that only the numbers are known, and none is found by its words.
_MOST_WITH_WORDS = 1_000
_SHORTEST_NAME_WORD = 4
# Words of names that are ordinary words too: typing errors are not mended towards them.
_ORDINARY_IN_NAMES = frozenset(
    (
        *("police", "crime", "commissioner", "constabulary", "fire", "mayor", "authority", "office", "with"),
        *("district", "service", "council", "force", "board", "common", "combined", "corporation"),
    )
)


class SurroundingsBook:
    """Keeps the surroundings in memory, and makes them anew when bodies or recommendations come, change or
    end.

    `bot_user_id` is recbot's own: its mention is no person meant."""

    def __init__(self, bot_user_id: str = "") -> None:
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._kept = Surroundings(Names.of(()), (), LiveRecommendations(), date.min, bot_user_id=bot_user_id)

    def current(self, connection: Connection, names: Names, today: date) -> Surroundings:
        """Return the surroundings as the register stands, with what names mean now, on a London date."""
        # The number moves when a recommendation is added or changed, the count when one ends.
        state = chain.names_seq(connection), recommendations.count_live(connection)
        with self._lock:
            if state != self._state:
                self._kept = _made(connection, self._kept)
                self._state = state
            # It moves neither of them, and is soon read: few reports ask for published responses.
            publishing = frozenset(published_responses.asking(connection))
            return replace(self._kept, names=names, today=today, publishing=publishing)


def _made(connection: Connection, before: Surroundings) -> Surroundings:
    everyone = bodies.everyone(connection)
    return replace(
        before,
        bodies=tuple(Body.of(body) for body in everyone),
        live=_all_live(connection),
        regions=tuple(dict.fromkeys(body.region for body in everyone)),
        region_of={body.code: body.region for body in everyone},
        name_words=_name_words(everyone),
    )


def _all_live(connection: Connection) -> LiveRecommendations:
    if recommendations.count_live(connection) <= _MOST_WITH_WORDS:
        return LiveRecommendations(map(_live, recommendations.live(connection, limit=_MOST_WITH_WORDS)))
    numbered = recommendations.live_numbers(connection)
    return LiveRecommendations(
        (
            LiveRecommendation(
                Ref(report_key, number), due_on, is_addressed=kind is RecommendationKind.ADDRESSED
            )
            for report_key, number, due_on, kind in numbered
        ),
        has_all_words=False,
    )


def _live(recommendation: Recommendation) -> LiveRecommendation:
    return LiveRecommendation(
        Ref(recommendation.report.key, recommendation.number),
        recommendation.due_on,
        frozenset(re.findall("[a-z]+", f"{recommendation.wording} {recommendation.short_form}".casefold())),
        recommendation.kind is RecommendationKind.ADDRESSED,
    )


def _name_words(everyone: Collection[PolicingBody]) -> tuple[str, ...]:
    """Return the words of names, in which typing errors are forgiven."""
    names = (
        name
        for body in everyone
        for name in (body.short_name, body.area_name, body.force_name, body.name, body.region, *body.aliases)
    )
    words = {word for name in names for word in re.findall("[a-z]+", name.casefold())}
    return tuple(
        sorted(word for word in words if len(word) >= _SHORTEST_NAME_WORD and word not in _ORDINARY_IN_NAMES)
    )
