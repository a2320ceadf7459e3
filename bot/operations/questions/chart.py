"""Progress over time: how many bodies stood where at the end of each week, read in one go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.questions.model import AsAt, Between, Question, Since, Time
from bot.domain.questions.over_time import ProgressOn, ProgressOverTime, counted_on, ends_of_weeks
from bot.domain.questions.sense import must_make_sense
from bot.domain.questions.written import canonical
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind, place_of_id
from bot.operations.questions.answering import must_be_answerable
from bot.operations.questions.subjects import Subjects
from bot.operations.register.opening import looking_back
from bot.operations.register.over_time import addressees_on, ended_on
from bot.operations.register.then import RegisterAt
from bot.operations.request import actors
from storage import recommendations, updates
from storage.store import Store


def over_time(store: Store, request: Request, question: Question) -> ProgressOverTime:
    """Raises MakesNoSense, CannotBeAnswered, DayToCome, NotPublishedYet, NotRecordable,
    UnknownRecommendation, HasEnded, WhichReport, NotAContactOf, NoSuchBodyThen, CannotSee."""
    must_make_sense(question, request.today)
    must_be_answerable(question)
    first, last, known = _days(question.time, request.today)
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = looking_back(connection, request.today, last, known=known)
        subjects = Subjects(register, actor, register.bodies(), question)
        counted = _counted(register, subjects)
        published_on = min((stated.report.published_on for stated in counted), default=last)
        ended = _ended(counted)
        if ended:
            last = min(last, _last_day(register, ended))
        days = ends_of_weeks(min(max(first, published_on), last), last)
        return ProgressOverTime(
            subject=subjects.subject,
            points=_points(register, subjects, counted, days),
            day=last,
            typed=canonical(replace(question, page=1)),
            looks_back=last < request.today,
            known=known,
            ended=ended,
        )


def _days(time: Time, today: date) -> tuple[date, date, bool]:
    """Return the first and the last London day that a chart shows, and whether as it was known on it."""
    match time:
        case AsAt():
            return date.min, time.day, time.known
        case Since():
            return time.day, today, False
        case Between():
            return time.first, min(time.last, today), False
        case _:
            return date.min, today, False


def _counted(register: RegisterAt, subjects: Subjects) -> tuple[Recommendation, ...]:
    """Return the recommendations asked about; of a report those that were ever asked of bodies.

    Raises NotPublishedYet."""
    if subjects.subject.recommendations:
        return subjects.subject.recommendations
    result: list[Recommendation] = []
    for key in subjects.report_keys or ():
        report = recommendations.report(register.connection, key)
        if report:
            register.must_be_published(report.key, report)
        ended = updates.ended_after(register.connection, date.min)
        ids = {id_ for id_ in ended if place_of_id(id_)[0] == key}
        ids |= {
            recommendation.id for recommendation in recommendations.live_of_report(register.connection, key)
        }
        result += register.recommendations(ids).values()
    return tuple(stated for stated in result if stated.kind is RecommendationKind.ADDRESSED)


def _ended(counted: Sequence[Recommendation]) -> Recommendation | None:
    """Return the one recommendation asked about, where it had ended by the register's day."""
    return counted[0] if len(counted) == 1 and not counted[0].live else None


def _last_day(register: RegisterAt, ended: Recommendation) -> date:
    ending = ended_on(register.connection, ended)
    return ending - timedelta(days=1) if ending and ending > date.min else register.day


def _points(
    register: RegisterAt, subjects: Subjects, counted: Sequence[Recommendation], days: Sequence[date]
) -> tuple[ProgressOn, ...]:
    rows: list[list[Addressee]] = [[] for _ in days]
    for recommendation in counted:
        for on_day, stood in zip(rows, addressees_on(register, recommendation, days), strict=True):
            on_day.extend(stood)
    if subjects.body_codes is None:
        return counted_on(days, rows)
    chosen = []
    for day, on_day in zip(days, rows, strict=True):
        codes = subjects.codes_on(day, register.bodies_on(day)) or ()
        chosen.append([row for row in on_day if row.body_code in codes])
    return counted_on(days, chosen)
