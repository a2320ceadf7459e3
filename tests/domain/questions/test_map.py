"""The map: how it is asked for, and which body stands on which square."""

from datetime import date

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_commands import Map, Ref
from bot.domain.questions.map import TileMap, laid_out
from bot.domain.register.addressee import Addressee, Answer
from bot.domain.register.policing_body import PolicingBody
from bot.domain.values import replace
from tests.cast import TODAY, a_recommendation, an_addressee
from tests.domain.shipped_names import understood

DAY = date(2024, 11, 22)
R15 = Ref(None, "15")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("map 15", Map(R15)),
        ("MAP  #15", Map(R15)),
        ("map rec 15", Map(R15)),
        ("map stalking 15", Map(Ref("stalking", "15"))),
        ("map 15 as at 22 Nov 2024", Map(R15, DAY)),
        ("map stalking-15 as known at 22 Nov 2024", Map(Ref("stalking", "15"), DAY, known=True)),
    ],
)
def test_a_map_is_asked_for_by_recommendation_and_day(typed: str, command: Map) -> None:
    assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "what", "suggested"),
    [
        ("map", What.WHICH_RECOMMENDATION, []),
        ("map stalking", What.WHICH_RECOMMENDATION, []),
        ("map kent as at 22 Nov 2024", What.WHICH_RECOMMENDATION, []),
        ("map 15 kent", What.LEFT_OVER, ["map 15"]),
        ("map 15 in colour", What.LEFT_OVER, ["map 15"]),
        ("map 15 16", What.ONE_RECOMMENDATION, ["map 15", "map 16"]),
        ("map 15 kent as known at 22 Nov 2024", What.LEFT_OVER, ["map 15 as known at 2024-11-22"]),
        ("map 15 as at soon", What.NOT_A_DATE, []),
    ],
)
def test_what_no_map_can_show_is_said(typed: str, what: What, suggested: list[str]) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what is what
    assert [command for _, command in problem.value.suggestions] == suggested


def a_body(
    name: str, column: int = 1, *, first_day: date | None = None, last_day: date | None = None
) -> PolicingBody:
    code = f"code of {name}"
    body = PolicingBody(code, name.lower(), name, name, name, name, "pcc", "Wales", "Wales", 1, column)
    return replace(body, first_day=first_day, last_day=last_day)


def laid(addressees: list[Addressee], *bodies: PolicingBody) -> TileMap:
    return laid_out(a_recommendation(), addressees, bodies, TODAY)


def test_every_body_has_its_square_asked_or_not() -> None:
    tile_map = laid([an_addressee("Kent")], a_body("Kent", 1), a_body("Gwent", 2))
    assert [(tile.body.short_name, tile.addressee is not None) for tile in tile_map.tiles] == [
        ("Gwent", False),
        ("Kent", True),
    ]
    assert (tile_map.not_asked, tile_map.tally.accepted, tile_map.tally.addressed) == (1, 1, 1)


def test_a_body_that_ended_gives_its_square_to_its_successor_and_still_counts() -> None:
    old, new = a_body("Old", last_day=date(2025, 3, 9)), a_body("New", first_day=date(2025, 3, 10))
    tile_map = laid([an_addressee("Old"), an_addressee("New", answer=Answer.AWAITING)], old, new)
    assert [tile.body.short_name for tile in tile_map.tiles] == ["New"]
    assert [addressee.body_name for addressee in tile_map.elsewhere] == ["Old"]
    assert (tile_map.tally.accepted, tile_map.tally.addressed) == (1, 2)


def test_a_body_that_ended_is_drawn_while_nobody_else_stands_there() -> None:
    old = a_body("Old", last_day=date(2025, 3, 9))
    assert [tile.body.short_name for tile in laid([an_addressee("Old")], old).tiles] == ["Old"]
    assert laid([], old, a_body("Kent", 2)).tiles[0].body.short_name == "Kent"


def test_of_two_bodies_on_one_square_the_one_that_was_asked_is_drawn() -> None:
    tile_map = laid([an_addressee("Kent")], a_body("Aa"), a_body("Kent"))
    assert [tile.body.short_name for tile in tile_map.tiles] == ["Kent"]
    assert tile_map.elsewhere == ()
