"""What an update does to an addressee, and what it says of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.transition import (
    ANSWER_SINCE,
    JOINED,
    PASSED_FROM,
    PASSED_TO,
    PROGRESS_UPDATE,
    RESPOND_BY,
    RESPONSE_UPDATE,
    SLIPS,
    STAGE_SINCE,
    Value,
    answer_in,
    apply,
    difference,
    drafted,
    moved,
    read_states,
    stated,
    still_stands,
    without,
)
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from tests.cast import NOW, an_addressee, an_update

TODAY = date(2025, 3, 10)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ADDRESSEES = st.builds(
    replace,
    st.just(an_addressee("Kent")),
    answer=st.sampled_from(Answer),
    stage=st.sampled_from(Stage),
    parts_addressed=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    part_states=st.dictionaries(st.sampled_from("abc"), st.sampled_from(Stage)).map(
        lambda states: tuple(states.items())
    ),
    due_on=st.none() | DAYS,
    closed_on=st.none() | DAYS,
    closing_level=st.sampled_from(["", "2"]),
    undecided=st.lists(st.sampled_from(Duty), unique=True).map(tuple),
    moved_on=st.none() | DAYS,
)
RECORDED = st.sampled_from([UpdateKind.RESPONSE, UpdateKind.PROGRESS, UpdateKind.NOTE, UpdateKind.CHECK])
# What comes of an update beside what it was to change: they count and name it.
BOOKKEEPING: dict[str, Any] = {
    "version": 0,
    "latest_update": None,
    "response_seq": None,
    "progress_seq": None,
    "moved_on": None,
    "slips": 0,
    "slip_days": 0,
    "expectation_moves": 0,
}


def recorded(
    before: Addressee, after: Addressee, kind: UpdateKind, seq: int = 7, stands_from: date = TODAY
) -> Update:
    return Update(seq, NOW, drafted(before, after, Draft(kind, stands_from, Via.SLACK, text="why")))


@given(ADDRESSEES, ADDRESSEES, RECORDED)
def test_an_update_says_all_that_it_changes(before: Addressee, after: Addressee, kind: UpdateKind) -> None:
    now = apply(before, recorded(before, after, kind))
    assert replace(now, **BOOKKEEPING) == replace(after, **BOOKKEEPING)


@given(ADDRESSEES, ADDRESSEES, RECORDED)
def test_without_it_everything_is_as_it_was(before: Addressee, after: Addressee, kind: UpdateKind) -> None:
    update = recorded(before, after, kind)
    now = apply(before, update)
    assert still_stands(now, update)
    back = without(now, update, before.moved_on)
    assert replace(back, **BOOKKEEPING) == replace(before, **BOOKKEEPING)
    assert back.moved_on == before.moved_on


@given(ADDRESSEES, ADDRESSEES, RECORDED)
def test_an_undo_gives_the_values_and_the_update_that_stood_before(
    before: Addressee, after: Addressee, kind: UpdateKind
) -> None:
    before = replace(before, response_seq=3, progress_seq=4)
    update = recorded(before, after, kind)
    now = apply(before, update)
    undo = recorded(now, without(now, update, before.moved_on), UpdateKind.UNDO, seq=8)
    undo = replace(undo, draft=replace(undo.draft, about_seq=update.seq))
    previous = {UpdateKind.RESPONSE: 3, UpdateKind.PROGRESS: 4}.get(kind)
    again = apply(now, undo, previous)
    assert replace(again, version=0, latest_update=None) == replace(before, version=0, latest_update=None)
    assert again.version == before.version + 2


def test_every_value_that_a_person_changes_has_a_name_in_the_history() -> None:
    """A field that is none of these either says whose row it is, or follows from the update itself."""
    named = {value.name.lower() for value in Value}
    others = {"recommendation_id", "body_code", "body_name", "live", "passed_to", "respond_by", *BOOKKEEPING}
    assert named | others == set(Addressee.__struct_fields__)


def test_a_response_that_only_confirms_says_what_it_confirms() -> None:
    accepted = an_addressee("Kent", answer=Answer.ACCEPTED)
    assert difference(accepted, accepted, UpdateKind.RESPONSE) == (Change("answer", "accepted", "accepted"),)
    assert difference(accepted, accepted, UpdateKind.NOTE) == ()
    begun = an_addressee("Kent", stage=Stage.IN_PROGRESS)
    assert difference(begun, begun, UpdateKind.PROGRESS) == (Change("stage", "in progress", "in progress"),)


@pytest.mark.parametrize(
    ("kind", "moved_on"),
    [(UpdateKind.NOTE, date(2025, 3, 5)), (UpdateKind.EXTENSION_REFUSED, date(2025, 2, 1))],
)
def test_only_a_recording_moves_the_day(kind: UpdateKind, moved_on: date) -> None:
    kent = an_addressee("Kent", moved_on=date(2025, 2, 1))
    assert moved(kent, Draft(kind, date(2025, 3, 5), Via.SLACK)).moved_on == moved_on


def test_what_stands_from_an_earlier_day_leaves_the_later_one() -> None:
    kent = an_addressee("Kent", moved_on=TODAY)
    note = recorded(kent, kent, UpdateKind.NOTE, stands_from=date(2025, 1, 1))
    assert apply(kent, note).moved_on == TODAY


def test_somebody_elses_later_response_does_not_stand_as_ours() -> None:
    kent = an_addressee("Kent")
    ours = recorded(kent, kent.respond(Answer.ACCEPTED, ""), UpdateKind.RESPONSE)
    now = apply(kent, ours)
    later = recorded(now, now.respond(Answer.ACCEPTED, ""), UpdateKind.RESPONSE, seq=9)
    assert not still_stands(apply(now, later), ours)
    note = recorded(now, now, UpdateKind.NOTE, seq=9, stands_from=date(2025, 3, 12))
    assert still_stands(apply(now, note), ours)


@pytest.mark.parametrize(("what", "live", "passed_to"), [(PASSED_TO, False, "E1"), (PASSED_FROM, True, None)])
def test_duties_that_pass_on_end_with_one_body_and_begin_with_the_other(
    what: str, live: bool, passed_to: str | None
) -> None:
    before = an_addressee("Kent", live=not live, passed_to=None if passed_to else "E2")
    now = apply(before, passed_on(Change(what, "", "E1")))
    assert (now.live, now.passed_to) == (live, passed_to)


def test_an_heir_takes_over_all_that_is_stated_whether_it_changes_or_not() -> None:
    heir = an_addressee("Kent", slips=5, slip_days=50, expectation_moves=5, moved_on=TODAY)
    stands = replace(
        heir,
        stage=Stage.IN_PROGRESS,
        part_states=(("a", Stage.BLOCKED),),
        slips=1,
        slip_days=34,
        expectation_moves=2,
    )
    changes = stated(heir, stands)
    assert {change.what for change in changes} == {*Value, *SLIPS}
    assert replace(apply(heir, passed_on(*changes)), version=0, latest_update=None) == stands


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ((), (3, 4)),
        ((Change(RESPONSE_UPDATE, "", "11"),), (11, 4)),
        ((Change(PROGRESS_UPDATE, "", "12"),), (3, 12)),
        ((Change(RESPONSE_UPDATE, "", ""), Change(PROGRESS_UPDATE, "", "")), (None, None)),
        ((Change(RESPONSE_UPDATE, "", "11"), Change(RESPONSE_UPDATE, "", "13")), (13, 4)),
    ],
)
def test_an_heir_stands_by_the_updates_of_its_predecessors_that_are_named(
    changes: tuple[Change, ...], standing: tuple[int | None, int | None]
) -> None:
    now = apply(an_addressee(response_seq=3, progress_seq=4), passed_on(*changes))
    assert (now.response_seq, now.progress_seq) == standing


def passed_on(*changes: Change) -> Update:
    return Update(7, NOW, Draft(UpdateKind.PASSED_ON, TODAY, Via.SCHEDULE, changes=changes))


def test_the_history_calls_each_thing_what_it_always_did() -> None:
    """Registers that exist are written in these words."""
    assert (PASSED_TO, PASSED_FROM, JOINED) == ("passed to", "passed from", "joined")
    assert (RESPONSE_UPDATE, PROGRESS_UPDATE) == ("response update", "progress update")
    assert (ANSWER_SINCE, STAGE_SINCE, RESPOND_BY) == ("answer since", "stage since", "respond_by")
    assert set(SLIPS) == {"slips", "slip days", "expectation moves"}
    assert [change.what for change in stated(an_addressee(), an_addressee())][:10] == [
        "answer",
        "stage",
        "parts addressed",
        "part states",
        "due_on",
        "expected_on",
        "closed_on",
        "closing_level",
        "moved_on",
        "undecided",
    ]


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        ({"parts_addressed": ("a", "b")}, Change("parts addressed", "", "a b")),
        (
            {"part_states": (("a", Stage.NOT_STARTED), ("b", Stage.BLOCKED))},
            Change("part states", "", "a=not_started b=blocked"),
        ),
        ({"undecided": (Duty.RESPONSE, Duty.ACTION)}, Change("undecided", "", "response action")),
        ({"expected_on": date(2025, 3, 20)}, Change("expected_on", "", "2025-03-20")),
    ],
)
def test_the_history_writes_each_value_as_it_always_did(facts: dict[str, Any], change: Change) -> None:
    before = an_addressee()
    assert difference(before, replace(before, **facts), UpdateKind.NOTE) == (change,)


def test_a_part_of_which_no_state_is_written_is_complete() -> None:
    assert read_states("a b=not_started") == {"a": Stage.COMPLETE, "b": Stage.NOT_STARTED}


def test_a_recording_says_on_which_day_it_moved_and_leaves_what_was_named_already() -> None:
    kent = an_addressee(moved_on=date(2025, 2, 1))
    named = Change(Value.DUE_ON, "2025-03-27", "2025-05-30")
    draft = Draft(UpdateKind.EXTENSION_GRANTED, TODAY, Via.SLACK, changes=(named,))
    day_moved = Change(Value.MOVED_ON, "2025-02-01", "2025-03-10")
    assert drafted(kent, kent.due_until(date(2025, 4, 30)), draft).changes == (named, day_moved)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ((Change("answer", "awaiting", "not accepted"),), Answer.NOT_ACCEPTED),
        ((Change("answer", "accepted", ""),), None),
        ((Change("stage", "not started", "in progress"),), None),
    ],
)
def test_an_update_made_the_answer_that_it_names(changes: tuple[Change, ...], answer: Answer | None) -> None:
    assert answer_in(an_update(UpdateKind.RESPONSE, changes=changes)) is answer


@pytest.mark.parametrize(
    ("kind", "excerpt", "quotable"),
    [
        (UpdateKind.QUOTING_ALLOWED, "why", True),
        (UpdateKind.REDACTED, "", False),
        (UpdateKind.QUOTING_ASKED, "why", False),
    ],
)
@pytest.mark.parametrize("about", [7, 6])
def test_what_is_about_the_latest_update_changes_what_is_shown_of_it(
    kind: UpdateKind, excerpt: str, quotable: bool, about: int
) -> None:
    kent = an_addressee("Kent")
    now = apply(kent, recorded(kent, kent, UpdateKind.NOTE))
    latest = now.latest_update
    assert latest
    draft = Draft(kind, TODAY, Via.SLACK, about_seq=about)
    if about == latest.seq:
        latest = replace(latest, excerpt=excerpt, quotable=quotable)
    assert apply(now, Update(8, NOW, draft)) == replace(now, latest_update=latest)


def test_extensions_are_counted_with_their_days_and_counted_out_when_taken_back() -> None:
    kent = an_addressee("Kent")
    first = apply(kent, recorded(kent, kent.due_until(date(2025, 4, 30)), UpdateKind.EXTENSION_GRANTED))
    update = recorded(first, first.due_until(date(2025, 5, 30)), UpdateKind.EXTENSION_GRANTED, seq=8)
    second = apply(first, update)
    assert (first.slips, first.slip_days, second.slips, second.slip_days) == (1, 34, 2, 64)
    back = apply(second, recorded(second, without(second, update, TODAY), UpdateKind.UNDO, seq=9))
    assert (back.due_on, back.slips, back.slip_days) == (date(2025, 4, 30), 1, 34)


def test_a_slip_is_counted_whatever_else_the_update_names() -> None:
    changes = (Change("parts addressed", "", "a"), Change(Value.DUE_ON, "2025-03-27", "2025-03-28"))
    draft = Draft(UpdateKind.EXTENSION_GRANTED, TODAY, Via.SLACK, changes=changes)
    now = apply(an_addressee(), Update(7, NOW, draft))
    assert (now.slips, now.slip_days) == (1, 1)


@pytest.mark.parametrize("slips", [1, 0])
def test_no_slip_is_left_once_the_only_one_is_taken_back_and_none_is_owed(slips: int) -> None:
    """A register that began before slips were counted takes back what it never counted."""
    extended = an_addressee(due_on=date(2025, 4, 30), slips=slips, slip_days=34 * slips)
    taken_back = Draft(
        UpdateKind.UNDO, TODAY, Via.SLACK, changes=(Change(Value.DUE_ON, "2025-04-30", "2025-03-27"),)
    )
    now = apply(extended, Update(7, NOW, taken_back))
    assert (now.slips, now.slip_days) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "was", "now", "moves", "counted"),
    [
        (UpdateKind.EXPECTED, "2025-03-20", "2025-03-21", 0, 1),
        (UpdateKind.EXPECTED, "2025-03-20", "2025-03-20", 0, 0),
        (UpdateKind.UNDO, "2025-03-21", "2025-03-20", 1, 0),
        (UpdateKind.UNDO, "2025-03-21", "2025-03-20", 0, 0),
    ],
)
def test_an_expectation_has_moved_from_one_day_on(
    kind: UpdateKind, was: str, now: str, moves: int, counted: int
) -> None:
    kent = an_addressee(expected_on=date.fromisoformat(was), expectation_moves=moves)
    draft = Draft(kind, TODAY, Via.SLACK, changes=(Change(Value.EXPECTED_ON, was, now),))
    assert apply(kent, Update(7, NOW, draft)).expectation_moves == counted


RESPOND_BY_MOVES = Change(RESPOND_BY, "2024-11-22", "2024-12-06")
DUE_ON_MOVES = Change(Value.DUE_ON, "2025-03-27", "2025-04-30")
BOTH_MOVED = (date(2024, 12, 6), date(2025, 4, 30))


@pytest.mark.parametrize(
    ("changes", "facts", "dates"),
    [
        ((RESPOND_BY_MOVES,), {}, (date(2024, 12, 6), date(2025, 3, 27))),
        ((DUE_ON_MOVES,), {}, (date(2024, 11, 22), date(2025, 4, 30))),
        ((Change("title", "", ""), RESPOND_BY_MOVES, DUE_ON_MOVES), {}, BOTH_MOVED),
        ((RESPOND_BY_MOVES,), {"respond_by": date(2025, 1, 1)}, (date(2025, 1, 1), date(2025, 3, 27))),
        ((DUE_ON_MOVES,), {"due_on": date(2025, 6, 30)}, (date(2024, 11, 22), date(2025, 6, 30))),
        ((RESPOND_BY_MOVES,), {"due_on": date(2024, 11, 22)}, (date(2024, 12, 6), date(2024, 11, 22))),
        ((DUE_ON_MOVES,), {"respond_by": date(2025, 3, 27)}, (date(2025, 3, 27), date(2025, 4, 30))),
        ((Change(RESPOND_BY, "2024-11-22", ""),), {}, (None, date(2025, 3, 27))),
        (
            (Change(Value.DUE_ON, "", "2025-04-30"),),
            {"due_on": None},
            (date(2024, 11, 22), date(2025, 4, 30)),
        ),
    ],
)
def test_a_corrected_date_counts_for_whoever_was_not_given_another(
    changes: tuple[Change, ...], facts: dict[str, Any], dates: tuple[date | None, date | None]
) -> None:
    correction = Draft(UpdateKind.RECOMMENDATION_CORRECTED, TODAY, Via.SLACK, changes=changes)
    now = apply(an_addressee(**facts), Update(7, NOW, correction))
    assert (now.respond_by, now.due_on) == dates


def test_a_corrected_deadline_is_no_slip() -> None:
    kent = an_addressee("Kent", due_on=date(2025, 3, 27))
    change = Change(Value.DUE_ON, "2025-03-27", "2025-04-30")
    corrected = Draft(UpdateKind.RECOMMENDATION_CORRECTED, TODAY, Via.SLACK, changes=(change,))
    now = apply(kent, Update(7, NOW, corrected))
    assert (now.due_on, now.slips) == (date(2025, 4, 30), 0)


def test_only_an_expectation_that_moves_later_is_counted() -> None:
    kent = an_addressee("Kent")
    for seq, (day, moves) in enumerate([(20, 0), (25, 1), (24, 1), (26, 2)], start=7):
        update = recorded(kent, replace(kent, expected_on=date(2025, 3, day)), UpdateKind.EXPECTED, seq=seq)
        kent = apply(kent, update)
        assert kent.expectation_moves == moves
    back = apply(kent, recorded(kent, without(kent, update, TODAY), UpdateKind.UNDO, seq=20))
    assert (back.expected_on, back.expectation_moves) == (date(2025, 3, 24), 1)


def test_when_a_recommendation_ends_nothing_is_asked_of_its_bodies_any_more() -> None:
    ended = apply(an_addressee(), Update(8, NOW, Draft(UpdateKind.RECOMMENDATION_ENDED, TODAY, Via.SLACK)))
    assert ended == replace(an_addressee(), live=False)
