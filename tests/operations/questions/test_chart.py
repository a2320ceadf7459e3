"""Progress over time is the register as at the end of each week, on both databases."""

import random
from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.questions.model import AsAt, Between, Group, Now, Question, Scope, Shape, Since, Time
from bot.domain.questions.names import Region, ReportName
from bot.domain.questions.over_time import ProgressOn, ProgressOverTime, Series
from bot.domain.questions.sense import MakesNoSense
from bot.domain.refusals.addressees import NotRecordable
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.refusals.questions import NotPublishedYet
from bot.domain.refusals.request import CannotSee
from bot.domain.register.addressee import Answer
from bot.domain.register.people import ContactKind, Role
from bot.operations.questions import chart
from bot.operations.questions.export import account_of
from bot.operations.recording import withdraw
from bot.operations.recording.grant import Authority, grant
from bot.operations.recording.pass_on import pass_on
from bot.operations.register.over_time import addressees_on
from bot.operations.register.then import RegisterAt
from storage import recommendations
from tests.cast import ALICE, CORA, ED, GUS, NOW, VIC, Register, a_recommendation, occasion, person
from tests.operations.cases import add
from tests.operations.endings import AFTER, both_have_spoken, merger
from tests.operations.years import Year

R15, R16 = Ref("stalking", "15"), Ref("stalking", "16")
STALKING = ReportName("stalking", "")
PUBLISHED = date(2024, 9, 27)
TODAY = NOW.date()
YEARS_END = date(2026, 1, 5)


UNTIL_NOW = Now()


def drawn(register: Register, scope: Scope, time: Time = UNTIL_NOW, on: date = TODAY) -> ProgressOverTime:
    question = Question(scope, shape=Shape.CHART, time=time)
    noon = NOW + timedelta(days=(on - TODAY).days)
    return chart.over_time(register.store, occasion(VIC, noon), question)


def as_at(register: Register, day: date, *ids: str, known: bool = False) -> ProgressOn:
    """What the register says of these recommendations, or of all that were live, at the end of a day."""
    with register.store.reading() as connection:
        then = RegisterAt(connection, day, known=known)
        wanted = then.recommendations(ids).values() if ids else then.live("stalking")
        return ProgressOn.of((row for stated in wanted for row in then.addressees(stated)), day)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_point_of_a_year_is_the_register_as_at_that_day(register: Register, seed: int) -> None:
    year = Year(register, random.Random(seed))
    year.pass_by(150)
    assert min(year.recorded, year.taken_back, year.back_dated) > 15
    for scope, ids in (
        (Scope((R15,)), ("stalking-15",)),
        (Scope((R15, R16)), ("stalking-15", "stalking-16")),
        (Scope(reports=(STALKING,)), ()),
    ):
        points = drawn(register, scope, on=YEARS_END).points
        assert len(points) == 68
        assert [point.day.weekday() for point in points[:-1]] == [6] * 67
        assert (points[0].day, points[-1].day) == (date(2024, 9, 29), YEARS_END)
        for point in points[seed::9]:
            assert point == as_at(register, point.day, *ids), point.day
        if len(ids) == 1:
            assert any(point.counts[Series.COMPLETE] for point in points)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 6, 2)])
def test_as_known_at_a_day_its_last_point_is_what_was_known_then(register: Register, day: date) -> None:
    year = Year(register, random.Random(3))
    year.pass_by(60)
    known = drawn(register, Scope((R15,)), AsAt(day, known=True), on=YEARS_END)
    assert known.last == as_at(register, day, "stalking-15", known=True)
    assert (known.day, known.known, known.looks_back) == (day, True, True)
    later = drawn(register, Scope((R15,)), AsAt(day), on=YEARS_END)
    whole = drawn(register, Scope((R15,)), on=YEARS_END)
    assert later.points[:-1] == whole.points[: len(later.points) - 1]
    assert later.last == as_at(register, day, "stalking-15")
    if day.year == 2024:
        assert (known.last.counts[Series.ACCEPTED], later.last.counts[Series.ACCEPTED]) == (0, 43)


def test_what_was_drawn_on_a_day_is_what_is_known_of_it_afterwards(register: Register) -> None:
    register.says(ALICE, "complete 15: done")
    then = drawn(register, Scope((R15,)))
    register.says(ALICE, "progress 15 in progress: half of it", NOW + timedelta(days=9))
    register.says(ED, "partly 15: one of two", NOW + timedelta(days=9))
    again = drawn(register, Scope((R15,)), AsAt(TODAY, known=True), on=TODAY + timedelta(days=20))
    assert again.points == then.points


