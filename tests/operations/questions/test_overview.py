"""Finding the live recommendations."""

from datetime import timedelta

from bot.domain.questions.answers import OverdueSummary, OwnOverview, RegisterOverview
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.register.addressee import Answer
from bot.domain.register.recommendation import RecommendationKind
from bot.operations.questions import overview
from tests.cast import (
    ALICE,
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import DEADLINE, LATE, STALKING, add


def test_the_overview_counts_the_derived_recommendation_apart(register: Register) -> None:
    all_live = overview.overview(register.store, occasion(VIC), 1)
    assert isinstance(all_live, RegisterOverview)
    assert (all_live.addressed, all_live.derived) == (3, 1)
    assert [(row.tally.accepted, row.tally.addressed) for row in all_live.rows] == [(43, 43)] * 3 + [(0, 0)]
    assert (all_live.rows[3].answers_in, all_live.rows[3].answers_expected) == (129, 129)
    assert all_live.next_due == DEADLINE


def test_the_overview_of_a_contact_is_what_their_body_owes(register: Register) -> None:
    own = overview.overview(register.store, occasion(ALICE), 1)
    assert isinstance(own, OwnOverview)
    assert own.bodies == ("Kent",)


def test_an_answer_for_everybody_is_the_overview_that_anyone_gets(register: Register) -> None:
    for_everybody = overview.overview(register.store, occasion(ALICE, for_everybody=True), 1)
    assert isinstance(for_everybody, RegisterOverview)
    assert for_everybody == overview.overview(register.store, occasion(VIC), 1)


def test_the_overview_shows_fifteen_on_a_page_and_counts_all(register: Register) -> None:
    for number in range(100, 120):
        add(register, a_recommendation(str(number)), ("kent",), answer=Answer.ACCEPTED)
    first = overview.overview(register.store, occasion(VIC), 1)
    second = overview.overview(register.store, occasion(ALICE), 2)
    assert isinstance(first, RegisterOverview)
    assert isinstance(second, RegisterOverview)
    assert (len(first.rows), len(second.rows), first.addressed, second.page.pages) == (15, 9, 23, 2)
    shown = [row.recommendation.id for row in (*first.rows, *second.rows)]
    assert len(set(shown)) == 24


def test_a_report_and_chosen_recommendations_are_counted_by_themselves(register: Register) -> None:
    of_report = overview.of_report(register.store, occasion(VIC), STALKING, 1)
    chosen = overview.of_chosen(register.store, occasion(VIC, LATE), (Ref(None, "16"), Ref(None, "25")), 1)
    assert len(of_report.rows) == 4
    assert [row.recommendation.number for row in chosen.rows] == ["16", "25"]
    assert chosen.late == OverdueSummary(2, DEADLINE)
    on_the_day = occasion(VIC, LATE - timedelta(days=1))
    refs = (Ref(None, "16"), Ref(None, "25"))
    assert overview.of_chosen(register.store, on_the_day, refs, 1).late == OverdueSummary()
    in_time = overview.overview(register.store, occasion(VIC, LATE - timedelta(days=1)), 1)
    assert isinstance(in_time, RegisterOverview)
    assert in_time.late == OverdueSummary()


def test_a_derived_recommendation_alone_asks_nothing_of_anybody(register: Register) -> None:
    derived = overview.of_chosen(register.store, occasion(VIC, LATE), (Ref(None, "27"),), 1)
    assert derived.rows[0].recommendation.kind is RecommendationKind.DERIVED
    assert (derived.late, derived.next_due, derived.addressed) == (OverdueSummary(), None, 0)
