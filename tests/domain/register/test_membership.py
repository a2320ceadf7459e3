"""What Slack says of a user, whole or in part, makes them what they are here, and never more than before."""

import itertools

import pytest

from bot.domain.register.membership import SLACKBOT, Organisation, UserFacts, key_of, membership
from bot.domain.register.people import Membership, PersonKey
from bot.domain.values import replace

HOME, SECOND, OTHER = "T0HOME", "T0SECOND", "T0OTHER"
ASSOCIATION = "E0ASSOC"
# From nothing to everything that somebody may see without a role.
RANK = [Membership.DEACTIVATED, Membership.BOT, Membership.STRANGER, Membership.GUEST, Membership.MEMBER]

WHOLE = UserFacts("U0ALICE", "Alice", HOME, is_deleted=False, is_bot=False, is_guest=False, is_stranger=False)
GRACE = replace(
    WHOLE, user_id="W0GRACE", team_id="", enterprise_id=ASSOCIATION, teams=frozenset({HOME, SECOND})
)


def plain() -> Organisation:
    return Organisation()


def grid() -> Organisation:
    return Organisation(ASSOCIATION)


def what(
    facts: UserFacts, organisation: Organisation | None = None, known: Membership | None = None
) -> Membership | None:
    return membership(facts, organisation or plain(), HOME, known)


@pytest.mark.parametrize(
    ("facts", "is_now"),
    [
        (WHOLE, Membership.MEMBER),
        (replace(WHOLE, is_guest=True), Membership.GUEST),
        (replace(WHOLE, team_id=OTHER), Membership.STRANGER),
        (replace(WHOLE, is_stranger=True), Membership.STRANGER),
        (replace(WHOLE, is_bot=True), Membership.BOT),
        (replace(WHOLE, user_id=SLACKBOT), Membership.BOT),
        (replace(WHOLE, is_deleted=True, is_guest=None), Membership.DEACTIVATED),
    ],
)
def test_on_a_plain_workspace_the_users_own_team_decides(facts: UserFacts, is_now: Membership) -> None:
    assert what(facts) is is_now


@pytest.mark.parametrize(
    ("facts", "is_now"),
    [
        (GRACE, Membership.MEMBER),
        (replace(GRACE, is_guest=True), Membership.GUEST),
        (replace(GRACE, teams=frozenset({SECOND})), Membership.STRANGER),
        (replace(GRACE, teams=frozenset({HOME}), team_id=HOME), Membership.MEMBER),
        (replace(WHOLE, team_id=OTHER), Membership.STRANGER),
        (replace(GRACE, enterprise_id="E0OTHERS", teams=frozenset({OTHER})), Membership.STRANGER),
    ],
)
def test_in_an_organisation_whoever_is_in_the_home_workspace_is_a_member_of_it(
    facts: UserFacts, is_now: Membership
) -> None:
    assert what(facts, grid()) is is_now


ABRIDGED = UserFacts("U0ALICE", "Alice", HOME)


@pytest.mark.parametrize("known", [None, *Membership])
def test_an_abridged_user_stays_what_they_were(known: Membership | None) -> None:
    for facts in (ABRIDGED, replace(ABRIDGED, team_id="")):
        for organisation in (plain(), grid()):
            assert what(facts, organisation, known) is known
    assert what(replace(ABRIDGED, team_id=SECOND), grid(), known) is known


@pytest.mark.parametrize("known", Membership)
def test_whatever_is_left_out_nobody_gets_more_rights_than_before(known: Membership) -> None:
    """Every combination of what a user object may say or leave out, but all of it."""
    three = (None, False, True)
    for deleted, bot, guest, stranger in itertools.product(three, three, three, three):
        for team, teams in itertools.product(("", HOME, SECOND, OTHER), (frozenset(), frozenset({HOME}))):
            facts = UserFacts("U0ALICE", "A", team, "", teams, deleted, bot, guest, stranger)
            for organisation in (plain(), grid()):
                now = what(facts, organisation, known) or known
                more = RANK.index(now) > RANK.index(known)
                assert not more or None not in (deleted, bot, guest), facts


def test_who_is_not_called_a_bot_is_none_where_nothing_else_was_known() -> None:
    assert what(replace(WHOLE, is_bot=None)) is Membership.MEMBER
    assert what(replace(WHOLE, is_bot=None), known=Membership.BOT) is Membership.BOT


def test_everybody_of_an_organisation_has_one_key() -> None:
    organisation = grid()
    assert key_of(GRACE, organisation, HOME) == PersonKey(HOME, "W0GRACE")
    elsewhere = replace(GRACE, teams=frozenset({SECOND}))
    assert key_of(elsewhere, organisation, HOME) == PersonKey(HOME, "W0GRACE")
    stranger = replace(GRACE, enterprise_id="E0OTHERS", teams=frozenset({OTHER}), team_id=OTHER)
    assert key_of(stranger, organisation, HOME) == PersonKey(OTHER, "W0GRACE")


def test_a_workspace_is_the_organisations_only_once_slack_said_so() -> None:
    organisation = grid()
    assert not organisation.includes(SECOND)
    organisation.learn(replace(GRACE, enterprise_id="E0OTHERS", teams=frozenset({OTHER})), HOME)
    organisation.learn(replace(WHOLE, team_id=OTHER), HOME)
    assert not organisation.includes(OTHER)
    organisation.learn(GRACE, HOME)
    assert organisation.includes(SECOND)
    assert organisation.includes(ASSOCIATION)
    assert not organisation.includes(OTHER)
    assert not organisation.includes("")


def test_on_a_plain_workspace_every_team_has_its_own_people() -> None:
    organisation = plain()
    organisation.learn(WHOLE, HOME)
    organisation.learn(replace(WHOLE, team_id=OTHER), HOME)
    assert not organisation.includes(OTHER)
    assert key_of(replace(WHOLE, team_id=OTHER), organisation, HOME) == PersonKey(OTHER, "U0ALICE")
    assert key_of(replace(WHOLE, team_id=""), organisation, HOME) is None
