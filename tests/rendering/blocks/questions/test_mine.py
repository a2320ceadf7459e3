"""What a contact is told of their own bodies."""

from datetime import date

import pytest

from bot.domain.questions.answers import (
    BodyCounts,
    OwnOverview,
    StandingRow,
)
from bot.domain.register.addressee import Stage
from bot.rendering.blocks.questions import mine
from tests.cast import TODAY, a_recommendation, an_addressee
from tests.rendering.cases import DEADLINE, TO_THE_DEADLINE, a_standing
from tests.rendering.screens import assert_valid, buttons, read


def what_is_mine(*rows: StandingRow, bodies: tuple[str, ...] = ("Kent",), today: date = TODAY) -> OwnOverview:
    sums = BodyCounts.of([standing.addressee for standing in rows], today)
    ahead = DEADLINE if sums.owing and today <= DEADLINE else None
    return OwnOverview(bodies, rows, sums, ahead, today)


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            what_is_mine(a_standing("15"), a_standing("25")),
            f"Kent has 2 recommendations open, the nearest on {TO_THE_DEADLINE}.",
        ),
        (
            what_is_mine(a_standing("15"), bodies=("Kent", "Surrey")),
            f"Kent and Surrey have 1 recommendation open, due on {TO_THE_DEADLINE}.",
        ),
        (
            what_is_mine(a_standing("15"), today=date(2025, 4, 8)),
            "Kent has 1 recommendation open, due on 27 March 2025 (overdue by 12 days).",
        ),
        (
            what_is_mine(a_standing("15"), a_standing("16"), today=date(2025, 4, 8)),
            "Kent has 2 recommendations open, the oldest due on 27 March 2025 (overdue by 12 days).",
        ),
        (what_is_mine(a_standing("15", stage=Stage.COMPLETE)), "Kent owes nothing."),
        (what_is_mine(), "Kent owes nothing: no live recommendation is addressed to it."),
    ],
)
def test_mine_says_first_how_much_is_owed(own: OwnOverview, says: str) -> None:
    shown = mine.mine(own)
    assert_valid(shown)
    assert shown.text == says


def test_what_is_done_comes_after_what_is_owed() -> None:
    done = a_standing("16", stage=Stage.COMPLETE)
    texts = read(mine.mine(what_is_mine(a_standing("15"), done)))
    parts = ("Stalking 15", "Nothing more owed", "Stalking 16")
    places = [texts.index(line) for line in texts if line.startswith(parts)]
    assert places == sorted(places)
    assert len(places) == 3


def test_a_recommendation_that_two_bodies_owe_is_counted_as_it_is_listed() -> None:
    of_surrey = StandingRow(a_recommendation("15"), an_addressee("Surrey"))
    shown = mine.mine(what_is_mine(a_standing("15"), of_surrey, bodies=("Kent", "Surrey")))
    assert shown.text == f"Kent and Surrey have 2 recommendations open, the nearest on {TO_THE_DEADLINE}."


def test_whoever_shares_what_their_body_owes_shares_how_that_body_stands() -> None:
    assert buttons(mine.mine(what_is_mine(a_standing())))["Share in channel"] == "body Kent"


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            OwnOverview((), (), BodyCounts(), None, TODAY, coordinators=("Cora Lane", "Dev Shah")),
            "You record for no policing body, so nothing is owed by you.",
        ),
        (
            OwnOverview((), (), BodyCounts(), None, TODAY, is_coordinator=True),
            "You coordinate: you can record for any body, and none is your own.",
        ),
    ],
)
def test_whoever_has_no_body_is_told_what_to_type_instead(own: OwnOverview, says: str) -> None:
    shown = mine.mine(own)
    assert_valid(shown)
    assert shown.text == says
    assert ("`/recs overdue`" if own.is_coordinator else "`/recs`") in " ".join(read(shown))
    assert own.is_coordinator or "Cora Lane or Dev Shah can add you" in " ".join(read(shown))
