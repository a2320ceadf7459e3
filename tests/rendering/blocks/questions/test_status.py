"""What is said of one recommendation, and of one body in it."""

from datetime import date
from typing import Any

import pytest

from bot.domain.questions.answers import (
    BodyStanding,
    RecommendationStanding,
)
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.recommendation import RecommendationKind, RecommendationStatus, Tally
from bot.domain.register.update import Change, UpdateKind
from bot.rendering.blocks.questions import status
from bot.rendering.screen import Screen
from tests.cast import TODAY, a_recommendation, an_addressee, an_update, tally_of
from tests.rendering.cases import DEADLINE, TO_THE_DEADLINE, of_all
from tests.rendering.screens import assert_valid, buttons, read


def said_of_15(
    addressees: tuple[Addressee, ...],
    today: date = TODAY,
    status_: RecommendationStatus = RecommendationStatus.LIVE,
) -> Screen:
    recommendation = a_recommendation("15", status=status_)
    shown = status.recommendation(
        RecommendationStanding(recommendation, tally_of(addressees), addressees, today)
    )
    assert_valid(shown)
    return shown


@pytest.mark.parametrize(
    ("addressees", "today", "says"),
    [
        (of_all(43), TODAY, f"Stalking 15: 43 of 43 accepted, due {TO_THE_DEADLINE}."),
        (of_all(41), TODAY, f"Stalking 15: 41 of 43 accepted, due {TO_THE_DEADLINE}."),
        (of_all(0), TODAY, f"Stalking 15: 0 of 43 accepted, due {TO_THE_DEADLINE}."),
        (of_all(4, 4), TODAY, f"Stalking 15: 4 of 4 accepted, due {TO_THE_DEADLINE}."),
        (of_all(43), DEADLINE, "Stalking 15: 43 of 43 accepted, due 27 March 2025 (today)."),
        (
            of_all(43),
            date(2025, 3, 26),
            "Stalking 15: 43 of 43 accepted, due 27 March 2025 (1 day left, 1 working day).",
        ),
        (
            of_all(43),
            date(2025, 3, 28),
            "Stalking 15: 43 of 43 accepted, due 27 March 2025 (overdue by 1 day with 43 bodies).",
        ),
        (
            of_all(1, 1),
            date(2025, 4, 8),
            "Stalking 15: 1 of 1 accepted, due 27 March 2025 (overdue by 12 days with 1 body).",
        ),
        (
            of_all(43, stage=Stage.COMPLETE),
            date(2025, 4, 8),
            "Stalking 15: 43 of 43 accepted, due 27 March 2025 (done by all).",
        ),
    ],
)
def test_a_recommendation_says_first_who_accepted_and_when_it_is_due(
    addressees: tuple[Addressee, ...], today: date, says: str
) -> None:
    assert said_of_15(addressees, today).text == says


def test_an_ended_recommendation_says_so_first() -> None:
    shown = said_of_15(of_all(41, live=False), status_=RecommendationStatus.WITHDRAWN)
    assert shown.text == "Stalking 15 is withdrawn: 41 of 43 had accepted."


def test_a_recommendation_names_whoever_stands_out() -> None:
    addressees = (
        an_addressee("Essex", answer=Answer.ACCEPTED_IN_PART),
        an_addressee("Gwent", answer=Answer.AWAITING),
        an_addressee("Hampshire", stage=Stage.BLOCKED),
        an_addressee("Kent", stage=Stage.CHECKED),
        an_addressee("Surrey", stage=Stage.COMPLETE),
    )
    lines = read(said_of_15(addressees))
    assert (
        "Responses, by 22 November 2024: 3 accepted · 1 accepted in part (Essex)"
        " · 1 awaiting (Gwent, overdue by 108 days)" in lines
    )
    assert (
        "Progress: 1 complete · 1 checked by the association · 1 blocked (Hampshire) · 2 not started" in lines
    )


def test_all_bodies_fit_on_the_page_behind_more() -> None:
    shown = said_of_15(of_all(43))
    assert buttons(shown)["More"] == "stalking 15 page 2"
    addressees = of_all(41)
    page = status.every_body(
        RecommendationStanding(a_recommendation("15"), tally_of(addressees), addressees, TODAY)
    )
    assert_valid(page)
    assert len(read(page)) == 43


def test_a_derived_recommendation_counts_the_answers_that_are_in() -> None:
    sources = tuple((a_recommendation(number), tally_of(of_all(43))) for number in ("15", "16", "25"))
    recommendation = a_recommendation("27", kind=RecommendationKind.DERIVED, derived_from=("15", "16", "25"))
    shown = status.recommendation(RecommendationStanding(recommendation, Tally(), (), TODAY, sources))
    assert_valid(shown)
    assert shown.text == "Stalking 27: 129 of 129 answers are in."


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({}, f"Stalking 15, Kent: accepted; not started; due {TO_THE_DEADLINE}."),
        ({"stage": Stage.COMPLETE}, "Stalking 15, Kent: accepted; complete; due 27 March 2025."),
        (
            {"stage": Stage.IN_PROGRESS, "due_on": date(2025, 4, 30)},
            "Stalking 15, Kent: accepted; in progress;"
            " due 30 April 2025 (was 27 March 2025; 51 days left, 35 working days).",
        ),
        (
            {"answer": Answer.NOT_ACCEPTED},
            "Stalking 15, Kent: not accepted; not started; due 27 March 2025.",
        ),
        (
            {"stage": Stage.CHECKED},
            "Stalking 15, Kent: accepted; checked by the association; due 27 March 2025.",
        ),
    ],
)
def test_a_body_says_first_how_it_stands(facts: dict[str, Any], says: str) -> None:
    body_standing = BodyStanding(
        a_recommendation("15"), an_addressee("Kent", **facts), (an_update(),), None, TODAY
    )
    shown = status.with_body(body_standing)
    assert_valid(shown)
    assert shown.text == says


def test_an_update_says_when_what_who_and_whether_it_may_be_quoted() -> None:
    body_standing = BodyStanding(
        a_recommendation("15"),
        an_addressee("Kent"),
        (
            an_update(text="Two ISACs *start*."),
            an_update(text="Quotable.", quotable=True, on_behalf=True),
            an_update(withheld=True),
            an_update(undone=True),
            an_update(
                UpdateKind.RESPONSE,
                stands_from=date(2024, 11, 22),
                source="the letter",
                by=None,
                changes=(Change("answer", "awaiting", "accepted"),),
            ),
        ),
        None,
        TODAY,
    )
    assert read(status.with_body(body_standing))[:5] == [
        "10 Mar 2025, 10:04 · in progress: “Two ISACs *start*.” Alice Ames · not quotable yet",
        "10 Mar 2025, 10:04 · in progress: “Quotable.” Alice Ames on behalf",
        "10 Mar 2025, 10:04 · in progress · Alice Ames · text not shown: not to be quoted yet",
        "10 Mar 2025, 10:04 · in progress · Alice Ames · taken back",
        "22 Nov 2024 · accepted (from the letter)",
    ]
