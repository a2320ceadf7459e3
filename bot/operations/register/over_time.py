"""How a recommendation stood at the ends of several days, read in one go."""

from collections.abc import Sequence
from datetime import date

from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Recommendation
from bot.operations.register.then import RegisterAt
from storage import updates
from storage.database import Connection


def addressees_on(
    register: RegisterAt, recommendation: Recommendation, days: Sequence[date], *, approved_only: bool = False
) -> tuple[tuple[Addressee, ...], ...]:
    """Return the bodies that answered a recommendation at the end of each of some London days, in order; none
    on days on which it was not published yet, or had ended. With `approved_only`, what needs a second
    person's yes counts once it has that."""
    ending = ended_on(register.connection, recommendation)
    first = recommendation.report.published_on
    live = [day for day in days if first <= day and (ending is None or day < ending)]
    stood = dict(
        zip(live, register.addressees_on(recommendation, live, approved_only=approved_only), strict=True)
    )
    return tuple(stood.get(day, ()) for day in days)


def ended_on(connection: Connection, recommendation: Recommendation) -> date | None:
    """Return the London day on which a recommendation ended, as it stands today; None while it is live."""
    if recommendation.live:
        return None
    ending = updates.ending_of(connection, recommendation.id)
    return ending.draft.stands_from if ending else date.min
