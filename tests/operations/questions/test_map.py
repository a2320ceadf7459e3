"""What a map is drawn from, on both databases."""

from datetime import date

import pytest

from bot.domain.questions.grammar.typed_commands import Map, Ref
from bot.domain.refusals.addressees import NotRecordable
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.refusals.questions import DayToCome, NotPublishedYet
from bot.domain.refusals.request import CannotSee
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.operations.questions import map, status
from storage import bodies
from tests.cast import ALICE, CORA, ED, GUS, VIC, Register, a_recommendation, occasion
from tests.operations.cases import add

R15 = Ref(None, "15")
LETTER = date(2024, 11, 22)


def test_it_shows_every_body_and_counts_as_the_register_does(register: Register) -> None:
    register.says(ED, "partly 15: one of two services")
    register.says(ALICE, "complete 15: done")
    tile_map = map.map(register.store, occasion(VIC), Map(R15))
    counted = status.recommendation(register.store, occasion(VIC), R15)
    assert len(tile_map.tiles) == 43
    assert tile_map.tally.answers == {Answer.ACCEPTED: 42, Answer.ACCEPTED_IN_PART: 1}
    assert tile_map.tally == replace(
        counted.tally,
        answers={answer: n for answer, n in counted.tally.answers.items() if n},
        stages={stage: n for stage, n in counted.tally.stages.items() if n},
    )
    assert tile_map.addressees == counted.addressees


def test_no_two_of_the_43_areas_share_a_square(register: Register) -> None:
    with register.store.reading() as connection:
        everyone = bodies.everyone(connection)
    assert len({(body.tile_row, body.tile_col) for body in everyone}) == len(everyone) == 43


def test_who_was_not_asked_is_drawn_empty(register: Register) -> None:
    wales = ("dyfed-powys", "gwent", "north-wales", "south-wales")
    add(register, a_recommendation("98"), wales, answer=Answer.ACCEPTED)
    tile_map = map.map(register.store, occasion(VIC), Map(Ref("stalking", "98")))
    assert {tile.body.slug for tile in tile_map.tiles if tile.addressee} == set(wales)
    assert (len(tile_map.tiles), tile_map.not_asked, tile_map.tally.addressed) == (43, 39, 4)


def test_as_at_a_day_it_is_as_it_stood_then(register: Register) -> None:
    register.says(ED, "decline 15: not for us")
    register.says(ALICE, "complete 15: done")
    then = map.map(register.store, occasion(VIC), Map(R15, LETTER))
    assert (then.day, then.tally.answers, then.tally.stages) == (
        LETTER,
        {Answer.ACCEPTED: 43},
        {Stage.NOT_STARTED: 43},
    )
    known = map.map(register.store, occasion(VIC), Map(R15, LETTER, known=True))
    assert known.tally.answers == {Answer.AWAITING: 43}
    now = map.map(register.store, occasion(CORA), Map(R15))
    assert now.tally.answers == {Answer.ACCEPTED: 42, Answer.NOT_ACCEPTED: 1}


@pytest.mark.parametrize(
    ("who", "command", "refusal"),
    [
        (GUS, Map(R15), CannotSee),
        (VIC, Map(Ref(None, "27")), NotRecordable),
        (VIC, Map(Ref(None, "99")), UnknownRecommendation),
        (VIC, Map(R15, date(2025, 3, 11)), DayToCome),
        (VIC, Map(R15, date(2024, 9, 26)), NotPublishedYet),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    register: Register, who: PersonKey, command: Map, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        map.map(register.store, occasion(who), command)
