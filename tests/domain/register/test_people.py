"""What whoever asks may read and do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.refusals.addressees import NotAContactOf, NotAnApproverOf
from bot.domain.refusals.request import CannotSee, NotACoordinator
from bot.domain.register.people import (
    CONTACT_KIND_WORDS,
    OFFERED_KIND_WORDS,
    Actor,
    ContactKind,
    Granted,
    Membership,
    PersonKey,
    Request,
    Role,
)
from bot.domain.values import replace
from tests.cast import ALICE, BOB, CORA, HOME, NOW, VIC, person

KENT, SURREY = "E23000032", "E23000031"


def actor(who: PersonKey) -> Actor:
    speaks_for = {ALICE: {KENT: "Kent"}, BOB: {SURREY: "Surrey"}}.get(who, {})
    return Actor(person(who), is_coordinator=who == CORA, speaks_for=speaks_for)


@pytest.mark.parametrize(("who", "may"), [(ALICE, True), (CORA, True), (BOB, False), (VIC, False)])
def test_a_text_that_may_not_be_quoted_is_read_by_its_bodys_contacts_and_coordinators(
    who: PersonKey, may: bool
) -> None:
    assert actor(who).may_read(KENT, quotable=False) is may
    assert actor(who).may_record_for(KENT) is may


@pytest.mark.parametrize("who", [ALICE, CORA, BOB, VIC])
def test_what_may_be_quoted_everybody_reads(who: PersonKey) -> None:
    assert actor(who).may_read(KENT, quotable=True)


@pytest.mark.parametrize(("who", "may"), [(ALICE, False), (CORA, True), (BOB, False), (VIC, False)])
def test_a_text_about_no_body_is_read_by_coordinators(who: PersonKey, may: bool) -> None:
    assert actor(who).may_read(None, quotable=False) is may


def test_a_person_is_written_with_their_team_and_read_back() -> None:
    assert str(ALICE) == "T0HOME/U0ALICE"
    assert PersonKey.read("T0HOME/U0ALICE") == ALICE
    with pytest.raises(ValueError, match="unpack"):
        PersonKey.read("U0ALICE")


def test_today_is_londons() -> None:
    late = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)
    assert Request(ALICE, late, "a key").today == date(2025, 7, 2)


def test_the_register_keeps_roles_and_what_people_are_in_the_words_it_always_did() -> None:
    assert [*Membership] == ["member", "guest", "stranger", "deactivated", "bot"]
    assert [*Role] == ["contact", "coordinator"]
    assert [*ContactKind] == ["main", "deputy", "approver"]


def test_a_member_sees_the_register_and_nobody_else_without_a_role() -> None:
    assert {membership for membership in Membership if membership.facts.sees} == {Membership.MEMBER}


def test_a_role_is_of_no_use_to_an_app_and_to_who_has_left() -> None:
    inactive = {membership for membership in Membership if not membership.facts.is_active}
    assert inactive == {Membership.DEACTIVATED, Membership.BOT}


def test_members_and_guests_belong_to_the_home_workspace() -> None:
    at_home = {membership for membership in Membership if membership.facts.is_at_home}
    assert at_home == {Membership.MEMBER, Membership.GUEST}


def test_who_has_left_has_the_fewest_rights_and_a_member_the_most() -> None:
    by_rights = sorted(Membership, key=lambda membership: membership.facts.rights)
    assert [membership.facts.rights for membership in by_rights] == [0, 1, 2, 3, 4]
    assert by_rights == [
        Membership.DEACTIVATED,
        Membership.BOT,
        Membership.STRANGER,
        Membership.GUEST,
        Membership.MEMBER,
    ]


def test_a_contact_is_one_of_a_body_and_a_coordinator_of_all() -> None:
    assert {role for role in Role if role.is_for_a_body} == {Role.CONTACT}


def test_only_an_approver_is_reminded_of_nothing() -> None:
    assert [kind for kind in ContactKind if not kind.is_reminded] == [ContactKind.APPROVER]


def test_each_kind_of_contact_is_offered_by_one_of_its_words() -> None:
    assert [CONTACT_KIND_WORDS[word] for word in OFFERED_KIND_WORDS] == [*ContactKind]
    assert {word: kind for word, kind in CONTACT_KIND_WORDS.items() if word not in OFFERED_KIND_WORDS} == {
        "first": ContactKind.MAIN,
        "deputy": ContactKind.DEPUTY,
    }


@pytest.mark.parametrize(("hours", "is_fresh"), [(23, True), (24, False)])
def test_what_slack_said_of_a_person_holds_for_a_day(hours: int, is_fresh: bool) -> None:
    alice = replace(person(ALICE), refreshed_at=NOW)
    assert alice.is_fresh(NOW + timedelta(hours=hours)) is is_fresh


@pytest.mark.parametrize("membership", [*Membership, None])
def test_whoever_has_not_left_can_still_record(membership: Membership | None) -> None:
    granted = Granted(ALICE, "Alice Ames", membership, Role.CONTACT, KENT, "Kent")
    assert granted.is_active is (membership is not Membership.DEACTIVATED)
    assert granted.kind is ContactKind.MAIN


def holder(membership: Membership, *, coordinates: bool = False, speaks: bool = False) -> Actor:
    return Actor(
        person(ALICE, membership), is_coordinator=coordinates, speaks_for={KENT: "Kent"} if speaks else {}
    )


@pytest.mark.parametrize("membership", Membership)
@pytest.mark.parametrize(("coordinates", "speaks"), [(False, False), (True, False), (False, True)])
def test_a_role_opens_the_register_to_whoever_is_active(
    membership: Membership, coordinates: bool, speaks: bool
) -> None:
    actor = holder(membership, coordinates=coordinates, speaks=speaks)
    active = membership not in (Membership.DEACTIVATED, Membership.BOT)
    if membership is Membership.MEMBER or (active and (coordinates or speaks)):
        actor.must_see()
        return
    for refused in (
        actor.must_see,
        actor.must_coordinate,
        lambda: actor.must_speak_for(KENT, "Kent"),
        lambda: actor.must_approve_for(KENT, "Kent"),
    ):
        with pytest.raises(CannotSee):
            refused()


def test_coordinators_alone_coordinate() -> None:
    holder(Membership.MEMBER, coordinates=True).must_coordinate()
    with pytest.raises(NotACoordinator):
        holder(Membership.MEMBER, speaks=True).must_coordinate()


def test_a_body_is_spoken_for_by_its_contacts_and_coordinators() -> None:
    actor(ALICE).must_speak_for(KENT, "Kent")
    actor(CORA).must_speak_for(KENT, "Kent")
    several = Actor(person(BOB), speaks_for={"E2": "Surrey", "E1": "Essex"})
    with pytest.raises(NotAContactOf) as refusal:
        several.must_speak_for(KENT, "Kent")
    assert refusal.value == NotAContactOf("Kent", ("Essex", "Surrey"))


def test_only_a_coordinator_who_is_no_contact_speaks_on_behalf_of_a_body() -> None:
    assert actor(CORA).speaks_on_behalf_of(KENT)
    assert not actor(ALICE).speaks_on_behalf_of(KENT)


def test_whoever_a_body_named_and_coordinators_approve_for_it_and_no_contact_as_such() -> None:
    approver = Actor(person(VIC), speaks_for={KENT: "Kent"}, approves_for=frozenset((KENT,)))
    assert (approver.may_approve_for(KENT), approver.may_approve_for(SURREY)) == (True, False)
    approver.must_approve_for(KENT, "Kent")
    actor(CORA).must_approve_for(KENT, "Kent")
    with pytest.raises(NotAnApproverOf) as refusal:
        actor(ALICE).must_approve_for(KENT, "Kent")
    assert refusal.value == NotAnApproverOf("Kent")


def test_nothing_more_is_recorded_for_a_body_that_has_ended() -> None:
    both = Actor(person(ALICE), speaks_for={KENT: "Kent", SURREY: "Surrey"}, ended=frozenset((SURREY,)))
    assert both.records_for == both.may_mean == {KENT: "Kent"}
    assert both.key == PersonKey(HOME, "U0ALICE")
    assert both.is_contact


def test_a_body_that_has_ended_is_meant_where_there_is_no_other() -> None:
    ended = Actor(person(ALICE), speaks_for={KENT: "Kent"}, ended=frozenset((KENT,)))
    assert (ended.records_for, ended.may_mean) == ({}, {KENT: "Kent"})
