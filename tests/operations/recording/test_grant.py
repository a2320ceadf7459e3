"""Roles are given and taken by coordinators alone, each time once, and it stands in the history."""

import json
import threading
from collections.abc import Iterator

import pytest

from bot.domain.refusals.people import (
    AlreadyGranted,
    AlwaysCoordinator,
    HasLeftSlack,
    LastContact,
    NotAPerson,
    NothingToRevoke,
)
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import CannotSee, NotACoordinator, NotIntroduced
from bot.domain.register.people import ContactKind, Membership, Person, PersonKey, Request, Role
from bot.domain.values import replace
from bot.operations.recording.grant import Authority, grant, grant_all, revoke
from bot.operations.request.actors import must_coordinate
from storage import people
from storage.store import Store
from tests.cast import ALICE, BOB, CORA, HOME, NOW, VIC, occasion
from tests.storage import register
from tests.storage.audit import Row, audit

KIM = Person(PersonKey(HOME, "U0KIM"), "Kim Hale", Membership.GUEST, NOW)
STELLA = Person(PersonKey("T0OTHER", "U0STELLA"), "Stella Kerr", Membership.STRANGER, NOW)
ALICE_ASH = Person(ALICE, "Alice Ash", Membership.MEMBER, NOW)
CORA_LANE = Person(CORA, "Cora Lane", Membership.MEMBER, NOW)
COORDINATOR = Authority(Role.COORDINATOR)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def contact_of(store: Store, slug: str) -> Authority:
    return Authority(Role.CONTACT, register.body(store, slug))


def take(store: Store, when: Request, person: Person, authority: Authority, *, even_the_last: bool) -> None:
    revoke(store, when, person.key, person.display_name, authority, even_the_last=even_the_last)


def roles(store: Store, who: PersonKey) -> set[tuple[Role, str]]:
    with store.reading() as connection:
        return {(holder.role, holder.body_name) for holder in people.granted(connection) if holder.who == who}


def changes(row: Row) -> list[dict[str, str]]:
    changed = json.loads(row["changes"])
    assert isinstance(changed, list)
    return changed


@pytest.mark.parametrize("person", [KIM, STELLA], ids=lambda person: person.membership.value)
def test_a_coordinator_grants_and_revokes_and_both_are_in_the_history(
    store: Store, database_url: str, person: Person
) -> None:
    authority = contact_of(store, "kent")
    grant(store, occasion(CORA), person, authority)
    assert roles(store, person.key) == {(Role.CONTACT, "Kent")}
    take(store, occasion(CORA), person, authority, even_the_last=False)
    assert roles(store, person.key) == set()
    whom = f"{person.key.team_id}/{person.key.user_id}"
    granted, taken = audit(database_url)[-2:]
    assert (granted["kind"], granted["user_id"], granted["body_code"]) == (
        "grant",
        "U0CORA",
        authority.body_code,
    )
    assert changes(granted) == [
        {"what": "contact", "was": "", "now": whom},
        {"what": "contact kind", "was": "", "now": "deputy"},
    ]
    assert (taken["kind"], changes(taken)) == ("revoke", [{"what": "contact", "was": whom, "now": ""}])


def test_a_granted_coordinator_coordinates_until_revoked(store: Store) -> None:
    grant(store, occasion(CORA), KIM, COORDINATOR)
    grant(store, occasion(KIM.key), STELLA, contact_of(store, "kent"))
    take(store, occasion(CORA), KIM, COORDINATOR, even_the_last=False)
    with pytest.raises(CannotSee):
        grant(store, occasion(KIM.key), STELLA, contact_of(store, "surrey"))
    assert roles(store, STELLA.key) == {(Role.CONTACT, "Kent")}


