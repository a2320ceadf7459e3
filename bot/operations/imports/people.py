"""The people whom a list of contacts names: by member id, mention, e-mail address or name.

Only what fits exactly counts, and a name or an address only within the home workspace, its guests included:
elsewhere anybody can call themselves anything."""

import re

from msgspec import Struct

from bot.domain.free_text import normalised
from bot.domain.register.imports import Batch, ContactRow, NotImportable, Row, Wrong
from bot.domain.register.people import Person, PersonKey
from bot.domain.values import replace
from bot.operations.request.actors import Directory
from bot.operations.request.context import ListedPerson, Roster

_ID = re.compile(r"(?:<@)?([UW][A-Z0-9]{2,30})(?:\|[^<>]*)?>?", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?([^\s@<>|]+@[^\s@<>|]+)", re.IGNORECASE)
_NO_EMAILS = (
    "recbot may not read e-mail addresses here (scope users:read.email). Give the full name or the member id."
)


class NamedPeople(Struct, frozen=True):
    """A batch whose contacts are named by their ids, and those people."""

    batch: Batch
    people: dict[PersonKey, Person]


def with_people(batch: Batch, directory: Directory, roster: Roster) -> NamedPeople:
    """Find whom the contacts of a batch name; what names nobody, or several, is a fault of its row.

    Raises NotReachable."""
    if not any(batch.of(ContactRow)):
        return NamedPeople(batch, {})
    finder = _Finder(directory, list(roster.everybody()))
    rows: list[Row] = []
    faults = list(batch.faults)
    people: dict[PersonKey, Person] = {}
    for row in batch.rows:
        if not isinstance(row, ContactRow) or "user" in row.unread:
            rows.append(row)
            continue
        try:
            person = finder.find(row.user, row.team)
        except NotImportable as refusal:
            faults.append(Wrong(row.place, "user", refusal))
            rows.append(replace(row, unread=row.unread | {"user"}))
        else:
            people[person.key] = person
            rows.append(replace(row, user=person.key.user_id, team=person.key.team_id))
    return NamedPeople(replace(batch, rows=tuple(rows), faults=tuple(faults)), people)


class _Finder:
    def __init__(self, directory: Directory, listed: list[ListedPerson]) -> None:
        self._directory = directory
        self._by_id = {listed_person.person.key.user_id: listed_person.person for listed_person in listed}
        self._of_home = [listed_person for listed_person in listed if _is_of_home(listed_person.person)]
        self._has_emails = any(listed_person.email for listed_person in listed)

    def find(self, written: str, team: str) -> Person:
        """Find a person by a member id, an e-mail address or a name. Raises NotImportable, NotReachable."""
        text = normalised(written)
        if (match := _ID.fullmatch(text)) and any(character.isdigit() for character in match[1]):
            return self._by_member_id(match[1].upper(), team.upper())
        if match := _EMAIL.fullmatch(text):
            return self._by_email(match[1].casefold())
        return self._by_name(text.removeprefix("@").strip())

    def _by_member_id(self, user_id: str, team: str) -> Person:
        person = None if team else self._by_id.get(user_id)
        person = person or self._directory.look_up(PersonKey(team, user_id))
        if person is None:
            raise NotImportable("user", f"Slack knows nobody by the id {user_id}. Copy it from the profile.")
        return person

    def _by_email(self, email: str) -> Person:
        if not self._has_emails:
            raise NotImportable("user", _NO_EMAILS)
        return _the_only(
            [
                listed_person.person
                for listed_person in self._of_home
                if listed_person.email.casefold() == email
            ],
            "Nobody in this workspace has this e-mail address. Give the full name or the member id.",
            "have this e-mail address. Give the member id.",
        )

    def _by_name(self, name: str) -> Person:
        folded_name = _folded(name)
        return _the_only(
            [
                listed_person.person
                for listed_person in self._of_home
                if folded_name in map(_folded, listed_person.names)
            ],
            "Nobody in this workspace is called exactly that. Give the full name, the e-mail address or the"
            " member id.",
            "are called that. Give the e-mail address or the member id.",
        )


def _is_of_home(person: Person) -> bool:
    facts = person.membership.facts
    return facts.is_at_home and facts.is_active


def _the_only(people: list[Person], if_nobody: str, several: str) -> Person:
    by_key = {person.key: person for person in people}
    if len(by_key) == 1:
        return next(iter(by_key.values()))
    raise NotImportable("user", f"{len(by_key)} people {several}" if by_key else if_nobody)


def _folded(name: str) -> str:
    return " ".join(normalised(name).casefold().split())
