"""Granting and revoking: the forms that Home opens, and what is said when it is done."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.questions.names import Body
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import ContactKind, Granted, Membership, Person, Role
from bot.rendering import terms, words
from bot.rendering.blocks.refusals.refused import in_words
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.form import (
    OPTION,
    Options,
    boxes_field,
    choice_field,
    form,
    grouped_choice_field,
    loading,
    paragraph,
    person_field,
    screen_form,
)
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, paragraphs, screen, small

GRANT_ROLE = "grant-role"
REVOKE_ROLE = "revoke-role"
PERSON, ROLE, BODY = "person", "role", "body"
HELD, ALL_THE_SAME = "held", "all-the-same"

_GRANT, _REVOKE = "Grant a role", "Revoke a role"
# As many as one group of a menu holds.
_GROUP = 100
# What is chosen where no body is meant: a menu cannot be left empty again once something was chosen.
NO_BODY = "none"

ROLES: Mapping[str, tuple[Role, ContactKind | None]] = {
    "main": (Role.CONTACT, ContactKind.MAIN),
    "deputy": (Role.CONTACT, ContactKind.DEPUTY),
    "approver": (Role.CONTACT, ContactKind.APPROVER),
    "coordinator": (Role.COORDINATOR, None),
}
_ROLE_WORDS = {
    "main": "contact of a body",
    "deputy": "second contact of a body",
    "approver": "approver of a body",
    "coordinator": "coordinator",
}


def granted(person: Person, role: str, body_name: str) -> Screen:
    try_this = (
        f"`/recs mine` shows them what {inert(body_name)} owes."
        if body_name
        else "`/recs help` shows what they can do."
    )
    stranger = person.membership is Membership.STRANGER
    if role.startswith(terms.contact(ContactKind.DEPUTY)):
        try_this += f" {terms.SECOND_CONTACTS}"
    return screen(
        f"{person.display_name} is now {role}.",
        small(try_this + (" They belong to another organisation's workspace." if stranger else "")),
    )


def granted_all(roles: Sequence[tuple[str, str]], refusals: Sequence[Refusal]) -> Screen:
    """Show the receipt. `roles` are people's names and what they now are; `refusals` says what could not be
    done."""
    by_person: dict[str, list[str]] = {}
    for name, role in roles:
        by_person.setdefault(name, []).append(role)
    granted_lines = [
        f"{inert(name)} is now {inert(words.both(role_names))}." for name, role_names in by_person.items()
    ]
    not_done = [f"Not done: {in_words(refusal, RefusalContext('')).first}" for refusal in refusals]
    headline = (
        f"{words.count(len(roles), 'role is', 'roles are')} granted to {words.both(list(by_person))}."
        if roles
        else "Nothing was granted."
    )
    if roles and refusals:
        headline += f" {words.count(len(refusals), 'other', 'others')} could not be."
    return screen(headline, *paragraphs((*granted_lines, *not_done)))


def revoked(person_name: str, role: str) -> Screen:
    return screen(
        f"{person_name} is no longer {role}.",
        small("What they recorded stays. A form they have open can no longer be sent."),
    )


def named(holder: Granted) -> str:
    """Name a role that somebody holds, as the menu's choice does."""
    return "/".join((holder.who.team_id, holder.who.user_id, holder.role, holder.body_code))


def loading_form(action: str) -> dict[str, Any]:
    return loading(_title(action), action)


def grant_form(bodies: Sequence[Body]) -> dict[str, Any]:
    return form(
        _GRANT,
        [
            person_field(PERSON, "Person", hint="Guests and people of other organisations too."),
            choice_field(ROLE, "Role", tuple(_ROLE_WORDS.items()), "main"),
            choice_field(
                BODY,
                "Body",
                [(NO_BODY, "none"), *((body.code, body.short_name) for body in bodies)],
                NO_BODY,
                hint="For a contact. A coordinator coordinates all of them.",
            ),
        ],
        callback=GRANT_ROLE,
        submit="Grant",
    )


def revoke_form(holders: Sequence[Granted], chosen_name: str = "", *, last_of: str = "") -> dict[str, Any]:
    """Return the form that takes a role back. `last_of` is the body that would be left without a contact by
    what is `chosen_name`: it is asked again."""
    if not holders:
        return form(
            _REVOKE, [paragraph("Nobody holds a role that could be revoked here.")], callback=REVOKE_ROLE
        )
    doubts = []
    if last_of:
        doubts = [
            paragraph(
                f"Nothing was changed yet: this is {last_of}'s last contact, and nobody would be reminded of"
                f" what {last_of} owes."
            ),
            boxes_field(ALL_THE_SAME, "The last contact", [("yes", "Revoke all the same")]),
        ]
    return form(
        _REVOKE,
        [grouped_choice_field(HELD, "Who holds which role", _grouped(holders), chosen_name), *doubts],
        callback=REVOKE_ROLE,
        submit="Revoke",
        metadata=chosen_name if last_of else "",
    )


def message_form(action: str, screen: Screen) -> dict[str, Any]:
    """Return a screen in the place of the form."""
    return screen_form(_title(action), screen, callback=action)


def _title(action: str) -> str:
    return _GRANT if action == GRANT_ROLE else _REVOKE


def _grouped(granted: Sequence[Granted]) -> dict[str, Options]:
    groups: dict[str, Options] = {
        "Coordinators": [
            (named(holder), holder.display_name) for holder in granted if not holder.role.is_for_a_body
        ]
    }
    contacts = [holder for holder in granted if holder.role.is_for_a_body]
    for first in range(0, len(contacts), _GROUP):
        holders = contacts[first : first + _GROUP]
        groups[_from_to(holders)] = [(named(holder), _contact(holder)) for holder in holders]
    return groups


def _from_to(holders: Sequence[Granted]) -> str:
    first, last = holders[0].body_name, holders[-1].body_name
    return f"Contacts, {first} to {last}"[:OPTION]


def _contact(holder: Granted) -> str:
    left = "" if holder.is_active else ", has left Slack"
    kind = "" if holder.kind is ContactKind.MAIN else f", {terms.contact_kind(holder.kind)}"
    return f"{holder.body_name}: {holder.display_name}{kind}{left}"
