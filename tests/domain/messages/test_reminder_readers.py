from datetime import date

import pytest

from bot.domain.messages.reminder_readers import Choices, reminded
from bot.domain.register.people import ContactKind, Granted, Membership, PersonKey, Role
from tests.cast import ALICE, BOB, ED, an_addressee

REMINDED = date(2025, 3, 4)
BEFORE, AFTER = date(2025, 3, 3), date(2025, 3, 5)
KENT = "code of Kent"


def a_contact(who: PersonKey, kind: ContactKind, membership: Membership = Membership.MEMBER) -> Granted:
    return Granted(who, "Somebody", membership, Role.CONTACT, KENT, "Kent", kind=kind)


FIRST, SECOND = a_contact(ALICE, ContactKind.MAIN), a_contact(BOB, ContactKind.DEPUTY)
OTHER_FIRST = a_contact(ED, ContactKind.MAIN)
LEFT = a_contact(ALICE, ContactKind.MAIN, Membership.DEACTIVATED)
AWAY = Choices(snoozed=frozenset({(ALICE, "", "")}))
PAUSED = Choices(paused=frozenset({(ALICE, KENT)}))


@pytest.mark.parametrize(
    ("contacts", "choices", "who"),
    [
        pytest.param((FIRST, SECOND), Choices(), {ALICE}, id="the first alone"),
        pytest.param((FIRST, OTHER_FIRST, SECOND), Choices(), {ALICE, ED}, id="all that are first"),
        pytest.param((SECOND,), Choices(), {BOB}, id="the second where there is no first"),
        pytest.param((LEFT, SECOND), Choices(), {BOB}, id="the second when the first has left"),
        pytest.param((FIRST, SECOND), AWAY, {BOB}, id="the second when the first is away"),
        pytest.param((FIRST, SECOND), PAUSED, {BOB}, id="the second when the first paused"),
        pytest.param((FIRST,), PAUSED, {ALICE}, id="a pause counts only while somebody else is reminded"),
        pytest.param((LEFT,), Choices(), set(), id="nobody where all have left"),
        pytest.param((FIRST,), AWAY, set(), id="nobody where the only one is away"),
    ],
)
def test_first_contacts_are_reminded_and_second_ones_in_their_place(
    contacts: tuple[Granted, ...], choices: Choices, who: set[PersonKey]
) -> None:
    assert reminded(contacts, choices, {}, None) == who


@pytest.mark.parametrize(
    ("news", "who"), [(None, {ALICE, BOB}), (BEFORE, {ALICE, BOB}), (REMINDED, {ALICE}), (AFTER, {ALICE})]
)
def test_second_contacts_are_reminded_too_when_the_first_was_in_vain(
    news: date | None, who: set[PersonKey]
) -> None:
    assert reminded((FIRST, SECOND), Choices(), {ALICE: REMINDED}, news) == who


def test_a_snooze_hides_one_recommendation_or_all_of_a_body() -> None:
    of_one = Choices(snoozed=frozenset({(ALICE, KENT, "stalking-15")}))
    assert of_one.hides(ALICE, an_addressee())
    assert not of_one.hides(ALICE, an_addressee(number="16"))
    assert not of_one.hides(BOB, an_addressee())
    of_all = Choices(snoozed=frozenset({(ALICE, KENT, "")}))
    assert of_all.hides(ALICE, an_addressee(number="16"))
    assert not of_all.is_away(ALICE)
