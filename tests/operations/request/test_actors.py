"""Who is asking: known for a day, asked of Slack else, and only ever with the rights they hold now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.refusals.request import CannotSee, NotIntroduced, NotReachable
from bot.domain.register.membership import UserFacts
from bot.domain.register.people import Actor, Membership, Person, PersonKey, Request, Role
from bot.operations.request.actors import introduce, load, refresh
from storage import people
from storage.store import Store
from tests.cast import ALICE, CORA, HOME, NOW, VIC, occasion
from tests.handlers.recording_slack import RecordingSlack
from tests.storage import register

GUS = PersonKey(HOME, "U0GUS")
STELLA = PersonKey("T0OTHER", "U0STELLA")
A_DAY = timedelta(hours=24)


def away() -> RecordingSlack:
    return RecordingSlack(broken={"look_up": NotReachable()})


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with register.with_contacts(database_url) as store:
        yield store


def actor(store: Store, when: Request) -> Actor:
    with store.reading() as connection:
        return load(connection, store, when)


def served(store: Store, directory: RecordingSlack, when: Request) -> Actor:
    """As a request is served: tried, and tried once more when Slack had to be asked."""
    try:
        return actor(store, when)
    except NotIntroduced as missing:
        return actor(store, introduce(store, directory, when, missing))


def person(who: PersonKey, name: str, membership: Membership = Membership.MEMBER) -> Person:
    return Person(who, name, membership, NOW)


@pytest.mark.parametrize(
    ("membership", "sees"),
    [
        (Membership.MEMBER, True),
        (Membership.GUEST, False),
        (Membership.STRANGER, False),
        (Membership.DEACTIVATED, False),
        (Membership.BOT, False),
    ],
)
def test_who_sees_the_register_without_a_role(sqlite_url: str, membership: Membership, sees: bool) -> None:
    with register.loaded(sqlite_url) as store:
        register.enter(store, GUS, "Gus Reed", membership=membership)
        if sees:
            assert not actor(store, occasion(GUS)).is_contact
        else:
            with pytest.raises(CannotSee):
                actor(store, occasion(GUS))


@pytest.mark.parametrize(
    ("membership", "sees"),
    [
        (Membership.MEMBER, True),
        (Membership.GUEST, True),
        (Membership.STRANGER, True),
        (Membership.DEACTIVATED, False),
        (Membership.BOT, False),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_the_register_to_guests_and_strangers_but_to_nobody_who_left(
    sqlite_url: str, membership: Membership, sees: bool, role: Role
) -> None:
    with register.loaded(sqlite_url) as store:
        register.enter(store, GUS, "Gus Reed", membership=membership)
        kent = register.body(store, "kent")
        register.give(store, GUS, role, kent.code if role is Role.CONTACT else "")
        if sees:
            actor_loaded = actor(store, occasion(GUS))
            assert actor_loaded.is_coordinator == (role is Role.COORDINATOR)
            assert actor_loaded.speaks_for == ({kent.code: "Kent"} if role is Role.CONTACT else {})
        else:
            with pytest.raises(CannotSee):
                actor(store, occasion(GUS))


def test_somebody_new_is_looked_up_once_and_remembered(store: Store) -> None:
    directory = RecordingSlack(people={GUS.user_id: person(GUS, "Gus Reed")})
    assert served(store, directory, occasion(GUS)).person.display_name == "Gus Reed"
    assert served(store, directory, occasion(GUS)).person.display_name == "Gus Reed"
    assert directory.looked_up == [GUS]


def test_somebody_known_is_asked_about_again_after_a_day(store: Store) -> None:
    directory = RecordingSlack(
        people={VIC.user_id: replace(person(VIC, "Vic Park-Lane"), refreshed_at=NOW + A_DAY)}
    )
    just_before = occasion(VIC, NOW + A_DAY - timedelta(seconds=1))
    assert served(store, directory, just_before).person.display_name == "Vic Park"
    assert served(store, directory, occasion(VIC, NOW + A_DAY)).person.display_name == "Vic Park-Lane"
    assert directory.looked_up == [VIC]


def test_while_slack_is_away_a_known_person_with_a_grant_is_served(store: Store) -> None:
    later = NOW + 3 * A_DAY
    for who in (ALICE, CORA):
        assert served(store, away(), occasion(who, later)).key == who


def test_while_slack_is_away_nobody_else_is_served(store: Store) -> None:
    register.enter(store, GUS, "Gus Reed", membership=Membership.GUEST)
    for who in (VIC, GUS, STELLA):
        with pytest.raises(NotReachable):
            served(store, away(), occasion(who, NOW + 3 * A_DAY))


def test_somebody_who_left_is_not_served_even_while_slack_is_away(store: Store) -> None:
    register.enter(store, ALICE, "Alice Ash", membership=Membership.DEACTIVATED)
    with pytest.raises(CannotSee):
        served(store, away(), occasion(ALICE, NOW + 3 * A_DAY))


def test_a_person_slack_does_not_know_is_not_served(store: Store) -> None:
    with pytest.raises(NotReachable):
        served(store, RecordingSlack(), occasion(STELLA))


def test_rights_go_by_the_persons_own_team(store: Store) -> None:
    namesake = PersonKey("T0OTHER", ALICE.user_id)
    directory = RecordingSlack(
        people={namesake.user_id: person(namesake, "Another Alice", Membership.STRANGER)}
    )
    with pytest.raises(CannotSee):
        served(store, directory, occasion(namesake))


def test_whoever_the_directory_names_it_is_the_asker_who_is_remembered(store: Store) -> None:
    directory = RecordingSlack(people={STELLA.user_id: person(ALICE, "Stella Kerr", Membership.STRANGER)})
    with pytest.raises(CannotSee):
        served(store, directory, occasion(STELLA))
    assert actor(store, occasion(ALICE)).person.display_name == "Alice Ash"


def test_what_everybody_will_read_is_answered_with_nobodys_rights(store: Store) -> None:
    for who in (ALICE, CORA):
        actor_loaded = actor(store, replace(occasion(who), for_everybody=True))
        assert (actor_loaded.is_coordinator, actor_loaded.is_contact) == (False, False)


def test_a_change_of_somebody_the_register_knows_is_kept_and_of_nobody_else(store: Store) -> None:
    refresh(store, UserFacts(VIC.user_id, "Vic Park", HOME, is_deleted=True), NOW)
    refresh(store, UserFacts(GUS.user_id, "Gus Reed", HOME, is_deleted=False, is_guest=False), NOW)
    with pytest.raises(CannotSee):
        actor(store, occasion(VIC))
    with store.reading() as connection:
        assert people.get(connection, GUS) is None
