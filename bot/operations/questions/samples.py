"""What examples name for one reader: what there is, of their own bodies where they have any."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.questions.grammar.samples import Sample
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.domain.register.redaction import can_be_erased
from bot.domain.values import replace
from storage import addressees, bodies, recommendations, updates
from storage.database import Connection

# Live recommendations read for a contact; fewer for anyone else, since all bodies of each are read.
_LOOKED_AT = 50
_LOOKED_AT_FOR_ALL = 4
_LAST_UPDATES = 20
_SEVERAL = 3
_NOTHING = Sample("", "", "", "", "", "", "", "", None, None)


def sample(connection: Connection, actor: Actor, today: date) -> Sample:
    """Return names for examples that work for the actor: of live recommendations, and of bodies that they are
    addressed to. `today` is a London date."""
    live = _live(connection, actor)
    by_id = {recommendation.id: recommendation for recommendation in live}
    rows = _rows(connection, actor, live)
    if not rows:
        reports = recommendations.all_reports(connection)
        return replace(_NOTHING, report=reports[0].key if reports else "")
    by_code = bodies.by_code(connection)
    first = min(rows, key=lambda row: _usefulness(row, by_code[row.body_code]))
    own = [row for row in rows if row.body_code == first.body_code]
    recommendation = by_id[first.recommendation_id]
    titles = [_short(connection, by_id[row.recommendation_id]) for row in own]
    title = _short(connection, recommendation)
    successors = [possible for possible in live if possible.id != recommendation.id]
    return Sample(
        recommendation=title,
        recommendations=_joined([title, *(other for other in titles if other != title)][:_SEVERAL]),
        successor=successors[0].title if successors else "",
        report=recommendation.report.key,
        body=by_code[first.body_code].slug,
        region=by_code[first.body_code].region.lower(),
        word=_word_of(recommendation),
        seq=_erasable(connection) if actor.is_coordinator else "",
        then=max(recommendation.report.published_on, min(today, recommendation.respond_by or today)),
        later=max(first.due_on, today) + relativedelta(months=1) if first.due_on else None,
        true_of=_true_of(connection, rows, by_id, by_code),
    )


def _live(connection: Connection, actor: Actor) -> list[Recommendation]:
    """Return live recommendations that bodies answer: as many as can be looked at for an actor."""
    live = [
        recommendation
        for recommendation in recommendations.live(connection, limit=_LOOKED_AT)
        if recommendation.kind is RecommendationKind.ADDRESSED
    ]
    return live if actor.is_contact else live[:_LOOKED_AT_FOR_ALL]


def _rows(connection: Connection, actor: Actor, live: Iterable[Recommendation]) -> tuple[Addressee, ...]:
    codes = sorted(actor.speaks_for)
    ids = [recommendation.id for recommendation in live]
    rows = addressees.of_recommendations(connection, ids, codes or None) if ids else ()
    return tuple(row for row in rows if row.live)


def _usefulness(row: Addressee, body: PolicingBody) -> tuple[object, ...]:
    """Rank rows for examples: what is not done first, then what has a deadline, then short names."""
    return row.stage.is_done, row.due_on or date.max, len(body.slug), body.slug, row.recommendation_id


def _short(connection: Connection, recommendation: Recommendation) -> str:
    """Return the number, where no other live report has it."""
    return (
        recommendation.number
        if len(recommendations.with_number(connection, recommendation.number)) == 1
        else recommendation.title
    )


def _joined(titles: list[str]) -> str:
    if any(" " in title for title in titles) or len(titles) == 1:
        return " ".join(titles)
    return f"{', '.join(titles[:-1])} and {titles[-1]}"


def _word_of(recommendation: Recommendation) -> str:
    words = [word.lower() for word in recommendation.wording.split() if word.isalpha() and word.isascii()]
    return max(words, key=len, default="")


def _erasable(connection: Connection) -> str:
    last = updates.history(connection, updates.Wanted(), limit=_LAST_UPDATES, offset=0)
    return next((str(update.seq) for update in last if can_be_erased(update)), "")


def _true_of(
    connection: Connection,
    rows: Iterable[Addressee],
    live: dict[str, Recommendation],
    by_code: dict[str, PolicingBody],
) -> dict[str, tuple[str, str]]:
    """Find a recommendation and a body to check, and to reopen; empty words where nothing is complete."""
    complete = [row for row in rows if row.stage.is_done]
    unchecked = [row for row in complete if row.stage.facts.can_be_checked]
    targets = {}
    for verb, matching in (("check", unchecked), ("reopen", complete)):
        row = next(iter(matching), None)
        targets[verb] = (
            (_short(connection, live[row.recommendation_id]), by_code[row.body_code].slug)
            if row
            else ("", "")
        )
    return targets
