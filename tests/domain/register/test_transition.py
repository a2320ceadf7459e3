"""What an update does to an addressee, and what it says of it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.transition import (
    PASSED_FROM,
    PASSED_TO,
    Value,
    apply,
    difference,
    drafted,
    moved,
    still_stands,
    without,
)
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from tests.cast import NOW, an_addressee

TODAY = date(2025, 3, 10)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ADDRESSEES = st.builds(
    replace,
    st.just(an_addressee("Kent")),
    answer=st.sampled_from(Answer),
    stage=st.sampled_from(Stage),
    parts_addressed=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    due_on=st.none() | DAYS,
    moved_on=st.none() | DAYS,
)
# Under load a single example can take longer than Hypothesis has patience for.
steadily = settings(deadline=None)
RECORDED = st.sampled_from([UpdateKind.RESPONSE, UpdateKind.PROGRESS, UpdateKind.NOTE, UpdateKind.CHECK])
# What comes of an update beside what it was to change: they count and name it.
BOOKKEEPING: dict[str, Any] = {
    "version": 0,
    "face": None,
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


@steadily
@given(ADDRESSEES, ADDRESSEES, RECORDED)
def test_an_update_says_all_that_it_changes(before: Addressee, after: Addressee, kind: UpdateKind) -> None:
    now = apply(before, recorded(before, after, kind))
    assert replace(now, **BOOKKEEPING) == replace(after, **BOOKKEEPING)


@steadily
@given(ADDRESSEES, ADDRESSEES, RECORDED)
def test_without_it_everything_is_as_it_was(before: Addressee, after: Addressee, kind: UpdateKind) -> None:
    update = recorded(before, after, kind)
    now = apply(before, update)
    assert still_stands(now, update)
    back = without(now, update, before.moved_on)
    assert replace(back, **BOOKKEEPING) == replace(before, **BOOKKEEPING)
    assert back.moved_on == before.moved_on


@steadily
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
    assert replace(again, version=0, face=None) == replace(before, version=0, face=None)
    assert again.version == before.version + 2


def test_every_value_that_a_person_changes_has_a_name_in_the_history() -> None:
    """A field that is none of these either says whose row it is, or follows from the update itself."""
    named = {value.name.lower() for value in Value}
    others = {"recommendation_id", "body_code", "body_name", "live", "passed_to", "respond_by", *BOOKKEEPING}
    assert named | others == {field.name for field in fields(Addressee)}


def test_a_response_that_only_confirms_says_what_it_confirms() -> None:
    accepted = an_addressee("Kent", answer=Answer.ACCEPTED)
    assert difference(accepted, accepted, UpdateKind.RESPONSE) == (Change("answer", "accepted", "accepted"),)
    assert difference(accepted, accepted, UpdateKind.NOTE) == ()


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


@pytest.mark.parametrize(("what", "live"), [(PASSED_TO, False), (PASSED_FROM, True)])
def test_duties_that_pass_on_end_with_one_body_and_begin_with_the_other(what: str, live: bool) -> None:
    draft = Draft(UpdateKind.PASSED_ON, TODAY, Via.SCHEDULE, changes=(Change(what, "", "E1"),))
    assert apply(an_addressee("Kent", live=not live), Update(7, NOW, draft)).live is live


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
    assert now.face
    draft = Draft(kind, TODAY, Via.SLACK, about_seq=about)
    face = replace(now.face, excerpt=excerpt, quotable=quotable) if about == now.face.seq else now.face
    assert apply(now, Update(8, NOW, draft)) == replace(now, face=face)


def test_extensions_are_counted_with_their_days_and_counted_out_when_taken_back() -> None:
    kent = an_addressee("Kent")
    first = apply(kent, recorded(kent, kent.due_until(date(2025, 4, 30)), UpdateKind.EXTENSION_GRANTED))
    update = recorded(first, first.due_until(date(2025, 5, 30)), UpdateKind.EXTENSION_GRANTED, seq=8)
    second = apply(first, update)
    assert (first.slips, first.slip_days, second.slips, second.slip_days) == (1, 34, 2, 64)
    back = apply(second, recorded(second, without(second, update, TODAY), UpdateKind.UNDO, seq=9))
    assert (back.due_on, back.slips, back.slip_days) == (date(2025, 4, 30), 1, 34)


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
