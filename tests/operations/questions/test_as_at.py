"""The register as it stood at the end of a day: recommendation, body and report, on both databases."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from bot.domain.questions.answers import (
    BodyStanding,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)
from bot.domain.questions.as_it_stood import AsItStood
from bot.domain.questions.grammar.typed_commands import AsAt, Ref
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.refusals.addressees import NotAddressed, NotRecordable
from bot.domain.refusals.questions import DayToCome, NoSuchBodyThen, NotPublishedYet
from bot.domain.refusals.request import CannotSee
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.register.update import Update, UpdateKind
from bot.domain.values import replace
from bot.operations.questions import as_at, standing
from bot.operations.recording import quoting, withdraw
from storage import updates
from storage.tables.bodies import policing_bodies
from tests.cast import ALICE, BOB, CORA, GUS, NOW, VIC, Register, a_recommendation, occasion
from tests.operations.cases import add
from tests.operations.years import write

LETTER = date(2024, 11, 22)
LOADED = date(2025, 1, 6)
TODAY = NOW.date()
DEADLINE, APRIL = date(2025, 3, 27), date(2025, 4, 30)
STALKING = ReportName("stalking", "")
R15, R16, R27 = Ref(None, "15"), Ref(None, "16"), Ref(None, "27")


def as_at_day(day: date, *, known: bool = False, page: int = 1) -> AsAt:
    return AsAt((R15,), day, known, page=page)


def of_all(
    register: Register, day: date, *, known: bool = False, ref: Ref = R15
) -> AsItStood[RecommendationStanding]:
    return as_at.recommendation(register.store, occasion(VIC), as_at_day(day, known=known), ref)


def with_kent(
    register: Register, day: date, *, known: bool = False, who: PersonKey = ALICE
) -> AsItStood[BodyStanding]:
    kent = register.body("kent")
    return as_at.with_body(register.store, occasion(who), as_at_day(day, known=known), R15, kent)


@pytest.mark.parametrize("number", ["15", "16", "25"])
def test_on_the_day_of_the_letter_all_43_had_accepted_as_the_letter_says(
    register: Register, number: str
) -> None:
    stood = of_all(register, LETTER, ref=Ref(None, number))
    assert (stood.result.tally.accepted, stood.result.tally.addressed) == (43, 43)
    assert (stood.counted, stood.recorded_later) == (43, 43)
    before = of_all(register, LETTER - timedelta(days=1), ref=Ref(None, number))
    assert (before.result.tally.accepted, before.result.tally.addressed, before.counted) == (0, 43, 0)


@pytest.mark.parametrize("number", ["15", "16", "25"])
def test_on_that_day_nothing_was_known_of_it_yet(register: Register, number: str) -> None:
    stood = of_all(register, LETTER, known=True, ref=Ref(None, number))
    assert stood.result.tally.answers == {Answer.AWAITING: 43}
    assert (stood.counted, stood.recorded_later, stood.begun_on) == (0, 0, LOADED)
    loaded = of_all(register, LOADED, known=True, ref=Ref(None, number))
    assert (loaded.result.tally.accepted, loaded.counted, loaded.begun_on) == (43, 43, None)


def test_a_derived_recommendation_folds_what_it_rests_on(register: Register) -> None:
    stood = of_all(register, LETTER, ref=R27)
    assert (stood.result.answers_in, stood.result.answers_expected, stood.recorded_later) == (129, 129, 129)
    known = of_all(register, LETTER, known=True, ref=R27)
    assert (known.result.answers_in, known.result.answers_expected, known.begun_on) == (0, 129, LOADED)


def test_days_left_and_what_is_overdue_are_of_that_day(register: Register) -> None:
    late = datetime(2025, 4, 8, 9, tzinfo=UTC)
    for day, overdue in ((DEADLINE, 0), (DEADLINE + timedelta(days=1), 43)):
        stood = as_at.recommendation(register.store, occasion(VIC, late), as_at_day(day), R15)
        assert stood.result.today == day
        assert len(stood.result.overdue(Duty.ACTION)) == overdue


def test_an_extension_counts_from_the_day_it_was_granted(register: Register) -> None:
    kent = ("stalking-15", register.body("kent").code)
    write(
        register,
        kent,
        UpdateKind.EXTENSION_GRANTED,
        lambda addressee: addressee.extend(APRIL, "why"),
        instant=NOW,
    )
    assert with_kent(register, TODAY).result.addressee.due_on == APRIL
    assert with_kent(register, TODAY - timedelta(days=1)).result.addressee.due_on == DEADLINE


def test_a_body_shows_what_stood_then_and_the_updates_that_say_so(register: Register) -> None:
    kent = ("stalking-15", register.body("kent").code)
    register.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    write(
        register,
        kent,
        UpdateKind.RESPONSE,
        lambda addressee: addressee.respond(Answer.ACCEPTED_IN_PART, "why"),
        instant=NOW,
        stands_from=date(2025, 2, 1),
    )
    stood = with_kent(register, date(2025, 2, 1))
    assert (stood.result.addressee.answer, stood.result.addressee.stage) == (
        Answer.ACCEPTED_IN_PART,
        Stage.NOT_STARTED,
    )
    assert [change(update) for update in stood.result.updates] == ["accepted in part", "accepted"]
    assert stood.result.response == stood.result.updates[0]
    assert (stood.counted, stood.recorded_later) == (2, 1)
    before = with_kent(register, date(2025, 1, 31))
    assert (before.result.addressee.answer, before.recorded_later) == (Answer.ACCEPTED, 0)
    known = with_kent(register, TODAY - timedelta(days=1), known=True)
    assert [change(update) for update in known.result.updates] == ["blocked", "accepted"]


def change(update: Update) -> str:
    return update.draft.changes[0].now


def test_what_was_taken_back_after_midnight_was_known_but_never_stood(register: Register) -> None:
    before_midnight = datetime(2025, 3, 9, 23, 56, tzinfo=UTC)
    register.says(ALICE, "decline 15: no such service", before_midnight)
    register.says(ALICE, "undo", before_midnight + timedelta(minutes=8))
    day = date(2025, 3, 9)
    assert with_kent(register, day).result.addressee.answer is Answer.ACCEPTED
    known = with_kent(register, day, known=True).result
    assert known.addressee.answer is Answer.NOT_ACCEPTED
    assert (known.updates[0].draft.text, known.updates[0].undone) == ("no such service", False)
    assert with_kent(register, TODAY, known=True).result.addressee.answer is Answer.ACCEPTED


@pytest.mark.parametrize(
    ("who", "reads"),
    [(ALICE, True), (CORA, True), (BOB, False), (VIC, False)],
    ids=["own", "all", "other", "none"],
)
def test_texts_are_read_by_todays_rules(register: Register, who: PersonKey, reads: bool) -> None:
    register.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    latest = with_kent(register, TODAY, who=who).result.updates[0]
    assert (latest.draft.text == "no provider", latest.withheld) == (reads, not reads)
    whole = as_at.body(register.store, occasion(who), as_at_day(TODAY), register.body("kent")).result
    text = next(row.latest for row in whole.rows if row.recommendation.number == "15")
    assert text
    assert (text.draft.text == "no provider") is reads


def test_a_text_taken_back_is_not_shown_to_everybody_because_it_once_was(register: Register) -> None:
    before_midnight = datetime(2025, 3, 9, 23, 56, tzinfo=UTC)
    seq = register.says(ALICE, "decline 15: a second thought", before_midnight)
    quoting.allow_quoting(register.store, occasion(ALICE, before_midnight), [seq])
    register.says(ALICE, "undo", before_midnight + timedelta(minutes=8))
    known = with_kent(register, date(2025, 3, 9), known=True, who=VIC).result
    assert known.addressee.answer is Answer.NOT_ACCEPTED
    assert known.updates[0].draft.text == ""


def lives(register: Register, slug: str, first: date | None, last: date | None) -> None:
    with register.store.begin() as connection:
        connection.execute(
            update(policing_bodies)
            .where(policing_bodies.c.slug == slug)
            .values(first_day=first, last_day=last)
        )


def test_the_bodies_of_the_day_are_the_denominator(register: Register) -> None:
    lives(register, "kent", None, date(2025, 1, 31))
    lives(register, "surrey", date(2025, 2, 1), None)
    counted = {
        day: (of_all(register, day).result.tally.addressed, names(of_all(register, day).result.addressees))
        for day in (LETTER, date(2025, 1, 31), date(2025, 2, 1), TODAY)
    }
    assert {day: addressed for day, (addressed, _) in counted.items()} == dict.fromkeys(counted, 42)
    assert [("Kent" in texts, "Surrey" in texts) for _, texts in counted.values()] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]
    with pytest.raises(NoSuchBodyThen) as refusal:
        with_kent(register, date(2025, 2, 1))
    assert (refusal.value.body_name, refusal.value.last_day) == ("Kent", date(2025, 1, 31))
    with pytest.raises(NoSuchBodyThen):
        as_at.body(register.store, occasion(VIC), as_at_day(date(2025, 1, 31)), register.body("surrey"))


def names(addressees: Sequence[Addressee]) -> list[str]:
    return [addressee.body_name for addressee in addressees]


def test_bodies_are_shown_by_name(register: Register) -> None:
    shown = names(of_all(register, LETTER).result.addressees)
    assert (shown[0], shown[-1], len(shown)) == ("Avon and Somerset", "Wiltshire", 43)


def test_a_recommendation_is_live_until_the_day_it_ended(register: Register) -> None:
    read = register.read("withdraw 15 anyway: the inspectorate has closed it")
    assert isinstance(read, Withdraw)
    withdraw.withdraw(register.store, occasion(CORA), read)
    named = Ref("stalking", "15")
    ended = of_all(register, TODAY, ref=named).result
    assert ended.recommendation.status is RecommendationStatus.WITHDRAWN
    assert not any(addressee.owes(Duty.ACTION) for addressee in ended.addressees)
    before = of_all(register, TODAY - timedelta(days=1), ref=named).result
    assert before.recommendation.live
    assert all(addressee.owes(Duty.ACTION) for addressee in before.addressees)
    numbers = [
        [row.recommendation.number for row in report(register, day).rows]
        for day in (TODAY - timedelta(days=1), TODAY)
    ]
    assert numbers == [["15", "16", "25", "27"], ["16", "25", "27"]]
    kent = [
        as_at.body(register.store, occasion(VIC), as_at_day(day), register.body("kent")).result.sums.addressed
        for day in (TODAY - timedelta(days=1), TODAY)
    ]
    assert kent == [3, 2]


def report(register: Register, day: date) -> RegisterOverview:
    return as_at.report(register.store, occasion(VIC), as_at_day(day), STALKING).result


def test_a_report_counts_each_recommendation_of_that_day(register: Register) -> None:
    stood = as_at.report(register.store, occasion(VIC), as_at_day(LETTER), STALKING)
    overview = stood.result
    assert [
        (row.recommendation.number, row.tally.accepted, row.tally.addressed, row.answers_in)
        for row in overview.rows
    ] == [("15", 43, 43, 0), ("16", 43, 43, 0), ("25", 43, 43, 0), ("27", 0, 0, 129)]
    assert (overview.addressed, overview.derived, overview.late.recommendations, stood.recorded_later) == (
        3,
        1,
        0,
        129,
    )
    assert overview.next_due == DEADLINE
    awaiting = as_at.report(register.store, occasion(VIC), as_at_day(LETTER, known=True), STALKING).result
    assert awaiting.next_due == LETTER


def test_several_recommendations_stand_beside_each_other_as_they_were_named(register: Register) -> None:
    stood = as_at.chosen(register.store, occasion(VIC), as_at_day(LETTER), (R27, R15, R15))
    overview = stood.result
    assert [
        (row.recommendation.number, row.tally.accepted, row.tally.addressed, row.answers_in)
        for row in overview.rows
    ] == [("27", 0, 0, 129), ("15", 43, 43, 0)]
    assert (overview.addressed, overview.derived, overview.chosen) == (1, 1, True)
    assert (stood.counted, stood.recorded_later) == (129, 129)
    known = as_at.chosen(register.store, occasion(VIC), as_at_day(LETTER, known=True), (R15, R16))
    assert [row.tally.accepted for row in known.result.rows] == [0, 0]
    assert known.begun_on == LOADED


def test_several_recommendations_stand_with_one_body_as_they_were_named(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider", NOW)
    kent = register.body("kent")
    for day, stages in (
        (TODAY, [Stage.NOT_STARTED, Stage.BLOCKED]),
        (TODAY - timedelta(days=1), [Stage.NOT_STARTED, Stage.NOT_STARTED]),
    ):
        stood = as_at.chosen_with_body(register.store, occasion(VIC), as_at_day(day), (R16, R15), kent)
        assert [row.recommendation.number for row in stood.result.rows] == ["16", "15"]
        assert [row.addressee.stage for row in stood.result.rows] == stages
        assert stood.result.sums.addressed == 2


def test_a_region_has_the_bodies_of_that_day(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider", NOW)
    lives(register, "surrey", date(2025, 2, 1), None)
    wales = as_at.region(register.store, occasion(VIC), as_at_day(LETTER), Region("Wales"))
    assert wales.result.body_names == ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    assert [
        (recommendation.number, names(addressees)) for recommendation, addressees in wales.result.rows
    ] == [(number, list(wales.result.body_names)) for number in ("15", "16", "25")]
    assert (wales.counted, wales.recorded_later) == (12, 12)
    for day, bodies, stage in ((LETTER, 4, Stage.NOT_STARTED), (TODAY, 5, Stage.BLOCKED)):
        south_east = as_at.region(register.store, occasion(VIC), as_at_day(day), Region("South East")).result
        assert len(south_east.body_names) == bodies
        assert south_east.sums.addressed == 3 * bodies
        fifteen = next(
            addressees for recommendation, addressees in south_east.rows if recommendation.number == "15"
        )
        assert next(addressee.stage for addressee in fifteen if addressee.body_name == "Kent") is stage
        assert ("Surrey" in names(fifteen)) is (day == TODAY)


def test_a_region_as_at_today_is_the_region_of_today(register: Register) -> None:
    register.says(ALICE, "complete 16: all of it", NOW)
    region = Region("South East")
    then = as_at.region(register.store, occasion(VIC), as_at_day(TODAY), region).result
    now = standing.region(register.store, occasion(VIC), region, 1)
    assert rows_of(then) == rows_of(now)
    assert (then.sums, then.body_names, then.typed) == (now.sums, now.body_names, now.typed)
    assert then.next_due == now.next_due is not None


def rows_of(region_overview: RegionOverview) -> list[tuple[str, list[tuple[str, Answer, Stage]]]]:
    return [
        (
            recommendation.id,
            [(addressee.body_name, addressee.answer, addressee.stage) for addressee in addressees],
        )
        for recommendation, addressees in region_overview.rows
    ]


def test_a_body_has_what_is_owed_first_by_its_deadline(register: Register) -> None:
    add(register, a_recommendation("30", due_on=date(2025, 3, 20)), ("kent",), answer=Answer.AWAITING)
    add(register, a_recommendation("31", due_on=None, respond_by=None), ("kent",), answer=Answer.AWAITING)
    register.says(ALICE, "complete 15: all of it", NOW)
    stood = as_at.body(register.store, occasion(VIC), as_at_day(TODAY), register.body("kent"))
    numbers = [row.recommendation.number for row in stood.result.rows]
    assert numbers == ["30", "16", "25", "31", "15"]
    assert (stood.result.sums.addressed, stood.result.sums.accepted, stood.result.sums.done) == (5, 3, 1)
    assert stood.result.next_due == date(2025, 3, 20)


def test_days_without_a_state_are_refused(register: Register) -> None:
    tomorrow, too_early = TODAY + timedelta(days=1), date(2024, 9, 26)
    kent = register.body("kent")
    for refused in (
        lambda day: of_all(register, day),
        lambda day: with_kent(register, day),
        lambda day: report(register, day),
        lambda day: as_at.chosen(register.store, occasion(VIC), as_at_day(day), (R15, R16)),
        lambda day: as_at.chosen_with_body(register.store, occasion(VIC), as_at_day(day), (R15, R16), kent),
    ):
        with pytest.raises(DayToCome):
            refused(tomorrow)
        with pytest.raises(NotPublishedYet) as refusal:
            refused(too_early)
        assert refusal.value.published_on == date(2024, 9, 27)
    with pytest.raises(DayToCome):
        as_at.body(register.store, occasion(VIC), as_at_day(tomorrow), kent)
    assert as_at.body(register.store, occasion(VIC), as_at_day(too_early), kent).result.rows == ()
    with pytest.raises(DayToCome):
        as_at.region(register.store, occasion(VIC), as_at_day(tomorrow), Region("Wales"))
    assert (
        as_at.region(register.store, occasion(VIC), as_at_day(too_early), Region("Wales")).result.rows == ()
    )


def test_a_body_that_is_not_asked_is_refused_as_it_is_today(register: Register) -> None:
    add(register, a_recommendation("30"), ("surrey",), answer=Answer.AWAITING)
    kent = register.body("kent")
    with pytest.raises(NotAddressed):
        as_at.with_body(register.store, occasion(VIC), as_at_day(TODAY), Ref(None, "30"), kent)
    with pytest.raises(NotRecordable):
        as_at.with_body(register.store, occasion(VIC), as_at_day(TODAY), R27, kent)
    with pytest.raises(NotRecordable):
        as_at.chosen_with_body(register.store, occasion(VIC), as_at_day(TODAY), (R15, R27), kent)
    with pytest.raises(NotAddressed):
        as_at.chosen_with_body(register.store, occasion(VIC), as_at_day(TODAY), (R15, Ref(None, "30")), kent)


def test_a_guest_without_a_role_sees_nothing_of_the_past_either(register: Register) -> None:
    who = occasion(GUS)
    kent: Body = register.body("kent")
    with pytest.raises(CannotSee):
        as_at.recommendation(register.store, who, as_at_day(LETTER), R15)
    with pytest.raises(CannotSee):
        as_at.with_body(register.store, who, as_at_day(LETTER), R15, kent)
    with pytest.raises(CannotSee):
        as_at.report(register.store, who, as_at_day(LETTER), STALKING)
    with pytest.raises(CannotSee):
        as_at.body(register.store, who, replace(as_at_day(LETTER), subject=kent), kent)
    with pytest.raises(CannotSee):
        as_at.region(register.store, who, as_at_day(LETTER), Region("Wales"))
    with pytest.raises(CannotSee):
        as_at.chosen(register.store, who, as_at_day(LETTER), (R15, R16))
    with pytest.raises(CannotSee):
        as_at.chosen_with_body(register.store, who, as_at_day(LETTER), (R15, R16), kent)


def test_the_history_comes_addressee_by_addressee_oldest_first(register: Register) -> None:
    register.says(ALICE, "progress 15 in progress: begun", NOW)
    register.says(BOB, "progress 15 in progress: begun", NOW)
    with register.store.reading() as connection:
        of_fifteen = list(updates.each_of_addressees(connection, recommendation_id="stalking-15"))
        kents = list(updates.each_of_addressees(connection, body_code=register.body("kent").code))
        everything = list(updates.each_of_addressees(connection))
        first = next(updates.each_of_addressees(connection))
    codes = [update.draft.body_code for update in of_fifteen]
    assert len(of_fifteen) == 45
    assert sum(a != b for a, b in pairwise(codes)) == 42
    assert [
        update.seq for update in of_fifteen if update.draft.body_code == register.body("kent").code
    ] == sorted(kent.seq for kent in kents if kent.draft.recommendation_id == "stalking-15")
    assert {kent.draft.recommendation_id for kent in kents} == {"stalking-15", "stalking-16", "stalking-25"}
    assert (len(everything), everything[0]) == (131, first)
