"""What an ended body still owed passes to its successor, once, and its history stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.refusals.addressees import BodyEnded
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.imports import BodyRow, FilePlace, FileRefused
from bot.domain.register.recommendation import Tally
from bot.domain.values import replace
from bot.operations.recording.pass_on import pass_on
from bot.operations.register.then import RegisterAt
from storage import addressees, recommendations, tallies, updates
from storage.chain import head
from tests.cast import ALICE, BOB, NOW, Register, stalking_case
from tests.operations.imports.test_imports import into
from tests.storage.audit import audit

LAST_DAY = date(2025, 3, 31)
EVE = datetime(2025, 3, 31, 22, 30, tzinfo=UTC)
# Half past midnight in London, in summer time.
AFTER = datetime(2025, 3, 31, 23, 30, tzinfo=UTC)
KENT = BodyRow(place=FilePlace("", "", 0), code="E23000032", last_day=LAST_DAY, successor="Kent Mayor")
MAYOR = BodyRow(
    place=FilePlace("", "", 0),
    code="E47000032",
    short_name="Kent Mayor",
    body_name="Mayor of Kent",
    body_type="mayor",
    region="South East",
    country="England",
    first_day=date(2025, 4, 1),
    tile_row=8,
    tile_col=8,
)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    made.says(ALICE, "progress 15 in progress: it begins")
    made.says(ALICE, "complete 16: all is done")
    yield made
    audit(database_url)
    made.store.database.close()


def stands(register: Register, code: str, number: str = "15") -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, f"stalking-{number}", code)
    assert addressee
    return addressee


def tally(register: Register, number: str = "15") -> Tally:
    with register.store.reading() as connection:
        return tallies.of(connection, [f"stalking-{number}"])[f"stalking-{number}"]


def due(register: Register) -> list[tuple[str, str, int, int]]:
    with register.store.reading() as connection:
        return [
            (str(row.duty), row.recommendation_id, row.addressed, row.owed) for row in tallies.due(connection)
        ]


def test_nothing_passes_before_the_last_day_is_over(register: Register) -> None:
    into(register, KENT, MAYOR)
    assert pass_on(register.store, EVE) == 0
    assert stands(register, KENT.code).live


def test_the_successor_owes_what_was_open_as_it_stood_and_counts_in_its_place(register: Register) -> None:
    before, owed = tally(register), due(register)
    into(register, KENT, MAYOR)
    assert pass_on(register.store, AFTER) == 3
    heir, ended = stands(register, MAYOR.code), stands(register, KENT.code)
    assert (heir.answer, heir.stage, heir.due_on) == (Answer.ACCEPTED, Stage.IN_PROGRESS, date(2025, 3, 27))
    assert (ended.live, ended.stage) == (False, Stage.IN_PROGRESS)
    assert tally(register) == before
    assert due(register) == owed


@pytest.mark.parametrize(
    "typed",
    ["accept 15", "progress 15 blocked: on its end", "complete 15: all of it", "note 15: one thing more"],
)
def test_nothing_more_is_recorded_for_the_body_whose_duty_has_passed_on(
    register: Register, database_url: str, typed: str
) -> None:
    into(register, KENT, MAYOR)
    pass_on(register.store, AFTER)
    before = len(audit(database_url))
    with pytest.raises(BodyEnded):
        register.says(ALICE, typed, AFTER)
    assert len(audit(database_url)) == before


def test_what_was_done_passes_on_too_so_that_all_recommendations_of_a_report_count_alike(
    register: Register,
) -> None:
    into(register, KENT, MAYOR)
    pass_on(register.store, AFTER)
    ended, heir = stands(register, KENT.code, "16"), stands(register, MAYOR.code, "16")
    assert (ended.live, ended.passed_to, ended.stage) == (False, MAYOR.code, Stage.COMPLETE)
    assert (heir.stage, heir.progress_seq, heir.moved_on) == (
        Stage.COMPLETE,
        ended.progress_seq,
        ended.moved_on,
    )
    assert {number: tally(register, number).addressed for number in ("15", "16", "25")} == {
        "15": 43, "16": 43, "25": 43,
    }  # fmt: skip


def test_it_is_recorded_from_the_day_after_with_both_and_only_once(register: Register) -> None:
    into(register, KENT, MAYOR)
    pass_on(register.store, AFTER)
    with register.store.reading() as connection:
        seq = head(connection)[0]
        (latest,) = updates.of_addressee(connection, "stalking-15", KENT.code, 1)
        (first,) = updates.of_addressee(connection, "stalking-15", MAYOR.code, 5)
    assert pass_on(register.store, AFTER + timedelta(days=1)) == 0
    with register.store.reading() as connection:
        assert head(connection)[0] == seq
    for update, change in ((latest, "passed to"), (first, "passed from")):
        assert update.draft.stands_from == date(2025, 4, 1)
        assert change in [change.what for change in update.draft.changes]


def test_on_each_day_the_body_of_that_day_counts(register: Register) -> None:
    into(register, KENT, MAYOR)
    pass_on(register.store, AFTER)
    with register.store.reading() as connection:
        fifteen = recommendations.get(connection, "stalking-15")
        assert fifteen
        for day, code in ((LAST_DAY, KENT.code), (date(2025, 4, 1), MAYOR.code)):
            stood = {row.body_code: row for row in RegisterAt(connection, day).addressees(fifteen)}
            assert len(stood) == 43
            assert (stood[code].answer, stood[code].stage) == (Answer.ACCEPTED, Stage.IN_PROGRESS)


def test_a_successor_that_was_asked_too_owes_what_either_owes(register: Register) -> None:
    register.says(BOB, "complete 15: all is done")
    register.says(BOB, "progress 25 blocked: no money")
    into(register, replace(KENT, successor="Surrey"))
    pass_on(register.store, AFTER)
    surrey = register.body("surrey").code
    fifteen, twenty_five = stands(register, surrey), stands(register, surrey, "25")
    assert (fifteen.stage, fifteen.undecided) == (Stage.IN_PROGRESS, (Duty.ACTION,))
    assert (twenty_five.stage, twenty_five.undecided) == (Stage.NOT_STARTED, (Duty.ACTION,))
    assert [tally(register, number).addressed for number in ("15", "16", "25")] == [42, 42, 42]


def test_an_import_of_a_body_that_has_ended_already_passes_on_at_once(register: Register) -> None:
    gone: Any = replace(KENT, last_day=date(2025, 3, 1))
    effects = into(register, gone, replace(MAYOR, first_day=date(2025, 3, 2))).effects
    # Two bodies, three duties on both sides, and what Kent recorded after its end on 15 and 16.
    assert len(effects) == 10
    assert not stands(register, KENT.code).live
    # Then it is too late to say that it goes on, or to record for it.
    with pytest.raises(FileRefused):
        into(register, BodyRow(place=KENT.place, code=KENT.code, continues=True), digest="b", instant=NOW)


def test_an_end_that_has_not_come_can_be_taken_back(register: Register) -> None:
    into(register, KENT, MAYOR)
    into(register, BodyRow(place=KENT.place, code=KENT.code, continues=True), digest="b")
    assert pass_on(register.store, AFTER) == 0


def test_a_file_gives_nobody_else_what_has_passed_on(register: Register) -> None:
    into(register, KENT, MAYOR)
    pass_on(register.store, AFTER)
    with pytest.raises(FileRefused):
        into(register, replace(KENT, successor="Surrey"), digest="b", instant=AFTER)
