"""Progress over time: how recommendations stood at the ends of several days, read in one go."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from bot.domain.questions.over_time import ProgressOverTime, counted_on, ends_of_weeks
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Recommendation, RecommendationKind, place_of_id
from bot.operations.register.then import RegisterAt
from storage import recommendations, updates
from storage.database import Connection

_ONE_DAY = timedelta(days=1)


def progress(
    register: RegisterAt,
    subject: QuestionSubject,
    counted: Sequence[Recommendation],
    *,
    since: date = date.min,
    codes_on: Callable[[date], Collection[str] | None] = lambda _: None,
    approved_only: bool = False,
    typed: str = "",
    looks_back: bool = False,
) -> ProgressOverTime:
    """Count how the bodies stood with these recommendations at the end of each week, from a London date or
    their publication on, to the register's day.

    `codes_on` returns the codes of the bodies that are counted on a day; None for all. `looks_back` tells
    whether the register's day is past, which it is too where the one recommendation has ended."""
    published_on = min((stated.report.published_on for stated in counted), default=register.day)
    endings = {stated.id: ended_on(register.connection, stated) for stated in counted}
    ended = counted[0] if len(counted) == 1 and not counted[0].live else None
    last = _day_before(endings[ended.id], register.day) if ended else register.day
    days = ends_of_weeks(min(max(since, published_on), last), last)
    standing: list[list[Addressee]] = [[] for _ in days]
    for recommendation in counted:
        ending = endings[recommendation.id]
        rows_by_day = addressees_on(register, recommendation, ending, days, approved_only=approved_only)
        for day, on_day, rows in zip(days, standing, rows_by_day, strict=True):
            codes = codes_on(day)
            on_day.extend(rows if codes is None else (row for row in rows if row.body_code in codes))
    return ProgressOverTime(
        subject=subject,
        points=counted_on(days, standing),
        day=last,
        typed=typed,
        looks_back=looks_back or last < register.day,
        known=register.known,
        ended=ended,
    )


def _day_before(ending: date | None, day: date) -> date:
    """Return the last London day on which something stood that has ended, or `day` where that is earlier."""
    return min(day, ending - _ONE_DAY) if ending and ending > date.min else day


def of_report(register: RegisterAt, key: str) -> tuple[Recommendation, ...]:
    """Return the recommendations of a report that were ever addressed to bodies, live and ended."""
    ended = updates.ended_after(register.connection, date.min)
    live = recommendations.live_of_report(register.connection, key)
    ids = {*(id_ for id_ in ended if place_of_id(id_)[0] == key), *(stated.id for stated in live)}
    everything = register.recommendations(ids).values()
    return tuple(stated for stated in everything if stated.kind is RecommendationKind.ADDRESSED)


def progress_of_report(
    register: RegisterAt, key: str, *, approved_only: bool = False, looks_back: bool = False
) -> ProgressOverTime:
    """Count how the bodies stood with all that a report asks, week by week, to the register's day."""
    subject = QuestionSubject(report_keys=(key,))
    counted = of_report(register, key)
    return progress(register, subject, counted, approved_only=approved_only, looks_back=looks_back)


def addressees_on(
    register: RegisterAt,
    recommendation: Recommendation,
    ending: date | None,
    days: Sequence[date],
    *,
    approved_only: bool = False,
) -> tuple[tuple[Addressee, ...], ...]:
    """Return the bodies that answered a recommendation at the end of each of some London days, in order; none
    on days on which it was not published yet, or had ended, on `ending`. With `approved_only`, what needs a
    second person's yes counts once it has that."""
    first = recommendation.report.published_on
    live = [day for day in days if first <= day and (ending is None or day < ending)]
    stood = register.addressees_on(recommendation, live, approved_only=approved_only)
    by_day = dict(zip(live, stood, strict=True))
    return tuple(by_day.get(day, ()) for day in days)


def ended_on(connection: Connection, recommendation: Recommendation) -> date | None:
    """Return the London day on which a recommendation ended, as it stands today; None while it is live."""
    if recommendation.live:
        return None
    ending = updates.ending_of(connection, recommendation.id)
    return ending.draft.stands_from if ending else date.min
