"""Granting and revoking: who may record for a body, and who coordinates. Each is in the history."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from msgspec import Struct

from bot.domain.questions.names import Body
from bot.domain.refusals.people import (
    AlreadyGranted,
    AlwaysCoordinator,
    HasLeftSlack,
    LastContact,
    NotAPerson,
    NothingToRevoke,
)
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import (
    ContactKind,
    Granted,
    Membership,
    Person,
    PersonKey,
    Request,
    Role,
)
from bot.domain.register.update import Change, Draft, UpdateKind
from bot.domain.values import replace
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import Work, coordinating
from storage import bodies, people, snoozes
from storage.database import Connection
from storage.store import Store


class Authority(Struct, frozen=True):
    """Names a role, and for a contact the body; `kind` is None where nobody said which kind of contact."""

    role: Role
    body: Body | None = None
    kind: ContactKind | None = None

    @property
    def body_code(self) -> str:
        return self.body.code if self.body else ""

    @property
    def in_words(self) -> str:
        match self.role:
            case Role.COORDINATOR:
                return "a coordinator"
            case Role.CONTACT:
                body_name = self.body.short_name if self.body else "no body"
                return f"{_called(self.kind or ContactKind.MAIN)} of {body_name}"
            case _:
                assert_never(self.role)


def _called(kind: ContactKind) -> str:
    match kind:
        case ContactKind.MAIN:
            return "a contact"
        case ContactKind.DEPUTY:
            return "a second contact"
        case ContactKind.APPROVER:
            return "an approver"
    assert_never(kind)


def authority_of(granted: Granted) -> Authority:
    """Return what somebody holds."""
    if not granted.role.is_for_a_body:
        return Authority(granted.role)
    return Authority(
        granted.role, Body(granted.body_code, granted.body_slug, granted.body_name), granted.kind
    )


class Grants(Struct, frozen=True):
    """What several people were granted, and why the rest was not."""

    granted: tuple[tuple[Person, Authority], ...]
    refused: tuple[Refusal, ...] = ()


def grant(store: Store, request: Request, person: Person, authority: Authority) -> Authority:
    """Grant a role; return what the person now holds. A body's first contact is its main one unless the
    coordinator says otherwise.

    Raises AlreadyGranted, NotAPerson, HasLeftSlack, NotACoordinator."""
    grants = grant_all(store, request, (person,), (authority,))
    if grants.refused:
        raise grants.refused[0]
    return grants.granted[0][1]


def grant_all(
    store: Store, request: Request, people: Sequence[Person], authorities: Sequence[Authority]
) -> Grants:
    """Grant each person each role, in one transaction; what cannot be granted keeps nothing else back.

    Raises NotACoordinator."""
    granted: list[tuple[Person, Authority]] = []
    refusals: list[Refusal] = []
    with coordinating(store, request) as work:
        for person in people:
            for authority in authorities:
                try:
                    granted.append((person, _grant(work, person, authority)))
                except (AlreadyGranted, NotAPerson, HasLeftSlack) as refusal:
                    refusals.append(refusal)
    return Grants(tuple(granted), tuple(refusals))


def _grant(work: Work, person: Person, authority: Authority) -> Authority:
    """Grant a role to a person, and return it with the kind that was chosen. Raises AlreadyGranted,
    NotAPerson, HasLeftSlack; nothing is written then."""
    if person.membership is Membership.BOT:
        raise NotAPerson(person.display_name)
    if person.membership is Membership.DEACTIVATED:
        raise HasLeftSlack(person.display_name)
    holders = _contacts(work.connection, authority)
    before = next((holder.kind for holder in holders if holder.who == person.key), None)
    kind = authority.kind or before or _next_kind(holders)
    authority = replace(authority, kind=kind if authority.body else None)
    if work.written:
        # What the same request granted before is answered as it was.
        if _was_granted(work, person, authority):
            return authority
        raise AlreadyGranted(person.display_name, authority.in_words)
    people.remember(work.connection, person)
    if not people.grant(
        work.connection, person.key, authority.role, authority.body_code, work.request.instant, kind=kind
    ):
        raise AlreadyGranted(person.display_name, authority.in_words)
    draft = _draft(work, UpdateKind.GRANT, person.key, authority)
    if authority.body:
        kinds = Change("contact kind", before or "", kind)
        draft = replace(draft, changes=(*draft.changes, kinds))
    work.append(draft)
    return authority


def _was_granted(work: Work, person: Person, authority: Authority) -> bool:
    change = Change(authority.role.value, "", str(person.key))
    return any(
        change in update.draft.changes and (update.draft.body_code or "") == authority.body_code
        for update in work.written
    )


def revoke(
    store: Store,
    request: Request,
    person: PersonKey,
    name: str,
    authority: Authority,
    *,
    even_the_last: bool,
) -> None:
    """Revoke a role. `name` is what refusals call the person.

    Raises NothingToRevoke, NotACoordinator, AlwaysCoordinator, and LastContact unless `even_the_last`."""
    if authority.role is Role.COORDINATOR and store.is_always_coordinator(person):
        raise AlwaysCoordinator(name)
    with coordinating(store, request) as work:
        if work.written:
            return
        active = {holder.who for holder in _contacts(work.connection, authority) if holder.is_active}
        if not people.revoke(work.connection, person, authority.role, authority.body_code):
            raise NothingToRevoke(name, authority.in_words)
        if authority.body and active == {person} and not even_the_last:
            raise LastContact(name, authority.body.short_name)
        if authority.body:
            # Granted again, somebody is reminded again.
            snoozes.resume(work.connection, person, authority.body.code)
        work.append(_draft(work, UpdateKind.REVOKE, person, authority))


def bodies_to_grant(store: Store, request: Request) -> tuple[Body, ...]:
    """Return the bodies that exist today, by name, for the form. Raises NotACoordinator, CannotSee."""
    with coordinator_reads(store, request) as connection:
        return tuple(map(Body.of, bodies.existing_on(connection, request.today)))


def roles_to_revoke(store: Store, request: Request) -> tuple[Granted, ...]:
    """Return who holds which role, for the form. Raises NotACoordinator, CannotSee."""
    with coordinator_reads(store, request) as connection:
        return people.granted(connection)


def _contacts(connection: Connection, authority: Authority) -> tuple[Granted, ...]:
    """Return the contacts of the body, if the role is for one."""
    if authority.body is None:
        return ()
    return people.contacts(connection, authority.body.code)


def _next_kind(holders: Iterable[Granted]) -> ContactKind:
    has_contact = any(holder.can_be_reminded for holder in holders)
    return ContactKind.DEPUTY if has_contact else ContactKind.MAIN


def _draft(work: Work, kind: UpdateKind, person: PersonKey, authority: Authority) -> Draft:
    holder = str(person)
    was, now = ("", holder) if kind is UpdateKind.GRANT else (holder, "")
    return replace(
        work.draft(kind),
        body_code=authority.body_code or None,
        changes=(Change(authority.role.value, was, now),),
    )
