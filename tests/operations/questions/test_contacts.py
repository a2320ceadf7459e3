"""Finding who records for whom."""

from datetime import timedelta

from bot.domain.questions.grammar import typed_commands
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.questions import contacts
from storage import bodies, people
from tests.cast import (
    ALICE,
    BOB,
    NOW,
    VIC,
    Register,
    occasion,
    person,
)
from tests.operations.cases import WALES


def test_contacts_tell_bodies_with_and_without_one(register: Register) -> None:
    contact_list = contacts.contacts(register.store, occasion(VIC), typed_commands.Contacts())
    assert [body.body_name for body in contact_list.bodies if body.has_one] == ["Essex", "Kent", "Surrey"]
    assert len(contact_list.bodies) == 43
    assert contact_list.coordinators == ("Cora Lane",)
    of_wales = contacts.contacts(register.store, occasion(VIC), typed_commands.Contacts(WALES))
    assert [body.has_one for body in of_wales.bodies] == [False] * 4


def test_contacts_are_found_with_when_each_last_recorded_for_the_body(register: Register) -> None:
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.CONTACT, register.body("kent").code, NOW, ContactKind.DEPUTY)
    register.says(ALICE, "note 15: two ISACs", NOW)
    register.says(ALICE, "note 16: training", NOW + timedelta(minutes=5))
    register.says(BOB, "note 15 surrey: one ISAC", NOW + timedelta(minutes=6))
    of_kent = contacts.contacts(register.store, occasion(VIC), typed_commands.Contacts(register.body("kent")))
    assert [(contact.name, contact.kind, contact.recorded_at) for contact in of_kent.bodies[0].contacts] == [
        ("Alice Ames", ContactKind.MAIN, NOW + timedelta(minutes=5)),
        ("Bob Byrne", ContactKind.DEPUTY, None),
    ]


def test_a_body_whose_only_contact_left_is_without_one(register: Register) -> None:
    with register.store.begin() as connection:
        before = bodies.without_contact(connection, NOW.date())
        people.remember(connection, person(ALICE, Membership.DEACTIVATED))
        after = bodies.without_contact(connection, NOW.date())
    assert len(before) == 40
    assert set(after) - set(before) == {"Kent"}


def test_somebody_who_left_slack_is_no_contact_and_no_coordinator_to_ask(register: Register) -> None:
    dev = PersonKey("T0HOME", "U0DEV")
    with register.store.begin() as connection:
        people.remember(connection, person(ALICE, Membership.DEACTIVATED))
        people.remember(connection, person(dev, Membership.DEACTIVATED, "Dev Shah"))
        people.grant(connection, dev, Role.COORDINATOR, "", NOW)
    of_kent = contacts.contacts(register.store, occasion(VIC), typed_commands.Contacts(register.body("kent")))
    assert not of_kent.bodies[0].has_one
    assert contacts.who_can_help(register.store) == ("Cora Lane",)
