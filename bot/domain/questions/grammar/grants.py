"""`grant @user kent` (`deputy`), `grant @user coordinator`, `revoke @user kent`: who may record.

The person must be one whom Slack resolved to an id, so these read Slack's own text, not the plain one."""

import re
from dataclasses import dataclass

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.command import CommandText, bodies_in, subject_of
from bot.domain.questions.grammar.problems import Choice, What, WhichBody
from bot.domain.questions.grammar.typed_commands import Grant, Mention, Revoke
from bot.domain.questions.grammar.words import pieces_of, words_of
from bot.domain.questions.names import Body, Region
from bot.domain.register.people import ContactKind, Role

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|([^<>|]{0,200}))?>")
_COORDINATOR = ("coordinator", "co ordinator")
_KINDS = {kind.value: kind for kind in ContactKind}
_OWN_WORDS = (*_COORDINATOR, *_KINDS, "contact", "anyway", "as a", "a", "from")


@dataclass(frozen=True, slots=True)
class _Rights:
    person: Mention
    role: Role
    body: Body | None
    kind: ContactKind | None
    anyway: bool


def read_grant(command: CommandText) -> Grant:
    rights = _read(command)
    if rights.anyway:
        raise command.not_understood(What.LEFT_OVER, "anyway")
    return Grant(rights.person, rights.role, rights.body, rights.kind)


def read_revoke(command: CommandText) -> Revoke:
    rights = _read(command)
    if rights.kind:
        raise command.not_understood(What.LEFT_OVER, rights.kind)
    return Revoke(rights.person, rights.role, rights.body, rights.anyway)


def _read(command: CommandText) -> _Rights:
    person, written = _person(command)
    plain = from_slack(MENTION.sub(" ", command.raw))
    rest = plain[words_of(plain, 1)[0].end :].strip()
    subject = subject_of(pieces_of(rest, command.names, _OWN_WORDS))
    kinds = [_KINDS[word] for word in subject.own if word in _KINDS]
    written = " ".join((written, *kinds))
    if subject.refs:
        raise command.not_understood(What.LEFT_OVER, str(subject.refs[0]))
    bodies = [body for piece in subject.names for body in bodies_in(piece)]
    for piece in subject.names:
        if not bodies_in(piece) and isinstance(region := piece.meanings[0], Region):
            raise command.not_understood(What.ONE_BY_ONE, region.name)
    if subject.others:
        name = rest[subject.others[0].start : subject.others[-1].end]
        near = [meaning for meaning in command.names.near(name, (Body,)) if isinstance(meaning, Body)]
        if near:
            raise _which_body(command, written, name, near, nearly=True)
        raise command.not_understood(What.LEFT_OVER, name)
    if len(subject.names) == 1 and len(bodies) > 1:
        name = rest[subject.names[0].start : subject.names[0].end]
        raise _which_body(command, written, name, bodies, nearly=False)
    if len(bodies) > 1:
        options = _options(command, written, bodies)
        raise command.not_understood(What.ONE_BODY, suggestions=options)
    coordinator = any(word in _COORDINATOR for word in subject.own)
    if coordinator == bool(bodies) or len(subject.names) > len(bodies) or len(kinds) > len(bodies):
        raise command.not_understood(What.WHICH_ROLE)
    role = Role.COORDINATOR if coordinator else Role.CONTACT
    return _Rights(
        person,
        role,
        body=bodies[0] if bodies else None,
        kind=kinds[0] if kinds else None,
        anyway="anyway" in subject.own,
    )


def _person(command: CommandText) -> tuple[Mention, str]:
    """The one person mentioned, and the mention as Slack wrote it."""
    mentions = {match[1]: match for match in MENTION.finditer(command.raw)}
    if len(mentions) != 1:
        raise command.not_understood(What.ONE_PERSON if mentions else What.WHICH_PERSON)
    mention = next(iter(mentions.values()))
    return Mention(mention[1], from_slack(mention[2] or "")), mention[0]


def _which_body(command: CommandText, written: str, name: str, bodies: list[Body], nearly: bool) -> WhichBody:
    return WhichBody(name, command.typed, command.row.usage, _options(command, written, bodies), nearly)


def _options(command: CommandText, written: str, bodies: list[Body]) -> tuple[Choice, ...]:
    return tuple(Choice(body.short_name, f"{command.verb} {written} {body.slug}") for body in bodies)
