"""Who may record and who coordinates: `/recs grant @user kent` (`second`; several people, several bodies),
`/recs grant @user coordinator`,
`/recs revoke @user kent`, and the same by forms from Home."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack

from bot.domain.questions.grammar.typed_commands import Mention
from bot.domain.questions.grammar.typed_recordings import Grant, Revoke
from bot.domain.refusals.addressees import BodyRequired
from bot.domain.refusals.people import LastContact, NothingToRevoke, UnknownPerson
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import Person, PersonKey, Request
from bot.operations.recording import grant as operation
from bot.operations.recording.grant import Authority
from bot.operations.request import actors
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import grant as blocks
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.forms import open_for_click
from handlers.replies import Click, Submission, show_errors
from handlers.routes import Routes

Form = dict[str, Any]

routes = Routes()


@routes.verb(Grant, writes=True)
def grant(services: Services, request: Request, command: Grant) -> Screen:
    actors.must_coordinate(services.store, request)
    authorities = [Authority(command.role, body, command.kind) for body in command.bodies or (None,)]
    if len(command.people) == len(authorities) == 1:
        (mention,) = command.people
        return _grant(services, request, _look_up(services, mention.user_id, mention.name), authorities[0])
    return _grant_all(services, request, command.people, authorities)


@routes.verb(Revoke, writes=True)
def revoke(services: Services, request: Request, command: Revoke) -> Screen:
    actors.must_coordinate(services.store, request)
    person = _look_up(services, command.person.user_id, command.person.name)
    authority = Authority(command.role, command.body)
    return _revoke(
        services, request, person.key, person.display_name, authority, even_the_last=command.even_the_last
    )


@routes.action(blocks.GRANT_ROLE)
def grant_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _open(ack, services, Click.read(body, action), lambda again: _grant_form(services, again))


@routes.action(blocks.REVOKE_ROLE)
def revoke_clicked(ack: Ack, body: Mapping[str, Any], action: Mapping[str, Any], services: Services) -> None:
    _open(ack, services, Click.read(body, action), lambda again: _revoke_form(services, again))


@routes.form(blocks.GRANT_ROLE)
def grant_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    sent = Submission.read(body, view)
    role, kind = blocks.ROLES[sent.choice(blocks.ROLE)]
    body_code = sent.choice(blocks.BODY)
    if role.is_for_a_body and body_code in ("", blocks.NO_BODY):
        show_errors(ack, sent, {blocks.BODY: "Choose the contact's body."})
        return

    def record(request: Request) -> Screen:
        bodies = operation.bodies_to_grant(services.store, request)
        body = next((body for body in bodies if body.code == body_code), None)
        if role.is_for_a_body and body is None:
            raise BodyRequired
        user_id = sent.person(blocks.PERSON)
        person = _look_up(services, user_id, user_id)
        authority = Authority(role, body if role.is_for_a_body else None, kind)
        return _grant(services, request, person, authority)

    screen = run(services, sent.request(services), record, writes=True)
    ack(response_action="update", view=blocks.message_form(blocks.GRANT_ROLE, screen))


@routes.form(blocks.REVOKE_ROLE)
def revoke_sent(ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], services: Services) -> None:
    """Ask again before a body loses its last contact: what is confirmed is that revocation alone."""
    sent = Submission.read(body, view)
    chosen_name = sent.choice(blocks.HELD)
    confirmed = bool(sent.choices(blocks.ALL_THE_SAME)) and chosen_name == sent.metadata
    screen = run(
        services,
        sent.request(services),
        lambda again: _revoke_chosen(services, again, chosen_name, confirmed=confirmed),
        writes=True,
    )
    form = blocks.message_form(blocks.REVOKE_ROLE, screen) if isinstance(screen, Screen) else screen
    ack(response_action="update", view=form)


def _open(ack: Ack, services: Services, click: Click, fill: Callable[[Request], Form]) -> None:
    open_for_click(
        services, ack, click, blocks.loading_form(click.action), lambda: _filled(services, click, fill)
    )


def _filled(services: Services, click: Click, fill: Callable[[Request], Form]) -> Form:
    new_form = run(services, click.request(services), fill)
    return blocks.message_form(click.action, new_form) if isinstance(new_form, Screen) else new_form


def _grant_form(services: Services, request: Request) -> Form:
    return blocks.grant_form(operation.bodies_to_grant(services.store, request))


def _revoke_form(services: Services, request: Request) -> Form:
    return blocks.revoke_form(operation.roles_to_revoke(services.store, request))


def _revoke_chosen(
    services: Services, request: Request, chosen_name: str, *, confirmed: bool
) -> Screen | Form:
    holders = operation.roles_to_revoke(services.store, request)
    holder = next((holder for holder in holders if blocks.named(holder) == chosen_name), None)
    if holder is None:
        raise NothingToRevoke("The person", "what you chose any more")
    authority = operation.authority_of(holder)
    try:
        return _revoke(services, request, holder.who, holder.display_name, authority, even_the_last=confirmed)
    except LastContact:
        return blocks.revoke_form(holders, chosen_name, last_of=holder.body_name)


def _grant(services: Services, request: Request, person: Person, authority: Authority) -> Screen:
    granted = operation.grant(services.store, request, person, authority)
    services.changed(person.key, granted.body_code or None)
    return blocks.granted(person, granted.in_words, granted.body.short_name if granted.body else "")


def _grant_all(
    services: Services, request: Request, mentions: Sequence[Mention], authorities: Sequence[Authority]
) -> Screen:
    """Grant several people a role for several bodies: one receipt, with what could not be done."""
    people: list[Person] = []
    unknown: list[Refusal] = []
    for mention in mentions:
        try:
            people.append(_look_up(services, mention.user_id, mention.name))
        except UnknownPerson as refusal:
            unknown.append(refusal)
    grants = operation.grant_all(services.store, request, people, authorities)
    for person, authority in grants.granted:
        services.changed(person.key, authority.body_code or None)
    granted = [(person.display_name, authority.in_words) for person, authority in grants.granted]
    return blocks.granted_all(granted, (*unknown, *grants.refused))


def _revoke(
    services: Services,
    request: Request,
    person: PersonKey,
    name: str,
    authority: Authority,
    *,
    even_the_last: bool,
) -> Screen:
    operation.revoke(services.store, request, person, name, authority, even_the_last=even_the_last)
    services.changed(person, authority.body_code or None)
    return blocks.revoked(name, authority.in_words)


def _look_up(services: Services, user_id: str, name: str) -> Person:
    """Return the person as Slack knows them, since a user id tells no team. Raises UnknownPerson."""
    person = services.directory.look_up(PersonKey("", user_id))
    if person is None:
        raise UnknownPerson(name or user_id)
    return person
