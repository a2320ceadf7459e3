"""Who people are, as Slack tells it: whole, abridged, of several workspaces of an organisation."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.domain.refusals.request import NotReachable
from bot.domain.register.membership import Organisation
from bot.domain.register.people import Membership, Person, PersonKey
from bot.domain.values import replace
from bot.runtime.clock import StartingClock
from handlers.people import SlackDirectory, user_changed
from storage import people
from storage.store import Store
from tests import cast
from tests.cast import ALICE, GUS, HOME, NOW, VIC
from tests.handlers.recorded import Json, recorded

GRACE = PersonKey(HOME, "W0GRACE")
SECOND, THIRD = "T0SECOND", "T0THIRD"


class Users(WebClient):
    """`users.info`, as Slack answers it."""

    def __init__(self, known: dict[str, Json]) -> None:
        super().__init__("xoxb-unused", base_url="http://127.0.0.1:1/", retry_handlers=[])
        self._known = known

    def users_info(self, *, user: str, **_: Any) -> Any:
        return {"ok": True, "user": self._known[user]}


@pytest.fixture
def register(sqlite_url: str) -> Iterator[cast.Register]:
    made = cast.stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def in_organisation(store: Store) -> Store:
    return replace(store, organisation=Organisation("E0ASSOC"))


def directory(store: Store, **users: Json) -> SlackDirectory:
    return SlackDirectory(Users(users), store, StartingClock(NOW))


def now(store: Store, who: PersonKey) -> Person:
    with store.reading() as connection:
        person = people.get(connection, who)
    assert person
    return person


def changed(register: cast.Register, user: Json) -> None:
    user_changed({"type": "user_change", "user": user}, register.services())


def test_somebody_of_several_workspaces_is_one_member_whatever_team_is_named(register: cast.Register) -> None:
    store = in_organisation(register.store)
    slack_directory = directory(store, W0GRACE=recorded("grid_user")["user"])
    named = [PersonKey(team, "W0GRACE") for team in (SECOND, THIRD, HOME, "E0ASSOC", "")]
    people = [slack_directory.look_up(who) for who in named]
    assert {person and person.key for person in people} == {GRACE}
    assert {person and person.membership for person in people} == {Membership.MEMBER}
    assert {store.key_of(PersonKey(team, "W0BOTH")).team_id for team in (SECOND, THIRD, HOME)} == {HOME}


def test_a_stranger_with_the_id_of_a_member_is_a_stranger_and_another_person(register: cast.Register) -> None:
    """On a plain workspace, and where it belongs to an organisation."""
    for store in (register.store, in_organisation(register.store)):
        for user in (recorded("user_change")["event"]["user"], recorded("grid_user")["user"]):
            who = PersonKey("T0OTHER", user["id"])
            person = directory(store, **{user["id"]: user}).look_up(who)
            assert person
            assert (person.key, person.membership) == (who, Membership.STRANGER)


@pytest.mark.parametrize("lacking", ["is_restricted", "team_id"])
def test_of_whom_slack_does_not_say_enough_nobody_new_is_made(register: cast.Register, lacking: str) -> None:
    user = recorded("user_change")["event"]["user"]
    for name in ("is_ultra_restricted", lacking):
        user.pop(name)
    slack_directory = directory(register.store, U0ALICE=user)
    if lacking == "team_id":
        assert slack_directory.look_up(PersonKey("", "U0ALICE")) is None
    with pytest.raises(NotReachable):
        slack_directory.look_up(ALICE)


@pytest.mark.parametrize("user", [None, [], "U0ALICE", {"id": None}, {"id": "U0ALICE", "profile": []}])
def test_an_answer_of_another_shape_is_no_answer(register: cast.Register, user: Any) -> None:
    with pytest.raises(NotReachable):
        directory(register.store, U0ALICE=user).look_up(ALICE)


def test_slackbot_is_an_app(register: cast.Register) -> None:
    user = recorded("user_change")["event"]["user"] | {"id": "USLACKBOT", "real_name": "Slackbot"}
    person = directory(register.store, USLACKBOT=user).look_up(PersonKey("", "USLACKBOT"))
    assert person
    assert person.membership is Membership.BOT


def test_an_abridged_user_makes_no_member_of_a_guest(register: cast.Register) -> None:
    user_changed(recorded("user_change_abridged")["event"], register.services())
    assert now(register.store, GUS).membership is Membership.GUEST


def test_a_new_name_in_an_abridged_user_is_kept_and_nothing_else(register: cast.Register) -> None:
    before = now(register.store, GUS)
    user = recorded("user_change_abridged")["event"]["user"]
    user["profile"]["display_name"] = "Gus Read"
    changed(register, user)
    assert now(register.store, GUS) == replace(before, display_name="Gus Read")


@pytest.mark.parametrize("without_team", [False, True])
def test_who_is_deactivated_has_left_whatever_else_is_missing(
    register: cast.Register, without_team: bool
) -> None:
    user = {"id": "U0VIC", "deleted": True} | ({} if without_team else {"team_id": HOME})
    changed(register, user)
    assert now(register.store, VIC).membership is Membership.DEACTIVATED
    changed(register, {"id": "U0VIC", "team_id": HOME, "name": "vic"})
    assert now(register.store, VIC).membership is Membership.DEACTIVATED


def test_who_is_made_a_guest_is_one_and_who_is_made_a_member_again_too(register: cast.Register) -> None:
    user = recorded("user_change")["event"]["user"]
    changed(register, user | {"is_restricted": True})
    assert now(register.store, ALICE).membership is Membership.GUEST
    changed(register, user)
    assert now(register.store, ALICE).membership is Membership.MEMBER


def test_a_change_without_a_team_is_of_the_one_person_of_the_organisation(register: cast.Register) -> None:
    store = in_organisation(register.store)
    with store.begin() as connection:
        people.remember(connection, Person(GRACE, "Grace", Membership.MEMBER, NOW))
    services = replace(register.services(), store=store)
    event = recorded("user_change_without_team")["event"]
    user_changed(event, services)
    assert now(store, GRACE).display_name == "Grace Hill"
    event["user"]["enterprise_user"]["teams"] = [SECOND]
    user_changed(event, services)
    assert now(store, GRACE).membership is Membership.STRANGER
    user_changed({"user": {"id": "W0GRACE", "team_id": SECOND, "deleted": True}}, services)
    assert now(store, GRACE).membership is Membership.DEACTIVATED


def test_what_changes_nothing_and_whom_nobody_knows_waits_for_no_writer(register: cast.Register) -> None:
    """With each status and each huddle Slack tells of the whole user again."""
    user = recorded("user_change")["event"]["user"]
    with register.store.begin():
        # Whoever wanted to write now would wait for this transaction, and give up as busy.
        changed(register, user)
        changed(register, user | {"id": "U0NOBODY"})
        user_changed(recorded("user_change_abridged")["event"], register.services())


@pytest.mark.parametrize("user", [None, [], {}, {"id": 7}, {"id": "U0ALICE", "enterprise_user": [7]}])
def test_a_change_of_another_shape_changes_nothing(register: cast.Register, user: Any) -> None:
    before = now(register.store, ALICE)
    changed(register, user)
    assert now(register.store, ALICE) == before
