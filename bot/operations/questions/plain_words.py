"""What plain words ask for, read against the register as it stands and the asker's own bodies."""

import re
from collections.abc import Iterable

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Names
from bot.domain.questions.plain_words.pieces import Asker, LiveRecommendation, Surroundings
from bot.domain.questions.plain_words.typed import understand_instead
from bot.domain.questions.plain_words.understanding import Understanding
from bot.domain.refusals import Refusal
from bot.domain.register.people import Actor, Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.operations.request import actors
from storage import bodies, recommendations
from storage.store import Store

# More live recommendations than that are not looked through for the words of a sentence.
_MOST_LIVE = 1_000
_SHORTEST_NAME_WORD = 4
# Words of names that are ordinary words too: typing errors are not mended towards them.
_ORDINARY_IN_NAMES = frozenset(
    (
        *("police", "crime", "commissioner", "constabulary", "fire", "mayor", "authority", "office", "with"),
        *("district", "service", "council", "force", "board", "common", "combined", "corporation"),
    )
)


def understood(
    store: Store, request: Request, names: Names, text: str, problem: Refusal
) -> Understanding | None:
    """Return what `text`, as Slack sent it, asks for, where `problem` is that it is no command.

    None where the problem itself says more. Raises CannotSee, NotIntroduced."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        everyone = bodies.everyone(connection)
        live = recommendations.live(connection, limit=_MOST_LIVE)
    asker = Asker(tuple(_own_bodies(actor, everyone)), actor.is_coordinator)
    around = Surroundings(
        names,
        tuple(map(_body, everyone)),
        tuple(map(_live, live)),
        request.today,
        tuple(dict.fromkeys(body.region for body in everyone)),
        {body.code: body.region for body in everyone},
        _name_words(everyone),
    )
    return understand_instead(problem, text, asker, around)


def _own_bodies(actor: Actor, everyone: Iterable[PolicingBody]) -> Iterable[Body]:
    return (_body(body) for body in everyone if body.code in actor.speaks_for)


def _body(body: PolicingBody) -> Body:
    return Body(body.code, body.slug, body.short_name)


def _live(recommendation: Recommendation) -> LiveRecommendation:
    return LiveRecommendation(
        Ref(recommendation.report.key, recommendation.number),
        recommendation.due_on,
        frozenset(re.findall("[a-z]+", recommendation.wording.casefold())),
        recommendation.kind is RecommendationKind.ADDRESSED,
    )


def _name_words(everyone: Iterable[PolicingBody]) -> tuple[str, ...]:
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
