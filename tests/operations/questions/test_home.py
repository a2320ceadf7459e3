"""What Home shows, by the roles its reader holds at this moment."""

from datetime import date, timedelta

import pytest

from bot.domain.messages.home import Home, HomePlace, Remedy, Topic
from bot.domain.questions.grammar.typed_recordings import Extend
from bot.domain.refusals.request import CannotSee
from bot.domain.register.addressee import Answer
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.operations.questions.home import home
from bot.operations.recording.extend import Messages, extend
from bot.operations.request.schedule_plan import NO_DIGEST, SchedulePlan
from storage import open_requests, people
from tests.cast import ALICE, BOB, CORA, GUS, NOW, VIC, Register, a_recommendation, occasion
from tests.operations.cases import LATE, add

PLAN = SchedulePlan(channel="C0COORD", rule="FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0")
FRONT = HomePlace()
NOBODY_TOLD = Messages(request=lambda _message, _key: {}, decision=lambda _message, _key: {})


def seen_by(
    register: Register, who: PersonKey, place: HomePlace = FRONT, minutes: int = 0, plan: SchedulePlan = PLAN
) -> Home:
    return home(register.store, occasion(who, NOW + timedelta(minutes=minutes)), place, plan)


def owed(home_tab: Home) -> list[tuple[str, str]]:
    assert home_tab.contact is not None
    return [
        (standing.recommendation.number, standing.addressee.body_name)
        for standing in home_tab.contact.owed.rows
    ]


def also(register: Register, who: PersonKey, role: Role, *slugs: str) -> None:
    with register.store.begin() as connection:
        for slug in slugs or ("",):
            code = register.body(slug).code if slug else ""
            people.grant(connection, who, role, code, NOW, ContactKind.MAIN)


def test_each_role_sees_its_own_part_and_who_has_two_sees_both(register: Register) -> None:
    viewer, contact, coordinator = (seen_by(register, who) for who in (VIC, ALICE, CORA))
    assert viewer.live
    assert not viewer.contact
    assert not viewer.coordinator
    assert contact.contact
    assert not contact.coordinator
    assert not contact.live
    assert coordinator.coordinator
    assert not coordinator.contact
    also(register, ALICE, Role.COORDINATOR)
    both = seen_by(register, ALICE)
    assert both.contact
    assert both.coordinator
    with pytest.raises(CannotSee):
        seen_by(register, GUS)


def test_a_contact_sees_what_is_owed_and_no_more_what_is_done(register: Register) -> None:
    assert owed(seen_by(register, ALICE)) == [("15", "Kent"), ("16", "Kent"), ("25", "Kent")]
    register.says(ALICE, "complete 16: all of it")
    home_tab = seen_by(register, ALICE)
    assert owed(home_tab) == [("15", "Kent"), ("25", "Kent")]
    register.says(ALICE, "complete 15: all of it")
    register.says(ALICE, "complete 25")
    assert owed(seen_by(register, ALICE)) == []


def test_what_is_owed_is_paged(register: Register) -> None:
    also(register, ALICE, Role.CONTACT, "surrey", "essex", "gwent", "dorset")
    register.says(ALICE, "complete 15 kent: all of it")
    first, second = (seen_by(register, ALICE, HomePlace(Topic.OWED, page)) for page in (1, 2))
    assert (len(owed(first)), len(owed(second))) == (12, 2)
    assert len({*owed(first), *owed(second)}) == 14
    beyond = seen_by(register, ALICE, HomePlace(Topic.OWED, 9))
    assert owed(beyond) == owed(second)


def test_the_last_ten_things_can_be_taken_back_and_after_ten_minutes_corrected(register: Register) -> None:
    together = register.says(ALICE, "accept 15 16")
    for minute in range(12):
        register.says(ALICE, f"note 15: {minute}", NOW + timedelta(minutes=minute))
    home_tab = seen_by(register, ALICE, minutes=12)
    assert [own.view.update.draft.text for own in home_tab.recent] == [str(n) for n in range(11, 1, -1)]
    assert {own.remedy for own in home_tab.recent} == {Remedy.UNDO}
    later = seen_by(register, ALICE, minutes=21)
    assert [own.remedy for own in later.recent] == [Remedy.UNDO, *[Remedy.CORRECT] * 9]
    assert together not in [own.view.update.seq for own in home_tab.recent]
    assert seen_by(register, BOB).recent == ()