def test_a_place_counts_the_bodies_that_it_had(register: Register) -> None:
    merger(register)
    both_have_spoken(register)
    assert pass_on(register.store, AFTER) == 6
    today = AFTER.date() + timedelta(days=20)
    east = Region("East of England")
    whole, region, mayors = (
        drawn(register, scope, on=today).points
        for scope in (
            Scope((R15,)),
            Scope((R15,), places=(east,)),
            Scope((R15,), places=(Group.MAYORS,)),
        )
    )
    assert [point.bodies for point in whole[-5:]] == [43, 42, 42, 42, 42]
    assert [point.bodies for point in region[-5:]] == [6, 5, 5, 5, 5]
    assert mayors[-1].bodies == mayors[-5].bodies + 1
    for point in whole:
        assert point == as_at(register, point.day, "stalking-15"), point.day
    norfolk = drawn(register, Scope((R15,), places=(register.body("norfolk"),)), Between(PUBLISHED, TODAY))
    assert (norfolk.last.bodies, norfolk.last.counts[Series.IN_PROGRESS]) == (1, 1)
    others = drawn(register, Scope((R15,), excepted=(east,)), on=today).points
    assert [point.bodies for point in others[-5:]] == [37] * 5


def test_a_withdrawn_recommendation_is_counted_until_it_ended(register: Register) -> None:
    read = register.read("withdraw 15 anyway: the inspectorate has closed it")
    assert isinstance(read, Withdraw)
    withdraw.withdraw(register.store, occasion(CORA), read)
    later = TODAY + timedelta(days=30)
    ended = drawn(register, Scope((R15,)), on=later)
    assert (ended.day, ended.looks_back) == (TODAY - timedelta(days=1), True)
    assert ended.ended is not None
    assert ended.last == as_at(register, ended.day, "stalking-15")
    report = drawn(register, Scope(reports=(STALKING,)), on=later)
    assert (report.day, report.ended) == (later, None)
    for point in report.points:
        assert point == as_at(register, point.day), point.day


def test_what_waits_for_approval_can_be_left_out_as_an_account_leaves_it_out(register: Register) -> None:
    grant(
        register.store,
        occasion(CORA, NOW - timedelta(days=40)),
        person(VIC),
        Authority(Role.CONTACT, register.body("kent"), ContactKind.APPROVER),
    )
    register.says(ALICE, "complete 15: done", NOW - timedelta(days=20))
    days = [TODAY - timedelta(days=ago) for ago in (30, 20, 10, 0)]
    with register.store.reading() as connection:
        recommendation = recommendations.by_ids(connection, ["stalking-15"])["stalking-15"]
        for approved_only in (True, False):
            then = RegisterAt(connection, TODAY)
            stood = addressees_on(then, recommendation, None, days, approved_only=approved_only)
            for day, rows in zip(days, stood, strict=True):
                export = Export(R15, as_at=day, approved_only=approved_only)
                (chapter,) = account_of(connection, NOW, export).chapters
                assert rows == chapter.addressees, day
            done = [ProgressOn.of(rows, TODAY).counts[Series.COMPLETE] for rows in stood]
            assert done == ([0, 0, 0, 0] if approved_only else [0, 1, 1, 1])


def test_the_days_that_were_asked_for_are_shown(register: Register) -> None:
    since = drawn(register, Scope((R15,)), Since(date(2025, 3, 3)))
    assert [point.day for point in since.points] == [date(2025, 3, 9), TODAY]
    span = drawn(register, Scope((R15,)), Between(date(2025, 1, 1), date(2025, 1, 12)))
    assert [point.day.day for point in span.points] == [5, 12]
    assert span.looks_back
    ahead = drawn(register, Scope((R15,)), Since(TODAY + timedelta(days=5)))
    assert [point.day for point in ahead.points] == [TODAY]
    published = drawn(register, Scope((R15,)), AsAt(PUBLISHED))
    assert [point.day for point in published.points] == [PUBLISHED]
    before = drawn(register, Scope((R15,)), Between(date(2020, 1, 1), date(2024, 10, 6)))
    assert [point.day for point in before.points] == [date(2024, 9, 29), date(2024, 10, 6)]


def test_whom_nothing_was_asked_of_counts_nothing(register: Register) -> None:
    add(register, a_recommendation("98"), ("gwent",), answer=Answer.AWAITING)
    kent = drawn(register, Scope((Ref("stalking", "98"),), places=(register.body("kent"),)))
    assert kent.most_bodies == 0
    assert set(kent.last.counts.values()) == {0}


@pytest.mark.parametrize(
    ("scope", "time", "refusal"),
    [
        (Scope((Ref(None, "27"),)), UNTIL_NOW, NotRecordable),
        (Scope((Ref(None, "99"),)), UNTIL_NOW, UnknownRecommendation),
        (Scope((R15,)), AsAt(TODAY + timedelta(days=1)), MakesNoSense),
        (Scope((R15,)), AsAt(PUBLISHED - timedelta(days=1)), NotPublishedYet),
        (Scope(reports=(STALKING,)), AsAt(PUBLISHED - timedelta(days=1)), NotPublishedYet),
        (Scope(), UNTIL_NOW, MakesNoSense),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    register: Register, scope: Scope, time: Time, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        drawn(register, scope, time)


def test_a_guest_without_a_role_sees_no_chart(register: Register) -> None:
    question = Question(Scope((R15,)), shape=Shape.CHART)
    with pytest.raises(CannotSee):
        chart.over_time(register.store, occasion(GUS), question)
