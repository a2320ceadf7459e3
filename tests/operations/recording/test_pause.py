"""Reminders are paused by a contact, and never by all contacts of a body."""

import threading

import pytest

from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.people import OnlyContact
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.recording.grant import Authority, grant, revoke
from bot.operations.recording.pause import pause, remindings, resume
from bot.operations.request import actors
from storage import people
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, occasion, person


@pytest.fixture
def kent(register: Register) -> str:
    """Bob speaks for Kent too."""
    code = register.body("kent").code
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.CONTACT, code, NOW, ContactKind.DEPUTY)
    return code


def reminding(register: Register, kent: str) -> tuple[bool, bool]:
    """Whether Alice paused, and whether she can."""
    with register.store.reading() as connection:
        actor = actors.load(connection, register.store, occasion(ALICE))
        (only_body,) = remindings(connection, actor, [kent])
    return only_body.paused, only_body.can_pause


def test_a_contact_pauses_and_resumes(register: Register, kent: str) -> None:
    for _ in range(2):
        pause(register.store, occasion(ALICE), kent)
        assert reminding(register, kent) == (True, True)
    for _ in range(2):
        resume(register.store, occasion(ALICE), kent)
        assert reminding(register, kent) == (False, True)


def test_the_last_one_who_is_reminded_cannot_pause(register: Register, kent: str) -> None:
    pause(register.store, occasion(BOB), kent)
    with pytest.raises(OnlyContact):
        pause(register.store, occasion(ALICE), kent)
    assert reminding(register, kent) == (False, False)


def test_somebody_who_left_slack_is_nobody_to_rely_on(register: Register, kent: str) -> None:
    with register.store.begin() as connection:
        people.remember(connection, person(BOB, Membership.DEACTIVATED))
    with pytest.raises(OnlyContact):
        pause(register.store, occasion(ALICE), kent)


def test_two_contacts_cannot_pause_at_the_same_moment(register: Register, kent: str) -> None:
    refused = []

    def pauses(who: PersonKey) -> None:
        try:
            pause(register.store, occasion(who), kent)
        except OnlyContact:
            refused.append(who)

    threads = [threading.Thread(target=pauses, args=(who,)) for who in (ALICE, BOB)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


@pytest.mark.parametrize("who", [VIC, CORA, ED], ids=lambda who: who.user_id)
def test_only_the_bodys_contacts_pause_its_reminders(register: Register, kent: str, who: PersonKey) -> None:
    for act in (pause, resume):
        with pytest.raises(NotAContactOf):
            act(register.store, occasion(who), kent)


def test_whoever_is_granted_the_role_again_is_reminded_again(register: Register, kent: str) -> None:
    pause(register.store, occasion(ALICE), kent)
    alices = Authority(Role.CONTACT, register.body("kent"))
    revoke(register.store, occasion(CORA), ALICE, "Alice Ames", alices, even_the_last=False)
    grant(register.store, occasion(CORA), person(ALICE), alices)
    assert reminding(register, kent) == (False, True)
