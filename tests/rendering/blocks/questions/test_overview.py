"""What is said of the live recommendations."""

from datetime import date

import pytest

from bot.domain.questions.answers import (
    OverdueSummary,
    OverviewRow,
    RegisterOverview,
)
from bot.domain.register.addressee import Addressee, Stage
from bot.domain.register.recommendation import RecommendationKind, Tally
from bot.rendering.blocks.questions import overview
from tests.cast import TODAY, a_recommendation, an_addressee, tally_of
from tests.rendering.cases import DEADLINE, NOTHING_LATE, TO_THE_DEADLINE, of_all
from tests.rendering.screens import assert_valid, read


def row(number: str, addressees: tuple[Addressee, ...]) -> OverviewRow:
    return OverviewRow(a_recommendation(number), tally_of(addressees))


def an_overview(
    *rows: OverviewRow,
    late: OverdueSummary = NOTHING_LATE,
    next_due: date | None = DEADLINE,
    derived: int = 0,
    today: date = TODAY,
) -> RegisterOverview:
    return RegisterOverview(rows, len(rows) - derived, derived, late, next_due, today, "status")


DERIVED = OverviewRow(a_recommendation("27", kind=RecommendationKind.DERIVED, due_on=None), Tally(), 129, 129)


@pytest.mark.parametrize(
    ("register_overview", "says"),
    [
        (
            an_overview(row("15", of_all(43)), row("16", of_all(43)), DERIVED, derived=1),
            "2 live recommendations and 1 of the association's own: 43 of 43 accepted each;"
            f" next due {TO_THE_DEADLINE}.",
        ),
        (
            an_overview(row("15", of_all(41))),
            f"1 live recommendation: 41 of 43 accepted; next due {TO_THE_DEADLINE}.",
        ),
        (
            an_overview(row("15", of_all(41)), row("16", of_all(43))),
            f"2 live recommendations: at least 41 of 43 accepted each; next due {TO_THE_DEADLINE}.",
        ),
        (
            an_overview(row("15", of_all(41)), row("16", of_all(4, 4))),
            f"2 live recommendations: 45 of 47 accepted in all; next due {TO_THE_DEADLINE}.",
        ),
        (
            an_overview(
                row("15", of_all(43)),
                late=OverdueSummary(2, DEADLINE),
                next_due=None,
                today=date(2025, 4, 8),
            ),
            "1 live recommendation: 43 of 43 accepted;"
            " 2 recommendations are overdue, the oldest since 27 March 2025.",
        ),
        (
            an_overview(row("15", of_all(1, 1)), late=OverdueSummary(1, DEADLINE), next_due=None),
            "1 live recommendation: 1 of 1 accepted; 1 recommendation is overdue since 27 March 2025.",
        ),
        (
            an_overview(row("15", of_all(43, stage=Stage.COMPLETE)), next_due=None),
            "1 live recommendation: 43 of 43 accepted; no deadline is ahead.",
        ),
        (an_overview(DERIVED, derived=1), "1 of the association's own."),
        (an_overview(), "No recommendation is live."),
    ],
)
def test_the_overview_says_first_how_far_the_live_recommendations_are(
    register_overview: RegisterOverview, says: str
) -> None:
    shown = overview.overview(register_overview)
    assert_valid(shown)
    assert shown.text == says


def test_the_overview_has_a_line_for_each_recommendation_under_its_report() -> None:
    addressees = (*of_all(1, 2)[:2], an_addressee("Z", stage=Stage.COMPLETE))
    assert read(overview.overview(an_overview(row("15", addressees), DERIVED, derived=1)))[:3] == [
        "Stalking: The police response to stalking, 27 September 2024",
        "  15 · due 27 Mar 2025, in 17 days · 2 of 3 accepted, 1 awaiting · 1 complete, 2 not started",
        "  27 · 129 of 129 answers in · the association's own",
    ]


def test_a_full_page_of_the_overview_fits() -> None:
    rows = [row(str(number), of_all(20)) for number in range(15)]
    assert_valid(overview.overview(an_overview(*rows)))