def test_one_request_is_taken_back_by_one_button_and_what_was_taken_back_by_none(register: Register) -> None:
    register.says(ALICE, "note 25: taken back")
    register.says(ALICE, "undo")
    register.says(ALICE, "accept 15 16")
    recent = seen_by(register, ALICE).recent
    assert [own.remedy for own in recent] == [Remedy.UNDO, None, None]
    numbers = [view.recommendation.number for view in recent[0].together if view.recommendation]
    assert (numbers, recent[1].together) == (["15", "16"], ())


def test_undoing_names_all_that_it_takes_back_however_much_is_shown(register: Register) -> None:
    for number in range(40, 51):
        add(register, a_recommendation(str(number)), ("kent",), answer=Answer.ACCEPTED)
    register.says(ALICE, f"progress {' '.join(map(str, range(40, 51)))} in progress")
    recent = seen_by(register, ALICE).recent
    assert (len(recent), len(recent[0].together)) == (10, 11)


def test_a_coordinator_sees_who_is_late_and_which_bodies_have_no_contact(register: Register) -> None:
    home_tab = home(register.store, occasion(CORA, LATE), HomePlace(), PLAN)
    assert home_tab.coordinator is not None
    assert len(home_tab.coordinator.without_contact) == 40
    assert [len(group.addressees) for group in home_tab.coordinator.late.groups] == [43, 43, 43]
    assert len(home_tab.coordinator.live.rows) == 4
    early = seen_by(register, CORA)
    assert early.coordinator is not None
    assert early.coordinator.late.groups == ()


def test_requests_wait_until_they_are_decided_and_are_paged(register: Register) -> None:
    slugs = ("kent", "surrey", "essex", "gwent", "dorset", "norfolk")
    also(register, ALICE, Role.CONTACT, *slugs[1:])
    for slug in slugs:
        request = register.read(f"extend 15 {slug} 30 Apr 2025: the provider starts late")
        assert isinstance(request, Extend)
        extend(register.store, occasion(ALICE), request, NOBODY_TOLD)
    first, second = (seen_by(register, CORA, HomePlace(Topic.REQUESTS, page)).coordinator for page in (1, 2))
    assert first is not None
    assert second is not None
    assert [view.body_name for view in first.requests] == ["Kent", "Surrey", "Essex", "Gwent", "Dorset"]
    assert ([view.body_name for view in second.requests], second.more_requests) == (["Norfolk"], False)
    granted = register.read("extend 15 kent 30 Apr 2025: granted")
    assert isinstance(granted, Extend)
    extend(register.store, occasion(CORA), granted, NOBODY_TOLD)
    after = seen_by(register, CORA).coordinator
    assert after is not None
    assert (after.requests[0].body_name, after.more_requests) == ("Surrey", False)


def test_the_next_digest_is_told_where_there_is_one(register: Register) -> None:
    with_one, without = (
        seen_by(register, CORA).coordinator,
        seen_by(register, CORA, plan=NO_DIGEST).coordinator,
    )
    assert with_one is not None
    assert without is not None
    assert with_one.digest.next_slot is not None
    assert with_one.digest.next_slot.name == "2025-03-17T09:00"
    assert (without.digest.has_channel, without.digest.next_slot) == (False, None)


def test_recommendations_are_paged_for_whoever_only_looks(register: Register) -> None:
    for number in range(40, 60):
        new = a_recommendation(str(number), due_on=date(2025, 6, 30))
        add(register, new, ("kent",), answer=Answer.ACCEPTED)
    first, second = (seen_by(register, VIC, HomePlace(Topic.LIVE, page)).live for page in (1, 2))
    assert first is not None
    assert second is not None
    assert (len(first.rows), len(second.rows)) == (15, 9)


def test_texts_without_leave_are_counted_no_further_than_is_shown(register: Register) -> None:
    seqs = [register.says(ALICE, f"note 15: draft {place}") for place in range(4)]
    with register.store.reading() as connection:
        for offset, count_to, more in ((0, 2, 2), (0, 9, 3), (2, 9, 1), (3, 9, 0)):
            texts, after = open_requests.might_be_quoted(
                connection, limit=1, offset=offset, count_to=count_to
            )
            assert ([text.seq for text in texts], after) == ([seqs[::-1][offset]], more)
