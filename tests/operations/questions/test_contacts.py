"""Finding who records for whom."""

from datetime import timedelta

import pytest

from bot.domain.questions.answers import PersonContacts
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.model import Question, Shape
from bot.domain.questions.question_answer import CannotBeAnswered, WhyUnanswered
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.questions import answering, contacts
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


def of_person(register: Register, name: str) -> PersonContacts:
    question = Question(shape=Shape.CONTACTS, by=name)
    return answering.person_in(register.store, occasion(VIC), question)


def test_a_person_is_found_by_name_with_all_that_they_record_for(register: Register) -> None:
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.CONTACT, register.body("kent").code, NOW, ContactKind.DEPUTY)
    register.says(BOB, "note 15 surrey: one ISAC", NOW)
    of_bob = of_person(register, "bob")
    assert of_bob.name == "Bob Byrne"
    assert [(body, contact.kind, contact.recorded_at) for body, contact in of_bob.bodies] == [
        ("Kent", ContactKind.DEPUTY, None),
        ("Surrey", ContactKind.MAIN, NOW),
    ]
    assert (of_bob.typed, of_bob.history) == ("contacts by Bob Byrne", "history by Bob Byrne")
    assert not of_bob.is_coordinator
    of_cora = of_person(register, "cora lane")
    assert (of_cora.is_coordinator, of_cora.bodies) == (True, ())


def test_the_asker_is_me_whatever_their_role(register: Register) -> None:
    def about_me(who: PersonKey) -> tuple[str, str, tuple[str, ...]]:
        result = answering.person_in(register.store, occasion(who), Question(shape=Shape.CONTACTS, by="me"))
        return result.name, result.typed, tuple(body for body, _ in result.bodies)

    assert about_me(BOB) == ("Bob Byrne", "contacts by Bob Byrne", ("Surrey",))
    assert about_me(VIC) == ("Vic Park", "contacts by me", ())


def test_whoever_has_no_role_and_recorded_nothing_is_nobody_here(register: Register) -> None:
    for name in ("vic", "zelda"):
        with pytest.raises(CannotBeAnswered) as refusal:
            of_person(register, name)
        assert (refusal.value.why, refusal.value.person) == (WhyUnanswered.NOBODY_CALLED, name)


def test_somebody_who_lost_their_role_is_known_by_what_they_recorded(register: Register) -> None:
    register.says(BOB, "note 15: one ISAC", NOW)
    with register.store.begin() as connection:
        people.revoke(connection, BOB, Role.CONTACT, register.body("surrey").code)
        people.remember(connection, person(BOB, Membership.DEACTIVATED))
    of_bob = of_person(register, "byrne")
    assert (of_bob.bodies, of_bob.is_active) == ((), False)


def test_of_two_people_of_one_name_each_is_offered(register: Register) -> None:
    with register.store.begin() as connection:
        people.remember(connection, person(BOB, name="Alice Byrne"))
    with pytest.raises(CannotBeAnswered) as refusal:
        of_person(register, "alice")
    assert refusal.value.why is WhyUnanswered.WHICH_PERSON
    assert sorted(question.by for question in refusal.value.nearest) == ["Alice Ames", "Alice Byrne"]
    assert of_person(register, "alice byrne").bodies[0][0] == "Surrey"
    with register.store.begin() as connection:
        people.remember(connection, person(BOB, name="Alice Ames"))
    with pytest.raises(CannotBeAnswered) as refusal:
        of_person(register, "alice ames")
    nearest = {question.by for question in refusal.value.nearest}
    assert nearest == {ALICE.user_id, BOB.user_id}
    assert {of_person(register, user_id).bodies[0][0] for user_id in nearest} == {"Kent", "Surrey"}
