"""Progress over time: how many bodies stood where at the end of each week, read in one go."""

from collections.abc import Collection
from datetime import date

from bot.domain.questions.model import AsAt, Between, Question, Since, Time
from bot.domain.questions.over_time import ProgressOverTime
from bot.domain.questions.sense import must_make_sense
from bot.domain.questions.written import canonical
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace
from bot.operations.questions.answerable import must_be_answerable
from bot.operations.questions.subjects import Subjects
from bot.operations.register.opening import looking_back
from bot.operations.register.over_time import of_report, progress
from bot.operations.register.then import RegisterAt
from bot.operations.request import actors
from storage import recommendations
from storage.store import Store


def over_time(store: Store, request: Request, question: Question) -> ProgressOverTime:
    """Return how what a question selects stood week by week. Raises MakesNoSense, CannotBeAnswered,
    DayToCome, NotPublishedYet, NotRecordable, UnknownRecommendation, HasEnded, WhichReport, NotAContactOf,
    NoSuchBodyThen, CannotSee."""
    must_make_sense(question, request.today)
    must_be_answerable(question)
    since, last, known = _days(question.time, request.today)
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = looking_back(connection, request.today, last, known=known)
        subjects = Subjects(register, actor, question)

        def codes_on(day: date) -> Collection[str] | None:
            if subjects.body_codes is None:
                return None
            return subjects.codes_on(day, register.bodies_on(day))

        return progress(
            register,
            subjects.subject,
            _counted(register, subjects),
            since=since,
            codes_on=codes_on,
            typed=canonical(replace(question, page=1)),
            looks_back=last < request.today,
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
    keys = subjects.report_keys or ()
    for report in filter(None, (recommendations.report(register.connection, key) for key in keys)):
        register.must_be_published(report.key, report)
    return tuple(stated for key in keys for stated in of_report(register, key))
