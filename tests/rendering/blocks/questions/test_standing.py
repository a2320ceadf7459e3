"""What is said of a body and of a region."""

from datetime import date

import pytest

from bot.domain.questions.answers import (
    BodyCounts,
    BodyOverview,
    RegionOverview,
    StandingRow,
)
from bot.domain.register.addressee import Answer, Stage
from bot.rendering.blocks.questions import standing
from tests.cast import TODAY, a_recommendation, an_addressee
from tests.rendering.cases import DEADLINE, TO_THE_DEADLINE, a_standing
from tests.rendering.screens import assert_valid, read


def a_body(*rows: StandingRow, today: date = TODAY) -> BodyOverview:
    sums = BodyCounts.of([row.addressee for row in rows], today)
    return BodyOverview("Kent", rows, sums, DEADLINE if today <= DEADLINE else None, today, "body kent")


@pytest.mark.parametrize(
    ("body_overview", "says"),
    [
        (
            a_body(a_standing("15"), a_standing("16", stage=Stage.COMPLETE)),
            f"Kent: 2 of 2 accepted, 1 of 2 complete; next due {TO_THE_DEADLINE}.",
        ),
        (
            a_body(a_standing("15"), today=date(2025, 4, 8)),
            "Kent: 1 of 1 accepted, 0 of 1 complete; 1 recommendation is overdue since 27 March 2025.",
        ),
        (
            a_body(a_standing("15", stage=Stage.COMPLETE)),
            "Kent: 1 of 1 accepted, 1 of 1 complete; nothing is owed.",
        ),
        (a_body(), "Kent: no live recommendation is addressed to it."),
    ],
)
def test_a_body_across_recommendations_says_first_what_is_owed(
    body_overview: BodyOverview, says: str
) -> None:
    shown = standing.body(body_overview)
    assert_valid(shown)
    assert shown.text == says


def test_a_response_that_is_awaited_is_said_with_its_deadline() -> None:
    shown = standing.body(a_body(a_standing("15", answer=Answer.AWAITING)))
    assert read(shown)[0] == (
        "Stalking 15: awaiting a response by 22 Nov 2024 (overdue by 108 days); not started;"
        " due 27 Mar 2025 (17 days left, 13 working days)"
    )


def test_a_region_says_who_owes_what() -> None:
    addressees = (
        an_addressee("Gwent", answer=Answer.AWAITING),
        an_addressee("North Wales", stage=Stage.COMPLETE),
        an_addressee("South Wales", stage=Stage.BLOCKED),
    )
    names = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    shown = standing.region(
        RegionOverview(
            "Wales",
            names,
            ((a_recommendation("15"), addressees),),
            BodyCounts.of(addressees, TODAY),
            DEADLINE,
            TODAY,
            "region Wales",
        )
    )
    assert_valid(shown)
    assert shown.text == (
        f"Wales, 4 bodies: 2 of 3 accepted; 1 recommendation is overdue; next due {TO_THE_DEADLINE}."
    )
    assert read(shown)[:3] == [
        "Stalking 15, due 27 Mar 2025, in 17 days: 2 of 3 accepted · 1 complete, 1 blocked, 1 not started",
        "  Awaiting a response: Gwent",
        "  Not complete: Gwent, South Wales (blocked)",
    ]