@pytest.mark.parametrize("who", [ALICE, BOB, VIC], ids=lambda who: who.user_id)
@pytest.mark.parametrize("role", Role)
def test_nobody_else_grants_or_revokes_not_even_for_their_own_body(
    sqlite_url: str, who: PersonKey, role: Role
) -> None:
    with register.with_contacts(sqlite_url) as store:
        before = audit(sqlite_url)
        authority = COORDINATOR if role is Role.COORDINATOR else contact_of(store, "kent")
        with pytest.raises(NotACoordinator):
            must_coordinate(store, occasion(who))
        with pytest.raises(NotACoordinator):
            grant(store, occasion(who), KIM, authority)
        with pytest.raises(NotACoordinator):
            take(store, occasion(who), ALICE_ASH, authority, even_the_last=True)
        assert audit(sqlite_url) == before
        assert roles(store, KIM.key) == set()
        assert roles(store, ALICE) == {(Role.CONTACT, "Kent")}


def test_somebody_never_seen_is_asked_about_first(store: Store) -> None:
    with pytest.raises(NotIntroduced) as unknown:
        must_coordinate(store, occasion(KIM.key))
    assert not unknown.value.known


def test_the_same_role_is_not_granted_twice(store: Store, database_url: str) -> None:
    grant(store, occasion(CORA), KIM, contact_of(store, "kent"))
    before = audit(database_url)
    with pytest.raises(AlreadyGranted) as refusal:
        grant(store, occasion(CORA), KIM, contact_of(store, "kent"))
    assert (refusal.value.person, refusal.value.role) == ("Kim Hale", "a second contact of Kent")
    assert audit(database_url) == before
    grant(store, occasion(CORA), KIM, contact_of(store, "surrey"))
    assert len(roles(store, KIM.key)) == 2


def test_the_same_request_again_is_no_refusal(store: Store, database_url: str) -> None:
    again = occasion(CORA, key="once")
    grant(store, again, KIM, contact_of(store, "kent"))
    before = audit(database_url)
    grant(store, again, KIM, contact_of(store, "kent"))
    assert audit(database_url) == before
    taken = occasion(CORA, key="twice")
    take(store, taken, KIM, contact_of(store, "kent"), even_the_last=False)
    take(store, taken, KIM, contact_of(store, "kent"), even_the_last=False)
    assert len(audit(database_url)) == len(before) + 1


