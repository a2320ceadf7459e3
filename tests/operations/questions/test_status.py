"""Finding how one recommendation stands, with all bodies or with those of a region."""

from contextlib import closing

import pytest

from bot.domain.questions.answers import RecommendationStanding
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Region
from bot.domain.refusals.addressees import NotAddressed, NotRecordable
from bot.domain.refusals.commands import WhichReport
from bot.domain.register.addressee import Answer, Stage
from bot.domain.values import replace
from bot.operations.questions import status
from bot.operations.request import actors
from storage import recommendations
from tests.cast import ALICE, CORA, VIC, Register, a_recommendation, occasion, stalking_case
from tests.operations.cases import WALES, add, withdraw
from tests.operations.endings import merger


def test_a_region_counts_those_of_its_bodies_that_are_addressed(register: Register) -> None:
    register.says(CORA, "complete 15 gwent: all of it")
    register.says(CORA, "complete 15 kent: all of it")
    standing = status.in_region(register.store, occasion(VIC), Ref(None, "15"), WALES)
    assert [row.body_name for row in standing.addressees] == [
        "Dyfed-Powys",
        "Gwent",
        "North Wales",
        "South Wales",
    ]
    assert (standing.tally.addressed, standing.tally.accepted, standing.tally.done) == (4, 4, 1)
    assert [row.body_name for row in standing.at_stage(Stage.COMPLETE)] == ["Gwent"]


def test_only_what_is_addressed_to_the_region_can_be_asked(register: Register) -> None:
    add(register, a_recommendation("40"), ("kent", "gwent"), answer=Answer.AWAITING)
    ref = Ref(None, "40")
    standing = status.in_region(register.store, occasion(VIC), ref, WALES)
    assert (standing.tally.addressed, standing.tally.responded) == (1, 0)
    with pytest.raises(NotAddressed):
        status.in_region(register.store, occasion(VIC), ref, Region("North East"))
    with pytest.raises(NotRecordable):
        status.in_region(register.store, occasion(VIC), Ref(None, "27"), WALES)


def test_whoever_was_read_before_is_told_the_same_by_one_statement(database_url: str) -> None:
    register = stalking_case(database_url)
    with closing(register.store.database):
        register.says(ALICE, "blocked 15: no provider")
        register.says(CORA, "complete 25 kent: all of it")
        told_at_once("15", register)
        told_at_once("25", register)
        # Of bodies, of which one ended, and of what has ended or is derived, more has to be read.
        told_at_once("27", register)
        merger(register)
        told_at_once("15", register)
        withdraw(register, "stalking-16")
        told_at_once("16", register, report="stalking")


def told_at_once(number: str, register: Register, report: str | None = None) -> None:
    """Ask with and without the reader who was read before."""
    ref, request = Ref(report, number), occasion(VIC)
    with register.store.reading() as connection:
        reader = actors.load(connection, register.store, request)
    standing = status.recommendation(register.store, request, ref)
    at_once = status.recommendation(register.store, replace(request, reader=reader), ref)
    assert without_latest_updates(at_once) == without_latest_updates(standing)


def without_latest_updates(standing: RecommendationStanding) -> RecommendationStanding:
    return replace(
        standing, addressees=tuple(replace(row, latest_update=None) for row in standing.addressees)
    )


def test_a_number_of_two_reports_is_asked_about_by_whoever_was_read_before_too(register: Register) -> None:
    fifteen = a_recommendation("15")
    other = replace(fifteen, report=replace(fifteen.report, key="custody"))
    with register.store.begin() as connection:
        recommendations.add_report(connection, other.report)
    add(register, other, ("kent",), answer=Answer.AWAITING)
    request = occasion(VIC)
    with register.store.reading() as connection:
        request = replace(request, reader=actors.load(connection, register.store, request))
    with pytest.raises(WhichReport):
        status.recommendation(register.store, request, Ref(None, "15"))
