"""What a coordinator imports from Slack: as it was shown, by the rights of that moment, and once."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.imports import Batch, FileRefused, Imported, NotAsShown
from bot.domain.register.people import Membership, Person, PersonKey, Role
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.importing import pasted
from bot.operations.imports import from_slack
from bot.operations.request.context import ListedPerson, Services
from storage import people
from storage.chain import head
from storage.tables.history import updates
from tests.cast import (
    ALICE,
    BOB,
    CORA,
    GUS,
    HOME,
    NOW,
    VIC,
    Register,
    accountable_case,
    occasion,
    person,
    undone,
)
from tests.operations.imports.interrupted import interrupted
from tests.storage.audit import audit

STELLA = PersonKey("T0OTHER", "U0STELLA")
OLD_VIC = PersonKey(HOME, "U0OLD")
NAMESAKE = PersonKey(HOME, "U0GUS2")


class Slack:
    """Who there is, as Slack lists and describes them."""

    def __init__(self, *, has_emails: bool = True) -> None:
        everybody = [person(who) for who in (ALICE, BOB, GUS, VIC)]
        everybody += [
            person(STELLA, Membership.STRANGER, "Stella Kerr"),
            person(OLD_VIC, Membership.DEACTIVATED, "Vic Park"),
            person(NAMESAKE, Membership.MEMBER, "Gus Reed"),
        ]
        self.listed = [
            ListedPerson(
                listed_person,
                (listed_person.display_name,),
                f"{listed_person.key.user_id}@example.org".lower() if has_emails else "",
            )
            for listed_person in everybody
        ]

    def everybody(self) -> Iterable[ListedPerson]:
        return self.listed

    def look_up(self, who: PersonKey) -> Person | None:
        return next(
            (
                listed_person.person
                for listed_person in self.listed
                if listed_person.person.key.user_id == who.user_id
            ),
            None,
        )


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    made.store.database.close()


def services(register: Register, slack: Slack | None = None) -> Services:
    slack = slack or Slack()
    return replace(register.services(), directory=slack, roster=slack)


def batch(text: str) -> Batch:
    return pasted.read(text, "contacts")


def seq(register: Register) -> int:
    with register.store.reading() as connection:
        return head(connection)[0]


def contacts(register: Register, slug: str) -> set[str]:
    with register.store.reading() as connection:
        held = people.granted(connection, role=Role.CONTACT, body_code=register.body(slug).code)
    return {holder.display_name for holder in held}


def looked_at(register: Register, text: str, form: str = "V1") -> Imported:
    return from_slack.look(services(register), occasion(CORA), batch(text), form)


def recorded(register: Register, text: str, shown: str, form: str = "V1", **how: Any) -> Imported:
    return from_slack.record(services(register), occasion(how.get("who", CORA)), batch(text), form, shown)


def faults(register: Register, text: str, slack: Slack | None = None) -> list[tuple[int, str]]:
    before = seq(register)
    with pytest.raises(FileRefused) as refusal:
        from_slack.look(services(register, slack), occasion(CORA), batch(text), "V1")
    assert seq(register) == before
    return [(wrong.place.row, str(wrong.refusal)) for wrong in refusal.value.faults]


def test_it_is_looked_at_and_then_recorded_in_the_coordinators_name_once(
    register: Register, database_url: str
) -> None:
    before = seq(register)
    text = "Alice Ames,Surrey\nu0vic@example.org,Surrey\n<@U0GUS>,Essex"
    look = looked_at(register, text)
    assert (len(look.effects), look.done, seq(register)) == (3, False, before)

    done = recorded(register, text, look.fingerprint)
    assert (len(done.effects), done.done, seq(register)) == (3, True, before + 3)
    assert contacts(register, "surrey") == {"Bob Byrne", "Alice Ames", "Vic Park"}
    with register.store.reading() as connection:
        rows = connection.execute(
            select(updates.c.user_id, updates.c.kind, updates.c.via).where(updates.c.seq > before)
        ).all()
    assert {tuple(row) for row in rows} == {(CORA.user_id, UpdateKind.GRANT, "import")}

    again = recorded(register, text, look.fingerprint)
    assert (again.effects, again.again, seq(register)) == ((), True, before + 3)
    audit(database_url)


def test_another_form_with_the_same_table_is_another_import(register: Register) -> None:
    text = "Alice Ames,Surrey"
    recorded(register, text, looked_at(register, text).fingerprint)
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.CONTACT, register.body("surrey").code)
    look = looked_at(register, text, form="V2")
    assert len(look.effects) == 1
    recorded(register, text, look.fingerprint, form="V2")
    assert "Alice Ames" in contacts(register, "surrey")


def test_what_the_register_became_meanwhile_is_shown_again_and_nothing_is_recorded(
    register: Register,
) -> None:
    text = "Alice Ames,Surrey\nVic Park,Kent"
    look = looked_at(register, text)
    with register.store.begin() as connection:
        people.revoke(connection, BOB, Role.CONTACT, register.body("surrey").code)
    before = seq(register)
    with pytest.raises(NotAsShown) as changed:
        recorded(register, text, look.fingerprint)
    assert seq(register) == before
    recorded(register, text, changed.value.now.fingerprint)
    assert contacts(register, "surrey") == {"Alice Ames"}


def test_another_table_is_not_recorded_by_the_look_at_this_one(register: Register) -> None:
    look = looked_at(register, "Alice Ames,Surrey")
    with pytest.raises(NotAsShown):
        recorded(register, "Vic Park,Surrey", look.fingerprint)


def test_only_coordinators_import_whatever_they_were_when_they_looked(register: Register) -> None:
    with register.store.begin() as connection:
        people.grant(connection, ALICE, Role.COORDINATOR, "", NOW)
    text = "Vic Park,Surrey"
    look = from_slack.look(services(register), occasion(ALICE), batch(text), "V1")
    with register.store.begin() as connection:
        people.revoke(connection, ALICE, Role.COORDINATOR, "")
    with pytest.raises(NotACoordinator):
        recorded(register, text, look.fingerprint, who=ALICE)
    with pytest.raises(NotACoordinator):
        from_slack.look(services(register), occasion(ALICE), batch(text), "V1")


def test_whoever_is_no_coordinator_any_more_when_it_is_written_records_nothing(register: Register) -> None:
    with register.store.begin() as connection:
        people.grant(connection, ALICE, Role.COORDINATOR, "", NOW)
    text = "Vic Park,Surrey"
    look = from_slack.look(services(register), occasion(ALICE), batch(text), "V1")
    before = seq(register)

    def revoke() -> None:
        with register.store.begin() as connection:
            people.revoke(connection, ALICE, Role.COORDINATOR, "")

    with pytest.raises(NotACoordinator):
        from_slack.record(
            replace(services(register), store=interrupted(register.store, revoke)),
            occasion(ALICE),
            batch(text),
            "V1",
            look.fingerprint,
        )
    assert seq(register) == before


def test_a_name_fits_exactly_and_only_at_home(register: Register) -> None:
    all_faults = faults(
        register,
        "Alice,Surrey\nStella Kerr,Surrey\nu0stella@example.org,Surrey\nGus Reed,Surrey\nU0NOBODY9,Surrey",
    )
    assert [row for row, _ in all_faults] == [1, 2, 3, 4, 5]
    assert "Nobody in this workspace is called exactly that." in all_faults[0][1]
    assert "Nobody in this workspace is called exactly that." in all_faults[1][1]
    assert "Nobody in this workspace has this e-mail address." in all_faults[2][1]
    assert "2 people are called that. Give the e-mail address or the member id." in all_faults[3][1]
    assert "Slack knows nobody by the id U0NOBODY9." in all_faults[4][1]


def test_where_addresses_may_not_be_read_it_is_said(register: Register) -> None:
    ((_, text),) = faults(register, "u0vic@example.org,Surrey", Slack(has_emails=False))
    assert "users:read.email" in text


def test_somebody_of_another_organisation_is_named_by_their_id(register: Register) -> None:
    text = "U0STELLA,Surrey"
    recorded(register, text, looked_at(register, text).fingerprint)
    assert "Stella Kerr" in contacts(register, "surrey")


def test_an_import_is_not_undone_row_by_row(register: Register) -> None:
    note = register.says(CORA, "note 15 kent: we met the provider")
    text = "report,recommendation,body,stands_from,text\nstalking,15,Kent,2025-03-03,Two services start."
    look = from_slack.look(services(register), occasion(CORA), pasted.read(text), "V1")
    from_slack.record(services(register), occasion(CORA), pasted.read(text), "V1", look.fingerprint)
    assert undone(register.store, occasion(CORA)).items[0][2].draft.about_seq == note
