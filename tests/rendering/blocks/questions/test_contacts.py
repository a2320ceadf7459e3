"""What is said of contacts."""

import pytest

from bot.domain.questions.answers import (
    BodyContacts,
    Contact,
    ContactList,
    PersonContacts,
)
from bot.domain.register.people import ContactKind, Membership
from bot.rendering.blocks.questions import contacts
from tests.cast import NOW
from tests.rendering.cases import FORTY_THREE
from tests.rendering.screens import assert_valid, buttons, read

KIM = Contact("Kim *Hale*", Membership.GUEST, recorded_at=NOW)
GONE = Contact("Gone Away", Membership.DEACTIVATED, ContactKind.DEPUTY)


@pytest.mark.parametrize(
    ("contact_list", "says"),
    [
        (
            ContactList(
                (BodyContacts("Kent", (KIM,)), BodyContacts("Surrey", ())), ("Cora Lane",), "contacts"
            ),
            "1 of 2 bodies has a contact; Cora Lane coordinates.",
        ),
        (
            ContactList((BodyContacts("Kent", (KIM,)),), ("Cora Lane", "Dev Shah"), "contacts", "Wales"),
            "Wales: 1 of 1 body has a contact.",
        ),
        (
            ContactList((BodyContacts("Kent", (KIM,)),), (), "contacts body kent", "Kent", is_one_body=True),
            "Kim *Hale* records for Kent.",
        ),
        (
            ContactList(
                (BodyContacts("Kent", (KIM, GONE)),), (), "contacts body kent", "Kent", is_one_body=True
            ),
            "Kim *Hale* records for Kent.",
        ),
        (
            ContactList((BodyContacts("Kent", (GONE,)),), (), "contacts body kent", "Kent", is_one_body=True),
            "Kent has no contact.",
        ),
    ],
)
def test_contacts_say_first_who_records(contact_list: ContactList, says: str) -> None:
    shown = contacts.contacts(contact_list)
    assert_valid(shown)
    assert shown.text == says


def test_contacts_are_named_with_what_one_should_know_of_them() -> None:
    bodies = (BodyContacts("Kent", (KIM, GONE)), BodyContacts("Surrey", (GONE,)))
    assert read(contacts.contacts(ContactList(bodies, (), "contacts"))) == [
        "Kent: Kim *Hale* (main, guest, last recorded 10 Mar 2025, 10:04),"
        " Gone Away (second contact, has left Slack, has recorded nothing yet)",
        "Surrey: Gone Away (second contact, has left Slack, has recorded nothing yet)",
        "Without a contact: Surrey",
        "Second contacts are reminded while no first one can be, or after two weeks without news from the"
        " body.",
    ]


def test_forty_three_bodies_without_a_contact_are_named_behind_more() -> None:
    bodies = tuple(BodyContacts(name, ()) for name in FORTY_THREE)
    first = contacts.contacts(ContactList(bodies, (), "contacts"))
    assert read(first)[-1].endswith("Body 12, … 31 more")
    assert buttons(first)["More"] == "contacts page 2"
    second = contacts.contacts(ContactList(bodies, (), "contacts", in_full=True))
    assert read(second)[-1].endswith("Body 43")
    assert "More" not in buttons(second)


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (
            PersonContacts("Kim *Hale*", (("Essex", KIM), ("Kent", KIM)), False, "contacts by U0KIM"),
            "Kim *Hale* records for Essex and Kent.",
        ),
        (PersonContacts("Cora Lane", (), True, "contacts by Cora Lane"), "Cora Lane coordinates."),
        (
            PersonContacts("Cora Lane", (("Kent", KIM),), True, "contacts by Cora Lane"),
            "Cora Lane coordinates and records for Kent.",
        ),
        (
            PersonContacts("Bob Byrne", (), False, "contacts by Bob Byrne"),
            "Bob Byrne is no contact and no coordinator.",
        ),
        (
            PersonContacts("Gone Away", (("Kent", GONE),), False, "contacts by Gone Away", is_active=False),
            "Gone Away has left this Slack, and is still down for Kent.",
        ),
        (
            PersonContacts("Gone Away", (), False, "contacts by Gone Away", is_active=False),
            "Gone Away has left this Slack.",
        ),
    ],
)
def test_of_a_person_it_is_said_first_for_whom_they_record(person: PersonContacts, says: str) -> None:
    shown = contacts.of_person(person)
    assert shown.text == says.replace("*", "\\*") or shown.text == says
    assert_valid(shown)
