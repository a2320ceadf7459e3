"""What stands and what stood answer the same questions: as at today, the same answers, on both databases."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.questions.model import AskedState, NoNews
from bot.domain.questions.names import Region
from bot.domain.questions.selection import Selection
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.refusals.questions import DayToCome, NotPublishedYet
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import Actor, Membership
from bot.domain.register.recommendation import Recommendation, Tally
from bot.operations.recording import withdraw
from bot.operations.register.now import RegisterNow
from bot.operations.register.opening import register_on
from bot.operations.register.register import Register as RegisterRead
from bot.operations.register.scope import LookupScope
from bot.operations.register.then import RegisterAt
from storage import addressees, bodies, recommendations, updates
from tests.cast import ALICE, BOB, CORA, ED, NOW, Register, a_recommendation, occasion, person

TODAY = NOW.date()
LATE = date(2025, 4, 8)
COORDINATOR = Actor(person(CORA, Membership.MEMBER), is_coordinator=True)


def lively(register: Register) -> None:
    ask(register, a_recommendation("30", due_on=date(2025, 3, 1)), ("kent", "gwent"))
    ask(register, a_recommendation("31", respond_by=None, due_on=None), ("kent",))
    register.says(ALICE, "progress 15 blocked: no provider", NOW - timedelta(days=3))
    register.says(ALICE, "complete 16: all of it", NOW - timedelta(days=2))
    register.says(BOB, "decline 15: no such service", NOW - timedelta(days=2))
    register.says(ED, "partly 16: one of two", NOW - timedelta(days=1))
    register.says(ED, "undo", NOW - timedelta(days=1) + timedelta(minutes=2))
    command = register.read("withdraw 25 anyway: closed")
    assert isinstance(command, Withdraw)
    withdraw.withdraw(register.store, occasion(CORA, NOW), command)


def ask(register: Register, new: Recommendation, slugs: tuple[str, ...]) -> None:
    with register.store.begin() as connection:
        addressed = [body for body in bodies.everyone(connection) if body.slug in slugs]
        recommendations.add(connection, new)
        addressees.add(connection, map(new.addressed_to, addressed))


def stood(rows: tuple[Addressee, ...]) -> list[object]:
    """All but what numbers and shows the latest update, which the past has not."""
    return [
        (row.recommendation_id, row.body_code, row.live, row.answer, row.stage, row.respond_by, row.due_on)
        for row in rows
    ]


def counted(tallies: dict[str, Tally]) -> object:
    return {
        id_: (
            {answer: n for answer, n in tally.answers.items() if n},
            {stage: n for stage, n in tally.stages.items() if n},
        )
        for id_, tally in tallies.items()
    }


def everything(read: RegisterRead, register: Register) -> dict[str, object]:
    kent, wales = register.body("kent"), Region("Wales")
    live = read.live()
    ids = tuple(recommendation.id for recommendation in live)
    codes = (kent.code, *read.bodies_of(wales))
    scopes = (
        LookupScope(),
        LookupScope(ids=ids[:2]),
        LookupScope(codes=codes),
        LookupScope(ids=ids[:2], codes=codes),
    )
    fifteen = read.find(Ref(None, "15"))
    with_kent = read.with_body(fifteen, kent)
    latest = read.latest(with_kent, 5, COORDINATOR)
    shown = read.page_of_bodies((kent.code,), limit=2, offset=1)
    before = read.day + timedelta(days=30)
    return {
        "live": (live, read.live("stalking"), read.live_page(limit=2, offset=1), read.count_live_by_kind()),
        "totals": read.totals(),
        "found": (fifteen.id, read.with_parts(fifteen), read.recommendations(ids)),
        "addressees": [stood(read.addressees(recommendation)) for recommendation in live],
        "with Kent": stood((with_kent,)),
        "with bodies": [set(stood(read.with_bodies(ids, chosen))) for chosen in (codes, None)],
        "page": stood(shown),
        "recommendations of bodies": (
            read.count_recommendations_of_bodies(codes),
            read.recommendations_of_bodies(codes, limit=2, offset=1),
        ),
        "tallies": counted(read.tallies(ids)),
        "sums": read.sums(codes),
        "late": (read.late(before), read.late(before, ids[:1])),
        "nearest": [(read.next_due(scope), set(read.nearest(scope))) for scope in scopes],
        "due": (read.count_due(before=before), read.due_page(before=before, limit=5, offset=0)),
        "owing": [
            stood(read.owing(duty, scope, end)) for duty in Duty for scope in scopes for end in (None, before)
        ],
        "counted as owing": [
            read.count_owing(duty, scope, end) for duty in Duty for scope in scopes for end in (None, before)
        ],
        "due within": [
            read.due_within(Selection(read.day, ids=scope.ids, body_codes=scope.codes), first, before)
            for scope in scopes
            for first in (date.min, read.day)
        ],
        "themes": [
            (share.addressed, share.matching)
            for codes in (None, (kent.code,))
            for conditions in ((), (AskedState.ACCEPTED,), (AskedState.OVERDUE,), (NoNews(5),))
            for _, share in sorted(
                read.shares_of_themes(Selection(read.day, body_codes=codes, conditions=conditions)).items()
            )
        ],
        "with a theme": [stated.id for stated in read.live_with_theme("victims")],
        "first addressed": [stated.id for stated in read.first_addressed(2)],
        "without response": (read.count_without_response(), read.without_response(limit=9, offset=0)),
        "said": ([update.seq for update in latest.updates], latest.response and latest.response.seq),
        "last": {key: update.seq for key, update in read.last_of_each(shown, COORDINATOR).items()},
    }


@pytest.mark.parametrize("today", [TODAY, LATE], ids=["before the deadline", "after it"])
def test_as_at_today_the_past_is_the_present(register: Register, today: date) -> None:
    lively(register)
    with register.store.reading() as connection:
        now = everything(RegisterNow(connection, today), register)
        for known in (False, True):
            then = everything(RegisterAt(connection, today, known=known), register)
            for name, answer in now.items():
                assert then[name] == answer, name


def test_what_has_a_theme_is_what_says_so_word_for_word(register: Register) -> None:
    with register.store.reading() as connection:
        read = RegisterNow(connection, TODAY)
        for theme, how_many in (("victims", 2), ("partners", 2), ("Victims", 0), ("victim", 0), ("vic%", 0)):
            with_theme = read.live_with_theme(theme)
            assert with_theme == tuple(stated for stated in read.live() if theme in stated.themes)
            assert len(with_theme) == how_many


def test_the_past_refuses_what_was_not_there_and_the_present_only_what_is_not_asked(
    register: Register,
) -> None:
    ask(register, a_recommendation("30"), ("surrey",))
    kent = register.body("kent")
    with register.store.reading() as connection:
        with pytest.raises(DayToCome):
            register_on(connection, TODAY, TODAY + timedelta(days=1))
        with pytest.raises(NotPublishedYet):
            register_on(connection, TODAY, date(2024, 9, 26)).find(Ref(None, "15"))
        for day in (None, TODAY):
            read = register_on(connection, TODAY, day)
            with pytest.raises(NotAddressed):
                read.with_body(read.find(Ref(None, "30")), kent)


def test_each_addressee_is_folded_and_counted_once_whichever_way_it_is_asked_about(
    register: Register,
) -> None:
    with register.store.reading() as connection:
        read = RegisterAt(connection, TODAY)
        fifteen = read.find(Ref(None, "15"))
        for _ in range(2):
            read.with_body(fifteen, register.body("kent"))
            assert read.counted == 1
        for _ in range(2):
            read.addressees(fifteen)
            assert (read.counted, read.recorded_later, read.looked_at) == (43, 0, frozenset(("stalking-15",)))
        read.sums((register.body("kent").code,))
        assert read.counted == 45
        read.forget()
        assert read.counted == 0


@pytest.mark.parametrize("known", [False, True], ids=["as at", "as known at"])
def test_a_body_and_each_of_its_recommendations_stood_so_whichever_was_read_first(
    register: Register, known: bool
) -> None:
    lively(register)
    with register.store.reading() as connection:
        now = RegisterNow(connection, LATE)
        codes = (register.body("kent").code, *now.bodies_of(Region("Wales")))
        for day in (TODAY - timedelta(days=90), TODAY - timedelta(days=1), TODAY, LATE):
            whole = RegisterAt(connection, day, known=known)
            ids = tuple(stated.id for stated in whole.live())
            of_bodies = whole.page_of_bodies(codes, limit=1_000, offset=0)
            one_by_one = RegisterAt(connection, day, known=known)
            of_each = one_by_one.with_bodies(ids, codes)
            by_recommendation = RegisterAt(connection, day, known=known)
            everyone = by_recommendation.with_bodies(ids, None)
            assert set(of_bodies) == set(of_each) == {row for row in everyone if row.body_code in codes}
            assert (whole.counted, whole.recorded_later) == (one_by_one.counted, one_by_one.recorded_later)
            assert whole.facts(of_bodies) == one_by_one.facts(of_bodies)


def test_what_is_new_of_some_is_read_as_it_is_picked_out_of_all(register: Register) -> None:
    lively(register)
    kent = register.body("kent").code
    with register.store.reading() as connection:
        for after in (0, 100, 131, 135):
            everything_new = updates.events_after(connection, after)
            of_kent = updates.events_after(connection, after, wanted=updates.Wanted(body_codes=(kent,)))
            assert of_kent == [event for event in everything_new if event.body_code == kent]
            wanted = updates.Wanted(("stalking-15",), ("stalking",))
            assert updates.events_after(connection, after, wanted=wanted) == [
                event for event in everything_new if event.recommendation_id == "stalking-15"
            ]
