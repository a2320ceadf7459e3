"""Who is asking: known for a day, asked of Slack else, and only ever with the rights they hold now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.refusals.recording import NothingToAnswer
from bot.domain.refusals.request import CannotSee, NotACoordinator, NotIntroduced, NotReachable
from bot.domain.register.membership import UserFacts
from bot.domain.register.people import Actor, Membership, Person, PersonKey, Request, Role
from bot.domain.values import replace
from bot.operations.request import actors
from bot.operations.request.actors import introduce, introduce_all, load, refresh
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


@pytest.mark.parametrize(
    ("who", "refusal"), [(VIC, NothingToAnswer), (GUS, CannotSee), (STELLA, NotIntroduced)]
)
def test_what_a_refusal_tells_only_those_hear_who_may_see(
    sqlite_url: str, who: PersonKey, refusal: type[Exception]
) -> None:
    with register.with_contacts(sqlite_url) as store:
        register.enter(store, GUS, "Gus Reed", membership=Membership.GUEST)
        with pytest.raises(refusal), actors.telling_only_who_sees(store, occasion(who)):
            raise NothingToAnswer


def test_what_only_coordinators_look_at_nobody_else_opens(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        actors.must_coordinate(store, occasion(CORA))
        with pytest.raises(NotACoordinator):
            actors.must_coordinate(store, occasion(ALICE))


def test_an_asker_who_was_read_a_moment_before_is_not_read_again(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store, store.reading() as connection:
        asker = actors.reader(connection, store, occasion(ALICE))
        assert asker.is_contact
        known = Actor(asker.person)
        assert actors.reader(connection, store, replace(occasion(STELLA), reader=known)) is known


def test_rights_are_read_with_the_last_update_and_with_whether_a_request_wrote_before(
    sqlite_url: str,
) -> None:
    with register.with_contacts(sqlite_url) as store, store.reading() as connection:
        asker, seq = actors.load_with_seq(connection, store, occasion(ALICE))
        assert (asker.key, seq > 0) == (ALICE, True)
        assert actors.load_with_repeat(connection, store, occasion(ALICE)) == (asker, False)


@pytest.mark.parametrize(
    ("who", "known", "granted"),
    [(STELLA, False, False), (VIC, True, False), (ALICE, True, True), (CORA, True, True)],
)
def test_whoever_is_asked_about_first_is_known_as_far_as_the_register_knows(
    sqlite_url: str, who: PersonKey, known: bool, granted: bool
) -> None:
    with register.with_contacts(sqlite_url) as store:
        with pytest.raises(NotIntroduced) as refusal:
            actor(store, occasion(who, NOW + A_DAY))
        assert refusal.value == NotIntroduced(known, granted)


def test_in_an_organisation_the_asker_is_the_one_person_whom_slack_names(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        store.organisation.enterprise_id = "E0ASSOC"
        grace = PersonKey("T0SECOND", "W0GRACE")

        class SlackOfTheOrganisation(RecordingSlack):
            def look_up(self, who: PersonKey) -> Person | None:
                store.organisation.learn(in_organisation("W0GRACE", "Grace Hill"), HOME)
                return person(who, "Grace Hill")

        request = introduce(store, SlackOfTheOrganisation(), occasion(grace), NotIntroduced(False, False))
        assert request.who == PersonKey(HOME, "W0GRACE")
        assert actor(store, request).person.display_name == "Grace Hill"


def in_organisation(user_id: str, display_name: str) -> UserFacts:
    teams = frozenset({HOME, "T0SECOND"})
    return UserFacts(
        user_id, display_name, enterprise_id="E0ASSOC", teams=teams, is_deleted=False, is_guest=False
    )


def test_what_slack_tells_of_one_person_teaches_the_workspaces_of_the_organisation(sqlite_url: str) -> None:
    with register.with_contacts(sqlite_url) as store:
        store.organisation.enterprise_id = "E0ASSOC"
        refresh(store, in_organisation("W0GRACE", "Grace Hill"), NOW)
        assert store.key_of(PersonKey("T0SECOND", VIC.user_id)) == VIC


LATER = NOW + timedelta(hours=2)
VIC_NOW = UserFacts(VIC.user_id, "Vic Park", HOME, is_deleted=False, is_bot=False, is_guest=False)


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        # As it was known: nothing is written, so not even when it was told.
        (VIC_NOW, person(VIC, "Vic Park")),
        (replace(VIC_NOW, display_name="Vic Parker"), replace(person(VIC, "Vic Parker"), refreshed_at=LATER)),
        (replace(VIC_NOW, is_guest=True), Person(VIC, "Vic Park", Membership.GUEST, LATER)),
        (replace(VIC_NOW, display_name="", is_guest=True), Person(VIC, "Vic Park", Membership.GUEST, LATER)),
        # Described in part: it was not told whether all else is as before.
        (UserFacts(VIC.user_id, "Vic Parker", HOME), person(VIC, "Vic Parker")),
        # Not told whose user it is: known by the user id on a workspace of its own.
        (UserFacts(VIC.user_id, "Vic Parker"), person(VIC, "Vic Parker")),
        # A namesake of another organisation's.
        (replace(VIC_NOW, team_id="T0OTHER", display_name="Another Vic"), person(VIC, "Vic Park")),
    ],
)
def test_what_slack_tells_of_somebody_known_is_kept_where_it_is_new(
    sqlite_url: str, facts: UserFacts, known: Person
) -> None:
    with register.with_contacts(sqlite_url) as store:
        refresh(store, facts, LATER)
        with store.reading() as connection:
            assert people.get(connection, VIC) == known


@pytest.mark.parametrize(
    ("team_id", "is_whole", "name"),
    [
        ("T0THIRD", False, "Vic Parker"),  # any of the organisation's workspaces may be named
        ("T0THIRD", True, "Vic Park"),  # somebody else, of another organisation
    ],
)
def test_in_an_organisation_a_user_described_in_part_is_known_by_the_user_id(
    sqlite_url: str, team_id: str, is_whole: bool, name: str
) -> None:
    with register.with_contacts(sqlite_url) as store:
        store.organisation.enterprise_id = "E0ASSOC"
        facts = replace(VIC_NOW, team_id=team_id, display_name="Vic Parker")
        refresh(store, facts if is_whole else replace(facts, is_deleted=None), LATER)
        with store.reading() as connection:
            known = people.get(connection, VIC)
        assert known
        assert known.display_name == name


def test_the_coordinators_of_the_settings_are_learned_by_name_where_that_is_not_fresh(
    sqlite_url: str,
) -> None:
    named = frozenset(("U0AWAY", "U0CORA", "U0DAN", "U0NOBODY", "U0PAT"))
    with register.with_contacts(sqlite_url) as with_contacts:
        store = replace(with_contacts, always_coordinators=named)
        register.enter(store, PersonKey(HOME, "U0DAN"), "Dan Dale", refreshed_at=NOW - A_DAY)
        slack = SlackThatIsAwayFor(
            "U0AWAY",
            people={
                "U0DAN": person(PersonKey("T0OTHER", "U0DAN"), "Dan Dell"),
                "U0PAT": person(PersonKey("T0OTHER", "U0PAT"), "Pat Pugh"),
            },
        )
        introduce_all(store, slack, NOW)
        assert [who.user_id for who in slack.looked_up] == ["U0AWAY", "U0DAN", "U0NOBODY", "U0PAT"]
        with store.reading() as connection:
            names = [people.get(connection, PersonKey(HOME, user_id)) for user_id in ("U0DAN", "U0PAT")]
        assert [known and known.display_name for known in names] == ["Dan Dell", "Pat Pugh"]


class SlackThatIsAwayFor(RecordingSlack):
    """Slack that cannot be asked about one person."""

    def __init__(self, user_id: str, people: dict[str, Person]) -> None:
        super().__init__(people=people)
        self._user_id = user_id

    def look_up(self, who: PersonKey) -> Person | None:
        known = super().look_up(who)
        if who.user_id == self._user_id:
            raise NotReachable
        return known