@pytest.mark.parametrize(
    ("membership", "refusal"), [(Membership.DEACTIVATED, HasLeftSlack), (Membership.BOT, NotAPerson)]
)
def test_nobody_who_cannot_act_is_granted_anything(
    store: Store, membership: Membership, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        grant(store, occasion(CORA), Person(KIM.key, "Kim Hale", membership, NOW), COORDINATOR)
    assert roles(store, KIM.key) == set()


def test_what_somebody_does_not_have_cannot_be_taken(store: Store, database_url: str) -> None:
    before = audit(database_url)
    with pytest.raises(NothingToRevoke):
        take(store, occasion(CORA), KIM, contact_of(store, "kent"), even_the_last=True)
    with pytest.raises(NothingToRevoke):
        take(store, occasion(CORA), ALICE_ASH, COORDINATOR, even_the_last=True)
    assert audit(database_url) == before


def test_a_bodys_last_contact_is_revoked_only_when_said_so(store: Store, database_url: str) -> None:
    before = audit(database_url)
    with pytest.raises(LastContact) as refusal:
        take(store, occasion(CORA), ALICE_ASH, contact_of(store, "kent"), even_the_last=False)
    assert (refusal.value.person, refusal.value.body_name) == ("Alice Ash", "Kent")
    assert roles(store, ALICE) == {(Role.CONTACT, "Kent")}
    assert audit(database_url) == before
    take(store, occasion(CORA), ALICE_ASH, contact_of(store, "kent"), even_the_last=True)
    assert roles(store, ALICE) == set()


def test_who_left_slack_is_no_contact_that_a_body_could_keep(store: Store) -> None:
    grant(store, occasion(CORA), KIM, contact_of(store, "kent"))
    register.enter(store, ALICE, "Alice Ash", membership=Membership.DEACTIVATED)
    with pytest.raises(LastContact):
        take(store, occasion(CORA), KIM, contact_of(store, "kent"), even_the_last=False)
    take(store, occasion(CORA), ALICE_ASH, contact_of(store, "kent"), even_the_last=False)
    assert roles(store, KIM.key) == {(Role.CONTACT, "Kent")}


def test_the_first_contact_of_a_body_is_its_main_one_and_others_are_deputies(store: Store) -> None:
    first = grant(store, occasion(CORA), KIM, contact_of(store, "essex"))
    second = grant(store, occasion(CORA), STELLA, contact_of(store, "essex"))
    assert (first.in_words, second.in_words) == ("a contact of Essex", "a second contact of Essex")


def test_which_kind_of_contact_can_be_said_and_changed(store: Store, database_url: str) -> None:
    kent = contact_of(store, "kent")
    deputy = Authority(Role.CONTACT, kent.body, ContactKind.DEPUTY)
    main = Authority(Role.CONTACT, kent.body, ContactKind.MAIN)
    assert grant(store, occasion(CORA), KIM, main).kind is ContactKind.MAIN
    assert grant(store, occasion(CORA), KIM, deputy).kind is ContactKind.DEPUTY
    with pytest.raises(AlreadyGranted):
        grant(store, occasion(CORA), KIM, deputy)
    assert changes(audit(database_url)[-1])[1] == {"what": "contact kind", "was": "main", "now": "deputy"}
    assert roles(store, KIM.key) == {(Role.CONTACT, "Kent")}


def test_whom_the_settings_name_stays_a_coordinator(store: Store) -> None:
    with pytest.raises(AlwaysCoordinator):
        take(store, occasion(CORA), CORA_LANE, COORDINATOR, even_the_last=True)
    must_coordinate(store, occasion(CORA))


def test_whom_the_settings_name_is_of_the_home_team_only(store: Store) -> None:
    namesake = PersonKey("T0OTHER", CORA.user_id)
    register.enter(store, namesake, "Cora Lane", membership=Membership.STRANGER)
    with pytest.raises(CannotSee):
        must_coordinate(store, occasion(namesake))


def test_granted_from_eight_hands_at_once_it_is_granted_once(store: Store, database_url: str) -> None:
    before = len(audit(database_url))
    authority = contact_of(store, "kent")
    refusals: list[AlreadyGranted] = []

    def ask() -> None:
        try:
            grant(store, occasion(CORA), KIM, authority)
        except AlreadyGranted as refusal:
            refusals.append(refusal)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 7
    assert len(audit(database_url)) == before + 1


def test_several_people_are_granted_several_bodies_at_once_and_once(store: Store, database_url: str) -> None:
    when = occasion(CORA)
    surrey, kent = contact_of(store, "surrey"), contact_of(store, "kent")
    left = replace(STELLA, membership=Membership.DEACTIVATED)
    before = len(audit(database_url))
    for _ in range(2):
        grants = grant_all(store, when, (KIM, ALICE_ASH, left), (surrey, kent))
        assert [(person.display_name, held.in_words) for person, held in grants.granted] == [
            ("Kim Hale", "a second contact of Surrey"),
            ("Kim Hale", "a second contact of Kent"),
            ("Alice Ash", "a second contact of Surrey"),
        ]
        assert [type(refusal) for refusal in grants.refused] == [AlreadyGranted, HasLeftSlack, HasLeftSlack]
        assert len(audit(database_url)) == before + 3
    assert roles(store, KIM.key) == {(Role.CONTACT, "Surrey"), (Role.CONTACT, "Kent")}


def test_only_coordinators_grant_several(store: Store) -> None:
    with pytest.raises(NotACoordinator):
        grant_all(store, occasion(ALICE), (KIM,), (contact_of(store, "kent"), contact_of(store, "surrey")))
